import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test, vi } from 'vitest';

import type { OpenWorkbench } from './workbench.ts';
import { openWorkbench } from './workbench.ts';

/** Saved encounters: found in the grid, begun, filled in, tried, and kept as cases. */
vi.setConfig({ testTimeout: 180_000 });
let open: OpenWorkbench | null = null;

async function start(): Promise<OpenWorkbench> {
  open = await openWorkbench();
  // What does not come soon does not come: the test then says what it waited for.
  open.page.setDefaultTimeout(10_000);
  return open;
}

afterEach(async () => {
  const complaints = open?.complaints ?? [];
  await open?.close();
  open = null;
  expect(complaints).toEqual([]);
});

const grid = (page: Page) => page.getByRole('grid', { name: 'Saved encounters' });
const why = (page: Page) => page.getByRole('region', { name: /^Why: / });
const outcome = (page: Page) => page.getByRole('region', { name: 'What would come of it' });
const form = (page: Page) => page.getByRole('region', { name: 'Form' });
const rowTitles = (page: Page) =>
  grid(page)
    .getByRole('row')
    .evaluateAll((rows) => rows.slice(1).map((row) => row.querySelector('.encounters-words')?.textContent));

/** Goes on with Tab until something has the focus whose name begins so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 200; step += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element) return '';
      const labels = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
      const words = [
        element.getAttribute('aria-label'),
        ...labels.map((id) => document.querySelector(`[id="${id}"]`)?.textContent),
        element.closest('label')?.textContent,
        ...[...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent),
        element.textContent,
      ];
      return words.find((text) => text !== null && text !== undefined && text.trim() !== '') ?? '';
    });
    if (focused.startsWith(name)) return;
  }
  throw new Error(`Tab does not lead to “${name}”`);
}

/** The grid on its own page, at the case of this title, by keyboard alone. */
async function goToCase(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Shift+Alt+2');
  await page.getByRole('columnheader', { name: 'Expected' }).waitFor();
  await page.keyboard.press('Alt+e');
  await page.keyboard.type(title);
  await page.getByText(/^1 of \d+ cases$/).waitFor();
  await page.keyboard.press('Alt+3');
  await page.locator('[role="grid"]:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('row', { name: new RegExp(title), selected: true }).waitFor();
}

test('an encounter is changed, tried and saved as a case, by keyboard alone', async () => {
  const { page, read } = await start();
  await goToCase(page, 'Seven minutes is one short');
  await why(page).getByText('Deny').first().waitFor();

  await page.keyboard.press('Alt+i');
  await outcome(page).getByText('Nothing yet').waitFor();
  await tabTo(page, 'Minutes');
  await page.keyboard.press('ArrowUp');
  await outcome(page).getByText('Line 1 · Minutes: 8 minutes (was 7 minutes)').waitFor();
  expect(await outcome(page).getByRole('status').textContent()).toMatch(/^Pay.*before: Deny$/);

  await tabTo(page, 'Save as a case…');
  await page.keyboard.press('Enter');
  const title = page.getByRole('textbox', { name: 'What is special about it' });
  await title.waitFor();
  expect(await title.inputValue()).toBe('8 minutes on line 1');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('One more minute is enough');
  const preview = page.getByLabel('The case as it will stand in the suite');
  await expect.poll(() => preview.textContent()).toContain('id: one-more-minute-is-enough');
  await page.keyboard.press('Enter');

  // It is the case of the suite at which the editor now is, and it is judged as expected.
  await page.locator('.monaco-editor.focused').waitFor();
  await page.getByRole('region', { name: 'Why: One more minute is enough' }).waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('All saved').waitFor();
  expect(await read('testcases/hns/hns-97530-time.suite.yaml')).toMatch(
    /\n\n {2}- id: one-more-minute-is-enough\n {4}title: One more minute is enough\n {4}given: \{ lines\.1\.record\.minutes: 8 \}\n {4}expect:\n {6}lines:\n {8}1: \{ decision: pay, supportableUnits: 1 \}\n {8}2: \{ decision: pay, supportableUnits: 1 \}\n$/,
  );
});

test('a new encounter from a template, filled in as a form, read as YAML', async () => {
  const { page, read } = await start();
  const path = 'testcases/hns/encounters/ten-minutes-of-activities.encounter.yaml';
  await page.keyboard.press('Alt+n');
  const dialog = page.getByRole('dialog', { name: 'New encounter' });
  await dialog.getByRole('option', { name: 'Therapy visit' }).waitFor();
  await tabTo(page, 'As in the template');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Health Network Solutions' }).waitFor();
  await page.keyboard.type('Health');
  await page.keyboard.press('Enter');
  await tabTo(page, 'What is special about it');
  await page.keyboard.type('Ten minutes of activities');
  await tabTo(page, 'Create the encounter');
  await page.keyboard.press('Enter');
  await form(page).waitFor();
  await page.getByRole('region', { name: 'Why: Ten minutes of activities' }).waitFor();

  const minutes = form(page).getByRole('textbox', { name: 'Minutes' }).first();
  await minutes.fill('7');
  await why(page).getByText('97530 was performed for 7 minutes; 8 are needed to bill it.').waitFor();
  await minutes.fill('10');
  await why(page).getByText('7 minutes; 8 are needed').waitFor({ state: 'detached' });

  // Never supplied is not the same as empty.
  const plan = form(page).getByRole('region', { name: 'Treatment plan' });
  await plan.getByText('Supplied: Treatment plan').click();
  await plan.getByText('Never supplied: rules that read it stay undecided.').waitFor();
  await why(page).getByText('Needs record').first().waitFor();
  await plan.getByText('Supplied: Treatment plan').click();
  await plan.getByText('Supplied and empty: nothing of it was documented.').waitFor();
  await why(page).getByText('Deny').first().waitFor();

  await page.keyboard.press('Alt+y');
  await page.locator('.monaco-editor .view-line', { hasText: 'ten-minutes-of-activities' }).waitFor();
  expect(await page.locator('.document-path').textContent()).toBe(path);
  await page.keyboard.press('Control+s');
  await page.getByText('All saved').waitFor();
  const text = await read(path);
  expect(text).toContain('title: Ten minutes of activities\n');
  expect(text).toContain('payer: hns,');
  expect(text).toContain('\nplan: {}\n');
  expect(text).toContain('    record:\n      minutes: 10\n');
});

test('something is tried and left again: nothing is saved, and it can be gone on with', async () => {
  const { page } = await start();
  await goToCase(page, 'Seven minutes is one short');
  await page.keyboard.press('Alt+i');
  const minutes = page.getByRole('dialog').getByRole('textbox', { name: 'Minutes' }).first();
  await minutes.fill('23');
  await outcome(page).getByText('Line 1 · Minutes: 23 minutes (was 7 minutes)').waitFor();
  await minutes.fill('twenty');
  await outcome(page).getByText('Not judged while there is a mistake').waitFor();
  await page.keyboard.press('Escape');
  await outcome(page).waitFor({ state: 'detached' });
  await page.getByText('All saved').waitFor();

  // Whoever left by mistake finds it again; whoever wants to begin anew can.
  await page.keyboard.press('Alt+i');
  await outcome(page).getByText('Not judged while there is a mistake').waitFor();
  await page.getByRole('tab', { name: 'YAML', exact: true }).last().click();
  const text = page.getByRole('textbox', { name: 'The encounter as YAML' });
  await text.fill((await text.inputValue()).replace('twenty', '8'));
  await expect.poll(() => outcome(page).getByRole('status').textContent()).toMatch(/^Pay/);
  await page.getByRole('button', { name: 'Back to how it was' }).click();
  await outcome(page).getByText('Nothing yet').waitFor();
  expect(await outcome(page).getByRole('status').textContent()).toBe('Deny');
});

test('filters combine, columns sort, typing finds', async () => {
  const { page } = await start();
  await page.keyboard.press('Shift+Alt+2');
  const chip = (name: RegExp) => page.getByRole('toolbar', { name: 'Show' }).getByRole('button', { name });
  await chip(/^Deny/).click();
  await page.getByRole('button', { name: /^Every rule/ }).click();
  await page.getByRole('option', { name: /^hns-97530-time\/minimum-time/ }).click();
  const wanted = page.getByText(/^\d+ of \d+ cases$/);
  await wanted.waitFor();
  const shown = Number(/^\d+/.exec((await wanted.textContent())!)?.[0]);
  expect(shown).toBeGreaterThan(2);
  expect(await grid(page).getAttribute('aria-rowcount')).toBe(String(shown + 1));
  for (const verdict of await grid(page).locator('.encounters-row .encounters-actual').allTextContents())
    expect(verdict).toBe('Deny');

  await page.getByRole('columnheader', { name: 'Encounter' }).getByRole('button').press('Enter');
  const sorted = await rowTitles(page);
  expect(sorted).toEqual(sorted.toSorted((a, b) => (a!.toLowerCase() < b!.toLowerCase() ? -1 : 1)));
  expect(await page.getByRole('columnheader', { name: 'Encounter' }).getAttribute('aria-sort')).toBe(
    'ascending',
  );

  await grid(page).focus();
  await page.keyboard.type('zero');
  await page.getByRole('row', { name: /^Zero minutes/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.monaco-editor.focused').waitFor();

  await page.getByRole('button', { name: /^Show all \d+$/ }).click();
  await page.getByText(/^5\d\d cases$/).waitFor();
});

describe('axe finds nothing', () => {
  const found = async (page: Page) => {
    await page.waitForTimeout(250);
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  };

  test.each(['light', 'dark', 'contrast'])('in the grid, the form and the dialogs, %s', async (theme) => {
    const { page } = await start();
    for (let turn = 0; turn < 4; turn += 1) {
      if ((await page.locator('html').getAttribute('data-theme')) === theme) break;
      await page.keyboard.press('Alt+t');
    }
    expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);

    await goToCase(page, 'Seven minutes is one short');
    expect(await found(page)).toEqual([]);

    await page.keyboard.press('Alt+i');
    const minutes = page.getByRole('dialog').getByRole('textbox', { name: 'Minutes' }).first();
    await minutes.fill('8');
    await outcome(page)
      .getByText(/8 minutes .was 7/)
      .waitFor();
    expect(await found(page)).toEqual([]);
    await minutes.fill('x');
    await outcome(page).getByText('Not judged').waitFor();
    expect(await found(page)).toEqual([]);
    await page.getByRole('tab', { name: 'YAML', exact: true }).last().click();
    expect(await found(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back to how it was' }).click();
    await page.getByRole('button', { name: 'Save as a case…' }).last().click();
    await page.getByLabel('The case as it will stand in the suite').waitFor();
    expect(await found(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();

    await page.keyboard.press('Alt+n');
    await page.getByRole('option', { name: 'Therapy visit' }).waitFor();
    expect(await found(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create the encounter' }).click();
    await form(page).waitFor();
    await form(page).getByRole('textbox', { name: 'Minutes' }).first().fill('-1');
    await form(page)
      .getByText(/outside 0 to 1440/)
      .waitFor();
    expect(await found(page)).toEqual([]);
  });
});
