import { basename, dirname } from 'node:path';
import { replaceWhole } from './replace-whole.ts';
import { clearLeftovers } from './temporary.ts';

/**
 * Writes a file of ours outside of any workspace, readable by its owner alone: the name stands for the whole old or the
 * whole new content, whatever happens in between.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  await clearLeftovers(folder);
  await replaceWhole(folder, basename(file), text, 0o600);
}
