import { decimal } from '../base/decimal.ts';
import type { FactValue, Vocabulary } from '../facts/encounter.ts';
import type { Condition, FactRef, KnownValue, Operand, TestCondition, Value } from '../model/condition.ts';
import { literalValue } from '../model/bind.ts';
import { operatorOf } from '../model/operators.ts';
import type { OperatorName } from '../model/operators.ts';
import type { ConditionTrace } from './outcome.ts';
import { negate, no, truthOf, unknown, yes } from './ternary.ts';
import type { Ternary } from './ternary.ts';

type Vector = readonly (FactValue | undefined)[];

/** What the closures read: one object, refilled for each subject, so that judging allocates nothing. */
export interface Context {
  visit: Vector;
  /** The line that is judged, with its record; in a figure over prior visits, the prior visit. */
  line: Vector;
  /** Inside `anyOtherLine`: the other line. */
  other: Vector;
  /** Figures of the policy: the time rule's two first, then those of `derive:`. */
  derived: Vector;
  /** All lines, the position of the judged one, and that of the other one. */
  lines: readonly Vector[];
  index: number;
  otherIndex: number;
  /** Units supported for each line under the policy's time rule. */
  supportable: Vector;
}

export function emptyContext(): Context {
  return {
    visit: [],
    line: [],
    other: [],
    derived: [],
    lines: [],
    index: -1,
    otherIndex: -1,
    supportable: [],
  };
}

/** A condition made executable: `test` for the verdict, `trace` for the explanation, from one structure. */
export interface CompiledCondition {
  readonly test: (context: Context) => Ternary;
  readonly trace: (context: Context) => ConditionTrace;
}

/** Where facts lie; figures of a policy follow the three computed facts of its time rule. */
export interface Layout {
  readonly vocabulary: Vocabulary;
  readonly derived: ReadonlyMap<string, number>;
}

export function compileCondition(condition: Condition, layout: Layout): CompiledCondition {
  switch (condition.kind) {
    case 'test':
      return compileTest(condition, layout);
    case 'all':
      return compileMany(condition, layout, no, yes);
    case 'any':
      return compileMany(condition, layout, yes, no);
    case 'not': {
      const child = compileCondition(condition.condition, layout);
      return {
        test: (context) => negate(child.test(context)),
        trace: (context) => {
          const trace = child.trace(context);
          return {
            condition,
            result: trace.result === 'unknown' ? 'unknown' : !trace.result,
            children: [trace],
          };
        },
      };
    }
    case 'named': {
      const child = compileCondition(condition.condition, layout);
      return {
        test: child.test,
        trace: (context) => {
          const trace = child.trace(context);
          return { condition, result: trace.result, children: [trace] };
        },
      };
    }
    case 'anyOtherLine':
      return compileOtherLines(condition, layout, yes, no, false);
    case 'everyOtherLine':
      return compileOtherLines(condition, layout, no, yes, false);
    case 'noOtherLine':
      return compileOtherLines(condition, layout, yes, no, true);
  }
}

/** `all` ends at the first false, `any` at the first true; otherwise unknown if any is unknown. */
function compileMany(
  condition: Extract<Condition, { kind: 'all' | 'any' }>,
  layout: Layout,
  ending: Ternary,
  otherwise: Ternary,
): CompiledCondition {
  const children = condition.conditions.map((child) => compileCondition(child, layout));
  const tests = children.map((child) => child.test);
  const trace = (context: Context): ConditionTrace => {
    const traces = children.map((child) => child.trace(context));
    return { condition, result: combine(traces, ending, otherwise), children: traces };
  };
  const [first, second] = tests;
  if (tests.length === 2 && first && second) {
    return {
      test: (context) => {
        const a = first(context);
        if (a === ending) return ending;
        const b = second(context);
        return b === ending ? ending : a === unknown || b === unknown ? unknown : otherwise;
      },
      trace,
    };
  }
  return {
    test: (context) => {
      let result = otherwise;
      for (let i = 0; i < tests.length; i += 1) {
        const value = tests[i]!(context);
        if (value === ending) return ending;
        if (value === unknown) result = unknown;
      }
      return result;
    },
    trace,
  };
}

function combine(
  traces: readonly ConditionTrace[],
  ending: Ternary,
  otherwise: Ternary,
): ConditionTrace['result'] {
  if (traces.some(({ result }) => result === truthOf(ending))) return truthOf(ending);
  return traces.some(({ result }) => result === 'unknown') ? 'unknown' : truthOf(otherwise);
}

function compileOtherLines(
  condition: Extract<Condition, { kind: 'anyOtherLine' | 'everyOtherLine' | 'noOtherLine' }>,
  layout: Layout,
  ending: Ternary,
  otherwise: Ternary,
  negated: boolean,
): CompiledCondition {
  const child = compileCondition(condition.condition, layout);
  const { test } = child;
  const anyOf = (context: Context): Ternary => {
    let result = otherwise;
    const { lines, index } = context;
    for (let i = 0; i < lines.length; i += 1) {
      if (i === index) continue;
      context.other = lines[i]!;
      context.otherIndex = i;
      const value = test(context);
      if (value === ending) return ending;
      if (value === unknown) result = unknown;
    }
    return result;
  };
  return {
    test: negated ? (context) => negate(anyOf(context)) : anyOf,
    trace: (context) => {
      const lines: number[] = [];
      const children: ConditionTrace[] = [];
      for (let i = 0; i < context.lines.length; i += 1) {
        if (i === context.index) continue;
        context.other = context.lines[i]!;
        context.otherIndex = i;
        lines.push(i + 1);
        children.push(child.trace(context));
      }
      const result = combine(children, ending, otherwise);
      return { condition, result: negated && result !== 'unknown' ? !result : result, lines, children };
    },
  };
}

type Getter = (context: Context) => FactValue | undefined;

/** Reads a fact: an index into one of the vectors. */
export function compileFact(fact: FactRef, layout: Layout): Getter {
  const computed = layout.derived.get(fact.path);
  if (computed !== undefined) return (context) => context.derived[computed];
  if (fact.path === 'record.supportableUnits') {
    return fact.owner === 'other'
      ? (context) => context.supportable[context.otherIndex]
      : (context) => context.supportable[context.index];
  }
  const slot = layout.vocabulary.slots.get(fact.path);
  if (slot === undefined) throw new Error(`no place for the fact ${fact.path}`);
  if (fact.owner === 'visit') return (context) => context.visit[slot];
  if (fact.owner === 'other') return (context) => context.other[slot];
  return (context) => context.line[slot];
}

function compileTest(condition: TestCondition, layout: Layout): CompiledCondition {
  const { operator, operand } = condition;
  const get = compileFact(condition.fact, layout);
  const getOperand = compileOperand(operand, layout);
  const test =
    operator === 'documented'
      ? compileDocumented(get, operand)
      : operand.kind === 'literal'
        ? compileLiteralTest(get, operator, operand.value)
        : compileOperandTest(get, operator, getOperand);
  return {
    test,
    trace: (context) => ({
      condition,
      result: truthOf(test(context)),
      actual: get(context),
      operand: getOperand(context),
      children: [],
    }),
  };
}

/** The one operator that looks at emptiness itself; an empty list on a claim is "none" and not documented. */
function compileDocumented(get: Getter, operand: Operand): CompiledCondition['test'] {
  const wanted = operand.kind === 'literal' && operand.value === true;
  return (context) => {
    const value = get(context);
    if (value === undefined) return unknown;
    const documented = value !== null && !(Array.isArray(value) && value.length === 0);
    return documented === wanted ? yes : no;
  };
}

function compileLiteralTest(
  get: Getter,
  operator: OperatorName,
  operand: KnownValue,
): CompiledCondition['test'] {
  const holds = predicate(operator, operand);
  return (context) => {
    const value = get(context);
    if (value === undefined) return unknown;
    return value !== null && holds(value) ? yes : no;
  };
}

/** The operator with its operand fixed; the common ones are written out so that they run without a second call. */
function predicate(operator: OperatorName, operand: KnownValue): (value: KnownValue) => boolean {
  switch (operator) {
    case 'is':
      return (value) => value === operand;
    case 'isNot':
      return (value) => value !== operand;
    case 'oneOf': {
      const set = new Set<KnownValue>(operand as readonly (string | number)[]);
      return (value) => set.has(value);
    }
    case 'noneOf': {
      const set = new Set<KnownValue>(operand as readonly (string | number)[]);
      return (value) => !set.has(value);
    }
    case 'atLeast':
    case 'onOrAfter':
      return (value) => value >= operand;
    case 'atMost':
    case 'onOrBefore':
      return (value) => value <= operand;
    default: {
      const { test } = operatorOf(operator);
      return (value) => test(value, operand);
    }
  }
}

/** Compared with another fact: false where either is empty, unknown where either was never supplied. */
function compileOperandTest(
  get: Getter,
  operator: OperatorName,
  getOperand: (context: Context) => Value,
): CompiledCondition['test'] {
  const { test } = operatorOf(operator);
  return (context) => {
    const value = get(context);
    if (value === null) return no;
    const operand = getOperand(context);
    if (operand === null) return no;
    if (value === undefined || operand === undefined) return unknown;
    return test(value, operand) ? yes : no;
  };
}

const constant = (value: KnownValue) => () => value;

function compileOperand(operand: Operand, layout: Layout): (context: Context) => Value {
  switch (operand.kind) {
    case 'literal':
      return constant(operand.value);
    case 'dated':
      throw new Error(`the operand ${operand.name} has not been bound to a day`);
    case 'fact': {
      const get = compileFact(operand.fact, layout);
      if (!operand.plus) return get;
      const plus = literalValue(operand.plus) as number;
      return (context) => {
        const value = get(context);
        return typeof value === 'number' ? decimal(value + plus) : value;
      };
    }
    case 'within': {
      const of = compileOperand(operand.of, layout);
      const days = literalValue(operand.days) as number;
      return (context) => {
        const value = of(context);
        return typeof value === 'number' ? [value, days] : value;
      };
    }
    case 'pairs': {
      const get = compileFact(operand.fact, layout);
      const columnOnes = new Map<string, string[]>();
      for (const { value } of operand.pairs) {
        columnOnes.set(value.columnTwo, [...(columnOnes.get(value.columnTwo) ?? []), value.columnOne]);
      }
      return (context) => {
        const value = get(context);
        return typeof value === 'string' ? (columnOnes.get(value) ?? []) : value;
      };
    }
  }
}
