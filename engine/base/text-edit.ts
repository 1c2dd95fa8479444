import type { Span } from './span.ts';

/** One replacement in a text: the characters from `from` up to `to` become `text`. Offsets are of the text before. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** What one step changes in one file. A file that is not there yet is an empty text. */
export interface FileEdits {
  readonly path: string;
  readonly edits: readonly TextEdit[];
}

/** The text after all edits, whose places are all of the text before. Edits that overlap are a mistake of ours. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.toSorted((a, b) => a.from - b.from || a.to - b.to);
  let result = '';
  let at = 0;
  for (const edit of sorted) {
    if (edit.from < at || edit.to < edit.from || edit.to > text.length) {
      throw new Error(
        `an edit of ${edit.from} to ${edit.to} overlaps another or leaves the text of ${text.length}`,
      );
    }
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** The one edit that makes `after` of `before`, without what both begin and end with; null where they are equal. */
export function editBetween(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let tail = 0;
  while (tail < shorter - from && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  return { from, to: before.length - tail, text: after.slice(from, after.length - tail) };
}
