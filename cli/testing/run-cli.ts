import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Context } from '../command.ts';
import { proviso } from '../proviso.ts';

export const appFolder = path.resolve(import.meta.dirname, '../..');

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder with these files, which goes when the test is over. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'proviso-cli-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

/** The command line in this process, with everything it says captured. */
export async function call(
  cwd: string,
  words: readonly string[],
  more: Partial<Context> & { readonly input?: string | Uint8Array } = {},
): Promise<Answer> {
  const { input = '', ...context } = more;
  let out = '';
  let err = '';
  const code = await proviso(
    words,
    {
      cwd,
      appFolder,
      stdin: async () => (typeof input === 'string' ? new TextEncoder().encode(input) : input),
      stdout: { write: (text) => void (out += text) },
      stderr: { write: (text) => void (err += text) },
      isTerminal: false,
      isWatched: false,
      hasDesktop: false,
      // A folder that nobody has: what is kept there is the test's own concern.
      stateFolder: path.join(cwd, '.state'),
      color: false,
      today: '2024-03-04',
      now: '2024-03-04T09:30:00.000Z',
      elapsed: () => performance.now(),
      untilStopped: () => Promise.resolve(),
      openBrowser: () => undefined,
      ...context,
    },
    '1.2.3',
  );
  return { code, out, err };
}

/** The command line as a process of its own, as people start it from a checkout. */
export function start(
  cwd: string,
  words: readonly string[],
  more: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
) {
  const tsx = path.join(appFolder, 'node_modules/tsx/dist/loader.mjs');
  const child = spawn(process.execPath, ['--import', tsx, path.join(appFolder, 'cli/main.ts'), ...words], {
    cwd,
    env: {
      ...process.env,
      NO_COLOR: undefined,
      FORCE_COLOR: undefined,
      // Nothing of a test gets into the lists of whoever runs it.
      XDG_STATE_HOME: path.join(cwd, '.state'),
      ...more.env,
    },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (err += text));
  child.stdin.end(more.input ?? '');
  const ended = new Promise<Answer>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended, saidSoFar: () => out };
}
