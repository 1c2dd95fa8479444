import { decimal } from '../base/decimal.ts';
import type { Epoch, CompiledRule } from '../evaluate/compile.ts';
import { timeRuleSettings, visitFigures } from '../evaluate/derive.ts';
import type { TimeRuleSettings } from '../facts/derived/time-rule.ts';
import { literalValue } from '../model/bind.ts';
import type { Condition, FactRef, KnownValue, Operand, Value } from '../model/condition.ts';
import type { OperatorName } from '../model/operators.ts';
import type { DerivedFigure, Policy } from '../model/policy.ts';

/**
 * The conditions of an epoch by what they ask and not by where they are written: two with the same key are the same
 * question, in whatever rule, epoch or version, and are answered once.
 */
export type Question =
  | {
      readonly kind: 'test';
      readonly key: string;
      readonly fact: AskedFact;
      readonly operator: OperatorName;
      readonly operand: AskedOperand;
    }
  | { readonly kind: 'all' | 'any'; readonly key: string; readonly parts: readonly Question[] }
  | { readonly kind: 'not'; readonly key: string; readonly part: Question }
  /** `isAny`: of any other line, or of every other line. */
  | { readonly kind: 'otherLines'; readonly key: string; readonly isAny: boolean; readonly part: Question };

/** A fact and where its values come from: given, or computed by a time rule or a figure. */
export interface AskedFact {
  readonly key: string;
  readonly owner: 'visit' | 'line' | 'other' | 'prior';
  readonly from:
    | { readonly kind: 'given'; readonly path: string }
    /** The figure at this position of `visitFigures`; 'line' are the units supported for a line. */
    | { readonly kind: 'time'; readonly rule: AskedTimeRule; readonly which: number | 'line' }
    | { readonly kind: 'figure'; readonly figure: AskedFigure }
    | { readonly kind: 'constant'; readonly value: null | undefined };
}

export interface AskedTimeRule {
  readonly key: string;
  readonly settings: TimeRuleSettings;
  readonly codes: ReadonlySet<string>;
}

export interface AskedFigure {
  readonly key: string;
  readonly calculation: DerivedFigure['calculation'];
  readonly over: DerivedFigure['over'];
  readonly fact: AskedFact | null;
  readonly where: Question | null;
}

export type AskedOperand =
  | { readonly kind: 'literal'; readonly key: string; readonly value: KnownValue }
  /** A fact, and what becomes of each of its values before it is compared. */
  | {
      readonly kind: 'fact';
      readonly key: string;
      readonly fact: AskedFact;
      readonly change: (value: Value) => Value;
    };

export interface RulePlan {
  readonly key: string;
  readonly compiled: CompiledRule;
  readonly when: Question | null;
  readonly require: Question | null;
  readonly unless: Question | null;
}

export interface EpochPlan {
  readonly epoch: Epoch;
  readonly lineRules: readonly RulePlan[];
  readonly visitRules: readonly RulePlan[];
}

export function planEpoch(epoch: Epoch): EpochPlan {
  const ask = askerFor(epoch.policy);
  const part = (condition: Condition | null) => condition && ask(condition);
  const plan = (compiled: CompiledRule): RulePlan => {
    const { scope } = compiled.rule;
    const [when, require, unless] = [compiled.rule.when, compiled.rule.require, compiled.rule.unless].map(
      part,
    ) as [Question | null, Question | null, Question | null];
    const key = keyOf(scope, when?.key, require?.key, unless?.key);
    return { key, compiled, when, require, unless };
  };
  return { epoch, lineRules: epoch.lineRules.map(plan), visitRules: epoch.visitRules.map(plan) };
}

function keyOf(kind: string, ...keys: readonly (string | undefined)[]): string {
  return `(${kind} ${keys.map((key) => key ?? '-').join(' ')})`;
}

function dataKey(value: unknown): string {
  return JSON.stringify(value) ?? '-';
}

function askerFor(policy: Policy): (condition: Condition) => Question {
  const timeRule = askedTimeRule(policy);
  const figures = new Map<string, AskedFigure>();
  const factOf = (ref: FactRef) => askedFact(ref, policy, timeRule, figures);
  const ask = (condition: Condition): Question => askCondition(condition, factOf);
  for (const { name, calculation, over, fact, where } of policy.derived) {
    const asked = { calculation, over, fact: fact && factOf(fact), where: where && ask(where) };
    const key = keyOf(calculation, over, asked.fact?.key, asked.where?.key);
    figures.set(`derived.${name}`, { key, ...asked });
  }
  return ask;
}

function askedTimeRule({ timeRule }: Policy): AskedTimeRule | null {
  if (!timeRule) return null;
  const { codes, ...settings } = timeRuleSettings(timeRule);
  return { key: keyOf('time', dataKey(settings), dataKey([...codes].toSorted())), settings, codes };
}

function askedFact(
  { path, owner }: FactRef,
  policy: Policy,
  rule: AskedTimeRule | null,
  figures: ReadonlyMap<string, AskedFigure>,
): AskedFact {
  const figure = figures.get(path);
  if (figure) return { key: keyOf('figure', figure.key), owner: 'visit', from: { kind: 'figure', figure } };
  if (owner === 'derived') throw new Error(`no figure gives ${path} here`);
  const position = visitFigures.findIndex((figurePath) => figurePath === path);
  const which = position !== -1 ? position : path === 'record.supportableUnits' ? 'line' : null;
  if (which === null) return { key: keyOf(owner, path), owner, from: { kind: 'given', path } };
  if (rule) return { key: keyOf(owner, path, rule.key), owner, from: { kind: 'time', rule, which } };
  // Without a time rule no line is timed; a policy that computes nothing at all does not say even that.
  const value = which === 'line' && policy.derived.length > 0 ? null : undefined;
  return { key: keyOf(owner, path, dataKey(value)), owner, from: { kind: 'constant', value } };
}

function askCondition(condition: Condition, factOf: (ref: FactRef) => AskedFact): Question {
  const ask = (child: Condition) => askCondition(child, factOf);
  switch (condition.kind) {
    case 'test': {
      const fact = factOf(condition.fact);
      const operand = askedOperand(condition.operand, factOf);
      const { operator } = condition;
      return { kind: 'test', key: keyOf(operator, fact.key, operand.key), fact, operator, operand };
    }
    case 'all':
    case 'any': {
      const parts = condition.conditions.map(ask);
      return { kind: condition.kind, key: keyOf(condition.kind, ...parts.map(({ key }) => key)), parts };
    }
    case 'not':
      return negated(ask(condition.condition));
    case 'named':
      return ask(condition.condition);
    case 'anyOtherLine':
      return ofOthers(ask(condition.condition), true);
    case 'everyOtherLine':
      return ofOthers(ask(condition.condition), false);
    case 'noOtherLine':
      return negated(ofOthers(ask(condition.condition), true));
  }
}

function negated(part: Question): Question {
  return { kind: 'not', key: keyOf('not', part.key), part };
}

function ofOthers(part: Question, isAny: boolean): Question {
  return { kind: 'otherLines', key: keyOf(isAny ? 'anyOther' : 'everyOther', part.key), isAny, part };
}

function askedOperand(operand: Operand, factOf: (ref: FactRef) => AskedFact): AskedOperand {
  switch (operand.kind) {
    case 'literal':
      return { kind: 'literal', key: dataKey(operand.value), value: operand.value };
    case 'dated':
      throw new Error(`the operand ${operand.name} has not been bound to a day`);
    case 'fact': {
      const plus = operand.plus && (literalValue(operand.plus) as number);
      return changed(factOf(operand.fact), ['plus', plus], (value) =>
        typeof value === 'number' && plus !== null ? decimal(value + plus) : value,
      );
    }
    case 'within': {
      const of = askedOperand(operand.of, factOf);
      const days = literalValue(operand.days) as number;
      if (of.kind === 'literal')
        return {
          kind: 'literal',
          key: keyOf('within', of.key, dataKey(days)),
          value: [of.value as number, days],
        };
      return changed(of.fact, ['within', of.key, days], (value) => {
        const day = of.change(value);
        return typeof day === 'number' ? [day, days] : day;
      });
    }
    case 'pairs': {
      const columnOnes = new Map<string, string[]>();
      for (const { value } of operand.pairs) {
        const ones = columnOnes.get(value.columnTwo);
        if (ones) ones.push(value.columnOne);
        else columnOnes.set(value.columnTwo, [value.columnOne]);
      }
      return changed(factOf(operand.fact), ['pairs', ...columnOnes], (value) =>
        typeof value === 'string' ? (columnOnes.get(value) ?? []) : value,
      );
    }
  }
}

function changed(fact: AskedFact, how: readonly unknown[], change: (value: Value) => Value): AskedOperand {
  return { kind: 'fact', key: keyOf('changed', fact.key, dataKey(how)), fact, change };
}
