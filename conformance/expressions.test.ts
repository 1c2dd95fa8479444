import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
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
import { shippedFiles } from '../engine/testing/workspace-on-disk.ts';
import type { LoadedExport } from './engine.ts';
import { feelin } from './engines/feelin.ts';
import { jsonRulesEngine } from './engines/json-rules-engine.ts';
import { zen } from './engines/zen.ts';

/** Random policies reach every construct of the language; of the saved cases of the shipped policies, each so many-th is judged. */
describe.each([
  { engine: zen, runs: 40, every: 6 },
  { engine: feelin, runs: 12, every: 16 },
  { engine: jsonRulesEngine, runs: 20, every: 8 },
])('$engine.title decides as the intermediate form', ({ engine, runs, every }) => {
  const target = allTargets.find(({ id }) => id === engine.target)!;
  const starting = engine.start();
  afterAll(async () => {
    const started = await starting;
    if (started.missing === null) await started.stop();
  });
  const load = async (program: PlainProgram): Promise<LoadedExport> => {
    const started = await starting;
    if (started.missing !== null) throw new Error(started.missing);
    const workspace = createWorkspace([]);
    const { files } = target.write({ program, workspace, name: 'some-policies', kit: [] });
    return started.load(files, program);
  };
  const judgeBoth = async (program: PlainProgram, documents: readonly unknown[]) => {
    const loaded = await load(program);
    const found = await loaded.judge(documents);
    await loaded.unload();
    const expected = documents.map((document) => ({
      answer: judgePlain(program, readDocument(document, program).input!),
      refused: null,
    }));
    return { found, expected };
  };

  test('on random policies and encounters', async () => {
    const vocabulary = createVocabulary();
    await fc.assert(
      fc.asyncProperty(situations(vocabulary, 8), async ({ policies, encounters }) => {
        const documents = encounters.map((one) => toDocument(factTable(one, vocabulary), vocabulary));
        const { found, expected } = await judgeBoth(lower(policies, vocabulary), documents);
        expect(found).toStrictEqual(expected);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  }, 60_000);

  test('on the saved cases of the shipped policies', async () => {
    const { policies, vocabulary, cases } = createWorkspace(shippedFiles());
    const documents = cases
      .flatMap(({ ready }) => (ready ? [toDocument(ready.table, vocabulary)] : []))
      .filter((_, index) => index % every === 0);
    expect(documents.length).toBeGreaterThan(20);
    const { found, expected } = await judgeBoth(lower(policies, vocabulary), documents);
    expect(found).toStrictEqual(expected);
  }, 60_000);

  test('and refuses values of the wrong type, with their places', async () => {
    const { policies, vocabulary } = createWorkspace(shippedFiles());
    const program = lower(policies, vocabulary);
    const loaded = await load(program);
    const wrong = { visit: { date: '2024-03-04', payer: 'hns' }, lines: [{ code: 97530, units: '1' }] };
    expect(await loaded.judge([wrong])).toStrictEqual([
      { answer: null, refused: readDocument(wrong, program).problems },
    ]);
    await loaded.unload();
  });
});
