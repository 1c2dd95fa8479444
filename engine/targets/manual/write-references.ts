import { parseDay } from '../../base/calendar-date.ts';
import { escapeHtml } from '../../base/escape-html.ts';
import type { ClauseBasis, PolicySource } from '../../language/syntax.ts';
import { bind, epochsOf, literalValue } from '../../model/bind.ts';
import type { Citation, Policy } from '../../model/policy.ts';
import { periodWords, policyWords } from '../../words/policy-words.ts';
import type { WordsList } from '../../words/policy-words.ts';
import { nameWords } from '../../words/runs.ts';
import type { Naming } from '../../words/speaking.ts';
import { dayWords } from '../../words/values.ts';
import { codesOf } from '../rule-codes.ts';
import { anchor, link, table, webLink } from './html.ts';
import { policyAnchor } from './write-policy.ts';

/** The lists that sentences name, each once. */
export function listsHtml(policies: readonly Policy[], naming: Naming): readonly string[] {
  const lists = new Map(
    policies.flatMap((policy) => policyWords(policy, naming).lists.map((list) => [list.id, list] as const)),
  );
  return [...lists.values()].toSorted((a, b) => (a.title < b.title ? -1 : 1)).map(listHtml);
}

function listHtml({ id, title, entries }: WordsList): string {
  const dated = entries.some(({ period }) => period !== '');
  // Pairs of codes have no words of their own: what each is stands in the list that it is from.
  const worded = entries.some(({ short }) => short !== '');
  return [
    `<h3 id="${anchor('list', id)}">${escapeHtml(title)}</h3>`,
    table(
      `${title}: ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`,
      ['Entry', ...(worded ? ['What it is'] : []), ...(dated ? ['In force'] : [])],
      entries.map(({ value, short, period }) => [
        escapeHtml(value),
        ...(worded ? [escapeHtml(short)] : []),
        ...(dated ? [period === '' ? 'always' : escapeHtml(period)] : []),
      ]),
      'list',
    ),
  ].join('\n');
}

/** The sources that are cited, with the clauses that are. */
export function sourcesHtml(policies: readonly Policy[], { sources }: Naming): readonly string[] {
  const cited = new Set(policies.flatMap(citationsOf).map(({ source, clause }) => `${source}#${clause}`));
  return sources.flatMap((source) => {
    const clauses = source.clauses.filter(({ id }) => cited.has(`${source.id}#${id}`));
    return clauses.length === 0 ? [] : [sourceHtml({ ...source, clauses })];
  });
}

function citationsOf({ rules, timeRule, parameters }: Policy): readonly Citation[] {
  return [
    ...rules.flatMap(({ cites }) => cites),
    ...(timeRule?.cites ?? []),
    ...parameters.flatMap(({ values }) => values.flatMap(({ value }) => value.cites)),
  ];
}

const basisWords: Readonly<Record<ClauseBasis, string>> = {
  read: '',
  inferred: 'inferred, not read',
  unverified: 'not verified',
};

function sourceHtml({ id, title, publisher, address, read, clauses }: PolicySource): string {
  const day = parseDay(read);
  const facts = [
    escapeHtml(publisher),
    ...(address === '' ? [] : [webLink(address)]),
    ...(day === null ? [] : [`read on ${dayWords(day)}`]),
  ].filter((text) => text !== '');
  return [
    `<h3 id="${anchor('source', id)}">${escapeHtml(title === '' ? id : title)}</h3>`,
    `<p class="source">${facts.join(' · ')}</p>`,
    '<dl class="clauses">',
    ...clauses.map(({ id: clause, text, basis }) => {
      const said = basisWords[basis];
      return `<dt id="${anchor('clause', id, clause)}">${escapeHtml(nameWords(clause))}</dt><dd>${escapeHtml(text)}${said === '' ? '' : ` <em>(${said})</em>`}</dd>`;
    }),
    '</dl>',
  ].join('\n');
}

/** Every code that a rule or a time rule names, with the policies that do. */
export function codesHtml(policies: readonly Policy[], { lists }: Naming): string {
  const policiesOf = new Map<string, Set<Policy>>();
  for (const policy of policies) {
    for (const { from } of epochsOf(policy)) {
      const { rules, timeRule } = bind(policy, from);
      const codes = [
        ...rules.flatMap((rule) => codesOf(rule) ?? []),
        ...(timeRule ? [literalValue(timeRule.codes)].flat().map(String) : []),
      ];
      for (const code of codes) policiesOf.set(code, (policiesOf.get(code) ?? new Set()).add(policy));
    }
  }
  const entries = lists.filter((list) => list.of === 'code').flatMap((list) => list.entries);
  const short = new Map(entries.toReversed().map((entry) => [entry.value, entry.short]));
  return table(
    'Policies by procedure code',
    ['Code', 'What it is', 'Policies'],
    [...policiesOf]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, named]) => [
        escapeHtml(code),
        escapeHtml(short.get(code) ?? ''),
        `<ul>${[...named].map((policy) => `<li>${link(policyAnchor(policy), idAmong(policy, policies))}</li>`).join('')}</ul>`,
      ]),
    'codes',
  );
}

/** The id, which stands at the head of the policy; of several revisions the days as well. */
function idAmong(policy: Policy, policies: readonly Policy[]): string {
  const again = policies.some((other) => other !== policy && other.id === policy.id);
  return again ? `${policy.id} (${periodWords(policy)})` : policy.id;
}
