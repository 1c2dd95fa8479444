import type { Day } from '../base/calendar-date.ts';
import type { CodeList } from '../language/syntax.ts';
import { epochsOf } from '../model/bind.ts';
import { walk } from '../model/condition.ts';
import type { Condition, KnownValue, Operand } from '../model/condition.ts';
import { covers, inForce } from '../model/effective.ts';
import type { Policy } from '../model/policy.ts';

/** A day within a revision on which something that it reads takes another value. */
export interface DayOfChange {
  readonly day: Day;
  readonly changes: readonly NamedChange[];
}

export type NamedChange =
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly unit: string | null;
      /** As it is written; several values with commas between. */
      readonly before: string;
      readonly after: string;
    }
  | {
      readonly kind: 'list';
      readonly name: string;
      readonly title: string;
      /** Pairs as `column one / column two`. */
      readonly added: readonly string[];
      readonly removed: readonly string[];
    };

/** The days after its first on which parameters or lists change within a revision, with what changes. */
export function changesWithin(policy: Policy, lists: readonly CodeList[]): readonly DayOfChange[] {
  const named = namedOperands(policy);
  return epochsOf(policy)
    .slice(1)
    .map(({ from: day }) => ({
      day,
      changes: [...named.values()].flatMap((it) => changeOf(it, day, policy, lists)),
    }))
    .filter(({ changes }) => changes.length > 0);
}

type NamedOperand = Extract<Operand, { kind: 'dated' | 'pairs' }>;

function namedOperands(policy: Policy): ReadonlyMap<string, NamedOperand> {
  const { timeRule, derived, rules } = policy;
  const conditions = [
    ...derived.map(({ where }) => where),
    ...rules.flatMap(({ when, require, unless }) => [when, require, unless]),
  ];
  const operands = [
    ...(timeRule ? [timeRule.codes, timeRule.minimumMinutes] : []),
    ...conditions.flatMap(operandsIn),
    ...rules.flatMap(({ message }) =>
      message.flatMap((part) => (part.kind === 'operand' ? [part.operand] : [])),
    ),
  ];
  return new Map(
    operands
      .flatMap(partsOf)
      .map((operand) => [operand.kind === 'pairs' ? operand.list : operand.name, operand]),
  );
}

function operandsIn(condition: Condition | null): readonly Operand[] {
  if (condition === null) return [];
  return [...walk(condition)].flatMap((node) => (node.kind === 'test' ? [node.operand] : []));
}

function partsOf(operand: Operand | null): readonly NamedOperand[] {
  switch (operand?.kind) {
    case undefined:
    case 'literal':
      return [];
    case 'dated':
    case 'pairs':
      return [operand];
    case 'fact':
      return partsOf(operand.plus);
    case 'within':
      return [...partsOf(operand.of), ...partsOf(operand.days)];
  }
}

function changeOf(
  operand: NamedOperand,
  day: Day,
  policy: Policy,
  lists: readonly CodeList[],
): readonly NamedChange[] {
  const name = operand.kind === 'pairs' ? operand.list : operand.name;
  const parameter = policy.parameters.find((it) => it.name === name);
  if (operand.kind === 'dated' && parameter) {
    // As it is written, since what a number or a day is called depends on where it is used.
    const [before, after] = [day - 1, day].map(
      (it) => inForce(parameter.values, it)?.value.items.join(', ') ?? '',
    ) as [string, string];
    return before === after ? [] : [{ kind: 'parameter', name, unit: parameter.unit, before, after }];
  }
  const [before, after] = [day - 1, day].map((it) => membersOn(operand, it)) as [string[], string[]];
  const added = after.filter((item) => !before.includes(item));
  const removed = before.filter((item) => !after.includes(item));
  return added.length + removed.length === 0
    ? []
    : [{ kind: 'list', name, title: lists.find(({ id }) => id === name)?.title || name, added, removed }];
}

function membersOn(operand: NamedOperand, day: Day): readonly string[] {
  if (operand.kind === 'pairs')
    return operand.pairs
      .filter((pair) => covers(pair, day))
      .map(({ value }) => `${value.columnOne} / ${value.columnTwo}`);
  return itemsOf(inForce(operand.values, day)?.value ?? []).map(String);
}

function itemsOf(value: KnownValue): readonly (string | number | boolean)[] {
  return typeof value === 'object' ? value : [value];
}
