import { describe, expect, test } from 'vitest';

import type { Decision } from '#engine';

import type { CaseRow } from '../../worker/protocol.ts';
import { encounterRows, filterCounts, summaryOf } from './encounters-view.ts';

const finding = (rule: string) => ({ rule, effect: 'deny' as const, message: '', remedy: '', cites: [] });

/** A case by title and decision; what is special about it is added. */
function saved(
  title: string,
  decision: Decision,
  more: Partial<CaseRow> & { breaks?: string } = {},
): CaseRow {
  const { breaks, ...rest } = more;
  const line = {
    line: 1,
    code: '97530',
    decision,
    supportableUnits: null,
    violated: breaks ? [finding(breaks)] : [],
    undetermined: [],
  };
  return {
    key: title,
    suite: 'times',
    title,
    path: 'testcases/times.suite.yaml',
    place: { line: 1, column: 1 },
    payer: 'hns',
    date: '2024-03-04',
    outcome: 'passed',
    reason: null,
    differences: [],
    verdict: { encounter: title, decision, lines: [line], visit: { violated: [], undetermined: [] } },
    savedDecision: decision,
    changed: false,
    ...rest,
  };
}

const cases: readonly CaseRow[] = [
  saved('fifteen minutes', 'pay'),
  saved('no record', 'needs-record'),
  saved('nine minutes', 'deny', {
    changed: true,
    savedDecision: 'pay',
    outcome: 'failed',
    breaks: 'a/minimum-time',
  }),
  saved('wrong units', 'reduce', {
    outcome: 'failed',
    differences: [
      { at: 'line 1 decision', expected: 'pay', actual: 'reduce' },
      { at: 'line 1 supportable units', expected: '2', actual: '1' },
    ],
  }),
  saved('seven minutes', 'deny', { breaks: 'a/minimum-time' }),
];

const titles = (filter: Parameters<typeof encounterRows>[1], search = '') =>
  encounterRows(cases, filter, search).map((row) => row.title);

describe('which encounters are shown', () => {
  test('changed first, then failing, then the rest in their order', () => {
    expect(titles('all')).toEqual([
      'nine minutes',
      'wrong units',
      'fifteen minutes',
      'no record',
      'seven minutes',
    ]);
  });

  test('by filter', () => {
    expect(titles('changed')).toEqual(['nine minutes']);
    expect(titles('failing')).toEqual(['nine minutes', 'wrong units']);
    expect(titles('deny')).toEqual(['nine minutes', 'seven minutes']);
  });

  test('every word must be found, in titles, codes or the rules that are broken', () => {
    expect(titles('all', 'minutes nine')).toEqual(['nine minutes']);
    expect(titles('all', 'minimum-time')).toEqual(['nine minutes', 'seven minutes']);
    expect(titles('all', '97530 UNITS')).toEqual(['wrong units']);
  });
});

test('a changed row tells both decisions', () => {
  expect(encounterRows(cases, 'changed', '')).toEqual([
    {
      key: 'nine minutes',
      title: 'nine minutes',
      suite: 'times',
      date: '2024-03-04',
      decision: 'deny',
      before: 'pay',
      changed: true,
      expectation: 'not as expected',
      trouble: null,
    },
  ]);
});

test('a failing row tells what was expected', () => {
  const [, failing] = encounterRows(cases, 'failing', '');
  expect(failing?.trouble).toBe('line 1 decision: expected pay, found reduce (and 1 more)');
});

test('chips: all, changed and failing always, decisions only where they occur', () => {
  expect(filterCounts(cases).map(({ filter, count }) => `${filter} ${count}`)).toEqual([
    'all 5',
    'changed 1',
    'failing 2',
    'deny 2',
    'reduce 1',
    'needs-record 1',
    'pay 1',
  ]);
});

test('the summary counts what has an expectation', () => {
  expect(summaryOf([...cases, saved('free', 'pay', { outcome: 'unchecked' })])).toEqual({
    passed: 3,
    failed: 2,
    changed: 1,
  });
});
