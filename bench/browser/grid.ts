import type { Locator, Page } from 'playwright-core';

import type { Figure } from '../table.ts';
import { withPage } from './open-page.ts';
import { openBigPolicy, recordTasks } from './typing.ts';

/** The page of all encounters: how long the page is busy when the grid is filtered, sorted, searched and walked through. */
export async function measureGrid(
  address: string,
  cases: number,
  rounds: number,
): Promise<readonly Figure[]> {
  return withPage(async (page) => {
    await openBigPolicy(page, address, cases);
    await page.keyboard.press('Shift+Alt+2');
    const head = page.getByRole('columnheader', { name: 'Encounter' }).getByRole('button');
    await head.waitFor();
    const grid = page.getByRole('grid', { name: 'Saved encounters' });
    const search = page.getByRole('searchbox', { name: 'Find by words, code or rule' });
    const chip = page.getByRole('toolbar', { name: 'Show' }).getByRole('button', { name: /^Pay/ });
    const press = async (what: Locator, key: string) => {
      await what.focus();
      return () => page.keyboard.press(key);
    };
    const many = cases.toLocaleString('en');
    const figure = async (name: string, act: (at: number) => Promise<() => Promise<void>>) => ({
      name: `main thread blocked by ${name} ${many} encounters`,
      unit: 'ms' as const,
      values: await busyTimes(page, rounds, act),
    });
    return [
      await figure('a filter over', () => press(chip, 'Space')),
      await figure('sorting', () => press(head, 'Enter')),
      await figure('a letter to find among', (at) => press(search, at % 2 === 0 ? 'm' : 'Backspace')),
      await figure('going to the last or first of', (at) => press(grid, at % 2 === 0 ? 'End' : 'Home')),
    ];
  });
}

/** The longest task of each deed. */
async function busyTimes(
  page: Page,
  rounds: number,
  act: (at: number) => Promise<() => Promise<void>>,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let at = 0; at < rounds; at += 1) {
    const run = await act(at);
    await page.waitForTimeout(100);
    const stop = await recordTasks(page);
    await run();
    await page.waitForTimeout(400);
    times.push((await stop()).longest);
  }
  return times;
}
