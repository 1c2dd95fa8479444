import type { Locator, Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';

import { expectAccessible } from './accessible.ts';
import type { OpenWorkbench } from './workbench.ts';
import { openTimePolicy, openWorkbench, timePolicy } from './workbench.ts';

let open: OpenWorkbench | null = null;

async function start(scheme: 'light' | 'dark' = 'light'): Promise<OpenWorkbench> {
  open = await openWorkbench({ scheme });
  open.page.setDefaultTimeout(10_000);
  return open;
}

afterEach(async () => {
  const complaints = open?.complaints ?? [];
  await open?.close();
  open = null;
  expect(complaints).toEqual([]);
});

const seven = 'Seven minutes is one short';
const source = 'HNS, therapeutic activities (97530)';
const sourceFile = 'rules/sources/hns-97530.source.yaml';

const grid = (page: Page) => page.getByRole('grid', { name: 'Saved encounters' });
const why = (page: Page) => page.getByRole('region', { name: `Why: ${seven}` });
const rule = (page: Page) =>
  why(page).getByRole('article', { name: 'A timed service of less than 8 minutes is not billed' });
const clause = (page: Page, name: string) =>
  page.getByRole('article', { name: new RegExp(`^Clause ${name}`) });

/** Presses Tab until it is reached, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not lead to ${String(target)}`);
}

async function chooseSeven(page: Page): Promise<void> {
  await openTimePolicy(page);
  await page.keyboard.press('Alt+3');
  await tabTo(page, page.getByRole('searchbox', { name: 'Find by words, code or rule' }), 'Shift+Tab');
  await page.keyboard.type(seven);
  await expect.poll(() => grid(page).getByRole('row').count()).toBe(2);
  await page.keyboard.press('Alt+3');
  await expect.poll(() => grid(page).evaluate((it) => it.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('ArrowDown');
  await why(page).waitFor();
}

/** Chooses the source in the list of all by typing its name. */
async function openSource(page: Page): Promise<void> {
  await page.keyboard.press('Shift+Alt+4');
  await page.getByRole('listbox', { name: 'Sources' }).focus();
  await page.keyboard.type('HNS, therapeutic activities');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: source }).waitFor();
}

describe('why a line is denied', () => {
  test('by keyboard alone: the condition, its place in the policy, its clause, and what would satisfy it', async () => {
    const { page } = await start();
    await chooseSeven(page);
    await page.keyboard.press('Alt+4');

    // What would satisfy it stands there, tried on the encounter.
    await rule(page).getByText('One more minute would satisfy it.').waitFor();
    expect(
      await rule(page)
        .getByRole('region', { name: /^What would satisfy/ })
        .textContent(),
    ).toContain('The treatment time: 8 minutes instead of 7 minutes.');

    // It can be tried without saving anything.
    await tabTo(page, rule(page).getByRole('button', { name: /^Try it: The treatment time: 8 minutes/ }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /^What if/ });
    await dialog.getByRole('tab', { name: 'YAML' }).waitFor();
    await expect.poll(() => dialog.textContent()).toMatch(/Pay/);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Alt+4');

    // Through the tree of conditions to the place in the policy.
    const tree = rule(page).getByRole('treegrid', { name: /^Conditions of/ });
    await tabTo(page, tree.getByRole('row').first());
    await page.keyboard.press('End');
    const last = tree.getByRole('row', {
      name: /does not hold: The treatment time must be at least 8 minutes/,
    });
    expect(await last.evaluate((row) => row === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.locator('.monaco-editor.focused').waitFor();

    // And to its clause, read in place and then on its page.
    await page.keyboard.press('Alt+4');
    const cite = rule(page).getByRole('button', { name: `${source}: under 8 minutes` });
    await tabTo(page, cite);
    await page.keyboard.press('Enter');
    await rule(page)
      .getByText('A timed service that took less than 8 minutes is not billed to the payer.')
      .waitFor();
    await tabTo(page, rule(page).getByRole('button', { name: 'Open on the source page' }));
    await page.keyboard.press('Enter');
    await clause(page, 'Under 8 minutes').waitFor();
    expect(await clause(page, 'Under 8 minutes').getAttribute('aria-current')).toBe('true');
  });

  test('by mouse: from the clause back to the rule', async () => {
    const { page } = await start();
    await chooseSeven(page);
    await rule(page)
      .getByRole('button', { name: `${source}: under 8 minutes` })
      .click();
    await rule(page).getByRole('button', { name: 'Open on the source page' }).click();
    await clause(page, 'Under 8 minutes')
      .getByRole('button', { name: 'A timed service of less than 8 minutes is not billed' })
      .click();
    await page.locator('.monaco-editor.focused').waitFor();
    // The cursor stands in the rule now: the tab below shows the clauses that it cites.
    await page.keyboard.press('Alt+7');
    await page
      .getByRole('region', { name: 'Cited by: A timed service of less than 8 minutes is not billed' })
      .waitFor();
  });
});

describe('sources', () => {
  test('a clause is taken up, set aside with a reason, and saved', async () => {
    const { page, read } = await start();
    await openSource(page);
    await clause(page, 'Modifiers: Set aside')
      .getByRole('button', { name: /^Take up again/ })
      .click();
    await clause(page, 'Modifiers: Open')
      .getByRole('button', { name: /^Set aside with a reason/ })
      .click();
    await page.keyboard.type('The page behind the link has moved.');
    await page.keyboard.press('Enter');
    await clause(page, 'Modifiers: Set aside').getByText('The page behind the link has moved.').waitFor();
    await page.keyboard.press('Control+s');
    await expect.poll(() => read(sourceFile)).toContain('setAside: The page behind the link has moved.\n');
  });

  test('a rule is begun for an open clause, and changes no verdict', async () => {
    const { page } = await start();
    await openSource(page);
    await clause(page, 'Modifiers: Set aside')
      .getByRole('button', { name: /^Take up again/ })
      .click();
    await clause(page, 'Modifiers: Open')
      .getByRole('button', { name: /^Write a rule/ })
      .click();
    await page.getByRole('button', { name: 'Begin the rule' }).click();
    await page.locator('.monaco-editor.focused').waitFor();
    await page.locator('.monaco-editor .view-line', { hasText: 'hns-97530#modifiers' }).waitFor();
    expect(await page.getByText(/^\d+ of \d+ changed$/).count()).toBe(0);
  });
});

describe('in words', () => {
  test('a sentence leads to its place, and on paper nothing else is left', async () => {
    const { page } = await start();
    await chooseSeven(page);
    await page.keyboard.press('Alt+w');
    const words = page.getByRole('region', { name: /^In words: / });
    const sentence = words.getByRole('button', {
      name: /^For a claim line .* the treatment time must be at least 8 minutes\.$/,
    });
    await sentence.first().waitFor();
    // The chosen encounter marks every rule.
    await words.getByText('In the chosen encounter: 1 not met, 2 met, 1 does not apply.').waitFor();

    await page.emulateMedia({ media: 'print' });
    expect(await sentence.first().isVisible()).toBe(true);
    expect(await words.locator('th', { hasText: '97530' }).first().isVisible()).toBe(true);
    for (const gone of ['Print', 'Save', 'Policies'])
      expect(await page.getByText(gone, { exact: true }).first().isVisible()).toBe(false);
    expect(await words.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(0, 0, 0)');
    await page.emulateMedia({ media: 'screen' });

    await sentence.first().click();
    await page.locator('.monaco-editor.focused').waitFor();
    expect(await page.getByText(timePolicy).isVisible()).toBe(true);
  });
});

describe('accessible', () => {
  test.each(['light', 'dark'] as const)(
    'why, words and sources, %s',
    async (scheme) => {
      const { page } = await start(scheme);
      await chooseSeven(page);
      await rule(page).getByText('One more minute would satisfy it.').waitFor();
      await rule(page)
        .getByRole('button', { name: `${source}: under 8 minutes` })
        .click();
      await page.keyboard.press('Alt+7');
      await expectAccessible(page, 'why and the source page below');
      await page.keyboard.press('Alt+w');
      await page.getByRole('region', { name: /^In words: / }).waitFor();
      await expectAccessible(page, 'in words');
      await page.keyboard.press('Shift+Alt+4');
      await page.getByRole('listbox', { name: 'Sources' }).waitFor();
      await expectAccessible(page, 'all sources');
      await openSource(page);
      await clause(page, 'Modifiers: Set aside')
        .getByRole('button', { name: /^Take up again/ })
        .click();
      await clause(page, 'Modifiers: Open')
        .getByRole('button', { name: /^Set aside with a reason/ })
        .click();
      await expectAccessible(page, 'one source');
    },
    120_000,
  );
});
