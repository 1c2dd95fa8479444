import type { Locator, Page } from 'playwright-core';

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

export async function publish(page: Page, number: number, why: string): Promise<void> {
  await write(page, 'Your name', 'R. Alvarez');
  await write(page, 'Why there is a new release', why);
  await press(page, page.getByRole('button', { name: `Publish release ${number}` }));
  await dialog(page, `Release ${number} is published`).waitFor();
}

/** The first release, then a change of the threshold, saved: something is there to be decided. */
export async function publishThenChange(page: Page, change: () => Promise<void>): Promise<void> {
  await page.keyboard.press('Alt+R');
  await dialog(page, 'Publish release 1').waitFor();
  await publish(page, 1, 'As it is in force');
  await page.keyboard.press('Escape');
  await change();
  await page.keyboard.press('Control+s');
  await page.getByText('All saved').waitFor();
}

/** Accepts everything that is open, under this name. */
export async function acceptOpen(page: Page, who: string, left: RegExp): Promise<void> {
  await press(page, page.getByRole('button', { name: /^Choose all/ }));
  await write(page, 'Your name', who);
  await write(page, 'Reason', 'Announced in the May bulletin');
  await press(page, page.getByRole('button', { name: 'Accept', exact: true }));
  await page.getByText(left).waitFor();
}
