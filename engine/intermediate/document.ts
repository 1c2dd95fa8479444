import { formatDay, parseDay } from '../base/calendar-date.ts';
import { optionalSections } from '../facts/encounter.ts';
import type { FactTable, FactValue, OptionalSection, Vocabulary } from '../facts/encounter.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import type { Fact, Section } from '../facts/vocabulary.ts';
import type { PlainField, PlainProgram, Scalar } from './form.ts';

export type DocumentValue = string | number | boolean | null | readonly (string | number)[];
export type DocumentSection = Readonly<Record<string, DocumentValue>>;

/**
 * An encounter as JSON, the input of every export: the shape of an encounter file, days as ISO 8601 text.
 * A section that is left out was never supplied; a field that is left out, null or blank is empty.
 */
export interface EncounterDocument {
  readonly encounter: string;
  readonly visit: DocumentSection;
  readonly note?: DocumentSection;
  readonly patient?: DocumentSection;
  readonly provider?: DocumentSection;
  readonly plan?: DocumentSection;
  readonly episode?: DocumentSection;
  readonly priorVisits?: readonly DocumentSection[];
  readonly lines: readonly DocumentLine[];
}

export type DocumentLine = Readonly<Record<string, DocumentValue | DocumentSection>> & {
  readonly record?: DocumentSection;
};

/** Values by path, of one visit, line or prior visit: no entry = never supplied, null = empty. */
export type InputValues = ReadonlyMap<string, DocumentValue>;

/** An encounter behind the boundary: every value has its type, and only the fields that the policies read are there. */
export interface Input {
  readonly id: string;
  readonly day: string;
  readonly payer: string;
  readonly visit: InputValues;
  /** With the record of the line. */
  readonly lines: readonly InputValues[];
  /** Null where prior visits were never supplied. */
  readonly prior: readonly InputValues[] | null;
}

/** Something in a document that keeps it from being judged, and where: `lines[0].record.minutes`. */
export interface DocumentProblem {
  readonly at: string;
  readonly problem: string;
}

export type ReadDocument =
  | { readonly input: Input; readonly problems: null }
  | { readonly input: null; readonly problems: readonly DocumentProblem[] };

/** Writes an encounter, laid out for judging, as a document. Computed facts are left out. */
export function toDocument(table: FactTable, vocabulary: Vocabulary): EncounterDocument {
  const { id, visit, lines, prior } = table;
  const section = (name: Section, values: FactTable['visit']): DocumentSection | null => {
    const entries = vocabulary.facts
      .filter(({ path, computed }) => !computed && sectionOf(path) === name)
      .flatMap((fact) => {
        const value = values[vocabulary.slots.get(fact.path)!];
        return value === undefined ? [] : [[nameOf(fact), textual(value, fact)] as const];
      });
    return entries.length === 0 ? null : Object.fromEntries(entries);
  };
  const optional = (name: OptionalSection) => {
    const values = section(name, visit);
    return values ? { [name]: values } : {};
  };
  return {
    encounter: id,
    visit: section('visit', visit) ?? {},
    ...Object.assign({}, ...optionalSections.map(optional)),
    ...(prior ? { priorVisits: prior.map((values) => section('priorVisits', values) ?? {}) } : {}),
    lines: lines.map((values): DocumentLine => {
      const record = section('record', values);
      return { ...section('line', values), ...(record ? { record } : {}) };
    }),
  };
}

const nameOf = ({ path }: Pick<Fact, 'path'>) => path.slice(path.indexOf('.') + 1);

function textual(value: FactValue, { type }: Fact): DocumentValue {
  return typeof value === 'number' && type.scalar === 'date' ? formatDay(value) : value;
}

/**
 * The boundary: a document is taken whole or not at all. A value of another type than its field is a mistake of the
 * sender, and judging the rest would hide it; so it is refused, with the place. What no policy reads is not looked at.
 */
export function readDocument(document: unknown, { fields }: Pick<PlainProgram, 'fields'>): ReadDocument {
  const problems: DocumentProblem[] = [];
  const of = (section: string) => fields.filter((field) => field.section === section);
  const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const section = (value: unknown, name: string, at: string, into: Map<string, DocumentValue>): void => {
    // YAML writes an empty section as nothing: it is there, and all its fields are empty.
    const values = value === null ? {} : value;
    if (!isObject(values)) {
      problems.push({ at, problem: 'must be an object' });
      return;
    }
    for (const field of of(name)) {
      const key = nameOf(field);
      const own = Object.hasOwn(values, key) ? values[key] : null;
      into.set(field.path, readValue(own, field, `${at}.${key}`, problems));
    }
  };
  if (!isObject(document)) return { input: null, problems: [{ at: '', problem: 'must be an object' }] };
  const visit = new Map<string, DocumentValue>();
  section(document.visit ?? null, 'visit', 'visit', visit);
  for (const name of optionalSections)
    if (document[name] !== undefined) section(document[name], name, name, visit);
  const list = (value: unknown, at: string): readonly unknown[] => {
    if (Array.isArray(value)) return value;
    problems.push({ at, problem: 'must be a list' });
    return [];
  };
  const lines = list(document.lines, 'lines').map((line, index) => {
    const values = new Map<string, DocumentValue>();
    const at = `lines[${index}]`;
    section(line, 'line', at, values);
    if (isObject(line) && line.record !== undefined) section(line.record, 'record', `${at}.record`, values);
    if (values.get('line.code') === null) problems.push({ at: `${at}.code`, problem: 'must be there' });
    return values;
  });
  if (Array.isArray(document.lines) && lines.length === 0)
    problems.push({ at: 'lines', problem: 'must hold at least one line' });
  const prior =
    document.priorVisits === undefined
      ? null
      : list(document.priorVisits ?? [], 'priorVisits').map((item, index) => {
          const values = new Map<string, DocumentValue>();
          section(item, 'priorVisits', `priorVisits[${index}]`, values);
          return values;
        });
  for (const path of ['visit.date', 'visit.payer'])
    if (visit.get(path) === null) problems.push({ at: path, problem: 'must be there' });
  if (problems.length > 0) return { input: null, problems };
  return {
    input: {
      id: typeof document.encounter === 'string' ? document.encounter : '',
      day: visit.get('visit.date') as string,
      payer: visit.get('visit.payer') as string,
      visit,
      lines,
      prior,
    },
    problems: null,
  };
}

function readValue(
  value: unknown,
  field: PlainField,
  at: string,
  problems: DocumentProblem[],
): DocumentValue {
  if (field.list) {
    if (value === undefined || value === null) return field.absentMeansNone ? [] : null;
    if (!Array.isArray(value)) {
      problems.push({ at, problem: `must be a list of ${plurals[field.scalar]}` });
      return null;
    }
    const items = value.map((item, index) => readScalar(item, field, `${at}[${index}]`, problems));
    if (items.includes(null) && items.every((item, index) => item !== null || isBlank(value[index])))
      problems.push({ at, problem: 'must not hold empty values' });
    return items.length === 0 && !field.absentMeansNone ? null : (items as (string | number)[]);
  }
  return readScalar(value, field, at, problems);
}

const plurals: Readonly<Record<Scalar, string>> = {
  text: 'texts',
  number: 'numbers',
  date: 'days',
  boolean: 'true and false',
};

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function readScalar(
  value: unknown,
  { scalar, places }: PlainField,
  at: string,
  problems: DocumentProblem[],
): string | number | boolean | null {
  if (isBlank(value)) return null;
  const refuse = (problem: string) => {
    problems.push({ at, problem });
    return null;
  };
  switch (scalar) {
    case 'text':
      return typeof value === 'string' ? value : refuse('must be text, in quotes');
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse('must be true or false');
    case 'date':
      return typeof value === 'string' && parseDay(value) !== null
        ? value
        : refuse('must be a day as YYYY-MM-DD');
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value))
        return refuse('must be a number, without quotes');
      return value === Number(value.toFixed(places))
        ? value
        : refuse(places === 0 ? 'must be a whole number' : `must have at most ${places} decimal places`);
  }
}
