import { expect, test } from 'vitest';

import { impactOfRows, noImpact } from '#engine';
import type { ImpactRows } from '#engine';

import { dollars, impactView } from './impact-view.ts';

const rows: ImpactRows = {
  encounters: [],
  lines: [
    { before: 'pay', after: 'pay', count: 2_000, cents: 12_000_050 },
    { before: 'deny', after: 'deny', count: 3, cents: 100 },
    { before: 'reduce', after: 'deny', count: 9, cents: 4_500 },
    { before: 'pay', after: 'deny', count: 2, cents: 102_005 },
  ],
  byCode: [],
  byPayer: [],
  byRule: [],
  changed: 11,
  linesWithoutCharge: 1_200,
};

test('lines that are decided otherwise, the largest charges first, and all that stay', () => {
  expect(impactView(impactOfRows(rows))).toEqual({
    moves: [
      { before: 'pay', after: 'deny', lines: 2, charges: '$1,020.05' },
      { before: 'reduce', after: 'deny', lines: 9, charges: '$45.00' },
    ],
    same: { lines: 2_003, charges: '$120,001.50' },
    note: '1,200 lines state no charge and count as nothing.',
  });
  expect(impactView(noImpact)).toEqual({ moves: [], same: { lines: 0, charges: '$0.00' }, note: null });
});

test.each([
  [0, '$0.00'],
  [5, '$0.05'],
  [123_456_789, '$1,234,567.89'],
])('%i cents are %s', (cents, words) => expect(dollars(cents)).toBe(words));
