import type { PublishedApproval, ReleaseName } from '../releases/manifest.ts';
import type { ApprovalItem } from './approval-item.ts';
import type { Decision, Decisions } from './decision.ts';
import { eachPersonOnce, samePerson } from './same-person.ts';

/** How it stands with an item. */
export const itemStates = [
  /** Nobody has decided it. */
  'undecided',
  /** One has accepted it, and a second, different one must. */
  'second-missing',
  'accepted',
  /** Somebody has rejected it. It stays so until the same person accepts it, or the draft changes it. */
  'rejected',
  /** It was decided with an earlier release and is as it was. */
  'decided-before',
] as const;

export type ItemState = (typeof itemStates)[number];

export interface DecidedItem extends ApprovalItem {
  readonly state: ItemState;
  /** The decisions that count, one a person unless somebody wrote into the file; the earliest first. */
  readonly decisions: readonly Decision[];
  /** Who has accepted it, by itself or along with what it is part of. */
  readonly acceptedBy: readonly string[];
}

/** Everything that is to be decided before the next release, and how it stands. */
export interface Approval {
  /** The last release, which the draft was compared with; null: there is none. */
  readonly against: ReleaseName | null;
  /** The SHA-256 that stands for all files of the draft. */
  readonly files: string;
  readonly items: readonly DecidedItem[];
  /** Decisions that do not count any more: what they decided is another thing now, or another release came between. */
  readonly outdated: readonly Decision[];
}

export function approvalOf(
  items: readonly ApprovalItem[],
  made: Decisions,
  { against, files }: Pick<Approval, 'against' | 'files'>,
): Approval {
  const { decisions } = made;
  const isCurrent = isAgainst(made, against);
  const hashes = new Set(items.map(({ sha256 }) => sha256));
  const counts = ({ sha256 }: Decision) => isCurrent && hashes.has(sha256);
  const decided = new Map<string, DecidedItem>();
  // Items stand behind those that they are part of.
  for (const item of items) {
    const own = decisions.filter((it) => counts(it) && it.sha256 === item.sha256);
    decided.set(
      item.id,
      decidedItem(
        item,
        own,
        item.partOf.map((id) => decided.get(id)!),
      ),
    );
  }
  return { against, files, items: [...decided.values()], outdated: decisions.filter((it) => !counts(it)) };
}

/** Whether the decisions were made beside this release. */
export function isAgainst({ against }: Decisions, release: ReleaseName | null): boolean {
  return (against?.sha256 ?? null) === (release?.sha256 ?? null);
}

/** How many different people must accept an item. */
export function approversNeeded({ secondFor }: Pick<ApprovalItem, 'secondFor'>): 1 | 2 {
  return secondFor.length === 0 ? 1 : 2;
}

function decidedItem(
  item: ApprovalItem,
  decisions: readonly Decision[],
  wholes: readonly DecidedItem[],
): DecidedItem {
  const accepted = decisions.filter(({ verdict }) => verdict === 'accept').map(({ who }) => who);
  const acceptedBy = eachPersonOnce([...accepted, ...acceptersOfAll(wholes)]);
  return { ...item, decisions, acceptedBy, state: stateOf(item, decisions, acceptedBy, wholes) };
}

function stateOf(
  item: ApprovalItem,
  decisions: readonly Decision[],
  acceptedBy: readonly string[],
  wholes: readonly DecidedItem[],
): ItemState {
  if (decisions.some(({ verdict }) => verdict === 'reject')) return 'rejected';
  if (item.isOld && decisions.length === 0) return 'decided-before';
  if (acceptedBy.length >= approversNeeded(item)) return 'accepted';
  if (decisions.length === 0 && wholes.some(({ state }) => state === 'rejected')) return 'rejected';
  return acceptedBy.length === 0 ? 'undecided' : 'second-missing';
}

/** Who accepts all the regions in which an encounter lies accepts what they do to it. */
function acceptersOfAll(wholes: readonly DecidedItem[]): readonly string[] {
  const [first, ...rest] = wholes;
  return (first?.acceptedBy ?? []).filter((who) =>
    rest.every(({ acceptedBy }) => acceptedBy.some((other) => samePerson(who, other))),
  );
}

/** What stands in the release of everything that was decided; what was overridden has its own place there. */
export function publishedApprovals({ items }: Approval): readonly PublishedApproval[] {
  const recorded = items.filter(({ kind }) => kind !== 'override');
  return recorded.map(({ id, title, before, after, direction, secondFor, partOf, decisions }) => ({
    item: id,
    title,
    before,
    after,
    direction,
    secondFor,
    through: decisions.length === 0 ? partOf : [],
    decisions: decisions.map(({ who, why, when, files }) => ({ who, why, when, files })),
  }));
}
