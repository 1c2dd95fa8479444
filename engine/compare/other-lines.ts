import { sameData } from '../base/same-data.ts';
import { bind, epochsOf } from '../model/bind.ts';
import { factsOfOperand, walk } from '../model/condition.ts';
import type { Condition, FactRef, TestCondition } from '../model/condition.ts';
import type { DerivedFigure, Policy, Rule } from '../model/policy.ts';
import { canonicalCondition } from '../regions/canonical.ts';
import { holdsOn } from '../regions/domain.ts';
import type { LiteralTest } from '../regions/domain.ts';

/**
 * A second proof that an error changes nothing, for what the comparison of policies takes for free: what is asked of other
 * lines of one visit hangs together, because it is asked of the same lines, and pairs are pairs of two codes.
 *
 * Everything that a rule can see is gone through: the code of its line, each fact never supplied, empty or there, each test
 * of a fact that is there either way, and every set of other lines, as far as they differ in what is asked of them. More cases
 * are gone through than there can be, never fewer; so what is equal in all of them is equal.
 */
export function isEqualOverLines(before: readonly Policy[], after: readonly Policy[]): boolean {
  return before.every((was, at) => {
    const is = after[at]!;
    if (was === is) return true;
    const days = [...new Set([...epochsOf(was), ...epochsOf(is)].map(({ from }) => from))];
    return days.every((day) => isEqualOn(bind(was, day), bind(is, day)));
  });
}

function isEqualOn(was: Policy, is: Policy): boolean {
  const rest = (policy: Policy) => ({ ...policy, rules: [], derived: [] });
  if (!sameData(rest(was), rest(is))) return false;
  if (was.derived.length !== is.derived.length || was.rules.length !== is.rules.length) return false;
  return (
    was.derived.every((figure, at) => isSameFigure(figure, is.derived[at]!)) &&
    was.rules.every((rule, at) => isSameRule(rule, is.rules[at]!))
  );
}

/** A figure counts the same items where its condition says the same of every item. */
function isSameFigure(was: DerivedFigure, is: DerivedFigure): boolean {
  if (sameData(was, is)) return true;
  if (!sameData({ ...was, where: null }, { ...is, where: null })) return false;
  const conditions = [was.where, is.where];
  if (conditions.some((one) => one !== null && [...walk(one)].some(isOfOthers))) return false;
  return inEveryCase((ask) => {
    const truth = (where: Condition | null) =>
      where === null ? YES : truthOf(where, { ask, code: null, otherCode: null, others: () => NO });
    return truth(was.where) === truth(is.where);
  });
}

function isSameRule(was: Rule, is: Rule): boolean {
  if (sameData(was, is)) return true;
  if (was.id !== is.id || was.effect !== is.effect || was.scope !== is.scope) return false;
  const conditions = [was, is].flatMap(partsOf);
  const nodes = conditions.flatMap((condition) => [...walk(condition)]);
  const inner = new Map(nodes.filter(isOfOthers).map((node) => [textOf(node.condition), node.condition]));
  const asked = [...inner.values()];
  if (asked.some((condition) => [...walk(condition)].some(isOfOthers))) return false;
  const codes = codesIn(nodes);
  return inEveryCase((ask) => {
    const code = ask('line.code', () => codes);
    let isWhole = true;
    const others = (node: OfOthers) => {
      const lines = ask('other lines', () => kindsOfLines(asked, codes, code, ask) ?? [null]);
      isWhole &&= lines !== null;
      const [any, every] = lines?.[asked.indexOf(inner.get(textOf(node.condition))!)] ?? [NO, YES];
      return node.kind === 'anyOtherLine' ? any : node.kind === 'everyOtherLine' ? every : opposite(any);
    };
    const shown = (rule: Rule) => shownBy(rule, { ask, code, otherCode: null, others });
    return shown(was) === shown(is) && isWhole;
  });
}

type Truth = 0 | 1 | 2;
const NO = 0;
const UNKNOWN = 1;
const YES = 2;
const opposite = (truth: Truth) => (YES - truth) as Truth;
const least = (...of: readonly Truth[]) => Math.min(YES, ...of) as Truth;
const most = (...of: readonly Truth[]) => Math.max(NO, ...of) as Truth;

type OfOthers = Extract<Condition, { kind: 'anyOtherLine' | 'everyOtherLine' | 'noOtherLine' }>;
const isOfOthers = (node: Condition): node is OfOthers =>
  node.kind === 'anyOtherLine' || node.kind === 'everyOtherLine' || node.kind === 'noOtherLine';

function partsOf({ when, require, unless }: Rule): readonly Condition[] {
  return [when, require, unless].filter((part) => part !== null);
}

/** What an answer shows of a rule: nothing, that it is violated, or that the record is needed. */
function shownBy({ when, require, unless }: Rule, situation: Situation): 'fine' | 'violated' | 'record' {
  const ask = (part: Condition | null, absent: Truth) => (part ? truthOf(part, situation) : absent);
  const applies = ask(when, YES);
  if (applies !== YES) return applies === NO ? 'fine' : 'record';
  const excused = most(ask(require, NO), ask(unless, NO));
  return excused === YES ? 'fine' : excused === NO ? 'violated' : 'record';
}

/** The answer to a question of one case; which answers there can be is only gone into where it is asked the first time. */
type Ask = <T>(what: string, answers: () => readonly T[]) => T;

interface Situation {
  readonly ask: Ask;
  readonly code: string | null;
  readonly otherCode: string | null;
  readonly others: (node: OfOthers) => Truth;
}

function truthOf(condition: Condition, situation: Situation): Truth {
  switch (condition.kind) {
    case 'test':
      return truthOfTest(condition, situation);
    case 'named':
      return truthOf(condition.condition, situation);
    case 'not':
      return opposite(truthOf(condition.condition, situation));
    case 'all':
      return least(...condition.conditions.map((one) => truthOf(one, situation)));
    case 'any':
      return most(...condition.conditions.map((one) => truthOf(one, situation)));
    default:
      return situation.others(condition);
  }
}

function truthOfTest(test: TestCondition, { ask, code, otherCode }: Situation): Truth {
  const codeOf = (ref: FactRef) =>
    !isCode(ref) ? null : ref.owner === 'line' ? code : ref.owner === 'other' ? otherCode : null;
  const own = codeOf(test.fact);
  if (own !== null && isFixed(test)) return holdsOn(test, own) ? YES : NO;
  if (own !== null && test.operand.kind === 'pairs') {
    const partner = codeOf(test.operand.fact);
    if (partner !== null) {
      const isPair = test.operand.pairs.some(
        ({ value }) => value.columnOne === own && value.columnTwo === partner,
      );
      return isPair ? YES : NO;
    }
  }
  let isUnknown = false;
  for (const ref of [test.fact, ...factsOfOperand(test.operand)]) {
    if (codeOf(ref) !== null || required.has(ref.path)) continue;
    const state = ask(`${ref.owner}:${ref.path}`, states);
    if (state === EMPTY) {
      if (test.operator !== 'documented') return NO;
      return isFixed(test) && holdsOn(test, null) ? YES : NO;
    }
    isUnknown ||= state === NEVER;
  }
  if (isUnknown) return UNKNOWN;
  if (test.operator === 'documented' && !test.fact.type.list && isFixed(test))
    return test.operand.value === true ? YES : NO;
  const ofOther = [test.fact, ...factsOfOperand(test.operand)].some(({ owner }) => owner === 'other');
  return ask(`${ofOther ? 'other' : 'line'} ${textOf(test)}`, eitherWay);
}

/** An encounter without them is not judged at all. */
const required: ReadonlySet<string> = new Set(['visit.date', 'visit.payer', 'line.code']);

const NEVER = 'never supplied';
const EMPTY = 'empty';
const states = () => [NEVER, EMPTY, 'there'] as const;
const eitherWay = (): readonly Truth[] => [NO, YES];

function isFixed(test: TestCondition): test is LiteralTest {
  return test.operand.kind === 'literal';
}

function isCode({ path }: FactRef): boolean {
  return path === 'line.code';
}

/** Of a set of other lines: what each condition comes to on any of them, and on every one. */
type Lines = readonly (readonly [any: Truth, every: Truth])[];

/** Every set of other lines that the conditions can tell apart; null: there are too many cases. */
function kindsOfLines(
  conditions: readonly Condition[],
  codes: readonly string[],
  code: string,
  ofLine: Ask,
): readonly Lines[] | null {
  const single = new Map<string, readonly Truth[]>();
  const isWhole = inEveryCase((own) => {
    const ask: Ask = (what, answers) =>
      what.startsWith('other') ? own(what, answers) : ofLine(what, answers);
    const otherCode = own('other code', () => codes);
    const truths = conditions.map((one) => truthOf(one, { ask, code, otherCode, others: () => NO }));
    single.set(truths.join(''), truths);
    return true;
  });
  if (!isWhole) return null;
  const none: Lines = conditions.map(() => [NO, YES]);
  const found = new Map([[JSON.stringify(none), none]]);
  // A set that is met while going through grows the map, and is gone through in its turn.
  for (const lines of found.values())
    for (const truths of single.values()) {
      const more = lines.map(([any, every], at): Lines[number] => [
        most(any, truths[at]!),
        least(every, truths[at]!),
      ]);
      found.set(JSON.stringify(more), more);
    }
  return [...found.values()];
}

/** Every code that is named, one that is not, and one that is not and begins as a code may. */
function codesIn(nodes: readonly Condition[]): readonly string[] {
  const tests = nodes.filter((node) => node.kind === 'test');
  const named = tests.flatMap(({ fact, operator, operand }): readonly string[] => {
    if (operand.kind === 'pairs')
      return operand.pairs.flatMap(({ value }) => [value.columnOne, value.columnTwo]);
    if (!isCode(fact) || operand.kind !== 'literal') return [];
    const values = [operand.value].flat().map(String);
    // What begins with it may also go on, and be none that is named.
    return operator === 'startsWith' ? values.flatMap((value) => [value, `${value} and more`]) : values;
  });
  return [...new Set([...named, 'another code'])];
}

const mostCases = 400_000;

/** Whether something holds whatever is answered to what it asks; also false where there are too many cases. */
function inEveryCase(holds: (ask: Ask) => boolean): boolean {
  const open: ReadonlyMap<string, unknown>[] = [new Map()];
  for (let cases = 0; open.length > 0; cases += 1) {
    if (cases > mostCases) return false;
    const known = open.pop()!;
    let next: { readonly what: string; readonly answers: readonly unknown[] } | null = null;
    const ask = <T>(what: string, answers: () => readonly T[]): T => {
      if (known.has(what)) return known.get(what) as T;
      const asked = { what, answers: answers() };
      next = asked;
      throw asked;
    };
    try {
      if (!holds(ask)) return false;
    } catch (error) {
      // What was asked one level above is answered there.
      const asked = next as { readonly what: string; readonly answers: readonly unknown[] } | null;
      if (asked === null || error !== asked) throw error;
      for (const answer of asked.answers) open.push(new Map(known).set(asked.what, answer));
    }
  }
  return true;
}

const texts = new WeakMap<Condition, string>();

function textOf(condition: Condition): string {
  const text = texts.get(condition) ?? canonicalCondition(condition);
  texts.set(condition, text);
  return text;
}
