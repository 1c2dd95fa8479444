import type { Fact, FactType, ScalarType } from '../facts/vocabulary.ts';
import type { CodeList, ListKind, ParameterSyntax } from '../language/syntax.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import {
  describe,
  reportUnknown,
  takeDay,
  takeKeys,
  takeList,
  takeMap,
  takeNumber,
  takeScalar,
  requireKey,
} from '../yaml/reader.ts';
import type { FactRef, KnownValue, Operand, Pair } from './condition.ts';
import type { Dated } from './effective.ts';
import { operatorOf } from './operators.ts';
import type { OperatorName } from './operators.ts';
import { factRef } from './resolve-fact.ts';
import type { Scope } from './scope.ts';

export const otherFactKeys = ['fact', 'plus', 'plusDays'] as const;
export const withinKeys = ['date', 'fact', 'days'] as const;
export const pairsKeys = ['fact', 'in'] as const;

/** What an operand must hold: the scalar type of its values, and which values a `choice` allows. */
export interface Expected {
  readonly scalar: ScalarType;
  readonly values?: readonly string[];
  readonly whole?: boolean;
}

/** What the operator written behind a fact is compared with, or null with a report. */
export function resolveOperand(
  node: YamlNode,
  operator: OperatorName,
  fact: FactRef,
  scope: Scope,
): Operand | null {
  const entry = scope.vocabulary.byPath.get(fact.path);
  const expected = expectedOf(fact.type, entry);
  switch (operatorOf(operator).operand) {
    case 'boolean': {
      const text = node.kind === 'scalar' ? node.text : '';
      if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true', name: null };
      scope.reporter.report(
        'operand-type',
        node,
        `\`documented\` takes true or false, and ${describe(node)} stands here`,
        'write `documented: true`',
      );
      return null;
    }
    case 'size':
      return scalarOperand(node, { scalar: 'number', whole: true }, scope);
    case 'scalar':
      return scalarOperand(node, expected, scope);
    case 'list':
      return listOperand(node, expected, scope);
    case 'within':
      return withinOperand(node, scope);
    case 'pairs':
      return pairsOperand(node, scope);
  }
}

export function expectedOf(type: FactType, fact: Fact | undefined): Expected {
  return {
    scalar: type.scalar,
    ...(fact?.values ? { values: fact.values } : {}),
    ...(fact?.whole ? { whole: true } : {}),
  };
}

/** One value, `$name`, or another fact. */
export function scalarOperand(node: YamlNode, expected: Expected, scope: Scope): Operand | null {
  if (node.kind === 'map') return factOperand(node, expected, false, scope);
  const name = nameIn(node);
  if (name !== null) return namedOperand(node, name, expected, false, scope);
  const value = literalOf(node, expected, scope);
  return value === null ? null : { kind: 'literal', value, name: null };
}

/** A list of values, `$name`, or another fact that is a list. */
export function listOperand(node: YamlNode, expected: Expected, scope: Scope): Operand | null {
  if (node.kind === 'map') return factOperand(node, expected, true, scope);
  const name = nameIn(node);
  if (name !== null) return namedOperand(node, name, expected, true, scope);
  const list = takeList(node, 'what to compare with', scope.reporter);
  if (!list) return null;
  if (list.items.length === 0) {
    scope.reporter.report(
      'empty-block',
      node,
      'this list is empty, so nothing can be in it',
      'name at least one value',
    );
    return null;
  }
  const items = list.items.map((item) => literalOf(item, expected, scope));
  return items.includes(null) ? null : { kind: 'literal', value: items as (string | number)[], name: null };
}

function nameIn(node: YamlNode): string | null {
  return node.kind === 'scalar' && !node.quoted && node.text.startsWith('$') ? node.text.slice(1) : null;
}

/** A literal of the expected type. Text keeps every character; dates become day numbers. */
export function literalOf(
  node: YamlNode,
  expected: Expected,
  scope: Scope,
): string | number | boolean | null {
  const { reporter } = scope;
  const scalar = takeScalar(node, 'what to compare with', reporter);
  if (!scalar) return null;
  const { text } = scalar;
  switch (expected.scalar) {
    case 'number': {
      const number = takeNumber(node, 'what to compare with', reporter);
      if (number !== null && expected.whole && !Number.isInteger(number)) {
        reporter.report(
          'operand-type',
          node,
          `\`${text}\` is compared with whole numbers`,
          'write a whole number',
        );
        return null;
      }
      return number;
    }
    case 'date':
      return takeDay(node, 'what to compare with', reporter);
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      reporter.report(
        'operand-type',
        node,
        `this fact is true or false, and \`${text}\` stands here`,
        'write `true` or `false`',
      );
      return null;
    case 'choice':
      if (expected.values && !expected.values.includes(text)) {
        reportUnknown('unknown-value', node, text, expected.values, 'a value of this fact', reporter);
        return null;
      }
      return text;
    case 'payer': {
      const payers = scope.lists.get('payers');
      if (payers && !payers.entries.some((entry) => entry.value === text)) {
        reportUnknown(
          'unknown-payer',
          node,
          text,
          payers.entries.map((entry) => entry.value),
          'a payer',
          reporter,
        );
        return null;
      }
      return text;
    }
    case 'code':
    case 'diagnosis':
    case 'modifier':
      if (!/^[A-Z0-9]+(?:\.[A-Z0-9]+)?$/.test(text)) {
        reporter.report(
          'invalid-code',
          node,
          `\`${text}\` is not written as codes are`,
          'write it in capitals and digits, for example 97530 or M54.50',
        );
        return null;
      }
      return text;
    case 'text':
      return text;
  }
}

/** A parameter of the policy, else a list of the workspace. */
function namedOperand(
  node: YamlNode,
  name: string,
  expected: Expected,
  asList: boolean,
  scope: Scope,
): Operand | null {
  const parameter = scope.parameters.get(name);
  if (parameter) {
    scope.used.add(name);
    return parameterOperand(node, parameter, expected, asList, scope);
  }
  const list = scope.lists.get(name);
  if (list && asList) return membersOperand(node, list, expected, scope);
  if (list) {
    scope.reporter.report(
      'operand-type',
      node,
      `\`$${name}\` is a list, and one value is needed here`,
      'use `oneOf`, or name a parameter that holds one value',
    );
    return null;
  }
  reportUnknown(
    'unknown-name',
    node,
    `$${name}`,
    [...scope.parameters.keys(), ...scope.lists.keys()].map((known) => `$${known}`),
    'a parameter or list',
    scope.reporter,
  );
  return null;
}

function parameterOperand(
  node: YamlNode,
  parameter: ParameterSyntax,
  expected: Expected,
  asList: boolean,
  scope: Scope,
): Operand | null {
  const values: Dated<KnownValue>[] = [];
  for (const { node: valueNode, from, to } of parameter.values) {
    const isList = valueNode.kind === 'list';
    if (isList !== asList) {
      scope.reporter.report(
        'operand-type',
        node,
        isList
          ? `\`$${parameter.name}\` holds a list, and one value is needed here`
          : `\`$${parameter.name}\` holds one value, and a list is needed here`,
        isList
          ? 'use an operator that takes a list, such as `oneOf`'
          : 'use an operator that takes one value, such as `is`',
      );
      return null;
    }
    const items = isList ? valueNode.items : [valueNode];
    const typed = items.map((item) => literalOf(item, expected, scope));
    if (typed.includes(null)) return null;
    values.push({ from, to, value: asList ? (typed as (string | number)[]) : typed[0]! });
  }
  return { kind: 'dated', name: parameter.name, values };
}

/** Which facts the members of a list can be compared with. */
export const listFits: Readonly<Record<ListKind, readonly ScalarType[]>> = {
  code: ['code'],
  modifier: ['modifier'],
  diagnosis: ['diagnosis'],
  payer: ['payer'],
  text: ['text', 'choice'],
  pair: [],
};

/** The members of a list by period: a new value begins wherever an entry begins or has ended. */
function membersOperand(node: YamlNode, list: CodeList, expected: Expected, scope: Scope): Operand | null {
  if (!listFits[list.of].includes(expected.scalar)) {
    const help =
      list.of === 'pair'
        ? 'a list of pairs goes with `pairedWith: { fact: line.code, in: $list }`'
        : `name a list \`of: ${expected.scalar}\``;
    scope.reporter.report(
      'operand-type',
      node,
      `\`$${list.id}\` lists ${list.of}s, which this fact is not`,
      help,
    );
    return null;
  }
  return { kind: 'dated', name: list.id, values: membersByPeriod(list) };
}

export function membersByPeriod(list: CodeList): readonly Dated<readonly string[]>[] {
  const starts = new Set<number>([-Infinity]);
  for (const { from, to } of list.entries) {
    if (from !== null) starts.add(from);
    if (to !== null) starts.add(to + 1);
  }
  const sorted = [...starts].toSorted((a, b) => a - b);
  return sorted.map((start, index) => {
    const next = sorted[index + 1];
    const inside = (entry: { from: number | null; to: number | null }) =>
      (entry.from ?? -Infinity) <= start && (entry.to ?? Infinity) >= start;
    return {
      from: start === -Infinity ? null : start,
      to: next === undefined ? null : next - 1,
      value: [...new Set(list.entries.filter(inside).map((entry) => entry.value))],
    };
  });
}

/** `{ fact: path }`, with `plus` for numbers and `plusDays` for dates. */
function factOperand(node: YamlNode, expected: Expected, asList: boolean, scope: Scope): Operand | null {
  const map = takeMap(node, 'what to compare with', scope.reporter);
  if (!map) return null;
  const keys = takeKeys(map, otherFactKeys, 'what to compare with', scope.reporter);
  const factNode = requireKey(
    keys.fact,
    'fact',
    map,
    'what to compare with',
    scope.reporter,
    'write `{ fact: path }`',
  );
  const text = factNode && takeScalar(factNode, 'a fact', scope.reporter);
  const fact = text && factRef(text.text, text, scope);
  if (!fact) return null;
  const sameKind =
    fact.type.scalar === expected.scalar || (isText(fact.type.scalar) && isText(expected.scalar));
  if (!sameKind || fact.type.list !== asList) {
    const kind = `${fact.type.list ? 'a list of ' : ''}${fact.type.scalar}`;
    scope.reporter.report(
      'operand-type',
      factNode,
      `\`${fact.written}\` is ${kind}, and ${asList ? 'a list of ' : ''}${expected.scalar} is needed here`,
      'compare facts of the same type',
    );
    return null;
  }
  const plusNode = keys.plus ?? keys.plusDays;
  if (!plusNode) return { kind: 'fact', fact, plus: null };
  const wanted = keys.plus ? 'number' : 'date';
  if (fact.type.scalar !== wanted) {
    scope.reporter.report(
      'operand-type',
      plusNode,
      `\`${keys.plus ? 'plus' : 'plusDays'}\` goes with a ${wanted}, and \`${fact.written}\` is ${fact.type.scalar}`,
      keys.plus ? 'use `plusDays` with dates' : 'use `plus` with numbers',
    );
    return null;
  }
  const plus = fixedNumber(plusNode, wanted === 'date', scope);
  return plus && { kind: 'fact', fact, plus };
}

const isText = (scalar: ScalarType) => scalar === 'text' || scalar === 'code';

/** A number or a parameter; a distance taken from a fact could not be proven about, nor drawn on a line of days. */
function fixedNumber(node: YamlNode, whole: boolean, scope: Scope): Operand | null {
  if (node.kind !== 'map') return scalarOperand(node, { scalar: 'number', whole }, scope);
  const what = 'what is added must be a number or a parameter, and a fact stands here';
  scope.reporter.report('operand-type', node, what, 'write the number, or name a parameter: `$days`');
  return null;
}

/** `{ date: 2024-03-04, days: 28 }` or `{ fact: episode.firstVisit, days: 28 }`. */
function withinOperand(node: YamlNode, scope: Scope): Operand | null {
  const map = takeMap(node, '`withinDaysOf`', scope.reporter);
  if (!map) return null;
  const keys = takeKeys(map, withinKeys, '`withinDaysOf`', scope.reporter);
  const daysNode = requireKey(keys.days, 'days', map, '`withinDaysOf`', scope.reporter);
  const days = daysNode && fixedNumber(daysNode, true, scope);
  let of: Operand | null = null;
  if (keys.fact) {
    const text = takeScalar(keys.fact, 'a fact', scope.reporter);
    const fact = text && factRef(text.text, text, scope);
    if (fact && (fact.type.scalar !== 'date' || fact.type.list)) {
      scope.reporter.report(
        'operand-type',
        keys.fact,
        `\`${fact.written}\` is not a date`,
        'name a fact that is a date',
      );
    } else if (fact) of = { kind: 'fact', fact, plus: null };
  } else {
    const dateNode = requireKey(
      keys.date,
      'date',
      map,
      '`withinDaysOf`',
      scope.reporter,
      'add `date:` or `fact:`',
    );
    of = dateNode && scalarOperand(dateNode, { scalar: 'date' }, scope);
  }
  return days && of && { kind: 'within', of, days };
}

/** `{ fact: line.code, in: $pairs }`. */
function pairsOperand(node: YamlNode, scope: Scope): Operand | null {
  const map = takeMap(node, '`pairedWith`', scope.reporter);
  if (!map) return null;
  const keys = takeKeys(map, pairsKeys, '`pairedWith`', scope.reporter);
  const factNode = requireKey(keys.fact, 'fact', map, '`pairedWith`', scope.reporter);
  const inNode = requireKey(keys.in, 'in', map, '`pairedWith`', scope.reporter, 'add `in: $list-of-pairs`');
  const text = factNode && takeScalar(factNode, 'a fact', scope.reporter);
  const fact = text && factRef(text.text, text, scope);
  const name = inNode && nameIn(inNode);
  if (!fact || !inNode) return null;
  const list = name === null ? undefined : scope.lists.get(name);
  if (fact.type.scalar !== 'code' || fact.type.list) {
    scope.reporter.report(
      'operand-type',
      factNode,
      `\`${fact.written}\` is not a code`,
      'name a fact that is a code, such as `line.code`',
    );
    return null;
  }
  if (!list || list.of !== 'pair') {
    const pairLists = [...scope.lists.values()].filter(({ of }) => of === 'pair').map(({ id }) => `$${id}`);
    const written = inNode.kind === 'scalar' ? inNode.text : 'this';
    reportUnknown('unknown-list', inNode, written, pairLists, 'a list of pairs', scope.reporter);
    return null;
  }
  const pairs = list.entries.map(({ value, columnTwo, from, to }): Dated<Pair> => ({
    from,
    to,
    value: { columnOne: value, columnTwo: columnTwo! },
  }));
  return { kind: 'pairs', fact, list: list.id, pairs };
}
