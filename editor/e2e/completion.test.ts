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
  await expect.poll(() => counts.textContent()).toMatch(/^not met \d+ · needs record \d+ · met \d+$/);
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

test('what a word means, told at the cursor', async () => {
  const { page } = await start();
  const told = page.locator('.monaco-hover').filter({ hasText: /\S/ });
  const ask = async (word: string) => {
    await selectInEditor(page, word);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Control+i');
  };
  await ask('record.minutes: { atLeast');
  await told.getByText('The number is this one or above.').waitFor();
  await page.keyboard.press('Escape');
  await ask('hns-97140#under-8');
  await told.getByText('Health Network Solutions, read').waitFor();
  await page.keyboard.press('Escape');
  await ask('id: minimum-time');
  await told.getByText(/^Of \d+ saved encounters: met by \d+/).waitFor();
});

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  test('axe finds nothing in the proposals, the page beside them, and what is told of a word', async () => {
    const { page } = await start(scheme);
    await goToEnd(page);
    await page.keyboard.type('  - ');
    await proposal(page, 'requirement').waitFor();
    const beside = page.locator('.suggest-details');
    await beside.getByText('What the biller is told.').waitFor();
    const violations = async () =>
      (await new AxeBuilder({ page }).analyze()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`,
      );
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await selectInEditor(page, 'record.minutes');
    await page.keyboard.press('Control+i');
    await page.locator('.monaco-hover').getByText('a number of minutes').waitFor();
    expect(await violations()).toEqual([]);
  });
});
