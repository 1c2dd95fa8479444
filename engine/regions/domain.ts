import { parseDay } from '../base/calendar-date.ts';
import type { Fact } from '../facts/vocabulary.ts';
import type { KnownValue, TestCondition, Value } from '../model/condition.ts';
import { operatorOf } from '../model/operators.ts';

/** Values of one fact that no test can tell apart. */
export interface ValueClass {
  /** One of them: what a witness takes. */
  readonly example: KnownValue | null;
  readonly shape: ClassShape;
}

export type ClassShape =
  | { readonly kind: 'empty' }
  /** Both ends inclusive for whole numbers and days; for other numbers a point, or an open stretch between two. */
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly open: boolean }
  | { readonly kind: 'values'; readonly values: readonly (string | boolean)[] }
  /** Every value that is not mentioned. */
  | { readonly kind: 'other'; readonly than: readonly string[] }
  /** A list, told apart only by what the tests say of it. */
  | { readonly kind: 'list'; readonly example: readonly (string | number)[] };

/** A domain that would be too large to go through whole; it is said, and never cut short in silence. */
export class TooMany extends Error {}

/** More lists than this are not gone through. */
const mostItems = 8;
const firstDay = parseDay('1900-01-01')!;
/** The last day that is told apart: what lasts until it has no end. */
export const lastDay = parseDay('2199-12-31')!;

/** The tests that compare a fact with fixed values. */
export type LiteralTest = TestCondition & { readonly operand: { readonly kind: 'literal' } };

/**
 * The finite set of classes into which the tests divide the values of a fact.
 * `known` are the values that a text can take at all (payers, choices), where they are known.
 */
export function classesOf(
  fact: Fact,
  tests: readonly LiteralTest[],
  known: readonly string[] | null,
): readonly ValueClass[] {
  const empty: ValueClass = { example: null, shape: { kind: 'empty' } };
  const values = fact.type.list
    ? listClasses(fact, tests)
    : fact.type.scalar === 'number'
      ? rangeClasses(tests, fact.whole ?? false, fact.min ?? -Infinity, fact.max ?? Infinity)
      : fact.type.scalar === 'date'
        ? rangeClasses(tests, true, firstDay, lastDay)
        : fact.type.scalar === 'boolean'
          ? [true, false].map((value): ValueClass => ({
              example: value,
              shape: { kind: 'values', values: [value] },
            }))
          : textClasses(tests, fact.values ?? known, fact.type.scalar === 'code');
  return canBeEmpty(fact) ? [empty, ...values] : values;
}

/** Facts without which an encounter cannot be judged are never empty; a list on the claim is "none" instead, and others unknown. */
function canBeEmpty({ path, absentMeansNone, absentMeansUnknown }: Fact): boolean {
  return (
    !absentMeansNone && !absentMeansUnknown && !['visit.date', 'visit.payer', 'line.code'].includes(path)
  );
}

/** What a literal test says of a value: empty fails everything but `documented: false`. */
export function holdsOn({ operator, operand }: LiteralTest, value: Exclude<Value, undefined>): boolean {
  if (operator === 'documented') {
    const documented = value !== null && !(Array.isArray(value) && value.length === 0);
    return documented === operand.value;
  }
  return value !== null && operatorOf(operator).test(value, operand.value);
}

function signatureOf(tests: readonly LiteralTest[], value: KnownValue): string {
  return tests.map((test) => (holdsOn(test, value) ? '1' : '0')).join('');
}

/** Numbers and days by the constants they are compared with: each constant, and what lies between. */
function rangeClasses(
  tests: readonly LiteralTest[],
  whole: boolean,
  min: number,
  max: number,
): readonly ValueClass[] {
  const constants = [...new Set(tests.flatMap(constantsOf))].filter((at) => at >= min && at <= max);
  const pieces: { from: number; to: number; open: boolean }[] = [];
  let from = min;
  for (const at of constants.toSorted((a, b) => a - b)) {
    pieces.push({ from, to: whole ? at - 1 : at, open: true }, { from: at, to: at, open: false });
    from = whole ? at + 1 : at;
  }
  pieces.push({ from, to: max, open: true });
  const grouped: (ValueClass & { readonly signature: string })[] = [];
  for (const piece of pieces) {
    const example = exampleIn(piece, whole);
    if (example === null) continue;
    const signature = signatureOf(tests, example);
    const last = grouped.at(-1);
    // Neighbours that no test tells apart are one class.
    if (last?.signature === signature && last.shape.kind === 'range') {
      grouped[grouped.length - 1] = {
        ...last,
        shape: { ...last.shape, to: piece.to, open: last.shape.open || piece.open },
      };
    } else {
      const open = piece.open && !whole;
      grouped.push({ signature, example, shape: { kind: 'range', from: piece.from, to: piece.to, open } });
    }
  }
  return grouped.map(({ example, shape }) => ({ example, shape }));
}

function exampleIn(
  { from, to, open }: { from: number; to: number; open: boolean },
  whole: boolean,
): number | null {
  if (!open) return from;
  if (whole) {
    if (from > to) return null;
    return from === -Infinity ? (to === Infinity ? 0 : to) : from;
  }
  if (from >= to) return null;
  if (from === -Infinity) return to === Infinity ? 0 : to - 1;
  if (to === Infinity) return from + 1;
  return (from + to) / 2;
}

function constantsOf({ operator, operand }: LiteralTest): readonly number[] {
  const { value } = operand;
  if (operator === 'withinDaysOf') {
    const [day, days] = value as readonly [number, number];
    return [day - days, day + days];
  }
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];
}

/** Texts and codes: those that are mentioned, by what the tests say of them, and all others. */
function textClasses(
  tests: readonly LiteralTest[],
  known: readonly string[] | null,
  code: boolean,
): readonly ValueClass[] {
  const mentioned = [...new Set(tests.flatMap(textsOf))];
  const values = known ?? mentioned;
  const groups = new Map<string, string[]>();
  for (const value of values) {
    const signature = signatureOf(tests, value);
    groups.set(signature, [...(groups.get(signature) ?? []), value]);
  }
  const classes = [...groups.values()].map((group): ValueClass => {
    return { example: group[0]!, shape: { kind: 'values', values: group } };
  });
  if (known !== null) return classes;
  const other = anyOther(mentioned, tests, code);
  // A value that nobody mentions may still be like one that is mentioned.
  const like = groups.get(signatureOf(tests, other));
  if (like) {
    return classes.map((it) =>
      it.example === like[0]
        ? {
            example: it.example,
            shape: { kind: 'other', than: mentioned.filter((value) => !like.includes(value)) },
          }
        : it,
    );
  }
  return [...classes, { example: other, shape: { kind: 'other', than: mentioned } }];
}

function textsOf({ operand }: LiteralTest): readonly string[] {
  const { value } = operand;
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A value that no test mentions, not even by its beginning. */
function anyOther(mentioned: readonly string[], tests: readonly LiteralTest[], code: boolean): string {
  const prefixes = tests.flatMap((test) => (test.operator === 'startsWith' ? textsOf(test) : []));
  const taken = (value: string) =>
    mentioned.includes(value) || prefixes.some((prefix) => value.startsWith(prefix));
  for (let at = 0; at < 100_000; at += 1) {
    const value = code ? String(99_999 - at).padStart(5, '0') : at === 0 ? 'other' : `other-${at}`;
    if (!taken(value)) return value;
  }
  throw new TooMany('every code is mentioned');
}

/** Lists, by everything that the tests can see of them. */
function listClasses({ type, max }: Fact, tests: readonly LiteralTest[]): readonly ValueClass[] {
  const numeric = type.scalar === 'number';
  const others = numeric ? [max ?? 99, (max ?? 99) - 1, (max ?? 99) - 2] : ['other-1', 'other-2', 'other-3'];
  const items = representatives(tests);
  if (items.length > mostItems) throw new TooMany(`a list with ${items.length} items that are told apart`);
  const sizes = tests.flatMap(({ operator, operand }) =>
    operator === 'sizeAtLeast' || operator === 'sizeAtMost' ? [operand.value as number] : [],
  );
  // Items that nobody mentions matter by their number alone, and that only where a test counts.
  const mostExtra = Math.max(1, ...sizes.map((size) => size + 1));
  const seen = new Map<string, readonly (string | number)[]>();
  for (let subset = 0; subset < 2 ** items.length; subset += 1) {
    const chosen = items.filter((_, at) => (subset & (2 ** at)) !== 0);
    for (let extra = 0; extra <= mostExtra; extra += 1) {
      const list = [...chosen, ...Array.from({ length: extra }, (_, at) => others[at % others.length]!)];
      const signature = signatureOf(tests, list);
      if (!seen.has(signature)) seen.set(signature, list);
    }
  }
  return [...seen.values()].map((example) => ({ example, shape: { kind: 'list', example } }));
}

/** One item for each set of tests that mention the same items; where all of a set must be there, each of its items. */
function representatives(tests: readonly LiteralTest[]): readonly (string | number)[] {
  const itemsOf = ({ operator, operand }: LiteralTest): readonly (string | number)[] => {
    if (operator === 'sizeAtLeast' || operator === 'sizeAtMost') return [];
    const { value } = operand;
    return typeof value === 'object' ? value : typeof value === 'boolean' ? [] : [value];
  };
  const groups = new Map<string, string | number>();
  for (const item of new Set(tests.flatMap(itemsOf))) {
    const mentions = tests.map((test) => {
      if (!itemsOf(test).includes(item)) return '-';
      return test.operator === 'includesAll' ? `all ${item}` : 'in';
    });
    const key = mentions.join(',');
    if (!groups.has(key)) groups.set(key, item);
  }
  return [...groups.values()];
}

/** In which class a value lies: the one of which the tests say the same, and of several stretches the one around it. */
export function classAt(
  classes: readonly (ValueClass | null)[],
  tests: readonly LiteralTest[],
  value: Value,
): number {
  if (value === undefined) return classes.indexOf(null);
  const alike = classes.flatMap((it, at) => {
    if (it === null || (it.example === null) !== (value === null)) return [];
    const same =
      value === null || it.example === null || signatureOf(tests, it.example) === signatureOf(tests, value);
    return same ? [{ at, shape: it.shape }] : [];
  });
  const around = alike.find(
    ({ shape }) =>
      (shape.kind === 'range' && typeof value === 'number' && value >= shape.from && value <= shape.to) ||
      (shape.kind === 'values' && shape.values.includes(value as string | boolean)),
  );
  return (around ?? alike[0])?.at ?? -1;
}
