import type { FactType, ScalarType } from '../facts/vocabulary.ts';
import type { KnownValue } from './condition.ts';

/**
 * The closed set of operators: which facts each fits, what it is compared with, how it reads, and what it means.
 *
 * `test` is asked only about values that are known and not empty; what missing means is the evaluator's, and is the
 * same for every operator but `documented`, which alone looks at emptiness itself.
 */
export interface Operator {
  /** Which facts it fits. */
  readonly fits: (type: FactType) => boolean;
  /** What its operand is: one value of the fact's type, a list of them, a number, a day with a span, … */
  readonly operand: 'scalar' | 'list' | 'size' | 'boolean' | 'within' | 'pairs';
  /** As it reads in a sentence: "minutes is at least 8". */
  readonly words: string;
  /** As it reads where the sentence is denied. */
  readonly wordsNot: string;
  /** What it asks, in one sentence. */
  readonly meaning: string;
  readonly test: (value: KnownValue, operand: KnownValue) => boolean;
}

type Items = readonly (string | number)[];
const textual: readonly ScalarType[] = ['code', 'diagnosis', 'modifier', 'payer', 'choice', 'text'];
const anyScalar = (type: FactType) => !type.list;
const numeric = (type: FactType) => !type.list && type.scalar === 'number';
const temporal = (type: FactType) => !type.list && type.scalar === 'date';
const anyList = (type: FactType) => type.list;
const codeLike = (type: FactType) => !type.list && ['code', 'diagnosis', 'modifier'].includes(type.scalar);
const listable = (type: FactType) =>
  !type.list && (textual.includes(type.scalar) || type.scalar === 'number');

export const operators = {
  is: {
    fits: anyScalar,
    operand: 'scalar',
    words: 'is',
    wordsNot: 'is not',
    meaning: 'The value is this one.',
    test: (v, o) => v === o,
  },
  isNot: {
    fits: anyScalar,
    operand: 'scalar',
    words: 'is not',
    wordsNot: 'is',
    meaning: 'The value is another one.',
    test: (v, o) => v !== o,
  },
  oneOf: {
    fits: listable,
    operand: 'list',
    words: 'is one of',
    wordsNot: 'is none of',
    meaning: 'The value is one of these, or on this list.',
    test: (v, o) => (o as Items).includes(v as string),
  },
  noneOf: {
    fits: listable,
    operand: 'list',
    words: 'is none of',
    wordsNot: 'is one of',
    meaning: 'The value is none of these, nor on this list.',
    test: (v, o) => !(o as Items).includes(v as string),
  },
  documented: {
    fits: () => true,
    operand: 'boolean',
    words: 'is documented',
    wordsNot: 'is not documented',
    meaning: 'Whether the field holds anything at all.',
    test: (_, o) => o === true,
  },
  lessThan: {
    fits: numeric,
    operand: 'scalar',
    words: 'is less than',
    wordsNot: 'is not less than',
    meaning: 'The number is below this one.',
    test: (v, o) => v < o,
  },
  atMost: {
    fits: numeric,
    operand: 'scalar',
    words: 'is at most',
    wordsNot: 'is more than',
    meaning: 'The number is this one or below.',
    test: (v, o) => v <= o,
  },
  atLeast: {
    fits: numeric,
    operand: 'scalar',
    words: 'is at least',
    wordsNot: 'is less than',
    meaning: 'The number is this one or above.',
    test: (v, o) => v >= o,
  },
  moreThan: {
    fits: numeric,
    operand: 'scalar',
    words: 'is more than',
    wordsNot: 'is at most',
    meaning: 'The number is above this one.',
    test: (v, o) => v > o,
  },
  before: {
    fits: temporal,
    operand: 'scalar',
    words: 'is before',
    wordsNot: 'is not before',
    meaning: 'The date lies before this day.',
    test: (v, o) => v < o,
  },
  onOrBefore: {
    fits: temporal,
    operand: 'scalar',
    words: 'is on or before',
    wordsNot: 'is after',
    meaning: 'The date is this day or lies before it.',
    test: (v, o) => v <= o,
  },
  onOrAfter: {
    fits: temporal,
    operand: 'scalar',
    words: 'is on or after',
    wordsNot: 'is before',
    meaning: 'The date is this day or lies after it.',
    test: (v, o) => v >= o,
  },
  after: {
    fits: temporal,
    operand: 'scalar',
    words: 'is after',
    wordsNot: 'is not after',
    meaning: 'The date lies after this day.',
    test: (v, o) => v > o,
  },
  withinDaysOf: {
    fits: temporal,
    operand: 'within',
    words: 'is within',
    wordsNot: 'is not within',
    meaning: 'The date lies at most so many days before or after a day.',
    // The operand is [day, days].
    test: (v, o) => Math.abs((v as number) - ((o as Items)[0] as number)) <= ((o as Items)[1] as number),
  },
  includes: {
    fits: anyList,
    operand: 'scalar',
    words: 'includes',
    wordsNot: 'does not include',
    meaning: 'The list holds this value.',
    test: (v, o) => (v as Items).includes(o as string),
  },
  excludes: {
    fits: anyList,
    operand: 'scalar',
    words: 'does not include',
    wordsNot: 'includes',
    meaning: 'The list does not hold this value.',
    test: (v, o) => !(v as Items).includes(o as string),
  },
  includesAny: {
    fits: anyList,
    operand: 'list',
    words: 'includes one of',
    wordsNot: 'includes none of',
    meaning: 'The list holds at least one of these.',
    test: (v, o) => (o as Items).some((item) => (v as Items).includes(item)),
  },
  includesAll: {
    fits: anyList,
    operand: 'list',
    words: 'includes all of',
    wordsNot: 'does not include all of',
    meaning: 'The list holds every one of these.',
    test: (v, o) => (o as Items).every((item) => (v as Items).includes(item)),
  },
  includesNone: {
    fits: anyList,
    operand: 'list',
    words: 'includes none of',
    wordsNot: 'includes one of',
    meaning: 'The list holds none of these.',
    test: (v, o) => !(o as Items).some((item) => (v as Items).includes(item)),
  },
  sizeAtLeast: {
    fits: anyList,
    operand: 'size',
    words: 'has at least',
    wordsNot: 'has fewer than',
    meaning: 'The list holds so many values or more.',
    test: (v, o) => (v as Items).length >= (o as number),
  },
  sizeAtMost: {
    fits: anyList,
    operand: 'size',
    words: 'has at most',
    wordsNot: 'has more than',
    meaning: 'The list holds so many values or fewer.',
    test: (v, o) => (v as Items).length <= (o as number),
  },
  startsWith: {
    fits: codeLike,
    operand: 'scalar',
    words: 'starts with',
    wordsNot: 'does not start with',
    meaning: 'The code begins with these characters.',
    test: (v, o) => (v as string).startsWith(o as string),
  },
  pairedWith: {
    fits: (type) => !type.list && type.scalar === 'code',
    operand: 'pairs',
    words: 'is paired with',
    wordsNot: 'is not paired with',
    meaning: 'The code is column one of a pair, and the other code its column two.',
    // The operand is the column-one codes of the other code.
    test: (v, o) => (o as Items).includes(v as string),
  },
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;
export const operatorNames = Object.keys(operators) as readonly OperatorName[];

export function operatorOf(name: OperatorName): Operator {
  return operators[name];
}
