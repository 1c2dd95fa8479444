import type { CDPSession, Page } from 'playwright-core';

import type { Figure } from '../table.ts';
import { withPage } from './open-page.ts';
import { goBehind, openBigPolicy } from './typing.ts';

/** What the page and its threads hold after many edits, more than after a few, once everything unused is thrown away. */
export async function measureMemory(
  address: string,
  cases: number,
  edits: number,
): Promise<readonly Figure[]> {
  return withPage(async (page) => {
    await openBigPolicy(page, address, cases);
    await goBehind(page, 'minimumMinutes: { value: ');
    const heap = await heapOf(page);
    await typeEdits(page, Math.ceil(edits / 10));
    const before = await heap();
    await typeEdits(page, edits);
    const after = await heap();
    const many = edits.toLocaleString('en');
    return [
      { name: 'memory of page and threads, in use', unit: 'MB', values: [before] },
      { name: `… more after ${many} edits`, unit: 'MB', values: [after - before], goal: 'steady' },
    ];
  });
}

async function typeEdits(page: Page, edits: number): Promise<void> {
  for (let at = 0; at < edits; at += 1)
    await page.keyboard.press(at % 2 === 0 ? '1' : 'Backspace', { delay: 5 });
  await page.waitForTimeout(1_000);
}

/** Millions of bytes on the heaps of the page and of its workers, after collecting what nothing refers to. */
async function heapOf(page: Page): Promise<() => Promise<number>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const workers = await attachToWorkers(session);
  return async () => {
    let bytes = 0;
    await session.send('HeapProfiler.collectGarbage');
    bytes += (await session.send('Runtime.getHeapUsage')).usedSize;
    for (const ask of workers) {
      await ask('HeapProfiler.collectGarbage');
      bytes += ((await ask('Runtime.getHeapUsage')) as { usedSize: number }).usedSize;
    }
    return bytes / 1e6;
  };
}

type AskWorker = (method: string) => Promise<unknown>;

/** Workers are spoken to through the session of their page, by messages in messages. */
async function attachToWorkers(session: CDPSession): Promise<readonly AskWorker[]> {
  const ids: string[] = [];
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') ids.push(sessionId);
  });
  const answers = new Map<number, (result: unknown) => void>();
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
    if (id !== undefined) answers.get(id)?.(result);
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  let count = 0;
  return ids.map((sessionId) => async (method) => {
    count += 1;
    const id = count;
    const answer = new Promise((resolve) => answers.set(id, resolve));
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return answer;
  });
}
