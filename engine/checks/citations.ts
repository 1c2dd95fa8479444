import type { Place } from '../base/source.ts';
import { reportUnknown } from '../yaml/reader.ts';
import type { Citation } from '../model/policy.ts';
import type { Check, CheckInput } from './check.ts';

/** Every rule and number says where it comes from, every citation leads to a clause, and no denial rests on hearsay. */
export const citations: Check = (input) => {
  for (const policy of input.policies) {
    for (const rule of policy.rules) {
      checkCites(rule.cites, rule.place, `the rule \`${rule.id.split('/')[1]}\``, input);
      if (rule.effect === 'deny') checkVerified(rule.cites, input);
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
      const [source, clause] = text.split('#') as [string, string];
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

function checkVerified(cites: readonly Citation[], { sources, reporterFor }: CheckInput): void {
  for (const { source, clause, place } of cites) {
    const found = sources.find(({ id }) => id === source)?.clauses.find(({ id }) => id === clause);
    if (found?.basis !== 'unverified') continue;
    reporterFor(place.path).report(
      'deny-on-unverified',
      { span: place, yamlPath: place.yamlPath },
      `this rule denies, and the clause \`${source}#${clause}\` has not been verified`,
      'write `otherwise: review`, or verify the clause and say so in its source',
    );
  }
}
