import { applyTextEdits, editBetween, encounterForm as formOf, formEdits } from '#engine';
import type { EncounterForm, FormChange, TextEdit } from '#engine';

import type { Memory } from '../memory.ts';

export interface FileForm {
  readonly edits: readonly TextEdit[];
  /** The text after them. */
  readonly text: string;
  /** Null: it can only be edited as text. */
  readonly form: EncounterForm | null;
}

/** An encounter file as a form, after some changes in it. */
export function encounterForm(
  { draft }: Memory,
  { path, changes }: { readonly path: string; readonly changes: readonly FormChange[] },
): FileForm {
  const text = draft.files.get(path) ?? '';
  const after = changedText(text, changes, draft);
  const edit = editBetween(text, after);
  return { edits: edit ? [edit] : [], text: after, form: formOf(path, after, draft) };
}

/** Each change reads the text that the one before it made. */
export function changedText(text: string, changes: readonly FormChange[], draft: Memory['draft']): string {
  return changes.reduce((now, change) => applyTextEdits(now, formEdits(now, change, draft)), text);
}
