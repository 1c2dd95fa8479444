import { count } from '../base/words.ts';
import type { Refusal } from '../releases/refusals.ts';
import { approversNeeded } from './approval.ts';
import type { Approval, DecidedItem, ItemState } from './approval.ts';

/** What keeps a release back because it is not approved. */
export function approvalRefusals({ items }: Approval): readonly Refusal[] {
  // An override speaks for itself in the list of what holds a release back; a first release is accepted, with all that
  // goes along with it, by whoever publishes it.
  const first = items.find(({ kind }) => kind === 'first-release');
  const unsettled = new Set(items.filter(({ state }) => !isSettled(state)).map(({ id }) => id));
  const decidable = items.filter(
    (item) =>
      item.kind !== 'override' &&
      item !== first &&
      // What waits for something else is told with that.
      !(item.decisions.length === 0 && item.partOf.some((id) => unsettled.has(id))),
  );
  const rejected = items.filter(({ state }) => state === 'rejected');
  const undecided = decidable.filter(({ state }) => state === 'undecided');
  const half = decidable.filter(({ state }) => state === 'second-missing');
  const [twice, alone] = [half.filter(acceptedTwice), half.filter((item) => !acceptedTwice(item))];
  const refusals: Refusal[] = [];
  if (rejected.length > 0)
    refusals.push({
      what: 'rejected',
      found: `${count(rejected.length, 'change')} rejected`,
      details: rejected.map(rejectedWords),
      next: 'change the draft so that this is gone, or let the same person accept it',
    });
  if (undecided.length > 0)
    refusals.push({
      what: 'undecided',
      found: `nobody has decided ${count(undecided.length, 'change')}`,
      details: undecided.map(itemWords),
      next: 'look at each with `proviso approve`, and accept or reject it with a reason',
    });
  if (twice.length > 0)
    refusals.push({
      what: 'same-approver-twice',
      found: `${count(twice.length, 'change')} accepted twice by one and the same person`,
      details: twice.map((item) => `${itemWords(item)} (${item.acceptedBy[0]!})`),
      next: second,
    });
  if (alone.length > 0)
    refusals.push({
      what: 'second-approver-missing',
      found: `${count(alone.length, 'change needs', 'changes need')} a second approver`,
      details: alone.map(
        (item) => `${itemWords(item)} (${item.secondFor.join(', ')}; accepted by ${item.acceptedBy[0]!})`,
      ),
      next: second,
    });
  return refusals;
}

const second = 'let somebody else look at it with `proviso approve`, and accept or reject it';

function isSettled(state: ItemState): boolean {
  return state === 'accepted' || state === 'decided-before';
}

function acceptedTwice(item: DecidedItem): boolean {
  const accepted = item.decisions.filter(({ verdict }) => verdict === 'accept').length;
  return approversNeeded(item) === 2 && accepted > item.acceptedBy.length;
}

function itemWords({ id, title, before, after }: DecidedItem): string {
  const change =
    before === null
      ? `new: ${after}`
      : after === null
        ? `was ${before}, now gone`
        : `was ${before}, now ${after}`;
  return `${id}: ${title}: ${change}`;
}

function rejectedWords(item: DecidedItem): string {
  const by = item.decisions.find(({ verdict }) => verdict === 'reject');
  return `${itemWords(item)}${by ? ` (${by.who}: ${by.why})` : ''}`;
}
