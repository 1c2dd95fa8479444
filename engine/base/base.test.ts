import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, thousandths } from './decimal.ts';
import { daysInMonth, formatDay, isLeapYear, parseDay } from './calendar-date.ts';
import { joinPath, relativePath } from './paths.ts';
import { createSource, positionAt } from './source.ts';
import { editDistance, suggest } from './suggest.ts';
import { andList, count, orList } from './words.ts';

describe('a decimal', () => {
  const decimals = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((whole) => whole / 1000);
  it.each([
    [0.1 + 0.2, 0.3],
    [1.001 + 2, 3.001],
    [0.3 - 0.1, 0.2],
    [7.5 + 0.5, 8],
    [9_007_199_254_740_991, 9_007_199_254_740_991],
  ])('%d stands for %d', (computed, expected) => expect(decimal(computed)).toBe(expected));
  it('is exact for every sum, as counting in thousandths is', () => {
    fc.assert(
      fc.property(decimals, decimals, (one, two) => {
        expect(decimal(one + two)).toBe((thousandths(one) + thousandths(two)) / 1000);
      }),
    );
  });
});

describe('a calendar date', () => {
  it('counts days as the calendar of the platform does', () => {
    fc.assert(
      fc.property(fc.integer({ min: parseDay('1900-01-01')!, max: parseDay('2199-12-31')! }), (day) => {
        const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
        expect(formatDay(day)).toBe(text);
        expect(parseDay(text)).toBe(day);
      }),
    );
  });
  it.each([
    '2023-02-29',
    '2100-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-1-1',
    '24-01-01',
    '2024-01-01T00:00',
    '',
    ' 2024-01-01',
    '1899-12-31',
    '2200-01-01',
  ])('%s is none', (text) => {
    expect(parseDay(text)).toBeNull();
  });
  it('knows leap years', () => {
    expect([1900, 2000, 2023, 2024].map(isLeapYear)).toEqual([false, true, false, true]);
    expect(daysInMonth(2024, 2)).toBe(29);
  });
});

describe('did you mean', () => {
  it.each([
    ['record.minuts', 'record.minutes'],
    ['atLeest', 'atLeast'],
    ['dney', 'deny'],
    ['MINIMUM', 'minimum'],
    ['xyz', null],
  ])('%s: %s', (written, meant) => {
    expect(suggest(written, ['record.minutes', 'atLeast', 'atMost', 'deny', 'review', 'minimum'])).toBe(
      meant,
    );
  });
  it('is a distance', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

it('finds line and column', () => {
  const source = createSource('a', 'one\r\ntwo\n\nfour');
  expect([0, 2, 5, 9, 10, 99].map((offset) => positionAt(source, offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
    { line: 3, column: 1 },
    { line: 4, column: 1 },
    { line: 4, column: 5 },
  ]);
});

it('names a file from the folder of another, and finds it again', () => {
  expect(relativePath('testcases/hns/a.suite.yaml', 'testcases/encounters/b.yaml')).toBe(
    '../encounters/b.yaml',
  );
  expect(joinPath('testcases/hns/a.suite.yaml', './../encounters//b.yaml')).toBe(
    'testcases/encounters/b.yaml',
  );
  const step = fc.constantFrom('a', 'b', 'c');
  const path = fc.array(step, { minLength: 1, maxLength: 5 }).map((steps) => steps.join('/'));
  fc.assert(
    fc.property(path, path, (from, to) => {
      expect(joinPath(from, relativePath(from, to))).toBe(to);
    }),
  );
});

it('joins words', () => {
  expect([
    count(1, 'unit'),
    count(2, 'unit'),
    andList(['a', 'b', 'c']),
    orList(['a', 'b']),
    orList([]),
  ]).toEqual(['1 unit', '2 units', 'a, b and c', 'a or b', '']);
});
