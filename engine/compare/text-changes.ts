import type { YamlNode } from '../yaml/parse-yaml.ts';
import { keepsNothing, treeOf } from './kept-comparison.ts';
import type { KeptComparison } from './kept-comparison.ts';

/** One thing that is written otherwise: layout, comments and order do not count. */
export interface TextChange {
  readonly path: string;
  /** Of what: `rule minimum-time`, `parameter minimumMinutes`, `entry 97530`, `clause under-8-minutes`, or the file. */
  readonly of: string;
  /** Where in it: `require, record.minutes, atLeast`; empty: all of it. */
  readonly at: string;
  /** Null: it was not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What is written otherwise in two sets of files, by file, rule, parameter, list entry, clause, case. */
export function textChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  { treeBefore }: Pick<KeptComparison, 'treeBefore'> = keepsNothing,
): readonly TextChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return paths.flatMap((path): readonly TextChange[] => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    if (was === undefined) return [{ path, of: 'file', at: '', before: null, after: 'a new file' }];
    if (is === undefined) return [{ path, of: 'file', at: '', before: 'this file', after: null }];
    return differences(treeBefore(path, was), treeOf(path, is)).map(({ keys, before: old, after: now }) => ({
      path,
      ...placeWords(keys),
      before: old,
      after: now,
    }));
  });
}

interface Found {
  readonly keys: readonly string[];
  readonly before: string | null;
  readonly after: string | null;
}

function differences(
  before: YamlNode | null,
  after: YamlNode | null,
  keys: readonly string[] = [],
): readonly Found[] {
  const [old, now] = [before && canonical(before), after && canonical(after)];
  if (old === now) return [];
  if (before && after && before.kind === after.kind && before.kind !== 'scalar') {
    const [was, is] = [partsOf(before), partsOf(after)];
    if (was && is) {
      return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) =>
        differences(was.get(key) ?? null, is.get(key) ?? null, [...keys, key]),
      );
    }
  }
  return [{ keys, before: old, after: now }];
}

/** What stands in a map by its keys, and in a list by what each entry is called; null where entries have no names. */
function partsOf(node: YamlNode): ReadonlyMap<string, YamlNode> | null {
  if (node.kind === 'map') return new Map(node.entries.map(({ key, value }) => [key, value]));
  if (node.kind === 'scalar') return null;
  const names = node.items.map(nameOf);
  const isNamed = names.every((name) => name !== null) && new Set(names).size === names.length;
  return isNamed ? new Map(node.items.map((item, at) => [names[at]!, item])) : null;
}

const naming = ['id', 'value', 'columnOne', 'columnTwo', 'from'];

function nameOf(node: YamlNode): string | null {
  if (node.kind !== 'map') return null;
  const found = naming.flatMap((name) =>
    node.entries.flatMap(({ key, value }) => (key === name && value.kind === 'scalar' ? [value.text] : [])),
  );
  const [first] = found;
  if (first === undefined) return null;
  // An entry that is in force more than once is told apart by its first day.
  return node.entries.some(({ key }) => key === 'id') ? first : found.join(' ');
}

/** The same for whatever is laid out or ordered otherwise; one thing and a list of one are the same. */
function canonical(node: YamlNode): string {
  switch (node.kind) {
    case 'scalar':
      return node.isNull ? 'nothing' : node.text.replace(/\s+/g, ' ').trim();
    case 'list': {
      const items = node.items.map(canonical).toSorted();
      return items.length === 1 && node.items[0]!.kind === 'scalar' ? items[0]! : `[${items.join(', ')}]`;
    }
    case 'map':
      return `{ ${node.entries
        .map(({ key, value }) => `${key}: ${canonical(value)}`)
        .toSorted()
        .join(', ')} }`;
  }
}

const parts: Readonly<Record<string, string>> = {
  rules: 'rule',
  parameters: 'parameter',
  conditions: 'condition',
  derive: 'figure',
  entries: 'entry',
  clauses: 'clause',
  cases: 'case',
};

function placeWords(keys: readonly string[]): Pick<TextChange, 'of' | 'at'> {
  const [first, second, ...rest] = keys;
  const part = first === undefined ? undefined : parts[first];
  if (part === undefined || second === undefined) return { of: 'file', at: keys.join(', ') };
  return { of: `${part} ${second}`, at: rest.join(', ') };
}
