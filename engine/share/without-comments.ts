import { createSource } from '../base/source.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { applyTextEdits } from '../base/text-edit.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';

/**
 * A YAML text without its comments: what somebody noted for themselves does not travel with a file that is given away.
 * The text itself where it cannot be read, because then nobody knows what is a comment; null says so.
 */
export function withoutComments(text: string): string | null {
  const source = createSource('', text);
  const reporter = createReporter(source);
  const root = parseYaml(source, reporter);
  if (!root || reporter.diagnostics.some(({ code }) => code === 'yaml-syntax')) return null;
  const words = scalarSpans(root).sort((a, b) => a.from - b.from);
  const edits: TextEdit[] = [];
  let next = 0;
  for (const { index } of text.matchAll(/(?<=^|[\s])#/gm)) {
    while (next < words.length && words[next]!.to <= index) next += 1;
    if (next < words.length && words[next]!.from <= index) continue;
    if (edits.length > 0 && index < edits.at(-1)!.to) continue;
    edits.push({ ...commentAt(text, index), text: '' });
  }
  return applyTextEdits(text, edits);
}

/** From the space before the `#` to the end of the line; the line break too where nothing else stands on the line. */
function commentAt(text: string, hash: number): Span {
  let from = hash;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from -= 1;
  const lineEnd = /\r?\n|$/g;
  lineEnd.lastIndex = hash;
  const found = lineEnd.exec(text)!;
  const alone = from === 0 || text[from - 1] === '\n';
  return { from, to: alone ? found.index + found[0].length : found.index };
}

function scalarSpans(node: YamlNode): Span[] {
  switch (node.kind) {
    case 'scalar':
      return node.span.to > node.span.from ? [node.span] : [];
    case 'list':
      return node.items.flatMap(scalarSpans);
    case 'map':
      return node.entries.flatMap(({ keySpan, value }) => [keySpan, ...scalarSpans(value)]);
  }
}
