import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node as ParsedNode, Pair as ParsedPair } from 'yaml';
import type { Source } from '../base/source.ts';
import type { Span } from '../base/span.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';

/**
 * A YAML text as a tree with places, of three kinds of node.
 *
 * A scalar keeps the text as it was written and no more: what it means (a code, a number, a date) is decided by the
 * fact or key it stands for, so that `00100` and `0213T` keep every character and `no` is never a boolean.
 */
export type YamlNode = YamlMap | YamlList | YamlScalar;

interface NodeBase {
  readonly span: Span;
  readonly yamlPath: string;
}

export interface YamlMap extends NodeBase {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}

export interface YamlList extends NodeBase {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
}

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly text: string;
  readonly quoted: boolean;
  /** Nothing at all, `null` or `~`. */
  readonly isNull: boolean;
}

/** Beyond this nothing a person writes is nested; machines that nest deeper would exhaust the stack. */
const deepest = 100;
/** Beyond this a file is refused unread: a policy of a thousand rules is a tenth of it. */
export const largestFile = 2_000_000;

/** Reads a text to a tree; null where nothing can be understood. Never throws on text. */
export function parseYaml(source: Source, reporter: Reporter): YamlNode | null {
  const start = { span: { from: 0, to: Math.min(1, source.text.length) }, yamlPath: '' };
  if (source.text.length > largestFile) {
    const size = (source.text.length / 1_000_000).toFixed(1);
    reporter.report(
      'file-too-large',
      start,
      `the file holds ${size} million characters, more than the 2 million that are read`,
      'split it into several files',
    );
    return null;
  }
  const deepAt = tooDeepAt(source.text);
  if (deepAt !== null) return reportTooDeep(deepAt, reporter);
  const document = parseDocument(source.text, {
    prettyErrors: false,
    uniqueKeys: false,
    schema: 'core',
    merge: false,
    keepSourceTokens: false,
    logLevel: 'error',
  });
  for (const error of document.errors) {
    const [from, to] = error.pos;
    const [message, help] = wordsForSyntax(error.code, error.message);
    const code = error.code === 'MULTIPLE_DOCS' ? 'yaml-several-documents' : 'yaml-syntax';
    reporter.report(code, { span: { from, to: Math.max(to, from + 1) }, yamlPath: '' }, message, help);
  }
  if (document.contents === null) {
    if (document.errors.length === 0) {
      reporter.report('yaml-empty', start, 'the file is empty', 'write the file, or remove it');
    }
    return null;
  }
  return convert(document.contents, '', 0, reporter);
}

/** A cheap look ahead, since the parser itself recurses: brackets in a row, or dashes in a row. */
export function tooDeepAt(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 91 || character === 123) depth += 1;
    else if (character === 93 || character === 125) depth = Math.max(0, depth - 1);
    else if (character === 10 && depth < deepest) {
      let indent = 0;
      while (text[at + 1 + indent] === ' ' || text.startsWith('- ', at + 1 + indent)) indent += 1;
      if (indent > deepest * 8 && !/[\n\r]/.test(text[at + 1 + indent] ?? '\n')) return at + 1;
    }
    if (depth > deepest * 2) return at;
  }
  const dashes = /^(?:- ){101}/m.exec(text);
  return dashes ? dashes.index : null;
}

function reportTooDeep(at: number, reporter: Reporter): null {
  reporter.report(
    'yaml-too-deep',
    { span: { from: at, to: at + 1 }, yamlPath: '' },
    `the file is nested more than ${deepest} levels deep here`,
    'write it flatter: named conditions help',
  );
  return null;
}

function convert(node: ParsedNode | null, yamlPath: string, depth: number, reporter: Reporter): YamlNode {
  const range = node?.range;
  const span = range ? { from: range[0], to: range[1] } : { from: 0, to: 0 };
  const at = { span, yamlPath };
  if (node && depth > deepest) {
    reportTooDeep(span.from, reporter);
    return { kind: 'scalar', text: '', quoted: false, isNull: true, ...at };
  }
  if (node && (isAlias(node) || ('anchor' in node && node.anchor) || hasOwnTag(node, reporter.source.text))) {
    reporter.report(
      'yaml-anchor',
      at,
      `${isAlias(node) ? 'an alias' : 'an anchor or tag'} stands here, and the language has none`,
      'write the value out; for a shared condition use `conditions:`, for a shared value `parameters:` or a list',
    );
    if (isAlias(node)) return { kind: 'scalar', text: '', quoted: false, isNull: true, ...at };
  }
  if (isMap(node)) {
    const entries: YamlEntry[] = [];
    const seen = new Map<string, YamlEntry>();
    for (const pair of node.items as ParsedPair<ParsedNode | null, ParsedNode | null>[]) {
      const entry = convertPair(pair, span, yamlPath, depth, reporter);
      if (!entry) continue;
      if (seen.has(entry.key)) {
        reporter.report(
          'yaml-duplicate-key',
          { span: entry.keySpan, yamlPath: entry.value.yamlPath },
          `\`${entry.key}\` stands twice in this block; the first one is used`,
          'remove one of the two, or give it another name',
        );
        continue;
      }
      seen.set(entry.key, entry);
      entries.push(entry);
    }
    return { kind: 'map', entries, ...at };
  }
  if (isSeq(node)) {
    const items = (node.items as (ParsedNode | null)[]).map((item, index) =>
      convert(item, `${yamlPath}[${index}]`, depth + 1, reporter),
    );
    return { kind: 'list', items, ...at };
  }
  if (isScalar(node)) {
    const quoted = node.type !== 'PLAIN';
    const text = node.source ?? '';
    return { kind: 'scalar', text, quoted, isNull: !quoted && /^(?:|~|null|Null|NULL)$/.test(text), ...at };
  }
  return { kind: 'scalar', text: '', quoted: false, isNull: true, ...at };
}

function convertPair(
  pair: ParsedPair<ParsedNode | null, ParsedNode | null>,
  within: Span,
  yamlPath: string,
  depth: number,
  reporter: Reporter,
): YamlEntry | null {
  const keyNode = pair.key;
  const keyRange = keyNode?.range;
  const keySpan = keyRange
    ? { from: keyRange[0], to: keyRange[1] }
    : { from: within.from, to: within.from + 1 };
  if (!isScalar(keyNode)) {
    reporter.report(
      'wrong-type',
      { span: keySpan, yamlPath },
      'a key must be one word',
      'write `key: value`',
    );
    return null;
  }
  const key = keyNode.source ?? '';
  const path = yamlPath === '' ? key : `${yamlPath}.${key}`;
  const value = convert(pair.value, path, depth + 1, reporter);
  // A key with nothing behind it has no node of its own: the key is the place to show.
  return { key, keySpan, value: pair.value?.range ? value : { ...value, span: keySpan } };
}

/** `!!str` and its kin, which stand before the node that they tag. */
function hasOwnTag(node: ParsedNode, text: string): boolean {
  const start = node.range?.[0] ?? 0;
  return (
    node.tag !== undefined &&
    /(?:^|[\s[{,])![^\s[\]{},]*\s+$/.test(text.slice(Math.max(0, start - 200), start))
  );
}

function wordsForSyntax(code: string, original: string): readonly [string, string] {
  switch (code) {
    case 'TAB_AS_INDENT':
      return ['a tab stands where spaces must', 'indent with two spaces'];
    case 'BAD_INDENT':
      return [
        'this line is indented differently from its neighbours',
        'align it with the lines it belongs to',
      ];
    case 'MISSING_CHAR':
      if (original.includes('quote'))
        return ['a quote is opened and not closed', 'close it with the same quote'];
      if (original.includes('between'))
        return ['a comma is missing between two items', 'write a comma between them'];
      return [
        'a bracket, brace or space is missing here',
        'close what is open, and put a space behind colons and commas',
      ];
    case 'MULTIPLE_DOCS':
      return ['a second document begins here', 'put it into a file of its own and remove the `---`'];
    case 'BAD_ALIAS':
      return ['an alias stands here, and the language has none', 'write the value out'];
    default:
      return [
        `this is not YAML that can be read: ${lowerFirst(original)}`,
        'look at the colons, quotes and indentation of this line',
      ];
  }
}

function lowerFirst(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.charAt(0).toLowerCase() + line.slice(1);
}
