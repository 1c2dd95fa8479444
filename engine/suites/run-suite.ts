import type { Day } from '../base/calendar-date.ts';
import { formatDay } from '../base/calendar-date.ts';
import type { Place } from '../base/source.ts';
import { judge } from '../evaluate/compile.ts';
import type { Judgement, Program } from '../evaluate/compile.ts';
import { ruleOutcomes } from '../evaluate/outcome.ts';
import type { Verdict } from '../evaluate/outcome.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import type { Encounter, FactTable } from '../facts/encounter.ts';
import { compareVerdict } from './compare-verdict.ts';
import type { Difference, OutcomeOf } from './compare-verdict.ts';
import type { Expectation, KnownGap } from './suite.ts';

/** A case with its encounter built and its policies compiled, or with what keeps it from running. */
export interface ReadyCase {
  readonly suite: string;
  readonly suiteTitle: string;
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly place: Place;
  readonly skip: string | null;
  readonly knownGap: KnownGap | null;
  readonly ready: {
    readonly encounter: Encounter;
    readonly table: FactTable;
    readonly program: Program;
    readonly expect: Expectation;
  } | null;
  /** Why it cannot run, where it cannot. */
  readonly error: string | null;
}

export type CaseOutcome = 'passed' | 'failed' | 'skipped' | 'errored';

export interface CaseResult {
  readonly suite: string;
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly place: Place;
  readonly outcome: CaseOutcome;
  /** Why it was skipped or could not run, or the known gap it falls under. */
  readonly reason: string | null;
  readonly differences: readonly Difference[];
  readonly verdict: Verdict | null;
}

export interface SuiteReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly errored: number;
  readonly cases: readonly CaseResult[];
}

/** What an evaluator says of one case: the verdict, and the outcome of any rule. */
export interface Judged {
  readonly verdict: Verdict;
  readonly outcomeOf: OutcomeOf;
}

/** Runs cases with the compiled evaluator. `today` decides only which known gaps have expired. */
export function runCases(cases: readonly ReadyCase[], today: Day): SuiteReport {
  return report(
    cases.map((suiteCase) => {
      if (!suiteCase.ready) return resultOf(suiteCase, null, today);
      const judgement = judge(suiteCase.ready.program, suiteCase.ready.table);
      return resultOf(suiteCase, { verdict: verdictOf(judgement), outcomeOf: outcomesIn(judgement) }, today);
    }),
  );
}

/** A case against what an evaluator said of it. */
export function resultOf(suiteCase: ReadyCase, judged: Judged | null, today: Day): CaseResult {
  const { suite, id, title, path, place, skip, knownGap, ready, error } = suiteCase;
  const verdict = judged?.verdict ?? null;
  const frame = { suite, id, title, path, place, verdict };
  if (skip !== null) return { ...frame, outcome: 'skipped', reason: skip, differences: [] };
  if (!ready || !judged)
    return { ...frame, outcome: 'errored', reason: error ?? 'the case could not be judged', differences: [] };
  const differences = compareVerdict(ready.expect, judged.verdict, judged.outcomeOf);
  if (!knownGap)
    return { ...frame, outcome: differences.length === 0 ? 'passed' : 'failed', reason: null, differences };
  if (differences.length === 0) {
    return {
      ...frame,
      outcome: 'failed',
      differences,
      reason: 'the known gap is closed: remove `knownGap` from the case',
    };
  }
  const expired = knownGap.until < today;
  const words = `known gap of ${knownGap.owner} until ${formatDay(knownGap.until)}: ${knownGap.reason}`;
  return {
    ...frame,
    outcome: expired ? 'failed' : 'skipped',
    reason: expired ? `expired ${words}` : words,
    differences,
  };
}

export function report(cases: readonly CaseResult[]): SuiteReport {
  const count = (outcome: CaseOutcome) => cases.filter((result) => result.outcome === outcome).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    errored: count('errored'),
    cases,
  };
}

/**
 * The outcome of any rule, read from a judgement. A rule that was not asked is not applicable, and of revisions that
 * wait for the date received one that is open decides.
 */
export function outcomesIn(judgement: Judgement): OutcomeOf {
  return (rule, line) => {
    for (const { epoch, lines, visit } of judgement.policies) {
      const rules = line === null ? epoch.visitRules : epoch.lineRules;
      const position = rules.findIndex((compiled) => compiled.rule.id === rule);
      if (position === -1) continue;
      const outcome = ruleOutcomes[(line === null ? visit : lines[line - 1]!)[position]!]!;
      if (outcome !== 'not-applicable') return outcome;
    }
    return 'not-applicable';
  };
}
