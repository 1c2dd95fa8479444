import { formatDay, parseDay } from '../base/calendar-date.ts';
import { decimal } from '../base/decimal.ts';
import { calculate, timeFigures } from '../evaluate/derive.ts';
import type { TimedLine } from '../evaluate/derive.ts';
import { decide, graver } from '../evaluate/verdict.ts';
import type { Answer, LineAnswer } from './answer.ts';
import type { DocumentValue, Input, InputValues } from './document.ts';
import type {
  PlainFigure,
  PlainPeriod,
  PlainProgram,
  Ref,
  PlainRule,
  Term,
  Terms,
  PlainTest,
  PlainTimeRule,
} from './form.ts';

/** `undefined` = never supplied, null = empty. */
type Found = DocumentValue | undefined;

interface Situation {
  readonly input: Input;
  readonly figures: ReadonlyMap<string, Found>;
  readonly units: readonly Found[];
  /** Position of the judged or counted line, null for the visit. */
  readonly index: number | null;
  /** The counted prior visit. */
  readonly item: InputValues | null;
  readonly other: number | null;
}

/**
 * The intermediate form, read word for word: what every export must answer.
 * It is slow and plain, and proven equal to the evaluators of the workbench on random policies and encounters.
 */
export function judgePlain(program: PlainProgram, input: Input): Answer {
  const inForce = periodsInForce(program, input);
  const judged = inForce.map((period) => judgePeriod(period, input));
  const subjects = (index: number | null) => {
    const rules = judged.flatMap((one) => (index === null ? one.visit : one.lines[index]!));
    const violated = rules.filter(({ outcome }) => outcome === 'violated').map(({ rule }) => rule);
    const undetermined = rules.filter(({ outcome }) => outcome === 'undetermined').map(({ rule }) => rule);
    return {
      decision: decide(violated, undetermined.length > 0),
      violated: violated.map(({ id }) => id).toSorted(),
      undetermined: undetermined.map(({ id }) => id).toSorted(),
    };
  };
  const lines = input.lines.map((_, index): LineAnswer => {
    const { decision, violated, undetermined } = subjects(index);
    const units = judged.map((one) => one.units[index]).filter((it) => typeof it === 'number');
    const supportableUnits = units.length === 0 ? null : Math.min(...units);
    return { line: index + 1, decision, supportableUnits, violated, undetermined };
  });
  const { decision, ...visit } = subjects(null);
  return {
    decision: lines.reduce((gravest, line) => graver(gravest, line.decision), decision),
    lines,
    visit,
  };
}

function periodsInForce({ policies }: PlainProgram, { day, payer }: Input): readonly PlainPeriod[] {
  const found = policies.flatMap((policy) => {
    if (policy.payers !== null && !policy.payers.includes(payer)) return [];
    const period = policy.periods.find(({ from, to }) => from <= day && (to === null || day <= to));
    return period ? [{ policy, period }] : [];
  });
  const replaced = new Set(found.map(({ policy }) => policy.replaces));
  return found.filter(({ policy }) => !replaced.has(policy.id)).map(({ period }) => period);
}

interface Outcome {
  readonly rule: PlainRule;
  readonly outcome: 'not-applicable' | 'met' | 'violated' | 'undetermined';
}

function judgePeriod(period: PlainPeriod, input: Input) {
  const timed = unitsOf(period.timeRule, input);
  const base: Situation = { input, ...timed, index: null, item: null, other: null };
  // A figure of `derive:` may read the figures of the time rule, and no other.
  const figures = new Map([
    ...timed.figures,
    ...period.figures.map((figure) => [figure.name, figureOf(figure, base)] as const),
  ]);
  const judge = (scope: 'line' | 'visit', index: number | null) =>
    period.rules
      .filter((rule) => rule.scope === scope)
      .map((rule): Outcome => ({ rule, outcome: outcomeOf(rule, { ...base, figures, index }) }));
  return {
    units: timed.units,
    lines: input.lines.map((_, index) => judge('line', index)),
    visit: judge('visit', null),
  };
}

function outcomeOf({ applies, met }: PlainRule, situation: Situation): Outcome['outcome'] {
  if (holds(applies.fails, situation)) return 'not-applicable';
  if (!holds(applies.holds, situation)) return 'undetermined';
  if (holds(met.holds, situation)) return 'met';
  return holds(met.fails, situation) ? 'violated' : 'undetermined';
}

function unitsOf(rule: PlainTimeRule | null, { lines }: Input): Pick<Situation, 'figures' | 'units'> {
  if (!rule) return { figures: new Map(), units: lines.map(() => null) };
  const timed = lines.flatMap((line, index): TimedLine[] => {
    const code = line.get('line.code') as string;
    if (!rule.codes.includes(code)) return [];
    const minutes = line.get('record.minutes') as number | null | undefined;
    return [{ index, code, billed: (line.get('line.units') ?? null) as number | null, minutes }];
  });
  const { visit, lines: units } = timeFigures(rule, timed, lines.length);
  const names = ['visit.timedMinutes', 'visit.supportableUnits', 'visit.billedTimedUnits'];
  return { figures: new Map(names.map((name, at) => [name, visit[at]])), units };
}

function figureOf({ over, where, ref, calculation }: PlainFigure, situation: Situation): Found {
  const items =
    over === 'lines'
      ? situation.input.lines.map((_, index) => ({ ...situation, index }))
      : situation.input.prior?.map((item) => ({ ...situation, item }));
  if (!items) return undefined;
  let count = 0;
  const values: (string | number | boolean)[] = [];
  for (const item of items) {
    if (where && holds(where.fails, item)) continue;
    if (where && !holds(where.holds, item)) return undefined;
    count += 1;
    if (!ref) continue;
    const value = valueOf(ref, item);
    if (value === undefined) return undefined;
    if (value !== null)
      values.push(ref.scalar === 'date' ? dayNumber(value) : (value as string | number | boolean));
  }
  const result = calculate(calculation, count, values);
  const isDay = ref?.scalar === 'date' && calculation !== 'countDistinct' && typeof result === 'number';
  return isDay ? formatDay(result) : result;
}

function holds(test: PlainTest, situation: Situation): boolean {
  switch (test.kind) {
    case 'always':
      return test.value;
    case 'all':
      return test.tests.every((one) => holds(one, situation));
    case 'any':
      return test.tests.some((one) => holds(one, situation));
    case 'someOther':
      return others(situation).some((other) => holds(test.test, { ...situation, other }));
    case 'everyOther':
      return others(situation).every((other) => holds(test.test, { ...situation, other }));
    case 'known':
      return valueOf(test.ref, situation) !== undefined;
    case 'empty':
      return valueOf(test.ref, situation) === null;
    case 'filled':
      return valueOf(test.ref, situation) != null;
    default:
      return atomHolds(test, situation);
  }
}

type Atom = Exclude<
  PlainTest,
  { kind: 'always' | 'all' | 'any' | 'someOther' | 'everyOther' | 'known' | 'empty' | 'filled' }
>;
type Items = readonly (string | number)[];

function atomHolds(test: Atom, situation: Situation): boolean {
  const value = valueOf(test.ref, situation);
  if (value == null) return false;
  /** With the right side, where there is one; false where it is not there. */
  const withTerm = (term: Term, ask: (right: string | number | boolean) => boolean) => {
    const right = termOf(term, situation);
    return right != null && ask(right);
  };
  const withTerms = (terms: Terms, ask: (right: Items) => boolean) => {
    const right = terms.kind === 'literals' ? terms.values : valueOf(terms.ref, situation);
    return right != null && ask(right as Items);
  };
  switch (test.kind) {
    case 'compare':
      return withTerm(test.to, (right) => compare(value as string, right as string, test.is));
    case 'oneOf':
      return withTerms(test.of, (right) => right.includes(value as string) === test.holds);
    case 'within':
      return withTerm(
        test.to,
        (right) => Math.abs(dayNumber(value) - dayNumber(right)) <= test.days === test.holds,
      );
    case 'contains':
      return withTerm(test.value, (right) => (value as Items).includes(right as string) === test.holds);
    case 'containsAny':
      return withTerms(
        test.of,
        (right) => right.some((item) => (value as Items).includes(item)) === test.holds,
      );
    case 'containsAll':
      return withTerms(
        test.of,
        (right) => right.every((item) => (value as Items).includes(item)) === test.holds,
      );
    case 'sizeAtLeast':
      return withTerm(test.size, (right) => (value as Items).length >= (right as number) === test.holds);
    case 'sizeAtMost':
      return withTerm(test.size, (right) => (value as Items).length <= (right as number) === test.holds);
    case 'startsWith':
      return withTerm(test.text, (right) => (value as string).startsWith(right as string) === test.holds);
    case 'paired': {
      const other = valueOf(test.with, situation);
      return other != null && test.pairs.some(([one, two]) => one === value && two === other) === test.holds;
    }
  }
}

function compare(
  left: string | number,
  right: string | number,
  is: Extract<PlainTest, { kind: 'compare' }>['is'],
) {
  switch (is) {
    case 'equal':
      return left === right;
    case 'notEqual':
      return left !== right;
    case 'less':
      return left < right;
    case 'atMost':
      return left <= right;
    case 'atLeast':
      return left >= right;
    case 'more':
      return left > right;
  }
}

function termOf(term: Term, situation: Situation): string | number | boolean | null | undefined {
  if (term.kind === 'literal') return term.value;
  const value = valueOf(term.ref, situation) as string | number | boolean | null | undefined;
  if (value == null || term.plus === 0) return value;
  return term.ref.scalar === 'date'
    ? formatDay(dayNumber(value) + term.plus)
    : decimal((value as number) + term.plus);
}

function valueOf(ref: Ref, { input, figures, units, index, item, other }: Situation): Found {
  switch (ref.kind) {
    case 'figure':
      return figures.get(ref.name);
    case 'units':
      return units[(ref.of === 'other' ? other : index) ?? -1];
    case 'field':
      if (ref.of === 'visit') return input.visit.get(ref.path);
      if (ref.of === 'prior') return item?.get(ref.path);
      return input.lines[(ref.of === 'other' ? other : index) ?? -1]?.get(ref.path);
  }
}

function others({ input, index }: Situation): readonly number[] {
  return input.lines.map((_, at) => at).filter((at) => at !== index);
}

function dayNumber(value: DocumentValue): number {
  return parseDay(value as string)!;
}
