import type { RuleOutcome } from '#engine';

/** The sign of an outcome; the word stands beside it. */
const signs = {
  met: '✓',
  violated: '✗',
  undetermined: '?',
  'not-applicable': '–',
} as const satisfies Record<RuleOutcome, string>;

export function OutcomeMark({ outcome }: { readonly outcome: RuleOutcome }) {
  return <span aria-hidden="true">{signs[outcome]} </span>;
}
