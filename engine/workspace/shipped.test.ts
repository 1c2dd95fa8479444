import { describe, expect, it } from 'vitest';
import {
  createWorkspace,
  formatDay,
  judge,
  operators,
  outcomeCode,
  outcomesIn,
  parseDay,
  printDiagnostic,
  runCases,
} from '../index.ts';
import type { Policy, Rule } from '../index.ts';
import { factsOf, walk } from '../model/condition.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';

const workspace = createWorkspace(shippedFiles());
const today = parseDay('2026-11-23')!;

it('has nothing to complain about in the shipped files', () => {
  expect(
    workspace.diagnostics.map((diagnostic) =>
      printDiagnostic(diagnostic, workspace.files.get(diagnostic.place.path)!),
    ),
  ).toEqual([]);
});

it('passes every shipped case, and there are at least 120', () => {
  const { cases, ...counts } = runCases(workspace.cases, today);
  expect(
    cases
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ suite, id, reason, differences }) => ({ suite, id, reason, differences })),
  ).toEqual([]);
  expect(counts).toMatchObject({ failed: 0, errored: 0, skipped: 0 });
  expect(counts.passed).toBeGreaterThanOrEqual(120);
});

const judgements = workspace.cases.flatMap(({ ready }) => (ready ? [judge(ready.program, ready.table)] : []));

/** How often each rule came out how, over every case, as it is shipped (cases with other parameters included). */
function outcomesOf(rule: Rule): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const judgement of judgements) {
    const outcomeOf = outcomesIn(judgement);
    if (!judgement.policies.some(({ epoch }) => epoch.policy.rules.some(({ id }) => id === rule.id)))
      continue;
    if (rule.scope === 'visit') seen.add(outcomeOf(rule.id, null));
    else judgement.table.lines.forEach((_, index) => seen.add(outcomeOf(rule.id, index + 1)));
  }
  return seen;
}

const rules = workspace.policies.flatMap((policy) => policy.rules.map((rule) => ({ policy, rule })));

describe('every rule is seen violated, met and not applicable', () => {
  it.each(rules.map(({ rule }) => [rule.id, rule] as const))('%s', (_, rule) => {
    const seen = outcomesOf(rule);
    const wanted = ['violated'];
    // A prohibition without exception is never met; a rule without `when` always applies.
    if (rule.require !== null || rule.unless !== null) wanted.push('met');
    if (rule.when !== null) wanted.push('not-applicable');
    expect([...seen]).toEqual(expect.arrayContaining(wanted));
  });
});

describe('claims without a health record', () => {
  const needRecord = rules.filter(({ rule }) =>
    [rule.when, rule.require].some(
      (part) => part && factsOf(part).some(({ section }) => section === 'record'),
    ),
  );
  it('leave every rule that reads the record undetermined somewhere', () => {
    expect(needRecord.length).toBeGreaterThan(10);
    expect(
      needRecord.filter(({ rule }) => !outcomesOf(rule).has('undetermined')).map(({ rule }) => rule.id),
    ).toEqual([]);
  });
});

/** Days on which something begins or ends by date of service: policies, dated parameters, dated entries. */
function boundaryDays(policy: Policy): ReadonlySet<number> {
  const days = new Set([policy.from]);
  if (policy.to !== null) days.add(policy.to + 1);
  for (const rule of policy.rules) {
    for (const part of [rule.when, rule.require, rule.unless]) {
      for (const node of part ? walk(part) : []) {
        if (node.kind !== 'test') continue;
        const { operand } = node;
        const dated =
          operand.kind === 'dated' ? operand.values : operand.kind === 'pairs' ? operand.pairs : [];
        for (const { from, to } of dated) {
          if (from !== null && from > policy.from) days.add(from);
          if (to !== null && to >= policy.from) days.add(to + 1);
        }
      }
    }
  }
  return days;
}

describe('every effective date is tried on the day before and on the day', () => {
  const serviceDays = (policy: Policy) =>
    new Set(
      workspace.cases.flatMap(({ ready }) =>
        ready &&
        (policy.payers === null || policy.payers.includes(ready.table.payer)) &&
        ready.program.policies.some((program) => program.policy.id === policy.id)
          ? [ready.table.day]
          : [],
      ),
    );
  const boundaries = workspace.policies.flatMap((policy) =>
    [...boundaryDays(policy)].map((day) => [policy.id, formatDay(day), policy, day] as const),
  );
  it.each(boundaries)('%s on %s', (_, __, policy, day) => {
    const days = serviceDays(policy);
    expect({ before: days.has(day - 1), on: days.has(day) }).toEqual({ before: true, on: true });
  });
});

it('uses a good part of the language', () => {
  const used = new Set(
    rules.flatMap(({ rule }) =>
      [rule.when, rule.require, rule.unless].flatMap((part) =>
        part ? [...walk(part)].flatMap((node) => (node.kind === 'test' ? [node.operator] : [])) : [],
      ),
    ),
  );
  expect(used.size).toBeGreaterThanOrEqual(12);
  expect([...used].every((name) => name in operators)).toBe(true);
  expect(Object.keys(outcomeCode)).toHaveLength(4);
});
