import type { PlainField, PlainFigure, PlainPeriod, PlainPolicy } from '../intermediate/form.ts';
import type { PlainProgram, PlainRule, PlainTest } from '../intermediate/form.ts';
import { and, seek, suppliedName, writePlainTest } from './write-plain-test.ts';
import type { ExpressionDialect, Sought, Writing } from './write-plain-test.ts';

/** One policy in one period; `key` names what is written of it. */
export interface NamedPeriod {
  readonly key: string;
  readonly policy: PlainPolicy;
  readonly period: PlainPeriod;
}

export function namedPeriods({ policies }: PlainProgram): readonly NamedPeriod[] {
  return policies
    .flatMap((policy) => policy.periods.map((period) => ({ policy, period })))
    .map((one, at) => ({ key: `p${at + 1}`, ...one }));
}

/** Where the figures of a period stand, and the units of a line. */
export interface FigurePlaces {
  /** The value; behind `_known` stands whether it is known. */
  readonly figure: (name: string, of: 'time rule' | 'policy') => string;
  readonly units: (of: 'line' | 'other') => Sought;
}

/** How the tests of one period are written, by whose they are. */
export type WritingOf = (item: Writing['item']) => Writing;

export function writingIn(
  { period }: NamedPeriod,
  program: PlainProgram,
  dialect: ExpressionDialect,
  places: FigurePlaces,
): WritingOf {
  const fields: ReadonlyMap<string, PlainField> = new Map(program.fields.map((field) => [field.path, field]));
  const figure = (name: string): Sought => {
    const of = name.startsWith('visit.') ? 'time rule' : 'policy';
    const isThere =
      of === 'time rule' ? period.timeRule !== null : period.figures.some((one) => one.name === name);
    if (!isThere) return { known: dialect.always(false), value: 'null' };
    const value = places.figure(name, of);
    return { known: `${value}_known`, value };
  };
  return (item) => ({ dialect, fields, period, item, figure, units: places.units });
}

/** The outcome of a rule for a line or the visit: one of the four texts. */
export function writeOutcome({ scope, applies, met }: PlainRule, writingOf: WritingOf): string {
  const writing = writingOf(scope === 'line' ? 'line' : null);
  const { choose, not, text } = writing.dialect;
  const test = (of: PlainTest) => writePlainTest(of, writing);
  const ifMet = choose(test(met.fails), text('violated'), text('undetermined'));
  const ifApplies = choose(test(met.holds), text('met'), ifMet);
  const ifMayApply = choose(not(test(applies.holds)), text('undetermined'), ifApplies);
  return choose(test(applies.fails), text('not-applicable'), ifMayApply);
}

/** What a figure is computed from. */
export interface FigureParts {
  readonly list: 'lines' | 'priorVisits';
  /** An item of the list, in the expressions that follow. */
  readonly as: 'line' | 'prior';
  /** That of every item it is known whether it counts, and what its value is. */
  readonly isKnown: string;
  /** That an item counts and, where its value is asked, has one. */
  readonly counts: string;
  /** Null where items are counted only. */
  readonly value: string | null;
}

export function figureParts({ over, ref, where }: PlainFigure, writingOf: WritingOf): FigureParts {
  const [list, as] = over === 'lines' ? (['lines', 'line'] as const) : (['priorVisits', 'prior'] as const);
  const writing = writingOf(as);
  const { dialect } = writing;
  const holds = where ? writePlainTest(where.holds, writing) : dialect.always(true);
  const fails = where ? writePlainTest(where.fails, writing) : dialect.always(false);
  const found = ref && seek(ref, writing);
  const isDecided = dialect.or([fails, and([holds, found?.known ?? dialect.always(true)], dialect)]);
  const isSupplied = over === 'priorVisits' ? [`encounter.${suppliedName('priorVisits')}`] : [];
  return {
    list,
    as,
    isKnown: and([...isSupplied, dialect.every(list, as, isDecided)], dialect),
    counts: and([holds, ...(found ? [dialect.isThere(found.value)] : [])], dialect),
    value: found?.value ?? null,
  };
}
