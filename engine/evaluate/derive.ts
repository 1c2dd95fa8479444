import { decimal } from '../base/decimal.ts';
import type { FactTable, FactValue, Vocabulary } from '../facts/encounter.ts';
import { allocateUnits, supportableUnits } from '../facts/derived/time-rule.ts';
import type { TimeRuleSettings } from '../facts/derived/time-rule.ts';
import { literalValue } from '../model/bind.ts';
import type { DerivedFigure, Policy, TimeRule } from '../model/policy.ts';
import { compileCondition, compileFact, emptyContext } from './compile-condition.ts';
import type { Context, Layout } from './compile-condition.ts';
import { no, unknown } from './ternary.ts';

type Computed = FactValue | undefined;

/** What a policy computes of an encounter before its rules are asked. */
export interface Figures {
  /** By position in the layout: the time rule's two visit figures and its billed units, then `derive:` in order. */
  readonly visit: readonly Computed[];
  /** Units supported for each line; null = the line is not timed, undefined = its record was not supplied. */
  readonly lines: readonly Computed[];
}

/** The figures of a time rule, in the order in which `Figures.visit` begins. */
export const visitFigures = [
  'visit.timedMinutes',
  'visit.supportableUnits',
  'visit.billedTimedUnits',
] as const;

/** Positions of the figures of a policy in the vector of its figures. */
export function layoutOf(policy: Policy, vocabulary: Vocabulary): Layout {
  const names = [...visitFigures, ...policy.derived.map(({ name }) => `derived.${name}`)];
  return { vocabulary, derived: new Map(names.map((name, index) => [name, index])) };
}

/** The figures of a bound policy as a function of the facts. */
export function compileFigures(policy: Policy, layout: Layout): (table: FactTable) => Figures {
  const units = policy.timeRule ? compileTimeRule(policy.timeRule, layout.vocabulary) : null;
  const figures = policy.derived.map((figure) => compileFigure(figure, layout));
  const nothing: Figures = { visit: [], lines: [] };
  if (!units && figures.length === 0) return () => nothing;
  return (table) => {
    const timed = units
      ? units(table)
      : { visit: [undefined, undefined, undefined], lines: table.lines.map(() => null) };
    if (figures.length === 0) return timed;
    const context = emptyContext();
    context.visit = table.visit;
    context.derived = timed.visit;
    context.supportable = timed.lines;
    return {
      visit: [...timed.visit, ...figures.map((figure) => figure(context, table))],
      lines: timed.lines,
    };
  };
}

/** A line with a timed code; minutes are undefined where its record was not supplied, null where they are empty. */
export interface TimedLine {
  readonly index: number;
  readonly code: string;
  readonly billed: number | null;
  readonly minutes: Computed;
}

/** The settings of a bound time rule, and its timed codes. */
export function timeRuleSettings(rule: TimeRule): TimeRuleSettings & { readonly codes: ReadonlySet<string> } {
  return {
    codes: new Set(literalValue(rule.codes) as readonly string[]),
    method: rule.method,
    minutesPerUnit: rule.minutesPerUnit,
    minimumMinutes: rule.minimumMinutes ? (literalValue(rule.minimumMinutes) as number) : null,
  };
}

function compileTimeRule(rule: TimeRule, vocabulary: Vocabulary): (table: FactTable) => Figures {
  const { codes: timed, ...settings } = timeRuleSettings(rule);
  const [codeSlot, unitsSlot, minutesSlot] = ['line.code', 'line.units', 'record.minutes'].map((path) =>
    vocabulary.slots.get(path)!,
  ) as [number, number, number];
  return (table) => {
    const billed: TimedLine[] = [];
    table.lines.forEach((line, index) => {
      const code = line[codeSlot];
      if (typeof code !== 'string' || !timed.has(code)) return;
      const units = (line[unitsSlot] ?? null) as number | null;
      billed.push({ index, code, billed: units, minutes: line[minutesSlot] });
    });
    return timeFigures(settings, billed, table.lines.length);
  };
}

/** What a time rule computes of the timed lines of an encounter that has so many lines. */
export function timeFigures(
  settings: TimeRuleSettings,
  billed: readonly TimedLine[],
  howManyLines: number,
): Figures {
  const lines: Computed[] = Array.from({ length: howManyLines }, () => null);
  const missing = new Set(billed.filter(({ minutes }) => minutes === undefined).map(({ code }) => code));
  // Without one code's minutes nothing can be said of the total, but other codes stand on their own.
  const decidable =
    settings.method === 'total-time' && missing.size > 0
      ? []
      : billed.filter(({ code }) => !missing.has(code));
  for (const { index } of billed) lines[index] = undefined;
  // What is not documented was not done: an empty field is no minutes.
  const allocation = allocateUnits(
    settings,
    decidable.map(({ code, minutes }) => ({ code, minutes: (minutes as number | null) ?? 0 })),
  );
  supportableUnits(allocation, decidable).forEach((units, position) => {
    lines[decidable[position]!.index] = units;
  });
  const whole = missing.size === 0;
  return {
    visit: [
      whole ? allocation.totalMinutes : undefined,
      whole ? allocation.totalUnits : undefined,
      billed.reduce((sum, { billed: units }) => sum + (units ?? 0), 0),
    ],
    lines,
  };
}

type FigureFunction = (context: Context, table: FactTable) => Computed;

/** Unknown if it is unknown of any item whether it counts, or what its value is; empty values are passed over. */
function compileFigure(figure: DerivedFigure, layout: Layout): FigureFunction {
  const where = figure.where ? compileCondition(figure.where, layout).test : null;
  const get = figure.fact ? compileFact(figure.fact, layout) : null;
  return (context, table) => {
    const items = figure.over === 'lines' ? table.lines : table.prior;
    if (items === null) return undefined;
    let count = 0;
    const values: (string | number | boolean)[] = [];
    for (let i = 0; i < items.length; i += 1) {
      context.line = items[i]!;
      context.index = i;
      const counts = where ? where(context) : 1;
      if (counts === no) continue;
      if (counts === unknown) return undefined;
      count += 1;
      if (!get) continue;
      const value = get(context);
      if (value === undefined) return undefined;
      if (value !== null) values.push(value as string | number | boolean);
    }
    return calculate(figure.calculation, count, values);
  };
}

/** A figure from how many items count and their values. */
export function calculate(
  calculation: DerivedFigure['calculation'],
  count: number,
  values: readonly (string | number | boolean)[],
): Computed {
  switch (calculation) {
    case 'count':
      return count;
    case 'countDistinct':
      return new Set(values).size;
    case 'sum':
      return values.reduce<number>((sum, value) => decimal(sum + (value as number)), 0);
    case 'min':
      return values.length === 0 ? null : Math.min(...(values as number[]));
    case 'max':
      return values.length === 0 ? null : Math.max(...(values as number[]));
  }
}
