import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';

import type { OpenWorkbench } from './workbench.ts';
import { openTimePolicy, openWorkbench, selectInEditor, timePolicy } from './workbench.ts';

let open: OpenWorkbench | null = null;

async function start(): Promise<OpenWorkbench> {
  open = await openWorkbench();
  open.page.setDefaultTimeout(8000);
  await openTimePolicy(open.page);
  return open;
}

afterEach(async () => {
  const complaints = open?.complaints ?? [];
  await open?.close();
  open = null;
  expect(complaints).toEqual([]);
});

const timeSuite = 'testcases/hns/hns-97530-time.suite.yaml';
const text = (page: Page) => page.locator('.monaco-editor .view-lines').first();
const region = (page: Page, name: RegExp) => page.getByRole('region', { name });
const problemsTab = (page: Page) => page.getByRole('tab', { name: /^Problems/ });

/** Puts the caret into a word of the open file. */
async function caretIn(page: Page, word: string): Promise<void> {
  await selectInEditor(page, word);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
}

async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+s');
  await expect.poll(() => page.getByText(/not saved/i).count(), { timeout: 8000 }).toBe(0);
}

/** Chooses what the list of quick fixes has by this name, with the keyboard. */
async function quickFix(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+.');
  const list = page.locator('.action-widget:visible').first();
  const wanted = list.getByText(title, { exact: true });
  await wanted.waitFor();
  const titles = await list.locator('.monaco-list-row .title').allTextContents();
  const position = titles.findIndex((one) => one.trim() === title);
  expect(position).toBeGreaterThanOrEqual(0);
  for (let step = 0; step < position; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await list.waitFor({ state: 'hidden' });
}

describe('quick fixes', () => {
  test('three problems are mended with the keyboard', async () => {
    const { page, read } = await start();
    const before = await read(timePolicy);

    await selectInEditor(page, 'atLeast');
    await page.keyboard.type('atLest');
    await selectInEditor(page, 'next: 2027-11-23');
    await page.keyboard.type('next: 11/23/2027');
    await selectInEditor(page, 'payers: [hns]');
    await page.keyboard.type('payers: hns');
    await problemsTab(page).getByText('3 to fix').waitFor();

    await caretIn(page, 'atLest');
    await quickFix(page, 'Change to atLeast');
    await problemsTab(page).getByText('2 to fix').waitFor();

    // F8 goes from problem to problem.
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('F8');
    await page.keyboard.press('Escape');
    await quickFix(page, 'Make it a list: [hns]');
    await problemsTab(page).getByText('1 to fix').waitFor();

    await caretIn(page, '11/23/2027');
    await quickFix(page, 'Change to 2027-11-23');
    await problemsTab(page).getByText('none').waitFor();
    await save(page);
    expect(await read(timePolicy)).toBe(before);
  });

  test('what a problem means is read in place, and a fix is taken back with one Ctrl+Z', async () => {
    const { page } = await start();
    await selectInEditor(page, 'otherwise: reduce');
    await page.keyboard.type('otherwise: refuse');
    await problemsTab(page).getByText('1 to fix').waitFor();
    await caretIn(page, 'refuse');
    await quickFix(page, 'Read more: A value is not one of those allowed');
    const dialog = page.getByRole('dialog', { name: 'A value is not one of those allowed' });
    await dialog.waitFor();
    expect(await dialog.getByRole('figure').allTextContents()).toEqual([
      expect.stringContaining('otherwise: refuse'),
      expect.stringContaining('otherwise: deny'),
    ]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await caretIn(page, 'refuse');
    await quickFix(page, 'Change to review');
    await problemsTab(page).getByText('none').waitFor();
    await page.keyboard.press('Control+z');
    await problemsTab(page).getByText('1 to fix').waitFor();
    await expect.poll(() => text(page).textContent()).toContain('refuse');
  });
});

describe('going to where a name is defined', () => {
  test('F12 to the list, and back', async () => {
    const { page } = await start();
    await caretIn(page, '$timed-codes');
    await page.keyboard.press('F12');
    await region(page, /^Timed codes|^Codes that/)
      .or(page.getByText('rules/lists/timed-codes.list.yaml'))
      .first()
      .waitFor();
    await expect.poll(() => text(page).textContent()).toContain('list:');
    await page.keyboard.press('Alt+b');
    await page.getByText(timePolicy).waitFor();
    await page.locator('.monaco-editor.focused').waitFor();
  });
});

describe('renaming a rule', () => {
  test('changes its suites too, and one Ctrl+Z takes all of it back', async () => {
    const { page, read } = await start();
    const before = [await read(timePolicy), await read(timeSuite)];
    await caretIn(page, 'minimum-time');
    await page.keyboard.press('F2');
    const box = page.locator('.rename-box input:focus');
    await box.waitFor();
    expect(await box.inputValue()).toBe('minimum-time');

    // A name that is taken is refused with a reason.
    await page.keyboard.press('Control+a');
    await page.keyboard.type('units-supported');
    await page.keyboard.press('Enter');
    await page.getByText(/There is already a rule .?units-supported/).waitFor();
    await page.keyboard.press('Escape');

    await page.keyboard.press('F2');
    await box.waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('enough-time');
    await page.keyboard.press('Enter');
    await page.getByText(/“minimum-time” is “enough-time” now/).waitFor();
    await problemsTab(page).getByText('none').waitFor();
    await page.getByText(/^5\d\d as expected/).waitFor();
    await save(page);
    expect(await read(timeSuite)).toContain('violates: [hns-97530-time/enough-time]');
    expect(await read(timeSuite)).not.toContain('minimum-time');

    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Control+z');
    await page.getByText(/^Taken back in \d+ files: Rename minimum-time to enough-time/).waitFor();
    await save(page);
    expect([await read(timePolicy), await read(timeSuite)]).toEqual(before);

    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Control+y');
    await page.getByText(/^Done again in \d+ files/).waitFor();
    await save(page);
    expect(await read(timePolicy)).toContain('id: enough-time');
    expect(await read(timeSuite)).toContain('hns-97530-time/enough-time');
  });

  test('what was typed since comes first, and a change elsewhere is never undone silently', async () => {
    const { page, read } = await start();
    await caretIn(page, 'minimum-time');
    await page.keyboard.press('F2');
    await page.locator('.rename-box input:focus').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('enough-time');
    await page.keyboard.press('Enter');
    await page.getByText(/“minimum-time” is “enough-time” now/).waitFor();
    await save(page);

    // Typing in this file is taken back by itself.
    await selectInEditor(page, 'Eight minutes or more');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('#remark');
    await page.keyboard.press('Control+z');
    await expect.poll(() => text(page).textContent()).not.toContain('#remark');

    // The suite is changed in another place.
    await page.keyboard.press('Control+k');
    await page.keyboard.type(timeSuite);
    await page
      .getByRole('option', { name: /hns-97530-time\.suite\.yaml/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.document-path', { hasText: timeSuite }).waitFor();
    await selectInEditor(page, 'Seven minutes is one short');
    await page.keyboard.type('One minute short');
    await page.keyboard.press('Alt+b');
    await page.locator('.document-path', { hasText: timePolicy }).waitFor();
    await page.locator('.monaco-editor.focused').waitFor();
    await page.keyboard.press('Control+z');
    await page
      .getByText(/cannot be taken back: testcases\/hns\/hns-97530-time.suite.yaml has been changed since/)
      .waitFor();
    await save(page);
    expect(await read(timePolicy)).toContain('id: enough-time');
  });
});

describe('leaving the text', () => {
  test('the hint says how, and Tab moves on then', async () => {
    const { page } = await start();
    await page.keyboard.press('Alt+2');
    await page.locator('.monaco-editor.focused').waitFor();
    await page.getByText('lets Tab leave the text').waitFor();
    await page.keyboard.press('Control+m');
    await page.keyboard.press('Tab');
    await page.locator('.monaco-editor.focused').waitFor({ state: 'detached' });
  });
});
