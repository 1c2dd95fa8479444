import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { access, link, mkdir, open, rename, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { bytesOf, versionOf } from '../content.ts';
import { StorageError } from '../storage.ts';
import type { RemoveResult, StoredText, WriteResult } from '../storage.ts';
import { holdingFolder } from './hold-folder.ts';
import { locate } from './locate.ts';
import { readIfThere, stampAt } from './read.ts';
import type { FoundFile } from './read.ts';
import { syncFolder } from './sync-folder.ts';
import { systemCodeOf, unlessSystemSays } from './system-error.ts';
import { clearLeftovers, withTemporary } from './temporary.ts';

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
    const before = await readIfThere(root, path, file);
    if ((before?.version ?? null) !== expectedVersion) return { kind: 'conflict', current: textIn(before) };
    if (before?.version === version) return { kind: 'written', version };

    const folder = dirname(file);
    if (before === null) await makeFolders(root, folder, path);
    const landed = await holdingFolder(root, folder, path, (held) =>
      land(held, basename(file), bytes, before),
    );
    if (landed) return { kind: 'written', version };
  }
  throw new StorageError(
    'failed',
    `\`${path}\` is being changed by another program all the time and was not saved.`,
  );
}

/** Whether the file was written; not if it has meanwhile become another than `before`. */
async function land(
  folder: string,
  name: string,
  bytes: Uint8Array,
  before: FoundFile | null,
): Promise<boolean> {
  const file = join(folder, name);
  // A rename would succeed on a file that its owner has protected; that is not ours to decide.
  if (before !== null) await access(file, constants.W_OK);
  await clearLeftovers(folder);
  return withTemporary(folder, async (temporary) => {
    await writeThrough(temporary, bytes, before?.status ?? null);
    const landed =
      before === null ? await takeName(temporary, file) : await takeOver(temporary, file, before.stamp);
    if (landed) await syncFolder(folder);
    return landed;
  });
}

export async function removeFile(root: string, path: string, expectedVersion: string): Promise<RemoveResult> {
  // Located for its checks. What goes is the name that was asked for: of a link the link, not the file it leads to.
  const before = await readIfThere(root, path, await locate(root, path));
  if (before === null || before.version !== expectedVersion)
    return { kind: 'conflict', current: textIn(before) };
  const name = join(root, ...path.split('/'));
  await holdingFolder(root, dirname(name), path, async (held) => {
    await unlink(join(held, basename(name)));
    await syncFolder(held);
  });
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

/** One below the other, each inside of the one that was checked. New ones are forced to the disk too. */
async function makeFolders(root: string, folder: string, path: string): Promise<void> {
  let place = root;
  for (const segment of relative(root, folder).split(sep)) {
    await holdingFolder(root, place, path, async (held) => {
      const isNew = await unlessSystemSays(['EEXIST'], false, async () => {
        await mkdir(join(held, segment));
        return true;
      });
      if (isNew) await syncFolder(held);
    });
    place = join(place, segment);
  }
}

function textIn(found: StoredText | null): StoredText | null {
  return found === null ? null : { text: found.text, version: found.version };
}
