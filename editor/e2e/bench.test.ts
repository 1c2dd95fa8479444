import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** Only that the bench of the workbench works: a busy machine says nothing about speed. */
test('the bench of the workbench measures everything that it promises', async () => {
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'bench/workbench.ts', '--short'], {
    cwd: project,
  });
  const { stdout } = await run;
  const rows = stdout.split('\n').slice(2, -1);
  const figures = rows.map((row) => row.split('|').map((cell) => cell.trim())[2]!);
  expect(figures.length).toBeGreaterThan(15);
  // Every figure is a number with its unit.
  expect(figures.filter((figure) => !/^-?[\d.,]+(?:e-\d+)? (?:ms|kB|MB)(?: \(|$)/.test(figure))).toEqual([]);
}, 240_000);
