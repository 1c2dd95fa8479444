import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checkSize, textOf } from '../content.ts';
import { StorageError } from '../storage.ts';
import type { StoredText } from '../storage.ts';
import { holdingFolder } from './hold-folder.ts';
import { unlessSystemSays } from './system-error.ts';

export interface FoundFile extends StoredText {
  readonly stamp: string;
  readonly status: BigIntStats;
}

// A link put there after the place was checked is not followed, and a pipe does not keep us waiting for a writer.
// Windows has neither flag, nor the need for them.
const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The file at a place below the root that `locate` gave; `path` is its name for messages. */
export async function readAt(root: string, path: string, file: string): Promise<FoundFile> {
  const handle = await holdingFolder(root, dirname(file), path, (held) =>
    open(join(held, basename(file)), readOnly),
  );
  try {
    const status = await handle.stat({ bigint: true });
    if (!status.isFile()) throw new StorageError('not-a-file', `\`${path}\` is not a file.`);
    checkSize(path, Number(status.size));
    return { ...(await textOf(path, await handle.readFile())), stamp: stampOf(status), status };
  } finally {
    await handle.close();
  }
}

export async function readIfThere(root: string, path: string, file: string): Promise<FoundFile | null> {
  return unlessSystemSays(['ENOENT'], null, () => readAt(root, path, file));
}

/** Changes whenever the file does, as finely as the file system keeps time; null: no file. */
export async function stampAt(file: string): Promise<string | null> {
  const status = await unlessSystemSays(['ENOENT'], null, () => stat(file, { bigint: true }));
  return status === null ? null : stampOf(status);
}

export function stampOf(status: BigIntStats): string {
  return [status.dev, status.ino, status.size, status.mtimeNs, status.ctimeNs].join(' ');
}
