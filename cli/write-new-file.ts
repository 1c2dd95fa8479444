import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, link, lstat, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../storage/disk/sync-folder.ts';
import { InputError } from './command.ts';

/**
 * Writes a file whole or not at all: under another name, forced to the disk, and then under its own.
 * What is there already is kept, unless `overwrite` is asked for.
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
    throw cannotWrite(place, code);
  } finally {
    // What cannot be removed is a leftover; the first error is the one to tell.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** What can be known before there is anything to write, so that nobody waits for a proof in vain. */
export async function expectRoomFor(place: string, overwrite: boolean): Promise<void> {
  const codeOf = (error: NodeJS.ErrnoException) => error.code ?? '';
  const folder = await stat(path.dirname(place)).catch(codeOf);
  if (typeof folder === 'string') throw cannotWrite(place, folder);
  const mayWrite = await access(path.dirname(place), constants.W_OK).catch(codeOf);
  if (typeof mayWrite === 'string') throw cannotWrite(place, mayWrite);
  const there = await lstat(place).catch(codeOf);
  if (typeof there === 'string') {
    if (there !== 'ENOENT') throw cannotWrite(place, there);
  } else if (!overwrite) {
    throw cannotWrite(place, 'EEXIST');
  } else if (!there.isFile()) {
    // A device, say: it would be taken away, and a file put in its place.
    throw new InputError(`\`${place}\` cannot be written: it is no file, and is not replaced by one.`);
  }
}

function cannotWrite(place: string, code: string | undefined): InputError {
  const why = reasons[code ?? ''] ?? code ?? 'no reason was given';
  return new InputError(`\`${place}\` cannot be written: ${why}.`, hints[code ?? ''] ?? null);
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
  ENOENT: 'Make the folder first, or name another place.',
  EACCES: 'Name a folder that is yours to write to.',
  ENOSPC: 'Make room, or name a place on another disk. Nothing was left behind.',
};
