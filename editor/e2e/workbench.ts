import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

import { createExporting } from '../../cli/exporter.ts';
import { openDiskPublishing } from '../../publishing/disk-publishing.ts';
import { systemClock } from '../../publishing/system-clock.ts';
import { listen } from '../../server/listen.ts';
import { openDiskStorage } from '../../storage/disk.ts';
import { openBrowser } from './browser.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const editorFolder = join(project, 'dist', 'editor');

/** The built workbench in a real browser, over a copy of the shipped policies. */
export interface OpenWorkbench {
  readonly page: Page;
  /** What the browser complained of: breaches of the Content-Security-Policy and errors of our own. */
  readonly complaints: readonly string[];
  readonly folder: string;
  /** Where the page looks for keys to sign with; empty at first. */
  readonly keysFolder: string;
  readonly read: (path: string) => Promise<string>;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Options {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  /** `more` as somebody asks for it in the settings of the system. */
  readonly contrast?: 'more';
  /** As on the first visit, which begins with the tour. */
  readonly tour?: boolean;
}

/** Runs in the page before anything else: this is not the first visit. */
function tourIsSeen(): void {
  localStorage.setItem('proviso.settings', localStorage.getItem('proviso.settings') ?? '{"tourSeen":true}');
}

export async function openWorkbench({
  width = 1280,
  height = 800,
  scheme = 'light',
  contrast,
  tour = false,
}: Options = {}): Promise<OpenWorkbench> {
  if (!existsSync(join(editorFolder, 'index.html'))) {
    throw new Error('The editor is not built: run `npm run build:editor` first.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'proviso-workspace-'));
  for (const name of ['rules', 'testcases'])
    await cp(join(project, name), join(folder, name), { recursive: true });
  const storage = await openDiskStorage(folder);
  const publishing = await openDiskPublishing(folder, systemClock);
  // Nobody's own keys get into a test.
  const keysFolder = await mkdtemp(join(tmpdir(), 'proviso-keys-'));
  const exporting = createExporting(
    folder,
    ['--import', import.meta.resolve('tsx'), join(project, 'cli/main.ts')],
    keysFolder,
  );
  const server = await listen({ storage, publishing, exporting, workspaceName: 'proviso', editorFolder });
  const browser = await openBrowser({ width, height, scheme, ...(contrast ? { contrast } : {}) });
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // That a file changed on disk is an answer of the server (409), which the browser puts down as an error.
    if (message.type() === 'error' && !message.text().includes('409')) complaints.push(message.text());
  });
  if (!tour) await page.addInitScript(tourIsSeen);
  await page.goto(server.address);
  // In a small window they are there, and another part of the screen is shown.
  await page.locator('[role=grid][aria-label="Saved encounters"]').waitFor({ state: 'attached' });
  await page.locator('.monaco-editor .view-line').first().waitFor({ state: 'attached' });
  return {
    page,
    complaints,
    folder,
    keysFolder,
    read: (path) => readFile(join(folder, path), 'utf8'),
    write: (path, text) => writeFile(join(folder, path), text),
    close: async () => {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
      await rm(keysFolder, { recursive: true, force: true });
    },
  };
}

export const timePolicy = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';

/** Chooses the time policy in the tree by typing its name, as a keyboard user does. */
export async function openTimePolicy(page: Page): Promise<void> {
  await page.getByRole('treegrid', { name: 'Policies' }).focus();
  await page.keyboard.type('Therapeutic activities (97530) and');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: /^Therapeutic activities \(97530\) and/ }).waitFor();
}

/** Goes to a text in the editor with its own search, and selects it. */
export async function selectInEditor(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Alt+2');
  // The focus is moved two frames later, even where it is there already: what is typed next must not lose it then.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
  );
  await page.locator('.monaco-editor.focused').waitFor();
  await page.keyboard.press('Control+Home');
  // Without the focus in the field, Ctrl+A would choose the whole file, and the text would take its place.
  const field = page.locator('.find-widget textarea:focus');
  for (let tries = 0; tries < 5 && (await field.count()) === 0; tries += 1) {
    await page.keyboard.press('Control+f');
    await field.waitFor({ timeout: 3000 }).catch(() => undefined);
  }
  await field.waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

/** `value: 8` becomes `value: 10`, by keyboard alone. */
export async function changeMinimum(page: Page, from = '8', to = '10'): Promise<void> {
  await selectInEditor(page, `value: ${from}`);
  await page.keyboard.type(`value: ${to}`);
}
