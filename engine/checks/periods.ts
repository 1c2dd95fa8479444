import { formatDay } from '../base/calendar-date.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import { intersect } from '../model/effective.ts';
import type { Period } from '../model/effective.ts';
import type { Policy } from '../model/policy.ts';
import { gapsBetween, overlapsBetween, receivedGapsBetween, revisionsOf } from '../timeline/revisions.ts';
import type { Gap, Overlap, ReceivedGap, Revision } from '../timeline/revisions.ts';
import type { Check } from './check.ts';

/**
 * Revisions of one policy must neither overlap nor, as a rule, leave days between them. They overlap where both their
 * dates of service and their dates received do. What is found is what the timeline shows.
 */
export const periods: Check = ({ policies, reporterFor }) => {
  const byPath = new Map(policies.map((policy) => [policy.place.path, policy]));
  for (const revisions of revisionsOf(policies).values()) {
    // Of a revision that overlaps several, the latest of them is the one to end.
    const overlaps = new Map(overlapsBetween(revisions).map((overlap) => [overlap.later, overlap]));
    for (const overlap of overlaps.values())
      reportOverlap(overlap, byPath.get(overlap.later.path)!, reporterFor(overlap.later.path));
    for (const gap of gapsBetween(revisions))
      reportGap(gap, byPath.get(gap.later.path)!, reporterFor(gap.later.path));
    for (const gap of receivedGapsBetween(revisions))
      reportReceivedGap(gap, byPath.get(gap.later.path)!, reporterFor(gap.later.path));
  }
};

const always: Period = { from: null, to: null };
const receivedOf = ({ received }: Revision): Period => received ?? always;

function placeOf({ received, place }: Policy) {
  return received
    ? { span: received.place, yamlPath: received.place.yamlPath }
    : { span: place, yamlPath: 'effective' };
}

function reportOverlap({ earlier, later }: Overlap, policy: Policy, reporter: Reporter): void {
  const begins = later.received?.from ?? null;
  if (!earlier.received && !later.received) {
    reporter.report(
      'period-overlap',
      { span: policy.place, yamlPath: 'effective' },
      `from ${formatDay(later.from)} this revision and ${earlier.path} are both in force`,
      `end the earlier one: \`to: ${formatDay(later.from - 1)}\``,
    );
    return;
  }
  const shared = intersect(receivedOf(earlier), receivedOf(later))!;
  reporter.report(
    'period-overlap',
    placeOf(policy),
    `from ${formatDay(later.from)} this revision and ${earlier.path} are both for claims received ${periodText(shared)}`,
    begins === null
      ? 'let each of the two say when the claims are received that it is for'
      : `let the earlier one be for claims received before: \`received: { to: ${formatDay(begins - 1)} }\``,
  );
}

function periodText({ from, to }: Period): string {
  if (from === null && to === null) return 'on any day';
  if (from === null) return `up to ${formatDay(to!)}`;
  return to === null ? `from ${formatDay(from)}` : `from ${formatDay(from)} to ${formatDay(to)}`;
}

function reportGap({ from, to }: Gap, policy: Policy, reporter: Reporter): void {
  reporter.report(
    'period-gap',
    { span: policy.place, yamlPath: 'effective' },
    `no revision is in force from ${formatDay(from)} to ${formatDay(to)}`,
    'if that is meant, leave it; otherwise let the periods adjoin',
    { severity: 'warning' },
  );
}

/** Between the dates received of revisions that are in force on the same dates of service. */
function reportReceivedGap({ from, to, since }: ReceivedGap, policy: Policy, reporter: Reporter): void {
  reporter.report(
    'period-gap',
    placeOf(policy),
    `for dates of service from ${formatDay(since)} no revision is for claims received ${periodText({ from, to })}`,
    'if that is meant, leave it; otherwise let the dates received adjoin',
    { severity: 'warning' },
  );
}
