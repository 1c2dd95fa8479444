import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { OpenWorkbench } from './workbench.ts';
import { openWorkbench } from './workbench.ts';

/** Getting about: the tour, the palette, the keys, the settings. One visit, from the first minute on. */
let workbench: OpenWorkbench;
let page: Page;

beforeAll(async () => {
  workbench = await openWorkbench({ tour: true });
  page = workbench.page;
});

afterAll(async () => {
  const complaints = workbench.complaints;
  await workbench.close();
  expect(complaints).toEqual([]);
});

test('the first visit begins with a tour of four steps, and the second does not', async () => {
  const step = (n: number) => page.getByRole('dialog', { name: new RegExp(`^Tour, step ${n} of 4`) });
  await step(1).waitFor();
  for (const n of [1, 2, 3]) {
    await step(n).getByRole('button', { name: 'Next' }).focus();
    await page.keyboard.press('Enter');
    await step(n + 1).waitFor();
  }
  await step(4).getByRole('button', { name: 'Begin' }).press('Enter');
  await step(4).waitFor({ state: 'detached' });
  await page.reload();
  await page.locator('.monaco-editor .view-line').first().waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('one field finds policies, rules, encounters and commands', async () => {
  const palette = page.getByRole('dialog', { name: 'Search, or run a command' });
  const chosen = palette.getByRole('option').first();
  const find = async (text: string) => {
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await page.keyboard.type(text);
    await chosen.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
  };
  await find('therapeutic activities time');
  await page.getByRole('region', { name: /^Therapeutic activities \(97530\) and/ }).waitFor();

  // A rule leads to its line in the text, which then has the focus.
  await find('less than 8 minutes is not');
  await page.locator('.monaco-editor.focused').waitFor();

  await find('what is changed in this file');
  await page.getByText('Nothing is changed in this file.').waitFor();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('qqqq');
  await page.getByText('Nothing is called that.').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
});

test('every command that has a key stands in the map of keys', async () => {
  await page.keyboard.press('F1');
  const dialog = page.getByRole('dialog', { name: 'Every key' });
  await dialog.waitFor();
  expect(await dialog.getByText('Ctrl+S', { exact: true }).count()).toBe(1);
  expect(await dialog.getByText('Let Tab leave the text, or indent again').count()).toBe(1);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('the pages of the rail by key: each shows its own files', async () => {
  for (const [key, tree] of [
    ['2', 'Suites and encounters'],
    ['3', 'Lists'],
    ['4', 'Sources'],
    ['1', 'Policies'],
  ] as const) {
    await page.keyboard.press(`Shift+Alt+${key}`);
    await page.getByRole('treegrid', { name: tree }).waitFor();
  }
});

test('the timeline says what is in force on a day, and leads to the revision', async () => {
  await page.keyboard.press('Shift+Alt+5');
  const lane = (words: string) =>
    page.getByRole('button', { name: new RegExp(`^Plan-of-care modifier at UnitedHealthcare.*${words}`) });
  await page.getByLabel('In force on', { exact: true }).fill('2020-06-30');
  await lane('2019-09-01 to 2020-06-30, in force on this day').waitFor();
  await page.getByRole('button', { name: 'A day later' }).press('Enter');
  await lane('since 2020-07-01, in force on this day').press('Enter');
  await page.getByText('rules/united-healthcare/uhc-therapy-modifier/2020-07-01.policy.yaml').waitFor();
  await page.keyboard.press('Shift+Alt+5');
  await page.getByRole('button', { name: 'Today', exact: true }).press('Enter');
  await page.keyboard.press('Shift+Alt+1');
});

test('a new revision begins on a day, the present one ends before it, and one step takes both back', async () => {
  await page.keyboard.press('Shift+Alt+5');
  await page.getByRole('button', { name: 'New revision…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New revision' });
  const day = dialog.getByLabel('First date of service');
  const begin = dialog.getByRole('button', { name: 'Begin the revision' });
  await day.fill('1999-01-01');
  await dialog.getByText('there is none to copy').waitFor();
  expect(await begin.isDisabled()).toBe(true);
  await day.fill('2030-01-01');
  await dialog.getByText('No claim is decided otherwise').waitFor();
  await begin.press('Enter');
  await page.getByText('2 files not saved').waitFor();
  await page.keyboard.press('Shift+Alt+5');
  await page
    .getByRole('button', { name: /since 2030-01-01\. Open$/ })
    .first()
    .waitFor();
  await page.keyboard.press('Control+K');
  await page.keyboard.type('Take back the last step');
  await page.keyboard.press('Enter');
  await page.getByText('All saved').waitFor();
  await page
    .getByRole('button', { name: /since 2030-01-01\. Open$/ })
    .first()
    .waitFor({ state: 'detached' });
  await page.keyboard.press('Shift+Alt+1');
});

test('settings take effect at once and are kept', async () => {
  const grid = page.getByRole('grid', { name: 'Saved encounters' });
  const rows = async () => Number(await grid.getAttribute('aria-rowcount'));
  const everyPayer = await rows();
  await page.keyboard.press('Control+,');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByText('High contrast').click();
  await dialog.getByText('Very large').click();
  await dialog.getByRole('button', { name: /^Every payer/ }).click();
  await page.getByRole('option', { name: 'Medicare Part B' }).click();
  await dialog.getByLabel('Date of service').fill('2018-06-01');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByText('No policy is in force for this payer on this date.').waitFor();

  await page.reload();
  await page.getByText('No policy is in force for this payer on this date.').waitFor();
  const look = () =>
    page.evaluate(() => {
      const style = getComputedStyle(document.body);
      return [document.documentElement.dataset['theme'], style.fontSize, style.backgroundColor];
    });
  expect(await look()).toEqual(['contrast', '17px', 'rgb(255, 255, 255)']);
  await grid.waitFor();
  expect(await rows()).toBeLessThan(everyPayer / 2);

  await page.getByRole('button', { name: 'Show every payer and date' }).click();
  await page.getByRole('treegrid', { name: 'Policies' }).waitFor();
});

test('at 200 % zoom one column is shown at a time, and the keys lead from one to the other', async () => {
  // What is left of 1280 × 800 at that zoom.
  await page.setViewportSize({ width: 640, height: 400 });
  await page.keyboard.press('Alt+1');
  await page.getByRole('treegrid', { name: 'Policies' }).waitFor();
  await page.keyboard.press('Alt+3');
  await page.getByRole('grid', { name: 'Saved encounters' }).waitFor();
  await page.keyboard.press('Alt+2');
  await page.locator('.monaco-editor.focused').waitFor();
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 800 });
});
