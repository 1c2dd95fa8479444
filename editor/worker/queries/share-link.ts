import type { ShareChoice, WorkspaceFile } from '#engine';
import { sharedFiles } from '#engine';

import { linkFragment } from '../../share/link.ts';
import type { Memory } from '../memory.ts';

export interface ShareLink {
  /** Everything after the `#` of the link. */
  readonly fragment: string;
  readonly files: readonly WorkspaceFile[];
}

/** The link to some policies and cases as the author has them now; null where nothing of the choice exists. */
export function shareLink(
  { draft }: Memory,
  { title, ...choice }: ShareChoice & { readonly title: string },
): ShareLink | null {
  const files = sharedFiles(draft, choice);
  return files.length === 0 ? null : { fragment: linkFragment({ title, files }), files };
}
