import { placeOf } from '../base/source.ts';
import type { Source } from '../base/source.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import {
  requireKey,
  takeHead,
  takeDay,
  takeKeys,
  takeList,
  takeMap,
  takeOneOf,
  takeText,
} from '../yaml/reader.ts';
import { takeCites } from './cites.ts';
import { reportOrder } from './parse-policy.ts';
import { listKinds } from './syntax.ts';
import type { CodeList, ListEntry, ListKind } from './syntax.ts';

export const listKeys = ['list', 'title', 'of', 'cite', 'remark', 'entries'] as const;
export const entryKeys = [
  'value',
  'columnOne',
  'columnTwo',
  'short',
  'cite',
  'from',
  'to',
  'remark',
] as const;

export function parseList(source: Source, root: YamlNode, reporter: Reporter): CodeList | null {
  const map = takeMap(root, 'a list file', reporter);
  if (!map) return null;
  const keys = takeKeys(map, listKeys, 'a list', reporter);
  const { id, idNode, title } = takeHead('list', keys, map, reporter);
  const ofNode = requireKey(keys.of, 'of', map, 'the list', reporter, 'say what it lists: `of: code`');
  const of = ofNode && takeOneOf(ofNode, listKinds, 'a kind of list', reporter);
  const cites = takeCites(keys.cite, reporter);
  const entriesNode = requireKey(keys.entries, 'entries', map, 'the list', reporter);
  const list = entriesNode && takeList(entriesNode, '`entries`', reporter);
  if (!id || !of || !list) return null;
  const entries = list.items.flatMap((item) => readEntry(source, item, of, reporter));
  return { id, title, of, entries, cites, place: placeOf(source, idNode.span, 'list'), source };
}

function readEntry(source: Source, node: YamlNode, of: ListKind, reporter: Reporter): readonly ListEntry[] {
  const map = takeMap(node, 'an entry', reporter);
  if (!map) return [];
  const allowed = entryKeys.filter((key) =>
    of === 'pair' ? key !== 'value' : key !== 'columnOne' && key !== 'columnTwo',
  );
  const keys = takeKeys(map, allowed, of === 'pair' ? 'an entry of pairs' : 'an entry', reporter);
  const first = of === 'pair' ? 'columnOne' : 'value';
  const valueNode = requireKey(keys[first], first, map, 'the entry', reporter);
  const value = valueNode && takeText(valueNode, `\`${first}\``, reporter);
  const secondNode =
    of === 'pair' ? requireKey(keys.columnTwo, 'columnTwo', map, 'the entry', reporter) : null;
  const columnTwo = secondNode && takeText(secondNode, '`columnTwo`', reporter);
  const short = keys.short ? takeText(keys.short, 'the short description', reporter) : null;
  const from = keys.from ? takeDay(keys.from, 'the first day', reporter) : null;
  const to = keys.to ? takeDay(keys.to, 'the last day', reporter) : null;
  reportOrder(from, to, keys.to, reporter);
  const cites = takeCites(keys.cite, reporter);
  if (keys.remark) takeText(keys.remark, 'a remark', reporter);
  if (!value || (of === 'pair' && !columnTwo)) return [];
  checkShape(valueNode, value, of, reporter);
  if (secondNode && columnTwo) checkShape(secondNode, columnTwo, of, reporter);
  return [
    {
      value,
      columnTwo,
      short: short ?? '',
      from,
      to,
      cites,
      place: placeOf(source, valueNode.span, map.yamlPath),
    },
  ];
}

const shapes: Partial<Record<ListKind, { pattern: RegExp; words: string }>> = {
  code: { pattern: /^[A-Z0-9]{5}$/, words: 'five capitals or digits, for example 97530' },
  pair: { pattern: /^[A-Z0-9]{5}$/, words: 'five capitals or digits, for example 97530' },
  modifier: { pattern: /^[A-Z0-9]{2}$/, words: 'two capitals or digits, for example GP' },
  payer: { pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/, words: 'lower-case words with dashes, for example hns' },
};

/** A code that is written wrongly in a list would silently match nothing. */
function checkShape(node: YamlNode, value: string, of: ListKind, reporter: Reporter): void {
  const shape = shapes[of];
  if (!shape || shape.pattern.test(value)) return;
  reporter.report(
    'invalid-code',
    node,
    `\`${value.slice(0, 40)}\` is not written as a ${of === 'pair' ? 'code' : of} is`,
    `write ${shape.words}`,
  );
}
