import { open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../../storage/disk/sync-folder.ts';

/**
 * A file that grows while a run goes on. It grows under the name `<file>.part` and takes its own name when it is whole,
 * so that whoever finds the name finds all of it.
 */
export interface OutputFile {
  append(bytes: Uint8Array): Promise<void>;
  /** Forces everything appended so far to the disk and gives its length, to be written down. */
  sync(): Promise<number>;
  close(): Promise<void>;
}

export function partOf(file: string): string {
  return `${file}.part`;
}

/** Goes on where an earlier run had written down that it was; what came after that is cut off. */
export async function openOutput(file: string, length: number): Promise<OutputFile> {
  // Ids and places can point to people: the file is for its owner alone.
  const handle = await open(partOf(file), length === 0 ? 'w' : 'r+', 0o600);
  let written = length;
  try {
    await handle.truncate(length);
    if (length === 0) await syncFolder(path.dirname(file));
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    async append(bytes) {
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, written);
        at += bytesWritten;
        written += bytesWritten;
      }
    },
    async sync() {
      await handle.datasync();
      return written;
    },
    close: () => handle.close(),
  };
}

/** How much of an interrupted output is there; null: nothing. */
export async function lengthOf(file: string): Promise<number | null> {
  return (await stat(file).catch(() => null))?.size ?? null;
}

export async function finishOutput(file: string): Promise<void> {
  await rename(partOf(file), file);
  await syncFolder(path.dirname(file));
}
