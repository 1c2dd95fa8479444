import { expect, test } from 'vitest';

import type { ImpactRows, RuleTally } from '#engine';

import { impactView } from './impact-view.ts';

const ruleTally = (violated: number): RuleTally => ({
  violated: { count: violated, cents: 0 },
  undetermined: { count: 0, cents: 0 },
});

const rows: ImpactRows = {
  encounters: [
    { before: 'deny', after: 'deny', count: 1_200, cents: 123_456_789 },
    { before: 'pay', after: 'deny', count: 2, cents: 9_005 },
    { before: 'pay', after: 'pay', count: 1, cents: 0 },
  ],
  lines: [],
  byCode: [
    { code: '97110', moves: [{ before: 'pay', after: 'pay', count: 5, cents: 0 }] },
    { code: '97530', moves: [{ before: 'pay', after: 'deny', count: 2, cents: 9_005 }] },
  ],
  byPayer: [],
  byRule: [
    { rule: 'time/least', before: ruleTally(1), after: ruleTally(3) },
    { rule: 'time/other', before: ruleTally(1), after: ruleTally(1) },
  ],
  changed: 2,
  linesWithoutCharge: 1,
};

test('counts and charges, and of codes and rules what moves', () => {
  expect(impactView(rows, 1_203, (rule) => `title of ${rule}`)).toEqual({
    sentence: '2 of the 1,203 encounters are decided otherwise, as a whole or in a line.',
    totals: [
      {
        decision: 'deny',
        before: { number: '1,200', charged: '$1,234,567.89' },
        after: { number: '1,202', charged: '$1,234,657.94' },
        difference: '+2',
      },
      {
        decision: 'pay',
        before: { number: '3', charged: '$90.05' },
        after: { number: '1', charged: '$0.00' },
        difference: '−2',
      },
    ],
    moves: [{ key: ' pay deny', head: '', before: 'pay', after: 'deny', number: '2', charged: '$90.05' }],
    codes: [
      { key: '97530 pay deny', head: '97530', before: 'pay', after: 'deny', number: '2', charged: '$90.05' },
    ],
    rules: [{ rule: 'time/least', title: 'title of time/least', before: '1', after: '3', difference: '+2' }],
    notes: ['1 claim line states no charge and counts as nothing charged.'],
  });
});

test('nothing changes', () => {
  const none: ImpactRows = { ...rows, changed: 0, linesWithoutCharge: 0 };
  const { sentence, notes } = impactView(none, 1, String);
  expect({ sentence, notes }).toEqual({
    sentence: 'None of the 1 encounter is decided otherwise.',
    notes: [],
  });
});
