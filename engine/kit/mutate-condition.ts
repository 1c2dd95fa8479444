import type { Condition, FactRef, KnownValue, Operand, Pair, TestCondition } from '../model/condition.ts';
import type { OperatorName } from '../model/operators.ts';
import type { Dated } from '../model/effective.ts';

/** Something with one deliberate error in it, and the error in a few words. */
export interface Changed<T> {
  readonly what: string;
  readonly value: T;
}

/** Every error of the usual kinds that can be made in a condition, one at a time. */
export function mutateCondition(condition: Condition, canBeEmpty: CanBeEmpty): readonly Changed<Condition>[] {
  switch (condition.kind) {
    case 'test':
      return mutateTest(condition, canBeEmpty);
    case 'all':
    case 'any': {
      const { kind, conditions } = condition;
      const inner = within(conditions, (child) => mutateCondition(child, canBeEmpty));
      if (conditions.length < 2)
        return inner.map(({ what, value }) => ({ what, value: { ...condition, conditions: value } }));
      const swapped = kind === 'all' ? 'any' : 'all';
      return [
        { what: `\`${kind}\` became \`${swapped}\``, value: { ...condition, kind: swapped } },
        ...conditions.map((dropped, at): Changed<Condition> => ({
          what: `${nameOf(dropped)} was left out`,
          value: { ...condition, conditions: conditions.filter((_, index) => index !== at) },
        })),
        ...inner.map(({ what, value }): Changed<Condition> => ({
          what,
          value: { ...condition, conditions: value },
        })),
      ];
    }
    case 'not':
      return [{ what: '`not` was left out', value: condition.condition }, ...inside(condition, canBeEmpty)];
    case 'named':
      return inside(condition, canBeEmpty);
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine': {
      const kinds = ['anyOtherLine', 'everyOtherLine', 'noOtherLine'] as const;
      return [
        ...kinds
          .filter((kind) => kind !== condition.kind)
          .map((kind): Changed<Condition> => ({
            what: `\`${condition.kind}\` became \`${kind}\``,
            value: { ...condition, kind },
          })),
        ...inside(condition, canBeEmpty),
      ];
    }
  }
}

/** Whether a fact may be supplied without a value. */
export type CanBeEmpty = (fact: FactRef) => boolean;

function inside(
  condition: Extract<Condition, { readonly condition: Condition }>,
  canBeEmpty: CanBeEmpty,
): readonly Changed<Condition>[] {
  return mutateCondition(condition.condition, canBeEmpty).map(({ what, value }) => ({
    what,
    value: { ...condition, condition: value },
  }));
}

function within<T>(
  items: readonly T[],
  mutate: (item: T) => readonly Changed<T>[],
): readonly Changed<readonly T[]>[] {
  return items.flatMap((item, at) =>
    mutate(item).map(({ what, value }) => ({
      what,
      value: items.map((other, index) => (index === at ? value : other)),
    })),
  );
}

/** Another operator in its place: the strict one for the other, one that looks the wrong way, the opposite. */
const mistakenFor: Partial<Record<OperatorName, readonly OperatorName[]>> = {
  is: ['isNot'],
  isNot: ['is'],
  oneOf: ['noneOf'],
  noneOf: ['oneOf'],
  lessThan: ['atMost', 'moreThan'],
  atMost: ['lessThan', 'atLeast'],
  atLeast: ['moreThan', 'atMost'],
  moreThan: ['atLeast', 'lessThan'],
  before: ['onOrBefore', 'after'],
  onOrBefore: ['before', 'onOrAfter'],
  onOrAfter: ['after', 'onOrBefore'],
  after: ['onOrAfter', 'before'],
  includes: ['excludes'],
  excludes: ['includes'],
  includesAny: ['includesAll', 'includesNone'],
  includesAll: ['includesAny'],
  includesNone: ['includesAny'],
  sizeAtLeast: ['sizeAtMost'],
  sizeAtMost: ['sizeAtLeast'],
};

function mutateTest(test: TestCondition, canBeEmpty: CanBeEmpty): readonly Changed<Condition>[] {
  const { fact, operator, operand, place } = test;
  const others = (mistakenFor[operator] ?? []).map((other): Changed<Condition> => ({
    what: `\`${fact.written}: ${operator}\` became \`${other}\``,
    value: { ...test, operator: other },
  }));
  const operands = mutateOperand(operand, fact).map(({ what, value }): Changed<Condition> => ({
    what: `${what} at \`${fact.written}: ${operator}\``,
    value: { ...test, operand: value },
  }));
  const documented: TestCondition = {
    ...test,
    operator: 'documented',
    operand: { kind: 'literal', value: operator !== 'documented', name: null },
  };
  return [
    ...others,
    ...(operator === 'documented' ? [] : operands),
    ...(operator === 'documented'
      ? [{ what: `\`${fact.written}: documented\` asks the opposite`, value: flipped(test) }]
      : [
          // What is empty would be taken for good.
          ...(canBeEmpty(fact)
            ? [
                {
                  what: `an empty \`${fact.written}\` counts`,
                  value: { kind: 'any' as const, conditions: [test, flipped(documented)], place },
                },
              ]
            : []),
          { what: `any \`${fact.written}\` counts`, value: documented },
        ]),
  ];
}

function flipped(test: TestCondition): TestCondition {
  const { operand } = test;
  const value = operand.kind === 'literal' ? operand.value !== true : false;
  return { ...test, operand: { kind: 'literal', value, name: null } };
}

function mutateOperand(operand: Operand, fact: FactRef): readonly Changed<Operand>[] {
  switch (operand.kind) {
    case 'literal':
      return mutateValue(operand.value, fact).map(({ what, value }) => ({
        what,
        value: { ...operand, value },
      }));
    case 'dated':
      return within(operand.values, (one) => mutateDated(one, (value) => mutateValue(value, fact))).map(
        ({ what, value }) => ({ what, value: { ...operand, values: value } }),
      );
    case 'fact': {
      if (operand.plus === null) {
        if (fact.type.list || (fact.type.scalar !== 'number' && fact.type.scalar !== 'date')) return [];
        const more = (by: number): Changed<Operand> => ({
          what: by > 0 ? 'one more' : 'one less',
          value: { ...operand, plus: { kind: 'literal', value: by, name: null } },
        });
        return [more(1), more(-1)];
      }
      return mutateNumber(operand.plus).map(({ what, value }) => ({
        what,
        value: { ...operand, plus: value },
      }));
    }
    case 'within':
      return [
        ...mutateNumber(operand.days).map(({ what, value }) => ({
          what,
          value: { ...operand, days: value },
        })),
        ...mutateOperand(operand.of, fact).map(({ what, value }) => ({
          what,
          value: { ...operand, of: value },
        })),
      ];
    case 'pairs': {
      const { pairs } = operand;
      const inOrder = sampled(pairs.length).map((at): Changed<Operand> => ({
        what: `the pair ${pairText(pairs[at]!)} was left out`,
        value: { ...operand, pairs: pairs.filter((_, index) => index !== at) },
      }));
      const turned = (pair: Dated<Pair>): Dated<Pair> => ({
        ...pair,
        value: { columnOne: pair.value.columnTwo, columnTwo: pair.value.columnOne },
      });
      const shifted = sampled(pairs.length).flatMap((at) =>
        mutateDays(pairs[at]!).map(({ what, value }): Changed<Operand> => ({
          what: `the pair ${pairText(pairs[at]!)} ${what}`,
          value: { ...operand, pairs: pairs.map((pair, index) => (index === at ? value : pair)) },
        })),
      );
      return [
        ...inOrder,
        ...shifted,
        { what: 'every pair was turned round', value: { ...operand, pairs: pairs.map(turned) } },
      ];
    }
  }
}

export function mutateNumber(operand: Operand): readonly Changed<Operand>[] {
  const by = (value: KnownValue) =>
    typeof value === 'number'
      ? [
          { what: `${value} became ${value + 1}`, value: value + 1 },
          { what: `${value} became ${value - 1}`, value: value - 1 },
        ]
      : [];
  if (operand.kind === 'literal')
    return by(operand.value).map(({ what, value }) => ({ what, value: { ...operand, value } }));
  if (operand.kind !== 'dated') return [];
  return within(operand.values, (one) => mutateDated(one, by)).map(({ what, value }) => ({
    what,
    value: { ...operand, values: value },
  }));
}

/** A value of a period: another value, or the period begins or ends a day earlier or later. */
export function mutateDated<T>(
  one: Dated<T>,
  mutate: (value: T) => readonly Changed<T>[],
): readonly Changed<Dated<T>>[] {
  return [
    ...mutate(one.value).map(({ what, value }) => ({ what, value: { ...one, value } })),
    // Moving where the first value begins would leave days without any.
    ...mutateDays(one),
  ];
}

function mutateDays<T>(one: Dated<T>): readonly Changed<Dated<T>>[] {
  const { from, to } = one;
  return [
    ...(from === null ? [] : [{ what: 'began a day earlier', value: { ...one, from: from - 1 } }]),
    ...(to === null ? [] : [{ what: 'ended a day later', value: { ...one, to: to + 1 } }]),
  ];
}

function mutateValue(value: KnownValue, { type }: FactRef): readonly Changed<KnownValue>[] {
  if (typeof value === 'number') {
    if (type.scalar === 'date')
      return [
        { what: 'a day earlier', value: value - 1 },
        { what: 'a day later', value: value + 1 },
      ];
    return [
      { what: `${value} became ${value + 1}`, value: value + 1 },
      { what: `${value} became ${value - 1}`, value: value - 1 },
    ];
  }
  if (typeof value === 'boolean') return [{ what: `${value} became ${!value}`, value: !value }];
  if (typeof value === 'string') return [];
  return mutateList(value);
}

/** A member left out; of a long list the first, the middle and the last. Or one too many. */
export function mutateList(
  values: readonly (string | number)[],
): readonly Changed<readonly (string | number)[]>[] {
  const dropped = sampled(values.length).map((at) => ({
    what: `\`${values[at]}\` was left out`,
    value: values.filter((_, index) => index !== at),
  }));
  const [first] = values;
  if (first === undefined) return dropped;
  const near = nearMember(values);
  return [...dropped, { what: `\`${near}\` was added`, value: [...values, near] }];
}

/** What stands next to the members of a list and is none: the nearest number, or a code with another last mark. */
export function nearMember(values: readonly (string | number)[]): string | number {
  const taken = new Set(values);
  const last = values.at(-1)!;
  if (typeof last === 'number') {
    for (let near = last + 1; ; near += 1) if (!taken.has(near)) return near;
  }
  for (const mark of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    const near = `${last.slice(0, -1)}${mark}`;
    if (!taken.has(near)) return near;
  }
  return `${last}0`;
}

function sampled(length: number): readonly number[] {
  const all = length <= 3 ? Array.from({ length }, (_, at) => at) : [0, length >> 1, length - 1];
  return all;
}

function pairText({ value }: Dated<Pair>): string {
  return `${value.columnOne}/${value.columnTwo}`;
}

function nameOf(condition: Condition): string {
  switch (condition.kind) {
    case 'test':
      return `\`${condition.fact.written}: ${condition.operator}\``;
    case 'named':
      return `the condition \`${condition.name}\``;
    default:
      return `\`${condition.kind}\``;
  }
}
