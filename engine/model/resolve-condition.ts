import { placeOf } from '../base/source.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/parse-yaml.ts';
import { reportUnknown, takeList, takeMap, takeText } from '../yaml/reader.ts';
import type { Condition, FactRef, TestCondition } from './condition.ts';
import { operatorNames, operatorOf } from './operators.ts';
import type { OperatorName } from './operators.ts';
import { factRef } from './resolve-fact.ts';
import { resolveOperand } from './resolve-operand.ts';
import type { Scope } from './scope.ts';

export const blockWords = [
  'all',
  'any',
  'not',
  'condition',
  'anyOtherLine',
  'everyOtherLine',
  'noOtherLine',
] as const;

/** A block of conditions with its names bound and its types known; null, with reports, where any part is wrong. */
export function resolveCondition(node: YamlNode, scope: Scope): Condition | null {
  const map = takeMap(node, 'a condition', scope.reporter);
  if (!map) return null;
  if (map.entries.length === 0) {
    scope.reporter.report(
      'empty-block',
      node,
      'this condition says nothing',
      'write `fact: test`, or remove the key',
    );
    return null;
  }
  const conditions = map.entries.map((entry) => resolveEntry(entry, scope));
  if (conditions.includes(null)) return null;
  const all = conditions as Condition[];
  if (all.length === 1) return all[0]!;
  return { kind: 'all', conditions: all, place: placeOf(scope.source, map.span, map.yamlPath) };
}

function resolveEntry(entry: YamlEntry, scope: Scope): Condition | null {
  const { key, keySpan, value } = entry;
  const at = { span: keySpan, yamlPath: value.yamlPath };
  const place = placeOf(scope.source, keySpan, value.yamlPath);
  switch (key) {
    case 'all':
    case 'any': {
      const list = takeList(value, `\`${key}\``, scope.reporter);
      if (!list) return null;
      if (list.items.length === 0) {
        scope.reporter.report(
          'empty-block',
          at,
          `\`${key}\` holds no condition`,
          'write at least one, or remove it',
        );
        return null;
      }
      const conditions = list.items.map((item) => resolveCondition(item, scope));
      return conditions.includes(null) ? null : { kind: key, conditions: conditions as Condition[], place };
    }
    case 'not': {
      const condition = resolveCondition(value, scope);
      return condition && { kind: 'not', condition, place };
    }
    case 'condition':
      return resolveNamed(value, place, scope);
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine': {
      if (scope.subject !== 'line' || scope.inOtherLine) {
        const where = scope.inOtherLine ? 'inside another such block' : 'where a line is not what is judged';
        scope.reporter.report(
          'fact-scope',
          at,
          `\`${key}\` cannot stand ${where}`,
          'use it in a rule `for: line`, or use a figure of `derive:`',
        );
        return null;
      }
      const condition = resolveCondition(value, { ...scope, inOtherLine: true });
      return condition && { kind: key, condition, place };
    }
    default:
      return resolveTests(entry, scope);
  }
}

function resolveNamed(node: YamlNode, place: Condition['place'], scope: Scope): Condition | null {
  const name = takeText(node, '`condition`', scope.reporter);
  if (name === null) return null;
  const body = scope.conditions.get(name);
  if (!body) {
    reportUnknown('unknown-name', node, name, scope.conditions.keys(), 'a named condition', scope.reporter);
    return null;
  }
  scope.used.add(`condition.${name}`);
  if (scope.within.includes(name)) {
    const circle = [...scope.within, name].join(' → ');
    scope.reporter.report(
      'circular-condition',
      node,
      `this condition leads back to itself: ${circle}`,
      'remove one of these references',
    );
    return null;
  }
  const condition = resolveCondition(body, { ...scope, within: [...scope.within, name] });
  return condition && { kind: 'named', name, condition, place };
}

/** `fact: test`, where a test is operators, or a scalar (`is`), or a list (`oneOf`). */
function resolveTests(entry: YamlEntry, scope: Scope): Condition | null {
  const { key, keySpan, value } = entry;
  const at = { span: keySpan, yamlPath: value.yamlPath };
  if (!key.includes('.')) {
    reportUnknown(
      'unknown-key',
      at,
      key,
      [...blockWords, ...scope.vocabulary.byPath.keys()],
      'a fact or a word of conditions',
      scope.reporter,
    );
    return null;
  }
  const fact = factRef(key, at, scope);
  if (!fact) return null;
  if (value.kind !== 'map') return resolveShorthand(value, fact, keySpan, scope);
  return resolveOperators(value, fact, scope);
}

function resolveShorthand(
  value: YamlNode,
  fact: FactRef,
  span: YamlEntry['keySpan'],
  scope: Scope,
): Condition | null {
  if (value.kind === 'scalar' && value.isNull) {
    scope.reporter.report(
      'wrong-type',
      value,
      `\`${fact.written}\` is compared with nothing`,
      'write a value, or `documented: false` for an empty field',
    );
    return null;
  }
  const isName = value.kind === 'scalar' && !value.quoted && value.text.startsWith('$');
  const name = isName ? value.text.slice(1) : '';
  const parameter = scope.parameters.get(name);
  const namesOneValue = parameter !== undefined && parameter.values[0]?.node.kind !== 'list';
  const operator: OperatorName = value.kind === 'list' || (isName && !namesOneValue) ? 'oneOf' : 'is';
  return resolveTest(operator, value, { span, yamlPath: value.yamlPath }, fact, scope);
}

function resolveOperators(map: YamlMap, fact: FactRef, scope: Scope): Condition | null {
  if (map.entries.length === 0) {
    scope.reporter.report(
      'empty-block',
      map,
      `\`${fact.written}\` is not tested for anything`,
      'write an operator, for example `atLeast: 8`',
    );
    return null;
  }
  const tests = map.entries.map((entry): TestCondition | null => {
    const at = { span: entry.keySpan, yamlPath: entry.value.yamlPath };
    const operator = operatorNames.find((name) => name === entry.key);
    if (!operator) {
      const fitting = operatorNames.filter((name) => operatorOf(name).fits(fact.type));
      reportUnknown('unknown-operator', at, entry.key, fitting, 'an operator', scope.reporter);
      return null;
    }
    return resolveTest(operator, entry.value, at, fact, scope);
  });
  if (tests.includes(null)) return null;
  const all = tests as TestCondition[];
  if (all.length === 1) return all[0]!;
  return { kind: 'all', conditions: all, place: placeOf(scope.source, map.span, map.yamlPath) };
}

function resolveTest(
  operator: OperatorName,
  node: YamlNode,
  at: Pick<YamlNode, 'span' | 'yamlPath'>,
  fact: FactRef,
  scope: Scope,
): TestCondition | null {
  if (!operatorOf(operator).fits(fact.type)) {
    const kind = fact.type.list ? `a list of ${fact.type.scalar} values` : `of type ${fact.type.scalar}`;
    const fitting = operatorNames.filter((name) => operatorOf(name).fits(fact.type));
    scope.reporter.report(
      'operator-type',
      at,
      `\`${operator}\` does not fit \`${fact.written}\`, which is ${kind}`,
      `it can be ${fitting.map((name) => `\`${name}\``).join(', ')}`,
    );
    return null;
  }
  const operand = resolveOperand(node, operator, fact, scope);
  if (!operand) return null;
  const span = { from: at.span.from, to: Math.max(at.span.to, node.span.to) };
  return { kind: 'test', fact, operator, operand, place: placeOf(scope.source, span, node.yamlPath) };
}
