import { LogicEngine } from 'json-logic-engine';
import type { Condition, FactRef, KnownValue, Operand, Policy, Rule } from '#engine';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** 0: does not apply, or it is not known whether; 1: applies; 2: applies and is violated. */
export type AppliedOrViolated = 0 | 1 | 2;

export interface LogicRule {
  readonly id: string;
  readonly rule: Rule;
  readonly json: Json;
  readonly run: (data: unknown) => AppliedOrViolated;
}

/**
 * The rules of a bound policy as JsonLogic, compiled.
 *
 * JsonLogic has two values and takes what is absent for null, and null for less than 8. So each comparison is guarded,
 * and each condition is written as it certainly holds and as it certainly fails. The second is what `violated` asks for.
 */
export function logicRules(policy: Policy): readonly LogicRule[] {
  const engine = new LogicEngine();
  engine.addMethod('startsWith', ([text, start]: [string, string]) => text.startsWith(start));
  return policy.rules.map((rule) => {
    const fails = [rule.require, rule.unless].flatMap((condition) =>
      condition ? [write(condition, false, here)] : [],
    );
    const judged: Json = fails.length === 0 ? 2 : { if: [{ and: fails }, 2, 1] };
    const json = rule.when ? { if: [write(rule.when, true, here), judged, 0] } : judged;
    return { id: rule.id, rule, json, run: engine.build(json) as LogicRule['run'] };
  });
}

/** How a fact is named from where a condition stands: within `some`, what surrounds it is two steps up. */
type Naming = (fact: FactRef) => string;
const nameOf = (fact: FactRef) => {
  if (fact.owner === 'derived') return `figures.${fact.path.slice('derived.'.length)}`;
  if (
    fact.path === 'visit.timedMinutes' ||
    fact.path === 'visit.supportableUnits' ||
    fact.path === 'visit.billedTimedUnits'
  )
    return fact.path.replace('visit.', 'figures.');
  return fact.path === 'record.supportableUnits' ? 'figures.ofLine' : fact.path;
};
const here: Naming = nameOf;
const withinOtherLine: Naming = (fact) => (fact.owner === 'other' ? nameOf(fact) : `../../${nameOf(fact)}`);

const read = (fact: FactRef, naming: Naming): Json => ({ var: naming(fact) });

/** JSON that is true where the condition certainly holds, or certainly fails. */
function write(condition: Condition, holds: boolean, naming: Naming): Json {
  switch (condition.kind) {
    case 'test':
      return writeTest(condition, holds, naming);
    case 'all':
    case 'any':
      return {
        [(condition.kind === 'all') === holds ? 'and' : 'or']: condition.conditions.map((child) =>
          write(child, holds, naming),
        ),
      };
    case 'not':
      return write(condition.condition, !holds, naming);
    case 'named':
      return write(condition.condition, holds, naming);
    case 'anyOtherLine':
      return holds ? some(condition.condition, true) : { '!': [some(condition.condition, 'possible')] };
    case 'noOtherLine':
      return holds ? { '!': [some(condition.condition, 'possible')] } : some(condition.condition, true);
    case 'everyOtherLine':
      // JsonLogic's `all` is false of nothing, so it is said with `some`.
      return holds
        ? {
            '!': [
              { some: [{ var: 'others' }, { '!': [write(condition.condition, true, withinOtherLine)] }] },
            ],
          }
        : some(condition.condition, false);
  }
}

/** Whether there is another line of which the condition holds, fails, or may hold. */
function some(condition: Condition, wanted: boolean | 'possible'): Json {
  const inner: Json =
    wanted === 'possible'
      ? { '!': [write(condition, false, withinOtherLine)] }
      : write(condition, wanted, withinOtherLine);
  return { some: [{ var: 'others' }, inner] };
}

function writeTest(
  { fact, operator, operand }: Extract<Condition, { kind: 'test' }>,
  holds: boolean,
  naming: Naming,
): Json {
  const left = read(fact, naming);
  const known = isKnown(fact, naming);
  if (operator === 'documented') {
    const wanted = ((operand as { value: KnownValue }).value === true) === holds;
    const isThere: Json = fact.type.list
      ? { and: [{ '!==': [left, null] }, { '!==': [{ length: left }, 0] }] }
      : { '!==': [left, null] };
    return { and: [...known, wanted ? isThere : { '!': [isThere] }] };
  }
  const filled: Json = { '!==': [left, null] };
  const test = comparison(operator, left, operand, naming);
  const other = operand.kind === 'fact' || operand.kind === 'pairs' ? operand.fact : null;
  if (!other)
    return holds
      ? { and: [...known, filled, test] }
      : { and: [...known, { or: [{ '!': [filled] }, { '!': [test] }] }] };
  const right = read(other, naming);
  const otherKnown = isKnown(other, naming);
  const otherFilled: Json = { '!==': [right, null] };
  if (holds) return { and: [...known, ...otherKnown, filled, otherFilled, test] };
  return {
    or: [
      { and: [...known, { '!': [filled] }] },
      { and: [...otherKnown, { '!': [otherFilled] }] },
      { and: [...known, ...otherKnown, { '!': [test] }] },
    ],
  };
}

/** Sections that were never supplied are absent; figures that are unknown are absent from those that are known. */
function isKnown(fact: FactRef, naming: Naming): readonly Json[] {
  if (fact.section === 'visit' && !nameOf(fact).startsWith('figures.')) return [];
  if (fact.section === 'line') return [];
  const name = naming(fact);
  const flag = nameOf(fact).startsWith('figures.')
    ? name.replace('figures.', 'known.')
    : name.slice(0, name.lastIndexOf('.'));
  return [{ '!==': [{ var: flag }, null] }];
}

function comparison(operator: string, left: Json, operand: Operand, naming: Naming): Json {
  const right = rightSide(operand, naming);
  switch (operator) {
    case 'is':
      return { '===': [left, right] };
    case 'isNot':
      return { '!==': [left, right] };
    case 'oneOf':
      return { in: [left, right] };
    case 'noneOf':
      return { '!': [{ in: [left, right] }] };
    case 'lessThan':
    case 'before':
      return { '<': [left, right] };
    case 'atMost':
    case 'onOrBefore':
      return { '<=': [left, right] };
    case 'atLeast':
    case 'onOrAfter':
      return { '>=': [left, right] };
    case 'moreThan':
    case 'after':
      return { '>': [left, right] };
    case 'includes':
      return { in: [right, left] };
    case 'excludes':
      return { '!': [{ in: [right, left] }] };
    case 'includesAny':
      return { some: [left, { in: [{ var: '' }, lifted(right)] }] };
    case 'includesNone':
      return { '!': [{ some: [left, { in: [{ var: '' }, lifted(right)] }] }] };
    case 'includesAll':
      return { and: (right as readonly Json[]).map((item) => ({ in: [item, left] })) };
    case 'sizeAtLeast':
      return { '>=': [{ length: left }, right] };
    case 'sizeAtMost':
      return { '<=': [{ length: left }, right] };
    case 'startsWith':
      return { startsWith: [left, right] };
    case 'pairedWith': {
      const { pairs } = operand as Extract<Operand, { kind: 'pairs' }>;
      return {
        in: [{ cat: [left, '|', right] }, pairs.map(({ value }) => `${value.columnOne}|${value.columnTwo}`)],
      };
    }
    default:
      throw new Error(`no JsonLogic has been written for ${operator}; the shipped policies did not use it`);
  }
}

/** A reference seen from one level further in. */
function lifted(value: Json): Json {
  return typeof value === 'object' && value !== null && 'var' in value
    ? { var: `../../${value.var as string}` }
    : value;
}

function rightSide(operand: Operand, naming: Naming): Json {
  switch (operand.kind) {
    case 'literal':
      return operand.value;
    case 'fact':
      return operand.plus
        ? { '+': [read(operand.fact, naming), (operand.plus as { value: number }).value] }
        : read(operand.fact, naming);
    case 'pairs':
      return read(operand.fact, naming);
    case 'dated':
    case 'within':
      throw new Error(`no JsonLogic has been written for the operand ${operand.kind}`);
  }
}
