import type { Place } from '../base/source.ts';
import { reportUnknown } from '../yaml/reader.ts';
import { andList } from '../base/words.ts';
import type { ClauseBasis } from '../language/syntax.ts';
import { walk } from '../model/condition.ts';
import type { OperatorName } from '../model/operators.ts';
import type { Citation, Rule } from '../model/policy.ts';
import type { Check, CheckInput } from './check.ts';

/** Every rule and number says where it comes from, every citation leads to a clause, and no denial rests on hearsay. */
export const citations: Check = (input) => {
  for (const policy of input.policies) {
    for (const rule of policy.rules) {
      checkCites(rule.cites, rule.place, `the rule \`${rule.id.split('/')[1]}\``, input);
      if (rule.effect === 'deny') {
        checkVerified(rule.cites, input);
        checkVerifiedLists(rule, input);
      }
    }
    for (const parameter of policy.parameters) {
      for (const { value } of parameter.values)
        checkCites(value.cites, value.place, `the parameter \`${parameter.name}\``, input);
    }
    if (policy.timeRule) checkCites(policy.timeRule.cites, policy.timeRule.place, 'the time rule', input);
  }
  for (const list of input.lists) {
    const cites = [
      ...list.cites.map((cite) => ({ ...cite })),
      ...list.entries.flatMap((entry) => entry.cites),
    ];
    for (const { text, node } of cites) {
      const [source, clause] = splitCite(text);
      resolveCite(source, clause, list.place.path, { span: node.span, yamlPath: node.yamlPath }, input);
    }
    if (cites.length === 0) missing(list.place, `the list \`${list.id}\``, input);
  }
};

function missing(place: Place, what: string, { reporterFor }: CheckInput): void {
  reporterFor(place.path).report(
    'missing-citation',
    { span: place, yamlPath: place.yamlPath },
    `${what} does not say where it comes from`,
    'add `cite: source#clause`',
  );
}

function checkCites(cites: readonly Citation[], place: Place, what: string, input: CheckInput): void {
  if (cites.length === 0) missing(place, what, input);
  for (const cite of cites)
    resolveCite(
      cite.source,
      cite.clause,
      cite.place.path,
      { span: cite.place, yamlPath: cite.place.yamlPath },
      input,
    );
}

function resolveCite(
  sourceId: string,
  clauseId: string,
  path: string,
  at: Parameters<typeof reportUnknown>[1],
  input: CheckInput,
): void {
  const reporter = input.reporterFor(path);
  const source = input.sources.find(({ id }) => id === sourceId);
  if (!source)
    return reportUnknown(
      'unknown-source',
      at,
      `${sourceId}#${clauseId}`,
      input.sources.map(({ id }) => `${id}#${clauseId}`),
      'a clause of a source',
      reporter,
    );
  if (!source.clauses.some(({ id }) => id === clauseId)) {
    reportUnknown(
      'unknown-clause',
      at,
      `${sourceId}#${clauseId}`,
      source.clauses.map(({ id }) => `${sourceId}#${id}`),
      'a clause of this source',
      reporter,
    );
  }
}

function basisOf(source: string, clause: string, { sources }: CheckInput): ClauseBasis | undefined {
  return sources.find(({ id }) => id === source)?.clauses.find(({ id }) => id === clause)?.basis;
}

/** A denial must not rest on a list's entry that nobody has verified, unless the rule sets that entry aside by `noneOf`. */
function checkVerifiedLists(rule: Rule, input: CheckInput): void {
  const conditions = [rule.when, rule.require].flatMap((part) => (part ? [...walk(part)] : []));
  const listsUnder = (operators: readonly OperatorName[]) =>
    conditions.flatMap((node) => {
      if (node.kind !== 'test' || !operators.includes(node.operator)) return [];
      const { operand } = node;
      const name = operand.kind === 'dated' ? operand.name : operand.kind === 'pairs' ? operand.list : null;
      return input.lists.filter(({ id }) => id === name);
    });
  const setAside = new Set(
    listsUnder(['noneOf']).flatMap(({ entries }) => entries.map(({ value }) => value)),
  );
  for (const list of new Set(listsUnder(['oneOf', 'pairedWith']))) {
    const hearsay = list.entries.filter(({ value, cites }) => {
      const own = cites.length > 0 ? cites : list.cites;
      return (
        !setAside.has(value) && own.every(({ text }) => basisOf(...splitCite(text), input) === 'unverified')
      );
    });
    if (hearsay.length === 0) continue;
    const shown = hearsay.slice(0, 3).map(({ value }) => `\`${value}\``);
    input
      .reporterFor(rule.place.path)
      .report(
        'deny-on-unverified',
        { span: rule.place, yamlPath: rule.place.yamlPath },
        `this rule denies through the list \`${list.id}\`, of which ${andList(shown)}${hearsay.length > 3 ? ` and ${hearsay.length - 3} more` : ''} rest on clauses that have not been verified`,
        'set them aside with `noneOf`, write `otherwise: review`, or verify the clauses and say so in their source',
      );
  }
}

function splitCite(text: string): readonly [source: string, clause: string] {
  const [source = '', clause = ''] = text.split('#');
  return [source, clause];
}

function checkVerified(cites: readonly Citation[], input: CheckInput): void {
  for (const { source, clause, place } of cites) {
    if (basisOf(source, clause, input) !== 'unverified') continue;
    input
      .reporterFor(place.path)
      .report(
        'deny-on-unverified',
        { span: place, yamlPath: place.yamlPath },
        `this rule denies, and the clause \`${source}#${clause}\` has not been verified`,
        'write `otherwise: review`, or verify the clause and say so in its source',
      );
  }
}
