import type { Day } from '../base/calendar-date.ts';
import type { Condition, KnownValue, Operand } from './condition.ts';
import { covers, inForce } from './effective.ts';
import { bothOf, receivedCondition } from './received.ts';
import type { DerivedFigure, MessagePart, Policy, Rule, TimeRule } from './policy.ts';

/**
 * A policy as it stands on one day: every parameter and list replaced by its value on that day, and the date received,
 * where the policy asks for it, one more condition of each rule.
 * Both evaluators start from it, so that neither has to know of dates.
 */
export function bind(policy: Policy, day: Day): Policy {
  const condition = (node: Condition | null) => node && bindCondition(node, day);
  const received = policy.received && receivedCondition(policy.received);
  return {
    ...policy,
    timeRule: policy.timeRule && bindTimeRule(policy.timeRule, day),
    derived: policy.derived.map((figure): DerivedFigure => ({ ...figure, where: condition(figure.where) })),
    rules: policy.rules.map((rule): Rule => ({
      ...rule,
      // A claim of which it is not known when it was received waits for that.
      when: bothOf(condition(rule.when), received),
      require: condition(rule.require),
      unless: condition(rule.unless),
      message: rule.message.map((part): MessagePart =>
        part.kind === 'operand' ? { ...part, operand: bindOperand(part.operand, day) } : part,
      ),
    })),
  };
}

/** The days within a policy's period on which something it reads takes another value; the first is its first day. */
export function epochsOf(policy: Policy): readonly { from: Day; to: Day | null }[] {
  const starts = new Set<Day>([policy.from]);
  const add = (from: Day | null, to: Day | null) => {
    if (from !== null) starts.add(from);
    if (to !== null) starts.add(to + 1);
  };
  const visit = (operand: Operand): void => {
    if (operand.kind === 'dated') for (const { from, to } of operand.values) add(from, to);
    if (operand.kind === 'pairs') for (const { from, to } of operand.pairs) add(from, to);
    if (operand.kind === 'fact' && operand.plus) visit(operand.plus);
    if (operand.kind === 'within') {
      visit(operand.of);
      visit(operand.days);
    }
  };
  const visitCondition = (node: Condition | null): void => {
    if (!node) return;
    if (node.kind === 'test') visit(node.operand);
    else if ('conditions' in node) node.conditions.forEach(visitCondition);
    else visitCondition(node.condition);
  };
  if (policy.timeRule) {
    visit(policy.timeRule.codes);
    if (policy.timeRule.minimumMinutes) visit(policy.timeRule.minimumMinutes);
  }
  for (const figure of policy.derived) visitCondition(figure.where);
  for (const rule of policy.rules) {
    [rule.when, rule.require, rule.unless].forEach(visitCondition);
    for (const part of rule.message) if (part.kind === 'operand') visit(part.operand);
  }
  const last = policy.to ?? Infinity;
  const sorted = [...starts].filter((day) => day >= policy.from && day <= last).toSorted((a, b) => a - b);
  return sorted.map((from, index) => {
    const next = sorted[index + 1];
    return { from, to: next === undefined ? policy.to : next - 1 };
  });
}

export function bindCondition(node: Condition, day: Day): Condition {
  switch (node.kind) {
    case 'test':
      return { ...node, operand: bindOperand(node.operand, day) };
    case 'all':
    case 'any':
      return { ...node, conditions: node.conditions.map((child) => bindCondition(child, day)) };
    case 'not':
    case 'named':
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine':
      return { ...node, condition: bindCondition(node.condition, day) };
  }
}

function bindOperand(operand: Operand, day: Day): Operand {
  switch (operand.kind) {
    case 'literal':
      return operand;
    case 'dated':
      return { kind: 'literal', value: valueOn(operand, day), name: operand.name };
    case 'fact':
      return operand.plus ? { ...operand, plus: bindOperand(operand.plus, day) } : operand;
    case 'within':
      return { ...operand, of: bindOperand(operand.of, day), days: bindOperand(operand.days, day) };
    case 'pairs':
      return { ...operand, pairs: operand.pairs.filter((pair) => covers(pair, day)) };
  }
}

function valueOn(operand: Extract<Operand, { kind: 'dated' }>, day: Day): KnownValue {
  const found = inForce(operand.values, day);
  if (!found)
    throw new Error(`\`${operand.name}\` has no value on day ${day}; resolving should have refused that`);
  return found.value;
}

function bindTimeRule(rule: TimeRule, day: Day): TimeRule {
  return {
    ...rule,
    codes: bindOperand(rule.codes, day),
    minimumMinutes: rule.minimumMinutes && bindOperand(rule.minimumMinutes, day),
  };
}

/** The value of an operand that `bind` has made a literal. */
export function literalValue(operand: Operand): KnownValue {
  if (operand.kind !== 'literal') throw new Error(`expected a bound operand, found ${operand.kind}`);
  return operand.value;
}

/**
 * Policies with parameters set to other values, to try a draft threshold. Names may be `policy.name` where several have it.
 * A policy without such a parameter stays the very same object.
 */
export function withParameters(
  policies: readonly Policy[],
  overrides: ReadonlyMap<string, KnownValue>,
): readonly Policy[] {
  if (overrides.size === 0) return policies;
  return policies.map((policy) => {
    const valueFor = (name: string) => overrides.get(`${policy.id}.${name}`) ?? overrides.get(name);
    if (policy.parameters.every(({ name }) => valueFor(name) === undefined)) return policy;
    const operand = (node: Operand): Operand => {
      if (node.kind === 'dated') {
        const value = policy.parameters.some(({ name }) => name === node.name)
          ? valueFor(node.name)
          : undefined;
        return value === undefined ? node : { ...node, values: [{ from: null, to: null, value }] };
      }
      if (node.kind === 'fact' && node.plus) return { ...node, plus: operand(node.plus) };
      if (node.kind === 'within') return { ...node, of: operand(node.of), days: operand(node.days) };
      return node;
    };
    const condition = (node: Condition | null): Condition | null => {
      if (!node) return null;
      if (node.kind === 'test') return { ...node, operand: operand(node.operand) };
      if ('conditions' in node)
        return { ...node, conditions: node.conditions.map((child) => condition(child)!) };
      return { ...node, condition: condition(node.condition)! };
    };
    return {
      ...policy,
      timeRule: policy.timeRule && {
        ...policy.timeRule,
        codes: operand(policy.timeRule.codes),
        minimumMinutes: policy.timeRule.minimumMinutes && operand(policy.timeRule.minimumMinutes),
      },
      derived: policy.derived.map((figure) => ({ ...figure, where: condition(figure.where) })),
      rules: policy.rules.map((rule) => ({
        ...rule,
        when: condition(rule.when),
        require: condition(rule.require),
        unless: condition(rule.unless),
        message: rule.message.map((part): MessagePart => {
          if (part.kind !== 'operand') return part;
          const value = valueFor(part.name);
          return value === undefined
            ? part
            : { ...part, operand: { kind: 'literal', value: String(value), name: part.name } };
        }),
      })),
    };
  });
}
