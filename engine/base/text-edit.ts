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

/** One set of edits for two that follow each other: the places of `second` are of the text after `first`. */
export function composeEdits(first: readonly TextEdit[], second: readonly TextEdit[]): readonly TextEdit[] {
  let pieces = piecesOf(first);
  for (const edit of second.toReversed().toSorted((a, b) => b.from - a.from || b.to - a.to)) {
    const [before, rest] = cut(pieces, edit.from);
    const [, after] = cut(rest, edit.to - edit.from);
    pieces = [...before, { text: edit.text }, ...after];
  }
  return editsOf(pieces);
}

/** A stretch of the text before, or a text that is new. The last stretch has no end. */
type Piece = { readonly from: number; readonly to: number } | { readonly text: string };

function piecesOf(edits: readonly TextEdit[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, text } of edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    pieces.push({ from: at, to: from }, { text });
    at = to;
  }
  return [...pieces, { from: at, to: Infinity }];
}

function cut(pieces: readonly Piece[], length: number): readonly [readonly Piece[], readonly Piece[]] {
  let left = length;
  for (const [index, piece] of pieces.entries()) {
    const size = 'text' in piece ? piece.text.length : piece.to - piece.from;
    if (left >= size) {
      left -= size;
      continue;
    }
    const [head, tail]: [Piece, Piece] =
      'text' in piece
        ? [{ text: piece.text.slice(0, left) }, { text: piece.text.slice(left) }]
        : [
            { from: piece.from, to: piece.from + left },
            { from: piece.from + left, to: piece.to },
          ];
    return [
      [...pieces.slice(0, index), head],
      [tail, ...pieces.slice(index + 1)],
    ];
  }
  return [pieces, []];
}

function editsOf(pieces: readonly Piece[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let text = '';
  for (const piece of pieces) {
    if ('text' in piece) {
      text += piece.text;
      continue;
    }
    if (piece.from === piece.to) continue;
    if (text !== '' || piece.from > at) edits.push({ from: at, to: piece.from, text });
    at = piece.to;
    text = '';
  }
  return edits;
}
