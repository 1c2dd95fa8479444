import type { Condition, TestCondition } from '../model/condition.ts';
import { canonicalCondition } from './canonical.ts';
import { holdsOn } from './domain.ts';
import type { LiteralTest } from './domain.ts';

/**
 * Whether one condition is never truer than another, where unknown lies between false and true: it asks for more, or
 * for the same from shorter lists. What is not told so by the shape alone is false; nothing is tried.
 */
export function implies(narrow: Condition, wide: Condition): boolean {
  if (canonicalCondition(narrow) === canonicalCondition(wide)) return true;
  if (narrow.kind === 'named') return implies(narrow.condition, wide);
  if (wide.kind === 'named') return implies(narrow, wide.condition);
  if ('conditions' in narrow && narrow.kind === 'any')
    return narrow.conditions.every((it) => implies(it, wide));
  if ('conditions' in wide && wide.kind === 'all') return wide.conditions.every((it) => implies(narrow, it));
  if ('conditions' in narrow) {
    return (
      narrow.conditions.some((it) => implies(it, wide)) ||
      ('conditions' in wide && wide.conditions.some((it) => implies(narrow, it)))
    );
  }
  if ('conditions' in wide) return wide.conditions.some((it) => implies(narrow, it));
  if (narrow.kind === 'test' || wide.kind === 'test')
    return narrow.kind === 'test' && wide.kind === 'test' && testImplies(narrow, wide);
  if (wide.kind !== narrow.kind) return false;
  return narrow.kind === 'not' || narrow.kind === 'noOtherLine'
    ? implies(wide.condition, narrow.condition)
    : implies(narrow.condition, wide.condition);
}

/** Whether a condition can never hold, because it asks for an entry of an empty list, or for a pair that it rules out. */
export function neverHolds(condition: Condition): boolean {
  switch (condition.kind) {
    case 'test': {
      const { operand, operator } = condition;
      if (operand.kind === 'pairs') return operand.pairs.length === 0;
      const asksForOne = operator === 'oneOf' || operator === 'includesAny';
      return (
        asksForOne &&
        operand.kind === 'literal' &&
        typeof operand.value === 'object' &&
        operand.value.length === 0
      );
    }
    case 'all':
      return condition.conditions.some(neverHolds) || hasNoPair(condition.conditions);
    case 'any':
      return condition.conditions.every(neverHolds);
    case 'named':
    case 'anyOtherLine':
      return neverHolds(condition.condition);
    case 'not':
    case 'everyOtherLine':
    case 'noOtherLine':
      return false;
  }
}

/** A pair is asked for, and none of the list has a column one that the other tests of the same fact let through. */
function hasNoPair(conditions: readonly Condition[]): boolean {
  const tests = conditions.filter((it) => it.kind === 'test');
  return tests.some(({ fact, operand }) => {
    if (operand.kind !== 'pairs') return false;
    const beside = tests.filter(
      (it): it is LiteralTest =>
        it.operand.kind === 'literal' && it.fact.path === fact.path && it.fact.owner === fact.owner,
    );
    return !operand.pairs.some(({ value }) => beside.every((it) => holdsOn(it, value.columnOne)));
  });
}

function testImplies(narrow: TestCondition, wide: TestCondition): boolean {
  if (
    narrow.operator !== wide.operator ||
    narrow.fact.path !== wide.fact.path ||
    narrow.fact.owner !== wide.fact.owner
  )
    return false;
  const [few, many] = [narrow.operand, wide.operand];
  if (few.kind === 'pairs' && many.kind === 'pairs') {
    if (few.fact.path !== many.fact.path || few.fact.owner !== many.fact.owner) return false;
    const known = new Set(many.pairs.map(({ value }) => `${value.columnOne}/${value.columnTwo}`));
    return few.pairs.every(({ value }) => known.has(`${value.columnOne}/${value.columnTwo}`));
  }
  if (!['oneOf', 'includesAny'].includes(narrow.operator)) return false;
  if (few.kind !== 'literal' || many.kind !== 'literal') return false;
  if (typeof few.value !== 'object' || typeof many.value !== 'object') return false;
  const known = new Set<unknown>(many.value);
  return few.value.every((item) => known.has(item));
}
