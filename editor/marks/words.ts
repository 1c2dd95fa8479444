import type { CodeDirection, Decision, RuleOutcome } from '#engine';

/** The words of the screen for what the engine says. */
export const decisionWords = {
  deny: 'Deny',
  review: 'Review',
  reduce: 'Reduce',
  'needs-record': 'Needs record',
  advise: 'Advise',
  pay: 'Pay',
} as const satisfies Record<Decision, string>;

/** Decisions in the order of their gravity. */
export const decisionsByGravity = Object.keys(decisionWords) as readonly Decision[];

export const outcomeWords = {
  violated: 'Not met',
  undetermined: 'Needs what was not supplied',
  met: 'Met',
  'not-applicable': 'Does not apply',
} as const satisfies Record<RuleOutcome, string>;

export const kindWords: Readonly<Record<string, string>> = {
  'code-definition': 'Code definition',
  'time-threshold': 'Time',
  documentation: 'Documentation',
  billing: 'Billing',
};

/** Which way a change goes; both: for one code of a payer it goes either way. */
export const directionWords = {
  stricter: 'Stricter',
  looser: 'Looser',
  both: 'Both ways',
  neutral: 'Neutral',
} as const satisfies Record<CodeDirection['direction'], string>;

export type Direction = keyof typeof directionWords;
export const directions = Object.keys(directionWords) as readonly Direction[];

/** `since 2019-05-01`, `2019-05-01 to 2020-12-31`. */
export function periodWords(from: string, to: string | null): string {
  return to === null ? `since ${from}` : `${from} to ${to}`;
}

/** `since 2019-05-01, received up to 2020-03-31`: when a revision is in force, by both dates. */
export function inForceWords({
  from,
  to,
  received,
}: {
  readonly from: string;
  readonly to: string | null;
  readonly received: { readonly from: string | null; readonly to: string | null } | null;
}): string {
  const period = periodWords(from, to);
  if (received === null) return period;
  const { from: first, to: last } = received;
  if (first === null) return `${period}, received up to ${last}`;
  return `${period}, received ${last === null ? `from ${first}` : `${first} to ${last}`}`;
}

/** `1 case`, `2 cases`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** What the engine says in small letters, as a sentence. */
export function sentence(text: string): string {
  if (text === '') return '';
  const begun = text.startsWith('`') ? text : text[0]!.toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}

/** `was pay, now deny`: what becomes of something, in a few words; null: it was not there, or is not there any more. */
export function changeWords(before: string | null, after: string | null): string {
  if (before === null) return after ?? '';
  if (after === null) return `was ${before}, now gone`;
  return before === after ? `${after} as before, for other reasons` : `was ${before}, now ${after}`;
}

/** Of a verdict told line by line the decision on the whole, which stands first. */
export function decisionIn(verdict: string | null): string | null {
  return verdict?.replace(/ \(.*$/s, '') ?? null;
}
