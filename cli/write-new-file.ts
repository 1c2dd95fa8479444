import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../storage/disk/sync-folder.ts';
import { InputError } from './command.ts';

/**
 * Writes a file whole or not at all: under another name, forced to the disk, and then under its own.
 * What is there already is kept, unless it is the same or `overwrite` is asked for.
 */
export async function writeNewFile(place: string, bytes: Uint8Array, overwrite: boolean): Promise<void> {
  const folder = path.dirname(place);
  const temporary = path.join(
    folder,
    `.${path.basename(place)}.${process.pid}-${randomBytes(6).toString('hex')}`,
  );
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await (overwrite ? rename(temporary, place) : renameToNew(temporary, place));
    await syncFolder(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await holds(place, bytes))) return;
    throw new InputError(
      `\`${place}\` cannot be written: ${reasons[code ?? ''] ?? code ?? 'no reason was given'}.`,
      hints[code ?? ''] ?? null,
    );
  } finally {
    // What cannot be removed is a leftover; the first error is the one to tell.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** A rename takes the place of what is there; a link refuses to, also of what comes into being just now. */
async function renameToNew(from: string, place: string): Promise<void> {
  try {
    await link(from, place);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !['EPERM', 'ENOTSUP', 'ENOSYS'].includes(code)) throw error;
    // Memory sticks know no links. The name is taken by an empty file, which the whole one then replaces.
    await (await open(place, 'wx')).close();
    await rename(from, place);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'there is another file of this name',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'the system does not permit it',
  EPERM: 'the system does not permit it',
  EROFS: 'the disk is only to be read',
  ENOSPC: 'the disk is full',
};

const hints: Readonly<Record<string, string>> = {
  EEXIST: 'Name another file, or add `--overwrite`.',
};

async function holds(place: string, bytes: Uint8Array): Promise<boolean> {
  const there = await readFile(place).catch(() => null);
  return there !== null && there.equals(bytes);
}
