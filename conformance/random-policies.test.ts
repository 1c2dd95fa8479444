import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import {
  allTargets,
  createVocabulary,
  createWorkspace,
  factTable,
  judgePlain,
  lower,
  readDocument,
  toDocument,
} from '#engine';
import type { PlainProgram } from '#engine';
import { situations } from '../engine/testing/arbitrary.ts';
import { allEngines } from './all-engines.ts';
import type { EngineAnswer, NotHere, StartedEngine } from './engine.ts';

/**
 * Every engine decides as the intermediate form. Random policies reach every construct of the language; the shipped ones are
 * in the proof of the whole kit.
 *
 * `npm test` asks the engines that npm brings, and `npm run conformance` the others (`PROVISO_ENGINES` names them). Each run draws
 * anew; a failure prints its seed, and `PROVISO_SEED` draws the same again. `PROVISO_TIMES=10` draws ten times as many.
 */

/** How many sets of policies are drawn, each with so many encounters: what takes an engine a second or two, and a machine's a minute. */
const drawn: Readonly<Record<string, { readonly sets: number; readonly encounters: number }>> = {
  node: { sets: 60, encounters: 6 },
  quickjs: { sets: 20, encounters: 6 },
  'json-rules-engine': { sets: 20, encounters: 8 },
  sqlite: { sets: 30, encounters: 8 },
  duckdb: { sets: 8, encounters: 8 },
  pglite: { sets: 12, encounters: 8 },
  postgresql: { sets: 16, encounters: 12 },
  spark: { sets: 1, encounters: 60 },
  'cql-execution': { sets: 15, encounters: 6 },
  'cql-reference': { sets: 8, encounters: 6 },
  opa: { sets: 40, encounters: 12 },
  zen: { sets: 40, encounters: 8 },
  feelin: { sets: 12, encounters: 8 },
  kie: { sets: 15, encounters: 12 },
};

const { PROVISO_ENGINES: named, PROVISO_SEED: seed, PROVISO_TIMES: times = '1' } = process.env;
const engines = allEngines.filter(({ id, from }) => (named ? named.split(',').includes(id) : from === 'npm'));

/** Spark plans some hundred statements for each set, and a busy machine is several times as slow. */
const mostTime = 600_000;

const nothing = createWorkspace([]);
const vocabulary = createVocabulary();

describe.each(engines)('$title', (engine) => {
  const target = allTargets.find(({ id }) => id === engine.target)!;
  const { sets, encounters: each } = drawn[engine.id]!;
  let started: StartedEngine | NotHere;
  beforeAll(async () => {
    started = await engine.start();
    if (started.missing !== null && engine.from === 'npm') throw new Error(started.missing);
  }, 600_000);
  afterAll(async () => {
    if (started.missing === null) await started.stop();
  });

  /** An engine that this machine has not is told. */
  const here = ({ skip }: TestContext): StartedEngine =>
    started.missing === null ? started : skip(started.missing);

  /** What an engine answers. What the target refuses is not drawn. */
  const answersOf = async (
    { load }: StartedEngine,
    program: PlainProgram,
    documents: readonly unknown[],
  ): Promise<readonly EngineAnswer[]> => {
    const { files, refused } = target.write({ program, workspace: nothing, name: 'some-policies', kit: [] });
    fc.pre(refused.length === 0);
    const loaded = await load(files, program);
    try {
      return await loaded.judge(documents);
    } finally {
      await loaded.unload();
    }
  };

  test(
    'decides random policies as the intermediate form does',
    async (context) => {
      const running = here(context);
      await fc.assert(
        fc.asyncProperty(situations(vocabulary, each), async ({ policies, encounters }) => {
          const program = lower(policies, vocabulary);
          const documents = encounters.map((one) => toDocument(factTable(one, vocabulary), vocabulary));
          const expected = documents.map((document) => ({
            answer: judgePlain(program, readDocument(document, program).input!),
            refused: null,
          }));
          expect(await answersOf(running, program, documents)).toStrictEqual(expected);
        }),
        {
          numRuns: sets * Number(times),
          ...(seed ? { seed: Number(seed) } : {}),
          // Shrinking would take minutes on a database; the seed is enough to look at one.
          endOnFailure: true,
        },
      );
    },
    mostTime * Number(times),
  );

  test(
    'adds decimals exactly',
    async (context) => {
      const { policies, vocabulary: own, diagnostics } = createWorkspace(scores);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toStrictEqual([]);
      const answers = await answersOf(
        here(context),
        lower(policies, own),
        [
          [0.2, 0.3, [0.1, 0.2]],
          [0.2, 0.301, [0.1, 0.201]],
          [0.199, 0.3, [0.1, 0.1, 0.1]],
          [1.1, 1.2, [0.3]],
        ].map(([before, after, charges]) => ({
          visit: { date: '2024-03-04', payer: 'anyone' },
          episode: { baselineScore: before },
          note: { outcomeScore: after },
          lines: (charges as number[]).map((charge) => ({ code: '97530', units: 1, charge })),
        })),
      );
      const violated = (one: EngineAnswer) =>
        one.cannotHold === undefined ? one.answer?.visit.violated : one;
      expect(answers.map(violated)).toStrictEqual([
        [],
        ['scores/charges', 'scores/gain'],
        ['scores/gain'],
        [],
      ]);
    },
    mostTime,
  );
});

/** Two rules that hold only where 0.1 and 0.2 make 0.3. */
const scores = [
  {
    path: 'rules/sources/manual.source.yaml',
    text: `source: manual
title: A manual
publisher: Somebody
address: https://example.org
read: 2024-01-01
clauses: [{ id: all, text: All. }]
`,
  },
  {
    path: 'rules/lists/payers.list.yaml',
    text: `list: payers
of: payer
cite: manual#all
entries: [{ value: anyone, short: Any payer }]
`,
  },
  {
    path: 'rules/anyone/scores/2024-01-01.policy.yaml',
    text: `policy: scores
title: Scores
kind: documentation
effective: { from: 2024-01-01 }
derive:
  charges: { sum: line.charge }
rules:
  - { id: gain, title: A gain, cite: manual#all, for: visit, require: { note.outcomeScore: { is: { fact: episode.baselineScore, plus: 0.1 } } }, otherwise: deny }
  - { id: charges, title: Charges, cite: manual#all, for: visit, require: { derived.charges: 0.3 }, otherwise: deny }
`,
  },
];
