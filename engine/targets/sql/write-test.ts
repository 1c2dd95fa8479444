import { parseDay } from '../../base/calendar-date.ts';
import { never } from '../../base/never.ts';
import type { Comparison, PlainPeriod, PlainTest, Ref, Term, Terms } from '../../intermediate/form.ts';
import { commonScale, inScale, scaleOf as scaleOfAny } from '../scale.ts';
import type { Scale } from '../scale.ts';
import type { InputNames, Owner } from './names.ts';
import { suppliedColumn, tables, text } from './names.ts';

/** Whose rows a test is asked of: every line, every visit, every pair of a line and another one, every prior visit. */
export type Subject = 'line' | 'visit' | 'pair' | 'visit-pair' | 'prior';

/** The columns that name one row of a subject, by alias: e = encounter, l = line, o = other line, p = prior visit. */
export const subjectKeys: Readonly<Record<Subject, readonly (readonly [alias: string, column: string])[]>> = {
  line: [
    ['e', 'encounter_id'],
    ['l', 'line'],
  ],
  visit: [['e', 'encounter_id']],
  pair: [
    ['e', 'encounter_id'],
    ['l', 'line'],
    ['o', 'line'],
  ],
  'visit-pair': [
    ['e', 'encounter_id'],
    ['o', 'line'],
  ],
  prior: [
    ['e', 'encounter_id'],
    ['p', 'prior_visit'],
  ],
};

/** Something about a row that needs rows of other tables: worked out beforehand, in a query of its own, and joined. */
export type Question =
  /** The row has a match in other tables. */
  | {
      readonly kind: 'match';
      readonly name: string;
      readonly subject: Subject;
      readonly joins: readonly string[];
      readonly where: string;
    }
  /** A test holds for one of the other lines of the claim, or for every one. */
  | {
      readonly kind: 'someOther' | 'everyOther';
      readonly name: string;
      readonly subject: 'pair' | 'visit-pair';
      readonly test: PlainTest;
    };

/** A question about the items of one list, answered for every row that has the list: a column of its summary. */
export interface ListQuestion {
  readonly path: string;
  readonly column: string;
  readonly sql: string;
}

/** What tests ask beside their own row, by what makes two questions the same. */
export interface Asked {
  /** Of the whole export. */
  readonly lists: Map<string, ListQuestion>;
  /** Of one period; their names begin with its prefix. */
  readonly questions: Map<string, Question>;
  readonly prefix: string;
}

export interface Writing {
  readonly names: InputNames;
  readonly period: PlainPeriod;
  readonly subject: Subject;
  readonly asked: Asked;
  /** The questions whose answers the written tests read. */
  readonly uses: Set<Question>;
}

const aliases: Readonly<Record<'visit' | 'line' | 'other' | 'prior', string>> = {
  visit: 'e',
  line: 'l',
  other: 'o',
  prior: 'p',
};

/**
 * A test as a condition that is true or false and never NULL: whether a value is there is asked first, and `FALSE AND NULL`
 * is false in every dialect.
 */
export function writeTest(test: PlainTest, writing: Writing): string {
  switch (test.kind) {
    case 'always':
      return test.value ? '1 = 1' : '1 = 0';
    case 'all':
      return `(${test.tests.map((one) => writeTest(one, writing)).join(' AND ')})`;
    case 'any':
      return `(${test.tests.map((one) => writeTest(one, writing)).join(' OR ')})`;
    case 'known':
      return known(test.ref, writing);
    case 'empty':
      return and([known(test.ref, writing), emptyIfKnown(test.ref, writing)]);
    case 'filled':
      return filled(test.ref, writing);
    case 'someOther':
    case 'everyOther':
      return overOthers(test.kind, test.test, writing);
    case 'compare': {
      const scale = commonScale(scaleOf(test.ref, writing), scaleOf(test.to, writing));
      const asked = `${value(test.ref, writing, scale)} ${comparisons[test.is]} ${term(test.to, test.ref, writing, scale)}`;
      return and([filled(test.ref, writing), filledTerm(test.to, writing), asked]);
    }
    case 'oneOf':
      return oneOf(test, writing);
    case 'within': {
      const distance = `ABS(${value(test.ref, writing)} - ${term(test.to, test.ref, writing)})`;
      const asked = `${distance} ${test.holds ? '<=' : '>'} ${test.days}`;
      return and([filled(test.ref, writing), filledTerm(test.to, writing), asked]);
    }
    case 'contains': {
      const scale = commonScale(scaleOf(test.ref, writing), scaleOf(test.value, writing));
      const found =
        test.value.kind === 'literal'
          ? listColumn(
              test.ref,
              `MAX(CASE WHEN item = ${literal(test.value.value, test.ref, scaleOf(test.ref, writing))} THEN 1 ELSE 0 END)`,
              writing,
            )
          : lookup(
              [itemsJoin('t', test.ref, writing)],
              `${scaled('t.item', scaleOf(test.ref, writing), scale)} = ${term(test.value, test.ref, writing, scale)}`,
              writing,
            );
      return and([filled(test.ref, writing), filledTerm(test.value, writing), either(found, test.holds)]);
    }
    case 'containsAny':
    case 'containsAll':
      return containsSome(test, writing);
    case 'sizeAtLeast':
    case 'sizeAtMost': {
      const size = scaled(sizeOf(test.ref, writing), 0, scaleOf(test.size, writing));
      const comparison = test.kind === 'sizeAtLeast' ? (test.holds ? '>=' : '<') : test.holds ? '<=' : '>';
      const to =
        test.size.kind === 'literal'
          ? inScale(test.size.value as number, scaleOf(test.size, writing))
          : plus(test.size, writing, scaleOf(test.size, writing));
      return and([filled(test.ref, writing), filledTerm(test.size, writing), `${size} ${comparison} ${to}`]);
    }
    case 'startsWith': {
      const begins =
        test.text.kind === 'literal'
          ? `SUBSTR(${value(test.ref, writing)}, 1, ${String(test.text.value).length}) = ${text(String(test.text.value))}`
          : `SUBSTR(${value(test.ref, writing)}, 1, LENGTH(${value(test.text.ref, writing)})) = ${value(test.text.ref, writing)}`;
      return and([filled(test.ref, writing), filledTerm(test.text, writing), either(begins, test.holds)]);
    }
    case 'paired': {
      const [one, two] = [value(test.ref, writing), value(test.with, writing)];
      const columnOnes = new Map<string, Set<string>>();
      for (const [columnOne, columnTwo] of test.pairs)
        columnOnes.set(columnTwo, (columnOnes.get(columnTwo) ?? new Set()).add(text(columnOne)));
      const found = [...columnOnes].map(
        ([columnTwo, those]) => `(${two} = ${text(columnTwo)} AND ${one} IN (${[...those].join(', ')}))`,
      );
      return and([
        filled(test.ref, writing),
        filled(test.with, writing),
        either(found.length === 0 ? '1 = 0' : found.join(' OR '), test.holds),
      ]);
    }
    default:
      return never(test);
  }
}

const comparisons: Readonly<Record<Comparison, string>> = {
  equal: '=',
  notEqual: '<>',
  less: '<',
  atMost: '<=',
  atLeast: '>=',
  more: '>',
};

export function and(conditions: readonly string[]): string {
  const asked = conditions.filter((it) => it !== '1 = 1');
  if (asked.includes('1 = 0')) return '1 = 0';
  return asked.length === 0
    ? '1 = 1'
    : asked.length === 1
      ? asked[0]!
      : `(${[...new Set(asked)].join(' AND ')})`;
}

function either(condition: string, holds: boolean): string {
  return holds ? `(${condition})` : `NOT (${condition})`;
}

// ------------------------------------------------------------------------------------- what is there

/** That the value was supplied, or could be computed. */
function known(ref: Ref, { names, period }: Writing): string {
  switch (ref.kind) {
    case 'figure':
      return figureIsThere(ref.name, period) ? `g.${figureColumn(ref.name)}_known = 1` : '1 = 0';
    case 'units':
      return period.timeRule ? `COALESCE(${ref.of === 'other' ? 'ou' : 'lu'}.known, 1) = 1` : '1 = 1';
    case 'field': {
      const { section } = names.field(ref.path);
      if (section === 'visit' || section === 'line') return '1 = 1';
      // A prior visit is there only where prior visits were supplied.
      if (section === 'priorVisits') return '1 = 1';
      return `${aliases[ref.of]}.${suppliedColumn(section)} = TRUE`;
    }
  }
}

function emptyIfKnown(ref: Ref, writing: Writing): string {
  if (!ref.list) return `${value(ref, writing)} IS NULL`;
  if (ref.kind !== 'field') throw new Error('a figure is never a list');
  return writing.names.field(ref.path).absentMeansNone ? '1 = 0' : `${sizeOf(ref, writing)} = 0`;
}

/** Known and not empty; a column is NULL where its section was not supplied. */
function filled(ref: Ref, writing: Writing): string {
  if (ref.kind === 'figure' && !figureIsThere(ref.name, writing.period)) return '1 = 0';
  if (!ref.list) {
    const isThere = `${value(ref, writing)} IS NOT NULL`;
    return ref.kind === 'figure' ? and([known(ref, writing), isThere]) : isThere;
  }
  if (ref.kind !== 'field') throw new Error('a figure is never a list');
  return writing.names.field(ref.path).absentMeansNone
    ? known(ref, writing)
    : and([known(ref, writing), `${sizeOf(ref, writing)} > 0`]);
}

function filledTerm(of: Term, writing: Writing): string {
  return of.kind === 'literal' ? '1 = 1' : filled(of.ref, writing);
}

// ------------------------------------------------------------------------------------- values

const timeFigures = ['visit.timedMinutes', 'visit.supportableUnits', 'visit.billedTimedUnits'];

function figureIsThere(name: string, { timeRule, figures }: PlainPeriod): boolean {
  return timeFigures.includes(name) ? timeRule !== null : figures.some((figure) => figure.name === name);
}

/** The columns of a figure are this and `_known`. */
export function figureColumn(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9]+/g, '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function scaleOf(of: Ref | Term | Terms, { names, period }: Writing): Scale {
  return scaleOfAny(of, { fields: names.byPath, period });
}

function scaled(sql: string, from: Scale, to: Scale): string {
  return from === to ? sql : `${sql} * 1000`;
}

/** The column of a value; numbers in the asked scale. */
export function value(ref: Ref, writing: Writing, scale: Scale = scaleOf(ref, writing)): string {
  return scaled(column(ref, writing), scaleOf(ref, writing), scale);
}

function column(ref: Ref, { names, period }: Writing): string {
  switch (ref.kind) {
    case 'figure':
      return figureIsThere(ref.name, period) ? `g.${figureColumn(ref.name)}` : 'CAST(NULL AS INTEGER)';
    case 'units':
      return period.timeRule ? `${ref.of === 'other' ? 'ou' : 'lu'}.units` : 'CAST(NULL AS INTEGER)';
    case 'field':
      return `${aliases[ref.of]}.${names.of(ref.path)}`;
  }
}

function term(of: Term, beside: Ref, writing: Writing, scale: Scale = scaleOf(beside, writing)): string {
  return of.kind === 'literal' ? literal(of.value, beside, scale) : plus(of, writing, scale);
}

function plus(of: Extract<Term, { kind: 'ref' }>, writing: Writing, scale: Scale): string {
  const own = value(of.ref, writing, scale);
  if (of.plus === 0) return own;
  const added = of.ref.scalar === 'date' ? of.plus : inScale(of.plus, scale);
  return `(${own} + ${added})`;
}

export function literal(of: string | number | boolean, beside: Pick<Ref, 'scalar'>, scale: Scale): string {
  if (typeof of === 'boolean') return of ? 'TRUE' : 'FALSE';
  if (typeof of === 'number') return String(inScale(of, scale));
  return beside.scalar === 'date' ? day(of) : text(of);
}

/** A day as its number since 1970-01-01, with the day beside it for who reads. */
export function day(iso: string): string {
  return `${parseDay(iso)!} /* ${iso} */`;
}

// ------------------------------------------------------------------------------------- lists and other rows

const ownerOf: Readonly<Record<'visit' | 'line' | 'other' | 'prior', Owner>> = {
  visit: 'visit',
  line: 'line',
  other: 'line',
  prior: 'prior',
};

/** A column of the summary of a list; 0 for a row without items. */
function listColumn(ref: Ref, sql: string, { asked }: Writing): string {
  if (ref.kind !== 'field') throw new Error('a figure is never a list');
  const key = `${ref.path} ${sql}`;
  const found = asked.lists.get(key) ?? { path: ref.path, column: `item_${asked.lists.size + 1}`, sql };
  asked.lists.set(key, found);
  return `${aliases[ref.of]}.${found.column} = 1`;
}

export function sizeColumn(path: string, names: InputNames): string {
  return `${names.of(path)}_size`;
}

function sizeOf(ref: Ref, { names }: Writing): string {
  if (ref.kind !== 'field') throw new Error('a figure is never a list');
  return `${aliases[ref.of]}.${sizeColumn(ref.path, names)}`;
}

function itemsJoin(alias: string, ref: Ref, { names }: Writing): string {
  if (ref.kind !== 'field') throw new Error('a figure is never a list');
  const { keys } = tables[ownerOf[ref.of]];
  const on = keys.map((key) => `${alias}.${key} = ${aliases[ref.of]}.${key}`).join(' AND ');
  return `JOIN ${names.of(ref.path)} ${alias} ON ${on}`;
}

/** Whether a row has a match in other tables. */
function lookup(joins: readonly string[], where: string, writing: Writing): string {
  const { subject } = writing;
  const { name } = ask(JSON.stringify([subject, joins, where]), writing, (own) => ({
    kind: 'match',
    name: own,
    subject,
    joins,
    where,
  }));
  return `${name}.encounter_id IS NOT NULL`;
}

function ask(key: string, { asked, uses }: Writing, make: (name: string) => Question): Question {
  const found = asked.questions.get(key) ?? make(`${asked.prefix}_${asked.questions.size + 1}`);
  asked.questions.set(key, found);
  uses.add(found);
  return found;
}

function itemsOf(of: Extract<Terms, { kind: 'literals' }>, ref: Ref, scale: Scale): string {
  return [...new Set(of.values.map((item) => literal(item, ref, scale)))].join(', ');
}

function oneOf(test: Extract<PlainTest, { kind: 'oneOf' }>, writing: Writing): string {
  const { ref, of, holds } = test;
  if (of.kind === 'literals') {
    const scale = commonScale(scaleOf(ref, writing), scaleOf(of, writing));
    if (of.values.length === 0) return holds ? '1 = 0' : filled(ref, writing);
    const asked = `${value(ref, writing, scale)} ${holds ? 'IN' : 'NOT IN'} (${itemsOf(of, ref, scale)})`;
    return and([filled(ref, writing), asked]);
  }
  const scale = commonScale(scaleOf(ref, writing), scaleOf(of.ref, writing));
  const found = lookup(
    [itemsJoin('t', of.ref, writing)],
    `${scaled('t.item', scaleOf(of.ref, writing), scale)} = ${value(ref, writing, scale)}`,
    writing,
  );
  return and([filled(ref, writing), filled(of.ref, writing), either(found, holds)]);
}

function containsSome(
  test: Extract<PlainTest, { kind: 'containsAny' | 'containsAll' }>,
  writing: Writing,
): string {
  const { kind, ref, of, holds } = test;
  const all = kind === 'containsAll';
  const scale = scaleOf(ref, writing);
  if (of.kind === 'literals') {
    if (of.values.length === 0) return all === holds ? filled(ref, writing) : '1 = 0';
    const items = itemsOf(of, ref, scale);
    const howMany = new Set(of.values).size;
    const found = all
      ? `CASE WHEN COUNT(DISTINCT CASE WHEN item IN (${items}) THEN item END) = ${howMany} THEN 1 ELSE 0 END`
      : `MAX(CASE WHEN item IN (${items}) THEN 1 ELSE 0 END)`;
    return and([filled(ref, writing), either(listColumn(ref, found, writing), holds)]);
  }
  const common = commonScale(scale, scaleOf(of.ref, writing));
  const same = `${scaled('t.item', scale, common)} = ${scaled('u.item', scaleOf(of.ref, writing), common)}`;
  const wanted = itemsJoin('u', of.ref, writing);
  const found = all
    ? // One that is wanted and not in the list.
      lookup([wanted, `LEFT ${itemsJoin('t', ref, writing)} AND ${same}`], 't.item IS NULL', writing)
    : lookup([wanted, itemsJoin('t', ref, writing)], same, writing);
  return and([filled(ref, writing), filled(of.ref, writing), either(found, all !== holds)]);
}

function overOthers(kind: 'someOther' | 'everyOther', test: PlainTest, writing: Writing): string {
  const isOfVisit = writing.subject === 'visit' || writing.subject === 'visit-pair';
  const subject = isOfVisit ? 'visit-pair' : 'pair';
  const { name } = ask(JSON.stringify([subject, kind, test]), writing, (own) => ({
    kind,
    name: own,
    subject,
    test,
  }));
  // Without another line there is none for which it holds, and it holds for every one.
  return `COALESCE(${name}.answer, ${kind === 'someOther' ? 0 : 1}) = 1`;
}
