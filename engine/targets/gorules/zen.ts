import type { Comparison } from '../../intermediate/form.ts';
import type { ExpressionDialect } from '../write-plain-test.ts';

const signs: Readonly<Record<Comparison, string>> = {
  equal: '==',
  notEqual: '!=',
  less: '<',
  atMost: '<=',
  atLeast: '>=',
  more: '>',
};

/** The expressions of ZEN. It computes with decimals, and `and` and `or` stop early, so a null is never compared. */
export const zen: ExpressionDialect = {
  decimals: 'exact',
  always: String,
  and: (parts) => `(${parts.join(' and ')})`,
  or: (parts) => `(${parts.join(' or ')})`,
  not: (part) => `not(${part})`,
  choose: (test, then, otherwise) => `${test} ? ${then} : ${otherwise}`,
  text,
  isEmpty: (value) => `${value} == null`,
  isThere: (value) => `${value} != null`,
  compare: (left, is, right) => `${left} ${signs[is]} ${right}`,
  list: (items) => `[${items.join(', ')}]`,
  holds: (list, value) => `(${value} in ${list})`,
  size: (list) => `len(${list})`,
  startsWith: (of, beginning) => `startsWith(${of}, ${beginning})`,
  distance: (one, two) => `abs(${one} - ${two})`,
  some: (list, as, test) => `some(${list} as ${as}, ${test})`,
  every: (list, as, test) => `all(${list} as ${as}, ${test})`,
};

/** ZEN knows no escapes in texts: double quotes are written in single ones, and the pieces put together. */
function text(value: string): string {
  const pieces = value
    .split(/("+)/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece.startsWith('"') ? `'${piece}'` : `"${piece}"`));
  if (pieces.length === 0) return '""';
  return pieces.length === 1 ? pieces[0]! : `(${pieces.join(' + ')})`;
}
