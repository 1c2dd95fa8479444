import type { Condition, TestCondition } from '../model/condition.ts';
import { canonicalCondition } from './canonical.ts';

/**
 * Whether one condition is never truer than another: it is the same but for shorter lists.
 * What is not told so by the shape alone is false; nothing is tried.
 */
export function implies(narrow: Condition, wide: Condition): boolean {
  if (canonicalCondition(narrow) === canonicalCondition(wide)) return true;
  if (narrow.kind === 'named') return implies(narrow.condition, wide);
  if (wide.kind === 'named') return implies(narrow, wide.condition);
  if (narrow.kind === 'test') return wide.kind === 'test' && testImplies(narrow, wide);
  if ('conditions' in narrow) {
    return (
      'conditions' in wide &&
      wide.kind === narrow.kind &&
      wide.conditions.length === narrow.conditions.length &&
      narrow.conditions.every((child, at) => implies(child, wide.conditions[at]!))
    );
  }
  if (wide.kind !== narrow.kind || !('condition' in wide)) return false;
  return narrow.kind === 'not' || narrow.kind === 'noOtherLine'
    ? implies(wide.condition, narrow.condition)
    : implies(narrow.condition, wide.condition);
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
