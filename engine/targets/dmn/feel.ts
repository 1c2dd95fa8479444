import type { Comparison } from '../../intermediate/form.ts';
import type { ExpressionDialect } from '../write-plain-test.ts';

const signs: Readonly<Record<Comparison, string>> = {
  equal: '=',
  notEqual: '!=',
  less: '<',
  atMost: '<=',
  atLeast: '>=',
  more: '>',
};

/** FEEL. Some of its engines compute with floats: decimals are whole thousandths. `item` and filters are avoided, engines differ in them. */
export const feel: ExpressionDialect = {
  decimals: 'thousandths',
  always: String,
  and: (parts) => `(${parts.join(' and ')})`,
  or: (parts) => `(${parts.join(' or ')})`,
  not: (part) => `not(${part})`,
  choose: (test, then, otherwise) => `if ${test} then ${then} else ${otherwise}`,
  text: (value) => JSON.stringify(value),
  isEmpty: (value) => `${value} = null`,
  isThere: (value) => `${value} != null`,
  compare: (left, is, right) => `${left} ${signs[is]} ${right}`,
  list: (items) => `[${items.join(', ')}]`,
  holds: (list, value) => `list contains(${list}, ${value})`,
  size: (list) => `count(${list})`,
  startsWith: (of, beginning) => `starts with(${of}, ${beginning})`,
  distance: (one, two) => `abs(${one} - ${two})`,
  some: (list, as, test) => `(some ${as} in ${list} satisfies (${test}))`,
  every: (list, as, test) => `(every ${as} in ${list} satisfies (${test}))`,
};

/** Of each item of a list something, where a test holds: without a filter. */
export function those(list: string, as: string, test: string, what: string): string {
  return `flatten(for ${as} in ${list} return if ${test} then [${what}] else [])`;
}

/** The sum of what may be nothing. */
export function total(list: string, as: string, what: string): string {
  return `sum(concatenate([0], for ${as} in ${list} return ${what}))`;
}
