import { approversNeeded, isAgainst } from './approval.ts';
import type { Approval, DecidedItem } from './approval.ts';
import type { Decision, Decisions, DecisionVerdict } from './decision.ts';
import { samePerson } from './same-person.ts';

/** What somebody decides, in one go. */
export interface DecideRequest {
  readonly verdict: DecisionVerdict;
  /** Items by their ids, or everything that can be decided as a whole. */
  readonly items: readonly string[] | 'all';
  readonly who: string;
  readonly why: string;
}

/** Why one item was not decided, in a sentence. */
export interface NotDecided {
  readonly item: string;
  readonly why: string;
}

export interface Decided {
  readonly decisions: Decisions;
  /** The items that this has decided. */
  readonly items: readonly string[];
  readonly refused: readonly NotDecided[];
}

/** The decisions with what somebody decides now; one that this person has made of the same item before is replaced. */
export function decide(approval: Approval, before: Decisions, request: DecideRequest, when: string): Decided {
  const { against, files, items } = approval;
  const named =
    request.items === 'all'
      ? items.filter(goesWithAll)
      : items.filter(({ id }) => request.items.includes(id));
  const known = new Set(named.map(({ id }) => id));
  const strangers = request.items === 'all' ? [] : request.items.filter((id) => !known.has(id));
  const refused = [
    ...strangers.map((item) => ({ item, why: `There is nothing to decide that is called ${item}.` })),
    ...named.flatMap((item) => objection(item, request)),
  ];
  const decided = named.filter(({ id }) => !refused.some(({ item }) => item === id));
  const replaced = new Set(decided.map(({ sha256 }) => sha256));
  // What was decided of something that is otherwise now stays: the draft may become again what it was.
  const standing = isAgainst(before, against) ? before.decisions : [];
  const kept = standing.filter((it) => !(replaced.has(it.sha256) && samePerson(it.who, request.who)));
  const made = decided.map(({ id, sha256, title }): Decision => ({
    item: id,
    sha256,
    title,
    verdict: request.verdict,
    who: request.who.trim(),
    why: request.why.trim(),
    when,
    files,
  }));
  return {
    decisions: { against, decisions: [...kept, ...made] },
    items: decided.map(({ id }) => id),
    refused,
  };
}

/**
 * What is accepted or rejected with everything else. Not what speaks against publishing, which is answered for one by one;
 * nor what goes with something else, or was decided before.
 */
function goesWithAll({ kind, partOf, state }: DecidedItem): boolean {
  return kind !== 'override' && partOf.length === 0 && state !== 'decided-before';
}

function objection(item: DecidedItem, { verdict, who }: DecideRequest): readonly NotDecided[] {
  if (verdict === 'reject' || approversNeeded(item) === 1 || item.state !== 'second-missing') return [];
  const [first] = item.acceptedBy;
  if (first === undefined || !samePerson(first, who)) return [];
  return [
    {
      item: item.id,
      why: `${first} has accepted it already, and its second approver must be somebody else.`,
    },
  ];
}
