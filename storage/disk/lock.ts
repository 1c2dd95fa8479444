import { randomBytes } from 'node:crypto';
import { link, lstat, readFile, rename, rm } from 'node:fs/promises';
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
  let left: string | null = null;
  return atWorkOn(mark, async () => {
    for (let attempt = 0; !(await takeLock(lock, own)); attempt += 1) {
      const { state, text } = await lockState(lock, longest);
      const isLate = performance.now() > end;
      if (isLate && (state === 'held' || attempt >= 20)) throw busy();
      // Seen once, it may be that of somebody who gives it back at this very moment; seen twice, nobody will.
      if (state === 'left' && text === left) await removeLeft(lock, text, mark);
      else if (state !== 'gone') await sleep(state === 'beginning' ? 100 : 20);
      left = state === 'left' ? text : null;
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

interface LockState {
  readonly state: 'held' | 'beginning' | 'left' | 'gone';
  readonly text: string;
}

/** A lock that was just made may not hold the number of its process yet. */
async function lockState(lock: string, longest: number): Promise<LockState> {
  const found = await unlessSystemSays(['ENOENT'], null, async () => ({
    age: Date.now() - (await lstat(lock)).mtimeMs,
    text: await readFile(lock, 'utf8'),
  }));
  // Given back at this moment: somebody else may have taken it already, so there is nothing to remove.
  if (found === null) return { state: 'gone', text: '' };
  const { age, text } = found;
  if (age > longest) return { state: 'left', text };
  const [, writer, mark] = /^(\d+) ([0-9a-f]+)\n$/.exec(text) ?? [];
  if (writer === undefined || mark === undefined) return { state: age < 1000 ? 'beginning' : 'left', text };
  return { state: isAtWork(Number(writer), mark) ? 'held' : 'left', text };
}

/** Removes what was left behind, and puts it back where it turns out to be the lock of somebody who came in between. */
async function removeLeft(lock: string, seen: string, mark: string): Promise<void> {
  const aside = `${lock}-${mark}`;
  const isMoved = await unlessSystemSays(['ENOENT'], false, () => rename(lock, aside).then(() => true));
  if (!isMoved) return;
  const text = await readFile(aside, 'utf8').catch(() => null);
  if (text !== seen) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
}

/** Only ours: somebody may have taken it over meanwhile. */
async function giveBack(lock: string, own: string): Promise<void> {
  const text = await readFile(lock, 'utf8').catch(() => null);
  if (text === own) await rm(lock, { force: true }).catch(() => undefined);
}
