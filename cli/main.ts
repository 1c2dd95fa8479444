#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../publishing/system-clock.ts';
import { hasDesktop, stateFolderOf } from './desktop.ts';
import { proviso } from './proviso.ts';

/** The one place that knows the process: its words, streams, signals, clock and exit code. */

const appFolder = findAppFolder();
const { version } = JSON.parse(readFileSync(path.join(appFolder, 'package.json'), 'utf8')) as {
  version: string;
};

// `proviso check | head` closes the pipe early; that is the reader's right and no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// The exit code is left for Node to use when it is done, so that piped output is not cut off.
process.exitCode = await proviso(
  process.argv.slice(2),
  {
    cwd: process.cwd(),
    appFolder,
    stdin: readStdin,
    stdout: { write: (text) => void process.stdout.write(text) },
    stderr: { write: (text) => void process.stderr.write(text) },
    isTerminal: process.stdout.isTTY,
    isWatched: process.stderr.isTTY,
    // Whoever sends the output elsewhere is a script.
    hasDesktop: process.stdout.isTTY && hasDesktop(process.platform, process.env),
    stateFolder: stateFolderOf(process.platform, process.env, homedir()),
    color: wantsColor(),
    ...systemClock(),
    elapsed: () => performance.now(),
    untilStopped,
    openBrowser,
  },
  version,
);

/** The folder of our package.json: above `cli/` in a checkout, above `dist/cli/` when built. */
function findAppFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error('package.json is missing');
    folder = above;
  }
  return folder;
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** https://no-color.org, and FORCE_COLOR as other tools for Node read it. */
function wantsColor(): boolean {
  const force = process.env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (process.env['NO_COLOR']) return false;
  return process.stdout.isTTY && process.env['TERM'] !== 'dumb';
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function openBrowser(address: string): void {
  const [command, words]: [string, string[]] =
    process.platform === 'darwin'
      ? ['open', [address]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', address]]
        : ['xdg-open', [address]];
  const child = spawn(command, words, { stdio: 'ignore', detached: true });
  // No browser to open is no trouble: the address is on the screen.
  child.on('error', () => undefined);
  child.unref();
}
