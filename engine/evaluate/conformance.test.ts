import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createVocabulary, factTable } from '../facts/fact-table.ts';
import type { FactTable } from '../facts/encounter.ts';
import { createReference } from '../json-rules-engine/judge-with-reference.ts';
import type { Policy } from '../model/policy.ts';
import { situations } from '../testing/arbitrary.ts';
import { compile, judge, traceOf } from './compile.ts';
import type { RuleTrace, Verdict } from './outcome.ts';
import { verdictOf } from './verdict.ts';

/**
 * Two evaluators that share nothing but the model must agree: the compiled one, which everything uses, and
 * json-rules-engine behind `json-rules-engine/`. Every verdict is compared whole, and every condition of every trace.
 */

/** Random sets of policies, each asked about several encounters: with it the time and the number of cases grow. */
const randomSets = 600;
const encountersEach = 6;

const vocabulary = createVocabulary();

describe('random policies and encounters', () => {
  const seen = { cases: 0, conditions: 0, outcomes: new Map<string, number>() };

  test('both evaluators agree on every verdict and every condition', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(situations(vocabulary, encountersEach), async ({ policies, encounters }) => {
        const reference = createReference(policies, vocabulary);
        const program = compile(policies, vocabulary);
        for (const encounter of encounters) {
          const table = factTable(encounter, vocabulary);
          const expected = await reference.judge(table);
          expect(verdictOf(judge(program, table))).toEqual(expected.verdict);
          const traces = traceOf(program, table);
          expect(traces).toEqual(expected.traces);
          tally(traces);
        }
      }),
      { numRuns: randomSets },
    );
  });

  function tally(traces: readonly RuleTrace[]): void {
    seen.cases += new Set(traces.map(({ rule, line }) => `${rule.id.split('/')[0]} ${line}`)).size;
    for (const { outcome } of traces) seen.outcomes.set(outcome, (seen.outcomes.get(outcome) ?? 0) + 1);
  }

  afterAll(() => {
    const outcomes = [...seen.outcomes].map(([outcome, times]) => `${times} ${outcome}`).join(', ');
    process.stdout.write(
      `conformance: ${seen.cases} policy × encounter × subject cases agree (${outcomes})\n`,
    );
  });
});
