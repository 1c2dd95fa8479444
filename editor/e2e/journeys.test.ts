import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';

import { expectAccessible } from './accessible.ts';
import type { OpenWorkbench } from './workbench.ts';
import { changeMinimum, openTimePolicy, openWorkbench, timePolicy } from './workbench.ts';

let open: OpenWorkbench | null = null;

async function start(scheme: 'light' | 'dark' = 'light'): Promise<OpenWorkbench> {
  open = await openWorkbench({ scheme });
  return open;
}

afterEach(async () => {
  const complaints = open?.complaints ?? [];
  await open?.close();
  open = null;
  // No error of ours, and nothing that the Content-Security-Policy had to stop.
  expect(complaints).toEqual([]);
});

const grid = (page: Page) => page.getByRole('grid', { name: 'Saved encounters' });
const why = (page: Page) => page.getByRole('region', { name: /^Why: / });
const problems = (page: Page) => page.getByRole('tabpanel', { name: /^Problems/ });
const changedCount = (page: Page) => page.getByText(/^\d+ of \d+ changed$/);

describe('changing a threshold', () => {
  test('by keyboard alone: which encounters change, and why', async () => {
    const { page } = await start();
    await openTimePolicy(page);
    expect(await changedCount(page).count()).toBe(0);

    await changeMinimum(page);
    await changedCount(page).waitFor();
    const first = grid(page).getByRole('row').nth(1);
    await expect.poll(() => first.textContent()).toMatch(/Deny.*before: Pay/);

    await page.keyboard.press('Alt+3');
    await page.locator('[role=grid]:focus').waitFor();
    await expect.poll(() => grid(page).evaluate((it) => it.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('ArrowDown');
    const rule = why(page).getByRole('article', {
      name: 'A timed service of less than 8 minutes is not billed',
    });
    await rule.first().waitFor();
    expect(await rule.first().textContent()).toContain('10 are needed to bill it');
    expect(await rule.first().textContent()).toContain('The treatment time must be at least 10 minutes');

    // From the explanation to the place in the file.
    await rule
      .first()
      .getByRole('row', { name: /must be at least 10 minutes/ })
      .focus();
    await page.keyboard.press('Enter');
    await page.locator('.monaco-editor.focused').waitFor();
    // What the encounter says is painted behind the words of the rule.
    expect(
      await page.locator('.monaco-editor .value-false', { hasText: 'minutes' }).first().textContent(),
    ).toMatch(/\d\sminutes/);
  });

  test('the filter for changed encounters shows these alone', async () => {
    const { page } = await start();
    await openTimePolicy(page);
    await changeMinimum(page);
    await changedCount(page).waitFor();
    await page.keyboard.press('Alt+c');
    // The count goes on changing until the last letter is judged.
    const shown = async () => Number(await grid(page).getAttribute('aria-rowcount')) - 1;
    const changed = async () => Number((await changedCount(page).textContent())!.split(' ')[0]);
    await expect.poll(async () => (await shown()) - (await changed())).toBe(0);
  });
});

describe('saving', () => {
  test('writes the file, and the new verdicts are what is compared with', async () => {
    const { page, read } = await start();
    await openTimePolicy(page);
    await changeMinimum(page);
    await changedCount(page).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('All saved').waitFor();
    expect(await read(timePolicy)).toContain('minimumMinutes: { value: 10,');
    await changedCount(page).waitFor({ state: 'detached' });
  });

  test('over a change on disk: both versions are shown, and nothing is lost', async () => {
    const { page, read, write } = await start();
    await openTimePolicy(page);
    await changeMinimum(page);
    const theirs = (await read(timePolicy)).replace('value: 8', 'value: 9');
    await write(timePolicy, theirs);
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    expect(await read(timePolicy)).toBe(theirs);

    await dialog.getByRole('button', { name: 'Decide later' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(/1 file not saved/).waitFor();

    await page.getByRole('button', { name: 'Changed on disk: compare' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep mine' }).click();
    await page.getByText('All saved').waitFor();
    expect(await read(timePolicy)).toContain('value: 10');
  });

  test('theirs can be taken instead', async () => {
    const { page, read, write } = await start();
    await openTimePolicy(page);
    await changeMinimum(page);
    await write(timePolicy, (await read(timePolicy)).replace('value: 8', 'value: 9'));
    await page.keyboard.press('Control+s');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Take the version on disk' }).click();
    await page.getByText('All saved').waitFor();
    await page.locator('.monaco-editor .view-line', { hasText: /value:\s9/ }).waitFor();
  });

  test('a change on disk of an untouched file appears by itself', async () => {
    const { page, read, write } = await start();
    await openTimePolicy(page);
    await write(timePolicy, (await read(timePolicy)).replace('value: 8', 'value: 9'));
    await page.locator('.monaco-editor .view-line', { hasText: /value:\s9/ }).waitFor();
    await page.getByText('All saved').waitFor();
  });
});

test('a file with a problem says so and keeps the last verdicts', async () => {
  const { page } = await start();
  await openTimePolicy(page);
  await changeMinimum(page);
  await changedCount(page).waitFor();
  const before = await changedCount(page).textContent();

  await changeMinimum(page, '10', '{');
  await page.getByText(/last good verdicts/).waitFor();
  expect(await changedCount(page).textContent()).toBe(before);
  const row = problems(page).getByRole('option').first();
  expect(await row.textContent()).toMatch(/^Problem.*this file, line \d+$/);

  // A problem leads to its place.
  await page.keyboard.press('Alt+5');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.monaco-editor.focused').waitFor();
});

describe('accessibility', () => {
  test.each(['light', 'dark'] as const)(
    'no violation in any state, %s',
    async (scheme) => {
      const { page, read, write } = await start(scheme);
      await openTimePolicy(page);
      await expectAccessible(page, 'open');
      await changeMinimum(page);
      await changedCount(page).waitFor();
      await page.keyboard.press('Alt+3');
      await page.locator('[role=grid]:focus').waitFor();
      await page.keyboard.press('Home');
      await why(page).getByRole('article').first().waitFor();
      await expectAccessible(page, 'why');
      await changeMinimum(page, '10', '{');
      await page.getByText(/last good verdicts/).waitFor();
      await expectAccessible(page, 'problem');
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Alt+2');
      await write(timePolicy, (await read(timePolicy)).replace('value: 8', 'value: 9'));
      await page.keyboard.press('Control+s');
      await page.getByRole('alertdialog').waitFor();
      await expectAccessible(page, 'conflict');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Everything you can do' }).click();
      await page.getByRole('menu').waitFor();
      await expectAccessible(page, 'menu');
    },
    120_000,
  );
});
