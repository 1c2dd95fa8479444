import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';

import type { OpenWorkbench } from './workbench.ts';
import { openTimePolicy, openWorkbench, selectInEditor, timePolicy } from './workbench.ts';

/** Writing with proposals, by keyboard alone. */
let open: OpenWorkbench | null = null;

async function start(scheme: 'light' | 'dark' = 'light'): Promise<OpenWorkbench> {
  open = await openWorkbench({ scheme });
  await openTimePolicy(open.page);
  return open;
}

afterEach(async () => {
  const complaints = open?.complaints ?? [];
  await open?.close();
  open = null;
  expect(complaints).toEqual([]);
});

const proposals = (page: Page) => page.getByRole('listbox', { name: 'Suggest' });
/** A proposal as it is read aloud: its name, then what stands beside it. */
const proposal = (page: Page, name: string) =>
  proposals(page).getByRole('option', { name: new RegExp(`^${name.replace(/[$.]/g, '\\$&')},`) });

/** Types a few letters, waits until the proposal is the first one, and takes it. */
async function take(page: Page, letters: string, name: string): Promise<void> {
  await proposals(page).getByRole('option').first().waitFor();
  await page.keyboard.type(letters);
  await expect
    .poll(() => proposals(page).getByRole('option').first().getAttribute('aria-label'))
    .toMatch(new RegExp(`^${name.replace(/[$.]/g, '\\$&')},`));
  await page.keyboard.press('Enter');
}

/** A blank line behind the last rule. */
async function goToEnd(page: Page): Promise<void> {
  await page.keyboard.press('Alt+2');
  await page.locator('.monaco-editor.focused').waitFor();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
}

const added = async ({ read, page }: OpenWorkbench): Promise<string> => {
  await page.keyboard.press('Control+s');
  await page.getByText('All saved').waitFor();
  const text = await read(timePolicy);
  return text.slice(text.lastIndexOf('\n  - id: '));
};

test('a new rule from a blank line: proposals, Tab, and the words of its title', async () => {
  const workbench = await start();
  const { page } = workbench;
  await goToEnd(page);
  await page.keyboard.type('  - ');
  await take(page, 'req', 'requirement');
  await page.keyboard.type('short-service');
  await page.keyboard.press('Tab');
  await page.keyboard.type('A service of less than 8 minutes is looked at');
  await page.keyboard.press('Tab');
  await take(page, 'under-8', 'hns-97530#under-8-minutes');
  await page.keyboard.press('Tab');
  // A fact by what people call it, a list by what it lists.
  await take(page, 'CPT', 'line.code');
  await take(page, 'timed', '$timed-codes');
  await page.keyboard.press('Tab');
  await take(page, 'duration', 'record.minutes');
  await take(page, 'atL', 'atLeast');
  await take(page, 'min', '$minimumMinutes');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await take(page, 'rev', 'review');
  await page.keyboard.press('Tab');
  await page.keyboard.type('It took {');
  await take(page, 'duration', 'record.minutes');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(' minutes.');

  // Nothing is wrong with it, and it judges the saved encounters.
  await page
    .getByRole('tabpanel', { name: /^Problems/ })
    .getByText('Every file can be read')
    .waitFor();
  const counts = page.locator('.codelens-decoration').last();
  await expect
    .poll(() => counts.textContent())
    .toMatch(/^met \d+ · not met \d+ · needs record \d+ · does not apply \d+$/);
  expect(await added(workbench)).toBe(`
  - id: short-service
    title: A service of less than 8 minutes is looked at
    cite: hns-97530#under-8-minutes
    when:
      line.code: $timed-codes
    require:
      record.minutes: { atLeast: $minimumMinutes }
    otherwise: review
    message: "It took {record.minutes} minutes."
    remedy: What to do.`);
});

test('key by key, and every line begins where it must', async () => {
  const workbench = await start();
  const { page } = workbench;
  await goToEnd(page);
  await page.keyboard.type('  - id: plain');
  await page.keyboard.press('Enter');
  for (const [letters, name, words] of [
    ['ti', 'title', 'A plain rule'],
    ['oth', 'otherwise', ''],
  ] as const) {
    await page.keyboard.press('Control+Space');
    await take(page, letters, name);
    if (name === 'otherwise') await take(page, 'adv', 'advise');
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.type('require:');
  await page.keyboard.press('Enter');
  await page.keyboard.type('line.charge: { documented: true }');
  expect(await added(workbench)).toBe(`
  - id: plain
    title: A plain rule
    otherwise: advise
    require:
      line.charge: { documented: true }`);
});

/** Asks with the key for it, again where the page was not ready to listen, until something is told. */
async function explain(page: Page, word: string, telling: string | RegExp): Promise<void> {
  await selectInEditor(page, word);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  const told = page.locator('.monaco-hover').getByText(telling);
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Control+i');
        return told.waitFor({ timeout: 2000 }).then(
          () => true,
          () => false,
        );
      },
      { timeout: 60_000 },
    )
    .toBe(true);
}

test('what a word means, told at the cursor', async () => {
  const { page } = await start();
  await explain(page, 'record.minutes: { atLeast', 'The number is this one or above.');
  await page.keyboard.press('Escape');
  await explain(page, 'hns-97140#under-8', /Health Network Solutions, read/);
  await page.keyboard.press('Escape');
  await explain(page, 'id: minimum-time', /^Of \d+ saved encounters: met by \d+/);
});

describe.each(['light', 'dark', 'contrast'] as const)('%s', (look) => {
  test('axe finds nothing in the proposals, the page beside them, and what is told of a word', async () => {
    const { page } = await start(look === 'dark' ? 'dark' : 'light');
    // As the system, light, dark, high contrast.
    if (look === 'contrast') for (let times = 0; times < 3; times += 1) await page.keyboard.press('Alt+t');
    await goToEnd(page);
    await page.keyboard.type('  - ');
    await proposal(page, 'requirement').waitFor();
    const beside = page.locator('.suggest-details');
    await beside.getByText('What the biller is told.').waitFor();
    // What opens over the text alone: the screen below it has journeys of its own.
    const violations = async (part: string) =>
      (await new AxeBuilder({ page }).include(part).analyze()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`,
      );
    expect(await violations('.suggest-widget')).toEqual([]);
    expect(await violations('.suggest-details')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await explain(page, 'record.minutes', 'a number of minutes');
    expect(await violations('.monaco-hover')).toEqual([]);
  });
});
