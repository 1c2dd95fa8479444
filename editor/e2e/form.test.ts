import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';

import type { OpenWorkbench } from './workbench.ts';
import { openTimePolicy, openWorkbench, timePolicy } from './workbench.ts';

let open: OpenWorkbench | null = null;

async function start(options: Parameters<typeof openWorkbench>[0] = {}): Promise<OpenWorkbench> {
  open = await openWorkbench(options);
  return open;
}

afterEach(async () => {
  const complaints = open?.complaints ?? [];
  await open?.close();
  open = null;
  expect(complaints).toEqual([]);
});

const form = (page: Page) => page.getByRole('region', { name: /^Form of / });
const changedCount = (page: Page) => page.getByText(/^\d+ of \d+ changed$/);
const minimum = (page: Page) =>
  form(page).getByRole('spinbutton', { name: 'Value of minimumMinutes, in minutes' });

/** The time policy as a form, by keyboard. */
async function openForm(page: Page): Promise<void> {
  await openTimePolicy(page);
  await page.keyboard.press('Alt+f');
  await form(page).waitFor();
}

/** Opens a list with Enter, types what is looked for, and takes the first that is found. */
async function pick(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Enter');
  const search = page.getByRole('combobox', { name: /^Search: / });
  await search.waitFor();
  await page.keyboard.type(typed);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await search.waitFor({ state: 'detached' });
}

const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );

test('a rule built by keyboard alone reads in the YAML as it was meant', async () => {
  const { page, read } = await start();
  await openForm(page);
  await form(page).getByRole('button', { name: 'Rule', exact: true }).focus();
  await page.keyboard.press('Enter');
  // The title of the new rule has the focus.
  await expect.poll(() => focused(page)).toBe('What the rule says');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('At most four units are billed');

  const rule = form(page).getByRole('article', { name: 'At most four units are billed' });
  await rule.waitFor();
  // When: the procedure code stays; one more condition is found by its meaning.
  await rule.getByRole('button', { name: 'Add to: Applies when' }).focus();
  await pick(page, 'place of service of the line');
  await expect.poll(() => focused(page)).toBe('Test: is documented');
  await pick(page, 'is not documented');

  // Must hold: another fact, another test, another number.
  const must = rule.getByRole('group', { name: 'Must hold' });
  await must.getByRole('button', { name: /^Fact: / }).focus();
  await pick(page, 'units billed');
  await must.getByRole('button', { name: 'Fact: number of units billed' }).waitFor();
  await must.getByRole('button', { name: /^Test: / }).focus();
  await pick(page, 'at most');
  await must.getByRole('spinbutton').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('4');

  await rule.getByRole('button', { name: /^Outcome: / }).focus();
  await pick(page, 'deny');
  await rule.getByRole('button', { name: /^Add a citation/ }).focus();
  await pick(page, 'increments');
  await rule.getByRole('textbox', { name: 'Id of the rule' }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('at-most-four');
  await page.keyboard.press('Enter');

  await expect.poll(() => rule.getByRole('button', { name: 'Outcome: Deny' }).count()).toBe(1);
  await page.keyboard.press('Control+s');
  await page.getByText('All saved').waitFor();
  const text = await read(timePolicy);
  expect(text).toContain(`
  - id: at-most-four
    title: At most four units are billed
`);
  expect(text.slice(text.indexOf('at-most-four'))).toMatch(
    /^at-most-four\n {4}title: At most four units are billed\n {4}cite: \S+#\S+\n {4}when:(?: \{ line\.code: 97530, line\.placeOfService: \{ documented: false \} \}|\n {6}line\.code: 97530\n {6}line\.placeOfService: \{ documented: false \})\n {4}require: \{ line\.units: \{ atMost: 4 \} \}\n {4}otherwise: deny\n$/,
  );
  // And it is there to be read.
  await page.keyboard.press('Alt+y');
  await page.locator('.monaco-editor').first().waitFor();
});

describe('the form and the text are one', () => {
  test('a threshold changed in the form: which encounters flip, and the change taken back', async () => {
    const { page, read } = await start();
    await openForm(page);
    const before = await read(timePolicy);
    await minimum(page).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('10');
    await changedCount(page).waitFor();

    await page.keyboard.press('Control+z');
    await expect.poll(() => minimum(page).inputValue()).toBe('8');
    await changedCount(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => minimum(page).inputValue()).toBe('10');

    await page.keyboard.press('Control+s');
    await page.getByText('All saved').waitFor();
    expect(await read(timePolicy)).toBe(before.replace('value: 8', 'value: 10'));
  });

  test('what is written in the text, or by others, appears in the form', async () => {
    const { page, read, write } = await start();
    await openForm(page);
    await write(timePolicy, (await read(timePolicy)).replace('value: 8', 'value: 9'));
    await expect.poll(() => minimum(page).inputValue()).toBe('9');
  });

  test('a text that cannot be read has no form, and says so', async () => {
    const { page, read, write } = await start();
    await openForm(page);
    const text = await read(timePolicy);
    await write(timePolicy, text.replace('[hns]', '[hns'));
    await page.getByText('The text cannot be read, so there is no form of it.').waitFor();
    await write(timePolicy, text);
    await form(page).waitFor();
  });

  test('what the form cannot show is kept, and the way to it leads to its line', async () => {
    const { page, read, write } = await start();
    await openForm(page);
    await write(
      timePolicy,
      (await read(timePolicy)).replace(
        'require: { record.minutes: { documented: true } }',
        'require: { record.minuts: { documented: true } }',
      ),
    );
    const odd = form(page).getByText('record.minuts: { documented: true }');
    await odd.waitFor();
    // The mistake stands beside it, with what mends it.
    await form(page).getByRole('button', { name: 'Change to record.minutes' }).click();
    await odd.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+s');
    await page.getByText('All saved').waitFor();
    expect(await read(timePolicy)).toContain('require: { record.minutes: { documented: true } }');
  });
});

test('a chosen encounter shows what it holds beside each condition', async () => {
  const { page } = await start();
  await openForm(page);
  await page.getByRole('searchbox', { name: /^Find/ }).fill('seven minutes is one short');
  await page.getByRole('grid', { name: 'Saved encounters' }).getByRole('row').nth(1).click();
  const rule = form(page).getByRole('article', { name: /^A timed service of less than 8/ });
  await rule.getByRole('button', { name: /^A timed service/ }).click();
  const must = rule.getByRole('group', { name: 'Must hold' });
  await expect.poll(() => must.textContent()).toMatch(/✗does not hold: 7 minutes/);
});

describe('lists', () => {
  const list = 'rules/lists/timed-codes.list.yaml';

  test('an entry is described, dated, cited and added; comments stay', async () => {
    const { page, read, write } = await start();
    await write(
      list,
      (await read(list))
        .replace('  - { value: 97033', '  # the one with current\n  - { value: 97033')
        .replace('97034,', '97034, # cold and warm\n     '),
    );
    await page.keyboard.press('Shift+Alt+3');
    await page.getByRole('treegrid').focus();
    await page.keyboard.type('Timed therapy');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Alt+f');
    await form(page).waitFor();
    const entry = form(page).getByRole('group', { name: 'Entry 97033' });
    await entry.getByRole('textbox', { name: 'Short description of 97033' }).fill('Current through the skin');
    await entry.getByRole('button', { name: /^Say from when/ }).click();
    await entry.getByLabel(/^First day of 97033/).fill('2022-01-01');
    await form(page).getByRole('textbox', { name: 'Value of the new entry' }).fill('97039');
    await form(page)
      .getByRole('textbox', { name: 'Short description of the new entry' })
      .fill('Unlisted modality');
    await page.keyboard.press('Enter');
    await form(page).getByRole('group', { name: 'Entry 97039' }).waitFor();
    await form(page)
      .getByRole('group', { name: 'Entry 97039' })
      .getByRole('button', { name: /^Add a citation/ })
      .focus();
    await pick(page, 'increments');
    await page.keyboard.press('Control+s');
    await page.getByText('All saved').waitFor();
    const text = await read(list);
    expect(text).toContain(
      '  # the one with current\n  - { value: 97033, short: Current through the skin, cite: therapy-code-list#timed, from: 2022-01-01 }\n',
    );
    expect(text).toContain('# cold and warm');
    expect(text).toMatch(
      / {2}- (?:\{ )?value: 97036.*\n {2}- \{ value: 97039, short: Unlisted modality, cite: \S+ \}\n {2}- value: 97110/,
    );
  });
});

describe('for everyone', () => {
  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (scheme) => {
    const { page } = await start({ scheme });
    await openForm(page);
    const closed = form(page).locator('.f-rule-toggle[aria-expanded="false"]');
    while ((await closed.count()) > 0) await closed.first().click();
    expect(await violations(page)).toEqual([]);
    await form(page).getByRole('button', { name: 'Add to: Must hold' }).first().click();
    await page.getByRole('combobox', { name: /^Search: / }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 1600)}`));
}
