import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  figuresIn,
  figuresTable,
  neitherSentence,
  rowOf,
  rowsIn,
  rowsWith,
  withFigures,
} from '../conformance/figures.ts';
import type { EngineFigures } from '../conformance/figures.ts';

const page = readFileSync(path.join(import.meta.dirname, 'exports.md'), 'utf8');

const absent: EngineFigures = { target: 'SQL', engine: 'SQLite', notRun: 'it is not here.' };
const unsteady: EngineFigures = {
  target: 'SQL',
  engine: 'DuckDB',
  notRun: null,
  version: '1',
  runs: 2,
  identical: 2,
  total: 3,
  cannotHold: 0,
  mutants: { caught: 4, total: 4 },
  steady: false,
};

/** The row of Node.js is found again by `conformance/figures.test.ts`, the others by `npm run conformance`. */
test('every engine that was run answered every encounter as expected, and let no deliberate error pass', () => {
  const rows = rowsIn(page).filter((cells) => !cells.includes('not run'));
  expect(rows.length).toBeGreaterThan(0);
  for (const [, engine, , runs, identical = '', , caught = ''] of rows) {
    const [one, all] = identical.split(' / ');
    expect([engine, one, Number(runs) > 1]).toStrictEqual([engine, all, true]);
    expect([engine, ...new Set(caught.split(' / '))]).toStrictEqual([
      engine,
      expect.stringMatching(/^[1-9]/),
    ]);
  }
});

test('figures go between their marks, and nothing else changes', () => {
  const figures = figuresTable(3, { total: 5, told: 4, equal: 1 }, [rowOf(absent), rowOf(unsteady)]);
  const written = withFigures(page, figures);
  expect(figuresIn(written)).toBe(figures);
  expect(withFigures(written, figuresIn(page))).toBe(page);
  expect(figures).toContain('2 / 3, not steady');
});

test('one engine that is run anew changes its own row alone', () => {
  const written = withFigures(
    page,
    figuresTable(3, { total: 5, told: 4, equal: 1 }, [rowOf(absent), rowOf(unsteady)]),
  );
  const steady = { ...unsteady, identical: 3, steady: true };
  const other = { ...absent, engine: 'Other' };
  expect(rowsWith(written, [other, steady])).toStrictEqual([rowOf(absent), rowOf(steady), rowOf(other)]);
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
