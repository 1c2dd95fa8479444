import { describe, expect, test } from 'vitest';

import { createVocabulary } from '../facts/fact-table.ts';
import type { KnownValue, TestCondition } from '../model/condition.ts';
import type { OperatorName } from '../model/operators.ts';
import { ownerOf } from '../facts/fact-table.ts';
import { classAt, classesOf, TooMany } from './domain.ts';
import type { LiteralTest } from './domain.ts';

const vocabulary = createVocabulary();
const place = { path: '', from: 0, to: 0, line: 1, column: 1, endLine: 1, endColumn: 1, yamlPath: '' };

function testOn(path: string, operator: OperatorName, value: KnownValue): LiteralTest {
  const fact = vocabulary.byPath.get(path)!;
  const condition: TestCondition = {
    kind: 'test',
    fact: {
      written: path,
      path,
      section: path.split('.')[0] as TestCondition['fact']['section'],
      owner: ownerOf(path),
      type: fact.type,
      unit: fact.unit ?? null,
    },
    operator,
    operand: { kind: 'literal', value, name: null },
    place,
  };
  return condition as LiteralTest;
}

function shapesOf(
  path: string,
  tests: readonly (readonly [OperatorName, KnownValue])[],
  known: readonly string[] | null = null,
) {
  const literal = tests.map(([operator, value]) => testOn(path, operator, value));
  return classesOf(vocabulary.byPath.get(path)!, literal, known).map(({ shape }) => shape);
}

describe('values that no test can tell apart are one class', () => {
  test('whole numbers, by the constants', () => {
    const [empty, ...ranges] = shapesOf('record.minutes', [
      ['atLeast', 8],
      ['atLeast', 10],
    ]);
    expect(empty).toEqual({ kind: 'empty' });
    expect(ranges).toMatchObject([{ to: 7 }, { from: 8, to: 9 }, { from: 10 }]);
  });

  test('at least 8 and more than 7 divide whole numbers alike', () => {
    expect(
      shapesOf('record.minutes', [
        ['atLeast', 8],
        ['moreThan', 7],
      ]),
    ).toHaveLength(3);
  });

  test('numbers that need not be whole have room between', () => {
    const [, ...ranges] = shapesOf('line.charge', [
      ['moreThan', 7],
      ['atLeast', 8],
    ]);
    expect(ranges).toMatchObject([{ to: 7 }, { from: 7, to: 8, open: true }, { from: 8 }]);
  });

  test('codes that a list names, and all others', () => {
    expect(
      shapesOf('line.code', [
        ['oneOf', ['97110', '97530']],
        ['is', '97530'],
      ]),
    ).toEqual([
      { kind: 'values', values: ['97110'] },
      { kind: 'values', values: ['97530'] },
      { kind: 'other', than: ['97110', '97530'] },
    ]);
  });

  test('payers, where they are known, have no others', () => {
    expect(shapesOf('visit.payer', [['is', 'hns']], ['hns', 'medicare', 'other'])).toEqual([
      { kind: 'values', values: ['hns'] },
      { kind: 'values', values: ['medicare', 'other'] },
    ]);
  });

  test('lists, by what the tests say of them and not by what is in them', () => {
    const shapes = shapesOf('record.consistentWith', [
      ['includesAll', ['complaint', 'plan']],
      ['includesAny', ['complaint', 'plan']],
    ]);
    expect(shapes).toEqual([
      { kind: 'empty' },
      { kind: 'list', example: [] },
      { kind: 'list', example: ['complaint'] },
      { kind: 'list', example: ['complaint', 'plan'] },
    ]);
  });

  test('more items than can be gone through are said', () => {
    const items = Array.from({ length: 9 }, (_, at) => [['includes', `item-${at}`]] as const).flat();
    expect(() =>
      shapesOf('record.consistentWith', items as readonly (readonly [OperatorName, KnownValue])[]),
    ).toThrow(TooMany);
  });
});

test('every value is found in the class it belongs to', () => {
  const tests = [testOn('record.minutes', 'atLeast', 8), testOn('record.minutes', 'atLeast', 10)];
  const classes = classesOf(vocabulary.byPath.get('record.minutes')!, tests, null);
  expect([null, 0, 7, 8, 9, 10, 300].map((value) => classAt(classes, tests, value))).toEqual([
    0, 1, 1, 2, 2, 3, 3,
  ]);
});
