import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
import { shippedFiles } from '../engine/testing/workspace-on-disk.ts';
import { node } from './engines/node.ts';
import { quickjs } from './engines/quickjs.ts';

const javascript = allTargets.find(({ id }) => id === 'javascript')!;
const workspace = createWorkspace([]);

describe.each([
  [node, 60],
  [quickjs, 20],
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
      fc.asyncProperty(situations(vocabulary, 6), async ({ policies, encounters }) => {
        const program = lower(policies, vocabulary);
        const { files } = javascript.write({ program, workspace, name: 'random', kit: [] });
        const loaded = await started.load(files, program);
        const documents = encounters.map((one) => toDocument(factTable(one, vocabulary), vocabulary));
        const expected = documents.map((document) => ({
          answer: judgePlain(program, readDocument(document, program).input!),
          refused: null,
        }));
        expect(await loaded.judge(documents)).toStrictEqual(expected);
        await loaded.unload();
      }),
      { numRuns: runs },
    );
  });
});

test('the module is a command as well: one encounter a line in, one answer a line out', () => {
  const { policies, vocabulary } = createWorkspace(shippedFiles());
  const program = lower(policies, vocabulary);
  const { files } = javascript.write({ program, workspace, name: 'policies', kit: [] });
  const folder = mkdtempSync(path.join(tmpdir(), 'proviso-module-'));
  try {
    const file = path.join(folder, 'policy.mjs');
    writeFileSync(file, files.find((one) => one.path === 'policy.mjs')!.text);
    const encounter = {
      visit: { date: '2024-03-04', payer: 'hns' },
      lines: [{ code: '97530', units: 1, record: { minutes: 7 } }],
    };
    const input = [JSON.stringify(encounter), '', '{', JSON.stringify({ ...encounter, lines: [] })].join(
      '\n',
    );
    const answers = execFileSync(process.execPath, [file], { input, encoding: 'utf8' }).trim().split('\n');
    expect(answers.map((line) => JSON.parse(line) as unknown)).toStrictEqual([
      judgePlain(program, readDocument(encounter, program).input!),
      { refused: [{ at: '', problem: 'must be JSON' }] },
      { refused: [{ at: 'lines', problem: 'must hold at least one line' }] },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
