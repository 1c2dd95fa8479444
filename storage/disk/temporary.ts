import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf, unlessSystemSays } from './system-error.ts';

const temporaryPattern = /^\.proviso-(\d+)-[0-9a-f]+\.tmp$/;

/** The dot hides it, and its ending is not one of the workspace, so no list ever shows it. */
export function temporaryName(): string {
  return `.proviso-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
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
    if (writer !== undefined && (await isLeftover(join(folder, name), Number(writer)))) found.push(name);
  }
  return found;
}

/** A write takes milliseconds, so a file a minute old is left over even if its writer's number is in use again. */
async function isLeftover(temporary: string, writer: number): Promise<boolean> {
  if (!isRunning(writer)) return true;
  const status = await unlessSystemSays(['ENOENT'], null, () => lstat(temporary));
  return status !== null && Date.now() - status.mtimeMs > 60_000;
}

export function isRunning(writer: number): boolean {
  try {
    process.kill(writer, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) !== 'ESRCH';
  }
}
