import type { Page } from 'playwright-core';

import { openBrowser } from '../../editor/e2e/browser.ts';

/** Hands an empty page of a new browser on, and closes the browser afterwards. */
export async function withPage<T>(use: (page: Page) => Promise<T>): Promise<T> {
  const browser = await openBrowser({ width: 1280, height: 800 });
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    // What runs this file names functions by a helper of its own, which functions that are sent to the page then miss.
    await page.addInitScript('globalThis.__name = (it) => it;');
    return await use(page);
  } finally {
    await browser.close();
  }
}
