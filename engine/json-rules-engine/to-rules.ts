import { formatDay } from '../base/calendar-date.ts';
import { never } from '../base/never.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import { factsOf } from '../model/condition.ts';
import type { Condition, FactRef, KnownValue, Operand, TestCondition } from '../model/condition.ts';
import { engineOperators } from './operators.ts';

/** A value as the engine sees it: days are ISO text, an empty field is null. */
export type EngineValue = string | number | boolean | readonly (string | number)[] | null;

export interface EngineTest {
  readonly fact: string;
  readonly path: string;
  readonly operator: string;
  readonly value: EngineValue | { readonly fact: string; readonly path: string };
}

/** Only these three; `not` is never needed, since every condition is written twice. */
export type EngineCondition =
  | EngineTest
  | { readonly all: readonly EngineCondition[] }
  | { readonly any: readonly EngineCondition[] };

/** One rule of the engine: part of one of our rules, as it holds or as it fails. */
export interface EngineRule {
  readonly name: string;
  readonly conditions: { readonly all: readonly EngineCondition[] };
  readonly event: { readonly type: string };
}

/** Something computed for one subject before the engine runs, and the name under which it is given. */
export interface Slot<T> {
  readonly name: string;
  readonly of: T;
}

export type OtherLines = Extract<Condition, { kind: 'anyOtherLine' | 'everyOtherLine' | 'noOtherLine' }>;

/** What goes into one Engine, and what must be laid beside it. */
export interface RuleSet {
  readonly rules: readonly EngineRule[];
  /** Every fact that its tests read. */
  readonly facts: readonly FactRef[];
  /** Right sides that are computed: a fact plus a number, a day with its span, a list. */
  readonly operands: readonly Slot<{
    readonly operand: Operand;
    readonly isDate: boolean;
    readonly isList: boolean;
  }>[];
  /** Conditions over other lines: each has a rule set of its own, which is run once for each other line. */
  readonly otherLines: readonly Slot<{ readonly condition: OtherLines; readonly inner: RuleSet }>[];
}

export interface Part {
  readonly name: string;
  readonly condition: Condition;
}

/**
 * Conditions as rules of a two-valued engine.
 *
 * Our logic has three values and the engine two, so each condition is written twice, as two rails: one that holds only
 * where the condition is certainly true, and one that holds only where it is certainly false. Where neither does, it is
 * unknown. `all` of one rail is `any` of the other, and `not` changes rails.
 */
export function toRules(parts: readonly Part[], vocabulary: Vocabulary): RuleSet {
  const building: Building = { vocabulary, operands: [], otherLines: [] };
  const rules = parts.flatMap(({ name, condition }): EngineRule[] => {
    const { holds, fails } = rails(condition, building);
    return [rule(holdsName(name), holds), rule(failsName(name), fails)];
  });
  // What the inner runs read of other lines is theirs to give.
  const facts = parts.flatMap(({ condition }) => factsOutsideOtherLines(condition));
  return { rules, facts, operands: building.operands, otherLines: building.otherLines };
}

export const holdsName = (part: string) => `${part} holds`;
export const failsName = (part: string) => `${part} fails`;

function rule(name: string, condition: EngineCondition): EngineRule {
  return { name, conditions: { all: [condition] }, event: { type: name } };
}

interface Building {
  readonly vocabulary: Vocabulary;
  readonly operands: RuleSet['operands'][number][];
  readonly otherLines: RuleSet['otherLines'][number][];
}

interface Rails {
  readonly holds: EngineCondition;
  readonly fails: EngineCondition;
}

/** INVARIANT: `read-result.ts` walks the same structure; a change here is a change there. */
function rails(condition: Condition, building: Building): Rails {
  switch (condition.kind) {
    case 'test':
      return testRails(condition, building);
    case 'all':
    case 'any': {
      const children = condition.conditions.map((child) => rails(child, building));
      // An empty list would be true to the engine, under `any` too.
      if (children.length === 0) return always(condition.kind === 'all');
      const holds = children.map((child) => child.holds);
      const fails = children.map((child) => child.fails);
      return condition.kind === 'all'
        ? { holds: { all: holds }, fails: { any: fails } }
        : { holds: { any: holds }, fails: { all: fails } };
    }
    case 'not': {
      const { holds, fails } = rails(condition.condition, building);
      return { holds: fails, fails: holds };
    }
    case 'named':
      return rails(condition.condition, building);
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine': {
      const name = `lines${building.otherLines.length}`;
      const inner = toRules([{ name: 'inner', condition: condition.condition }], building.vocabulary);
      building.otherLines.push({ name, of: { condition, inner } });
      const is = (value: boolean): EngineTest => ({
        fact: 'otherLines',
        path: `$.${name}`,
        operator: 'equal',
        value,
      });
      return { holds: is(true), fails: is(false) };
    }
    default:
      return never(condition);
  }
}

function always(value: boolean): Rails {
  const is = (wanted: boolean): EngineTest => ({
    fact: 'constant',
    path: '$.yes',
    operator: 'equal',
    value: wanted,
  });
  return { holds: is(value), fails: is(!value) };
}

function testRails(condition: TestCondition, building: Building): Rails {
  const { fact, operator } = condition;
  const at = placeOfFact(fact);
  const known = isKnown(fact, building.vocabulary);
  if (operator === 'documented') {
    const isThere: EngineTest = fact.type.list
      ? { ...at, operator: 'sizeAtLeast', value: 1 }
      : { ...at, operator: 'notEqual', value: null };
    const isEmpty: EngineTest = fact.type.list
      ? { ...at, operator: 'not:sizeAtLeast', value: 1 }
      : { ...at, operator: 'equal', value: null };
    const wanted = condition.operand.kind === 'literal' && condition.operand.value === true;
    return {
      holds: { all: [known, wanted ? isThere : isEmpty] },
      fails: { all: [known, wanted ? isEmpty : isThere] },
    };
  }
  const names = engineOperators[operator];
  const value = rightSide(condition, building);
  const holds: EngineTest = { ...at, operator: names.holds, value };
  const fails: EngineTest = { ...at, operator: names.fails, value };
  const filled: EngineTest = { ...at, operator: 'notEqual', value: null };
  const empty: EngineTest = { ...at, operator: 'equal', value: null };
  const other = factOfOperand(condition.operand);
  if (!other) {
    return {
      holds: { all: [known, filled, holds] },
      fails: { all: [known, { any: [empty, fails] }] },
    };
  }
  // Two facts: false where either is empty, even if nothing is known of the other; else both must be known.
  const otherAt = placeOfFact(other);
  const otherKnown = isKnown(other, building.vocabulary);
  const otherFilled: EngineTest = { ...otherAt, operator: 'notEqual', value: null };
  const otherEmpty: EngineTest = { ...otherAt, operator: 'equal', value: null };
  return {
    holds: { all: [known, otherKnown, filled, otherFilled, holds] },
    fails: {
      any: [
        { all: [known, empty] },
        { all: [otherKnown, otherEmpty] },
        { all: [known, otherKnown, filled, otherFilled, fails] },
      ],
    },
  };
}

/** The operand as a literal, as a reference to a fact, or as something computed beforehand. */
function rightSide(condition: TestCondition, building: Building): EngineTest['value'] {
  const { operand, fact } = condition;
  const isDate = fact.type.scalar === 'date';
  if (operand.kind === 'literal') return encode(operand.value, isDate);
  const isPlainFact = operand.kind === 'fact' && operand.plus === null && !operand.fact.type.list;
  if (isPlainFact) return placeOfFact(operand.fact);
  if (operand.kind === 'within' && operand.of.kind === 'literal')
    return [encode(operand.of.value, true) as string, numberIn(operand.days)];
  const name = `operand${building.operands.length}`;
  building.operands.push({
    name,
    of: {
      operand,
      isDate,
      isList: operand.kind === 'pairs' || (operand.kind === 'fact' && operand.fact.type.list),
    },
  });
  return { fact: 'operands', path: `$.${name}` };
}

export function numberIn(operand: Operand): number {
  if (operand.kind !== 'literal' || typeof operand.value !== 'number')
    throw new Error(`expected a number bound to a day, found ${operand.kind}`);
  return operand.value;
}

/** The fact on the right side of a test, or null. */
export function factOfOperand(operand: Operand): FactRef | null {
  if (operand.kind === 'dated') throw new Error(`the operand ${operand.name} has not been bound to a day`);
  if (operand.kind === 'within') return factOfOperand(operand.of);
  return operand.kind === 'literal' ? null : operand.fact;
}

/** A value in the engine's terms. */
export function encode(value: KnownValue | null, isDate: boolean): EngineValue {
  if (!isDate || value === null) return value;
  return Array.isArray(value) ? value.map((day) => formatDay(day as number)) : formatDay(value as number);
}

/** In which of the engine's facts, and under which name, a fact of ours is found. */
export function placeOfFact(fact: FactRef): { readonly fact: string; readonly path: string } {
  const name = fact.path.slice(fact.path.indexOf('.') + 1);
  return { fact: holderOf(fact), path: `$.${fact.owner === 'derived' ? `figure-${name}` : name}` };
}

export function holderOf(fact: FactRef): string {
  if (fact.owner === 'other') return fact.section === 'line' ? 'otherLine' : 'otherRecord';
  if (fact.owner === 'derived') return 'derived';
  return fact.owner === 'prior' ? 'prior' : fact.section;
}

/** Under which name `supplied` says whether a fact is known: sections as a whole, some facts each for itself. */
export function suppliedName(fact: FactRef, vocabulary: Vocabulary): string {
  const holder = holderOf(fact);
  return isKnownAlone(fact, vocabulary) ? `${holder}-${placeOfFact(fact).path.slice(2)}` : holder;
}

/** Computed facts, and those of the claim that its sender does not state. */
export function isKnownAlone({ owner, path }: FactRef, { byPath }: Vocabulary): boolean {
  const fact = byPath.get(path);
  return owner === 'derived' || fact?.computed === true || fact?.absentMeansUnknown === true;
}

function isKnown(fact: FactRef, vocabulary: Vocabulary): EngineTest {
  return { fact: 'supplied', path: `$.${suppliedName(fact, vocabulary)}`, operator: 'equal', value: true };
}

function factsOutsideOtherLines(condition: Condition): readonly FactRef[] {
  switch (condition.kind) {
    case 'test':
      return factsOf(condition);
    case 'all':
    case 'any':
      return condition.conditions.flatMap(factsOutsideOtherLines);
    case 'not':
    case 'named':
      return factsOutsideOtherLines(condition.condition);
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine':
      return [];
  }
}
