import type { Place } from '../base/source.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import { all, any, lower } from '../intermediate/lower.ts';
import type { PlainProgram, PlainTest, Sides } from '../intermediate/form.ts';
import { bind, epochsOf, literalValue } from '../model/bind.ts';
import type { Condition, Operand } from '../model/condition.ts';
import { effects, timeMethods } from '../model/policy.ts';
import type { DerivedFigure, Policy, Rule, TimeRule } from '../model/policy.ts';
import { mutateCondition, mutateDated, mutateList, mutateNumber } from './mutate-condition.ts';
import type { Changed, CanBeEmpty } from './mutate-condition.ts';

/**
 * Policies with one deliberate error, as it might be made in writing an export. Each comes with the policies that decide
 * together with the changed one, and no others: so it is small enough to be exported and run by itself.
 */
export type Mutant = {
  /** `policy/rule #7`, unique among the mutants of a program. */
  readonly id: string;
  /** The error in a few words. */
  readonly what: string;
  readonly place: Place;
  readonly before: readonly Policy[];
} & (
  | {
      readonly kind: 'policy';
      /** Null where it is one of the policy as a whole. */
      readonly rule: string | null;
      readonly after: readonly Policy[];
    }
  /** A guard of the intermediate form is missing: an empty field is taken for one of which nothing is known. */
  | { readonly kind: 'guard'; readonly rule: string; readonly path: string }
);

/** Every error of the usual kinds, one at a time; always the same ones in the same order. */
export function mutantsOf(policies: readonly Policy[], vocabulary: Vocabulary): readonly Mutant[] {
  const canBeEmpty: CanBeEmpty = ({ path }) => {
    const fact = vocabulary.byPath.get(path);
    return !required.has(path) && !fact?.absentMeansNone && !fact?.absentMeansUnknown;
  };
  return policies.flatMap((policy) => {
    const before = decidedTogether(policies, policy);
    const changed = mutatePolicy(policy, canBeEmpty).filter(({ value }) => isWhole(value.policy));
    const mutants = changed.map(({ what, value }) => ({
      kind: 'policy' as const,
      what,
      rule: value.rule?.id ?? null,
      place: value.rule?.place ?? policy.place,
      before,
      after: before.map((one) => (one === policy ? value.policy : one)),
    }));
    const guards = guardsOf(policy, vocabulary).map(({ rule, path }) => ({
      kind: 'guard' as const,
      what: `an empty \`${path}\` is taken for unknown`,
      rule: rule.id,
      place: rule.place,
      before,
      path,
    }));
    const revision = policies.filter(({ id }) => id === policy.id).length > 1 ? ` ${policy.from}` : '';
    return [...mutants, ...guards].map((mutant, at) => ({
      ...mutant,
      id: `${mutant.rule ?? policy.id}${revision} #${at + 1}`,
    }));
  });
}

/** What is exported of a mutant: the policies as they are, and with the error. */
export function programsOf(
  mutant: Mutant,
  vocabulary: Vocabulary,
): { readonly original: PlainProgram; readonly changed: PlainProgram } {
  const original = lower(mutant.before, vocabulary);
  const changed =
    mutant.kind === 'policy'
      ? lower(mutant.after, vocabulary)
      : withoutGuard(original, mutant.rule, mutant.path);
  return { original, changed };
}

/** A policy with its other revisions, every overlay of it, everything that it extends, and so on. */
export function decidedTogether(policies: readonly Policy[], policy: Policy): readonly Policy[] {
  const ids = new Set([policy.id]);
  for (let size = 0; size !== ids.size;) {
    size = ids.size;
    for (const { id, extends: base } of policies)
      if (base !== null && (ids.has(id) || ids.has(base))) ids.add(id).add(base);
  }
  return policies.filter(({ id }) => ids.has(id));
}

interface ChangedPolicy {
  readonly policy: Policy;
  /** The one in which the error was made. */
  readonly rule: Rule | null;
}

function mutatePolicy(policy: Policy, canBeEmpty: CanBeEmpty): readonly Changed<ChangedPolicy>[] {
  const whole = (what: string, change: Partial<Policy>): Changed<ChangedPolicy> => ({
    what,
    value: { policy: { ...policy, ...change }, rule: null },
  });
  const { from, to, payers, received, rules } = policy;
  return [
    whole('the policy begins a day earlier', { from: from - 1 }),
    ...(to === null || to > from ? [whole('the policy begins a day later', { from: from + 1 })] : []),
    ...(to === null ? [] : [whole('the policy ends a day later', { to: to + 1 })]),
    ...(to === null || to === from ? [] : [whole('the policy ends a day earlier', { to: to - 1 })]),
    ...(payers === null
      ? []
      : [
          ...payers.map((payer) =>
            whole(`the policy is not for ${payer}`, { payers: payers.filter((one) => one !== payer) }),
          ),
          whole('the policy is for every payer', { payers: null }),
        ]),
    ...(policy.extends === null ? [] : [whole('the policy takes nothing’s place', { extends: null })]),
    ...(received === null
      ? []
      : [
          whole('the policy is for every date received', { received: null }),
          ...mutateDated({ ...received, value: null }, () => []).map(({ what, value }) =>
            whole(`the days of receipt ${what}`, {
              received: { ...received, from: value.from, to: value.to },
            }),
          ),
        ]),
    ...(policy.timeRule === null
      ? []
      : mutateTimeRule(policy.timeRule).map(({ what, value }) => whole(what, { timeRule: value }))),
    ...policy.derived.flatMap((figure) =>
      mutateFigure(figure, canBeEmpty).map(({ what, value }) =>
        whole(`\`derived.${figure.name}\`: ${what}`, {
          derived: policy.derived.map((one) => (one === figure ? value : one)),
        }),
      ),
    ),
    ...rules.flatMap((rule) => [
      {
        what: 'the rule was left out',
        value: { policy: { ...policy, rules: rules.filter((one) => one !== rule) }, rule },
      },
      ...mutateRule(rule, policy, canBeEmpty).map(({ what, value }) => ({
        what,
        value: { policy: { ...policy, rules: rules.map((one) => (one === rule ? value : one)) }, rule },
      })),
    ]),
  ];
}

function mutateRule(rule: Rule, policy: Policy, canBeEmpty: CanBeEmpty): readonly Changed<Rule>[] {
  const parts = (['when', 'require', 'unless'] as const).flatMap((part): readonly Changed<Rule>[] => {
    const condition: Condition | null = rule[part];
    if (condition === null) return [];
    return [
      { what: `\`${part}\` was left out`, value: { ...rule, [part]: null } },
      ...mutateCondition(condition, canBeEmpty).map(({ what, value }) => ({
        what: `in \`${part}\`, ${what}`,
        value: { ...rule, [part]: value },
      })),
    ];
  });
  const fitting = effects.filter(
    (effect) => effect !== rule.effect && (effect !== 'reduce' || (rule.scope === 'line' && policy.timeRule)),
  );
  return [
    ...parts,
    ...fitting.map((effect) => ({
      what: `\`${rule.effect}\` became \`${effect}\``,
      value: { ...rule, effect },
    })),
  ];
}

function mutateFigure(figure: DerivedFigure, canBeEmpty: CanBeEmpty): readonly Changed<DerivedFigure>[] {
  const { calculation, fact, where } = figure;
  const instead = fact === null ? [] : (['count', 'countDistinct', 'min', 'max'] as const);
  const swapped = instead
    .filter((one) => one !== calculation)
    // Only numbers and days have a least and a greatest.
    .filter((one) => one === 'count' || one === 'countDistinct' || isOrdered(fact!.type.scalar))
    .map((one) => ({
      what: `\`${calculation}\` became \`${one}\``,
      value: { ...figure, calculation: one, fact: one === 'count' ? null : fact },
    }));
  return [
    ...swapped,
    ...(where === null
      ? []
      : [
          { what: '`where` was left out', value: { ...figure, where: null } },
          ...mutateCondition(where, canBeEmpty).map(({ what, value }) => ({
            what,
            value: { ...figure, where: value },
          })),
        ]),
  ];
}

const isOrdered = (scalar: string) => scalar === 'number' || scalar === 'date';

function mutateTimeRule(rule: TimeRule): readonly Changed<TimeRule>[] {
  const { method, codes, minutesPerUnit, minimumMinutes } = rule;
  const lists =
    codes.kind === 'literal'
      ? mutateList(literalValue(codes) as readonly string[]).map(({ what, value }): Changed<Operand> => ({
          what,
          value: { ...codes, value },
        }))
      : codes.kind === 'dated'
        ? codes.values.flatMap((one, at) =>
            mutateDated(one, (value) => mutateList(value as readonly string[])).map(
              ({ what, value }): Changed<Operand> => ({
                what,
                value: {
                  ...codes,
                  values: codes.values.map((other, index) => (index === at ? value : other)),
                },
              }),
            ),
          )
        : [];
  return [
    ...timeMethods
      .filter((one) => one !== method)
      .map((one) => ({ what: `\`${method}\` became \`${one}\``, value: { ...rule, method: one } })),
    ...[1, -1].map((by) => ({
      what: `a unit has ${minutesPerUnit + by} minutes`,
      value: { ...rule, minutesPerUnit: minutesPerUnit + by },
    })),
    ...(minimumMinutes === null
      ? [
          {
            what: 'less than a midpoint was set aside',
            value: {
              ...rule,
              minimumMinutes: {
                kind: 'literal' as const,
                value: Math.floor(minutesPerUnit / 2) + 1,
                name: null,
              },
            },
          },
        ]
      : [
          { what: 'the fewest minutes were left out', value: { ...rule, minimumMinutes: null } },
          ...mutateNumber(minimumMinutes).map(({ what, value }) => ({
            what: `the fewest minutes: ${what}`,
            value: { ...rule, minimumMinutes: value },
          })),
        ]),
    ...lists.map(({ what, value }) => ({ what: `timed codes: ${what}`, value: { ...rule, codes: value } })),
  ];
}

/** Whether everything that a policy names has a value on each of its days. */
function isWhole(policy: Policy): boolean {
  try {
    for (const { from } of epochsOf(policy)) bind(policy, from);
    return true;
  } catch {
    return false;
  }
}

/** Where a rule asks whether a field is empty; not of the fields that the boundary wants filled in. */
function guardsOf(
  policy: Policy,
  vocabulary: Vocabulary,
): readonly { readonly rule: Rule; readonly path: string }[] {
  const { fields, policies } = lower([policy], vocabulary);
  const fillable = new Set(
    fields
      .filter(({ absentMeansNone, path }) => !absentMeansNone && !required.has(path))
      .map(({ path }) => path),
  );
  return policy.rules.flatMap((rule) => {
    const paths = new Set<string>();
    for (const { rules } of policies[0]!.periods)
      for (const { id, applies, met } of rules)
        if (id === rule.id) for (const sides of [applies, met]) emptyIn(sides.fails, paths);
    return [...paths].filter((path) => fillable.has(path)).map((path) => ({ rule, path }));
  });
}

const required: ReadonlySet<string> = new Set(['visit.date', 'visit.payer', 'line.code']);

function emptyIn(test: PlainTest, paths: Set<string>): void {
  if (test.kind === 'empty' && test.ref.kind === 'field') paths.add(test.ref.path);
  else if (test.kind === 'all' || test.kind === 'any') for (const one of test.tests) emptyIn(one, paths);
  else if (test.kind === 'someOther' || test.kind === 'everyOther') emptyIn(test.test, paths);
}

function withoutGuard(program: PlainProgram, id: string | null, path: string): PlainProgram {
  const without = (test: PlainTest): PlainTest => {
    switch (test.kind) {
      case 'empty':
        return test.ref.kind === 'field' && test.ref.path === path ? { kind: 'always', value: false } : test;
      case 'all':
        return all(test.tests.map(without));
      case 'any':
        return any(test.tests.map(without));
      case 'someOther':
      case 'everyOther':
        return { ...test, test: without(test.test) };
      default:
        return test;
    }
  };
  const fails = (sides: Sides): Sides => ({ holds: sides.holds, fails: without(sides.fails) });
  return {
    ...program,
    policies: program.policies.map((policy) => ({
      ...policy,
      periods: policy.periods.map((period) => ({
        ...period,
        rules: period.rules.map((rule) =>
          rule.id === id ? { ...rule, applies: fails(rule.applies), met: fails(rule.met) } : rule,
        ),
      })),
    })),
  };
}
