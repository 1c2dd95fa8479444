import { Operator } from 'json-rules-engine';
import { parseDay } from '../base/calendar-date.ts';
import type { OperatorName } from '../model/operators.ts';

/** What stands for an operator in the engine where it must hold, and where it must fail, for known and non-empty values. */
export interface EngineOperator {
  readonly holds: string;
  readonly fails: string;
}

/** `documented` is missing because it looks at emptiness itself: `to-rules.ts` writes it out. */
export const engineOperators = {
  is: { holds: 'equal', fails: 'notEqual' },
  isNot: { holds: 'notEqual', fails: 'equal' },
  oneOf: { holds: 'in', fails: 'notIn' },
  noneOf: { holds: 'notIn', fails: 'in' },
  lessThan: { holds: 'lessThan', fails: 'greaterThanInclusive' },
  atMost: { holds: 'lessThanInclusive', fails: 'greaterThan' },
  atLeast: { holds: 'greaterThanInclusive', fails: 'lessThan' },
  moreThan: { holds: 'greaterThan', fails: 'lessThanInclusive' },
  // Days are ISO text here, which sorts as the days do.
  before: { holds: 'lessThan', fails: 'greaterThanInclusive' },
  onOrBefore: { holds: 'lessThanInclusive', fails: 'greaterThan' },
  onOrAfter: { holds: 'greaterThanInclusive', fails: 'lessThan' },
  after: { holds: 'greaterThan', fails: 'lessThanInclusive' },
  withinDaysOf: { holds: 'withinDaysOf', fails: 'not:withinDaysOf' },
  includes: { holds: 'contains', fails: 'doesNotContain' },
  excludes: { holds: 'doesNotContain', fails: 'contains' },
  includesAny: { holds: 'someFact:in', fails: 'not:someFact:in' },
  includesAll: { holds: 'everyValue:contains', fails: 'not:everyValue:contains' },
  includesNone: { holds: 'not:someFact:in', fails: 'someFact:in' },
  sizeAtLeast: { holds: 'sizeAtLeast', fails: 'not:sizeAtLeast' },
  sizeAtMost: { holds: 'sizeAtMost', fails: 'not:sizeAtMost' },
  startsWith: { holds: 'startsWith', fails: 'not:startsWith' },
  // The right side is the list of column-one codes that stand beside the other code.
  pairedWith: { holds: 'in', fails: 'notIn' },
} as const satisfies Record<Exclude<OperatorName, 'documented'>, EngineOperator>;

/** Operators whose right side must be a list: text there would be searched for a part, and null would end the run. */
export const listOperators: ReadonlySet<string> = new Set([
  'in',
  'notIn',
  'someFact:in',
  'not:someFact:in',
  'everyValue:contains',
  'not:everyValue:contains',
]);

/** Every operator that a rule may name. */
export const knownOperators: ReadonlySet<string> = new Set(
  Object.values(engineOperators).flatMap(({ holds, fails }) => [holds, fails]),
);

/** The operators that the engine lacks. They stand false where a side is not what they compare. */
export function ownOperators(): readonly Operator[] {
  return [
    operator(
      'sizeAtLeast',
      (value, size) => Array.isArray(value) && typeof size === 'number' && value.length >= size,
    ),
    operator(
      'sizeAtMost',
      (value, size) => Array.isArray(value) && typeof size === 'number' && value.length <= size,
    ),
    operator(
      'startsWith',
      (value, start) => typeof value === 'string' && typeof start === 'string' && value.startsWith(start),
    ),
    operator('withinDaysOf', withinDaysOf),
  ];
}

function operator(name: string, holds: (value: unknown, operand: unknown) => boolean): Operator {
  return new Operator(name, holds);
}

/** The operand is `[day, days]`, the day as ISO text. */
function withinDaysOf(value: unknown, operand: unknown): boolean {
  if (typeof value !== 'string' || !Array.isArray(operand)) return false;
  const [day, days] = operand as [unknown, unknown];
  if (typeof day !== 'string' || typeof days !== 'number') return false;
  const [a, b] = [parseDay(value), parseDay(day)];
  return a !== null && b !== null && a - b <= days && b - a <= days;
}
