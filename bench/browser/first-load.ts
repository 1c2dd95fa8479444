import type { Page, Request } from 'playwright-core';

import type { Figure } from '../table.ts';
import { withPage } from './open-page.ts';

/** The first load with an empty cache: when something is there to see and to type into, and how much is fetched for it. */
export async function measureFirstLoad(address: string, rounds: number): Promise<readonly Figure[]> {
  const loads: Load[] = [];
  for (let round = 0; round < rounds; round += 1) loads.push(await load(address));
  const of = (name: keyof Load) => loads.map((it) => it[name]);
  return [
    { name: 'frame painted', unit: 'ms', values: of('painted'), goal: 'under 1 s' },
    { name: 'editor ready to type', unit: 'ms', values: of('ready'), goal: 'under 2.5 s' },
    { name: 'first verdicts on the screen', unit: 'ms', values: of('judged') },
    { name: 'program fetched, compressed', unit: 'MB', values: of('program'), goal: 'under 1.5 MB' },
    { name: 'files of the workspace fetched', unit: 'MB', values: of('files') },
  ];
}

interface Load {
  readonly painted: number;
  readonly ready: number;
  readonly judged: number;
  readonly program: number;
  readonly files: number;
}

async function load(address: string): Promise<Load> {
  return withPage(async (page) => {
    await page.addInitScript(noteMoments);
    const fetched = countFetched(page);
    await page.goto(address);
    await page.waitForFunction(() => 'judged' in moments());
    // What the page still fetches by itself, such as the thread of the editor, belongs to the first load.
    await page.waitForTimeout(1_000);
    const { ready, judged } = await page.evaluate(() => moments());
    const painted = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    );
    return { painted, ready: ready!, judged: judged!, ...(await fetched()) };
  });
}

/** Runs in the page, before it: notes when the text stands in the editor, and when the first verdict is drawn. */
function noteMoments(): void {
  const found: Record<string, number> = {};
  Object.assign(globalThis, { moments: () => found });
  const watched = {
    ready: '.monaco-editor .view-line span',
    judged: '[role=grid] [role=row][aria-selected]',
  };
  const look = () => {
    for (const [name, selector] of Object.entries(watched)) {
      if (!(name in found) && document.querySelector(selector)) found[name] = performance.now();
    }
    if (Object.keys(watched).some((name) => !(name in found))) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

declare function moments(): { ready?: number; judged?: number };

/** Bytes as they went over the wire, in millions: the program, and what the workspace holds. */
function countFetched(page: Page): () => Promise<{ program: number; files: number }> {
  const requests: Request[] = [];
  page.on('requestfinished', (request) => requests.push(request));
  return async () => {
    let [program, files] = [0, 0];
    for (const request of requests) {
      const { responseBodySize, responseHeadersSize } = await request.sizes();
      const size = (responseBodySize + responseHeadersSize) / 1e6;
      if (new URL(request.url()).pathname.startsWith('/api/')) files += size;
      else program += size;
    }
    return { program, files };
  };
}
