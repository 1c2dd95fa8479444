import { never } from '../../base/never.ts';
import type { Comparison, PlainTest, Ref, Term, Terms } from '../../intermediate/form.ts';

export type LeafValue = string | number | boolean | readonly (string | number)[];

/** A fact that is looked up, or computed of others that its parameters name. */
export interface FactValue {
  readonly fact: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface Leaf {
  readonly fact: string;
  readonly operator: string;
  readonly value: LeafValue | FactValue;
}

/** A condition of json-rules-engine. There is no `not`, no `path` and no priority, and no list of conditions is empty. */
export type Condition =
  | Leaf
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

/** What conditions name and do not hold themselves. */
export interface Beside {
  /** The name of a list, or of pairs, that is written once. */
  readonly nameOf: (kind: 'list' | 'pairs', values: readonly unknown[]) => string;
  /** The name of a condition over other lines, which is asked of each of them. */
  readonly others: (take: 'some' | 'every', condition: Condition) => string;
}

/** The name of a fact. Paths have a dot in them, so no name of ours is one of theirs. */
export function factOf(ref: Ref): string {
  switch (ref.kind) {
    case 'figure':
      return ref.name;
    case 'units':
      return ref.of === 'other' ? 'other:record.supportableUnits' : 'record.supportableUnits';
    case 'field':
      return ref.of === 'other' ? `other:${ref.path}` : ref.path;
  }
}

const comparisons: Readonly<Record<Comparison, string>> = {
  equal: 'equal',
  notEqual: 'notEqual',
  less: 'lessThan',
  atMost: 'lessThanInclusive',
  atLeast: 'greaterThanInclusive',
  more: 'greaterThan',
};

/** Longer lists stand once, beside the rules: the engine copies each condition whenever it is asked. */
const longest = 8;

/** A test as a condition. The engine asks every part, so none may throw; that values are there is asked beside the comparison. */
export function writeTest(test: PlainTest, beside: Beside): Condition {
  const inner = (tests: readonly PlainTest[]) => tests.map((one) => writeTest(one, beside));
  switch (test.kind) {
    case 'always':
      return { fact: 'always', operator: 'equal', value: test.value };
    case 'all':
      return all(inner(test.tests));
    case 'any':
      return { any: inner(test.tests) };
    case 'known':
      return { fact: factOf(test.ref), operator: 'isKnown', value: true };
    case 'empty':
      return { fact: factOf(test.ref), operator: 'isEmpty', value: true };
    case 'filled':
      return filled(test.ref);
    case 'someOther':
    case 'everyOther': {
      const take = test.kind === 'someOther' ? 'some' : 'every';
      return {
        fact: beside.others(take, writeTest(test.test, beside)),
        operator: 'equal',
        value: true,
      };
    }
    case 'compare':
      return guarded(test.ref, inTerm(test.to), comparisons[test.is], termOf(test.to));
    case 'oneOf':
      if (test.of.kind === 'ref') {
        // `in` ends the run where there is no list on its right, `contains` is false where there is none on its left.
        const operator = test.holds ? 'contains' : 'doesNotContain';
        return guarded(test.of.ref, [test.ref], operator, { fact: factOf(test.ref) });
      }
      return guarded(test.ref, [], test.holds ? 'in' : 'notIn', termsOf(test.of, beside));
    case 'contains': {
      const operator = test.holds ? 'contains' : 'doesNotContain';
      return guarded(test.ref, inTerm(test.value), operator, termOf(test.value));
    }
    case 'containsAny':
    case 'containsAll':
      return guarded(test.ref, inTerm(test.of), sided(test.kind, test.holds), termsOf(test.of, beside));
    case 'sizeAtLeast':
    case 'sizeAtMost':
      return guarded(test.ref, inTerm(test.size), sided(test.kind, test.holds), termOf(test.size));
    case 'startsWith':
      return guarded(test.ref, inTerm(test.text), sided(test.kind, test.holds), termOf(test.text));
    case 'within':
      return guarded(
        test.ref,
        inTerm(test.to),
        sided('withinDaysOf', test.holds),
        spanOf(test.to, test.days),
      );
    case 'paired': {
      const params = { pairs: beside.nameOf('pairs', test.pairs), columnTwo: factOf(test.with) };
      return guarded(test.ref, [test.with], test.holds ? 'in' : 'notIn', { fact: 'columnOnes', params });
    }
    default:
      return never(test);
  }
}

/** Every one of the conditions, of which there is one at least. */
export function all(conditions: readonly Condition[]): { readonly all: readonly Condition[] } {
  const flat = conditions.flatMap((one) => ('all' in one ? one.all : [one]));
  return { all: [...new Map(flat.map((one) => [JSON.stringify(one), one])).values()] };
}

const filled = (ref: Ref): Leaf => ({ fact: factOf(ref), operator: 'isFilled', value: true });

const sided = (operator: string, holds: boolean) => (holds ? operator : `not:${operator}`);

function guarded(left: Ref, others: readonly Ref[], operator: string, value: Leaf['value']): Condition {
  return all([...[left, ...others].map(filled), { fact: factOf(left), operator, value }]);
}

function inTerm(term: Term | Terms): readonly Ref[] {
  return term.kind === 'ref' ? [term.ref] : [];
}

function termOf(term: Term): string | number | boolean | FactValue {
  if (term.kind === 'literal') return term.value;
  const of = factOf(term.ref);
  if (term.plus === 0) return { fact: of };
  return term.ref.scalar === 'date'
    ? { fact: 'dayAfter', params: { of, days: term.plus } }
    : { fact: 'sum', params: { of, plus: term.plus } };
}

function spanOf(to: Term, days: number): Leaf['value'] {
  if (to.kind === 'literal') return [String(to.value), days];
  return { fact: 'span', params: { of: factOf(to.ref), plus: to.plus, days } };
}

function termsOf(terms: Terms, beside: Beside): Leaf['value'] {
  if (terms.kind === 'ref') return { fact: factOf(terms.ref) };
  return terms.values.length <= longest ? terms.values : { fact: beside.nameOf('list', terms.values) };
}
