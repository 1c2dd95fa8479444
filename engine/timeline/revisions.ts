import type { Day } from '../base/calendar-date.ts';
import { covers, intersect } from '../model/effective.ts';
import type { Period } from '../model/effective.ts';
import type { Policy } from '../model/policy.ts';

/** One revision of a policy as it is filed: a file, and the days of service on which it is in force. */
export interface Revision {
  readonly path: string;
  readonly title: string;
  readonly payers: readonly string[] | null;
  /** Both inclusive; a null `to` is open. */
  readonly from: Day;
  readonly to: Day | null;
  /** The dates received that it is for; null: all. */
  readonly received: Period | null;
  /** The policy over which it is laid, by id; null: it stands by itself. */
  readonly over: string | null;
}

/** Days without a revision between two that have one. */
export interface Gap {
  /** The revision after which nothing is in force, and the one that comes next. */
  readonly earlier: Revision;
  readonly later: Revision;
  readonly from: Day;
  readonly to: Day;
}

/** Days on which two revisions of one policy are in force. */
export interface Overlap {
  readonly earlier: Revision;
  readonly later: Revision;
  readonly from: Day;
  readonly to: Day | null;
}

/** Dates received for which no revision is, between two that are in force on the same dates of service. */
export interface ReceivedGap {
  readonly earlier: Revision;
  readonly later: Revision;
  readonly from: Day;
  readonly to: Day;
  /** The first date of service for which it is so. */
  readonly since: Day;
}

/** The revisions of every policy, by its id, in the order in which they begin. */
export function revisionsOf(policies: readonly Policy[]): ReadonlyMap<string, readonly Revision[]> {
  const files = new Map<string, { readonly id: string; revision: Revision }>();
  for (const policy of policies) {
    const { id, title, payers, from, to, received, place } = policy;
    const known = files.get(place.path);
    // An overlay is resolved once for each revision of its base; in its file, and here, it is one.
    const revision = known
      ? { ...known.revision, from: Math.min(known.revision.from, from), to: later(known.revision.to, to) }
      : { path: place.path, title, payers, from, to, received, over: policy.extends };
    files.set(place.path, { id, revision });
  }
  const byId = new Map<string, Revision[]>();
  for (const { id, revision } of files.values()) byId.set(id, [...(byId.get(id) ?? []), revision]);
  return new Map([...byId].map(([id, revisions]) => [id, revisions.toSorted(inOrder)]));
}

function inOrder(a: Revision, b: Revision): number {
  return a.from - b.from || byReceived(a, b);
}

/** By the first date received, then by file. */
function byReceived(a: Revision, b: Revision): number {
  const [one, other] = [a.received?.from ?? -Infinity, b.received?.from ?? -Infinity];
  return one === other ? (a.path < b.path ? -1 : 1) : one < other ? -1 : 1;
}

/** The later of two last days; null is open. */
function later(a: Day | null, b: Day | null): Day | null {
  return a === null || b === null ? null : Math.max(a, b);
}

/** Days between the revisions of one policy on which none is in force; revisions as `revisionsOf` orders them. */
export function gapsBetween(revisions: readonly Revision[]): readonly Gap[] {
  return revisions.flatMap((next, at): readonly Gap[] => {
    const [first, ...rest] = revisions.slice(0, at);
    if (!first) return [];
    const last = rest.reduce((a, b) => (later(a.to, b.to) === a.to ? a : b), first);
    if (last.to === null || last.to + 1 >= next.from) return [];
    return [{ earlier: last, later: next, from: last.to + 1, to: next.from - 1 }];
  });
}

const always: Period = { from: null, to: null };

/** Days on which two revisions of one policy are in force for the same dates received, for each two; revisions as `revisionsOf` orders them. */
export function overlapsBetween(revisions: readonly Revision[]): readonly Overlap[] {
  return revisions.flatMap((next, at) =>
    revisions.slice(0, at).flatMap((earlier): readonly Overlap[] => {
      const shared = intersect(earlier, next);
      const together = intersect(earlier.received ?? always, next.received ?? always);
      return shared === null || together === null
        ? []
        : [{ earlier, later: next, from: next.from, to: shared.to }];
    }),
  );
}

/** Dates received between those of revisions that are in force on the same dates of service, each revision's first gap. */
export function receivedGapsBetween(revisions: readonly Revision[]): readonly ReceivedGap[] {
  const gaps = new Map<Revision, ReceivedGap>();
  for (const since of new Set(revisions.map(({ from }) => from))) {
    let last: Revision | null = null;
    for (const revision of revisions.filter((it) => covers(it, since)).toSorted(byReceived)) {
      const covered = last === null ? null : (last.received?.to ?? null);
      const begins = revision.received?.from ?? null;
      // What is received before the date of service is no gap: no claim is.
      const isGap = covered !== null && begins !== null && covered + 1 < begins && begins > since;
      if (last !== null && isGap && !gaps.has(revision))
        gaps.set(revision, { earlier: last, later: revision, from: covered + 1, to: begins - 1, since });
      if (last === null || (covered !== null && later(covered, revision.received?.to ?? null) !== covered))
        last = revision;
    }
  }
  return [...gaps.values()];
}
