import type { Day } from '../base/calendar-date.ts';
import type { Place } from '../base/source.ts';
import type { Effect, PolicyKind, TimeMethod } from '../language/syntax.ts';
import type { Condition, FactRef, Operand } from './condition.ts';
import type { Dated, Period } from './effective.ts';

/** A pointer to a clause of a source: `hns-97530#under-8-minutes`. */
export interface Citation {
  readonly source: string;
  readonly clause: string;
  readonly place: Place;
}

export type { Effect, PolicyKind, TimeMethod } from '../language/syntax.ts';
export { effects, policyKinds, timeMethods } from '../language/syntax.ts';

/** One revision of a policy with names bound, types known and dates placed. It is plain data. */
export interface Policy {
  readonly id: string;
  readonly title: string;
  readonly kind: PolicyKind;
  /** Payers by id; null = every payer. */
  readonly payers: readonly string[] | null;
  /** By date of service, both inclusive; a null `to` is open. */
  readonly from: Day;
  readonly to: Day | null;
  /** By date received, as far as that is limited too; its place is where it is written. */
  readonly received: ReceivedWindow | null;
  /** The id of the policy of which this one is an overlay. */
  readonly extends: string | null;
  readonly parameters: readonly Parameter[];
  readonly timeRule: TimeRule | null;
  readonly derived: readonly DerivedFigure[];
  readonly rules: readonly Rule[];
  readonly place: Place;
}

/** Days on which a claim may be received; at least one end is given, both are inclusive. */
export interface ReceivedWindow extends Period {
  readonly place: Place;
}

export interface Parameter {
  readonly name: string;
  readonly unit: string | null;
  /** Values as written, one a period; they take their type where they are used. */
  readonly values: readonly Dated<ParameterValue>[];
  readonly place: Place;
}

export interface ParameterValue {
  /** Source text of each item, so that codes keep every character. */
  readonly items: readonly string[];
  readonly isList: boolean;
  readonly cites: readonly Citation[];
  readonly place: Place;
}

export interface TimeRule {
  readonly method: TimeMethod;
  /** The timed codes. */
  readonly codes: Operand;
  readonly minutesPerUnit: number;
  /** A number operand, or null where there is no floor. */
  readonly minimumMinutes: Operand | null;
  readonly cites: readonly Citation[];
  readonly place: Place;
}

export const derivedFunctions = ['count', 'countDistinct', 'sum', 'min', 'max'] as const;
export type DerivedFunction = (typeof derivedFunctions)[number];

/** A figure over the lines or the prior visits of an encounter; its fact is `derived.<name>`. */
export interface DerivedFigure {
  readonly name: string;
  readonly calculation: DerivedFunction;
  readonly over: 'lines' | 'priorVisits';
  /** Null for `count`. */
  readonly fact: FactRef | null;
  readonly where: Condition | null;
  readonly place: Place;
}

export interface Rule {
  /** Unique in the workspace: `policy/rule`. */
  readonly id: string;
  readonly title: string;
  readonly cites: readonly Citation[];
  readonly scope: 'line' | 'visit';
  /** Null = applies to everything. */
  readonly when: Condition | null;
  /** Null = a prohibition: nothing but a stated exception meets it. */
  readonly require: Condition | null;
  readonly unless: Condition | null;
  readonly effect: Effect;
  readonly message: readonly MessagePart[];
  readonly remedy: string;
  /** Where the rule is written; under an overlay this may be the base's file. */
  readonly place: Place;
}

export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fact'; readonly fact: FactRef }
  | { readonly kind: 'operand'; readonly name: string; readonly operand: Operand };
