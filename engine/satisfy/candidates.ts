import { decimal } from '../base/decimal.ts';
import type { ConditionTrace, RuleTrace } from '../evaluate/outcome.ts';
import type { Epoch } from '../evaluate/compile.ts';
import type { FactTable, FactValue } from '../facts/encounter.ts';
import { literalValue } from '../model/bind.ts';
import { factsOf, walk } from '../model/condition.ts';
import type { FactRef, KnownValue, Operand, TestCondition, Value } from '../model/condition.ts';
import type { DerivedFigure } from '../model/policy.ts';
import { earlierVisits, isChangeable, sameKey, valueNow } from './change.ts';
import type { FactKey } from './change.ts';
import { allowed, anyValue, around, distance, sameValue, turningValues } from './values.ts';

/** A fact that may be changed, with the values worth trying, nearest first. */
export interface Candidate {
  readonly key: FactKey;
  readonly now: FactValue | undefined;
  readonly values: readonly FactValue[];
  /** Every test of the rule only asks whether it is there. */
  readonly anyValue: boolean;
}

/** One test as it was judged, with the line (1-based) of each side. */
interface Atom {
  readonly test: TestCondition;
  readonly actual: Value;
  readonly operand: Value;
  readonly line: number | null;
  readonly other: number | null;
}

/** Minutes are tried one by one up to so many; beyond, no unit of a visit is decided. */
const mostMinutes = 240;
const mostValues = 80;

/** What may be changed so that a rule comes out otherwise, from the tests it asks. */
export function candidatesFor(trace: RuleTrace, epoch: Epoch, table: FactTable): readonly Candidate[] {
  const parts =
    trace.outcome === 'undetermined'
      ? [trace.when, trace.require, trace.unless]
      : [trace.require, trace.unless];
  const atoms = parts.flatMap((part) => (part ? atomsIn(part, trace.line, null) : []));
  const found: { key: FactKey; values: FactValue[]; onlyPresence: boolean }[] = [];
  const add = (key: FactKey, values: readonly FactValue[], presence: boolean): void => {
    let entry = found.find((one) => sameKey(one.key, key));
    if (!entry) {
      entry = { key, values: [], onlyPresence: true };
      found.push(entry);
    }
    entry.onlyPresence &&= presence;
    const now = valueNow(table, key, epoch.vocabulary);
    for (const value of values) {
      if (!sameValue(value, now) && !entry.values.some((known) => sameValue(known, value)))
        entry.values.push(value);
    }
  };
  const reading: Reading = {
    epoch,
    table,
    valuesOf: (key) => found.find((one) => sameKey(one.key, key))?.values ?? [],
  };
  // Twice, because what one side of a comparison may become says what the other may.
  for (const atom of [...atoms, ...atoms]) addAtom(atom, reading, add);
  const { vocabulary } = epoch;
  return found
    .map(({ key, values, onlyPresence }): Candidate => {
      const now = valueNow(table, key, vocabulary);
      const ordered = values.toSorted((a, b) => distance(now, a) - distance(now, b));
      return {
        key,
        now,
        values: ordered.slice(0, Math.max(mostValues, mostMinutes)),
        anyValue: onlyPresence,
      };
    })
    .filter(({ values }) => values.length > 0);
}

function atomsIn(trace: ConditionTrace, line: number | null, other: number | null): readonly Atom[] {
  const { condition, children, lines } = trace;
  if (condition.kind === 'test')
    return [{ test: condition, actual: trace.actual, operand: trace.operand, line, other }];
  return children.flatMap((child, index) => atomsIn(child, line, lines?.[index] ?? other));
}

interface Reading {
  readonly epoch: Epoch;
  readonly table: FactTable;
  readonly valuesOf: (key: FactKey) => readonly FactValue[];
}

type Add = (key: FactKey, values: readonly FactValue[], presence: boolean) => void;

function addAtom({ test, actual, operand, line, other }: Atom, reading: Reading, add: Add): void {
  const { epoch, table } = reading;
  const { vocabulary } = epoch;
  const sideOf = (ref: FactRef): FactKey | null => keyOf(ref, line, other, reading);
  const own = sideOf(test.fact);
  const theirs = operandFact(test.operand);
  const theirKey = theirs && sideOf(theirs);
  const plus = plusOf(test.operand);
  if (own) {
    const fact = vocabulary.byPath.get(own.path)!;
    const now = valueNow(table, own, vocabulary);
    if (test.operator === 'documented') add(own, now == null ? [anyValue(fact, table.day)] : [], true);
    else {
      const operands = known(operand, theirKey ? reading.valuesOf(theirKey) : [], plus, test.operand);
      const codes = codesOf(reading);
      add(
        own,
        operands.flatMap((value) => turningValues(fact, test.operator, value, now, codes)),
        false,
      );
      if (operands.length === 0) add(own, [anyValue(fact, table.day)], false);
    }
  }
  if (theirs && theirKey) {
    const fact = vocabulary.byPath.get(theirKey.path)!;
    const values = known(actual, own ? reading.valuesOf(own) : [], 0, null);
    const now = valueNow(table, theirKey, vocabulary);
    add(
      theirKey,
      values.flatMap((value) => inverseValues(fact, test, value, plus, now)),
      false,
    );
    if (values.length === 0) add(theirKey, [anyValue(fact, table.day)], false);
  }
  for (const ref of [test.fact, ...(theirs ? [theirs] : [])]) {
    if (sideOf(ref) === null) addComputed(ref, ref === test.fact ? operand : actual, line, reading, add);
  }
}

/** Values that an operand has, or may come to have, its distance included. */
function known(
  value: Value,
  possible: readonly FactValue[],
  plus: number,
  operand: Operand | null,
): readonly KnownValue[] {
  const shifted = possible.slice(0, 6).flatMap((one): KnownValue[] => {
    if (one === null) return [];
    const moved: KnownValue = typeof one === 'number' ? decimal(one + plus) : one;
    return [operand?.kind === 'within' ? [moved as number, literalValue(operand.days) as number] : moved];
  });
  return value === undefined || value === null ? shifted : [value, ...shifted];
}

function inverseValues(
  fact: ReturnType<Epoch['vocabulary']['byPath']['get']> & object,
  test: TestCondition,
  value: KnownValue,
  plus: number,
  now: FactValue | undefined,
): readonly FactValue[] {
  if (typeof value === 'number' && !fact.type.list) {
    const days = test.operand.kind === 'within' ? (literalValue(test.operand.days) as number) : 0;
    return [...new Set([value - plus - days, value - plus, value - plus + days])].flatMap((it) =>
      around(it, fact),
    );
  }
  const operator = fact.type.list ? (test.fact.type.list ? 'includesAny' : 'includes') : 'is';
  return turningValues(fact, operator, value, now, []);
}

/** Facts that are computed are changed through what they are computed from. */
function addComputed(ref: FactRef, against: Value, line: number | null, reading: Reading, add: Add): void {
  const { epoch, table } = reading;
  const { policy } = epoch;
  if (/^(?:record|visit)\.(?:supportableUnits|timedMinutes)$/.test(ref.path)) {
    for (const timed of timedLines(reading))
      addMinutes({ path: 'record.minutes', line: timed }, reading, add);
    return;
  }
  if (ref.owner !== 'derived') return;
  const figure = policy.derived.find(({ name }) => ref.path === `derived.${name}`);
  if (!figure) return;
  if (figure.over === 'priorVisits') {
    if (table.prior === null) add({ path: earlierVisits, line: null }, [[]], false);
  } else addFigure(figure, against, reading, add);
  for (const node of figure.where ? factsOf(figure.where) : []) {
    if (node.owner === 'visit') addWhere(figure, line, reading, add);
  }
}

function addFigure(figure: DerivedFigure, against: Value, reading: Reading, add: Add): void {
  reading.table.lines.forEach((_, index) => {
    addWhere(figure, index + 1, reading, add);
    const { fact } = figure;
    const key = fact && keyOf(fact, index + 1, null, reading);
    if (!fact || !key) return;
    const entry = reading.epoch.vocabulary.byPath.get(fact.path)!;
    if (fact.path === 'record.minutes') addMinutes(key, reading, add);
    else if (typeof against === 'number' && entry.type.scalar !== 'text')
      add(key, around(against, entry), false);
    else add(key, [anyValue(entry, reading.table.day)], false);
  });
}

/** What decides whether a line counts in a figure. */
function addWhere(figure: DerivedFigure, line: number | null, reading: Reading, add: Add): void {
  for (const node of figure.where ? walk(figure.where) : []) {
    if (node.kind !== 'test') continue;
    const operand = node.operand.kind === 'literal' ? node.operand.value : undefined;
    addAtom({ test: node, actual: undefined, operand, line, other: null }, reading, add);
  }
}

function addMinutes(key: FactKey, { epoch }: Reading, add: Add): void {
  const fact = epoch.vocabulary.byPath.get(key.path)!;
  const minutes = Array.from({ length: mostMinutes }, (_, index) => index + 1);
  add(
    key,
    minutes.filter((value) => allowed(value, fact)),
    false,
  );
}

function timedLines({ epoch, table }: Reading): readonly number[] {
  const codes = epoch.policy.timeRule ? (literalValue(epoch.policy.timeRule.codes) as readonly string[]) : [];
  const slot = epoch.vocabulary.slots.get('line.code')!;
  return table.lines.flatMap((line, index) => (codes.includes(line[slot] as string) ? [index + 1] : []));
}

function keyOf(ref: FactRef, line: number | null, other: number | null, { epoch }: Reading): FactKey | null {
  if (!isChangeable(ref.path, epoch.vocabulary)) return null;
  if (ref.owner === 'visit') return { path: ref.path, line: null };
  const at = ref.owner === 'other' ? other : line;
  return (ref.owner === 'line' || ref.owner === 'other') && at !== null ? { path: ref.path, line: at } : null;
}

function operandFact(operand: Operand): FactRef | null {
  if (operand.kind === 'fact') return operand.fact;
  return operand.kind === 'within' ? operandFact(operand.of) : null;
}

function plusOf(operand: Operand): number {
  return operand.kind === 'fact' && operand.plus ? (literalValue(operand.plus) as number) : 0;
}

/** The codes of the claim: what a plan may be found to prescribe. */
function codesOf({ epoch, table }: Reading): readonly string[] {
  const slot = epoch.vocabulary.slots.get('line.code')!;
  return table.lines.flatMap((line) => (typeof line[slot] === 'string' ? [line[slot]] : []));
}
