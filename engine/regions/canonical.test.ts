import { expect, test } from 'vitest';

import { bind } from '../model/bind.ts';
import type { Condition } from '../model/condition.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { canonicalCondition, canonicalRule } from './canonical.ts';
import { implies, neverHolds } from './implies.ts';

/** The one rule of a policy with this condition, on a day. */
function ruleWhen(when: string, more = '') {
  const text = `policy: small
title: Small
kind: billing
payers: [acme]
effective: { from: 2020-01-01 }
parameters:
  floor: { value: 8 }
${more}rules:
  - id: one
    title: One
    when: ${when}
    require: { record.minutes: { documented: true } }
    otherwise: deny
    message: No minutes.
    remedy: Record them.
`;
  const { policies } = createWorkspace([{ path: 'rules/acme/small/2020-01-01.policy.yaml', text }]);
  const policy = bind(policies[0]!, policies[0]!.from);
  return { rule: policy.rules[0]!, text: canonicalRule(policy.rules[0]!, policy) };
}

test.each([
  [
    'order of conditions',
    '{ line.code: 97530, record.minutes: { atLeast: 8 } }',
    '{ record.minutes: { atLeast: 8 }, line.code: 97530 }',
  ],
  ['order of a list', '{ line.code: [97110, 97530] }', '{ line.code: [97530, 97110] }'],
  [
    'all within all',
    '{ all: [{ line.code: 97530 }, { all: [{ line.units: 1 }] }] }',
    '{ line.units: 1, line.code: 97530 }',
  ],
  [
    'a parameter and its value',
    '{ record.minutes: { atLeast: $floor } }',
    '{ record.minutes: { atLeast: 8 } }',
  ],
])('%s makes no difference', (_, one, other) => {
  expect(ruleWhen(one).text).toBe(ruleWhen(other).text);
});

test('a named condition is what it stands for', () => {
  const named = 'conditions:\n  isActivity: { line.code: 97530 }\n';
  expect(ruleWhen('{ condition: isActivity }', named).text).toBe(ruleWhen('{ line.code: 97530 }').text);
});

test.each([
  ['a value', '{ line.code: 97530 }', '{ line.code: 97110 }'],
  ['an operator', '{ record.minutes: { atLeast: 8 } }', '{ record.minutes: { moreThan: 8 } }'],
  [
    'all and any',
    '{ all: [{ line.code: 97530 }, { line.units: 1 }] }',
    '{ any: [{ line.code: 97530 }, { line.units: 1 }] }',
  ],
])('%s makes a difference', (_, one, other) => {
  expect(ruleWhen(one).text).not.toBe(ruleWhen(other).text);
});

test('nothing is written as nothing', () => {
  expect(canonicalCondition(null)).toBe('-');
});

test('what a shorter list finds, a longer one finds, too', () => {
  const [few, many, fewNot, manyNot] = [
    '{ anyOtherLine: { other.line.code: [97110] } }',
    '{ anyOtherLine: { other.line.code: [97110, 97530] } }',
    '{ noOtherLine: { other.line.code: [97110] } }',
    '{ noOtherLine: { other.line.code: [97110, 97530] } }',
  ].map((when) => ruleWhen(when).rule.when!);
  expect([implies(few!, many!), implies(many!, few!)]).toEqual([true, false]);
  expect([implies(fewNot!, manyNot!), implies(manyNot!, fewNot!)]).toEqual([false, true]);
  expect(implies(few!, manyNot!)).toBe(false);
});

test('who asks for more asks for each part of it', () => {
  const [both, one, either] = [
    '{ anyOtherLine: { other.line.code: [97110], other.line.units: 1 } }',
    '{ anyOtherLine: { other.line.code: [97110, 97530] } }',
    '{ anyOtherLine: { any: [{ other.line.code: [97110] }, { other.line.units: 2 }] } }',
  ].map((when) => ruleWhen(when).rule.when!);
  expect([implies(both!, one!), implies(one!, both!)]).toEqual([true, false]);
  expect([implies(both!, either!), implies(either!, both!), implies(either!, one!)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('nothing is on an empty list', () => {
  const [some, none] = ['anyOtherLine', 'noOtherLine'].map(
    (kind) => ruleWhen(`{ ${kind}: { other.line.code: [97110], other.line.units: 1 } }`).rule.when!,
  );
  const emptied = (condition: Condition): Condition => {
    if ('conditions' in condition) return { ...condition, conditions: condition.conditions.map(emptied) };
    if (condition.kind !== 'test') return { ...condition, condition: emptied(condition.condition) };
    const { operand } = condition;
    return operand.kind === 'literal' && typeof operand.value === 'object'
      ? { ...condition, operand: { ...operand, value: [] } }
      : condition;
  };
  expect([some!, emptied(some!), emptied(none!)].map(neverHolds)).toEqual([false, true, false]);
});
