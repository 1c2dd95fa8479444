import { constants, existsSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { StorageError } from '../storage.ts';

/**
 * Runs the action with a name that goes on meaning this very folder, whatever is put in its place meanwhile.
 * Between the check of a path and its use, another program could put a link where a folder was; a read or a write would
 * then leave the workspace. So the folder is opened first, then it is checked that what was opened is a real folder
 * below `root`, and everything is done through what was opened.
 * `root` must be a real path itself. `path` is the file's name for messages.
 *
 * Only Linux gives an open folder a name (`/proc/self/fd/…`). Elsewhere the check comes right before the use, and the
 * moment between the two stays.
 */
export async function holdingFolder<T>(
  root: string,
  folder: string,
  path: string,
  action: (held: string) => Promise<T>,
): Promise<T> {
  // Windows opens no folders, and only administrators may make links there.
  if (process.platform === 'win32') {
    await realFolderAt(root, folder, path);
    return action(folder);
  }
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    const [opened, found] = [await handle.stat({ bigint: true }), await realFolderAt(root, folder, path)];
    if (opened.dev !== found.dev || opened.ino !== found.ino) throw throughLink(path);
    return await action(namesOpenFolders ? `/proc/self/fd/${handle.fd}` : folder);
  } finally {
    await handle.close();
  }
}

const namesOpenFolders = process.platform === 'linux' && existsSync('/proc/self/fd');

/** Throws if any step from the root to the folder is a link or no folder. */
async function realFolderAt(root: string, folder: string, path: string): Promise<BigIntStats> {
  const inside = relative(root, folder);
  let place = root;
  let status = await lstat(place, { bigint: true });
  for (const segment of inside === '' ? [] : inside.split(sep)) {
    place = join(place, segment);
    status = await lstat(place, { bigint: true });
    if (status.isSymbolicLink()) throw throughLink(path);
  }
  return status;
}

function throughLink(path: string): StorageError {
  return new StorageError(
    'link',
    `The way to \`${path}\` goes through a link, and links are not followed there.`,
  );
}
