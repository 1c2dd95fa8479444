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
  const names = stdout
    .split('\n')
    .slice(2, -1)
    .map((line) => line.split('|')[1]!.trim());
  expect(names).toEqual([
    'frame painted',
    'editor ready to type',
    'first verdicts on the screen',
    'program fetched, compressed',
    'files of the workspace fetched',
    'key to verdicts of 200 encounters',
    'main thread blocked by a key that changes many of 200 verdicts',
    '… all its work for that key together',
    'main thread blocked by a key that changes none of 200',
    '… all its work for that key together',
    'memory of page and threads, in use',
    '… more after 20 edits',
    'key to verdicts of 500 encounters',
    'main thread blocked by a key that changes many of 500 verdicts',
    '… all its work for that key together',
    'main thread blocked by a key that changes none of 500',
    '… all its work for that key together',
    'from frame to frame while scrolling 500 rows',
  ]);
}, 240_000);
