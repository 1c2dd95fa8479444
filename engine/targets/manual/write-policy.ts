import { formatDay } from '../../base/calendar-date.ts';
import { escapeHtml } from '../../base/escape-html.ts';
import { andList } from '../../base/words.ts';
import { bind, epochsOf } from '../../model/bind.ts';
import { factsOf } from '../../model/condition.ts';
import type { Policy, TimeMethod } from '../../model/policy.ts';
import { nounOf, sectionNouns } from '../../words/nouns.ts';
import { payerWords, periodWords, policyWords } from '../../words/policy-words.ts';
import type { Paragraph, Sentence } from '../../words/policy-words.ts';
import { capital } from '../../words/runs.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { mostUnits, unitsTable } from '../units-table.ts';
import type { Example } from './examples.ts';
import { anchor, badge, phraseHtml, table } from './html.ts';

export function policyAnchor({ id, from }: Policy): string {
  return anchor('policy', id, formatDay(from));
}

/** The title, and of several revisions with one title the days as well. */
export function titleAmong(policy: Policy, policies: readonly Policy[]): string {
  const again = policies.some((other) => other !== policy && other.title === policy.title);
  return again ? `${policy.title}, ${periodWords(policy)}` : policy.title;
}

/** One revision of a policy, with everything a reader needs beside it. */
export function policyHtml(policy: Policy, examples: readonly Example[], workspace: Workspace): string {
  const { sections } = policyWords(policy, workspace);
  const [head] = sections.find(({ id }) => id === 'head')!.paragraphs;
  return [
    `<article aria-labelledby="${policyAnchor(policy)}">`,
    `<h3 id="${policyAnchor(policy)}">${escapeHtml(policy.title)}</h3>`,
    '<dl>',
    `<dt>Payers</dt><dd>${escapeHtml(capital(payerWords(policy.payers, workspace)))}</dd>`,
    `<dt>Dates of service</dt><dd>${escapeHtml(capital(periodWords(policy)))}</dd>`,
    ...(policy.received === null
      ? []
      : [`<dt>Received</dt><dd>${escapeHtml(capital(periodWords(policy.received)))}</dd>`]),
    `<dt>Policy</dt><dd><code>${escapeHtml(policy.id)}</code></dd>`,
    '</dl>',
    `<p>${phraseHtml(head!.sentences[0]!)}</p>`,
    ...sections
      .filter(({ id }) => id !== 'head')
      .flatMap(({ id, title, paragraphs }) => [
        `<h4>${escapeHtml(title)}</h4>`,
        ...paragraphs.map((paragraph) => paragraphHtml(paragraph, policy)),
        ...(id === 'time' ? unitsHtml(policy) : []),
      ]),
    ...documentationHtml(policy, workspace),
    ...examplesHtml(examples),
    '</article>',
  ].join('\n');
}

function paragraphHtml({ rule, title, sentences }: Paragraph, policy: Policy): string {
  const effect = policy.rules.find(({ id }) => id === rule)?.effect;
  const said = sentences.map((sentence) => sentenceHtml(sentence)).join('\n');
  if (title === null || effect === undefined) return `<div class="said">\n${said}\n</div>`;
  return `<section class="rule">\n<h5><span class="name">${escapeHtml(title)}</span> ${badge(effect)}</h5>\n${said}\n</section>`;
}

function sentenceHtml(sentence: Sentence): string {
  const { role, items } = sentence;
  const kind = role === 'source' || role === 'remedy' ? ` class="${role}"` : '';
  // A list cannot stand within a paragraph.
  const tag = items.length > 0 ? 'div' : 'p';
  return `<${tag}${kind}>${phraseHtml(sentence)}</${tag}>`;
}

const minutesOf: Readonly<Record<TimeMethod, string>> = {
  'per-service': 'Minutes of one code and the units that they support',
  'total-time': 'Minutes of all timed codes together and the units that they support',
  'full-units': 'Minutes of one code and the completed units that they support',
};

/** The thresholds; once for all periods in which they are the same. */
function unitsHtml(policy: Policy): readonly string[] {
  const tables = epochsOf(policy).flatMap((epoch) => {
    const { timeRule } = bind(policy, epoch.from);
    if (timeRule === null) return [];
    const rows = unitsTable(timeRule).map(({ from, to, units }) => [
      `${from} to ${to} minutes`,
      units === 0 ? 'No unit' : `${units} ${units === 1 ? 'unit' : 'units'}`,
    ]);
    return [{ epoch, rows, text: JSON.stringify(rows), method: timeRule.method }];
  });
  const changes = new Set(tables.map(({ text }) => text)).size > 1;
  return tables
    .filter(({ text }, at) => at === 0 || text !== tables[at - 1]!.text)
    .flatMap(({ epoch, rows, method }) => [
      table(
        `${minutesOf[method]}${changes ? `, dates of service from ${formatDay(epoch.from)}` : ''}`,
        ['Minutes', 'Units'],
        rows,
        'units',
      ),
      `<p>After ${mostUnits} units it goes on in the same way.</p>`,
    ]);
}

/** What the rules read of the record, told apart by where it stands. */
function documentationHtml(
  { rules, derived, timeRule }: Policy,
  { vocabulary }: Workspace,
): readonly string[] {
  const conditions = [
    ...rules.flatMap((rule) => [rule.when, rule.require, rule.unless]),
    ...derived.map(({ where }) => where),
  ];
  // Units are made from the minutes of each line.
  const bySection = new Map<string, Set<string>>(
    timeRule ? [['record', new Set([nounOf(vocabulary.byPath.get('record.minutes')!).text])]] : [],
  );
  for (const fact of conditions.flatMap((condition) => (condition ? factsOf(condition) : []))) {
    if (!documented.has(fact.section) || vocabulary.byPath.get(fact.path)?.computed === true) continue;
    const nouns = bySection.get(fact.section) ?? new Set();
    bySection.set(fact.section, nouns.add(nounOf(fact).text));
  }
  if (bySection.size === 0) return [];
  return [
    '<h4>Documentation that it asks for</h4>',
    '<ul>',
    ...[...bySection].map(
      ([section, nouns]) =>
        `<li><strong>${escapeHtml(capital((sectionNouns[section] ?? section).replace(/^the /, '')))}:</strong> ${escapeHtml(andList([...nouns]))}.</li>`,
    ),
    '</ul>',
  ];
}

const documented: ReadonlySet<string> = new Set([
  'record',
  'note',
  'patient',
  'provider',
  'plan',
  'episode',
  'priorVisits',
]);

function examplesHtml(examples: readonly Example[]): readonly string[] {
  if (examples.length === 0) return [];
  return [
    '<h4>Examples</h4>',
    table(
      'Saved cases, as all policies of this manual together decide them; the reasons are those of this policy',
      ['Case', 'Billed', 'Decision', 'Why'],
      examples.map(({ title, billed, decision, reasons }) => [
        escapeHtml(title),
        escapeHtml(billed),
        badge(decision),
        escapeHtml(reasons.join(' ')),
      ]),
      'examples',
    ),
  ];
}
