import type { Span } from './span.ts';

/** A text with its path in the workspace, and where its lines begin. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** Where something stands in a file: offsets, 1-based line and column, and the path of keys that leads to it. */
export interface Place extends Span {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly yamlPath: string;
}

export function createSource(path: string, text: string): Source {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { path, text, lineStarts };
}

/** 1-based line and column of an offset; an offset beyond the end is taken as the end. */
export function positionAt(source: Source, offset: number): { line: number; column: number } {
  const at = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (source.lineStarts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - source.lineStarts[low]! + 1 };
}

export function placeOf(source: Source, span: Span, yamlPath = ''): Place {
  const start = positionAt(source, span.from);
  const end = positionAt(source, span.to);
  return {
    path: source.path,
    from: span.from,
    to: span.to,
    ...start,
    endLine: end.line,
    endColumn: end.column,
    yamlPath,
  };
}
