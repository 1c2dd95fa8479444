import { never } from '../../base/never.ts';
import type {
  Comparison,
  PlainField,
  PlainPeriod,
  PlainTest,
  Ref,
  Term,
  Terms,
} from '../../intermediate/form.ts';
import * as cql from './expression.ts';
import type { Cql } from './expression.ts';

/** What a test is written in: the period whose figures it reads, and whose it is. */
export interface Writing {
  readonly fields: ReadonlyMap<string, PlainField>;
  readonly period: PlainPeriod;
  /** Begins the names of all definitions of the period: `hns-97530-time from 2019-05-01`. */
  readonly prefix: string;
  readonly subject: 'line' | 'visit' | 'prior';
  /** How many claims' other lines the test stands inside of. */
  readonly depth: number;
}

/** Items of a query have one letter each: L a line, O another one, P a prior visit. */
export const line = cql.alias('L');
export const prior = cql.alias('P');
const otherName = (depth: number) => (depth <= 1 ? 'O' : `O${depth}`);

export const encounter = cql.parameter('Encounter');
export const allLines = cql.definition('Lines');

/** The definitions of a figure: its value, and whether it is known. */
export const figureName = (prefix: string, name: string) => `${prefix}: ${name}`;
export const figureKnownName = (prefix: string, name: string) => `${prefix}: ${name} is known`;

/** For each line of the claim whether its supportable units are known, and how many they are. */
export const unitsName = (prefix: string) => `${prefix}: units`;

const isAlways = (test: Cql, value: boolean) =>
  test.elm.type === 'Literal' && test.elm['value'] === String(value);

/** Every one of the tests, each once, without those that always hold. */
export function every(tests: readonly Cql[]): Cql {
  return joined(tests, true, 'and', cql.all);
}

function joined(
  tests: readonly Cql[],
  neutral: boolean,
  word: string,
  join: (tests: readonly Cql[]) => Cql,
): Cql {
  const flat = tests.flatMap((test) => (test.parts?.word === word ? test.parts.tests : [test]));
  if (flat.some((test) => isAlways(test, !neutral))) return cql.boolean(!neutral);
  const different = new Map(
    flat.filter((test) => !isAlways(test, neutral)).map((test) => [test.text, test] as const),
  );
  return different.size === 0 ? cql.boolean(neutral) : join([...different.values()]);
}

/**
 * A test that is true or false and never null: whether a value is there is asked before it is compared, and
 * `false and null` is false. A value is null where its section was not supplied.
 */
export function writeTest(test: PlainTest, writing: Writing): Cql {
  switch (test.kind) {
    case 'always':
      return cql.boolean(test.value);
    case 'all':
      return every(test.tests.map((one) => writeTest(one, writing)));
    case 'any':
      return joined(
        test.tests.map((one) => writeTest(one, writing)),
        false,
        'or',
        cql.any,
      );
    case 'known':
      return known(test.ref, writing);
    case 'empty':
      return every([known(test.ref, writing), emptyIfKnown(test.ref, writing)]);
    case 'filled':
      return filled(test.ref, writing);
    case 'someOther':
      return cql.exists(others(test.test, writing));
    case 'everyOther':
      return cql.not(cql.exists(others(test.test, writing, (inner) => cql.not(inner))));
    case 'compare':
      return every([
        filled(test.ref, writing),
        filledTerm(test.to, writing),
        compare(value(test.ref, writing), test.is, term(test.to, writing)),
      ]);
    case 'within': {
      const apart = cql.absolute(daysAfter(value(test.ref, writing), term(test.to, writing)));
      const days = cql.number(test.days, 'Integer');
      return every([
        filled(test.ref, writing),
        filledTerm(test.to, writing),
        test.holds ? cql.atMost(apart, days) : cql.more(apart, days),
      ]);
    }
    case 'oneOf':
      return every([
        filled(test.ref, writing),
        filledTerms(test.of, writing),
        either(isAmong(value(test.ref, writing), terms(test.of, test.ref, writing)), test.holds),
      ]);
    case 'contains':
      return every([
        filled(test.ref, writing),
        filledTerm(test.value, writing),
        either(holdsValue(test, writing), test.holds),
      ]);
    case 'containsAny':
    case 'containsAll':
      return every([
        filled(test.ref, writing),
        filledTerms(test.of, writing),
        either(containsSome(test, writing), test.holds),
      ]);
    case 'sizeAtLeast':
    case 'sizeAtMost': {
      const size: Typed = { cql: cql.count(value(test.ref, writing).cql), type: 'Integer' };
      const is = test.kind === 'sizeAtLeast' ? (['atLeast', 'less'] as const) : (['atMost', 'more'] as const);
      return every([
        filled(test.ref, writing),
        filledTerm(test.size, writing),
        compare(size, is[test.holds ? 0 : 1], term(test.size, writing)),
      ]);
    }
    case 'startsWith': {
      const begins = cql.startsWith(value(test.ref, writing).cql, term(test.text, writing).value.cql);
      return every([filled(test.ref, writing), filledTerm(test.text, writing), either(begins, test.holds)]);
    }
    case 'paired':
      return every([
        filled(test.ref, writing),
        filled(test.with, writing),
        either(onePair(test, writing), test.holds),
      ]);
    default:
      return never(test);
  }
}

function either(test: Cql, holds: boolean): Cql {
  if (holds) return test;
  if (isAlways(test, true) || isAlways(test, false)) return cql.boolean(isAlways(test, false));
  return cql.not(test);
}

// ------------------------------------------------------------------------------------------ what is there

const sectionsOfClaim: readonly string[] = ['visit', 'line', 'priorVisits'];
const timeFigures = ['visit.timedMinutes', 'visit.supportableUnits', 'visit.billedTimedUnits'];

/** A figure that the period does not compute is unknown. */
function isComputed(name: string, { timeRule, figures }: PlainPeriod): boolean {
  return timeFigures.includes(name) ? timeRule !== null : figures.some((figure) => figure.name === name);
}

function known(ref: Ref, writing: Writing): Cql {
  const { fields, period, prefix } = writing;
  switch (ref.kind) {
    case 'figure':
      return isComputed(ref.name, period)
        ? cql.definition(figureKnownName(prefix, ref.name))
        : cql.boolean(false);
    case 'units': {
      if (!period.timeRule) return cql.boolean(true);
      const own = cql.alias('U');
      const isOwn = cql.equal(cql.property(own, 'line'), cql.property(owner(ref.of, writing), 'number'));
      const units = cql.definition(unitsName(prefix));
      return cql.exists(cql.query(units, 'U', cql.all([isOwn, cql.property(own, 'known')])));
    }
    case 'field': {
      const { section } = fields.get(ref.path)!;
      if (sectionsOfClaim.includes(section)) return cql.boolean(true);
      return cql.isTrue(cql.property(cql.property(owner(ref.of, writing), section), 'supplied'));
    }
  }
}

/** The boundary lets nothing through without these. */
const neverEmpty: readonly string[] = ['visit.date', 'visit.payer', 'line.code'];

function emptyIfKnown(ref: Ref, writing: Writing): Cql {
  if (ref.kind === 'field' && neverEmpty.includes(ref.path)) return cql.boolean(false);
  const own = value(ref, writing).cql;
  if (!ref.list) return cql.isNull(own);
  return mayBeEmpty(ref, writing) ? cql.not(cql.exists(own)) : cql.boolean(false);
}

/** Known and not empty. A list that may be empty has no items then. */
export function filled(ref: Ref, writing: Writing): Cql {
  if (ref.kind === 'figure' && !isComputed(ref.name, writing.period)) return cql.boolean(false);
  if (ref.kind === 'units' && !writing.period.timeRule) return cql.boolean(false);
  if (ref.kind === 'field' && neverEmpty.includes(ref.path)) return cql.boolean(true);
  if (!ref.list) return cql.isNotNull(value(ref, writing).cql);
  return mayBeEmpty(ref, writing) ? cql.exists(value(ref, writing).cql) : known(ref, writing);
}

function mayBeEmpty(ref: Ref, { fields }: Writing): boolean {
  return ref.kind === 'field' && !fields.get(ref.path)!.absentMeansNone;
}

function filledTerm(of: Term, writing: Writing): Cql {
  return of.kind === 'literal' ? cql.boolean(true) : filled(of.ref, writing);
}

function filledTerms(of: Terms, writing: Writing): Cql {
  return of.kind === 'literals' ? cql.boolean(true) : filled(of.ref, writing);
}

// ------------------------------------------------------------------------------------------------- values

/** A value with its type; of a list, the type of its items. */
export interface Typed {
  readonly cql: Cql;
  readonly type: cql.CqlName;
}

/** A value, and the days that are added to it: they are never added to the day itself, only to a distance. */
interface Shifted {
  readonly value: Typed;
  readonly days: number;
}

export function typeOf(ref: Ref, { fields, period }: Pick<Writing, 'fields' | 'period'>): cql.CqlName {
  switch (ref.scalar) {
    case 'text':
      return 'String';
    case 'boolean':
      return 'Boolean';
    case 'date':
      return 'Date';
    case 'number': {
      if (ref.kind === 'field') return fields.get(ref.path)!.places === 0 ? 'Integer' : 'Decimal';
      const figure = ref.kind === 'figure' ? period.figures.find(({ name }) => name === ref.name) : undefined;
      const isCounted = figure?.calculation === 'count' || figure?.calculation === 'countDistinct';
      return figure?.ref && !isCounted ? typeOf(figure.ref, { fields, period }) : 'Integer';
    }
  }
}

export function value(ref: Ref, writing: Writing): Typed {
  const { fields, period, prefix } = writing;
  const type = typeOf(ref, writing);
  const typed = (own: Cql): Typed => ({ cql: own, type });
  switch (ref.kind) {
    case 'figure':
      return typed(
        isComputed(ref.name, period)
          ? cql.definition(figureName(prefix, ref.name))
          : cql.onlyIf(cql.boolean(false), zeroOf(type), type),
      );
    case 'units': {
      if (!period.timeRule) return typed(cql.onlyIf(cql.boolean(false), zeroOf(type), type));
      const own = cql.alias('U');
      const isOwn = cql.equal(cql.property(own, 'line'), cql.property(owner(ref.of, writing), 'number'));
      const units = cql.definition(unitsName(prefix));
      return typed(cql.min(cql.query(units, 'U', isOwn, cql.property(own, 'units'))));
    }
    case 'field': {
      const { path, section } = fields.get(ref.path)!;
      const name = path.slice(path.indexOf('.') + 1);
      const whose = owner(ref.of, writing);
      const isOwn = section === 'line' || section === 'priorVisits';
      return typed(cql.property(isOwn ? whose : cql.property(whose, section), name));
    }
  }
}

function zeroOf(type: cql.CqlName): Cql {
  switch (type) {
    case 'Boolean':
      return cql.boolean(false);
    case 'String':
      return cql.string('');
    case 'Date':
      return cql.day('2000-01-01');
    default:
      return cql.number(0, type);
  }
}

function owner(of: 'visit' | 'line' | 'other' | 'prior', { depth }: Writing): Cql {
  switch (of) {
    case 'visit':
      return encounter;
    case 'line':
      return line;
    case 'other':
      return cql.alias(otherName(depth));
    case 'prior':
      return prior;
  }
}

function literal(own: string | number | boolean, scalar: Ref['scalar']): Typed {
  if (typeof own === 'boolean') return { cql: cql.boolean(own), type: 'Boolean' };
  if (typeof own === 'string')
    return scalar === 'date' ? { cql: cql.day(own), type: 'Date' } : { cql: cql.string(own), type: 'String' };
  const type = isInteger(own) ? 'Integer' : 'Decimal';
  return { cql: cql.number(own, type), type };
}

/** An Integer of CQL has 32 bits. */
const isInteger = (own: number) => Number.isInteger(own) && Math.abs(own) < 2 ** 31;

function term(of: Term, writing: Writing): Shifted {
  if (of.kind === 'literal')
    // Text that is compared with a day is one: the form has no other.
    return { value: literal(of.value, 'text'), days: 0 };
  const own = value(of.ref, writing);
  if (of.plus === 0) return { value: own, days: 0 };
  if (own.type === 'Date') return { value: own, days: of.plus };
  const type = own.type === 'Integer' && isInteger(of.plus) ? 'Integer' : 'Decimal';
  const added = cql.number(Math.abs(of.plus), type);
  const sum = (of.plus > 0 ? cql.plus : cql.minus)(as(own, type), added);
  return { value: { cql: type === 'Decimal' ? cql.round(sum, 3) : sum, type }, days: 0 };
}

/** As a decimal where that is asked for; said aloud, never left to the engine. */
function as({ cql: own, type }: Typed, wanted: cql.CqlName): Cql {
  if (type === wanted) return own;
  if (own.elm.type === 'Literal') return cql.number(Number(own.elm['value']), 'Decimal');
  return cql.toDecimal(own);
}

/** What both can be compared as. */
function common(left: Typed, right: Typed): cql.CqlName {
  return left.type === 'Decimal' || right.type === 'Decimal' ? 'Decimal' : left.type;
}

const comparisons: Readonly<Record<Comparison, (left: Cql, right: Cql) => Cql>> = {
  equal: cql.equal,
  notEqual: cql.notEqual,
  less: cql.less,
  atMost: cql.atMost,
  atLeast: cql.atLeast,
  more: cql.more,
};

function compare(left: Typed, is: Comparison, to: Shifted): Cql {
  const right = asDay(to, left.type);
  if (right.days !== 0)
    return comparisons[is](cql.daysBetween(right.value.cql, left.cql), cql.number(right.days, 'Integer'));
  const type = common(left, right.value);
  return comparisons[is](as(left, type), as(right.value, type));
}

/** Days from the one day to the other, shifted one. */
function daysAfter(left: Typed, to: Shifted): Cql {
  const right = asDay(to, 'Date');
  const distance = cql.daysBetween(right.value.cql, left.cql);
  if (right.days === 0) return distance;
  return right.days > 0
    ? cql.minus(distance, cql.number(right.days, 'Integer'))
    : cql.plus(distance, cql.number(-right.days, 'Integer'));
}

function asDay(shifted: Shifted, type: cql.CqlName): Shifted {
  const { value: own, days } = shifted;
  if (type !== 'Date' || own.type !== 'String') return shifted;
  return { value: { cql: cql.day(own.cql.elm['value'] as string), type: 'Date' }, days };
}

// ------------------------------------------------------------------------------------------------- lists

/** Null where there is nothing to be among. */
function terms(of: Terms, beside: Ref, writing: Writing): Typed | null {
  if (of.kind === 'ref') return value(of.ref, writing);
  const different = [...new Set(of.values)];
  if (different.length === 0) return null;
  const items = different.map((item) => literal(item, beside.scalar));
  const type = items.some((item) => item.type === 'Decimal') ? 'Decimal' : items[0]!.type;
  return { cql: cql.list(items.map((item) => as(item, type))), type };
}

const itemName = 'X';
const item = cql.alias(itemName);

function isAmong(own: Typed, items: Typed | null): Cql {
  if (!items) return cql.boolean(false);
  if (own.type === items.type) return cql.isIn(own.cql, items.cql);
  if (items.cql.elm.type === 'List' && items.type === 'Integer') {
    const literals = items.cql.elm['element'] as readonly cql.Elm[];
    const decimals = literals.map((one) => cql.number(numberIn(one), 'Decimal'));
    return cql.isIn(own.cql, cql.list(decimals));
  }
  const same = compare({ cql: item, type: items.type }, 'equal', { value: own, days: 0 });
  return cql.exists(cql.query(items.cql, itemName, same));
}

function numberIn(elm: cql.Elm): number {
  return elm.type === 'Negate' ? -numberIn(elm['operand'] as cql.Elm) : Number(elm['value']);
}

function holdsValue({ ref, value: wanted }: Extract<PlainTest, { kind: 'contains' }>, writing: Writing): Cql {
  const items = value(ref, writing);
  const shifted = asDay(term(wanted, writing), items.type);
  if (shifted.days === 0) return isAmong(shifted.value, items);
  return cql.exists(cql.query(items.cql, itemName, compare({ ...items, cql: item }, 'equal', shifted)));
}

function containsSome(
  { kind, ref, of }: Extract<PlainTest, { kind: 'containsAny' | 'containsAll' }>,
  writing: Writing,
): Cql {
  const all = kind === 'containsAll';
  const items = value(ref, writing);
  const wanted = terms(of, ref, writing);
  if (!wanted) return cql.boolean(all);
  if (!all) return cql.exists(cql.query(items.cql, itemName, isAmong({ ...items, cql: item }, wanted)));
  const missing = cql.not(isAmong({ ...wanted, cql: item }, items));
  return cql.not(cql.exists(cql.query(wanted.cql, itemName, missing)));
}

function onePair({ ref, with: other, pairs }: Extract<PlainTest, { kind: 'paired' }>, writing: Writing): Cql {
  const columnTwos = new Map<string, Set<string>>();
  for (const [columnOne, columnTwo] of pairs)
    columnTwos.set(columnOne, (columnTwos.get(columnOne) ?? new Set()).add(columnTwo));
  const [one, two] = [value(ref, writing).cql, value(other, writing).cql];
  const found = [...columnTwos].map(([columnOne, those]) =>
    cql.all([
      cql.equal(one, cql.string(columnOne)),
      cql.isIn(two, cql.list([...those].map((code) => cql.string(code)))),
    ]),
  );
  return found.length === 0 ? cql.boolean(false) : cql.any(found);
}

/** The other lines of the claim (for the visit: all lines) for which a test holds, or what is made of it. */
function others(test: PlainTest, writing: Writing, make: (inner: Cql) => Cql = (inner) => inner): Cql {
  const depth = writing.depth + 1;
  const other = cql.alias(otherName(depth));
  const inner = make(writeTest(test, { ...writing, depth }));
  const isOther = cql.notEqual(cql.property(other, 'number'), cql.property(line, 'number'));
  return cql.query(
    allLines,
    otherName(depth),
    every(writing.subject === 'line' ? [isOther, inner] : [inner]),
  );
}
