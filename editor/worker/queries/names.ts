import type { Definition, FoldingRange, OutlineItem, Place, Reference, Refusal, FileEdits } from '#engine';
import {
  definitionAt,
  foldingOf,
  lastWord,
  outlineOf,
  placeOfName,
  referencesAt,
  renamableAt,
  renameAt,
} from '#engine';

import type { Memory } from '../memory.ts';
import { namesOf } from '../names-of.ts';

/** What the editor asks about names, answered from the one index of all files, and about one file alone. */

/** A place in a text of the author. */
export interface At {
  readonly path: string;
  readonly offset: number;
}

export function definition({ draft }: Memory, { path, offset }: At): Definition | null {
  return definitionAt(namesOf(draft), path, offset);
}

export function references({ draft }: Memory, { path, offset }: At): readonly Reference[] {
  return referencesAt(namesOf(draft), path, offset);
}

/** The word that can be written anew, and where it stands; or why there is none. */
export function renamable(
  { draft }: Memory,
  { path, offset }: At,
): { readonly place: Place; readonly text: string } | Refusal {
  const index = namesOf(draft);
  const word = renamableAt(index, path, offset);
  return 'problem' in word ? word : { place: placeOfName(index, word), text: lastWord(word) };
}

/** Everything that the new name changes, and the old name. */
export function rename(
  { draft }: Memory,
  { path, offset, newName }: At & { readonly newName: string },
): { readonly from: string; readonly edits: readonly FileEdits[] } | Refusal {
  const index = namesOf(draft);
  const word = renamableAt(index, path, offset);
  if ('problem' in word) return word;
  const edits = renameAt(draft, index, path, offset, newName);
  return 'problem' in edits ? edits : { from: lastWord(word), edits };
}

export function outline({ draft }: Memory, { path }: { readonly path: string }): readonly OutlineItem[] {
  return outlineOf(draft, path);
}

export function folding({ draft }: Memory, { path }: { readonly path: string }): readonly FoldingRange[] {
  return foldingOf(draft, path);
}
