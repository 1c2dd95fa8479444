import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from './sync-folder.ts';
import { clearLeftovers, temporaryName } from './temporary.ts';

/**
 * Writes a file of ours outside of any workspace, readable by its owner alone: the name stands for the whole old or the
 * whole new content, whatever happens in between.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  await clearLeftovers(folder);
  const temporary = join(folder, temporaryName());
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await syncFolder(folder);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
