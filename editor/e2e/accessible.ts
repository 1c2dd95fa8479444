import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** axe finds nothing; `state` says in a failure which state of the page it was. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  // Colours fade in; a colour half-way is nobody's.
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${state}: ${id} ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
  expect(found).toEqual([]);
}

/** The same in light and in dark. */
export async function accessibleInBothSchemes(page: Page, state: string): Promise<void> {
  await expectAccessible(page, `${state}, light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, `${state}, dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}
