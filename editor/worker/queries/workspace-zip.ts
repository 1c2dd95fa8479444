import { packZip } from '../../share/workspace-zip.ts';
import type { Memory } from '../memory.ts';

/** The whole workspace as a zip archive: as the author has it now, or as it was last saved. */
export function workspaceZip(
  memory: Memory,
  { as }: { readonly as: 'edited' | 'saved' },
): Uint8Array<ArrayBuffer> {
  const { files } = as === 'edited' ? memory.draft : memory.saved;
  return packZip([...files].map(([path, text]) => ({ path, text })));
}
