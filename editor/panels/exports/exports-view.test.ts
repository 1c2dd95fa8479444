import { expect, test } from 'vitest';

import type {
  ExportProgress,
  ExportProof,
  ExportResult,
  OfferedTarget,
} from '../../../publishing/exporting.ts';
import type { ExportState } from '../../session/export-run.ts';
import { nothingExported, withLatest } from '../../session/export-run.ts';
import type { Gauge } from './exports-view.ts';
import { asked, exportSummary, notProven, signingChoices, targetRows } from './exports-view.ts';

const sql: OfferedTarget = {
  id: 'sql',
  title: 'SQL',
  audience: 'Auditors.',
  decides: true,
  engines: ['DuckDB', 'SQLite'],
};
const opa: OfferedTarget = { id: 'opa', title: 'OPA', audience: 'Platforms.', decides: true, engines: [] };
const manual: OfferedTarget = {
  id: 'manual',
  title: 'Manual',
  audience: 'Readers.',
  decides: false,
  engines: [],
};
const idle: ExportState = { ...nothingExported, targets: [sql, opa, manual] };
const running = {
  ...idle,
  asked: { targets: ['sql', 'manual'], version: 'draft', mutants: true, withoutSaved: false, signWith: null },
  isRunning: true,
} as const satisfies ExportState;
const step = (more: Partial<ExportProgress>): ExportProgress => ({
  target: 'sql',
  engine: 'DuckDB',
  stage: 'kit',
  done: 4500,
  total: 9000,
  identical: 3000,
  caught: 0,
  ...more,
});
const through = step({ done: 9000 });
const proof: ExportProof & { readonly proven: true } = {
  target: 'sql',
  proven: true,
  engine: 'DuckDB',
  version: '1',
  runs: 3,
  identical: 3000,
  total: 3000,
  cannotHold: [],
  mutants: { caught: 40, total: 40 },
  seconds: 12.3,
};
const notRun: ExportProof = { target: 'opa', proven: false, why: 'no engine of it comes with Proviso.' };
const packed = {
  kind: 'packed',
  name: 'a.ppb.tgz',
  bundle: '',
  revision: '0',
  signedBy: null,
  targets: [
    { id: 'sql', losses: [{ what: 'No messages.', at: { path: 'rules/a.policy.yaml', line: 3 } }] },
    { id: 'opa', losses: [] },
    { id: 'manual', losses: [] },
  ],
  proofs: [
    proof,
    { ...proof, engine: 'SQLite', version: '3', runs: 1, cannotHold: ['a'], mutants: null, seconds: 4 },
    notRun,
  ],
} as const satisfies ExportResult;
const refused = {
  kind: 'refused',
  reasons: [
    { target: 'sql', what: 'SQLite answered otherwise.', at: null },
    { target: null, what: 'The disk is full.', at: null },
  ],
  proofs: [
    {
      ...proof,
      engine: 'SQLite',
      version: '3',
      identical: 2999,
      mutants: { caught: 39, total: 40 },
      seconds: 185,
    },
  ],
} as const satisfies ExportResult;

const idleNotes = [
  'sql: Will be run on DuckDB, SQLite.',
  'opa: No engine of it comes with Proviso: it is written, and the bundle says that it was not run.',
  'manual: To be read by people. It decides nothing, so nothing is to be proven.',
];

/** A target on a line, and each of its proofs: state, engine, words and bars. */
function drawn(state: ExportState): readonly string[] {
  const bar = (gauge: Gauge | null) =>
    gauge === null
      ? []
      : [
          `${gauge.words} [${gauge.parts.map(({ kind, share }) => `${kind} ${share.toFixed(3)}`).join(', ')}]`,
        ];
  return targetRows(state).flatMap(({ target, note, proofs }) => [
    ...(note === null ? [] : [`${target.id}: ${note}`]),
    ...proofs.map(({ state: how, engine, answers, errors, time }) =>
      [
        `${target.id}: ${how}`,
        engine,
        ...(time === null ? [] : [time]),
        ...bar(answers),
        ...bar(errors),
      ].join(' | '),
    ),
  ]);
}

test.each<[string, ExportState, readonly string[]]>([
  ['before anything', idle, idleNotes],
  [
    'at the beginning, only of what was asked',
    running,
    ['sql: to-come | DuckDB', 'sql: to-come | SQLite', idleNotes[2]!],
  ],
  [
    'in the middle of the encounters',
    { ...running, progress: [step({})] },
    [
      'sql: running | DuckDB | 4,500 of 9,000 answers compared [done 0.500]',
      'sql: to-come | SQLite',
      idleNotes[2]!,
    ],
  ],
  [
    'in the middle of the deliberate errors, of which one was not noticed',
    { ...running, progress: [through, step({ stage: 'mutants', done: 10, total: 40, caught: 9 })] },
    [
      'sql: running | DuckDB | 3,000 identical [done 1.000] | 9 of 10 deliberate errors noticed so far, of 40 [done 0.225, bad 0.025]',
      'sql: to-come | SQLite',
      idleNotes[2]!,
    ],
  ],
  [
    'when the next engine has begun',
    { ...running, progress: [through, step({ engine: 'SQLite', done: 500 })] },
    [
      'sql: asked | DuckDB | 3,000 identical [done 1.000]',
      'sql: running | SQLite | 500 of 9,000 answers compared [done 0.056]',
      idleNotes[2]!,
    ],
  ],
  [
    'at the last answer, where no errors were asked for',
    { ...running, asked: { ...running.asked, mutants: false }, progress: [through] },
    ['sql: asked | DuckDB | 3,000 identical [done 1.000]', 'sql: to-come | SQLite', idleNotes[2]!],
  ],
  [
    'at the end',
    { ...running, isRunning: false, result: packed },
    [
      'sql: proven | DuckDB 1 | 12 s | 3,000 of 3,000 identical, in each of 3 runs [good 1.000] | 40 of 40 deliberate errors noticed [good 1.000]',
      'sql: proven | SQLite 3 | 4 s | 3,000 of 3,000 identical; 1 it cannot hold [good 1.000, none 0.000]',
      'opa: Not run here: no engine of it comes with Proviso.',
      idleNotes[2]!,
    ],
  ],
  [
    'where an engine decides otherwise',
    { ...running, isRunning: false, result: refused },
    [
      'sql: falls-short | SQLite 3 | 3 min 5 s | 2,999 of 3,000 identical, in each of 3 runs [good 1.000, bad 0.000] | 39 of 40 deliberate errors noticed [good 0.975, bad 0.025]',
      ...idleNotes.slice(1),
    ],
  ],
  ['once it was stopped', { ...running, isRunning: false, progress: [through] }, idleNotes],
])('rows %s', (_, state, rows) => {
  expect(drawn(state)).toEqual(rows);
});

test('losses and what is in the way stand with their target', () => {
  const rows = (result: ExportResult) =>
    targetRows({ ...idle, result }).map((row) => [row.losses, row.refused]);
  expect(rows(packed)[0]).toEqual([packed.targets[0].losses, []]);
  expect(rows(refused)[0]).toEqual([[], [refused.reasons[0]]]);
  expect(rows(refused)[1]).toEqual([[], []]);
});

test.each<[ExportState, string]>([
  [
    idle,
    'Choose for which systems the policies are written. Each export is run on the engine of its system before it leaves.',
  ],
  [running, 'Writing the exports: 0 of 2 proofs done. You may go on working meanwhile.'],
  [
    { ...running, progress: [through, step({ engine: 'SQLite' })] },
    'Proving on SQLite: 1 of 2 proofs done. You may go on working meanwhile.',
  ],
  [{ ...idle, trouble: 'The program ended.' }, 'The program ended.'],
  [{ ...idle, result: refused }, 'Nothing was packed.'],
  [{ ...idle, result: packed }, 'Packed: 3 exports, 2 proofs on real engines, all as the policies decide.'],
  [{ ...idle, result: { ...packed, proofs: [notRun] } }, 'Packed: 3 exports, not run on any engine.'],
])('summary %#', (state, words) => {
  expect(exportSummary(state)).toBe(words);
});

test('what a bundle does not prove is said in plain words', () => {
  const begins = (result: ExportResult | null) =>
    notProven({ ...idle, result }).map((words) => words.split(/[.:]/)[0]);
  expect(begins(null)).toEqual([]);
  expect(begins(packed)).toEqual([
    'That the policies are right',
    'How encounters are decided that are not among the 3,000 of the proof',
    'Anything of engines in other versions than those named',
    'That the proof would notice a mistake in an export',
    'OPA',
    'Manual',
    'Who made the bundle',
  ]);
  expect(begins({ ...packed, proofs: [proof], targets: [packed.targets[0]], signedBy: 'ab' })).toEqual([
    'That the policies are right',
    'How encounters are decided that are not among the 3,000 of the proof',
    'Anything of engines in other versions than those named',
  ]);
});

test('what was asked is told while it runs', () => {
  const keys = { folder: '/keys', keys: [{ name: 'audit', keyId: 'ab' }], unusable: [] };
  expect(asked(running.asked, keys)).toEqual([
    'The files as saved',
    'with the saved encounters',
    'with deliberate errors',
    'not signed',
  ]);
  expect(
    asked({ ...running.asked, version: 'release:latest', withoutSaved: true, signWith: 'ab' }, keys),
  ).toEqual([
    'The last release',
    'without saved encounters',
    'with deliberate errors',
    'signed with “audit”',
  ]);
});

test('the latest of an engine takes the place of the one before', () => {
  const all = [step({}), step({ engine: 'SQLite' })];
  expect(withLatest(all, step({ done: 1000 })).map(({ done }) => done)).toEqual([1000, 4500]);
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
