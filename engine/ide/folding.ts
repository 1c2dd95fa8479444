import { positionAt } from '../base/source.ts';
import type { Source } from '../base/source.ts';
import type { Span } from '../base/span.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Lines, counted from 1, of which all but the first can be hidden. */
export interface FoldingRange {
  readonly from: number;
  readonly to: number;
  readonly kind: 'block' | 'comment';
}

/** What can be folded in a file: keys with what stands below them, items of lists, long texts, comments. */
export function foldingOf({ memory }: Workspace, path: string): readonly FoldingRange[] {
  const file = memory.read.get(path);
  if (!file) return [];
  const ranges = new Map<number, FoldingRange>();
  const add = (span: Span) => {
    const from = positionAt(file.source, span.from).line;
    const to = positionAt(file.source, contentEnd(file.source.text, span)).line;
    // Of two that begin on one line, an item and its first key, the longer one is folded.
    if (to > from && to > (ranges.get(from)?.to ?? 0)) ranges.set(from, { from, to, kind: 'block' });
  };
  const visit = (node: YamlNode): void => {
    if (node.kind === 'map')
      for (const { keySpan, value } of node.entries) {
        add({ from: keySpan.from, to: value.span.to });
        visit(value);
      }
    if (node.kind === 'list')
      for (const item of node.items) {
        add(item.span);
        visit(item);
      }
  };
  if (file.root) visit(file.root);
  return [...ranges.values(), ...commentsIn(file.source)].toSorted((a, b) => a.from - b.from);
}

/** Where a span ends without the empty lines, spaces and comments behind its last word. */
export function contentEnd(text: string, { from, to }: Span): number {
  const lines = text.slice(from, to).split('\n');
  while (lines.length > 1 && /^\s*(?:#.*)?$/.test(lines.at(-1)!)) lines.pop();
  return from + lines.join('\n').trimEnd().length;
}

/** Two or more lines in a row that hold nothing but a comment. */
function commentsIn({ text }: Source): readonly FoldingRange[] {
  const ranges: FoldingRange[] = [];
  let first: number | null = null;
  for (const [index, line] of [...text.split('\n'), ''].entries()) {
    const isComment = /^\s*#/.test(line);
    if (isComment) first ??= index + 1;
    else {
      if (first !== null && index > first) ranges.push({ from: first, to: index, kind: 'comment' });
      first = null;
    }
  }
  return ranges;
}
