import type { FileFormEdits, FormAction } from '#engine';
import { fileFormEdits as editsOf } from '#engine';

import type { Memory } from '../memory.ts';

/** What an action on a form changes in the text that the form was made from. */
export function fileFormEdits(
  { draft }: Memory,
  { path, text, action }: { readonly path: string; readonly text: string; readonly action: FormAction },
): FileFormEdits {
  return editsOf(draft, path, text, action);
}
