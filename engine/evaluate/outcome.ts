import type { Supply } from '../facts/vocabulary.ts';
import type { Condition, Value } from '../model/condition.ts';
import type { Effect, Rule } from '../model/policy.ts';

export const ruleOutcomes = ['not-applicable', 'met', 'violated', 'undetermined'] as const;
export type RuleOutcome = (typeof ruleOutcomes)[number];

/** Decisions, gravest first. */
export const decisions = ['deny', 'review', 'reduce', 'needs-record', 'advise', 'pay'] as const;
export type Decision = (typeof decisions)[number];

/** One rule that was violated, with what to tell the biller. */
export interface Finding {
  readonly rule: string;
  readonly effect: Effect;
  readonly message: string;
  readonly remedy: string;
  readonly cites: readonly string[];
}

/**
 * One rule that could not be decided, and what it needs: sections of the record, or the date received.
 * Where several revisions of a policy wait for the date received there is one for each; `eachRuleOnce` joins them.
 */
export interface Undetermined {
  readonly rule: string;
  readonly needs: readonly Supply[];
}

export interface LineVerdict {
  /** 1-based position on the claim. */
  readonly line: number;
  readonly code: string;
  readonly decision: Decision;
  /** Units that the record supports; null where the line is not timed or no time rule is in force, or it is unknown. */
  readonly supportableUnits: number | null;
  readonly violated: readonly Finding[];
  readonly undetermined: readonly Undetermined[];
}

export interface VisitVerdict {
  readonly violated: readonly Finding[];
  readonly undetermined: readonly Undetermined[];
}

/** What the policies in force say of one encounter. The order is that of lines, policies and rules, always the same. */
export interface Verdict {
  readonly encounter: string;
  readonly decision: Decision;
  readonly lines: readonly LineVerdict[];
  readonly visit: VisitVerdict;
}

/** true, false, or 'unknown' where a section was never supplied. */
export type Truth = boolean | 'unknown';

/** One condition as it was judged: what it found, what it was compared with. */
export interface ConditionTrace {
  readonly condition: Condition;
  readonly result: Truth;
  /** Tests only: the value of the fact, and of the operand. */
  readonly actual?: Value;
  readonly operand?: Value;
  /** Other-line conditions: the child traces are one per other line, in the order of these line numbers. */
  readonly lines?: readonly number[];
  readonly children: readonly ConditionTrace[];
}

export interface RuleTrace {
  readonly rule: Rule;
  /** 1-based line, or null for the visit. */
  readonly line: number | null;
  readonly outcome: RuleOutcome;
  readonly when: ConditionTrace | null;
  readonly require: ConditionTrace | null;
  readonly unless: ConditionTrace | null;
}
