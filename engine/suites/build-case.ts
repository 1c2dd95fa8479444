import type { Encounter, FactValue, OptionalSection, Vocabulary, ClaimLine } from '../facts/encounter.ts';
import { optionalSections } from '../facts/encounter.ts';
import {
  missingEssentials,
  readFactValue,
  readLine,
  readSection,
  reportEssential,
} from '../facts/read-encounter.ts';
import type { KnownPayers } from '../facts/read-encounter.ts';
import type { Source } from '../base/source.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import type { KnownValue } from '../model/condition.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import { describe, reportUnknown, takeList } from '../yaml/reader.ts';
import type { SuiteCase, TextNode } from './suite.ts';

export interface CaseReading {
  readonly source: Source;
  readonly vocabulary: Vocabulary;
  readonly payers: KnownPayers;
  readonly reporter: Reporter;
}

/** The encounter of a case: its base with what is given laid over it and what is withheld taken away; null with reports. */
export function buildEncounter(
  base: Encounter,
  suiteCase: SuiteCase,
  reading: CaseReading,
): Encounter | null {
  const before = reading.reporter.diagnostics.length;
  let encounter: Encounter = { ...base, id: suiteCase.id, title: suiteCase.title };
  for (const given of suiteCase.given) encounter = applyGiven(encounter, given, reading);
  for (const withheld of suiteCase.without) encounter = withhold(encounter, withheld, reading);
  const { place } = suiteCase;
  for (const what of missingEssentials(encounter)) {
    reportEssential(what, { span: place, yamlPath: place.yamlPath }, reading.reporter);
  }
  return reading.reporter.diagnostics.slice(before).some(({ severity }) => severity === 'error')
    ? null
    : encounter;
}

function applyGiven(
  encounter: Encounter,
  given: SuiteCase['given'][number],
  reading: CaseReading,
): Encounter {
  const [head = '', ...rest] = given.path.split('.');
  if (head === 'lines') return givenLine(encounter, rest, given, reading);
  if (head === 'priorVisits' && rest.length === 0) {
    const list = takeList(given.value, '`priorVisits`', reading.reporter);
    if (!list) return encounter;
    return {
      ...encounter,
      priorVisits: list.items.flatMap((item) => readSection(item, 'priorVisits', reading) ?? []),
    };
  }
  const section = ['visit', ...optionalSections].find((name) => name === head) as
    | 'visit'
    | OptionalSection
    | undefined;
  if (!section) return nowhere(encounter, given, reading);
  if (rest.length === 0) {
    const facts = readSection(given.value, section, reading);
    return facts ? { ...encounter, [section]: facts } : encounter;
  }
  const value = givenFact(given.path, given, reading);
  if (value === undefined) return encounter;
  return { ...encounter, [section]: new Map([...(encounter[section] ?? []), [given.path, value]]) };
}

/** `lines.2`, `lines.2.units`, `lines.2.record`, `lines.2.record.minutes`. */
function givenLine(
  encounter: Encounter,
  rest: readonly string[],
  given: SuiteCase['given'][number],
  reading: CaseReading,
): Encounter {
  const number = Number(rest[0]);
  const { lines } = encounter;
  const adds = rest.length === 1 && number === lines.length + 1;
  if (!Number.isInteger(number) || number < 1 || (number > lines.length && !adds)) {
    reading.reporter.report(
      'unknown-line',
      given.at,
      `there is no line ${rest[0]} in this encounter, which has ${lines.length}`,
      `name a line from 1 to ${lines.length}, or give \`lines.${lines.length + 1}\` whole to add one`,
    );
    return encounter;
  }
  const replace = (line: ClaimLine): Encounter => ({
    ...encounter,
    lines: [...lines.slice(0, number - 1), line, ...lines.slice(number)],
  });
  if (rest.length === 1) {
    const line = readLine(given.value, reading);
    return line ? replace(line) : encounter;
  }
  const line = lines[number - 1]!;
  const [, second, third] = rest;
  if (second === 'record' && rest.length === 2) {
    const record = readSection(given.value, 'record', reading);
    return record ? replace({ ...line, record }) : encounter;
  }
  if (second === 'record' && third && rest.length === 3) {
    const path = `record.${third}`;
    const value = givenFact(path, given, reading);
    return value === undefined
      ? encounter
      : replace({ ...line, record: new Map([...(line.record ?? []), [path, value]]) });
  }
  if (rest.length !== 2) return nowhere(encounter, given, reading);
  const path = `line.${second}`;
  const value = givenFact(path, given, reading);
  return value === undefined
    ? encounter
    : replace({ ...line, claim: new Map([...line.claim, [path, value]]) });
}

function givenFact(
  path: string,
  given: { at: YamlNode; value: YamlNode },
  reading: CaseReading,
): FactValue | undefined {
  const fact = reading.vocabulary.byPath.get(path);
  if (fact?.computed) {
    reading.reporter.report(
      'computed-fact',
      given.at,
      `\`${path}\` is computed and cannot be given`,
      'give the minutes and units from which it is computed',
    );
    return undefined;
  }
  if (fact) return readFactValue(given.value, fact, reading);
  const section = sectionOf(path);
  const known = reading.vocabulary.facts.flatMap((other) =>
    sectionOf(other.path) === section && !other.computed ? [other.path] : [],
  );
  reportUnknown('unknown-fact', given.at, path, known, 'a fact', reading.reporter);
  return undefined;
}

function nowhere(
  encounter: Encounter,
  given: { path: string; at: YamlNode },
  reading: CaseReading,
): Encounter {
  reading.reporter.report(
    'given-path',
    given.at,
    `\`${given.path}\` leads nowhere in an encounter`,
    'write a path such as `lines.1.record.minutes` or `episode.visitNumber`',
  );
  return encounter;
}

function withhold(encounter: Encounter, { text, node }: TextNode, reading: CaseReading): Encounter {
  const optional = optionalSections.find((name) => name === text);
  if (optional) return { ...encounter, [optional]: null };
  if (text === 'priorVisits') return { ...encounter, priorVisits: null };
  const match = /^lines\.(\d+)(\.record)?$/.exec(text);
  const number = Number(match?.[1]);
  if (match && number >= 1 && number <= encounter.lines.length) {
    const lines = match[2]
      ? encounter.lines.map((line, index) => (index === number - 1 ? { ...line, record: null } : line))
      : encounter.lines.filter((_, index) => index !== number - 1);
    return { ...encounter, lines };
  }
  reading.reporter.report(
    'given-path',
    node,
    `\`${text}\` is not a section or line of this encounter`,
    'name a section such as `plan`, a line `lines.2`, or its record `lines.2.record`',
  );
  return encounter;
}

/** The value a case sets a parameter to: text as written, since the parameter takes its type where it is used. */
export function overrideValue(node: YamlNode, like: KnownValue, reporter: Reporter): KnownValue | null {
  const wrong = (wanted: string): null => {
    reporter.report(
      'operand-type',
      node,
      `this parameter is ${wanted}, and ${describe(node)} stands here`,
      `write ${wanted}`,
    );
    return null;
  };
  if (Array.isArray(like)) {
    if (node.kind !== 'list') return wrong('a list');
    const items = node.items.map((item) =>
      item.kind === 'scalar' && !item.isNull
        ? overrideValue(item, like[0] as KnownValue, reporter)
        : wrong('one value'),
    );
    return items.includes(null) ? null : (items as (string | number)[]);
  }
  if (node.kind !== 'scalar' || node.isNull) return wrong('one value');
  if (typeof like === 'number')
    return /^-?\d+(?:\.\d+)?$/.test(node.text) ? Number(node.text) : wrong('a number');
  if (typeof like === 'boolean')
    return node.text === 'true' || node.text === 'false' ? node.text === 'true' : wrong('true or false');
  return node.text;
}
