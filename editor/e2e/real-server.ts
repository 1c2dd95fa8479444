import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';

import { openBrowser } from './browser.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** Workspaces begun by `proviso init` and opened by `proviso open`, as processes that can be killed, and a browser. */
export interface RealWorld {
  readonly context: BrowserContext;
  /** What the browsers complained of: breaches of the Content-Security-Policy and errors of our own. */
  readonly complaints: readonly string[];
  /** What was complained of so far was asked for. */
  readonly forgive: () => void;
  /** Where workspaces are made. */
  readonly at: (path: string) => string;
  readonly init: (name: string) => Promise<void>;
  readonly open: (name: string) => Promise<RealServer>;
  readonly read: (path: string) => Promise<string>;
  readonly write: (path: string, text: string) => Promise<void>;
  /** The unsaved texts that the workspace keeps. */
  readonly drafts: (name: string) => Promise<readonly string[]>;
  /** A new tab at the address, once it can be worked in. */
  readonly tab: (address: string) => Promise<Page>;
  readonly close: () => Promise<void>;
}

export interface RealServer {
  readonly address: string;
  /** As by `kill -9`, or by the power going out. */
  readonly kill: () => Promise<void>;
}

/** The policy of the example, and how one finds it. */
export const examplePolicy = 'rules/example-health/example-time/2024-01-01.policy.yaml';

export async function openRealWorld(size = { width: 1280, height: 800 }): Promise<RealWorld> {
  const outer = await realpath(await mkdtemp(join(tmpdir(), 'proviso-real-')));
  const at = (path: string) => join(outer, path);
  const { context, close } = await openBrowser(size);
  const complaints: string[] = [];
  const servers: RealServer[] = [];
  const gone = new Set<string>();
  context.on('page', (page) => {
    const hear = (text: string) => {
      // A page whose server was killed complains of that with right, and in many ways.
      if (!gone.has(new URL(page.url()).origin) && !expected.test(text)) complaints.push(text);
    };
    page.on('pageerror', (error) => hear(String(error)));
    page.on('console', (message) => message.type() === 'error' && hear(message.text()));
  });
  await context.addInitScript(tourIsSeen);

  function start(words: readonly string[]) {
    const child = spawn(process.execPath, ['--import', 'tsx', join(project, 'cli/main.ts'), ...words], {
      cwd: project,
      env: { ...process.env, XDG_STATE_HOME: at('state'), NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return { child, ended: once(child, 'exit') };
  }

  return {
    context,
    complaints,
    forgive: () => void complaints.splice(0),
    at,
    async init(name) {
      const [code] = (await start(['init', at(name)]).ended) as [number];
      if (code !== 0) throw new Error(`proviso init ended with ${code}`);
    },
    async open(name) {
      const { child, ended } = start(['open', at(name), '--no-browser']);
      let said = '';
      while (!said.includes('Ctrl+C')) said += String((await once(child.stdout, 'data'))[0]);
      const address = /http:\/\/\S+/.exec(said)![0];
      const server = {
        address,
        kill: async () => {
          gone.add(new URL(address).origin);
          child.kill('SIGKILL');
          await ended;
        },
      };
      servers.push(server);
      return server;
    },
    read: (path) => readFile(at(path), 'utf8'),
    write: (path, text) => writeFile(at(path), text),
    async drafts(name) {
      const folder = at(join(name, '.proviso', 'drafts'));
      const names = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.json'));
      const kept = await Promise.all(names.map((file) => readFile(join(folder, file), 'utf8')));
      return kept.map((json) => (JSON.parse(json) as { readonly text: string }).text);
    },
    async tab(address) {
      const page = await context.newPage();
      await page.goto(address);
      await ready(page);
      return page;
    },
    async close() {
      await close();
      for (const server of servers) await server.kill();
      await rm(outer, { recursive: true, force: true });
    },
  };
}

export async function ready(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Saved encounters' }).waitFor();
  await page.locator('.monaco-editor .view-line').first().waitFor();
}

/** Answers that the tests ask for, which the browser puts down as errors: a conflict, a folder that is gone or in the way. */
const expected = /responded with a status of (?:404|409|422)/;

/** Runs in the page before anything else: this is not the first visit. Pages that crash have no storage. */
function tourIsSeen(): void {
  if (!location.protocol.startsWith('http')) return;
  localStorage.setItem('proviso.settings', localStorage.getItem('proviso.settings') ?? '{"tourSeen":true}');
}
