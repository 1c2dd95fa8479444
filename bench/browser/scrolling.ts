import type { Figure } from '../table.ts';
import { withPage } from './open-page.ts';
import { openBigPolicy } from './typing.ts';

/** Turning the wheel over a long list: how far apart the frames are that are drawn meanwhile. */
export async function measureScrolling(
  address: string,
  cases: number,
  turns: number,
): Promise<readonly Figure[]> {
  return withPage(async (page) => {
    await openBigPolicy(page, address, cases);
    await page.locator(`[role=grid][aria-rowcount="${cases + 1}"]`).hover();
    await page.evaluate(() => {
      const times: number[] = [];
      const note = (time: number) => {
        times.push(time);
        requestAnimationFrame(note);
      };
      requestAnimationFrame(note);
      Object.assign(globalThis, { frames: times });
    });
    for (let at = 0; at < turns; at += 1) {
      await page.mouse.wheel(0, 400);
      await page.waitForTimeout(30);
    }
    const times = await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames);
    const gaps = times.slice(1).map((time, at) => time - times[at]!);
    return [
      {
        name: `from frame to frame while scrolling ${cases.toLocaleString('en')} rows`,
        unit: 'ms',
        values: gaps,
        goal: 'at most 33 ms',
      },
    ];
  });
}
