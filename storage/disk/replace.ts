import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { access, link, lstat, mkdir, open, readdir, rename, rm, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bytesOf, versionOf } from '../content.ts';
import { StorageError } from '../storage.ts';
import type { RemoveResult, StoredText, WriteResult } from '../storage.ts';
import { locate } from './locate.ts';
import { readIfThere, stampAt } from './read.ts';
import { systemCodeOf, unlessSystemSays } from './system-error.ts';

/**
 * Writes beside the file, forces it to the disk, then renames it over the file: whatever happens in between, the name
 * stands for the whole old or the whole new content.
 * Must not run twice at once for one workspace; `disk.ts` sees to that.
 */
export async function replaceFile(
  root: string,
  path: string,
  text: string,
  expectedVersion: string | null,
): Promise<WriteResult> {
  const bytes = bytesOf(path, text);
  const version = await versionOf(bytes);

  // Another program may move the file or its folder under our hands; then the question is asked afresh.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const file = await locate(root, path);
    const before = await readIfThere(path, file);
    if ((before?.version ?? null) !== expectedVersion) return { kind: 'conflict', current: textIn(before) };
    if (before?.version === version) return { kind: 'written', version };
    // A rename would succeed on a file that its owner has protected; that is not ours to decide.
    if (before !== null) await access(file, constants.W_OK);

    const folder = dirname(file);
    await makeFolders(folder);
    await clearLeftovers(folder);
    const temporary = join(folder, temporaryName());
    try {
      await writeThrough(temporary, bytes, before?.status ?? null);
      const landed =
        before === null ? await takeName(temporary, file) : await takeOver(temporary, file, before.stamp);
      if (landed) {
        await syncFolder(folder);
        return { kind: 'written', version };
      }
    } finally {
      // A temporary file that cannot be removed now is a leftover for the next write; the first error is the one to tell.
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }
  throw new StorageError(
    'failed',
    `\`${path}\` is being changed by another program all the time and was not saved.`,
  );
}

export async function removeFile(root: string, path: string, expectedVersion: string): Promise<RemoveResult> {
  // Located for its checks. What goes is the name that was asked for: of a link the link, not the file it leads to.
  const before = await readIfThere(path, await locate(root, path));
  if (before === null || before.version !== expectedVersion)
    return { kind: 'conflict', current: textIn(before) };
  const name = join(root, ...path.split('/'));
  await unlink(name);
  await syncFolder(dirname(name));
  return { kind: 'removed' };
}

async function writeThrough(temporary: string, bytes: Uint8Array, like: BigIntStats | null): Promise<void> {
  // Closed to others until it has the permissions of the file it replaces.
  const handle = await open(temporary, 'wx', like === null ? 0o666 : 0o600);
  try {
    await handle.writeFile(bytes);
    if (like !== null) await takeAfter(handle, like);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function takeAfter(handle: FileHandle, like: BigIntStats): Promise<void> {
  const own = await handle.stat({ bigint: true });
  if (own.uid !== like.uid || own.gid !== like.gid) {
    // Only root may give files away; for everybody else the saved file becomes theirs, as with any editor.
    await unlessSystemSays(['EPERM'], undefined, () => handle.chown(Number(like.uid), Number(like.gid)));
  }
  await handle.chmod(Number(like.mode & 0o777n));
}

/** Gives the new file its name if the name is still free. A link, unlike a rename, cannot cover what came first. */
async function takeName(temporary: string, file: string): Promise<boolean> {
  try {
    await link(temporary, file);
    return true;
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    // Some file systems (FAT, some shared folders) have no links; the gap between question and rename must do there.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'EOPNOTSUPP' || code === 'ENOSYS') {
      return takeOver(temporary, file, null);
    }
    throw error;
  }
}

/** Renames over the file if it still is what it was. No system call does both, so the gap is small but there. */
async function takeOver(temporary: string, file: string, stamp: string | null): Promise<boolean> {
  if ((await stampAt(file)) !== stamp) return false;
  return unlessSystemSays(['ENOENT'], false, async () => {
    await rename(temporary, file);
    return true;
  });
}

/** New folders are forced to the disk too: a file is not safe before the names that lead to it are. */
async function makeFolders(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no such call, and some network file systems refuse it; there is nothing more we could do about either.
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await unlessSystemSays(['EINVAL', 'ENOTSUP'], undefined, () => handle.sync());
  } finally {
    await handle.close();
  }
}

const temporaryPattern = /^\.proviso-(\d+)-[0-9a-f]+\.tmp$/;

/** The dot hides it, and its ending is not one of the workspace, so no list ever shows it. */
function temporaryName(): string {
  return `.proviso-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
}

/** Removes what a writer left that was killed in the middle. */
async function clearLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const writer = temporaryPattern.exec(name)?.[1];
    if (writer !== undefined && (await isLeftover(join(folder, name), Number(writer)))) {
      await rm(join(folder, name), { force: true });
    }
  }
}

/** A write takes milliseconds, so a file a minute old is left over even if its writer's number is in use again. */
async function isLeftover(temporary: string, writer: number): Promise<boolean> {
  if (!isRunning(writer)) return true;
  const status = await unlessSystemSays(['ENOENT'], null, () => lstat(temporary));
  return status !== null && Date.now() - status.mtimeMs > 60_000;
}

function isRunning(writer: number): boolean {
  try {
    process.kill(writer, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) !== 'ESRCH';
  }
}

function textIn(found: StoredText | null): StoredText | null {
  return found === null ? null : { text: found.text, version: found.version };
}
