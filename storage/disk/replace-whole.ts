import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../storage.ts';
import { syncFolder } from './sync-folder.ts';
import { systemCodeOf } from './system-error.ts';
import { withTemporary } from './temporary.ts';
import { writeThrough } from './write-through.ts';

/** The name stands for the new text already, so nothing is as it was before. */
async function confirm(folder: string): Promise<void> {
  try {
    await syncFolder(folder);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === null) throw error;
    throw new StorageError(
      'failed',
      `It is written, but the disk does not confirm that it is safe (${code}).`,
      {
        cause: error,
      },
    );
  }
}

/** Written beside, forced to the disk, then renamed: the name stands for the whole old or the whole new text. */
export async function replaceWhole(folder: string, name: string, text: string, mode: number): Promise<void> {
  await withTemporary(folder, async (temporary) => {
    await writeThrough(temporary, text, mode);
    await rename(temporary, join(folder, name));
    await confirm(folder);
  });
}
