import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { figuresIn, figuresTable, neitherSentence, withFigures } from '../conformance/figures.ts';

const page = readFileSync(path.join(import.meta.dirname, 'exports.md'), 'utf8');

/** The kit itself is made anew by `npm run conformance`, which fails where the page tells of another one. */
test('every engine that was run answered every encounter as expected, and let no deliberate error pass', () => {
  const rows = figuresIn(page)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells[4] !== 'not run');
  expect(rows.length).toBeGreaterThan(0);
  for (const [, , engine, , identical = '', , caught = ''] of rows) {
    const [one, all] = identical.split(' / ');
    expect([engine, one]).toStrictEqual([engine, all]);
    if (caught !== 'none tried') expect(new Set(caught.split(' / ')).size).toBe(1);
  }
});

test('figures go between their marks, and nothing else changes', () => {
  const figures = figuresTable(3, { total: 5, told: 4, equal: 1 }, [
    { target: 'SQL', engine: 'SQLite', notRun: 'it is not here.' },
    {
      target: 'SQL',
      engine: 'DuckDB',
      notRun: null,
      version: '1',
      identical: 2,
      total: 3,
      cannotHold: 0,
      mutants: { caught: 4, total: 4 },
      steady: false,
    },
  ]);
  const written = withFigures(page, figures);
  expect(figuresIn(written)).toBe(figures);
  expect(withFigures(written, figuresIn(page))).toBe(page);
  expect(figures).toContain('2 / 3, not steady');
});

test('deliberate errors that are neither told nor proven are named with their place', () => {
  const left = { id: 'hns/one #7', what: '`when` was left out' };
  const more = { id: 'hns #2', what: 'the policy begins a day earlier' };
  expect([[], [left], [left, more]].map(neitherSentence)).toStrictEqual([
    null,
    '1 deliberate error is neither told by the kit nor proven to change nothing: hns/one #7 (`when` was left out)',
    '2 deliberate errors are neither told by the kit nor proven to change nothing: hns/one #7 (`when` was left out); hns #2 (the policy begins a day earlier)',
  ]);
});
