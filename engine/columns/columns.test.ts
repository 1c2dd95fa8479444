import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, judge } from '../evaluate/compile.ts';
import type { Program } from '../evaluate/compile.ts';
import { decisions } from '../evaluate/outcome.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import type { FactTable } from '../facts/encounter.ts';
import { createVocabulary, factTable } from '../facts/fact-table.ts';
import type { Policy } from '../model/policy.ts';
import { situations } from '../testing/arbitrary.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { countBits } from './bits.ts';
import { columnsOf } from './columns.ts';
import { createColumnJudge, outcomeAt } from './judge-columns.ts';
import type { JudgedColumns } from './judge-columns.ts';

/** Every outcome of every rule for every line and visit, and every decision, as text, by encounter in its first order. */
function fromColumns({ columns, runs, lines, visits }: JudgedColumns): readonly string[] {
  const out: string[] = [];
  for (const { fromVisit, toVisit, fromLine, policies } of runs) {
    for (let visit = fromVisit; visit < toVisit; visit += 1) {
      const [from, to] = [columns.lineStart[visit]!, columns.lineStart[visit + 1]!];
      const ofLines = Array.from({ length: to - from }, (_, index) => ({
        decision: decisions[lines[from + index]!],
        outcomes: policies.map(({ lineRules }) =>
          lineRules.map((rule) => outcomeAt(rule, from + index - fromLine)),
        ),
      }));
      const ofVisit = {
        decision: decisions[visits[visit]!],
        outcomes: policies.map(({ visitRules }) =>
          visitRules.map((rule) => outcomeAt(rule, visit - fromVisit)),
        ),
      };
      out[columns.order[visit]!] = JSON.stringify({ ofLines, ofVisit });
    }
  }
  return out;
}

/** The same of the evaluator that takes one encounter after the other. */
function oneByOne(program: Program, table: FactTable): string {
  const judgement = judge(program, table);
  const verdict = verdictOf(judgement);
  return JSON.stringify({
    ofLines: verdict.lines.map(({ decision }, index) => ({
      decision,
      outcomes: judgement.policies.map(({ lines }) => [...lines[index]!]),
    })),
    ofVisit: {
      decision: verdict.decision,
      outcomes: judgement.policies.map(({ visit }) => [...visit]),
    },
  });
}

describe('columns say what the compiled evaluator says', () => {
  const vocabulary = createVocabulary();

  test(
    'of random policies and encounters, with answers kept from other versions',
    { timeout: 300_000 },
    () => {
      let rules = 0;
      const seen = [0, 0, 0, 0];
      fc.assert(
        fc.property(
          situations(vocabulary, 40),
          situations(vocabulary, 1),
          ({ policies, encounters }, other) => {
            const tables = encounters.map((encounter) => factTable(encounter, vocabulary));
            const judgeColumns = createColumnJudge(columnsOf(tables, vocabulary));
            // Rules of two sources mixed, as after an edit: what is shared is taken from what is kept.
            const mixed = policies.map((policy, index): Policy => {
              const rest = other.policies[index]?.rules ?? [];
              const isPlain =
                (other.policies[index]?.timeRule ?? null) === null &&
                other.policies[index]?.derived.length === 0;
              return { ...policy, rules: [...policy.rules.slice(1), ...(isPlain ? rest : [])] };
            });
            for (const version of [policies, mixed, policies]) {
              const program = compile(version, vocabulary);
              const judged = judgeColumns(program);
              expect(fromColumns(judged)).toEqual(tables.map((table) => oneByOne(program, table)));
              for (const { policies: inForce, toLine, fromLine, toVisit, fromVisit } of judged.runs) {
                for (const { lineRules, visitRules } of inForce) {
                  for (const { plan, outcomes } of [...lineRules, ...visitRules]) {
                    const rows =
                      plan.compiled.rule.scope === 'line' ? toLine - fromLine : toVisit - fromVisit;
                    const [met, violated, open] = [
                      outcomes.met,
                      outcomes.violated,
                      outcomes.undetermined,
                    ].map(countBits) as [number, number, number];
                    [rows - met - violated - open, met, violated, open].forEach((count, outcome) => {
                      seen[outcome]! += count;
                    });
                    rules += 1;
                  }
                }
              }
            }
          },
        ),
        { numRuns: 400 },
      );
      expect(rules).toBeGreaterThan(2_000);
      expect(Math.min(...seen)).toBeGreaterThan(1_000);
    },
  );

  test('of all shipped cases', { timeout: 60_000 }, () => {
    const workspace = createWorkspace(shippedFiles());
    const byProgram = new Map<Program, FactTable[]>();
    for (const { ready } of workspace.cases)
      if (ready) byProgram.set(ready.program, [...(byProgram.get(ready.program) ?? []), ready.table]);
    let cases = 0;
    for (const [program, tables] of byProgram) {
      const judged = createColumnJudge(columnsOf(tables, workspace.vocabulary))(program);
      expect(fromColumns(judged)).toEqual(tables.map((table) => oneByOne(program, table)));
      cases += tables.length;
    }
    expect(cases).toBeGreaterThanOrEqual(120);
  });

  test('of no encounters at all', () => {
    expect(createColumnJudge(columnsOf([], vocabulary))(compile([], vocabulary))).toMatchObject({ runs: [] });
  });
});
