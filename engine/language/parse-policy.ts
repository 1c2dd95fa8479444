import { placeOf } from '../base/source.ts';
import type { Place, Source } from '../base/source.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/parse-yaml.ts';
import {
  checkName,
  requireKey,
  takeHead,
  takeDay,
  takeId,
  takeKeys,
  takeList,
  takeMap,
  takeOneOf,
  takeText,
} from '../yaml/reader.ts';
import { takeCites } from './cites.ts';
import { effects, policyKinds, timeMethods } from './syntax.ts';
import type {
  EffectAt,
  ParameterSyntax,
  ParameterValueSyntax,
  PolicySyntax,
  ReceivedSyntax,
  RuleSyntax,
  TextAt,
  TimeRuleSyntax,
} from './syntax.ts';

export const policyKeys = [
  'policy',
  'title',
  'kind',
  'payers',
  'effective',
  'received',
  'review',
  'remark',
  'extends',
  'parameters',
  'timeRule',
  'derive',
  'conditions',
  'rules',
] as const;

export const ruleKeys = [
  'id',
  'title',
  'cite',
  'for',
  'received',
  'when',
  'require',
  'otherwise',
  'then',
  'unless',
  'message',
  'remedy',
  'remark',
] as const;

export const timeRuleKeys = [
  'method',
  'codes',
  'minutesPerUnit',
  'minimumMinutes',
  'cite',
  'remark',
] as const;
export const reviewKeys = ['notified', 'last', 'next', 'owner'] as const;
export const periodKeys = ['from', 'to'] as const;
export const parameterKeys = ['value', 'unit', 'cite', 'from', 'to', 'remark'] as const;

/** Reads a policy file to its syntax; null only where not even its id can be told. */
export function parsePolicy(source: Source, root: YamlNode, reporter: Reporter): PolicySyntax | null {
  const map = takeMap(root, 'a policy file', reporter);
  if (!map) return null;
  const keys = takeKeys(map, policyKeys, 'a policy', reporter);
  const { id, idNode, title } = takeHead('policy', keys, map, reporter);
  requireKey(keys.title, 'title', map, 'the policy', reporter);
  const kindNode = requireKey(keys.kind, 'kind', map, 'the policy', reporter);
  const effectiveNode = requireKey(
    keys.effective,
    'effective',
    map,
    'the policy',
    reporter,
    'add `effective: { from: 2024-01-01 }`, by date of service',
  );
  const effective = effectiveNode ? readPeriod(effectiveNode, reporter) : { from: null, to: null };
  if (keys.review) readReview(keys.review, reporter);
  const rulesNode =
    keys.extends && !keys.rules ? null : requireKey(keys.rules, 'rules', map, 'the policy', reporter);
  const rules = rulesNode ? readRules(source, rulesNode, reporter) : [];
  const extended = keys.extends && takeId(keys.extends, 'the extended policy', reporter);
  const syntax = {
    source,
    title,
    kind: kindNode ? takeOneOf(kindNode, policyKinds, 'a kind of policy', reporter) : null,
    payers: keys.payers ? readTexts(keys.payers, '`payers`', reporter) : null,
    ...effective,
    effectivePlace: placeOf(source, (effectiveNode ?? map).span, 'effective'),
    received: readReceived(source, map, reporter),
    extends: extended ? { text: extended, node: keys.extends } : null,
    parameters: keys.parameters ? readParameters(source, keys.parameters, reporter) : [],
    timeRule: keys.timeRule ? readTimeRule(keys.timeRule, reporter) : null,
    derive: keys.derive ? readNamed(keys.derive, '`derive`', 'the figure', reporter) : [],
    conditions: keys.conditions ? readNamed(keys.conditions, '`conditions`', 'the condition', reporter) : [],
    rules,
  };
  return id ? { ...syntax, id, idPlace: placeOf(source, idNode.span, 'policy') } : null;
}

/** `{ from: 2024-01-01, to: 2024-12-31 }`; `to` is optional and inclusive. */
function readPeriod(node: YamlNode, reporter: Reporter): { from: number | null; to: number | null } {
  const map = takeMap(node, '`effective`', reporter);
  if (!map) return { from: null, to: null };
  const keys = takeKeys(map, periodKeys, '`effective`', reporter);
  const fromNode = requireKey(keys.from, 'from', map, '`effective`', reporter);
  const from = fromNode && takeDay(fromNode, 'the first day', reporter);
  const to = keys.to ? takeDay(keys.to, 'the last day', reporter) : null;
  reportOrder(from, to, keys.to, reporter);
  return { from, to };
}

/** `{ from: 2020-04-01, to: 2020-06-30 }`, of which either may be left out. */
function readReceived(
  source: Source,
  { entries }: YamlMap,
  reporter: Reporter,
): ReceivedSyntax | 'wrong' | null {
  const entry = entries.find(({ key }) => key === 'received');
  if (!entry) return null;
  const map = takeMap(entry.value, '`received`', reporter);
  if (!map) return 'wrong';
  const keys = takeKeys(map, periodKeys, '`received`', reporter);
  const from = keys.from ? takeDay(keys.from, 'the first day', reporter) : null;
  const to = keys.to ? takeDay(keys.to, 'the last day', reporter) : null;
  if (!keys.from && !keys.to) {
    const help = 'write the first or the last day: `received: { from: 2020-04-01 }`';
    reporter.report('empty-block', map, '`received` has neither `from` nor `to`', help);
  }
  reportOrder(from, to, keys.to, reporter);
  const isWrong = (keys.from && from === null) || (keys.to && to === null);
  if (isWrong || (from === null && to === null)) return 'wrong';
  if (from !== null && to !== null && to < from) return 'wrong';
  return { from, to, place: placeOf(source, entry.keySpan, entry.value.yamlPath) };
}

export function reportOrder(
  from: number | null,
  to: number | null,
  at: YamlNode | undefined,
  reporter: Reporter,
): void {
  if (at && from !== null && to !== null && to < from) {
    reporter.report(
      'period-order',
      at,
      'this period ends before it begins',
      'exchange the two dates, or mend one of them',
    );
  }
}

function readReview(node: YamlNode, reporter: Reporter): void {
  const map = takeMap(node, '`review`', reporter);
  if (!map) return;
  const keys = takeKeys(map, reviewKeys, '`review`', reporter);
  for (const key of ['notified', 'last', 'next'] as const) {
    if (keys[key]) takeDay(keys[key], `the \`${key}\` date`, reporter);
  }
  if (keys.owner) takeText(keys.owner, 'the owner', reporter);
}

function readTexts(node: YamlNode, what: string, reporter: Reporter): readonly TextAt[] {
  const list = takeList(node, what, reporter);
  if (!list) return [];
  if (list.items.length === 0) {
    reporter.report('empty-block', node, `${what} is an empty list`, 'name at least one, or remove the key');
  }
  return list.items.flatMap((item) => {
    const text = takeText(item, `an entry of ${what}`, reporter);
    return text === null ? [] : [{ text, node: item }];
  });
}

function readNamed(node: YamlNode, what: string, each: string, reporter: Reporter): readonly YamlEntry[] {
  const map = takeMap(node, what, reporter);
  return map ? map.entries.filter((entry) => checkName(entry, each, reporter)) : [];
}

function readParameters(source: Source, node: YamlNode, reporter: Reporter): readonly ParameterSyntax[] {
  return readNamed(node, '`parameters`', 'the parameter', reporter).flatMap((entry) => {
    const place = placeOf(source, entry.keySpan, entry.value.yamlPath);
    const dated = entry.value.kind === 'list';
    const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
    let unit: string | null = null;
    const values = nodes.flatMap((item): ParameterValueSyntax[] => {
      const map = takeMap(item, `the parameter \`${entry.key}\``, reporter);
      if (!map) return [];
      const keys = takeKeys(map, parameterKeys, 'a parameter', reporter);
      if (keys.unit) unit = takeText(keys.unit, 'the unit', reporter) ?? unit;
      const value = requireKey(keys.value, 'value', map, `the parameter \`${entry.key}\``, reporter);
      const from = keys.from ? takeDay(keys.from, 'the first day', reporter) : null;
      const to = keys.to ? takeDay(keys.to, 'the last day', reporter) : null;
      if (dated && !keys.from) requireKey(undefined, 'from', map, 'an entry of a dated parameter', reporter);
      reportOrder(from, to, keys.to, reporter);
      const cites = takeCites(keys.cite, reporter);
      return value ? [{ from, to, node: value, cites }] : [];
    });
    return values.length > 0 ? [{ name: entry.key, unit, values: closePeriods(values), place }] : [];
  });
}

/** An entry without `to` lasts until the day before the next one begins. */
function closePeriods(values: readonly ParameterValueSyntax[]): readonly ParameterValueSyntax[] {
  const sorted = values.toSorted((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity));
  return sorted.map((value, index) => {
    const next = sorted[index + 1];
    return value.to === null && next?.from != null ? { ...value, to: next.from - 1 } : value;
  });
}

function readTimeRule(node: YamlNode, reporter: Reporter): TimeRuleSyntax | null {
  const map = takeMap(node, '`timeRule`', reporter);
  if (!map) return null;
  const keys = takeKeys(map, timeRuleKeys, '`timeRule`', reporter);
  const methodNode = requireKey(keys.method, 'method', map, 'the time rule', reporter);
  const method = methodNode && takeOneOf(methodNode, timeMethods, 'a method', reporter);
  const codes = requireKey(
    keys.codes,
    'codes',
    map,
    'the time rule',
    reporter,
    'say which codes are timed, for example `codes: $timed-codes`',
  );
  const cites = takeCites(keys.cite, reporter);
  if (!method || !codes) return null;
  return {
    method,
    codes,
    minutesPerUnit: keys.minutesPerUnit ?? null,
    minimumMinutes: keys.minimumMinutes ?? null,
    cites,
    node,
  };
}

function readRules(source: Source, node: YamlNode, reporter: Reporter): readonly RuleSyntax[] {
  const list = takeList(node, '`rules`', reporter);
  if (!list) return [];
  if (list.items.length === 0) {
    reporter.report(
      'empty-block',
      node,
      '`rules` is an empty list',
      'write the first rule: `- id: its-name`',
    );
  }
  const seen = new Map<string, Place>();
  return list.items.flatMap((item) => {
    const map = takeMap(item, 'a rule', reporter);
    const rule = map && readRule(source, map, reporter);
    if (!rule) return [];
    const first = seen.get(rule.id);
    if (first) {
      reporter.report(
        'duplicate-id',
        item,
        `the rule \`${rule.id}\` stands twice; the first one is on line ${first.line}`,
        'give one of the two another id',
      );
      return [];
    }
    seen.set(rule.id, rule.place);
    return [rule];
  });
}

function readRule(source: Source, map: YamlMap, reporter: Reporter): RuleSyntax | null {
  const keys = takeKeys(map, ruleKeys, 'a rule', reporter);
  const idNode = requireKey(keys.id, 'id', map, 'the rule', reporter);
  const id = idNode && takeId(idNode, 'the rule id', reporter);
  const titleNode = requireKey(keys.title, 'title', map, 'the rule', reporter);
  const title = titleNode && takeText(titleNode, 'the title', reporter);
  const cites = takeCites(keys.cite, reporter);
  const scope = keys.for
    ? takeOneOf(keys.for, ['line', 'visit'] as const, 'a subject of a rule', reporter)
    : 'line';
  const effect = readEffect(map, keys, reporter);
  const message = keys.message ? takeText(keys.message, 'the message', reporter) : null;
  const remedy = keys.remedy ? takeText(keys.remedy, 'the remedy', reporter) : null;
  if (keys.remark) takeText(keys.remark, 'a remark', reporter);
  const received = readReceived(source, map, reporter);
  if (!id || !effect || !scope || received === 'wrong') return null;
  return {
    id,
    title: title ?? id,
    cites,
    scope,
    received,
    when: keys.when ?? null,
    require: keys.require ?? null,
    unless: keys.unless ?? null,
    effect,
    message: message === null ? null : { text: message, node: keys.message! },
    remedy: remedy ?? '',
    node: map,
    place: placeOf(source, idNode.span, map.yamlPath),
  };
}

/** `require` with `otherwise`, or `when` with `then`: a rule has exactly one of the two forms. */
function readEffect(
  map: YamlMap,
  keys: { readonly [key in (typeof ruleKeys)[number]]?: YamlNode },
  reporter: Reporter,
): EffectAt | null {
  const at = { span: map.entries[0]?.keySpan ?? map.span, yamlPath: map.yamlPath };
  const form = (message: string, help: string): null => {
    reporter.report('rule-form', at, message, help);
    return null;
  };
  const [node, key] = keys.require
    ? ([keys.otherwise, 'otherwise'] as const)
    : ([keys.then, 'then'] as const);
  if (keys.otherwise && keys.then)
    return form(
      'the rule has both `otherwise` and `then`',
      'a requirement is `require` with `otherwise`, a prohibition is `when` with `then`',
    );
  if (keys.require && keys.then)
    return form('the rule has `require` with `then`', 'write `otherwise` in place of `then`');
  if (!keys.require && keys.otherwise)
    return form(
      'the rule has `otherwise` and no `require`',
      'say what is required, or write `then` in place of `otherwise`',
    );
  if (!keys.require && !keys.when)
    return form(
      'the rule has neither `require` nor `when`',
      'say what is required: `require:` with `otherwise:`',
    );
  if (!node)
    return form(
      `the rule does not say what follows: \`${key}\` is missing`,
      `add \`${key}: deny\`, or review, reduce, advise`,
    );
  const effect = takeOneOf(node, effects, 'an outcome', reporter);
  return effect && { text: effect, node };
}
