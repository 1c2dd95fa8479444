import { open } from 'node:fs/promises';

/** A new file, forced to the disk. Where there is one of this name already, the system says so. */
export async function writeThrough(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}
