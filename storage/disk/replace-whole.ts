import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './sync-folder.ts';
import { temporaryName } from './temporary.ts';
import { writeThrough } from './write-through.ts';

/** Written beside, forced to the disk, then renamed: the name stands for the whole old or the whole new text. */
export async function replaceWhole(folder: string, name: string, text: string, mode: number): Promise<void> {
  const temporary = join(folder, temporaryName());
  try {
    await writeThrough(temporary, text, mode);
    await rename(temporary, join(folder, name));
    await syncFolder(folder);
  } finally {
    // What cannot be removed now is a leftover for the next write; the first error is the one to tell.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
