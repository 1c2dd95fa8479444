import type { Place } from '../base/source.ts';
import { nameAt, placeOfName } from './names.ts';
import type { NameAt, NameIndex } from './names.ts';

/** One place where a thing is named, with the line it stands on. */
export interface Reference {
  readonly role: NameAt['role'];
  readonly place: Place;
  /** The whole line without the spaces around it. */
  readonly line: string;
}

/** Every place that names what the name at an offset names, its definitions first. */
export function referencesAt(index: NameIndex, path: string, offset: number): readonly Reference[] {
  const word = nameAt(index, path, offset);
  return (word ? (index.byKey.get(word.key) ?? []) : []).map((name) => {
    const place = placeOfName(index, name);
    const { text, lineStarts } = index.memory.get(name.path)!.from.source;
    return {
      role: name.role,
      place,
      line: text.slice(lineStarts[place.line - 1], lineStarts[place.line] ?? text.length).trim(),
    };
  });
}
