import { expect, test } from 'vitest';

import { dayOf } from '#engine';

import type { SlowQuery } from '../all-queries.ts';
import { answer } from '../answer.ts';
import type { Memory } from '../memory.ts';
import type { Question } from '../protocol.ts';
import { notice } from './notice.ts';
import type { NoticeAnswer } from './notice.ts';

const path = 'rules/times.policy.yaml';
const policy = (minutes: string) => `policy: times
title: Times
kind: billing
payers: [hns]
effective: { from: 2019-05-01 }
rules:
  - { id: least, title: At least ${minutes}, cite: a#b, when: { line.code: "97530" }, require: { record.minutes: { atLeast: ${minutes} } }, otherwise: deny }
`;
const files = [
  { path, text: policy('8') },
  { path: 'rules/a.source.yaml', text: 'source: a\ntitle: A\nclauses:\n  - { id: b, text: B }\n' },
];

/** The notice of a draft against what is on disk, as the page gets it. */
function noticeOf(text: string, payer: string | null = null): NoticeAnswer {
  const questions: readonly Question[] = [
    { kind: 'open', seq: 1, files },
    { kind: 'change', seq: 2, saved: false, changes: [{ path, text }] },
  ];
  const today = dayOf(2026, 11, 23);
  const memory = questions.reduce<Memory | null>((known, it) => answer(known, it, today).memory, null);
  const { answer: told } = answer(
    memory,
    { kind: 'query', seq: 3, name: 'notice', params: { payer } },
    today,
    notice as SlowQuery,
  );
  if (told.kind !== 'told') throw new Error(told.kind);
  return structuredClone(told.result) as NoticeAnswer;
}

test('the draft against the files on disk, to be shown, sent and printed', () => {
  const notice = noticeOf(policy('10'));
  if (notice.kind !== 'written') throw new Error(notice.kind);
  expect(notice.title).toBe('Change of policy: Times');
  expect(notice.payers).toEqual([{ id: 'hns', title: 'hns' }]);
  expect(notice.blocks[0]).toEqual({ kind: 'heading', level: 1, text: notice.title });
  expect(notice.markdown).toContain(
    'Claim lines with 97530 where the treatment time is 8 or 9 minutes: will be denied.',
  );
  expect(notice.html).toContain('<title>Change of policy: Times</title>');
});

test('nothing to tell: no change at all, or none for this payer', () => {
  expect(noticeOf(policy('8'))).toEqual({ kind: 'nothing' });
  expect(noticeOf(policy('10'), 'medicare')).toEqual({ kind: 'nothing' });
});
