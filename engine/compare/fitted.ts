import { decimal } from '../base/decimal.ts';
import type { FactValue, OptionalSection } from '../facts/encounter.ts';
import { literalValue } from '../model/bind.ts';
import type { Condition, FactRef, KnownValue, Operand, TestCondition } from '../model/condition.ts';
import { operatorOf } from '../model/operators.ts';
import type { DerivedFigure, Policy } from '../model/policy.ts';
import type { ValueClass } from '../regions/domain.ts';
import type { Constraint } from '../regions/regions.ts';
import { copyOf, place } from './draft.ts';
import type { Draft, Facts } from './draft.ts';

/**
 * A draft made to fit what the classes of single facts do not settle: facts that are compared with each other, the minutes
 * that figures are computed from, and earlier visits. It is tried to fit, and judging tells whether it does.
 */
export function fitted(
  draft: Draft,
  sample: readonly Constraint[],
  policies: readonly Policy[],
): readonly Draft[] {
  const copy = copyOf(draft);
  supplyMinutes(copy, sample);
  const relations = sample.flatMap(({ variable, classes }) =>
    variable.kind === 'relation' ? [{ test: variable.test, wanted: classes[0] === 1 }] : [],
  );
  // Twice, since what one comparison moves another may rest on.
  for (const { test, wanted } of [...relations, ...relations]) settle(copy, test, wanted, sample);
  return earlierVisits(copy, sample, policies).map((prior) => ({ ...copy, prior }));
}

const usualMinutes = 15;

/** Figures of time are known where all minutes are: else a line of the code lacks its record. */
function supplyMinutes(draft: Draft, sample: readonly Constraint[]): void {
  const never = sample.some(({ variable, classes }) => variable.key === 'section:record' && classes[0] === 0);
  for (const { variable, classes } of sample) {
    if (variable.kind !== 'figure' || !/(?:timedMinutes|supportableUnits)$/.test(variable.fact.path))
      continue;
    if (variable.classes[classes[0]!] === null) {
      if (draft.record !== null) draft.sameCode.push(null);
    } else if (!never) {
      draft.record ??= new Map();
      if (!draft.record.has('record.minutes')) draft.record.set('record.minutes', usualMinutes);
    }
  }
}

// ------------------------------------------------------------------------------------- facts compared with each other

/** One of two facts moved to where the comparison comes out as it is wanted, within the class of that fact. */
function settle(draft: Draft, test: TestCondition, wanted: boolean, sample: readonly Constraint[]): void {
  const { fact, operator, operand } = test;
  if (operand.kind !== 'fact') return;
  const plus = operand.plus ? (literalValue(operand.plus) as number) : 0;
  const [left, right] = [valueIn(draft, fact), valueIn(draft, operand.fact)];
  if (typeof left !== 'number' || typeof right !== 'number') return;
  const holds = (l: number, r: number) => operatorOf(operator).test(l, decimal(r + plus)) === wanted;
  if (holds(left, right)) return;
  for (const step of [0, -1, 1]) {
    const [newLeft, newRight] = [decimal(right + plus + step), decimal(left - plus + step)];
    if (holds(newLeft, right) && isAllowed(fact, newLeft, sample)) {
      place(draft, fact, newLeft);
      return;
    }
    if (holds(left, newRight) && isAllowed(operand.fact, newRight, sample)) {
      place(draft, operand.fact, newRight);
      return;
    }
  }
}

function isAllowed({ path, owner }: FactRef, value: number, sample: readonly Constraint[]): boolean {
  if (path === 'visit.date') return false;
  return sample.every(({ variable, classes }) => {
    if (variable.kind !== 'fact' || variable.fact.path !== path || variable.fact.owner !== owner) return true;
    const { shape } = variable.classes[classes[0]!]!;
    return shape.kind === 'range' && value >= shape.from && value <= shape.to;
  });
}

function valueIn(draft: Draft, { path, owner, section }: FactRef): FactValue | undefined {
  if (owner === 'line') return (section === 'record' ? draft.record : draft.claim)?.get(path);
  if (owner !== 'visit') return undefined;
  return (section === 'visit' ? draft.visit : draft.sections.get(section as OptionalSection))?.get(path);
}

// -------------------------------------------------------------------------------------------------- earlier visits

interface WantedFigure {
  readonly figure: DerivedFigure;
  readonly found: ValueClass;
}

/** Earlier visits that give the figures over them the values of their classes: the least of them, and a greater one. */
function earlierVisits(
  draft: Draft,
  sample: readonly Constraint[],
  policies: readonly Policy[],
): readonly Draft['prior'][] {
  const wanted: WantedFigure[] = [];
  for (const { variable, classes } of sample) {
    if (variable.kind !== 'figure') continue;
    const figure = policies
      .flatMap(({ derived }) => derived)
      .find(({ name, over }) => over === 'priorVisits' && variable.fact.path === `derived.${name}`);
    if (!figure) continue;
    const found = variable.classes[classes[0]!];
    if (found == null) return [null];
    wanted.push({ figure, found });
  }
  if (wanted.length === 0) return [null];
  const all = [0, 5].map((more) => wanted.flatMap((it) => visitsFor(it, more, draft)));
  const [least, greater] = all.map((visits) => JSON.stringify(visits.map((facts) => [...facts])));
  return least === greater ? all.slice(0, 1) : all;
}

function visitsFor({ figure, found }: WantedFigure, more: number, draft: Draft): readonly Facts[] {
  const { calculation, fact, where } = figure;
  if (found.shape.kind === 'empty' || typeof found.example !== 'number') return [];
  const top = found.shape.kind === 'range' ? found.shape.to : found.example;
  const value = Math.min(found.example + more, top);
  if (calculation !== 'count' && calculation !== 'countDistinct') {
    const visit = visitWhere(where, 0, draft);
    visit.set(fact!.path, value);
    return [visit];
  }
  // Some days before the visit: no more than can be looked through.
  return Array.from({ length: Math.min(found.example, mostVisits) }, (_, at) => {
    const visit = visitWhere(where, at, draft);
    if (calculation === 'countDistinct' && !visit.has(fact!.path))
      visit.set(fact!.path, distinct(fact!, at, draft));
    return visit;
  });
}

const mostVisits = 20;

function distinct({ type }: FactRef, at: number, draft: Draft): FactValue {
  if (type.scalar === 'number') return at + 1;
  if (type.scalar === 'date') return dayOf(draft) - 1 - at;
  return type.scalar === 'code' ? String(97_000 + at) : `value ${at + 1}`;
}

function dayOf({ visit }: Draft): number {
  return visit.get('visit.date') as number;
}

/** A visit that counts in a figure; `at` tells several of them apart where there are several values to choose from. */
function visitWhere(where: Condition | null, at: number, draft: Draft): Facts {
  const tests = where ? testsOf(where) : [];
  const visit: Facts = new Map<string, FactValue>([['prior.date', dayOf(draft) - 1 - at]]);
  for (const path of new Set(tests.map(({ fact }) => fact.path))) {
    const own = tests.filter(({ fact }) => fact.path === path && fact.owner === 'prior');
    if (own.length === 0) continue;
    const passing = own
      .flatMap((test) => valuesFor(test, draft))
      .filter((value, index, all) => all.indexOf(value) === index)
      .filter((value) => own.every((test) => passes(test, value, draft)));
    if (passing.length > 0) visit.set(path, passing[at % passing.length]!);
  }
  return visit;
}

/** The tests of which all must hold, or of alternatives the first. */
function testsOf(condition: Condition): readonly TestCondition[] {
  switch (condition.kind) {
    case 'test':
      return [condition];
    case 'all':
      return condition.conditions.flatMap(testsOf);
    case 'any':
      return condition.conditions.slice(0, 1).flatMap(testsOf);
    case 'named':
      return testsOf(condition.condition);
    default:
      return [];
  }
}

function valuesFor({ fact, operand }: TestCondition, draft: Draft): readonly FactValue[] {
  const value = operandIn(operand, draft);
  if (value === null) return [];
  if (fact.type.list) return [typeof value === 'object' ? value : [value as string]];
  if (typeof value === 'object') return value;
  if (typeof value !== 'number') return [value];
  return Array.from({ length: 2 * mostVisits + 1 }, (_, at) => value + mostVisits - at);
}

function passes({ operator, operand }: TestCondition, value: FactValue, draft: Draft): boolean {
  const other = operandIn(operand, draft);
  if (operator === 'documented') return other === true;
  return other !== null && operatorOf(operator).test(value as KnownValue, other);
}

function operandIn(operand: Operand, draft: Draft): KnownValue | null {
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind !== 'fact') return null;
  const value = valueIn(draft, operand.fact);
  if (value == null) return null;
  return typeof value === 'number' && operand.plus
    ? decimal(value + (literalValue(operand.plus) as number))
    : value;
}
