import { placeOf } from '../base/source.ts';
import type { Place, Source } from '../base/source.ts';
import { count } from '../base/words.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import type { YamlMap, YamlNode } from '../yaml/parse-yaml.ts';
import {
  describe,
  reportUnknown,
  requireKey,
  takeHead,
  takeDay,
  takeKeys,
  takeList,
  takeMap,
  takeNumber,
} from '../yaml/reader.ts';
import { optionalSections } from './encounter.ts';
import type { ClaimLine, Encounter, FactValue, OptionalSection, Vocabulary } from './encounter.ts';
import type { Fact, Section } from './vocabulary.ts';

export const encounterKeys = [
  'encounter',
  'title',
  'remark',
  'visit',
  ...optionalSections,
  'priorVisits',
  'lines',
] as const;

/** A claim in 837P holds at most fifty lines (005010X222A1, loop 2400). */
export const mostLines = 50;

/** What a payer may be: with a list of payers, one of them. */
export type KnownPayers = ReadonlySet<string> | null;

/** Reads an encounter file; null where it cannot be judged at all. With errors in its diagnostics it must not be judged. */
export function parseEncounter(
  source: Source,
  root: YamlNode,
  vocabulary: Vocabulary,
  payers: KnownPayers,
  reporter: Reporter,
): Encounter | null {
  const map = takeMap(root, 'an encounter file', reporter);
  if (!map) return null;
  const keys = takeKeys(map, encounterKeys, 'an encounter', reporter);
  const { id, title } = takeHead('encounter', keys, map, reporter);
  const visitNode = requireKey(
    keys.visit,
    'visit',
    map,
    'the encounter',
    reporter,
    'add `visit: { date: 2024-03-04, payer: hns }`',
  );
  const reading: Reading = { source, vocabulary, payers, reporter };
  const visit = visitNode && readSection(visitNode, 'visit', reading);
  const linesNode = requireKey(
    keys.lines,
    'lines',
    map,
    'the encounter',
    reporter,
    'add `lines:` with at least one line',
  );
  const lines = linesNode ? readLines(linesNode, reading) : [];
  const sections = Object.fromEntries(
    optionalSections.map((name) => [name, keys[name] ? readSection(keys[name], name, reading) : null]),
  ) as Record<OptionalSection, ReadonlyMap<string, FactValue> | null>;
  const priorVisits = keys.priorVisits ? readPriorVisits(keys.priorVisits, reading) : null;
  for (const what of visit ? missingEssentials({ visit, lines }) : []) {
    const node = what.line === null ? visitNode : nodeOfLine(linesNode, what.line);
    const name = what.path.slice(what.path.indexOf('.') + 1);
    const written = node?.kind === 'map' ? valueOf(node, name) : undefined;
    // A value that is there and wrong has been reported for itself.
    if (!written || isEmpty(written)) reportEssential(what, node ?? map, reporter);
  }
  if (!id || !visit) return null;
  return { id, title, visit, ...sections, priorVisits, lines };
}

/** A fact without which nothing can be judged: the line is 1-based, null for the visit. */
export interface Essential {
  readonly path: string;
  readonly line: number | null;
}

/** What an encounter must state, and does not: when, to whom, and what was billed. */
export function missingEssentials({
  visit,
  lines,
}: Pick<Encounter, 'visit' | 'lines'>): readonly Essential[] {
  return [
    ...['visit.date', 'visit.payer']
      .filter((path) => visit.get(path) == null)
      .map((path) => ({ path, line: null })),
    ...lines.flatMap(({ claim }, index) =>
      claim.get('line.code') == null ? [{ path: 'line.code', line: index + 1 }] : [],
    ),
  ];
}

const essentialHelp: Readonly<Record<string, string>> = {
  'visit.date': 'add the date of service: `date: 2024-03-04`',
  'visit.payer': 'add the payer: `payer: hns`',
  'line.code': 'add the procedure code: `code: 97530`',
};

export function reportEssential(
  { path, line }: Essential,
  at: Parameters<Reporter['report']>[1],
  reporter: Reporter,
): void {
  const name = path.slice(path.indexOf('.') + 1);
  reporter.report(
    'missing-key',
    at,
    `${line === null ? 'the visit' : `line ${line}`} has no \`${name}\``,
    essentialHelp[path]!,
  );
}

function nodeOfLine(node: YamlNode | null, line: number): YamlNode | undefined {
  return node?.kind === 'list' ? node.items[line - 1] : undefined;
}

interface Reading {
  readonly source: Source;
  readonly vocabulary: Vocabulary;
  readonly payers: KnownPayers;
  readonly reporter: Reporter;
}

/** The facts of one section; a value that is wrong is reported and left empty. */
export function readSection(
  node: YamlNode,
  section: Section,
  reading: Reading,
  ignore: readonly string[] = [],
): ReadonlyMap<string, FactValue> | null {
  const { reporter, vocabulary } = reading;
  const prefix = section === 'priorVisits' ? 'prior' : section;
  const map = takeMap(node, `\`${section}\``, reporter);
  if (!map) return null;
  const values = new Map<string, FactValue>();
  for (const entry of map.entries) {
    if (ignore.includes(entry.key)) continue;
    const path = `${prefix}.${entry.key}`;
    const fact = vocabulary.byPath.get(path);
    const at = { span: entry.keySpan, yamlPath: entry.value.yamlPath };
    if (!fact) {
      const known = vocabulary.facts.flatMap((other) =>
        other.path.startsWith(`${prefix}.`) && !other.computed ? [other.path.slice(prefix.length + 1)] : [],
      );
      reportUnknown('unknown-fact', at, entry.key, known, `a fact of \`${prefix}\``, reporter);
      continue;
    }
    if (fact.computed) {
      reporter.report('computed-fact', at, `\`${path}\` is computed and cannot be stated`, 'remove it');
      continue;
    }
    values.set(path, readFactValue(entry.value, fact, reading));
  }
  return values;
}

/** A value of a fact, checked against its type; null where it is empty, or wrong and reported. */
export function readFactValue(
  node: YamlNode,
  fact: Fact,
  reading: Pick<Reading, 'reporter' | 'payers'>,
): FactValue {
  if (isEmpty(node)) return null;
  if (!fact.type.list) return readItem(node, fact, reading);
  const list = takeList(node, `\`${fact.path}\``, reading.reporter);
  if (!list) return null;
  const items = list.items.map((item) => readItem(item, fact, reading)).filter((item) => item !== null) as (
    | string
    | number
  )[];
  // An empty list in the record documents nothing; on the claim it says "none".
  return items.length === 0 && !fact.absentMeansNone ? null : items;
}

export const codePatterns = {
  code: /^[A-Z0-9]{5}$/,
  modifier: /^[A-Z0-9]{2}$/,
  diagnosis: /^[A-Z][0-9][A-Z0-9](?:\.?[A-Z0-9]{1,4})?$/,
} as const;

function isEmpty(node: YamlNode): boolean {
  return node.kind === 'scalar' && (node.isNull || node.text.trim() === '');
}

function readItem(
  node: YamlNode,
  fact: Fact,
  { reporter, payers }: Pick<Reading, 'reporter' | 'payers'>,
): string | number | boolean | null {
  const name = `\`${fact.path}\``;
  if (node.kind !== 'scalar' || node.isNull) {
    reporter.report(
      'wrong-type',
      node,
      `${name} must be ${fact.type.list ? 'a list of values' : 'one value'}, and ${describe(node)} stands here`,
      `write it as in \`${fact.example}\``,
    );
    return null;
  }
  const { text } = node;
  switch (fact.type.scalar) {
    case 'number': {
      const number = takeNumber(node, name, reporter);
      if (number === null) return null;
      if (fact.whole && !Number.isInteger(number)) {
        reporter.report(
          'invalid-number',
          node,
          `${name} is \`${text}\`, and only whole ${fact.unit ?? 'numbers'} count`,
          fact.unit === 'minutes'
            ? 'write whole minutes; a part of a minute is not counted'
            : 'write a whole number',
        );
        return null;
      }
      if (number < (fact.min ?? -Infinity) || number > (fact.max ?? Infinity)) {
        reporter.report(
          'value-out-of-range',
          node,
          `${name} is \`${text}\`, outside ${fact.min} to ${fact.max}`,
          'look whether a digit or sign has slipped',
        );
        return null;
      }
      return number;
    }
    case 'date':
      return takeDay(node, name, reporter);
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      reporter.report(
        'wrong-type',
        node,
        `${name} is true or false, and \`${text}\` stands here`,
        'write `true` or `false`',
      );
      return null;
    case 'choice':
      if (fact.values?.includes(text)) return text;
      reportUnknown('unknown-value', node, text, fact.values ?? [], `a value of ${name}`, reporter);
      return null;
    case 'payer':
      if (payers === null || payers.has(text)) return text;
      reportUnknown('unknown-payer', node, text, payers, 'a payer', reporter);
      return null;
    case 'code':
      return checkCode(
        node,
        text,
        codePatterns.code,
        name,
        'five capitals or digits, for example 97530',
        reporter,
      );
    case 'modifier':
      return checkCode(
        node,
        text,
        codePatterns.modifier,
        name,
        'two capitals or digits, for example GP',
        reporter,
      );
    case 'diagnosis':
      return checkCode(
        node,
        text,
        codePatterns.diagnosis,
        name,
        'a diagnosis code, for example M54.50',
        reporter,
      );
    case 'text':
      return text;
  }
}

function checkCode(
  node: YamlNode,
  text: string,
  pattern: RegExp,
  name: string,
  shape: string,
  reporter: Reporter,
): string | null {
  if (pattern.test(text)) return text;
  const mended = text.trim().toUpperCase();
  reporter.report(
    'invalid-code',
    node,
    `${name} is \`${text.slice(0, 40)}\`, which is not written as such codes are`,
    `write ${shape}`,
    pattern.test(mended) ? { fix: { title: `Change to ${mended}`, text: mended } } : {},
  );
  return null;
}

function readLines(node: YamlNode, reading: Reading): readonly ClaimLine[] {
  const list = takeList(node, '`lines`', reading.reporter);
  if (!list) return [];
  if (list.items.length === 0)
    reading.reporter.report(
      'empty-block',
      node,
      'the encounter has no line',
      'add at least one: `- { code: 97530, units: 1 }`',
    );
  if (list.items.length > mostLines) {
    reading.reporter.report(
      'value-out-of-range',
      list.items[mostLines]!,
      `the encounter has ${count(list.items.length, 'line')}; a claim holds ${mostLines}`,
      'split it into several claims',
    );
  }
  return list.items.slice(0, mostLines).flatMap((item) => readLine(item, reading) ?? []);
}

export function readLine(node: YamlNode, reading: Reading): ClaimLine | null {
  const map = takeMap(node, 'a line', reading.reporter);
  if (!map) return null;
  const recordNode = valueOf(map, 'record');
  const claim = readSection(map, 'line', reading, ['record'])!;
  if (!valueOf(map, 'units')) {
    const help = 'add the units billed: `units: 1`';
    requireKey(undefined, 'units', map, 'the line', reading.reporter, help);
  }
  const record = recordNode
    ? recordNode.kind === 'scalar' && recordNode.isNull
      ? new Map<string, FactValue>()
      : readSection(recordNode, 'record', reading)
    : null;
  const place: Place = placeOf(reading.source, map.span, map.yamlPath);
  return { claim, record, place };
}

function readPriorVisits(node: YamlNode, reading: Reading): Encounter['priorVisits'] {
  const list = takeList(node, '`priorVisits`', reading.reporter);
  return list && list.items.flatMap((item) => readSection(item, 'priorVisits', reading) ?? []);
}

function valueOf(map: YamlMap, key: string): YamlNode | undefined {
  return map.entries.find((entry) => entry.key === key)?.value;
}
