import { formatDay } from '../../base/calendar-date.ts';
import { bind, epochsOf, literalValue } from '../../model/bind.ts';
import type { Condition } from '../../model/condition.ts';
import type { MessagePart, Policy } from '../../model/policy.ts';
import { citationWords } from '../../words/citations.ts';
import { nounOf } from '../../words/nouns.ts';
import { phraseOf } from '../../words/phrase.ts';
import type { Phrase } from '../../words/phrase.ts';
import { effectWords, payerWords, policyWords } from '../../words/policy-words.ts';
import { capital, textOf } from '../../words/runs.ts';
import type { Naming, Speaking } from '../../words/speaking.ts';
import { codesOf } from '../rule-codes.ts';
import type { Cell } from './csv.ts';

/** A policy on the days on which nothing in it changes; every number in it is the one of these days. */
export interface BoundPeriod {
  readonly policy: Policy;
  readonly from: string;
  /** Empty where it is open. */
  readonly to: string;
}

/** The periods of the policies, in their order. */
export function boundPeriods(policies: readonly Policy[]): readonly BoundPeriod[] {
  return policies.flatMap((policy) =>
    epochsOf(policy).map(({ from, to }) => ({
      policy: bind(policy, from),
      from: formatDay(from),
      to: to === null ? '' : formatDay(to),
    })),
  );
}

export const ruleColumns = [
  'Policy',
  'Policy title',
  'From',
  'To',
  'Payers',
  'Rule',
  'Rule title',
  'Decides',
  'Codes',
  'Where',
  'Required',
  'Unless',
  'Effect',
  'What happens otherwise',
  'Message',
  'What to do',
  'Sources',
] as const;

/** One row per rule and period. */
export function ruleRows({ policy, from, to }: BoundPeriod, naming: Naming): readonly (readonly Cell[])[] {
  const speaking: Speaking = { naming, parameters: policy.parameters, other: false };
  const say = (condition: Condition | null, mood: 'is' | 'must') =>
    condition && capital(phraseText(phraseOf(condition, mood, speaking)));
  return policy.rules.map((rule) => [
    policy.id,
    policy.title,
    from,
    to,
    payerWords(policy.payers, naming),
    rule.id,
    rule.title,
    rule.scope === 'line' ? 'claim line' : 'visit',
    codesOf(rule)?.join('; ') ?? null,
    say(rule.when, 'is') ?? `Every ${rule.scope === 'line' ? 'claim line' : 'visit'}`,
    say(rule.require, 'must') ?? 'Not billed at all',
    say(rule.unless, 'is'),
    rule.effect,
    capital(effectWords[rule.effect](rule.scope)),
    rule.message.map(messageText).join(''),
    rule.remedy,
    textOf(citationWords(rule.cites, naming)),
  ]);
}

export const termColumns = ['Policy', 'From', 'To', 'Kind', 'Meaning'] as const;

/** What the named conditions and the figures mean that rules mention. */
export function termRows({ policy, from, to }: BoundPeriod, naming: Naming): readonly (readonly Cell[])[] {
  return policyWords(policy, naming).sections.flatMap(({ id, paragraphs }) =>
    id === 'terms' || id === 'figures'
      ? paragraphs.map(({ sentences }) => [
          policy.id,
          from,
          to,
          id === 'terms' ? 'term' : 'figure',
          sentences.map(phraseText).join(' '),
        ])
      : [],
  );
}

/** In one cell: what is counted up stands behind it with numbers. */
export function phraseText({ runs, items }: Phrase): string {
  return [textOf(runs), items.map((item, at) => `(${at + 1}) ${phraseText(item)}`).join('; ')]
    .filter((text) => text !== '')
    .join(' ');
}

/** Values of the claim stand in brackets. */
function messageText(part: MessagePart): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'fact':
      return `[${nounOf(part.fact).text.replace(/^the /, '')}]`;
    case 'operand':
      return String(literalValue(part.operand));
  }
}
