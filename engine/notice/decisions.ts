import { orList } from '../base/words.ts';
import type { Decision } from '../evaluate/outcome.ts';

/** Decisions as a provider hears them. */
export const futureWords = {
  deny: 'will be denied',
  review: 'will be held for review',
  reduce: 'will be paid for the units that the record supports',
  'needs-record': 'will be held until the health record is sent',
  advise: 'will be paid, with a word of advice',
  pay: 'will be paid',
} as const satisfies Record<Decision, string>;

export const pastWords = {
  deny: 'denied',
  review: 'held for review',
  reduce: 'paid for the units that the record supports',
  'needs-record': 'held until the health record is sent',
  advise: 'paid, with a word of advice',
  pay: 'paid',
} as const satisfies Record<Decision, string>;

/** In a table. */
export const cellWords = {
  deny: 'Denied',
  review: 'Held for review',
  reduce: 'Reduced',
  'needs-record': 'Held for the record',
  advise: 'Paid, with advice',
  pay: 'Paid',
} as const satisfies Record<Decision, string>;

/** Gravest first as they come, the mildest first as they are said: what most claims are. */
export function decisionsTogether(
  decisions: readonly Decision[],
  words: Readonly<Record<Decision, string>>,
): string {
  return orList(decisions.toReversed().map((decision) => words[decision]));
}
