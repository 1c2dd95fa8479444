import { parseDay } from '../base/calendar-date.ts';
import { never } from '../base/never.ts';
import type { Comparison, FieldSection, PlainField, PlainPeriod } from '../intermediate/form.ts';
import type { PlainProgram, PlainTest, Ref, Term, Terms } from '../intermediate/form.ts';
import { commonScale, inScale, scaleOf as scaleOfAny } from './scale.ts';
import type { Scale } from './scale.ts';

/** How a language of expressions says the few things that tests are made of; every part is an expression of it. */
export interface ExpressionDialect {
  /** Numbers with decimal places as they are, or in whole thousandths where the language would compute with floats. */
  readonly decimals: 'exact' | 'thousandths';
  readonly always: (value: boolean) => string;
  /** Of two parts at least; stops at the first that decides. */
  readonly and: (parts: readonly string[]) => string;
  readonly or: (parts: readonly string[]) => string;
  readonly not: (part: string) => string;
  readonly choose: (test: string, then: string, otherwise: string) => string;
  readonly text: (value: string) => string;
  readonly isEmpty: (value: string) => string;
  readonly isThere: (value: string) => string;
  readonly compare: (left: string, is: Comparison, right: string) => string;
  readonly list: (items: readonly string[]) => string;
  /** The list holds the value. */
  readonly holds: (list: string, value: string) => string;
  readonly size: (list: string) => string;
  readonly startsWith: (text: string, beginning: string) => string;
  readonly distance: (one: string, two: string) => string;
  readonly some: (list: string, as: string, test: string) => string;
  readonly every: (list: string, as: string, test: string) => string;
}

/** A value, and whether it was supplied, or could be computed. The value is null where it is unknown, too. */
export interface Sought {
  readonly known: string;
  readonly value: string;
}

/**
 * Where a test is written. The names in scope: `encounter`, `lines` with a `position` each, `line` where `item` says so,
 * `other` within tests over other lines, `prior` in figures over prior visits.
 */
export interface Writing {
  readonly dialect: ExpressionDialect;
  readonly fields: ReadonlyMap<string, PlainField>;
  readonly period: PlainPeriod;
  readonly item: 'line' | 'prior' | null;
  readonly figure: (name: string) => Sought;
  readonly units: (of: 'line' | 'other') => Sought;
}

/** A path as one name of letters, digits and underscores, no two alike; none is a word of a language. */
export function nameOf(path: string): string {
  const [section, ...rest] = path.split('.');
  return `${section!}_${rest.join('.').replaceAll(/[^a-zA-Z0-9]/g, (sign) => `_${sign.codePointAt(0)!.toString(16)}_`)}`;
}

export function suppliedName(section: FieldSection): string {
  return `${section}_supplied`;
}

/** Sections that may be missing and that anything rests on; a figure may count prior visits without reading any field of them. */
export function sectionsRead({ fields, policies }: PlainProgram): readonly FieldSection[] {
  const read = new Set(fields.map(({ section }) => section));
  if (policies.some(({ periods }) => periods.some(({ figures }) => figures.some(isOverPrior))))
    read.add('priorVisits');
  return [...read].filter((section) => section !== 'visit' && section !== 'line');
}

const isOverPrior = ({ over }: PlainPeriod['figures'][number]) => over === 'priorVisits';

/** A test as an expression that is true or false and never null: whether a value is there is asked before it is compared. */
export function writePlainTest(test: PlainTest, writing: Writing): string {
  const { dialect } = writing;
  const asked = (refs: readonly (Ref | null)[], question: string, holds = true) =>
    and(
      [
        ...refs.flatMap((ref) => (ref ? [filled(ref, writing)] : [])),
        holds ? question : dialect.not(question),
      ],
      dialect,
    );
  switch (test.kind) {
    case 'always':
      return dialect.always(test.value);
    case 'all':
      return and(
        test.tests.map((one) => writePlainTest(one, writing)),
        dialect,
      );
    case 'any':
      return or(
        test.tests.map((one) => writePlainTest(one, writing)),
        dialect,
      );
    case 'known':
      return seek(test.ref, writing).known;
    case 'empty': {
      const { known, value } = seek(test.ref, writing);
      return and([known, dialect.isEmpty(value)], dialect);
    }
    case 'filled':
      return filled(test.ref, writing);
    case 'someOther':
    case 'everyOther': {
      const inner = writePlainTest(test.test, writing);
      const isSelf =
        writing.item === 'line' ? dialect.compare('other.position', 'equal', 'line.position') : null;
      if (test.kind === 'everyOther')
        return dialect.every('lines', 'other', isSelf ? or([isSelf, inner], dialect) : inner);
      return dialect.some('lines', 'other', isSelf ? and([dialect.not(isSelf), inner], dialect) : inner);
    }
    case 'compare': {
      const scale = commonScale(scaleOf(test.ref, writing), scaleOf(test.to, writing));
      const right = term(test.to, test.ref, scale, writing);
      return asked(
        [test.ref, refOf(test.to)],
        dialect.compare(value(test.ref, scale, writing), test.is, right),
      );
    }
    case 'within': {
      const far = dialect.distance(value(test.ref, 0, writing), term(test.to, test.ref, 0, writing));
      const is = test.holds ? 'atMost' : 'more';
      return asked([test.ref, refOf(test.to)], dialect.compare(far, is, String(test.days)));
    }
    case 'oneOf': {
      const scale = commonScale(scaleOf(test.ref, writing), scaleOf(test.of, writing));
      const found = among(
        terms(test.of, test.ref, scale, writing),
        test.of.kind === 'ref' ? scaleOf(test.of, writing) : scale,
        value(test.ref, scale, writing),
        scale,
        dialect,
      );
      return asked([test.ref, refOf(test.of)], found, test.holds);
    }
    case 'contains': {
      const own = scaleOf(test.ref, writing);
      const scale = commonScale(own, scaleOf(test.value, writing));
      const wanted = term(test.value, test.ref, scale, writing);
      const found = among(path(test.ref, writing), own, wanted, scale, dialect);
      return asked([test.ref, refOf(test.value)], found, test.holds);
    }
    case 'containsAny':
    case 'containsAll': {
      const own = scaleOf(test.ref, writing);
      const scale = commonScale(own, scaleOf(test.of, writing));
      const from = test.of.kind === 'ref' ? scaleOf(test.of, writing) : scale;
      const isIn = among(path(test.ref, writing), own, times('wanted', from, scale), scale, dialect);
      const found = dialect[test.kind === 'containsAny' ? 'some' : 'every'](
        terms(test.of, test.ref, scale, writing),
        'wanted',
        isIn,
      );
      return asked([test.ref, refOf(test.of)], found, test.holds);
    }
    case 'sizeAtLeast':
    case 'sizeAtMost': {
      const scale = scaleOf(test.size, writing);
      const size = times(dialect.size(path(test.ref, writing)), 0, scale);
      const is = test.kind === 'sizeAtLeast' ? 'atLeast' : 'atMost';
      const found = dialect.compare(size, is, term(test.size, number, scale, writing));
      return asked([test.ref, refOf(test.size)], found, test.holds);
    }
    case 'startsWith': {
      const beginning = term(test.text, test.ref, 0, writing);
      const found = dialect.startsWith(path(test.ref, writing), beginning);
      return asked([test.ref, refOf(test.text)], found, test.holds);
    }
    case 'paired': {
      const [one, two] = [path(test.ref, writing), path(test.with, writing)];
      const columnOnes = new Map<string, Set<string>>();
      for (const [columnOne, columnTwo] of test.pairs)
        columnOnes.set(columnTwo, (columnOnes.get(columnTwo) ?? new Set()).add(dialect.text(columnOne)));
      const found = [...columnOnes].map(([columnTwo, those]) =>
        dialect.and([
          dialect.compare(two, 'equal', dialect.text(columnTwo)),
          dialect.holds(dialect.list([...those]), one),
        ]),
      );
      return asked([test.ref, test.with], or(found, dialect), test.holds);
    }
    default:
      return never(test);
  }
}

const number = { scalar: 'number' } as const;

/** Some parts, without those that say nothing. */
export function and(parts: readonly string[], dialect: ExpressionDialect): string {
  const left = [...new Set(parts)].filter((part) => part !== dialect.always(true));
  if (left.length === 0) return dialect.always(true);
  return left.length === 1 ? left[0]! : dialect.and(left);
}

function or(parts: readonly string[], dialect: ExpressionDialect): string {
  if (parts.length === 0) return dialect.always(false);
  return parts.length === 1 ? parts[0]! : dialect.or(parts);
}

export function seek(ref: Ref, { dialect, fields, figure, units, period }: Writing): Sought {
  const always = dialect.always(true);
  switch (ref.kind) {
    case 'figure':
      return figure(ref.name);
    case 'units':
      return period.timeRule ? units(ref.of) : { known: always, value: 'null' };
    case 'field': {
      const { section } = fields.get(ref.path)!;
      const owner = ref.of === 'visit' ? 'encounter' : ref.of;
      // A prior visit is there only where prior visits were supplied.
      const isAlways = section === 'visit' || section === 'line' || section === 'priorVisits';
      return {
        known: isAlways ? always : `${owner}.${suppliedName(section)}`,
        value: `${owner}.${nameOf(ref.path)}`,
      };
    }
  }
}

const path = (ref: Ref, writing: Writing) => seek(ref, writing).value;
const filled = (ref: Ref, writing: Writing) => writing.dialect.isThere(path(ref, writing));
const refOf = (of: Term | Terms): Ref | null => (of.kind === 'ref' ? of.ref : null);

function scaleOf(of: Ref | Term | Terms, writing: Writing): Scale {
  return writing.dialect.decimals === 'thousandths' ? scaleOfAny(of, writing) : 0;
}

const times = (expression: string, from: Scale, to: Scale) =>
  from === to ? expression : `(${expression} * 1000)`;

const value = (ref: Ref, scale: Scale, writing: Writing) =>
  times(path(ref, writing), scaleOf(ref, writing), scale);

/** That a list, whose numbers are in a scale of their own, holds the value, which is in the common one. */
function among(list: string, from: Scale, wanted: string, scale: Scale, dialect: ExpressionDialect): string {
  if (from === scale) return dialect.holds(list, wanted);
  return dialect.some(list, 'listed', dialect.compare(times('listed', from, scale), 'equal', wanted));
}

function term(of: Term, beside: Pick<Ref, 'scalar'>, scale: Scale, writing: Writing): string {
  if (of.kind === 'literal') return literal(of.value, beside, scale, writing);
  const own = value(of.ref, scale, writing);
  if (of.plus === 0) return own;
  return `(${own} + ${of.ref.scalar === 'date' ? `(${of.plus})` : `(${inScale(of.plus, scale)})`})`;
}

function terms(of: Terms, beside: Ref, scale: Scale, writing: Writing): string {
  if (of.kind === 'ref') return path(of.ref, writing);
  const items = new Set(of.values.map((one) => literal(one, beside, scale, writing)));
  return writing.dialect.list([...items]);
}

function literal(
  of: string | number | boolean,
  { scalar }: Pick<Ref, 'scalar'>,
  scale: Scale,
  { dialect }: Writing,
): string {
  if (typeof of === 'boolean') return String(of);
  if (typeof of === 'number') return String(inScale(of, scale));
  return scalar === 'date' ? String(parseDay(of)!) : dialect.text(of);
}
