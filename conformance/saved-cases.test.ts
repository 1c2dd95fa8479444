import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allTargets, createWorkspace, judgePlain, lower, readDocument, toDocument } from '#engine';
import { shippedFiles } from '../engine/testing/workspace-on-disk.ts';
import type { LoadedExport, StartedEngine } from './engine.ts';
import { cqlExecution } from './engines/cql-execution.ts';
import { cqlReference } from './engines/cql-reference.ts';
import { feelin } from './engines/feelin.ts';
import { jsonRulesEngine } from './engines/json-rules-engine.ts';
import { zen } from './engines/zen.ts';

const workspace = createWorkspace(shippedFiles());
const program = lower(workspace.policies, workspace.vocabulary);
const saved = workspace.cases.flatMap(({ ready }) =>
  ready ? [toDocument(ready.table, workspace.vocabulary)] : [],
);

/** Of the saved cases of the shipped policies, each so many-th is judged; all of them are in the proof of the whole kit. */
describe.each([
  { engine: jsonRulesEngine, every: 8 },
  { engine: cqlExecution, every: 36 },
  { engine: cqlReference, every: 36 },
  { engine: zen, every: 6 },
  { engine: feelin, every: 16 },
])('$engine.title', ({ engine, every }) => {
  let started: StartedEngine;
  let loaded: LoadedExport;
  beforeAll(async () => {
    const found = await engine.start();
    if (found.missing !== null) throw new Error(found.missing);
    started = found;
    const target = allTargets.find(({ id }) => id === engine.target)!;
    const { files } = target.write({
      program,
      workspace: createWorkspace([]),
      name: 'some-policies',
      kit: [],
    });
    loaded = await started.load(files, program);
  });
  afterAll(async () => {
    await loaded.unload();
    await started.stop();
  });

  test('decides the saved cases of the shipped policies as the intermediate form does', async () => {
    const documents = saved.filter((_, index) => index % every === 0);
    expect(documents.length).toBeGreaterThan(10);
    const expected = documents.map((document) => ({
      answer: judgePlain(program, readDocument(document, program).input!),
      refused: null,
    }));
    expect(await loaded.judge(documents)).toStrictEqual(expected);
  }, 60_000);

  test('refuses values of the wrong type, with their places', async () => {
    const wrong = { visit: { date: '2024-03-04', payer: 'hns' }, lines: [{ code: 97530, units: '1' }] };
    expect(await loaded.judge([wrong])).toStrictEqual([
      { answer: null, refused: readDocument(wrong, program).problems },
    ]);
  });
});
