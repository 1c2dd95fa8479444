import { formatDay } from '../base/calendar-date.ts';
import type { Day } from '../base/calendar-date.ts';
import type { Reporter } from '../diagnostics/diagnostic.ts';
import { covers, intersect } from '../model/effective.ts';
import type { Period } from '../model/effective.ts';
import type { Policy } from '../model/policy.ts';
import type { Check } from './check.ts';

/**
 * Revisions of one policy must neither overlap nor, as a rule, leave days between them. They overlap where both their
 * dates of service and their dates received do.
 */
export const periods: Check = ({ policies, reporterFor }) => {
  const byId = new Map<string, Policy[]>();
  // Revisions of an overlay are one for each revision of its base, so they are told apart by file.
  const files = new Map(policies.map((policy) => [policy.place.path, policy]));
  for (const policy of files.values()) byId.set(policy.id, [...(byId.get(policy.id) ?? []), policy]);
  for (const revisions of byId.values()) {
    const sorted = revisions.toSorted((a, b) => a.from - b.from || inOrder(a, b));
    sorted.forEach((later, index) => {
      const before = sorted.slice(0, index);
      if (before.length === 0) return;
      const reporter = reporterFor(later.place.path);
      const overlapped = before.findLast(
        (earlier) => intersect(earlier, later) && intersect(receivedOf(earlier), receivedOf(later)),
      );
      if (overlapped) reportOverlap(overlapped, later, reporter);
      else reportGap(before, later, reporter);
    });
    reportReceivedGaps(sorted, (path) => reporterFor(path));
  }
};

const always: Period = { from: null, to: null };
const receivedOf = ({ received }: Policy): Period => received ?? always;

/** By the first date received, then by file. */
function inOrder(a: Policy, b: Policy): number {
  const [one, other] = [a, b].map((policy) => receivedOf(policy).from ?? -Infinity) as [number, number];
  return one === other ? (a.place.path < b.place.path ? -1 : 1) : one < other ? -1 : 1;
}

function placeOf({ received, place }: Policy) {
  return received
    ? { span: received.place, yamlPath: received.place.yamlPath }
    : { span: place, yamlPath: 'effective' };
}

function reportOverlap(earlier: Policy, later: Policy, reporter: Reporter): void {
  const { path } = earlier.place;
  const begins = later.received?.from ?? null;
  if (!earlier.received && !later.received) {
    reporter.report(
      'period-overlap',
      { span: later.place, yamlPath: 'effective' },
      `from ${formatDay(later.from)} this revision and ${path} are both in force`,
      `end the earlier one: \`to: ${formatDay(later.from - 1)}\``,
    );
    return;
  }
  const shared = intersect(receivedOf(earlier), receivedOf(later))!;
  reporter.report(
    'period-overlap',
    placeOf(later),
    `from ${formatDay(later.from)} this revision and ${path} are both for claims received ${periodText(shared)}`,
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

function reportGap(before: readonly Policy[], later: Policy, reporter: Reporter): void {
  const last = Math.max(...before.map(({ to }) => to ?? Infinity));
  if (last + 1 >= later.from) return;
  reporter.report(
    'period-gap',
    { span: later.place, yamlPath: 'effective' },
    `no revision is in force from ${formatDay(last + 1)} to ${formatDay(later.from - 1)}`,
    'if that is meant, leave it; otherwise let the periods adjoin',
    { severity: 'warning' },
  );
}

/** Between the dates received of revisions that are in force on the same dates of service. */
function reportReceivedGaps(revisions: readonly Policy[], reporterFor: (path: string) => Reporter): void {
  const reported = new Set<Policy>();
  for (const day of new Set(revisions.map(({ from }) => from))) {
    const there = revisions.filter((policy) => covers(policy, day)).toSorted(inOrder);
    let covered: Day = -Infinity;
    for (const policy of there) {
      const { from, to } = receivedOf(policy);
      // What is received before the date of service is no gap: no claim is.
      const isGap = covered !== -Infinity && from !== null && covered + 1 < from && from > day;
      if (isGap && !reported.has(policy)) {
        reported.add(policy);
        reporterFor(policy.place.path).report(
          'period-gap',
          placeOf(policy),
          `for dates of service from ${formatDay(day)} no revision is for claims received ${periodText({ from: covered + 1, to: from - 1 })}`,
          'if that is meant, leave it; otherwise let the dates received adjoin',
          { severity: 'warning' },
        );
      }
      covered = Math.max(covered, to ?? Infinity);
    }
  }
}
