import { expect, test } from 'vitest';

import type { CaseRow } from '../../worker/protocol.ts';
import { suiteRows, suitesNote, suiteWords } from './suites-view.ts';

const row = (suite: string, outcome: CaseRow['outcome']): CaseRow => ({
  key: `${suite}/x`,
  suite,
  title: 'x',
  path: `${suite}.suite.yaml`,
  place: { line: 1, column: 1 },
  payer: 'hns',
  date: '2024-03-04',
  outcome,
  reason: null,
  differences: [],
  verdict: null,
  expected: null,
  judgedBy: null,
  earlierDecision: null,
  changed: false,
});

const judged = (cases: readonly CaseRow[]) => ({
  judged: { diagnostics: [], cases, rules: [], policies: [], payers: [], stale: false },
});

test('what fails stands first; encounters without a suite are left out', () => {
  const cases = [
    row('Alpha', 'passed'),
    row('Beta', 'passed'),
    row('Beta', 'errored'),
    row('Beta', 'failed'),
    row('Alpha', 'skipped'),
    row('Encounters', 'unchecked'),
  ];
  const rows = suiteRows(cases);
  expect(rows.map((it) => `${it.title}: ${suiteWords(it)}`)).toEqual([
    'Beta: 1 as expected, 2 not as expected',
    'Alpha: 1 as expected, 1 not checked',
  ]);
  expect(suitesNote(judged(cases))).toBe('1 of 2 fail');
  expect(suitesNote(judged([row('Alpha', 'passed')]))).toBe('passes');
  expect(suitesNote(judged([]))).toBe('none');
  expect(suitesNote({ judged: null })).toBe(null);
});
