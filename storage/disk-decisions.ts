import { constants } from 'node:fs';
import { mkdir, open, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { holdingFolder } from './disk/hold-folder.ts';
import { withLock } from './disk/lock.ts';
import { replaceWhole } from './disk/replace-whole.ts';
import { syncFolder } from './disk/sync-folder.ts';
import { asStorageError, unlessSystemSays } from './disk/system-error.ts';
import { clearLeftovers, leftoversIn } from './disk/temporary.ts';
import { checkSize } from './content.ts';
import { StorageError } from './storage.ts';

/**
 * What was decided for the next release, in `approvals/decisions.json` of the workspace folder.
 * It is no draft of one page but work of several people, so it lies in sight and goes along with git.
 */
export interface DecisionStore {
  /** The text of the file; null: nothing was decided yet. */
  read(): Promise<string | null>;

  /**
   * Replaces the text by what `change` makes of it; null removes the file. One after the other, whatever process asks:
   * no decision is lost because two people decide at once. A reader sees the old text or the new, never a mixture.
   */
  update<T>(
    change: (text: string | null) => Promise<{ readonly text: string | null; readonly result: T }>,
  ): Promise<T>;

  /** Whether writing a decision down was interrupted, so that nothing came of it. */
  interrupted(): Promise<boolean>;
}

const folderName = 'approvals';
const fileName = 'decisions.json';
const shownName = `${folderName}/${fileName}`;
const lockName = '.deciding';

const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export async function openDiskDecisions(folder: string): Promise<DecisionStore> {
  const root = await realpath(folder);
  const place = join(root, folderName);

  /** With a name of the folder that no link can divert; `otherwise` where there is no such folder. */
  function inFolder<T, U>(otherwise: U, action: (held: string) => Promise<T>): Promise<T | U> {
    return inSystemTerms(() =>
      unlessSystemSays(['ENOENT'], otherwise, () => holdingFolder(root, place, shownName, action)),
    );
  }

  return {
    read: () => inFolder(null, readText),

    async update(change) {
      await inSystemTerms(() => makeFolder(root, place));
      return inSystemTerms(() =>
        holdingFolder(root, place, shownName, (held) =>
          withLock(
            join(held, lockName),
            { longest: longestWrite, patience: longestWrite, busy },
            async () => {
              const before = await readText(held);
              const { text, result } = await change(before);
              await clearLeftovers(held);
              if (text !== null && text !== before) await replaceWhole(held, fileName, text, 0o666);
              if (text === null && before !== null) {
                await rm(join(held, fileName));
                await syncFolder(held);
              }
              return result;
            },
          ),
        ),
      );
    },

    interrupted: () => inFolder(false, async (held) => (await leftoversIn(held)).length > 0),
  };
}

/** Milliseconds. What takes longer hangs. */
const longestWrite = 10_000;

function busy(): StorageError {
  return new StorageError(
    'busy',
    'Somebody else is writing decisions down at this moment, and does not finish. Try again in a while.',
  );
}

async function makeFolder(root: string, place: string): Promise<void> {
  await holdingFolder(root, root, shownName, async () => {
    const isNew = await unlessSystemSays(['EEXIST'], false, () => mkdir(place).then(() => true));
    if (isNew) await syncFolder(root);
  });
}

async function readText(held: string): Promise<string | null> {
  const handle = await unlessSystemSays(['ENOENT'], null, () => open(join(held, fileName), readOnly));
  if (handle === null) return null;
  try {
    const status = await handle.stat();
    if (!status.isFile())
      throw new StorageError('not-a-file', `\`${shownName}\` is no file. Move it away; it is not ours.`);
    checkSize(shownName, status.size);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

async function inSystemTerms<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw asStorageError(error, shownName);
  }
}
