import { formatDay } from '../base/calendar-date.ts';
import type { Day } from '../base/calendar-date.ts';
import { andList } from '../base/words.ts';
import type { DayOfChange, NamedChange } from './changes-within.ts';
import type { Gap, Overlap, ReceivedGap, Revision } from './revisions.ts';
import type { LaneRevision, Replaced } from './timeline.ts';

/** `since 2019-05-01`, `2019-05-01 to 2020-12-31`: the exact days, both inclusive. */
export function daysText({ from, to }: { readonly from: Day; readonly to: Day | null }): string {
  if (to === null) return `since ${formatDay(from)}`;
  return from === to ? `on ${formatDay(from)}` : `${formatDay(from)} to ${formatDay(to)}`;
}

export function gapWords(gap: Gap): string {
  return gap.from === gap.to
    ? `no revision on ${formatDay(gap.from)}`
    : `no revision from ${formatDay(gap.from)} to ${formatDay(gap.to)}`;
}

export function overlapWords(overlap: Overlap): string {
  if (overlap.to === null) return `two revisions since ${formatDay(overlap.from)}`;
  return overlap.from === overlap.to
    ? `two revisions on ${formatDay(overlap.from)}`
    : `two revisions from ${formatDay(overlap.from)} to ${formatDay(overlap.to)}`;
}

export function receivedGapWords({ from, to, since }: ReceivedGap): string {
  const days = from === to ? `on ${formatDay(from)}` : `from ${formatDay(from)} to ${formatDay(to)}`;
  return `no revision for claims received ${days}, for dates of service since ${formatDay(since)}`;
}

/** A revision that is for some dates received alone: "for claims received from 2020-04-01". */
export function receivedText({ received }: Pick<Revision, 'received'>): string {
  if (received === null) return '';
  const { from, to } = received;
  if (from === null) return to === null ? '' : `for claims received up to ${formatDay(to)}`;
  return `for claims received from ${formatDay(from)}${to === null ? '' : ` to ${formatDay(to)}`}`;
}

/** Where an overlay takes the place of a lane: "b takes its place 2020-04-01 to 2020-12-31". */
export function replacedWords({ by, payers, from, to }: Replaced): string {
  const whom = payers === null ? '' : ` for ${andList(payers)}`;
  return `${by} takes its place${whom} ${daysText({ from, to })}`;
}

/** What changes within a revision: "on 2020-07-01: minimumMinutes 8 → 10 minutes; “Timed codes” with 97110". */
export function changeWords({ day, changes }: DayOfChange): string {
  return `on ${formatDay(day)}: ${changes.map(namedChangeWords).join('; ')}`;
}

/** How many members of a list are named before the rest are only counted. */
const mostMembers = 3;

function namedChangeWords(change: NamedChange): string {
  if (change.kind === 'parameter') {
    const { name, before, after, unit } = change;
    return `${name} ${before} → ${after}${unit === null ? '' : ` ${unit}`}`;
  }
  const { title, added, removed } = change;
  return [
    ...(added.length > 0 ? [`“${title}” with ${membersText(added)}`] : []),
    ...(removed.length > 0 ? [`“${title}” without ${membersText(removed)}`] : []),
  ].join(', ');
}

function membersText(members: readonly string[]): string {
  const rest = members.length - mostMembers;
  return andList(rest > 1 ? [...members.slice(0, mostMembers), `${rest} more`] : members);
}

/** An overlay over its base: "over rules/a/2020-01-01.policy.yaml 2020-04-01 to 2020-06-30". */
export function baseWords({ bases }: LaneRevision): readonly string[] {
  return bases.map(({ path, from, to }) => `over ${path} ${daysText({ from, to })}`);
}
