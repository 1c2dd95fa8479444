import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { unlessSystemSays } from './system-error.ts';

/** Forces the names in the folder to the disk: a file is not safe before its name is. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows has no such call, and some network file systems refuse it; there is nothing more we could do about either.
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await unlessSystemSays(['EINVAL', 'ENOTSUP'], undefined, () => handle.sync());
  } finally {
    await handle.close();
  }
}
