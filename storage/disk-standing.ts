import { createHash } from 'node:crypto';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from './disk/system-error.ts';

/** So often it is looked at, in milliseconds. */
const every = 1000;

/**
 * Tells how decisions and releases stand, at first and whenever that changes, whoever does it: a word that stays the same
 * as long as nobody decides or publishes. The function given back stops it.
 * It looks once a second instead of watching: `approvals/` and `releases/` may not be there yet, may be taken away and come
 * back, and what has to be looked at is one file and one short list of names.
 */
export async function openDiskStanding(
  folder: string,
): Promise<(onStanding: (standing: string) => void) => () => void> {
  const root = await realpath(folder);
  return (onStanding) => {
    let told: string | null = null;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const found = await standingOf(root);
      if (stopped) return;
      if (found !== told) onStanding(found);
      told = found;
      timer = setTimeout(() => void look(), every);
      // Nothing that is only waited for keeps a process from ending.
      timer.unref();
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  };
}

/** Both are replaced or added as a whole, so another content is always another file or another name. */
async function standingOf(root: string): Promise<string> {
  const [decisions, releases] = await Promise.all([
    orCode(async () => {
      const { ino, size, mtimeMs } = await lstat(join(root, 'approvals', 'decisions.json'));
      return [ino, size, mtimeMs];
    }),
    orCode(async () => {
      const place = join(root, 'releases');
      // Where a link leads is not ours to look at.
      if (!(await lstat(place)).isDirectory()) return [];
      // What is still being written has a dot before its name.
      return (await readdir(place)).filter((name) => !name.startsWith('.')).toSorted();
    }),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([decisions, releases]))
    .digest('hex');
}

/** That something is not there, or cannot be looked at, is a standing like any other. */
async function orCode<T>(look: () => Promise<T>): Promise<T | string> {
  try {
    return await look();
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === null) throw error;
    return code;
  }
}
