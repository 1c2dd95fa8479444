import type { Day } from '../base/calendar-date.ts';
import type { CodeList } from '../language/syntax.ts';
import { bind, epochsOf } from '../model/bind.ts';
import { codesNamed } from '../model/codes-named.ts';
import { covers } from '../model/effective.ts';
import type { Policy } from '../model/policy.ts';
import { changesWithin } from './changes-within.ts';
import type { DayOfChange } from './changes-within.ts';
import { gapsBetween, overlapsBetween, receivedGapsBetween, revisionsOf } from './revisions.ts';
import type { Gap, Overlap, ReceivedGap, Revision } from './revisions.ts';

/** Which lanes are wanted; null: all of them. */
export interface TimelineQuestion {
  /** A payer by id: its own policies, and those for every payer. */
  readonly payer: string | null;
  /** A policy by id. */
  readonly policy: string | null;
  /** A procedure code: the policies with a rule for lines that may have it. */
  readonly code: string | null;
  /** The date of service for which it is said what is in force. */
  readonly on: Day;
}

/** One policy for one payer, through all of its revisions. */
export interface Lane {
  /** Null: every payer, or every one for which the policy has no revision of its own. */
  readonly payer: string | null;
  readonly policy: string;
  /** The title of the last revision. */
  readonly title: string;
  /** In the order in which they begin. */
  readonly revisions: readonly LaneRevision[];
  readonly gaps: readonly Gap[];
  readonly overlaps: readonly Overlap[];
  readonly receivedGaps: readonly ReceivedGap[];
  /** Where an overlay takes the place of these revisions. */
  readonly replaced: readonly Replaced[];
}

export interface LaneRevision extends Revision {
  /** The days after its first on which parameters or lists change. */
  readonly changes: readonly DayOfChange[];
  /** Of an overlay: over which revision of its base it lies, and when. A new one begins where the base changes below it. */
  readonly bases: readonly Layer[];
  /** On the day asked for, claims are judged by it. */
  readonly inForce: boolean;
}

export interface Layer {
  readonly path: string;
  readonly from: Day;
  readonly to: Day | null;
}

export interface Replaced {
  /** The overlay, by id. */
  readonly by: string;
  /** For whom; null: for all that the lane is of. */
  readonly payers: readonly string[] | null;
  readonly from: Day;
  readonly to: Day | null;
}

/** What a timeline is made of: a workspace is one. */
export interface PoliciesAndLists {
  readonly policies: readonly Policy[];
  readonly lists: readonly CodeList[];
}

/** The lanes of all policies, by payer and policy: what is in force when, what changes inside, and where there are gaps and overlaps. */
export function timelineOf(workspace: PoliciesAndLists, question: TimelineQuestion): readonly Lane[] {
  const { payer, policy, code } = question;
  const { policies } = workspace;
  return [...revisionsOf(policies)]
    .filter(([id]) => policy === null || id === policy)
    .filter(([id]) => code === null || policies.some((it) => it.id === id && mayAskOf(it, code)))
    .flatMap(([id, revisions]) =>
      payersOf(revisions)
        .filter((it) => payer === null || it === payer || (it === null && !namesPayer(revisions, payer)))
        .map((it) => laneOf(id, it, revisions, workspace, question)),
    );
}

/** Every payer that a revision names, and null for the others where one is for every payer. */
function payersOf(revisions: readonly Revision[]): readonly (string | null)[] {
  return [...new Set(revisions.flatMap(({ payers }): readonly (string | null)[] => payers ?? [null]))];
}

function namesPayer(revisions: readonly Revision[], payer: string): boolean {
  return revisions.some(({ payers }) => payers?.includes(payer));
}

/** Whether a line with this code may meet one of its line rules on any day. */
function mayAskOf(policy: Policy, code: string): boolean {
  return epochsOf(policy).some(({ from }) =>
    bind(policy, from).rules.some(
      ({ scope, when }) => scope === 'line' && (when === null || (codesNamed(when)?.has(code) ?? true)),
    ),
  );
}

function laneOf(
  id: string,
  payer: string | null,
  all: readonly Revision[],
  { policies, lists }: PoliciesAndLists,
  { payer: asked, on }: TimelineQuestion,
): Lane {
  const own = all.filter(({ payers }) => payers === null || (payer !== null && payers.includes(payer)));
  const replaced = replacedBy(id, payer ?? asked, policies);
  const isReplaced = replaced.some((it) => it.payers === null && covers(it, on));
  return {
    payer,
    policy: id,
    title: own.at(-1)!.title,
    revisions: own.map((revision): LaneRevision => {
      const layers = policies.filter(({ place }) => place.path === revision.path);
      return {
        ...revision,
        changes: layers.flatMap((layer) => changesWithin(layer, lists)),
        bases: revision.over === null ? [] : layers.map((layer) => layerOf(layer, policies)),
        inForce: layers.some((layer) => covers(layer, on)) && !isReplaced,
      };
    }),
    gaps: gapsBetween(own),
    overlaps: overlapsBetween(own),
    receivedGaps: receivedGapsBetween(own),
    replaced,
  };
}

/** The overlays over a policy that are for a payer; null: for whom they are is then said. */
function replacedBy(id: string, payer: string | null, policies: readonly Policy[]): readonly Replaced[] {
  return policies
    .filter((overlay) => overlay.extends === id)
    .filter(({ payers }) => payers === null || payer === null || payers.includes(payer))
    .map(({ id: by, payers, from, to }) => ({ by, payers: payer === null ? payers : null, from, to }));
}

function layerOf({ extends: base, from, to }: Policy, policies: readonly Policy[]): Layer {
  // An overlay is cut to the days of each revision of its base, so the base is in force on the first of them.
  const below = policies.find(
    (it) => it.id === base && covers(it, from) && (it.to === null || covers(it, to ?? it.to)),
  );
  return { path: below?.place.path ?? '', from, to };
}
