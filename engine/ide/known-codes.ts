import type { CodeList, ListKind } from '../language/syntax.ts';

/** A code, modifier, diagnosis or payer that some list of the workspace names. */
export interface KnownCode {
  readonly short: string;
  /** The lists that it is on, by id. */
  readonly lists: readonly string[];
}

/** Everything of a kind that the lists name, each once, with its first description. Codes also come from pairs. */
export function knownCodes(lists: readonly CodeList[], kind: ListKind): ReadonlyMap<string, KnownCode> {
  const known = new Map<string, { short: string; lists: string[] }>();
  const add = (value: string, short: string, list: string): void => {
    const before = known.get(value);
    if (!before) known.set(value, { short, lists: [list] });
    else {
      before.short ||= short;
      if (before.lists.at(-1) !== list) before.lists.push(list);
    }
  };
  for (const { id, of, entries } of lists) {
    if (of !== kind && !(of === 'pair' && kind === 'code')) continue;
    for (const { value, columnTwo, short } of entries) {
      // What a pair is called says nothing of one of its codes.
      add(value, of === 'pair' ? '' : short, id);
      if (columnTwo !== null) add(columnTwo, '', id);
    }
  }
  return known;
}
