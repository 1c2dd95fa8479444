import { randomBytes } from 'node:crypto';
import { lstat, readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StorageError } from '../storage.ts';
import { atWorkOn, isAtWork } from './at-work.ts';
import { systemCodeOf, unlessSystemSays } from './system-error.ts';
import { writeThrough } from './write-through.ts';

export interface LockSettings {
  /** What is older, in milliseconds, was left behind, even if the number of its process is in use again. */
  readonly longest: number;
  /** How long another one is waited for, in milliseconds; left out: not at all. */
  readonly patience?: number;
  /** What to say when another one holds it. */
  readonly busy: () => StorageError;
}

/**
 * Runs the action while nobody else who asks for the same lock runs theirs. The lock is a file with the number of its
 * process in it; one of a dead process may simply be taken over, so nothing that must stay true may rest on it alone.
 */
export async function withLock<T>(
  lock: string,
  { longest, patience = 0, busy }: LockSettings,
  action: () => Promise<T>,
): Promise<T> {
  const mark = randomBytes(6).toString('hex');
  const own = `${process.pid} ${mark}\n`;
  const end = performance.now() + patience;
  return atWorkOn(mark, async () => {
    for (let attempt = 0; !(await takeLock(lock, own)); attempt += 1) {
      const state = await lockState(lock, longest);
      const isLate = performance.now() > end;
      if (isLate && (state === 'held' || attempt >= 20)) throw busy();
      if (state === 'left') await rm(lock, { force: true });
      else await sleep(state === 'held' ? 20 : 100);
    }
    try {
      return await action();
    } finally {
      await giveBack(lock, own);
    }
  });
}

async function takeLock(lock: string, own: string): Promise<boolean> {
  return unlessSystemSays(['EEXIST'], false, async () => {
    try {
      await writeThrough(lock, own, 0o666);
    } catch (error) {
      // Made, but not written: it is ours as long as nobody takes it for a lock, and nobody does for a moment.
      if (systemCodeOf(error) !== 'EEXIST') await rm(lock, { force: true }).catch(() => undefined);
      throw error;
    }
    return true;
  });
}

/** A lock that was just made may not hold the number of its process yet. */
async function lockState(lock: string, longest: number): Promise<'held' | 'beginning' | 'left'> {
  const found = await unlessSystemSays(['ENOENT'], null, async () => ({
    age: Date.now() - (await lstat(lock)).mtimeMs,
    text: await readFile(lock, 'utf8'),
  }));
  if (found === null || found.age > longest) return 'left';
  const [, writer, mark] = /^(\d+) ([0-9a-f]+)\n$/.exec(found.text) ?? [];
  if (writer === undefined || mark === undefined) return found.age < 1000 ? 'beginning' : 'left';
  return isAtWork(Number(writer), mark) ? 'held' : 'left';
}

/** Only ours: somebody may have taken it over meanwhile. */
async function giveBack(lock: string, own: string): Promise<void> {
  const text = await readFile(lock, 'utf8').catch(() => null);
  if (text === own) await rm(lock, { force: true }).catch(() => undefined);
}
