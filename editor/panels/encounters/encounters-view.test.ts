import { describe, expect, test } from 'vitest';

import type { Decision } from '#engine';

import type { CaseFilters, CaseOrder } from '../../session/case-filters.ts';
import { everyCase } from '../../session/case-filters.ts';
import type { CaseRow, PolicyRow } from '../../worker/protocol.ts';
import { casesFor, facetsOf } from './case-filters.ts';
import { sortCases, summaryOf, toRow, typedTo } from './encounters-view.ts';

const finding = (rule: string) => ({ rule, effect: 'deny' as const, message: '', remedy: '', cites: [] });

/** A case by title and decision; what is special about it is added. */
function saved(
  title: string,
  decision: Decision,
  more: Partial<CaseRow> & { breaks?: string; code?: string } = {},
): CaseRow {
  const { breaks, code = '97530', ...rest } = more;
  const line = {
    line: 1,
    code,
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
    verdict: { decision, lines: [line], visit: { violated: [], undetermined: [] } },
    expected: decision,
    judgedBy: null,
    earlierDecision: decision,
    changed: false,
    ...rest,
  };
}

const cases: readonly CaseRow[] = [
  saved('fifteen minutes', 'pay'),
  saved('no record', 'needs-record', { payer: 'medicare', suite: 'claims', date: '2019-01-01' }),
  saved('nine minutes', 'deny', {
    changed: true,
    earlierDecision: 'pay',
    expected: 'pay',
    outcome: 'failed',
    breaks: 'a/minimum-time',
  }),
  saved('wrong units', 'reduce', {
    outcome: 'failed',
    expected: 'pay',
    code: '97110',
    breaks: 'a/units',
    differences: [
      { at: 'line 1 decision', expected: 'pay', actual: 'reduce' },
      { at: 'line 1 supportable units', expected: '2', actual: '1' },
    ],
  }),
  saved('seven minutes', 'deny', { breaks: 'a/minimum-time', judgedBy: ['b'] }),
];

const policy: PolicyRow = {
  path: 'rules/hns/a/2020-01-01.policy.yaml',
  id: 'a',
  title: 'A',
  kind: 'time-threshold',
  payers: ['hns'],
  from: '2020-01-01',
  to: null,
  received: null,
};

const query = (filters: Partial<CaseFilters>, search = '') => ({
  filters: { ...everyCase, ...filters },
  search,
  policy,
});
const titles = (filters: Partial<CaseFilters>, search = '') =>
  casesFor(cases, query(filters, search)).map((row) => row.title);

describe('which encounters are shown', () => {
  test('by state or decision', () => {
    expect(titles({ shows: ['changed'] })).toEqual(['nine minutes']);
    expect(titles({ shows: ['failing'] })).toEqual(['nine minutes', 'wrong units']);
    expect(titles({ shows: ['deny'] })).toEqual(['nine minutes', 'seven minutes']);
  });

  test('of several decisions any will do, and all other filters must hold besides', () => {
    expect(titles({ shows: ['deny', 'reduce'] })).toEqual(['nine minutes', 'wrong units', 'seven minutes']);
    expect(titles({ shows: ['deny', 'reduce', 'failing'] })).toEqual(['nine minutes', 'wrong units']);
    expect(titles({ shows: ['deny'], rule: 'a/minimum-time' }, 'seven')).toEqual(['seven minutes']);
    expect(titles({ shows: ['pay'], payer: 'medicare' })).toEqual([]);
  });

  test('by rule, payer and suite', () => {
    expect(titles({ rule: 'a/minimum-time' })).toEqual(['nine minutes', 'seven minutes']);
    expect(titles({ payer: 'medicare' })).toEqual(['no record']);
    expect(titles({ suite: 'claims' })).toEqual(['no record']);
  });

  test('of the open policy: for its payers, in its days, and not left out by the suite', () => {
    expect(titles({ ofPolicy: true })).toEqual(['fifteen minutes', 'nine minutes', 'wrong units']);
  });

  test('every word must be found, in titles, codes or the rules that are broken', () => {
    expect(titles({}, 'minutes nine')).toEqual(['nine minutes']);
    expect(titles({}, 'minimum-time')).toEqual(['nine minutes', 'seven minutes']);
    expect(titles({}, '97110 UNITS')).toEqual(['wrong units']);
  });
});

describe('what the filters offer', () => {
  const offers = (filters: Partial<CaseFilters>) => {
    const { shows, rules, payers, suites } = facetsOf(cases, query(filters), true);
    return [shows, rules, payers, suites].map((facet) => facet.map(({ id, count }) => `${id} ${count}`));
  };

  test('changed and failing always, the rest where it occurs', () => {
    expect(offers({})).toEqual([
      ['changed 1', 'failing 2', 'deny 2', 'reduce 1', 'needs-record 1', 'pay 1'],
      ['a/minimum-time 2', 'a/units 1'],
      ['hns 4', 'medicare 1'],
      ['times 4', 'claims 1'],
    ]);
  });

  test('each counts what it would leave beside the others, not beside itself', () => {
    expect(offers({ shows: ['deny'], payer: 'hns' })).toEqual([
      ['changed 1', 'failing 1', 'deny 2', 'reduce 1', 'pay 1'],
      ['a/minimum-time 2'],
      ['hns 2'],
      ['times 2'],
    ]);
  });

  test('what is chosen stays, though it leaves nothing', () => {
    expect(offers({ shows: ['review'], rule: 'a/gone' })).toEqual([
      ['changed 0', 'failing 0', 'review 0'],
      ['a/gone 0'],
      [],
      [],
    ]);
  });
});

describe('in which order', () => {
  const sorted = (order: CaseOrder) => sortCases(cases, order).map(({ title }) => title);

  test('of itself: changed first, then failing, then the rest as in the files', () => {
    expect(sorted(null)).toEqual([
      'nine minutes',
      'wrong units',
      'fifteen minutes',
      'no record',
      'seven minutes',
    ]);
  });

  test('by decision, gravest first; equals as in the files; and the other way round', () => {
    expect(sorted({ column: 'actual', descending: false })).toEqual([
      'nine minutes',
      'seven minutes',
      'wrong units',
      'no record',
      'fifteen minutes',
    ]);
    expect(sorted({ column: 'actual', descending: true })).toEqual([
      'fifteen minutes',
      'no record',
      'wrong units',
      'nine minutes',
      'seven minutes',
    ]);
  });

  test('by text', () => {
    expect(sorted({ column: 'title', descending: false })[0]).toBe('fifteen minutes');
    expect(sorted({ column: 'date', descending: false })[0]).toBe('no record');
    expect(sorted({ column: 'codes', descending: false })[0]).toBe('wrong units');
  });
});

test('a changed row tells both decisions', () => {
  expect(toRow(cases[2]!)).toEqual({
    key: 'nine minutes',
    title: 'nine minutes',
    suite: 'times',
    payer: 'hns',
    date: '2024-03-04',
    codes: '97530',
    decision: 'deny',
    expected: 'pay',
    saved: 'pay',
    before: 'pay',
    changed: true,
    expectation: 'not as expected',
    trouble: null,
  });
});

test('a failing row tells what was expected', () => {
  expect(toRow(cases[3]!).trouble).toBe('line 1 decision: expected pay, found reduce (and 1 more)');
});

test('the summary counts what has an expectation', () => {
  expect(summaryOf([...cases, saved('free', 'pay', { outcome: 'unchecked', expected: null })])).toEqual({
    passed: 3,
    failed: 2,
    changed: 1,
  });
});

describe('typing goes to a title', () => {
  const go = (typed: string, at = -1) => cases[typedTo(cases, typed, at)]?.title;

  test('that begins so, or else to one with such a word', () => {
    expect(go('ni')).toBe('nine minutes');
    expect(go('un')).toBe('wrong units');
    expect(go('zz')).toBeUndefined();
  });

  test('the same letter again goes on to the next, and round', () => {
    expect(go('n', 0)).toBe('no record');
    expect(go('n', 1)).toBe('nine minutes');
    expect(go('nn', 2)).toBe('no record');
  });

  test('a longer word stays where it fits already', () => {
    expect(go('nin', 2)).toBe('nine minutes');
  });
});
