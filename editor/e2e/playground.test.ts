import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { unpackZip } from '../share/workspace-zip.ts';
import type { OpenPlayground, WebHost } from './playground.ts';
import { openPlayground, openWebHost, untilReady } from './playground.ts';
import { changeMinimum, openTimePolicy, openWorkbench, timePolicy } from './workbench.ts';

let host: WebHost;
let downloads: string;
const open: OpenPlayground[] = [];

beforeAll(async () => {
  host = await openWebHost();
});
afterAll(() => host.close());
beforeEach(async () => {
  downloads = await mkdtemp(join(tmpdir(), 'proviso-downloads-'));
});
afterEach(async () => {
  const complaints = open.flatMap((it) => it.complaints);
  for (const playground of open.splice(0)) await playground.close();
  await rm(downloads, { recursive: true });
  // No error of ours, nothing that the Content-Security-Policy had to stop, and no request to anywhere else.
  expect(complaints).toEqual([]);
});

/** In a browser that has never been here. */
async function visit(address = host.address, options?: Parameters<typeof openPlayground>[1]): Promise<Page> {
  const playground = await openPlayground(address, options);
  open.push(playground);
  return playground.page;
}

async function visitReady(options?: Parameters<typeof openPlayground>[1]): Promise<Page> {
  const page = await visit(host.address, options);
  await untilReady(page);
  return page;
}

const bar = (page: Page) => page.getByRole('complementary', { name: 'Playground' });
const changedCount = (page: Page) => page.getByText(/^\d+ of \d+ changed$/);
const lineOf = (page: Page, text: RegExp) => page.locator('.monaco-editor .view-line', { hasText: text });
const workspace = (page: Page) => page.getByRole('button', { name: /^Workspace .*Other folders$/ });

async function openMenuButton(page: Page, name: string): Promise<void> {
  await bar(page).getByRole('button', { name }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole(/Start|Remove/.test(name) ? 'alertdialog' : 'dialog').waitFor();
}

async function exportTo(page: Page, name: string): Promise<string> {
  await openMenuButton(page, 'Export…');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the zip' }).click(),
  ]);
  const place = join(downloads, name);
  await download.saveAs(place);
  return place;
}

async function importFrom(page: Page, place: string): Promise<void> {
  await openMenuButton(page, 'Import…');
  await page.locator('input[type=file]').setInputFiles(place);
}

async function linkIn(page: Page): Promise<string> {
  const field = page.getByRole('textbox', { name: 'Link' });
  await field.waitFor();
  return field.inputValue();
}

describe('from a sub-folder of a plain host', () => {
  test('a changed threshold shows which encounters change, and is there after a reload', async () => {
    const page = await visitReady();
    await openTimePolicy(page);
    await changeMinimum(page);
    await changedCount(page).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('All saved').waitFor();
    await page.reload();
    await untilReady(page);
    // The open file stands in the address.
    await lineOf(page, /value:\s10/).waitFor();
    await page.getByRole('button', { name: /not as expected/ }).waitFor();
  });

  test('a change that was not saved is still there after the tab was gone', async () => {
    const page = await visitReady();
    await openTimePolicy(page);
    await changeMinimum(page);
    await expect.poll(() => draftTexts(page)).toEqual([expect.stringContaining('value: 10')]);
    const other = await page.context().newPage();
    await page.close({ runBeforeUnload: false });
    await other.goto(host.address);
    await other.getByRole('region', { name: 'Drafts that were brought back' }).waitFor();
    await untilReady(other);
    await openTimePolicy(other);
    await lineOf(other, /value:\s10/).waitFor();
  });

  test('another tab sees what one saves', async () => {
    const page = await visitReady();
    await openTimePolicy(page);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await untilReady(other);
    await changeMinimum(page);
    await page.keyboard.press('Control+s');
    await lineOf(other, /value:\s10/).waitFor();
  });

  test('nothing can be run or fetched that is not part of the page', async () => {
    const { page, complaints, close } = await openPlayground(host.address);
    await untilReady(page);
    expect(complaints).toEqual([]);
    const outcomes = await page.evaluate(async () => {
      const outcome = async (action: () => unknown): Promise<string> => {
        try {
          return String(await action());
        } catch (error) {
          return (error as Error).name;
        }
      };
      // In a turn of its own: what a test runs itself is let through.
      await new Promise((resolve) => setTimeout(resolve, 0));
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      return {
        // oxlint-disable-next-line typescript/no-implied-eval -- that it does not run is what is tested.
        evaluated: await outcome(() => new Function('return 1')()),
        fetched: await outcome(() => fetch('https://example.org/')),
        inline: 'ran' in window,
      };
    });
    expect(outcomes).toEqual({ evaluated: 'EvalError', fetched: 'TypeError', inline: false });
    await close();
  });
});

describe('a zip', () => {
  test('out of one browser and into another: the same files, and the change is in them', async () => {
    const page = await visitReady();
    await openTimePolicy(page);
    await changeMinimum(page);
    await changedCount(page).waitFor();
    const place = await exportTo(page, 'mine.zip');
    const unpacked = await unpackZip(await readFile(place));
    const time = unpacked.kind === 'unpacked' && unpacked.files.find(({ path }) => path === timePolicy);
    expect(time && time.text).toContain('value: 10');

    const other = await visitReady();
    await importFrom(other, place);
    await other.getByText(/^\d+ files: 12 policies/).waitFor();
    await other.getByText(/Encounters can hold what patients told in confidence/).waitFor();
    await other.getByRole('button', { name: 'Make a new workspace of it' }).click();
    await expect.poll(() => workspace(other).textContent()).toContain('mine');
    await untilReady(other);
    await openTimePolicy(other);
    await lineOf(other, /value:\s10/).waitFor();

    // The example beside it is what it was.
    await workspace(other).click();
    const [beside] = await Promise.all([
      other.context().waitForEvent('page'),
      other.getByRole('menuitem', { name: /^Example/ }).click(),
    ]);
    await untilReady(beside);
    await expect.poll(() => workspace(beside).textContent()).toContain('Example');
    await openTimePolicy(beside);
    await lineOf(beside, /value:\s8/).waitFor();
  });

  test('as it was last saved, where that is asked for', async () => {
    const page = await visitReady();
    await openTimePolicy(page);
    await changeMinimum(page);
    await changedCount(page).waitFor();
    await openMenuButton(page, 'Export…');
    await page.getByText('1 file has changes that are not saved.').waitFor();
    await page.getByText('As it was last saved').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the zip' }).click(),
    ]);
    const place = join(downloads, 'saved.zip');
    await download.saveAs(place);
    const example = new URL('../../dist/playground/example.zip', import.meta.url);
    // The very bytes that were shipped.
    expect((await readFile(place)).equals(await readFile(example))).toBe(true);
  });

  test('what is none says so, and nothing is made of it', async () => {
    const page = await visitReady();
    const place = join(downloads, 'notes.zip');
    await writeFile(place, 'These are no files.');
    await importFrom(page, place);
    await page.getByText('This file is not a zip archive.').waitFor();
    expect(await page.getByRole('button', { name: 'Make a new workspace of it' }).isDisabled()).toBe(true);
  });
});

describe('a link', () => {
  test('without a tick no encounter is in it', async () => {
    const page = await visitReady();
    await openTimePolicy(page);
    await openMenuButton(page, 'Share…');
    const link = await linkIn(page);
    expect(link.startsWith(`${host.address}#share=1.`)).toBe(true);

    const other = await visit(link);
    await other.getByText('There are none in this link.').waitFor();
    expect(await other.getByText('testcases/').count()).toBe(0);
  });

  test('with one case, looked through first: opened elsewhere it shows itself and is kept only when wanted', async () => {
    const page = await visitReady();
    await openTimePolicy(page);
    await openMenuButton(page, 'Share…');
    const dialog = page.getByRole('dialog', { name: 'Share a policy by a link' });
    const before = await linkIn(page);
    await dialog.getByRole('searchbox', { name: 'Search encounters' }).fill('seven minutes is one short');
    await dialog.getByRole('checkbox').first().focus();
    await page.keyboard.press('Space');
    await dialog.getByText(/Found in it/).waitFor();
    // Shown, and not yet in the link.
    expect(await linkIn(page)).toBe(before);
    await dialog.getByText('Seven minutes is one short', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Include it in the link' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => linkIn(page)).not.toBe(before);
    const link = await linkIn(page);
    await dialog.getByText(`${link.length.toLocaleString('en-US')} characters long.`).waitFor();

    const other = await visit(link);
    await other.getByRole('heading', { level: 1, name: /Therapeutic activities/ }).waitFor();
    await other
      .getByRole('listitem')
      .filter({ hasText: 'Seven minutes is one short' })
      .getByText('Deny')
      .waitFor();
    expect(await keysOf(other, 'workspaces')).toEqual([]);
    await other.getByRole('button', { name: 'Keep it as a new workspace' }).focus();
    await other.keyboard.press('Enter');
    await untilReady(other);
    expect(await other.getByRole('grid', { name: 'Saved encounters' }).getAttribute('aria-rowcount')).toBe(
      '2',
    );
    await other.getByText(/^1 as expected$/).waitFor();
  });

  test('made in the served workbench it opens in the playground that was named', async () => {
    const { page, complaints, close } = await openWorkbench();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Share a policy');
    await page.keyboard.press('Enter');
    await page.getByText(/^Write the address of the playground/).waitFor();
    await page.getByRole('textbox', { name: /^Address of the playground/ }).fill(host.address);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy the link' }).click();
    await page.getByText('The link is copied.').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(complaints).toEqual([]);
    await close();
    const other = await visit(link);
    await other.getByRole('button', { name: 'Keep it as a new workspace' }).waitFor();
  });

  test('pasted into an open playground it shows itself too', async () => {
    const page = await visitReady();
    await openMenuButton(page, 'Share…');
    const link = await linkIn(page);
    await page.keyboard.press('Escape');
    await page.evaluate((hash) => void (location.hash = hash), new URL(link).hash);
    await page.getByRole('button', { name: 'Leave it' }).click();
    await untilReady(page);
    expect(await keysOf(page, 'workspaces')).toEqual(['example']);
  });

  test('that was cut says so, and the playground is a step away', async () => {
    const page = await visit(`${host.address}#share=1.AAAA`);
    await page.getByText(/^This link is incomplete/).waitFor();
    await page.getByRole('button', { name: 'Go to the playground without it' }).click();
    await untilReady(page);
  });
});

test('starting over gives the example back, saved or not, and only after asking', async () => {
  const page = await visitReady();
  await openTimePolicy(page);
  await changeMinimum(page);
  await page.keyboard.press('Control+s');
  await page.getByText('All saved').waitFor();
  await changeMinimum(page, '10', '12');
  await expect.poll(() => keysOf(page, 'drafts')).toHaveLength(1);
  await openMenuButton(page, 'Start over…');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await untilReady(page);
  await openTimePolicy(page);
  await lineOf(page, /value:\s8/).waitFor();
  expect(await keysOf(page, 'drafts')).toEqual([]);
});

test.each(['light', 'dark', 'contrast'] as const)(
  'no violation of accessibility in any state, %s',
  async (look) => {
    const page = await visit(host.address, { scheme: look === 'dark' ? 'dark' : 'light' });
    if (look === 'contrast') {
      await page.evaluate(() =>
        localStorage.setItem('proviso.settings', '{"tourSeen":true,"theme":"contrast"}'),
      );
      await page.reload();
    }
    await untilReady(page);
    await expectAccessible(page, 'open');
    await openMenuButton(page, 'Share…');
    const link = await linkIn(page);
    await page.getByRole('dialog').getByRole('checkbox').first().focus();
    await page.keyboard.press('Space');
    await page.getByText(/Found in it/).waitFor();
    await expectAccessible(page, 'share');
    await page.keyboard.press('Escape');
    await openTimePolicy(page);
    await changeMinimum(page);
    await changedCount(page).waitFor();
    await openMenuButton(page, 'Export…');
    await expectAccessible(page, 'export');
    await page.keyboard.press('Escape');
    await importFrom(page, new URL('../../dist/playground/example.zip', import.meta.url).pathname);
    await page.getByText(/^\d+ files: 12 policies/).waitFor();
    await expectAccessible(page, 'import');
    await page.keyboard.press('Escape');
    await openMenuButton(page, 'Start over…');
    await expectAccessible(page, 'start over');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+s');
    await page.getByText('All saved').waitFor();
    await page.evaluate((hash) => void (location.hash = hash), new URL(link).hash);
    await page.getByRole('button', { name: 'Leave it' }).waitFor();
    await page.getByText('There are none in this link.').waitFor();
    await expectAccessible(page, 'link');
  },
);

test('the first load is under 1.5 MB when it is compressed, the example apart', async () => {
  const fresh = await openWebHost();
  const { page, close } = await openPlayground(fresh.address);
  await untilReady(page);
  // The icons of the editor come with the first one that is drawn: with them, whenever that is.
  await page.evaluate(() => document.fonts.load('16px codicon'));
  const example = fresh.served.get('example.zip')!;
  const all = [...fresh.served.values()].reduce((sum, size) => sum + size, 0);
  await close();
  await fresh.close();
  expect(example).toBeLessThan(150_000);
  // The lower bound: else it was not the editor that was loaded.
  expect(all - example).toBeGreaterThan(500_000);
  expect(all - example, `${all - example} bytes`).toBeLessThan(1_500_000);
});

test('at 640 pixels, as with 200 % zoom, every button of the bar is in sight', async () => {
  const page = await visit(host.address, { width: 640, height: 400 });
  await bar(page).waitFor();
  for (const name of ['Import…', 'Export…', 'Share…', 'Start over…']) {
    const box = await bar(page).getByRole('button', { name }).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 640 && box.y + box.height <= 400).toBe(true);
  }
  await openMenuButton(page, 'Share…');
  await page.getByRole('button', { name: 'Copy the link' }).click({ trial: true });
});

async function keysOf(page: Page, table: 'workspaces' | 'drafts'): Promise<readonly string[]> {
  return (await rowsOf(page, table)).map(({ id, path }) => id ?? path ?? '');
}

async function draftTexts(page: Page): Promise<readonly string[]> {
  return (await rowsOf(page, 'drafts')).map(({ text }) => text ?? '');
}

interface Row {
  readonly id?: string;
  readonly path?: string;
  readonly text?: string;
}

/** What stands in one table of the page's database. */
async function rowsOf(page: Page, table: 'workspaces' | 'drafts'): Promise<readonly Row[]> {
  return page.evaluate(async (name) => {
    const request = indexedDB.open('proviso');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('not opened')));
    });
    const all = database.transaction(name).objectStore(name).getAll();
    const rows = await new Promise<Row[]>((resolve) =>
      all.addEventListener('success', () => resolve(all.result as Row[])),
    );
    database.close();
    return rows;
  }, table);
}

async function expectAccessible(page: Page, state: string): Promise<void> {
  // Colours fade in; a colour half-way is nobody's.
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${state}: ${id} ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
  expect(found).toEqual([]);
}
