import { parseDay } from '../base/calendar-date.ts';
import { decimal } from '../base/decimal.ts';
import type { FactValue } from '../facts/encounter.ts';
import type { Fact } from '../facts/vocabulary.ts';
import type { KnownValue } from '../model/condition.ts';
import type { OperatorName } from '../model/operators.ts';

/** What stands for text that somebody would have to write: every test of its presence holds for it. */
export const anyText = 'as documented';

/** A number that is not counted in wholes moves by tenths. */
const stepOf = (fact: Fact): number => (fact.type.scalar === 'date' || fact.whole ? 1 : 0.1);

type Items = readonly (string | number)[];

/**
 * Values of a fact at which a test may turn: for numbers and days the operand and its neighbours,
 * for choices every one of them, for lists the present one with as little as possible added or taken away.
 */
export function turningValues(
  fact: Fact,
  operator: OperatorName,
  operand: KnownValue,
  now: FactValue | undefined,
  others: readonly string[],
): readonly FactValue[] {
  if (fact.type.list) return listValues(fact, operator, operand, now ?? null, others);
  const items = operator === 'withinDaysOf' ? spanOf(operand as readonly [number, number]) : itemsOf(operand);
  switch (fact.type.scalar) {
    case 'number':
    case 'date':
      return items.flatMap((item) => (typeof item === 'number' ? around(item, fact) : []));
    case 'boolean':
      return [true, false];
    case 'choice':
      return fact.values ?? [];
    default:
      return [...items.filter((item) => typeof item === 'string' && item !== ''), textBeside(items)];
  }
}

/** Text that is none of these. */
function textBeside(items: readonly KnownValue[]): string {
  return items.includes(anyText) ? `${anyText} ${items.length}` : anyText;
}

function itemsOf(operand: KnownValue): readonly KnownValue[] {
  return Array.isArray(operand) ? (operand as Items) : [operand];
}

const spanOf = ([day, days]: readonly [number, number]): Items => [day - days, day, day + days];

/** A number and its neighbours, as far as the fact may be such. */
export function around(value: number, fact: Fact): readonly number[] {
  const step = stepOf(fact);
  const whole = step === 1 ? [Math.floor(value), Math.ceil(value)] : [value];
  return whole
    .flatMap((it) => [it, it - step, it + step])
    .map(decimal)
    .filter((it) => allowed(it, fact));
}

export function allowed(value: number, fact: Fact): boolean {
  if (fact.type.scalar === 'date') return value >= firstDay && value <= lastDay;
  return value >= (fact.min ?? -Infinity) && value <= (fact.max ?? Infinity);
}

const firstDay = parseDay('1900-01-01')!;
const lastDay = parseDay('2199-12-31')!;

function listValues(
  fact: Fact,
  operator: OperatorName,
  operand: KnownValue,
  now: FactValue,
  others: readonly string[],
): readonly FactValue[] {
  const present = (now ?? []) as Items;
  const pool: Items = [
    ...new Set<string | number>([...(fact.values ?? exampleItems(fact)), ...others, ...present]),
  ];
  const without = (gone: Items): Items => present.filter((item) => !gone.includes(item));
  const withMore = (more: Items): Items => [...present, ...more.filter((item) => !present.includes(item))];
  const absent = pool.filter((item) => !present.includes(item));
  if (operator === 'sizeAtLeast' || operator === 'sizeAtMost') {
    const size = typeof operand === 'number' ? operand : 0;
    return [1, size, size + 1].flatMap((wanted) =>
      wanted <= 0
        ? []
        : wanted > present.length
          ? [[...present, ...absent, ...fillers(fact, wanted)].slice(0, wanted)]
          : [present.slice(0, wanted)],
    );
  }
  const wanted = itemsOf(operand) as Items;
  const kept = without(wanted);
  return [
    ...wanted.map((item) => withMore([item])),
    withMore(wanted),
    kept,
    ...wanted.map((item) => without([item])),
    // Where nothing would be left, something else must stand there.
    ...(kept.length === 0
      ? [...pool, ...fillers(fact, 1)].filter((item) => !wanted.includes(item)).map((item) => [item])
      : []),
  ].filter((list) => list.length > 0 || fact.absentMeansNone === true);
}

/** Items that stand for as many of which only the number counts, written as such items are. */
function fillers(fact: Fact, count: number): Items {
  if (fact.values) return [];
  return Array.from({ length: count }, (_, index) => {
    switch (fact.type.scalar) {
      case 'number':
      case 'date':
        return index + 1;
      case 'code':
        return `ZZZ0${index}`;
      case 'modifier':
        return `Z${index}`;
      case 'diagnosis':
        return `Z00.${index}`;
      default:
        return `${anyText} ${index + 1}`;
    }
  });
}

/** A value for a field that only has to be filled. */
export function anyValue(fact: Fact, day: number): FactValue {
  const one = (text: string): string | number | boolean => {
    switch (fact.type.scalar) {
      case 'number':
        return Number(text);
      case 'date':
        return day;
      case 'boolean':
        return text === 'true';
      case 'choice':
        return fact.values?.includes(text) ? text : (fact.values?.[0] ?? text);
      case 'text':
        return anyText;
      default:
        return text;
    }
  };
  if (!fact.type.list) return one(fact.example);
  return [one(exampleItems(fact)[0] ?? '') as string];
}

/** The items of an example that is a list: `[97530, 97110]`. */
function exampleItems(fact: Fact): readonly string[] {
  return fact.example.replaceAll(/[[\]"]/g, '').split(', ');
}

/** How far a value lies from another, in steps of its own kind; what was empty is near to everything. */
export function distance(from: FactValue | undefined, to: FactValue): number {
  if (from === undefined || from === null || to === null) return Array.isArray(to) ? to.length : 1;
  if (typeof from === 'number' && typeof to === 'number') return Math.abs(from - to);
  if (Array.isArray(from) && Array.isArray(to)) {
    const [a, b] = [from as Items, to as Items];
    return a.filter((item) => !b.includes(item)).length + b.filter((item) => !a.includes(item)).length;
  }
  return from === to ? 0 : 1;
}

export function sameValue(a: FactValue | undefined, b: FactValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    const [left, right] = [a as Items, b as Items];
    return left.length === right.length && left.every((item) => right.includes(item));
  }
  return a === b;
}
