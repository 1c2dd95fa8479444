import type { CDPSession, Page } from 'playwright-core';

import { bigPolicy } from '../big-workspace.ts';
import type { Figure } from '../table.ts';
import { withPage } from './open-page.ts';

/** Keys typed into the policy of 500 lines: how long until the new verdicts are seen, and how long the page is busy. */
export async function measureTyping(
  address: string,
  cases: number,
  keys: number,
): Promise<readonly Figure[]> {
  return withPage(async (page) => {
    await openBigPolicy(page, address, cases);
    await goBehind(page, 'minimumMinutes: { value: ');
    const answers: number[] = [];
    const busy: Busy[] = [];
    for (let at = 0; at < keys; at += 1) {
      // 8 minutes become 18, and 8 again: many encounters change at each key.
      const stop = await recordTasks(page);
      answers.push(await pressAndWait(page, at % 2 === 0 ? '1' : 'Backspace'));
      busy.push(await stop());
    }
    await goBehind(page, '    title: At most two therapies');
    const quiet: Busy[] = [];
    for (let at = 0; at < keys; at += 1) {
      const stop = await recordTasks(page);
      await page.keyboard.press(at % 2 === 0 ? 'a' : 'Backspace');
      await page.waitForTimeout(250);
      quiet.push(await stop());
    }
    const many = cases.toLocaleString('en');
    const goals = cases <= 1_000;
    return [
      {
        name: `key to verdicts of ${many} encounters`,
        unit: 'ms',
        values: answers,
        ...(goals ? { goal: 'under 100 ms' } : {}),
      },
      {
        name: `main thread blocked by a key that changes many of ${many} verdicts`,
        unit: 'ms',
        values: busy.map(({ longest }) => longest),
        ...(goals ? { goal: 'under 8 ms' } : {}),
      },
      { name: '… all its work for that key together', unit: 'ms', values: busy.map(({ sum }) => sum) },
      {
        name: `main thread blocked by a key that changes none of ${many}`,
        unit: 'ms',
        values: quiet.map(({ longest }) => longest),
        ...(goals ? { goal: 'under 8 ms' } : {}),
      },
      { name: '… all its work for that key together', unit: 'ms', values: quiet.map(({ sum }) => sum) },
    ];
  });
}

/** Opens the workbench at the big policy and waits until every case is judged. */
export async function openBigPolicy(page: Page, address: string, cases: number): Promise<void> {
  await page.goto(address);
  await page.goto(`${new URL(address).origin}/#${bigPolicy}`);
  await page.reload();
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await page.locator(`[role=grid][aria-rowcount="${cases + 1}"]`).waitFor();
  // What is measured is a page in use: its first seconds are over, and the file has a change that is not saved.
  await page.waitForTimeout(1_000);
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# A remark.');
  await page.waitForTimeout(500);
}

/** Puts the caret behind a text, with the editor's own search. */
export async function goBehind(page: Page, text: string): Promise<void> {
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+f');
  await page.locator('.find-widget textarea').first().waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(300);
}

/** Presses a key and gives back the milliseconds until the number of changed encounters is drawn anew. */
async function pressAndWait(page: Page, key: string): Promise<number> {
  await page.evaluate(() => {
    const count = () => /\d+ of \d+ changed/.exec(document.body.textContent)?.[0] ?? '';
    const before = count();
    let pressed = Number.NaN;
    addEventListener('keydown', (event) => (pressed = event.timeStamp), { once: true, capture: true });
    const drawn = new Promise<number>((resolve) => {
      const watcher = new MutationObserver(() => {
        if (count() === before) return;
        watcher.disconnect();
        // After the next frame has been drawn.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => resolve(performance.now() - pressed), { once: true });
          port1.start();
          port2.postMessage(null);
        });
      });
      watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    Object.assign(globalThis, { drawn });
  });
  await page.keyboard.press(key);
  const milliseconds = await page.evaluate(() => (globalThis as unknown as { drawn: Promise<number> }).drawn);
  await page.waitForTimeout(100);
  return milliseconds;
}

interface Busy {
  /** The longest single task: so long a key or a click would have had to wait. */
  readonly longest: number;
  readonly sum: number;
}

/** Counts the tasks of the page's main thread by their time on the processor, in milliseconds, until it is told to stop. */
export async function recordTasks(page: Page): Promise<() => Promise<Busy>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    return busyOf(events);
  };
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds on the clock and on the processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export function busyOf(events: readonly TraceEvent[]): Busy {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const tasks = events.filter(
    ({ name, ph, pid, tid }) =>
      ph === 'X' && name === 'RunTask' && mains.some((main) => main.pid === pid && main.tid === tid),
  );
  const times = tasks.map(({ dur = 0, tdur = dur }) => tdur / 1_000);
  return { longest: Math.max(0, ...times), sum: times.reduce((sum, time) => sum + time, 0) };
}
