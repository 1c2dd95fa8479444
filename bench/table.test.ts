import { expect, test } from 'vitest';

import { inWords, tableOf } from './table.ts';

test.each([
  [[31], 'ms', '31 ms'],
  [[1, 2, 3, 4], 'ms', '2 ms (95th percentile 4)'],
  [[1234.5], 'kB', '1,235 kB'],
  [[0.123, 0.456], '', '0.12 (95th percentile 0.46)'],
] as const)('%j in %s', (values, unit, words) => {
  expect(inWords({ name: 'x', unit, values })).toBe(words);
});

test('a table is Markdown', () => {
  expect(tableOf(['what', 'n'], [['a', '10']])).toBe('| what | n  |\n| ---- | -- |\n| a    | 10 |');
});
