import { factsOf } from '../model/condition.ts';
import type { Condition, FactRef, Operand } from '../model/condition.ts';
import type { DerivedFigure, Policy, Rule, TimeRule } from '../model/policy.ts';

/**
 * What a bound condition means, as text: equal texts mean the same, whatever the layout, the order and the names.
 * Different texts may still mean the same; only the regions tell.
 */
export function canonicalCondition(condition: Condition | null): string {
  return condition === null ? '-' : textOf(condition);
}

function textOf(condition: Condition): string {
  switch (condition.kind) {
    case 'test':
      return `${condition.fact.owner}:${condition.fact.path} ${condition.operator} ${canonicalOperand(condition.operand)}`;
    case 'all':
    case 'any': {
      const children = [...new Set(flattened(condition.conditions, condition.kind).map(textOf))].toSorted();
      return children.length === 1 ? children[0]! : `${condition.kind}(${children.join('; ')})`;
    }
    case 'named':
      return textOf(condition.condition);
    case 'not':
      return `not(${textOf(condition.condition)})`;
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine':
      return `${condition.kind}(${textOf(condition.condition)})`;
  }
}

/** `all` within `all` says nothing of its own. */
function flattened(conditions: readonly Condition[], kind: 'all' | 'any'): readonly Condition[] {
  return conditions.flatMap((child): readonly Condition[] => {
    if (child.kind === 'named') return flattened([child.condition], kind);
    return child.kind === kind ? flattened(child.conditions, kind) : [child];
  });
}

export function canonicalOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'literal': {
      const { value } = operand;
      return typeof value === 'object'
        ? JSON.stringify([...new Set(value)].toSorted(inOrder))
        : JSON.stringify(value);
    }
    case 'dated':
      throw new Error(`the operand ${operand.name} has not been bound to a day`);
    case 'fact':
      return `(${operand.fact.owner}:${operand.fact.path}${operand.plus ? ` + ${canonicalOperand(operand.plus)}` : ''})`;
    case 'within':
      return `within ${canonicalOperand(operand.days)} of ${canonicalOperand(operand.of)}`;
    case 'pairs': {
      const pairs = operand.pairs.map(({ value }) => `${value.columnOne}/${value.columnTwo}`);
      return `pairs of (${operand.fact.owner}:${operand.fact.path}) in ${[...new Set(pairs)].toSorted().join(' ')}`;
    }
  }
}

function inOrder(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How minutes become units, without the names of parameters. */
export function canonicalTimeRule(rule: TimeRule | null): string {
  if (rule === null) return '-';
  const { method, codes, minutesPerUnit, minimumMinutes } = rule;
  const floor = minimumMinutes === null ? '-' : canonicalOperand(minimumMinutes);
  return `${method} ${canonicalOperand(codes)} ${minutesPerUnit} ${floor}`;
}

/** A figure with everything that its value depends on. */
export function canonicalFigure(figure: DerivedFigure, policy: Policy): string {
  const { calculation, over, fact, where } = figure;
  const reads = fact === null ? '' : canonicalReading(fact, policy);
  const inner = where === null ? [] : factsOf(where).map((it) => canonicalReading(it, policy));
  return `${calculation} of ${over} ${reads} where ${canonicalCondition(where)} [${[...new Set(inner)].toSorted().join(', ')}]`;
}

/** A fact with the definition of its figure, where it is computed. */
export function canonicalReading(fact: FactRef, policy: Policy): string {
  const name = `${fact.owner}:${fact.path}`;
  if (isTimed(fact)) return `${name} by ${canonicalTimeRule(policy.timeRule)}`;
  const figure = policy.derived.find((it) => fact.path === `derived.${it.name}`);
  return figure === undefined ? name : `${name} by ${canonicalFigure(figure, policy)}`;
}

/** Whether a fact is computed by the time rule of the policy. */
export function isTimed({ path }: FactRef): boolean {
  return (
    path === 'record.supportableUnits' ||
    path === 'visit.timedMinutes' ||
    path === 'visit.supportableUnits' ||
    path === 'visit.billedTimedUnits'
  );
}

/** What a rule of a bound policy decides, with everything that it depends on. */
export function canonicalRule(rule: Rule, policy: Policy): string {
  const parts = [rule.when, rule.require, rule.unless];
  const readings = parts.flatMap((part) => (part === null ? [] : factsOf(part)));
  const computed = readings
    .map((fact) => canonicalReading(fact, policy))
    .filter((text) => text.includes(' by '));
  return [
    rule.scope,
    rule.effect,
    ...parts.map(canonicalCondition),
    rule.require === null ? 'prohibition' : 'requirement',
    ...[...new Set(computed)].toSorted(),
  ].join(' | ');
}
