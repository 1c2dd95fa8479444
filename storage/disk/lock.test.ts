import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { StorageError } from '../storage.ts';
import { withLock } from './lock.ts';

test('many who ask at once come in one after the other', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'proviso-lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const busy = () => new StorageError('busy', 'Somebody else is at it.');
  let inside = 0;
  let most = 0;
  let done = 0;
  const one = () =>
    withLock(path.join(folder, '.lock'), { longest: 60_000, patience: 60_000, busy }, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 1));
      inside -= 1;
      done += 1;
    });
  for (let round = 0; round < 3; round += 1) await Promise.all(Array.from({ length: 15 }, one));
  expect([done, most]).toEqual([45, 1]);
});
