import type { Approval, ChangeWay, DecidedItem, ItemKind } from '#engine';

import { changeWords, count, decisionIn } from '../../marks/words.ts';

/** What has to be decided, under a heading. */
export interface ItemGroup {
  readonly id: ItemKind;
  readonly title: string;
  /** What is to be known of all of them; null: nothing. */
  readonly note: string | null;
  readonly items: readonly ItemRow[];
}

export interface ItemRow {
  readonly item: DecidedItem;
  /** What becomes of it, in a few words: “was pay, now deny”. */
  readonly change: string;
  /** What exactly, in a line each. */
  readonly exactly: readonly string[];
  readonly state: 'open' | 'accepted' | 'rejected' | 'settled';
  /** How it stands, in a sentence: by whom and why. */
  readonly stateWords: string;
  /** Why one approver is not enough; null: one is. */
  readonly second: string | null;
  /** What goes with it unless somebody decides it by itself. */
  readonly parts: readonly ItemRow[];
}

const titles = {
  'first-release': ['The first release', null],
  region: [
    'Kinds of claim that are judged otherwise',
    'Whoever decides one decides the saved encounters in it.',
  ],
  units: ['Units that minutes support', null],
  'not-covered': ['Not covered', 'There were too many cases to go through, so nothing is known of these.'],
  encounter: ['Saved encounters that come out otherwise', 'They lie in none of the kinds of claim above.'],
  case: ['Cases that say something else than in the last release', null],
  settings: ['Settings of the workspace', null],
  'known-gap': ['Known gaps', 'They are published as they are, each with its owner and its last day.'],
  override: ['What holds the release back, and can be answered for', 'Accepting one publishes all the same.'],
} as const satisfies Record<ItemKind, readonly [title: string, note: string | null]>;

/** Everything that has to be decided, by what it is; what is part of something stands there alone. */
export function itemGroups({ items }: Approval): readonly ItemGroup[] {
  const ids = new Set(items.map(({ id }) => id));
  // What is part of several stands with the first.
  const wholeOf = ({ partOf }: DecidedItem) => partOf.find((id) => ids.has(id)) ?? null;
  const rows = (of: readonly DecidedItem[]): readonly ItemRow[] =>
    of.map((item) => ({
      ...rowOf(item),
      parts: rows(items.filter((it) => it.kind !== 'known-gap' && wholeOf(it) === item.id)),
    }));
  return (Object.keys(titles) as readonly ItemKind[]).flatMap((id): readonly ItemGroup[] => {
    const own = items.filter(
      (item) => item.kind === id && (item.kind === 'known-gap' || wholeOf(item) === null),
    );
    const [title, note] = titles[id];
    return own.length === 0 ? [] : [{ id, title, note, items: rows(own) }];
  });
}

function rowOf(item: DecidedItem): Omit<ItemRow, 'parts'> {
  const second =
    item.secondFor.length === 0
      ? null
      : `${item.secondFor.map(wayWords).join(' and ')}: two people must accept it`;
  return { item, second, ...changeOf(item), ...standing(item) };
}

function changeOf({ kind, before, after, details }: DecidedItem): Pick<ItemRow, 'change' | 'exactly'> {
  const whole = kind === 'encounter' ? decisionIn : (words: string | null) => words;
  return { change: changeWords(whole(before), whole(after)), exactly: details.map(plainly) };
}

const outcomes = {
  met: 'met',
  violated: 'not met',
  undetermined: 'cannot be decided',
  'not-applicable': 'does not apply',
} as const;

/** Outcomes as the screen calls them elsewhere. */
function plainly(line: string): string {
  return line.replace(
    /(met|violated|undetermined|not-applicable)(?= →|$)/g,
    (word) => outcomes[word as keyof typeof outcomes],
  );
}

const ways = {
  'looser-on-payment': 'looser on payment',
  'stricter-on-payment': 'stricter on payment',
  'looser-on-coverage': 'looser on coverage',
  'stricter-on-coverage': 'stricter on coverage',
} as const satisfies Record<ChangeWay, string>;

function wayWords(way: ChangeWay): string {
  const text = ways[way];
  return text[0]!.toUpperCase() + text.slice(1);
}

function standing({
  state,
  decisions,
  acceptedBy,
  partOf,
}: DecidedItem): Pick<ItemRow, 'state' | 'stateWords'> {
  switch (state) {
    case 'undecided':
      return { state: 'open', stateWords: partOf.length > 0 ? 'Open: goes with the kind of claim' : 'Open' };
    case 'second-missing':
      return {
        state: 'open',
        stateWords: `Accepted by ${acceptedBy.join(', ')}. A second person must accept it, too.`,
      };
    case 'accepted': {
      const reasons = [
        ...new Set(decisions.filter(({ verdict }) => verdict === 'accept').map(({ why }) => why)),
      ];
      const by = `Accepted by ${acceptedBy.join(' and ')}`;
      return { state: 'accepted', stateWords: reasons.length === 0 ? by : `${by}: ${reasons.join('; ')}` };
    }
    case 'rejected': {
      const found = decisions.find(({ verdict }) => verdict === 'reject');
      return {
        state: 'rejected',
        stateWords: found ? `Rejected by ${found.who}: ${found.why}` : 'Rejected with the kind of claim',
      };
    }
    case 'decided-before':
      return { state: 'settled', stateWords: 'Decided with an earlier release' };
  }
}

/** What is left to decide: what can be chosen at once by whoever has looked at it. */
export function openItems(groups: readonly ItemGroup[]): readonly string[] {
  return groups.flatMap(({ id, items }) =>
    id === 'override' ? [] : items.filter(({ state }) => state === 'open').map(({ item }) => item.id),
  );
}

/** “3 of 5 decided; 1 waits for a second person; 1 is rejected.” */
export function standingWords(approval: Approval): string {
  const own = approval.items.filter(({ kind }) => kind !== 'override');
  if (own.length === 0) return 'There is nothing to decide.';
  const many = (wanted: readonly DecidedItem['state'][]) =>
    own.filter(({ state }) => wanted.includes(state)).length;
  const [second, rejected] = [many(['second-missing']), many(['rejected'])];
  return [
    `${many(['accepted', 'decided-before'])} of ${count(own.length, 'thing')} decided`,
    ...(second > 0 ? [`${count(second, 'waits', 'wait')} for a second person`] : []),
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
  ].join('; ');
}
