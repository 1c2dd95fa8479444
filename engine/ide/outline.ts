import type { Place } from '../base/source.ts';
import { placeOf } from '../base/source.ts';
import type { Span } from '../base/span.ts';
import type { ReadFile } from '../workspace/read-file.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/parse-yaml.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { namesInFile } from './names-in-file.ts';
import type { WrittenName } from './names-in-file.ts';
import { contentEnd } from './folding.ts';
import { entriesOf, itemsOf, nodeAt, textOf } from './tree.ts';

export type OutlineKind =
  | 'group'
  | 'parameter'
  | 'list'
  | 'figure'
  | 'condition'
  | 'rule'
  | 'case'
  | 'section'
  | 'line'
  | 'clause'
  | 'entry'
  | 'fact';

/** One thing in a file, with what it holds. */
export interface OutlineItem {
  readonly kind: OutlineKind;
  readonly name: string;
  /** What tells it apart from its neighbours: a title, a value; may be empty. */
  readonly detail: string;
  /** All of it. */
  readonly place: Place;
  /** Its name. */
  readonly namePlace: Place;
  readonly children: readonly OutlineItem[];
}

/** What stands in a file, in the order in which it is written. */
export function outlineOf({ memory, vocabulary }: Workspace, path: string): readonly OutlineItem[] {
  const file = memory.read.get(path);
  if (file?.root?.kind !== 'map') return [];
  const { root } = file;
  switch (file.kind) {
    case 'policy':
      return policyOutline(root, file, namesInFile(file, vocabulary).names);
    case 'list':
      return itemsOf(nodeAt(root, 'entries')).flatMap((item) => entryItem(item, file));
    case 'source':
      return itemsOf(nodeAt(root, 'clauses')).flatMap((item) => listed(item, 'clause', 'id', 'text', file));
    case 'vocabulary':
      return itemsOf(nodeAt(root, 'facts')).flatMap((item) => listed(item, 'fact', 'path', 'meaning', file));
    case 'suite':
      return itemsOf(nodeAt(root, 'cases')).flatMap((item) => listed(item, 'case', 'id', 'title', file));
    case 'encounter':
      return encounterOutline(root, file);
    case 'settings':
    case 'other':
      return [];
  }
}

function policyOutline(root: YamlMap, file: ReadFile, names: readonly WrittenName[]): readonly OutlineItem[] {
  return root.entries.flatMap((entry): readonly OutlineItem[] => {
    switch (entry.key) {
      case 'received':
        return [group('Date received', entry, [], file, periodText(entry.value))];
      case 'parameters':
        return [
          group(
            'Parameters',
            entry,
            entriesOf(entry.value).map((it) => named('parameter', it, valueWords(it.value), file)),
            file,
          ),
        ];
      case 'timeRule':
        return [group('Time rule', entry, [], file, textOf(nodeAt(entry.value, 'method')))];
      case 'derive':
        return [
          group(
            'Figures',
            entry,
            entriesOf(entry.value).map((it) => named('figure', it, keysWords(it.value), file)),
            file,
          ),
        ];
      case 'conditions':
        return [
          group(
            'Named conditions',
            entry,
            entriesOf(entry.value).map((it) => named('condition', it, keysWords(it.value), file)),
            file,
          ),
        ];
      case 'rules': {
        const rules = itemsOf(entry.value).flatMap((it) => listed(it, 'rule', 'id', 'title', file));
        const withLists = rules.map((rule) => ({ ...rule, children: listsWithin(rule.place, file, names) }));
        return [group('Rules', entry, withLists, file)];
      }
      default:
        return [];
    }
  });
}

/** The lists that stand within a span, each once: what follows a `$` and is no parameter of the policy. */
function listsWithin(within: Span, file: ReadFile, names: readonly WrittenName[]): readonly OutlineItem[] {
  const seen = new Set(
    names.flatMap(({ kind, role, name }) => (kind === 'parameter' && role === 'definition' ? [name] : [])),
  );
  return names.flatMap(({ kind, name, span }) => {
    if (kind !== '$' || span.from < within.from || span.to > within.to || seen.has(name)) return [];
    seen.add(name);
    const place = placeOf(file.source, span);
    return [{ kind: 'list', name: `$${name}`, detail: '', place, namePlace: place, children: [] }];
  });
}

function encounterOutline(root: YamlMap, file: ReadFile): readonly OutlineItem[] {
  return root.entries.flatMap((entry): readonly OutlineItem[] => {
    if (entry.value.kind === 'map') return [group(entry.key, entry, [], file, keysWords(entry.value))];
    if (entry.value.kind !== 'list') return [];
    const lines = entry.value.items.map((item, position): OutlineItem => {
      const code = textOf(nodeAt(item, 'code'));
      const units = textOf(nodeAt(item, 'units'));
      const detail =
        entry.key === 'lines' ? `${code}${units === '' ? '' : ` × ${units}`}` : textOf(nodeAt(item, 'date'));
      const place = placeOf(file.source, trimmed(item.span, file), item.yamlPath);
      const name = `${entry.key === 'lines' ? 'Line' : 'Earlier visit'} ${position + 1}`;
      return { kind: 'line', name, detail, place, namePlace: firstLine(place, file), children: [] };
    });
    return [group(entry.key === 'lines' ? 'Lines' : 'Earlier visits', entry, lines, file)];
  });
}

function entryItem(node: YamlNode, file: ReadFile): readonly OutlineItem[] {
  const pair = nodeAt(node, 'columnOne');
  if (!pair) return listed(node, 'entry', 'value', 'short', file);
  return listed(node, 'entry', 'columnOne', 'short', file).map((item) => ({
    ...item,
    name: `${item.name} with ${textOf(nodeAt(node, 'columnTwo'))}`,
  }));
}

/** An item of a list that is known by one of its keys; none where that key is missing. */
function listed(
  node: YamlNode,
  kind: OutlineKind,
  nameKey: string,
  detailKey: string,
  file: ReadFile,
): readonly OutlineItem[] {
  const name = nodeAt(node, nameKey);
  if (name?.kind !== 'scalar' || name.text === '') return [];
  return [
    {
      kind,
      name: name.text,
      detail: textOf(nodeAt(node, detailKey)),
      place: placeOf(file.source, trimmed(node.span, file), node.yamlPath),
      namePlace: placeOf(file.source, name.span, name.yamlPath),
      children: [],
    },
  ];
}

function named(kind: OutlineKind, entry: YamlEntry, detail: string, file: ReadFile): OutlineItem {
  return group(entry.key, entry, [], file, detail, kind);
}

function group(
  name: string,
  { keySpan, value }: YamlEntry,
  children: readonly OutlineItem[],
  file: ReadFile,
  detail = '',
  kind: OutlineKind = 'group',
): OutlineItem {
  const span = { from: keySpan.from, to: Math.max(keySpan.to, value.span.to) };
  return {
    kind,
    name,
    detail,
    place: placeOf(file.source, trimmed(span, file), value.yamlPath),
    namePlace: placeOf(file.source, keySpan, value.yamlPath),
    children,
  };
}

/** `from 2020-04-01 to 2020-06-30`, of which either may be missing. */
function periodText(node: YamlNode): string {
  return ['from', 'to']
    .map((key) => [key, textOf(nodeAt(node, key))])
    .filter(([, day]) => day !== '')
    .map((words) => words.join(' '))
    .join(' ');
}

/** `8 minutes`; of a dated parameter all of its values. */
function valueWords(node: YamlNode): string {
  const dated = node.kind === 'list' ? node.items : [node];
  return dated
    .map((item) => `${textOf(nodeAt(item, 'value'))} ${textOf(nodeAt(item, 'unit'))}`.trim())
    .filter((words) => words !== '')
    .join(', ');
}

function keysWords(node: YamlNode): string {
  return entriesOf(node)
    .map(({ key }) => key)
    .join(', ');
}

/** A block ends where its last word does, not after the empty lines behind it. */
function trimmed(span: Span, file: ReadFile): Span {
  return { from: span.from, to: contentEnd(file.source.text, span) };
}

function firstLine(place: Place, { source }: ReadFile): Place {
  const end = source.text.indexOf('\n', place.from);
  return placeOf(
    source,
    { from: place.from, to: Math.min(place.to, end === -1 ? place.to : end) },
    place.yamlPath,
  );
}
