import type { Place } from '../base/source.ts';
import { nameAt, placeOfName } from './names.ts';
import type { NameAt, NameIndex } from './names.ts';

/** Where the name at an offset is defined, and the word that leads there. */
export interface Definition {
  readonly word: NameAt;
  /** One for each revision that defines it; those of the same file first. Empty where nothing does. */
  readonly places: readonly Place[];
}

export function definitionAt(index: NameIndex, path: string, offset: number): Definition | null {
  const word = nameAt(index, path, offset);
  if (!word) return null;
  const places = definitionsOf(index, word.key).map((definition) => placeOfName(index, definition));
  return { word, places: places.toSorted((a, b) => Number(b.path === path) - Number(a.path === path)) };
}

export function definitionsOf({ byKey }: NameIndex, key: string): readonly NameAt[] {
  return (byKey.get(key) ?? []).filter(({ role }) => role === 'definition');
}
