import { expect, test } from 'vitest';

import { dayOf } from '#engine';

import { answer } from '../answer.ts';
import type { Memory } from '../memory.ts';
import type { Question } from '../protocol.ts';
import { bothTexts } from './both-texts.ts';
import { compare } from './compare.ts';
import type { Comparison } from './compare.ts';

const policyPath = 'rules/times.policy.yaml';
const policy = (minutes: string) => `policy: times
title: Times
kind: billing
effective: { from: 2019-05-01 }
rules:
  - { id: least, title: At least ${minutes}, cite: a#b, when: { line.code: "97530" }, require: { record.minutes: { atLeast: ${minutes} } }, otherwise: deny }
`;
const files = [
  { path: policyPath, text: policy('8') },
  {
    path: 'rules/a.source.yaml',
    text: 'source: a\ntitle: A\naddress: https://example.org\nclauses:\n  - { id: b, text: B }\n',
  },
  ...[7, 8, 9].map((minutes) => ({
    path: `testcases/${minutes}.encounter.yaml`,
    text: `encounter: m${minutes}
title: ${minutes} minutes
visit: { date: 2024-03-04, payer: hns }
lines:
  - { code: "97530", units: 1, record: { minutes: ${minutes} } }
`,
  })),
];
const draft = (text: string, saved = false): Asked => ({
  kind: 'change',
  saved,
  changes: [{ path: policyPath, text }],
});
const filesWith = (minutes: string) =>
  files.map((it) => (it.path === policyPath ? { ...it, text: policy(minutes) } : it));
const against = (minutes: string, shown: string | null = null): Asked => ({
  kind: 'against',
  files: filesWith(minutes),
  shown: shown === null ? null : filesWith(shown),
});

type Asked = Question extends infer Q ? (Q extends Question ? Omit<Q, 'seq'> : never) : never;

/** What is known after these questions. */
function after(...asked: readonly Asked[]): Memory {
  return [{ kind: 'open', files } as const, ...asked].reduce<Memory | null>(
    (memory, question, seq) => answer(memory, { ...question, seq }, dayOf(2026, 11, 23)).memory,
    null,
  )!;
}

function compared(memory: Memory): Comparison {
  const { answer: told } = answer(
    memory,
    { kind: 'query', seq: 0, name: 'compare', params: undefined },
    dayOf(2026, 11, 23),
    compare,
  );
  if (told.kind !== 'told') throw new Error(told.kind);
  // The message that the page gets can hold data alone.
  return structuredClone(told.result) as Comparison;
}

/** In a few words: the minutes of each region by its sentence, and each encounter that changes. */
function inBrief(comparison: Comparison): readonly string[] {
  if (comparison.kind === 'unsound') return [`unsound: ${comparison.message}`];
  const { regions, encounters, equal, stale, comparedEncounters } = comparison;
  return [
    ...regions.map(
      ({ sentence, direction }) => `${direction}: ${/treatment time is ([^,]+),/.exec(sentence)?.[1]}`,
    ),
    ...encounters.map(({ key, before, after: now }) => `${key}: ${before} → ${now}`),
    `${equal ? 'equal' : 'not equal'}, ${comparedEncounters} saved${stale ? ', stale' : ''}`,
  ];
}

test('the draft against the files on disk', () => {
  const memory = after(draft(policy('10')));
  expect(inBrief(compared(memory))).toEqual([
    'stricter: 8 or 9 minutes',
    'testcases/8.encounter.yaml: pay → deny',
    'testcases/9.encounter.yaml: pay → deny',
    'not equal, 3 saved',
  ]);
  expect(bothTexts(memory, { path: policyPath })).toEqual({ before: policy('8'), after: policy('10') });
});

test('the draft against a release, also once it is saved; and against the disk again', () => {
  const published = [draft(policy('10'), true), against('9')];
  expect(inBrief(compared(after(...published)))).toEqual([
    'stricter: 9 minutes',
    'testcases/9.encounter.yaml: pay → deny',
    'not equal, 3 saved',
  ]);
  expect(bothTexts(after(...published), { path: policyPath }).before).toBe(policy('9'));
  expect(inBrief(compared(after(...published, { kind: 'against', files: null, shown: null })))).toEqual([
    'equal, 3 saved',
  ]);
});

test('the list of encounters has the same base', () => {
  const rows = (memory: Memory) =>
    memory.told!.rows.map(
      ({ row }) => `${row.title}: ${row.earlierDecision}${row.changed ? ' changed' : ''}`,
    );
  expect(rows(after(draft(policy('10'), true)))).toEqual([
    '7 minutes: deny',
    '8 minutes: deny',
    '9 minutes: deny',
  ]);
  const released = after(draft(policy('10'), true), against('9'));
  expect(rows(released)).toEqual(['7 minutes: deny', '8 minutes: deny', '9 minutes: pay changed']);
});

test('any two releases, whatever the author has', () => {
  const memory = after(draft(policy('20')), against('9', '8'));
  expect(inBrief(compared(memory))).toEqual([
    'looser: 8 minutes',
    'testcases/8.encounter.yaml: deny → pay',
    'not equal, 3 saved',
  ]);
  expect(bothTexts(memory, { path: policyPath })).toEqual({ before: policy('9'), after: policy('8') });
});

test('while the text has a mistake it is the last one without that is compared', () => {
  expect(inBrief(compared(after(draft(policy('10')), draft(policy('[10')))))).toEqual([
    'stricter: 8 or 9 minutes',
    'testcases/8.encounter.yaml: pay → deny',
    'testcases/9.encounter.yaml: pay → deny',
    'not equal, 3 saved, stale',
  ]);
});

test('nothing is compared with what has mistakes', () => {
  expect(inBrief(compared(after(draft(policy('ten'), true), draft(policy('10')))))).toEqual([
    expect.stringMatching(/^unsound: .*ten/),
  ]);
});

test('an example is a small encounter in words, judged by both, with its text; a rule has its place', () => {
  const found = compared(after(draft(policy('10'))));
  const [region] = found.kind === 'compared' ? found.regions : [];
  expect(region?.example).toMatchObject({
    before: 'pay',
    after: 'deny',
    rows: expect.arrayContaining([{ line: 1, path: 'record.minutes', what: 'Minutes', value: '8 minutes' }]),
    text: expect.stringContaining('minutes: 8'),
  });
  expect(region?.rules).toEqual([
    { id: 'times/least', title: 'At least 10', place: { path: policyPath, line: 6, column: 11 } },
  ]);
});
