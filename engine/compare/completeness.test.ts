import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { compile, judge } from '../evaluate/compile.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { createVocabulary, factTable } from '../facts/fact-table.ts';
import type { Condition } from '../model/condition.ts';
import type { Policy, ReceivedWindow, Rule } from '../model/policy.ts';
import { situations } from '../testing/arbitrary.ts';
import { comparePolicies } from './compare-policies.ts';
import { regionOf } from './membership.ts';
import { essenceOf, witnessOf } from './witness.ts';

const vocabulary = createVocabulary();

test('every encounter that two versions decide otherwise lies in a reported region, and every example really changes', () => {
  let changed = 0;
  let examples = 0;
  let covered = 0;
  fc.assert(
    fc.property(
      situations(vocabulary, 25),
      fc.nat({ max: 99 }),
      fc.nat({ max: 99 }),
      ({ policies, encounters }, which, how) => {
        const [before, after] = [policies, mutated(policies, which, how)].map((it) =>
          compile(it, vocabulary),
        );
        const found = comparePolicies(before!, after!, { vocabulary, payers: null, budget: 4000 });
        covered += found.uncovered.length === 0 ? 1 : 0;
        for (const encounter of encounters) {
          const table = factTable(encounter, vocabulary);
          const [was, is] = [before!, after!].map((program) => essenceOf(verdictOf(judge(program, table))));
          if (was === is) continue;
          changed += 1;
          const told =
            regionOf(found, table, vocabulary) !== null ||
            found.units.length > 0 ||
            found.uncovered.length > 0;
          if (!told) throw new Error(`no region holds ${JSON.stringify([was, is, encounter.id])}`);
        }
        for (const region of found.regions.slice(0, 4)) {
          const settings = { vocabulary, before: before!, after: after!, tries: 20 };
          const witness = witnessOf(region, settings);
          if (witness === null) continue;
          examples += 1;
          expect(essenceOf(witness.before)).not.toBe(essenceOf(witness.after));
        }
      },
    ),
    { numRuns: 200 },
  );
  // The test would prove nothing if hardly anything changed, or if hardly anything was covered.
  expect([changed > 200, examples > 60, covered > 150]).toEqual([true, true, true]);
});

/** One small change of one rule, as an author makes it. */
function mutated(policies: readonly Policy[], which: number, how: number): readonly Policy[] {
  const at = which % policies.length;
  return policies.map((policy, index) => {
    if (index !== at) return policy;
    if (how % 3 === 1 && policy.received) return { ...policy, received: narrower(policy.received) };
    if (how % 12 === 0 && policy.to === null) return { ...policy, from: policy.from + 1 };
    const rule = which % policy.rules.length;
    return {
      ...policy,
      rules: policy.rules.flatMap((it, position) => (position === rule ? changedRule(it, how) : [it])),
    };
  });
}

/** A day less, so that no two revisions come to overlap. */
function narrower(received: ReceivedWindow): ReceivedWindow {
  const { from, to } = received;
  return from === null ? { ...received, to: to! - 1 } : { ...received, from: from + 1, to: to && to + 1 };
}

function changedRule(rule: Rule, how: number): readonly Rule[] {
  const condition = (it: Condition | null) => it && changedCondition(it, how);
  switch (how % 6) {
    case 0:
      return [{ ...rule, effect: rule.effect === 'deny' ? 'review' : 'deny' }];
    case 1:
      return [];
    default:
      return [{ ...rule, when: condition(rule.when), require: condition(rule.require) }];
  }
}

function changedCondition(condition: Condition, how: number): Condition {
  switch (condition.kind) {
    case 'all':
      return how % 6 === 2
        ? { ...condition, kind: 'any' }
        : { ...condition, conditions: condition.conditions.map((it) => changedCondition(it, how)) };
    case 'any':
      return how % 6 === 2
        ? { ...condition, kind: 'all' }
        : { ...condition, conditions: condition.conditions.map((it) => changedCondition(it, how)) };
    case 'test': {
      const { operand } = condition;
      if (operand.kind !== 'literal') return condition;
      if (typeof operand.value === 'number')
        return { ...condition, operand: { ...operand, value: operand.value + 1 } };
      if (typeof operand.value === 'boolean')
        return { ...condition, operand: { ...operand, value: !operand.value } };
      if (typeof operand.value === 'object' && operand.value.length > 1)
        return { ...condition, operand: { ...operand, value: operand.value.slice(1) } };
      return condition;
    }
    default:
      return { ...condition, condition: changedCondition(condition.condition, how) };
  }
}
