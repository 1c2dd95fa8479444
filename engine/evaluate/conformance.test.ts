import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { FactTable } from '../facts/encounter.ts';
import { createVocabulary, factTable } from '../facts/fact-table.ts';
import { createReference } from '../json-rules-engine/judge-with-reference.ts';
import type { Reference } from '../json-rules-engine/judge-with-reference.ts';
import { situations } from '../testing/arbitrary.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { compile, judge, traceOf } from './compile.ts';
import type { Program } from './compile.ts';
import { conditionCases, gravityCases, policyCases, receivedCases, ruleCases } from './conformance.cases.ts';
import type { Given } from './conformance.cases.ts';
import type { RuleTrace, Verdict } from './outcome.ts';
import { verdictOf } from './verdict.ts';

/**
 * Two evaluators that share little but the model must agree: the compiled one, which everything uses, and
 * json-rules-engine behind `json-rules-engine/`. Verdicts are compared whole, and every condition of every trace.
 */

/** Random sets of policies, each asked about several encounters: time and number of cases grow with it. */
const randomSets = 4_000;
const encountersEach = 6;

interface Agreed {
  readonly verdict: Verdict;
  readonly traces: readonly RuleTrace[];
}

/** Judges with both, and fails where they differ. */
async function judgeWithBoth(program: Program, reference: Reference, table: FactTable): Promise<Agreed> {
  const expected = await reference.judge(table);
  const verdict = verdictOf(judge(program, table));
  const traces = traceOf(program, table);
  expectSame(verdict, expected.verdict);
  expectSame(traces, expected.traces);
  return { verdict, traces };
}

/** Node compares many times quicker than the test runner, which is asked only to show where the two differ. */
function expectSame(found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  expect(found).toStrictEqual(expected);
  throw new Error('the evaluators differ in a way that cannot be shown');
}

describe('the meaning of the language', () => {
  for (const [title, cases] of Object.entries(conditionCases)) {
    test.each(cases)(`${title}: %j of %j is %j`, async (condition, given, expected) => {
      const { traces } = await judgeFiles(
        [policyWith([{ require: condition, otherwise: 'deny' }])],
        encounterOf(given),
      );
      expect(traces[0]!.require!.result).toBe(expected);
      expect(traces[0]!.outcome).toBe(
        expected === 'unknown' ? 'undetermined' : expected ? 'met' : 'violated',
      );
    });
  }

  test.each([...ruleCases, ...receivedCases])('%s', async (_, rule, given, expected) => {
    const { traces } = await judgeFiles([policyWith([rule])], encounterOf(given));
    expect(traces.find(({ line }) => line === ('for' in rule ? null : 1))!.outcome).toBe(expected);
  });

  test.each(gravityCases)('a line with %j is %s', async (effects, expected) => {
    const rules = effects.map((effect) =>
      effect === 'open'
        ? { require: { 'plan.active': true }, otherwise: 'deny' }
        : { require: { 'line.units': 2 }, otherwise: effect },
    );
    const { verdict } = await judgeFiles(
      [policyWith([{ require: { 'line.units': 1 }, otherwise: 'deny' }, ...rules])],
      encounterOf({}),
    );
    expect([verdict.lines[0]!.decision, verdict.decision]).toEqual([expected, expected]);
  });

  test.each(policyCases)('$title', async ({ policies, on, received, payer, violates }) => {
    const { verdict } = await judgeFiles(
      policies,
      encounterOf({ line: { units: 3 }, visit: { date: on, ...(received ? { received } : {}), payer } }),
    );
    expect(verdict.lines[0]!.violated.map(({ rule }) => rule)).toEqual(violates);
  });
});

describe('the shipped policies', () => {
  const workspace = createWorkspace(shippedFiles());
  const ready = workspace.cases.flatMap((each) =>
    each.ready ? [{ name: `${each.path} ${each.id}`, ...each.ready }] : [],
  );

  test(`give the same in all ${ready.length} saved cases`, { timeout: 300_000 }, async () => {
    expect(ready.length).toBeGreaterThan(0);
    for (const { name, program, table } of ready) {
      const policies = program.policies.map(({ policy }) => policy);
      await judgeWithBoth(program, createReference(policies, workspace.vocabulary), table).catch(
        (error: unknown) => {
          throw new Error(`the evaluators differ in ${name}`, { cause: error });
        },
      );
    }
  });
});

describe('random policies and encounters', () => {
  const vocabulary = createVocabulary();
  const outcomes = new Map<string, number>();
  let cases = 0;

  test('both evaluators agree on every verdict and every condition', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(situations(vocabulary, encountersEach), async ({ policies, encounters }) => {
        const reference = createReference(policies, vocabulary);
        const program = compile(policies, vocabulary);
        for (const encounter of encounters) {
          const { traces } = await judgeWithBoth(program, reference, factTable(encounter, vocabulary));
          cases += new Set(traces.map(({ rule, line }) => `${rule.id.split('/')[0]} ${line}`)).size;
          for (const { outcome } of traces) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        }
      }),
      { numRuns: randomSets },
    );
    expect(cases).toBeGreaterThan(20_000);
  });

  afterAll(() => {
    const found = [...outcomes].map(([outcome, times]) => `${times} ${outcome}`).join(', ');
    process.stdout.write(
      `conformance: both evaluators agree on ${cases} policy × encounter × subject cases (${found})\n`,
    );
  });
});

// ------------------------------------------------------------------------------------------- small worlds

/** Files of a world in which the cases of `conformance.cases.ts` stand. */
async function judgeFiles(policies: readonly object[], encounter: object): Promise<Agreed> {
  const files = {
    ...around,
    'testcases/e.encounter.yaml': encounter,
    ...Object.fromEntries(policies.map((policy, index) => [pathOf(policy, index), policy])),
  };
  const workspace = createWorkspace(
    Object.entries(files).map(([path, content]) => ({ path, text: textOf(content) })),
  );
  expect(workspace.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const reference = createReference(workspace.policies, workspace.vocabulary);
  return judgeWithBoth(workspace.program, reference, workspace.encounters[0]!.table!);
}

/** JSON is YAML too, but for names of parameters and lists, which stand without quotes. */
const textOf = (content: object) => `${JSON.stringify(content, null, 1).replaceAll(/"(\$\w+)"/g, '$1')}\n`;

const pathOf = (policy: object, index: number) =>
  `rules/${(policy as { policy: string }).policy}-${index}.policy.yaml`;

const around = {
  'rules/sources/s.source.yaml': {
    source: 's',
    title: 'S',
    publisher: 'S',
    clauses: [{ id: 'c', text: 'A clause.' }],
  },
  'rules/lists/payers.list.yaml': {
    list: 'payers',
    title: 'Payers',
    of: 'payer',
    cite: 's#c',
    entries: [{ value: 'p' }, { value: 'q' }],
  },
  'rules/lists/few.list.yaml': {
    list: 'few',
    title: 'Few',
    of: 'code',
    cite: 's#c',
    entries: [{ value: '97530' }, { value: '97110', to: '2020-12-31' }],
  },
  'rules/lists/pairs.list.yaml': {
    list: 'pairs',
    title: 'Pairs',
    of: 'pair',
    cite: 's#c',
    entries: [
      { columnOne: '97530', columnTwo: '97116' },
      { columnOne: '97530', columnTwo: '97112', from: '2024-03-05' },
    ],
  },
};

/** A policy of these rules, with the figures, names and time rule that the cases mention. */
function policyWith(rules: readonly object[]): object {
  return {
    policy: 'tiny',
    title: 'Tiny',
    kind: 'time-threshold',
    effective: { from: '2020-01-01' },
    timeRule: { method: 'per-service', codes: ['97110', '97530'], minimumMinutes: 8, cite: 's#c' },
    derive: {
      lines: { count: 'lines' },
      distinctCodes: { countDistinct: 'line.code' },
      totalUnits: { sum: 'line.units' },
      longLines: { count: 'lines', where: { 'record.minutes': { atLeast: 15 } } },
      allMinutes: { sum: 'record.minutes' },
      mostPriorTherapies: { max: 'prior.therapies' },
      priorWithTraction: { count: 'priorVisits', where: { 'prior.codes': { includes: '97012' } } },
      firstPrior: { min: 'prior.date' },
    },
    conditions: { isShort: { 'record.minutes': { lessThan: 8 } } },
    rules: rules.map((rule, index) => ({ id: `r${index}`, title: `Rule ${index}`, cite: 's#c', ...rule })),
  };
}

function encounterOf({ record, line, others, visit, ...sections }: Given): object {
  const first = { code: '97530', units: 1, ...line, ...(record ? { record } : {}) };
  return {
    encounter: 'e',
    visit: { date: '2024-03-04', payer: 'p', ...visit },
    ...sections,
    lines: [first, ...(others ?? []).map((other) => ({ units: 1, ...other }))],
  };
}
