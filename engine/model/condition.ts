import type { Place } from '../base/source.ts';
import type { FactType, Section } from '../facts/vocabulary.ts';
import type { Dated } from './effective.ts';
import type { OperatorName } from './operators.ts';

/** A value that is known and not empty. Dates are day numbers, everything textual is a string. */
export type KnownValue = string | number | boolean | readonly (string | number)[];

/** `undefined`: the section was never supplied. `null`: supplied, and the field is empty. */
export type Value = KnownValue | null | undefined;

/** A fact as a policy mentions it. */
export interface FactRef {
  /** As written, `other.` included: `other.record.regions`. */
  readonly written: string;
  /** Its vocabulary path: `record.regions`, or `derived.name`. */
  readonly path: string;
  readonly section: Section;
  /** Whose fact it is: the visit's, this line's, the other line's, a prior visit's, or a figure of the policy. */
  readonly owner: 'visit' | 'line' | 'other' | 'prior' | 'derived';
  readonly type: FactType;
  readonly unit: string | null;
}

/** What a test compares with. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: KnownValue; readonly name: string | null }
  /** A parameter or list: typed values by period, and the name under which the author knows it. */
  | { readonly kind: 'dated'; readonly name: string; readonly values: readonly Dated<KnownValue>[] }
  | { readonly kind: 'fact'; readonly fact: FactRef; readonly plus: Operand | null }
  /** A day and how many days around it count: `withinDaysOf`. */
  | { readonly kind: 'within'; readonly of: Operand; readonly days: Operand }
  /** The column-one codes that a list of pairs gives for the code in `fact`: `pairedWith`. */
  | {
      readonly kind: 'pairs';
      readonly fact: FactRef;
      readonly list: string;
      readonly pairs: readonly Dated<Pair>[];
    };

export interface Pair {
  readonly columnOne: string;
  readonly columnTwo: string;
}

export type Condition =
  | {
      readonly kind: 'test';
      readonly fact: FactRef;
      readonly operator: OperatorName;
      readonly operand: Operand;
      readonly place: Place;
    }
  | { readonly kind: 'all' | 'any'; readonly conditions: readonly Condition[]; readonly place: Place }
  | { readonly kind: 'not'; readonly condition: Condition; readonly place: Place }
  | { readonly kind: 'named'; readonly name: string; readonly condition: Condition; readonly place: Place }
  | {
      readonly kind: 'anyOtherLine' | 'everyOtherLine' | 'noOtherLine';
      readonly condition: Condition;
      readonly place: Place;
    };

export type TestCondition = Extract<Condition, { kind: 'test' }>;

/** The conditions directly below one. */
export function childrenOf(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case 'test':
      return [];
    case 'all':
    case 'any':
      return condition.conditions;
    case 'not':
    case 'named':
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine':
      return [condition.condition];
  }
}

/** Every condition of a tree, the root first. */
export function* walk(condition: Condition): Generator<Condition> {
  yield condition;
  for (const child of childrenOf(condition)) yield* walk(child);
}

/** Every fact that an operand reads. */
export function factsOfOperand(operand: Operand): readonly FactRef[] {
  switch (operand.kind) {
    case 'literal':
    case 'dated':
      return [];
    case 'fact':
      return [operand.fact];
    case 'within':
      return factsOfOperand(operand.of);
    case 'pairs':
      return [operand.fact];
  }
}

/** Every fact that a condition reads, operands included. */
export function factsOf(condition: Condition): readonly FactRef[] {
  return [...walk(condition)].flatMap((node) =>
    node.kind === 'test' ? [node.fact, ...factsOfOperand(node.operand)] : [],
  );
}
