import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { endBrowser } from '../editor/e2e/browser.ts';
import { listen } from '../server/listen.ts';
import { openDiskStorage } from '../storage/disk.ts';
import { bigWorkspace } from './big-workspace.ts';
import { measureChanges } from './browser/changes.ts';
import { measureFirstLoad } from './browser/first-load.ts';
import { measureGrid } from './browser/grid.ts';
import { measureMemory } from './browser/memory.ts';
import { measureScrolling } from './browser/scrolling.ts';
import { measureTyping } from './browser/typing.ts';
import { shippedFiles } from '../conformance/shipped-files.ts';
import { inWords, tableOf } from './table.ts';
import type { Figure } from './table.ts';
import { machine, writeDown } from './write-down.ts';

/**
 * The built workbench in a real browser: `npm run bench:workbench` builds, measures, prints and writes the figures down.
 * `--short` does everything once in small, to see that it works; its figures say nothing.
 */
const short = process.argv.includes('--short');
const cases = short ? 200 : 1_000;
const manyCases = short ? 500 : 10_000;

const project = fileURLToPath(new URL('..', import.meta.url));

await main();

async function main(): Promise<void> {
  const shipped = [...shippedFiles('rules'), ...shippedFiles('testcases')];
  const figures: Figure[] = [];
  await withServer(shipped, cases, async (address) => {
    figures.push(...(await measureFirstLoad(address, short ? 1 : 5)));
    figures.push(...(await measureTyping(address, cases, short ? 4 : 60)));
    figures.push(...(await measureChanges(address, cases, short ? 2 : 20)));
    figures.push(...(await measureMemory(address, cases, short ? 20 : 1_000)));
  });
  await withServer(shipped, manyCases, async (address) => {
    figures.push(...(await measureTyping(address, manyCases, short ? 2 : 20)));
    figures.push(...(await measureScrolling(address, manyCases, short ? 5 : 60)));
    figures.push(...(await measureGrid(address, manyCases, short ? 2 : 20)));
  });
  await endBrowser();
  const head = ['measured on the built workbench', 'figure', 'goal'] as const;
  const rows = figures.map((figure) => [figure.name, inWords(figure), figure.goal ?? ''] as const);
  process.stdout.write(`${tableOf(head, rows)}\n`);
  if (!short) await writeDown('workbench', `${tableOf(head, rows)}\n\n${machine(', headless Chromium')}\n`);
}

/** The real server over a folder of its own that goes away afterwards. */
async function withServer(
  shipped: Parameters<typeof bigWorkspace>[0],
  howMany: number,
  measure: (address: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'proviso-bench-'));
  try {
    for (const { path, text } of bigWorkspace(shipped, howMany)) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const storage = await openDiskStorage(folder);
    const editorFolder = join(project, 'dist', 'editor');
    const server = await listen({ storage, workspaceName: 'bench', editorFolder });
    try {
      await measure(server.address);
    } finally {
      await server.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
