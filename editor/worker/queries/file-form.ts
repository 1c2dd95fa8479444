import type { FileForm, FormChoices } from '#engine';
import { choicesFor, fileForm as formOf } from '#engine';

import type { Memory } from '../memory.ts';

/** The form of a file, and what can be chosen in it; null where its text cannot be read, or it is of another kind. */
export function fileForm(
  { draft }: Memory,
  { path }: { readonly path: string },
): { readonly form: FileForm; readonly choices: FormChoices } | null {
  const form = formOf(draft, path);
  return form && { form, choices: choicesFor(draft, path) };
}
