import { formatDay } from '../base/calendar-date.ts';
import { placeOf } from '../base/source.ts';
import type { Source } from '../base/source.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import {
  requireKey,
  takeHead,
  takeBoolean,
  takeDay,
  takeId,
  takeKeys,
  takeList,
  takeMap,
  takeOneOf,
  takeText,
} from '../yaml/reader.ts';
import { clauseBases } from './syntax.ts';
import type { Clause, ClauseBasis, PolicySource } from './syntax.ts';

export const sourceKeys = [
  'source',
  'title',
  'publisher',
  'address',
  'read',
  'unverified',
  'remark',
  'clauses',
] as const;
export const clauseKeys = ['id', 'text', 'basis', 'setAside', 'remark'] as const;

export function parseSource(source: Source, root: YamlNode, reporter: Reporter): PolicySource | null {
  const map = takeMap(root, 'a source file', reporter);
  if (!map) return null;
  const keys = takeKeys(map, sourceKeys, 'a source', reporter);
  const { id, idNode, title } = takeHead('source', keys, map, reporter);
  requireKey(keys.title, 'title', map, 'the source', reporter);
  const publisher = keys.publisher ? takeText(keys.publisher, 'the publisher', reporter) : null;
  const address = keys.address ? takeText(keys.address, 'the address', reporter) : null;
  const read = keys.read ? takeDay(keys.read, 'the date of reading', reporter) : null;
  const unverified = keys.unverified ? takeBoolean(keys.unverified, '`unverified`', reporter) : false;
  const clausesNode = requireKey(keys.clauses, 'clauses', map, 'the source', reporter);
  const list = clausesNode && takeList(clausesNode, '`clauses`', reporter);
  const clauses: Clause[] = [];
  for (const item of list?.items ?? []) {
    const clause = readClause(source, item, unverified ? 'unverified' : 'read', reporter);
    if (!clause) continue;
    if (clauses.some((other) => other.id === clause.id)) {
      reporter.report(
        'duplicate-id',
        item,
        `the clause \`${clause.id}\` stands twice`,
        'give one of the two another id',
      );
      continue;
    }
    clauses.push(clause);
  }
  if (!id) return null;
  return {
    id,
    title,
    publisher: publisher ?? '',
    address: address ?? '',
    read: read === null ? '' : formatDay(read),
    clauses,
    place: placeOf(source, idNode.span, 'source'),
  };
}

function readClause(
  source: Source,
  node: YamlNode,
  otherwise: ClauseBasis,
  reporter: Reporter,
): Clause | null {
  const map = takeMap(node, 'a clause', reporter);
  if (!map) return null;
  const keys = takeKeys(map, clauseKeys, 'a clause', reporter);
  const idNode = requireKey(keys.id, 'id', map, 'the clause', reporter);
  const id = idNode && takeId(idNode, 'the clause id', reporter);
  const textNode = requireKey(keys.text, 'text', map, 'the clause', reporter);
  const text = textNode && takeText(textNode, 'the text', reporter);
  const basis = keys.basis ? takeOneOf(keys.basis, clauseBases, 'a basis', reporter) : otherwise;
  const setAside = keys.setAside ? takeText(keys.setAside, 'the reason', reporter) : null;
  if (keys.remark) takeText(keys.remark, 'a remark', reporter);
  if (!id) return null;
  return {
    id,
    text: text ?? '',
    basis: basis ?? otherwise,
    setAside,
    place: placeOf(source, idNode.span, map.yamlPath),
  };
}
