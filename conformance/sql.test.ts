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
import { situations } from '../engine/testing/arbitrary.ts';
import { duckdb } from './engines/duckdb.ts';
import { pglite } from './engines/pglite.ts';
import { sqlite } from './engines/sqlite.ts';

const sql = allTargets.find(({ id }) => id === 'sql')!;
const workspace = createWorkspace([]);

/** Random policies reach every construct of the language; the shipped ones are in the proof of the whole kit. */
describe.each([
  [sqlite, 30],
  [duckdb, 8],
  [pglite, 12],
])('$title decides as the intermediate form', (engine, runs) => {
  const starting = engine.start();
  afterAll(async () => {
    const started = await starting;
    if (started.missing === null) await started.stop();
  });

  test('on random policies and encounters', async () => {
    const started = await starting;
    if (started.missing !== null) throw new Error(started.missing);
    const vocabulary = createVocabulary();
    await fc.assert(
      fc.asyncProperty(situations(vocabulary, 8), async ({ policies, encounters }) => {
        const program = lower(policies, vocabulary);
        const { files } = sql.write({ program, workspace, name: 'random', kit: [] });
        const loaded = await started.load(files, program);
        const documents = encounters.map((encounter) =>
          toDocument(factTable(encounter, vocabulary), vocabulary),
        );
        const expected = documents.map((document) => ({
          answer: judgePlain(program, readDocument(document, program).input!),
          refused: null,
        }));
        expect(await loaded.judge(documents)).toStrictEqual(expected);
        await loaded.unload();
      }),
      // Shrinking would take minutes on a database; the seed is enough to look at one.
      { numRuns: runs, endOnFailure: true },
    );
  }, 60_000);
});
