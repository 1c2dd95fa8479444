import { formatDay } from '../base/calendar-date.ts';
import { never } from '../base/never.ts';
import type { Fact, FactType } from '../facts/vocabulary.ts';
import { dateReceived, sectionOf } from '../facts/vocabulary.ts';
import { ownerOf } from '../facts/fact-table.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import { bind, epochsOf, literalValue } from '../model/bind.ts';
import type { Condition, FactRef, KnownValue, Operand, TestCondition } from '../model/condition.ts';
import type { OperatorName } from '../model/operators.ts';
import type { DerivedFigure, Policy, Rule, TimeRule } from '../model/policy.ts';
import { fieldsRead } from './reads.ts';
import { semanticsVersion } from './form.ts';
import type {
  Comparison,
  PlainField,
  FieldSection,
  PlainFigure,
  PlainPeriod,
  PlainPolicy,
  PlainProgram,
  Ref,
  PlainRule,
  Scalar,
  Sides,
  Term,
  Terms,
  PlainTest,
  PlainTimeRule,
} from './form.ts';

/** Resolved policies as the intermediate form: dates placed, three values made two, every test total. */
export function lower(policies: readonly Policy[], vocabulary: Vocabulary): PlainProgram {
  const forms = policies.map((policy) => lowerPolicy(policy));
  const read = fieldsRead(forms);
  return {
    semantics: semanticsVersion,
    fields: vocabulary.facts.filter(({ path }) => read.has(path)).map(fieldOf),
    policies: forms,
  };
}

function lowerPolicy(policy: Policy): PlainPolicy {
  return {
    id: policy.id,
    title: policy.title,
    payers: policy.payers,
    replaces: policy.extends,
    periods: epochsOf(policy).map(({ from, to }): PlainPeriod => {
      const bound = bind(policy, from);
      return {
        from: formatDay(from),
        to: to === null ? null : formatDay(to),
        timeRule: bound.timeRule && lowerTimeRule(bound.timeRule),
        figures: bound.derived.map(lowerFigure),
        rules: bound.rules.map(lowerRule),
      };
    }),
  };
}

function fieldOf(fact: Fact): PlainField {
  return {
    path: fact.path,
    owner: ownerOf(fact.path),
    section: sectionOf(fact.path) as FieldSection,
    ...typeOf(fact.type),
    places: fact.type.scalar === 'number' && !fact.whole ? 3 : 0,
    absentMeansNone: fact.absentMeansNone ?? false,
  };
}

function typeOf({ scalar, list }: FactType): { readonly scalar: Scalar; readonly list: boolean } {
  return {
    scalar: scalar === 'number' || scalar === 'date' || scalar === 'boolean' ? scalar : 'text',
    list,
  };
}

function lowerTimeRule(rule: TimeRule): PlainTimeRule {
  return {
    method: rule.method,
    codes: literalValue(rule.codes) as readonly string[],
    minutesPerUnit: rule.minutesPerUnit,
    minimumMinutes: rule.minimumMinutes ? (literalValue(rule.minimumMinutes) as number) : 0,
    place: rule.place,
  };
}

function lowerFigure(figure: DerivedFigure): PlainFigure {
  return {
    name: `derived.${figure.name}`,
    calculation: figure.calculation,
    over: figure.over,
    ref: figure.fact && refOf(figure.fact),
    where: figure.where && sides(figure.where),
    place: figure.place,
  };
}

function lowerRule(rule: Rule): PlainRule {
  const require = rule.require ? sides(rule.require) : constant(false);
  const unless = rule.unless ? sides(rule.unless) : constant(false);
  return {
    id: rule.id,
    title: rule.title,
    scope: rule.scope,
    effect: rule.effect,
    applies: rule.when ? sides(rule.when) : constant(true),
    met: { holds: any([require.holds, unless.holds]), fails: all([require.fails, unless.fails]) },
    remedy: rule.remedy,
    cites: rule.cites.map(({ source, clause }) => `${source}#${clause}`),
    place: rule.place,
  };
}

/** A condition as the two tests of which one holds where it is certain. */
export function sides(condition: Condition): Sides {
  switch (condition.kind) {
    case 'test':
      return testSides(condition);
    case 'all': {
      const children = condition.conditions.map(sides);
      return {
        holds: all(children.map(({ holds }) => holds)),
        fails: any(children.map(({ fails }) => fails)),
      };
    }
    case 'any': {
      const children = condition.conditions.map(sides);
      return {
        holds: any(children.map(({ holds }) => holds)),
        fails: all(children.map(({ fails }) => fails)),
      };
    }
    case 'not': {
      const { holds, fails } = sides(condition.condition);
      return { holds: fails, fails: holds };
    }
    case 'named':
      return sides(condition.condition);
    case 'anyOtherLine':
      return overOthers('someOther', 'everyOther', sides(condition.condition));
    case 'everyOtherLine':
      return overOthers('everyOther', 'someOther', sides(condition.condition));
    case 'noOtherLine': {
      const { holds, fails } = overOthers('someOther', 'everyOther', sides(condition.condition));
      return { holds: fails, fails: holds };
    }
    default:
      return never(condition);
  }
}

type Over = 'someOther' | 'everyOther';

function overOthers(holding: Over, failing: Over, inner: Sides): Sides {
  return {
    holds: { kind: holding, test: inner.holds },
    fails: { kind: failing, test: inner.fails },
  };
}

const constant = (value: boolean): Sides => ({
  holds: { kind: 'always', value },
  fails: { kind: 'always', value: !value },
});

/** Every one of the tests, without those that always hold. */
export function all(tests: readonly PlainTest[]): PlainTest {
  return joined('all', tests, true);
}

/** At least one of the tests, without those that never hold. */
export function any(tests: readonly PlainTest[]): PlainTest {
  return joined('any', tests, false);
}

function joined(kind: 'all' | 'any', tests: readonly PlainTest[], neutral: boolean): PlainTest {
  const flat = tests.flatMap((test) => (test.kind === kind ? test.tests : [test]));
  const decisive = flat.find((test) => test.kind === 'always' && test.value !== neutral);
  if (decisive) return decisive;
  const [first, ...more] = flat.filter(({ kind: it }) => it !== 'always');
  if (!first) return { kind: 'always', value: neutral };
  return more.length === 0 ? first : { kind, tests: [first, ...more] };
}

function testSides({ fact, operator, operand }: TestCondition): Sides {
  const ref = refOf(fact);
  if (operator === 'documented') return documentedSides(ref, literalValue(operand) === true);
  const other = refInOperand(operand);
  return {
    holds: atom(ref, operator, operand, true),
    // One side that is empty settles it, even if nothing is known of the other.
    fails: any([empty(ref), ...(other ? [empty(other)] : []), atom(ref, operator, operand, false)]),
  };
}

/** Without the date received nothing is known of it: a claim is not one that was received on no day. */
function empty(ref: Ref): PlainTest {
  const isStamped = ref.kind === 'field' && ref.path === dateReceived;
  return isStamped ? { kind: 'always', value: false } : { kind: 'empty', ref };
}

/** The one question about emptiness itself: an empty list documents nothing. */
function documentedSides(ref: Ref, wanted: boolean): Sides {
  const one: Term = { kind: 'literal', value: 1 };
  const there: PlainTest = ref.list
    ? { kind: 'sizeAtLeast', ref, size: one, holds: true }
    : { kind: 'filled', ref };
  const missing: PlainTest = ref.list
    ? any([
        { kind: 'empty', ref },
        { kind: 'sizeAtLeast', ref, size: one, holds: false },
      ])
    : empty(ref);
  return wanted ? { holds: there, fails: missing } : { holds: missing, fails: there };
}

const comparisons: Partial<Record<OperatorName, readonly [holds: Comparison, fails: Comparison]>> = {
  is: ['equal', 'notEqual'],
  isNot: ['notEqual', 'equal'],
  lessThan: ['less', 'atLeast'],
  atMost: ['atMost', 'more'],
  atLeast: ['atLeast', 'less'],
  moreThan: ['more', 'atMost'],
  before: ['less', 'atLeast'],
  onOrBefore: ['atMost', 'more'],
  onOrAfter: ['atLeast', 'less'],
  after: ['more', 'atMost'],
};

/** What an operator asks of values that are all there, or its opposite. */
function atom(ref: Ref, operator: OperatorName, operand: Operand, holds: boolean): PlainTest {
  const comparison = comparisons[operator];
  if (comparison)
    return { kind: 'compare', ref, is: comparison[holds ? 0 : 1], to: termOf(operand, ref.scalar) };
  switch (operator) {
    case 'oneOf':
    case 'noneOf':
      return {
        kind: 'oneOf',
        ref,
        of: termsOf(operand, ref.scalar),
        holds: holds === (operator === 'oneOf'),
      };
    case 'withinDaysOf': {
      if (operand.kind !== 'within') throw new Error(`expected a day with its span, found ${operand.kind}`);
      const days = literalValue(operand.days) as number;
      return { kind: 'within', ref, days, to: termOf(operand.of, 'date'), holds };
    }
    case 'includes':
    case 'excludes':
      return {
        kind: 'contains',
        ref,
        value: termOf(operand, ref.scalar),
        holds: holds === (operator === 'includes'),
      };
    case 'includesAny':
    case 'includesNone':
      return {
        kind: 'containsAny',
        ref,
        of: termsOf(operand, ref.scalar),
        holds: holds === (operator === 'includesAny'),
      };
    case 'includesAll':
      return { kind: 'containsAll', ref, of: termsOf(operand, ref.scalar), holds };
    case 'sizeAtLeast':
    case 'sizeAtMost':
      return { kind: operator, ref, size: termOf(operand, 'number'), holds };
    case 'startsWith':
      return { kind: 'startsWith', ref, text: termOf(operand, ref.scalar), holds };
    case 'pairedWith': {
      if (operand.kind !== 'pairs') throw new Error(`expected pairs, found ${operand.kind}`);
      const pairs = operand.pairs.map(({ value }) => [value.columnOne, value.columnTwo] as const);
      return { kind: 'paired', ref, with: refOf(operand.fact), pairs, holds };
    }
    default:
      throw new Error(`the operator ${operator} has no place in the intermediate form`);
  }
}

function termOf(operand: Operand, scalar: Scalar): Term {
  if (operand.kind === 'literal')
    return { kind: 'literal', value: literal(operand.value, scalar) as string | number | boolean };
  if (operand.kind !== 'fact') throw new Error(`expected one value bound to a day, found ${operand.kind}`);
  const plus = operand.plus ? (literalValue(operand.plus) as number) : 0;
  return { kind: 'ref', ref: refOf(operand.fact), plus };
}

function termsOf(operand: Operand, scalar: Scalar): Terms {
  if (operand.kind === 'fact') return { kind: 'ref', ref: refOf(operand.fact) };
  const values = literalValue(operand);
  if (!Array.isArray(values)) throw new Error('expected a list of values');
  return { kind: 'literals', values: literal(values, scalar) as readonly (string | number)[] };
}

function literal(value: KnownValue, scalar: Scalar): KnownValue {
  if (scalar !== 'date') return value;
  return Array.isArray(value) ? value.map((day) => formatDay(day as number)) : formatDay(value as number);
}

function refInOperand(operand: Operand): Ref | null {
  switch (operand.kind) {
    case 'literal':
      return null;
    case 'fact':
    case 'pairs':
      return refOf(operand.fact);
    case 'within':
      return refInOperand(operand.of);
    case 'dated':
      throw new Error(`the operand ${operand.name} has not been bound to a day`);
  }
}

/** The three figures that a time rule gives for the visit. */
const timeFigures = ['visit.timedMinutes', 'visit.supportableUnits', 'visit.billedTimedUnits'];

function refOf(fact: FactRef): Ref {
  const type = typeOf(fact.type);
  if (fact.owner === 'derived' || timeFigures.includes(fact.path))
    return { ...type, kind: 'figure', name: fact.path };
  const of = fact.owner;
  if (fact.path === 'record.supportableUnits')
    return { ...type, kind: 'units', of: of === 'other' ? 'other' : 'line' };
  return { ...type, kind: 'field', of, path: fact.path };
}
