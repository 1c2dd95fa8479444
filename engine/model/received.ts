import { dateReceived } from '../facts/vocabulary.ts';
import type { Condition, FactRef, TestCondition } from './condition.ts';
import type { ReceivedWindow } from './policy.ts';

const fact: FactRef = {
  written: dateReceived,
  path: dateReceived,
  section: 'visit',
  owner: 'visit',
  type: { scalar: 'date', list: false },
  unit: null,
};

/** That a claim was received within a window, as a condition: unknown where the date received was not supplied. */
export function receivedCondition({ from, to, place }: ReceivedWindow): Condition {
  const test = (operator: 'onOrAfter' | 'onOrBefore', value: number): TestCondition => {
    return { kind: 'test', fact, operator, operand: { kind: 'literal', value, name: null }, place };
  };
  if (from === null) return test('onOrBefore', to!);
  if (to === null) return test('onOrAfter', from);
  return { kind: 'all', conditions: [test('onOrAfter', from), test('onOrBefore', to)], place };
}

/** What a condition that holds as a whole asks of the date received. */
export function receivedTests(condition: Condition): readonly TestCondition[] {
  if (condition.kind === 'all') return condition.conditions.flatMap(receivedTests);
  return condition.kind === 'test' && condition.fact.path === dateReceived ? [condition] : [];
}

/** Two conditions as one; either may be absent. */
export function bothOf(first: Condition | null, second: Condition | null): Condition | null {
  if (first === null || second === null) return first ?? second;
  const conditions = [first, second].flatMap((it) => (it.kind === 'all' ? it.conditions : [it]));
  return { kind: 'all', conditions, place: first.place };
}
