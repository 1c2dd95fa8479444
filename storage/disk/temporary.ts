import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { atWorkOn, isAtWork } from './at-work.ts';
import { unlessSystemSays } from './system-error.ts';

const temporaryPattern = /^\.proviso-(\d+)-[0-9a-f]+\.tmp$/;

/** The dot hides it, and its ending is not one of the workspace, so no list ever shows it. */
function temporaryName(): string {
  return `.proviso-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
}

/** Runs the action with the place of a new file that nobody else has, and sees to it that nothing stays there. */
export async function withTemporary<T>(folder: string, action: (place: string) => Promise<T>): Promise<T> {
  const name = temporaryName();
  const place = join(folder, name);
  return atWorkOn(name, async () => {
    try {
      return await action(place);
    } finally {
      // What cannot be removed now is a leftover for the next write; the first error is the one to tell.
      await rm(place, { force: true }).catch(() => undefined);
    }
  });
}

/** Removes what a writer left that was killed in the middle. */
export async function clearLeftovers(folder: string): Promise<void> {
  for (const name of await leftoversIn(folder)) await rm(join(folder, name), { force: true });
}

/** What writers left that were killed in the middle, by name. */
export async function leftoversIn(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder)) {
    const writer = temporaryPattern.exec(name)?.[1];
    if (writer !== undefined && (await isLeftover(folder, name, Number(writer)))) found.push(name);
  }
  return found;
}

/** A write takes milliseconds, so a file a minute old is left over even if its writer's number is in use again. */
async function isLeftover(folder: string, name: string, writer: number): Promise<boolean> {
  if (!isAtWork(writer, name)) return true;
  const status = await unlessSystemSays(['ENOENT'], null, () => lstat(join(folder, name)));
  return status !== null && Date.now() - status.mtimeMs > 60_000;
}
