import { expect, test } from 'vitest';

import type { ExportProgress, ExportResult, OfferedTarget } from '../../../publishing/exporting.ts';
import type { ExportState } from '../../session/export-run.ts';
import { withLatest } from '../../session/export-run.ts';
import { exportSummary, signingChoices, targetRows } from './exports-view.ts';

const sql: OfferedTarget = { id: 'sql', title: 'SQL', audience: 'Auditors.', decides: true };
const manual: OfferedTarget = { id: 'manual', title: 'Manual', audience: 'Readers.', decides: false };
const idle: ExportState = {
  targets: [sql, manual],
  keys: null,
  running: null,
  progress: [],
  result: null,
  trouble: null,
};
const running = {
  ...idle,
  running: {
    targets: ['sql', 'manual'],
    version: 'draft',
    mutants: true,
    withoutSaved: false,
    signWith: null,
  },
} as const satisfies ExportState;
const step = (more: Partial<ExportProgress>): ExportProgress => ({
  target: 'sql',
  engine: 'DuckDB',
  stage: 'kit',
  done: 500,
  total: 9000,
  identical: 500,
  caught: 0,
  ...more,
});
const packed: ExportResult = {
  kind: 'packed',
  name: 'a.ppb.tgz',
  bundle: '',
  revision: '0',
  signedBy: null,
  targets: [
    { id: 'sql', losses: [{ what: 'No messages.', at: { path: 'rules/a.policy.yaml', line: 3 } }] },
    { id: 'manual', losses: [] },
  ],
  proofs: [
    {
      target: 'sql',
      proven: true,
      engine: 'DuckDB',
      version: '1',
      runs: 3,
      identical: 3000,
      total: 3000,
      cannotHold: ['a'],
      mutants: { caught: 40, total: 40 },
      seconds: 12.3,
    },
    {
      target: 'sql',
      proven: true,
      engine: 'SQLite',
      version: '3',
      runs: 1,
      identical: 2,
      total: 3,
      cannotHold: [],
      mutants: null,
      seconds: 4,
    },
    { target: 'sql', proven: false, why: 'Spark is not here.' },
  ],
};

test.each<[string, ExportState, readonly (readonly string[])[]]>([
  ['before anything', idle, [[], []]],
  [
    'at the beginning',
    running,
    [['waiting: waits for its turn'], ['waiting: to be read by people; nothing to prove']],
  ],
  [
    'in the middle of the kit',
    { ...running, progress: [step({}), step({ engine: 'SQLite', identical: 12 })] },
    [
      ['running: DuckDB: 500 identical so far', 'running: SQLite: 12 identical so far'],
      ['waiting: to be read by people; nothing to prove'],
    ],
  ],
  [
    'in the middle of the deliberate errors',
    { ...running, progress: [step({ identical: 3000 }), step({ stage: 'mutants', total: 40, caught: 7 })] },
    [
      ['running: DuckDB: 3,000 identical; 7 of 40 deliberate errors caught so far'],
      ['waiting: to be read by people; nothing to prove'],
    ],
  ],
  [
    'at the end',
    { ...idle, result: packed },
    [
      [
        'proven: DuckDB 1: 3,000 of 3,000 encounters identical in 3 runs; 40 of 40 deliberate errors caught; 1 encounter it cannot hold',
        'not-proven: SQLite 3: 2 of 3 encounters identical in 1 run',
        'not-run: written, not run here: Spark is not here.',
      ],
      [],
    ],
  ],
])('rows %s', (_, state, rows) => {
  expect(targetRows(state).map(({ proofs }) => proofs.map(({ kind, words }) => `${kind}: ${words}`))).toEqual(
    rows,
  );
});

test('losses stand with their target', () => {
  expect(targetRows({ ...idle, result: packed })[0]!.losses).toHaveLength(1);
});

test.each<[ExportState, string]>([
  [
    idle,
    'Choose for which systems the policies are written. Each export is run on the engine of its system before it leaves.',
  ],
  [running, 'Writing and proving 2 targets. You may go on working meanwhile.'],
  [{ ...idle, trouble: 'The program ended.' }, 'The program ended.'],
  [{ ...idle, result: { kind: 'refused', reasons: [] } }, 'Nothing was packed.'],
  [{ ...idle, result: packed }, 'Packed: 2 targets, 2 proofs on real engines, all as the policies decide.'],
])('summary %#', (state, words) => {
  expect(exportSummary(state)).toBe(words);
});

test('the latest of an engine takes the place of the one before', () => {
  const all = [step({}), step({ engine: 'SQLite' })];
  expect(withLatest(all, step({ done: 1000 })).map(({ done }) => done)).toEqual([1000, 500]);
  expect(withLatest(all, step({ stage: 'mutants' }))).toHaveLength(3);
});

test('not signing comes first; each key has its name and the beginning of its id', () => {
  const found = {
    folder: '/keys',
    keys: [{ name: 'audit', keyId: '0123456789abcdef'.repeat(4) }],
    unusable: [{ name: 'old', why: 'it is locked' }],
  };
  expect(signingChoices(found)).toEqual({
    choices: [
      { id: 'none', title: 'Not signed' },
      { id: '0123456789abcdef'.repeat(4), title: 'Sign with “audit”, 0123456789ab…' },
    ],
    notes: [
      'The private key stays on the disk: the program on your machine signs, and this page never sees it.',
      'The key “old” cannot be used: it is locked.',
    ],
  });
  expect(signingChoices({ ...found, keys: [], unusable: [] })).toEqual({
    choices: [{ id: 'none', title: 'Not signed' }],
    notes: [
      'Not signed: there is no key in /keys that can be used. `proviso keys new --out /keys` makes a pair.',
    ],
  });
  expect(signingChoices(null).notes).toEqual([]);
});
