import type { Locator, Page } from 'playwright-core';

import { expectAccessible } from './accessible.ts';

/** What journeys through the dialogs of a release share. */
export const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });

/** As somebody without a mouse: Tab leads there, and Enter presses it. */
export async function press(page: Page, target: Locator): Promise<void> {
  await target.focus();
  await page.keyboard.press('Enter');
}

export async function write(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name, exact: true }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

export async function accessibleInBothSchemes(page: Page, state: string): Promise<void> {
  await expectAccessible(page, `${state}, light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, `${state}, dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}

export async function publish(page: Page, number: number, why: string): Promise<void> {
  await write(page, 'Your name', 'R. Alvarez');
  await write(page, 'Why there is a new release', why);
  await press(page, page.getByRole('button', { name: `Publish release ${number}` }));
  await dialog(page, `Release ${number} is published`).waitFor();
}
