import type { Page } from 'playwright-core';

import type { Figure } from '../table.ts';
import { withPage } from './open-page.ts';
import { goBehind, openBigPolicy } from './typing.ts';

/**
 * From the key that shows the changes until they are drawn: every claim there can be and every saved encounter under two
 * versions, with words and examples, worked out anew each time.
 */
export async function measureChanges(
  address: string,
  cases: number,
  times: number,
): Promise<readonly Figure[]> {
  return withPage(async (page) => {
    await openBigPolicy(page, address, cases);
    await goBehind(page, 'minimumMinutes: { value: ');
    await page.keyboard.press('1');
    // The first time loads the page as well.
    await showChanges(page);
    const values: number[] = [];
    for (let at = 0; at < times; at += 1) {
      await page.keyboard.press('Alt+2');
      await page.locator('.changes-sentence').waitFor({ state: 'detached' });
      values.push(await showChanges(page));
    }
    return [
      {
        name: `key to what a change does to every claim and to ${cases.toLocaleString('en')} encounters`,
        unit: 'ms',
        values,
        goal: 'under 200 ms',
      },
    ];
  });
}

/** Milliseconds until the sentence at the top says how many kinds of claim are judged otherwise. */
async function showChanges(page: Page): Promise<number> {
  await page.evaluate(() => {
    let pressed = Number.NaN;
    addEventListener('keydown', (event) => (pressed = event.timeStamp), { once: true, capture: true });
    const shown = () => document.querySelector('.changes-sentence')?.textContent.includes('judged otherwise');
    const drawn = new Promise<number>((resolve) => {
      const watcher = new MutationObserver(() => {
        if (shown() !== true) return;
        watcher.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - pressed));
      });
      watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    Object.assign(globalThis, { drawn });
  });
  await page.keyboard.press('Shift+Alt+6');
  const milliseconds = await page.evaluate(() => (globalThis as unknown as { drawn: Promise<number> }).drawn);
  await page.waitForTimeout(300);
  return milliseconds;
}
