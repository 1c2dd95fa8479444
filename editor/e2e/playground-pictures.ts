import type { Page } from 'playwright-core';

import { openPlayground, openWebHost, untilReady } from './playground.ts';
import { openTimePolicy } from './workbench.ts';

/** Pictures of what only the playground has, and of sharing. */
export async function takePlaygroundPictures(
  picture: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const host = await openWebHost();
  for (const scheme of ['light', 'dark'] as const) {
    const shoot = (page: Page, name: string) => picture(page, `${name}-${scheme}-1280`);
    const { page, close } = await openPlayground(host.address, { scheme });
    await untilReady(page);
    await openTimePolicy(page);
    await page.waitForTimeout(500);
    await shoot(page, 'playground');

    await page.getByRole('button', { name: 'Share…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Share a policy by a link' });
    await dialog.getByRole('searchbox', { name: 'Search encounters' }).fill('minutes');
    await dialog.getByRole('checkbox').nth(1).focus();
    await page.keyboard.press('Space');
    await dialog.getByText(/Found in it/).waitFor();
    await page.waitForTimeout(400);
    await shoot(page, 'share');
    await dialog.getByRole('button', { name: 'Include it in the link' }).click();
    const field = dialog.getByRole('textbox', { name: 'Link' });
    await dialog.getByText(/^In the link: .*/).waitFor();
    await page.waitForTimeout(400);
    const link = await field.inputValue();
    await close();

    const receiver = await openPlayground(link, { scheme });
    await receiver.page.getByText('Deny').waitFor();
    await shoot(receiver.page, 'shared-link');
    await receiver.close();
  }
  await host.close();
}
