import type { Decision, RuleOutcome, Verdict } from '../evaluate/outcome.ts';
import { graver } from '../evaluate/verdict.ts';
import type { Expectation, SubjectExpectation } from './suite.ts';

/** One thing that came out otherwise than expected, in words. */
export interface Difference {
  /** Where: `line 1 decision`. */
  readonly at: string;
  readonly expected: string;
  readonly actual: string;
}

/** Outcome of a rule for a line (1-based) or, with null, for the visit. */
export type OutcomeOf = (rule: string, line: number | null) => RuleOutcome;

/** Everything in which a verdict differs from an expectation. Exact: what is not listed must be paid and clean. */
export function compareVerdict(
  expect: Expectation,
  verdict: Verdict,
  outcomeOf: OutcomeOf,
): readonly Difference[] {
  const differences: Difference[] = [];
  const compare = (at: string, expected: string, actual: string) => {
    if (expected !== actual) differences.push({ at, expected, actual });
  };
  const compareRules = (
    at: string,
    expected: readonly { readonly text: string }[],
    actual: readonly { readonly rule: string }[],
  ) => {
    // Most subjects violate nothing and are expected to: nothing is written out for those.
    if (expected.length === 0 && actual.length === 0) return;
    compare(at, names(expected.map(({ text }) => text)), names(actual.map(({ rule }) => rule)));
  };
  const subject = (
    name: string,
    line: number | null,
    expected: SubjectExpectation | null,
    actual: {
      decision: string;
      violated: readonly { rule: string; message: string }[];
      undetermined: readonly { rule: string }[];
      supportableUnits: number | null;
    },
  ) => {
    const decision = expected ? expected.decision : 'pay';
    if (decision !== null) compare(`${name} decision`, decision, actual.decision);
    compareRules(`${name} violates`, expected?.violates ?? none, actual.violated);
    compareRules(`${name} undetermined`, expected?.undetermined ?? none, actual.undetermined);
    if (expected?.supportableUnits != null)
      compare(
        `${name} supportable units`,
        String(expected.supportableUnits),
        String(actual.supportableUnits ?? 'unknown'),
      );
    if (expected?.messages)
      compare(
        `${name} messages`,
        expected.messages.join(' | '),
        actual.violated.map(({ message }) => message).join(' | '),
      );
    for (const { rule, outcome } of expected?.outcomes ?? [])
      compare(`${name} ${rule}`, outcome, outcomeOf(rule, line));
  };
  for (const line of verdict.lines)
    subject(`line ${line.line}`, line.line, expect.lines.get(line.line) ?? null, line);
  subject('visit', null, expect.visit, {
    ...verdict.visit,
    decision: verdict.decision,
    supportableUnits: null,
  });
  return differences;
}

const none: readonly never[] = [];

function names(rules: readonly string[]): string {
  // Each once: revisions that wait for the date received are one rule to whoever writes what is expected.
  return rules.length === 0 ? 'nothing' : [...new Set(rules)].toSorted().join(', ');
}

/** What an expectation says of the encounter as a whole: what it states, or else the gravest of its lines. */
export function expectedDecision({ visit, lines }: Expectation): Decision {
  return (
    visit.decision ??
    [...lines.values()].reduce<Decision>((gravest, { decision }) => graver(gravest, decision ?? 'pay'), 'pay')
  );
}
