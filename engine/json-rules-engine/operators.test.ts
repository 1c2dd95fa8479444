import { describe, expect, test } from 'vitest';
import { operatorNames } from '../model/operators.ts';
import { engineOperators, ownOperators } from './operators.ts';

/** The type of the library does not tell of its `evaluate`. */
const evaluate = (name: string, value: unknown, operand: unknown): boolean => {
  const operator = ownOperators().find((candidate) => candidate.name === name) as unknown as {
    evaluate: (value: unknown, operand: unknown) => boolean;
  };
  return operator.evaluate(value, operand);
};

test('every operator of the language but `documented` has its two forms', () => {
  expect(Object.keys(engineOperators).toSorted()).toEqual(
    operatorNames.filter((name) => name !== 'documented').toSorted(),
  );
});

describe('operators that the engine lacks', () => {
  test.each([
    ['sizeAtLeast', [1, 2], 2, true],
    ['sizeAtLeast', [1], 2, false],
    ['sizeAtLeast', null, 0, false],
    ['sizeAtLeast', 'ab', 1, false],
    ['sizeAtMost', [], 0, true],
    ['sizeAtMost', [1], 0, false],
    ['sizeAtMost', null, 5, false],
    ['startsWith', 'M54.50', 'M54', true],
    ['startsWith', 'M54.50', 'm54', false],
    ['startsWith', null, 'M', false],
    ['startsWith', 97530, '97', false],
    ['withinDaysOf', '2024-03-01', ['2024-02-28', 2], true],
    ['withinDaysOf', '2024-03-02', ['2024-02-28', 2], false],
    ['withinDaysOf', '2024-02-26', ['2024-02-28', 2], true],
    ['withinDaysOf', '2024-02-28', ['2024-02-28', 0], true],
    ['withinDaysOf', '2024-02-28', ['2024-02-28', -1], false],
    ['withinDaysOf', null, ['2024-02-28', 2], false],
    ['withinDaysOf', '2024-02-28', null, false],
  ])('%s of %j and %j', (name, value, operand, expected) => {
    expect(evaluate(name, value, operand)).toBe(expected);
  });
});
