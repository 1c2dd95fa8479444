import { formatDay } from '../base/calendar-date.ts';
import type { Day } from '../base/calendar-date.ts';
import { placeOf } from '../base/source.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import type {
  CodeList,
  ParameterSyntax,
  PolicySyntax,
  ReceivedSyntax,
  RuleSyntax,
  TextAt,
} from '../language/syntax.ts';
import type { YamlEntry, YamlNode } from '../yaml/parse-yaml.ts';
import { reportUnknown, takeKeys, takeMap, takeNumber, takeScalar } from '../yaml/reader.ts';
import type { Condition, Operand } from './condition.ts';
import { intersect } from './effective.ts';
import type { Period } from './effective.ts';
import { derivedFunctions } from './policy.ts';
import type { Citation, DerivedFigure, MessagePart, Parameter, Policy, Rule, TimeRule } from './policy.ts';
import { bothOf, receivedCondition } from './received.ts';
import { resolveCondition } from './resolve-condition.ts';
import { factRef } from './resolve-fact.ts';
import { listOperand, scalarOperand } from './resolve-operand.ts';
import type { Scope } from './scope.ts';

/** What a policy is resolved against: the workspace's vocabulary and lists, and for an overlay the base it extends. */
export interface Surroundings {
  readonly vocabulary: Vocabulary;
  readonly lists: ReadonlyMap<string, CodeList>;
}

/**
 * Binds the names of a policy, or of an overlay laid over its base.
 * A rule any part of which is wrong is left out, with its reports; everything else is kept.
 */
export function resolvePolicy(
  syntax: PolicySyntax,
  base: PolicySyntax | null,
  { vocabulary, lists }: Surroundings,
  reporter: Reporter,
): Policy | null {
  const parameters = overlay(base?.parameters ?? [], syntax.parameters, (parameter) => parameter.name);
  const conditionEntries = overlay(base?.conditions ?? [], syntax.conditions, (entry) => entry.key);
  const deriveEntries = overlay(base?.derive ?? [], syntax.derive, (entry) => entry.key);
  const rules = overlay(
    (base?.rules ?? []).map((rule) => ({ rule, origin: base! })),
    syntax.rules.map((rule) => ({ rule, origin: syntax })),
    ({ rule }) => rule.id,
  );
  const timeRuleSyntax = syntax.timeRule ?? base?.timeRule ?? null;
  const used = new Set<string>();
  const frame: Omit<Scope, 'derived' | 'subject' | 'source'> = {
    reporter,
    vocabulary,
    lists,
    parameters: new Map(parameters.map((parameter) => [parameter.name, parameter])),
    conditions: new Map(conditionEntries.map((entry) => [entry.key, entry.value])),
    hasTimeRule: timeRuleSyntax !== null,
    inOtherLine: false,
    within: [],
    used,
  };
  const derived = new Map<string, DerivedFigure>();
  for (const entry of deriveEntries) {
    const figure = resolveFigure(entry, {
      ...frame,
      source: syntax.source,
      derived: new Map(),
      subject: 'figure-line',
    });
    if (figure) derived.set(figure.name, figure);
  }
  const scope = { ...frame, source: syntax.source, derived };
  const timeRuleSource = (syntax.timeRule ? syntax : (base ?? syntax)).source;
  const timeRule =
    timeRuleSyntax && resolveTimeRule(timeRuleSyntax, { ...scope, source: timeRuleSource, subject: 'visit' });
  // Where the base is limited, its overlay is: it takes the place of just that revision.
  const written = base ? base.received : syntax.received;
  const received = written === 'wrong' ? null : written;
  if (syntax.received && syntax.received !== 'wrong' && syntax.extends)
    reportOverlayReceived(syntax.received, reporter);
  if (received && timeRuleSyntax) reportTimeRuleReceived(received, syntax, reporter);
  if (received && !base) reportNeverReceived('policy', received, null, syntax, reporter);
  const resolvedRules = rules.flatMap(({ rule, origin }): Rule[] => {
    // Mistakes of a base are reported where the base is resolved for itself.
    const own = origin === syntax ? reporter : createReporter(origin.source);
    const ruleScope: Scope = { ...scope, reporter: own, source: origin.source, subject: rule.scope };
    const resolved = resolveRule(rule, syntax.id, ruleScope, timeRule !== null);
    const never = rule.received && reportNeverReceived('rule', rule.received, received, origin, own);
    return resolved && !never ? [resolved] : [];
  });
  reportUnused(syntax, used, reporter);
  const { from, kind } = syntax;
  // All has been looked at; without kind or days, or a value for every day, there is still nothing to judge by.
  if (
    from === null ||
    kind === null ||
    written === 'wrong' ||
    reportParameterGaps(parameters, from, syntax, reporter)
  )
    return null;
  return {
    id: syntax.id,
    title: syntax.title,
    kind,
    payers: syntax.payers?.map(({ text }) => text) ?? null,
    from,
    to: syntax.to,
    received,
    extends: syntax.extends?.text ?? null,
    parameters: parameters.map((parameter) =>
      resolveParameter(parameter, base?.parameters.includes(parameter) ? base : syntax),
    ),
    timeRule,
    derived: [...derived.values()],
    rules: resolvedRules,
    place: syntax.idPlace,
  };
}

/** The overlay takes the place of its base by date of service, for whatever is received when. */
function reportOverlayReceived({ place }: ReceivedSyntax, reporter: Reporter): void {
  reporter.report(
    'overlay-received',
    { span: place, yamlPath: place.yamlPath },
    'an overlay takes the place of its base for all dates received, so it cannot be limited to some',
    'write `received:` at the rules that it is about',
  );
}

/** The units that minutes support are shown of every line, also of one of which it is not known when it was received. */
function reportTimeRuleReceived(
  { place }: ReceivedSyntax,
  { timeRule }: PolicySyntax,
  reporter: Reporter,
): void {
  const at = place.path === reporter.source.path ? place : null;
  reporter.report(
    'received-time-rule',
    at ? { span: at, yamlPath: at.yamlPath } : timeRule!.node,
    'a policy with a time rule cannot be limited by date received, since units are told of every line',
    'write `received:` at its rules instead',
  );
}

/** A claim is received on the date of service or later, and within what the policy is limited to; whether it never is. */
function reportNeverReceived(
  what: 'policy' | 'rule',
  { from, to, place }: ReceivedSyntax,
  policy: Period | null,
  { from: firstDay }: PolicySyntax,
  reporter: Reporter,
): boolean {
  const at = { span: place, yamlPath: place.yamlPath };
  const tooEarly = to !== null && firstDay !== null && to < firstDay;
  const elsewhere = policy !== null && intersect({ from, to }, policy) === null;
  if (tooEarly)
    reporter.report(
      'received-never',
      at,
      `no claim is received by ${formatDay(to)}, since the policy begins with dates of service from ${formatDay(firstDay)}`,
      'mend one of the two dates',
    );
  else if (elsewhere)
    reporter.report(
      'received-never',
      at,
      `this ${what} is for other dates received than its policy, so it never applies`,
      'mend one of the two periods, or remove the rule',
    );
  return tooEarly || elsewhere;
}

/** The base's things, replaced by those of the same name above it, and what is new behind them. */
function overlay<T>(below: readonly T[], above: readonly T[], nameOf: (item: T) => string): readonly T[] {
  const replaced = below.map((item) => above.find((other) => nameOf(other) === nameOf(item)) ?? item);
  const added = above.filter((item) => !below.some((other) => nameOf(other) === nameOf(item)));
  return [...replaced, ...added];
}

function citations(cites: readonly TextAt[], source: PolicySyntax['source']): readonly Citation[] {
  return cites.map(({ text, node }) => {
    const [sourceId, clause] = text.split('#') as [string, string];
    return { source: sourceId, clause, place: placeOf(source, node.span, node.yamlPath) };
  });
}

function resolveParameter(parameter: ParameterSyntax, syntax: PolicySyntax): Parameter {
  return {
    name: parameter.name,
    unit: parameter.unit,
    place: parameter.place,
    values: parameter.values.map(({ node, from, to, cites }) => ({
      from,
      to,
      value: {
        items: (node.kind === 'list' ? node.items : [node]).map((item) =>
          item.kind === 'scalar' ? item.text : '',
        ),
        isList: node.kind === 'list',
        cites: citations(cites, syntax.source),
        place: placeOf(syntax.source, node.span, node.yamlPath),
      },
    })),
  };
}

function resolveRule(rule: RuleSyntax, policyId: string, scope: Scope, hasTimeRule: boolean): Rule | null {
  const part = (node: YamlNode | null): Condition | null | 'wrong' =>
    node ? (resolveCondition(node, scope) ?? 'wrong') : null;
  const [when, require, unless] = [part(rule.when), part(rule.require), part(rule.unless)];
  if (rule.effect.text === 'reduce' && (!hasTimeRule || rule.scope === 'visit')) {
    scope.reporter.report(
      'rule-effect',
      rule.effect.node,
      rule.scope === 'visit'
        ? '`reduce` lowers the units of a line, and this rule judges the visit'
        : '`reduce` needs a time rule to say to how many units',
      rule.scope === 'visit'
        ? 'write `review`, or make it `for: line`'
        : 'add `timeRule:` to the policy, or write `review`',
    );
    return null;
  }
  const message = rule.message ? messageParts(rule.message, scope) : [];
  if (when === 'wrong' || require === 'wrong' || unless === 'wrong') return null;
  return {
    id: `${policyId}/${rule.id}`,
    title: rule.title,
    cites: citations(rule.cites, scope.source),
    scope: rule.scope,
    when: rule.received ? bothOf(when, receivedCondition(rule.received)) : when,
    require,
    unless,
    effect: rule.effect.text,
    message: message.length > 0 ? message : [{ kind: 'text', text: `${rule.title}.` }],
    remedy: rule.remedy,
    place: rule.place,
  };
}

/** `{line.code} was performed for {record.minutes} minutes`: text, facts, figures and parameters. */
function messageParts(message: TextAt, scope: Scope): readonly MessagePart[] {
  const parts: MessagePart[] = [];
  for (const piece of message.text.split(/(\{[^{}]*\})/)) {
    if (piece === '') continue;
    if (!/^\{.*\}$/.test(piece)) {
      parts.push({ kind: 'text', text: piece });
      continue;
    }
    const name = piece.slice(1, -1).trim();
    const parameter = scope.parameters.get(name);
    if (parameter) {
      scope.used.add(name);
      parts.push({ kind: 'operand', name, operand: { kind: 'dated', name, values: textValues(parameter) } });
      continue;
    }
    if (name.includes('.') && !name.startsWith('other.')) {
      const fact = factRef(name, placeOfPiece(name, message, scope), scope);
      parts.push(fact ? { kind: 'fact', fact } : { kind: 'text', text: piece });
      continue;
    }
    parts.push({ kind: 'text', text: piece });
    reportUnknown(
      'message-placeholder',
      placeOfPiece(piece, message, scope),
      piece,
      [...scope.parameters.keys(), ...scope.vocabulary.byPath.keys()].map((known) => `{${known}}`),
      'a placeholder',
      scope.reporter,
    );
  }
  return parts;
}

/** A piece of a message where it is written; the whole message where it is written otherwise than it reads. */
function placeOfPiece(
  piece: string,
  { node }: TextAt,
  { source }: Scope,
): Pick<YamlNode, 'span' | 'yamlPath'> {
  const at = source.text.slice(node.span.from, node.span.to).indexOf(piece);
  if (at === -1) return node;
  const from = node.span.from + at;
  return { span: { from, to: from + piece.length }, yamlPath: node.yamlPath };
}

function textValues(parameter: ParameterSyntax): Extract<Operand, { kind: 'dated' }>['values'] {
  return parameter.values.map(({ node, from, to }) => ({
    from,
    to,
    value: (node.kind === 'list' ? node.items : [node])
      .map((item) => (item.kind === 'scalar' ? item.text : ''))
      .join(', '),
  }));
}

function resolveTimeRule(rule: NonNullable<PolicySyntax['timeRule']>, scope: Scope): TimeRule | null {
  const codes = listOperand(rule.codes, { scalar: 'code' }, scope);
  const minutesPerUnit = rule.minutesPerUnit
    ? takeNumber(rule.minutesPerUnit, '`minutesPerUnit`', scope.reporter)
    : 15;
  if (
    minutesPerUnit !== null &&
    (minutesPerUnit < 1 || minutesPerUnit > 1440 || !Number.isInteger(minutesPerUnit))
  ) {
    scope.reporter.report(
      'value-out-of-range',
      rule.minutesPerUnit!,
      `\`${minutesPerUnit}\` minutes cannot be a unit`,
      'write a whole number from 1 to 1440',
    );
    return null;
  }
  const minimumMinutes =
    rule.minimumMinutes && scalarOperand(rule.minimumMinutes, { scalar: 'number', whole: true }, scope);
  if (!codes || minutesPerUnit === null || (rule.minimumMinutes && !minimumMinutes)) return null;
  if (codes.kind === 'fact' || minimumMinutes?.kind === 'fact') {
    scope.reporter.report(
      'operand-type',
      rule.node,
      'a time rule is made of fixed codes and numbers, not of facts',
      'name a list or a parameter',
    );
    return null;
  }
  return {
    method: rule.method,
    codes,
    minutesPerUnit,
    minimumMinutes,
    cites: citations(rule.cites, scope.source),
    place: placeOf(scope.source, rule.node.span, rule.node.yamlPath),
  };
}

/** `{ countDistinct: line.code, where: … }`: exactly one calculation. */
function resolveFigure(entry: YamlEntry, scope: Scope): DerivedFigure | null {
  const { reporter } = scope;
  const map = takeMap(entry.value, `the figure \`${entry.key}\``, reporter);
  if (!map) return null;
  const keys = takeKeys(map, [...derivedFunctions, 'where', 'remark'], 'a figure', reporter);
  const calculations = derivedFunctions.filter((name) => keys[name]);
  const calculation = calculations[0];
  if (calculations.length !== 1 || !calculation) {
    reporter.report(
      'rule-form',
      { span: entry.keySpan, yamlPath: entry.value.yamlPath },
      `the figure \`${entry.key}\` has ${calculations.length === 0 ? 'no calculation' : 'several calculations'}`,
      `write one of ${derivedFunctions.map((name) => `\`${name}\``).join(', ')}`,
    );
    return null;
  }
  const node = keys[calculation]!;
  const scalar = takeScalar(node, `\`${calculation}\``, reporter);
  if (!scalar) return null;
  const place = placeOf(scope.source, entry.keySpan, entry.value.yamlPath);
  let over: DerivedFigure['over'];
  let fact: DerivedFigure['fact'] = null;
  if (calculation === 'count') {
    if (scalar.text !== 'lines' && scalar.text !== 'priorVisits') {
      reportUnknown(
        'unknown-value',
        node,
        scalar.text,
        ['lines', 'priorVisits'],
        'something to count',
        reporter,
      );
      return null;
    }
    over = scalar.text;
  } else {
    over = scalar.text.startsWith('prior.') ? 'priorVisits' : 'lines';
    fact = factRef(scalar.text, scalar, {
      ...scope,
      subject: over === 'lines' ? 'figure-line' : 'figure-prior',
    });
    if (!fact) return null;
    if (fact.owner === 'visit') {
      reporter.report(
        'fact-scope',
        node,
        `\`${fact.written}\` is the same for the whole visit, so there is nothing to calculate over`,
        'name a fact of a line, of its record, or of prior visits',
      );
      return null;
    }
    const fits =
      calculation === 'countDistinct'
        ? !fact.type.list
        : expectedFor(calculation).includes(fact.type.scalar) && !fact.type.list;
    if (!fits) {
      reporter.report(
        'operator-type',
        node,
        `\`${calculation}\` does not fit \`${fact.written}\``,
        calculation === 'countDistinct' ? 'name a fact that is not a list' : 'name a fact that is a number',
      );
      return null;
    }
  }
  const where = keys.where
    ? resolveCondition(keys.where, { ...scope, subject: over === 'lines' ? 'figure-line' : 'figure-prior' })
    : null;
  if (keys.where && !where) return null;
  return { name: entry.key, calculation, over, fact, where, place };
}

function expectedFor(calculation: 'sum' | 'min' | 'max'): readonly string[] {
  return calculation === 'sum' ? ['number'] : ['number', 'date'];
}

/** A parameter must have a value on every day on which the policy is in force. */
function reportParameterGaps(
  parameters: readonly ParameterSyntax[],
  from: Day,
  syntax: PolicySyntax,
  reporter: Reporter,
): boolean {
  let found = false;
  for (const parameter of parameters) {
    let day = from;
    for (const { from: begins, to } of parameter.values) {
      if ((begins ?? -Infinity) > day) break;
      if (to === null) day = Infinity;
      else if (to >= day) day = to + 1;
    }
    if (day <= (syntax.to ?? Infinity) && day !== Infinity) {
      reporter.report(
        'period-gap',
        { span: parameter.place, yamlPath: parameter.place.yamlPath },
        `\`${parameter.name}\` has no value on ${formatDay(day)}, when the policy is in force`,
        'let one of its values begin earlier, or end later',
      );
      found = true;
    }
  }
  return found;
}

function reportUnused(syntax: PolicySyntax, used: ReadonlySet<string>, reporter: Reporter): void {
  const unused = (what: string, name: string, at: { span: { from: number; to: number }; yamlPath: string }) =>
    reporter.report('unused-name', at, `the ${what} \`${name}\` is not used`, 'use it, or remove it', {
      severity: 'warning',
    });
  for (const { name, place } of syntax.parameters) {
    if (!used.has(name) && !syntax.extends)
      unused('parameter', name, { span: place, yamlPath: place.yamlPath });
  }
  for (const entry of syntax.conditions) {
    if (!used.has(`condition.${entry.key}`))
      unused('condition', entry.key, { span: entry.keySpan, yamlPath: entry.value.yamlPath });
  }
  for (const entry of syntax.derive) {
    if (!used.has(`derived.${entry.key}`))
      unused('figure', entry.key, { span: entry.keySpan, yamlPath: entry.value.yamlPath });
  }
}
