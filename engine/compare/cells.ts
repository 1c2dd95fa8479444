import type { Day } from '../base/calendar-date.ts';
import { epochsInForce } from '../evaluate/compile.ts';
import type { Epoch, Program } from '../evaluate/compile.ts';
import { dateReceived } from '../facts/vocabulary.ts';
import { factsOf, walk } from '../model/condition.ts';
import type { Period } from '../model/effective.ts';
import type { Policy, Rule } from '../model/policy.ts';
import { canonicalCondition, canonicalReading } from '../regions/canonical.ts';

/** Days without a gap; `to` is inclusive, null is open. */
export interface Days {
  readonly from: Day;
  readonly to: Day | null;
}

/**
 * Which claims a pair is about: null = all of them, by whatever date received; or those received within a period, or
 * those of which it is not known when they were.
 */
export type Received = Period | 'unknown' | null;

/** One policy as it is on both sides, and for whom and when it is so. */
export interface EpochPair {
  readonly policy: string;
  /** Null: the policy is not in force on this side. */
  readonly before: Epoch | null;
  readonly after: Epoch | null;
  readonly received: Received;
  readonly where: readonly { readonly payer: string; readonly days: readonly Days[] }[];
}

/** A payer that no policy names: it stands for every other one. */
export const anotherPayer = 'another-payer';

/** The payers that two versions can tell apart. Where the payers are listed, there are no others. */
export function payersOf(programs: readonly Program[], known: ReadonlySet<string> | null): readonly string[] {
  const named = programs.flatMap(({ policies }) =>
    policies.flatMap(({ policy, epochs }) => [
      ...(policy.payers ?? []),
      ...epochs.flatMap((epoch) => payersInRules(epoch.policy)),
    ]),
  );
  return [...new Set([...(known ?? []), ...named, ...(known === null ? [anotherPayer] : [])])].toSorted();
}

function payersInRules({ rules }: Policy): readonly string[] {
  const conditions = rules.flatMap(({ when, require, unless }) =>
    [when, require, unless].flatMap((part) => (part === null ? [] : [...walk(part)])),
  );
  return conditions.flatMap((node) => {
    if (node.kind !== 'test' || node.fact.type.scalar !== 'payer' || node.operand.kind !== 'literal')
      return [];
    const { value } = node.operand;
    return (typeof value === 'object' ? value : [value]).filter((item) => typeof item === 'string');
  });
}

/** Every pair of epochs that meets for some payer on some day; between two days on which anything changes, nothing does. */
export function epochPairs(before: Program, after: Program, payers: readonly string[]): readonly EpochPair[] {
  const starts = new Set<Day>();
  for (const { policies } of [before, after]) {
    for (const { epochs } of policies) {
      for (const { from, to } of epochs) {
        starts.add(from);
        if (to !== null) starts.add(to + 1);
      }
    }
  }
  const days = [...starts].toSorted((a, b) => a - b);
  const stretches = receivedStretches([before, after]);
  const pairs = new Map<Epoch | null, Map<Epoch | null, Map<string, Gathering>>>();
  for (const payer of payers) {
    days.forEach((day, at) => {
      const next = days[at + 1];
      const stretch: Days = { from: day, to: next === undefined ? null : next - 1 };
      const inForce = (program: Program, received: Day | null) =>
        epochsInForce(program, { payer, day, received });
      for (const meeting of meetings(before, after, stretches, inForce))
        gather(pairs, meeting, payer, stretch);
    });
  }
  return [...pairs.values()].flatMap((inner) =>
    [...inner.values()].flatMap((byReceived) =>
      [...byReceived.values()].map(({ where, ...meeting }) => ({
        ...meeting,
        where: [...where].map(([payer, days]) => ({ payer, days })),
      })),
    ),
  );
}

type Meeting = Omit<EpochPair, 'where'>;

/** The dates received that the revisions of policies tell apart; where none asks for it, all at once. */
function receivedStretches(programs: readonly Program[]): readonly Period[] {
  const starts = new Set<Day>();
  for (const { policies } of programs) {
    for (const { received } of policies.map(({ policy }) => policy)) {
      if (received?.from != null) starts.add(received.from);
      if (received?.to != null) starts.add(received.to + 1);
    }
  }
  const sorted: readonly (Day | null)[] = [null, ...[...starts].toSorted((a, b) => a - b)];
  return sorted.map((from, at) => {
    const next = sorted[at + 1];
    return { from, to: next == null ? null : next - 1 };
  });
}

/** What meets what on a day: by date received only where that decides which revision is in force. */
function meetings(
  before: Program,
  after: Program,
  stretches: readonly Period[],
  inForce: (program: Program, received: Day | null) => readonly Epoch[],
): readonly Meeting[] {
  const unknown = [inForce(before, null), inForce(after, null)] as const;
  const ids = (sides: readonly (readonly Epoch[])[]) => sides.flat().map(({ policy }) => policy.id);
  if (stretches.length === 1) {
    return [...new Set(ids(unknown))].map((policy) => {
      const [was, is] = unknown.map((side) => side.find((epoch) => epoch.policy.id === policy) ?? null);
      return { policy, before: was ?? null, after: is ?? null, received: null };
    });
  }
  const known = stretches.map((period) => {
    const day = period.from ?? period.to!;
    return { period, sides: [inForce(before, day), inForce(after, day)] as const };
  });
  return [...new Set([...ids(unknown), ...known.flatMap(({ sides }) => ids(sides))])].flatMap((policy) => {
    const of = (side: readonly Epoch[]) => side.filter((epoch) => epoch.policy.id === policy);
    const found: Meeting[] = [];
    for (const { period, sides } of known) {
      const [was, is] = [of(sides[0])[0] ?? null, of(sides[1])[0] ?? null];
      const last = found.at(-1);
      // Days received that follow each other under the same revisions are one period.
      if (last && last.before === was && last.after === is)
        found[found.length - 1] = { ...last, received: { ...(last.received as Period), to: period.to } };
      else found.push({ policy, before: was, after: is, received: period });
    }
    const waiting = matched(of(unknown[0]), of(unknown[1]));
    const [only] = found;
    const same = found.length === 1 && waiting.length === 1;
    if (same && only!.before === waiting[0]!.before && only!.after === waiting[0]!.after)
      return [{ ...only!, received: null }];
    return [
      ...found.filter((it) => it.before !== null || it.after !== null),
      ...waiting.map((it): Meeting => ({ policy, ...it, received: 'unknown' })),
    ];
  });
}

/** Of several revisions that may be in force those for the same dates received meet, and of the others the first the first. */
function matched(
  before: readonly Epoch[],
  after: readonly Epoch[],
): readonly Pick<Meeting, 'before' | 'after'>[] {
  const windowOf = ({ policy: { received } }: Epoch) => `${received?.from ?? ''}-${received?.to ?? ''}`;
  const partner = (epoch: Epoch, others: readonly Epoch[]) =>
    others.find((other) => windowOf(other) === windowOf(epoch));
  const same = before.flatMap((was) => {
    const is = partner(was, after);
    return is ? [{ before: was, after: is }] : [];
  });
  const left = before.filter((was) => !same.some((it) => it.before === was));
  const right = after.filter((is) => !same.some((it) => it.after === is));
  const rest = Array.from({ length: Math.max(left.length, right.length) }, (_, at) => ({
    before: left[at] ?? null,
    after: right[at] ?? null,
  }));
  return [
    ...same,
    ...rest.filter(
      ({ before: was, after: is }) =>
        !(was === null && waitsAlready(is!, after)) && !(is === null && waitsAlready(was!, before)),
    ),
  ];
}

/** Whether each rule of a revision waits just where the same rule of an earlier one in the list does: then it adds nothing. */
function waitsAlready(epoch: Epoch, all: readonly Epoch[]): boolean {
  const earlier = all.slice(0, all.indexOf(epoch));
  const asked = earlier.map(({ policy }) => new Set(policy.rules.map((rule) => appliesText(rule, policy))));
  return (
    epoch.policy.received !== null &&
    asked.some((rules) => epoch.policy.rules.every((rule) => rules.has(appliesText(rule, epoch.policy))))
  );
}

/** A rule, and to what it applies whenever the claim was received; equal texts mean the same. */
function appliesText({ id, scope, when }: Rule, policy: Policy): string {
  const parts = when === null ? [] : when.kind === 'all' ? when.conditions : [when];
  const own = parts.filter(
    (it) => !(it.kind === 'test' && it.fact.path === dateReceived && it.place === policy.received?.place),
  );
  const readings = own.flatMap(factsOf).map((fact) => canonicalReading(fact, policy));
  return JSON.stringify([
    id,
    scope,
    own.map(canonicalCondition).toSorted(),
    [...new Set(readings)].toSorted(),
  ]);
}

interface Gathering extends Meeting {
  readonly where: Map<string, Days[]>;
}

function gather(
  pairs: Map<Epoch | null, Map<Epoch | null, Map<string, Gathering>>>,
  meeting: Meeting,
  payer: string,
  stretch: Days,
): void {
  const inner = pairs.get(meeting.before) ?? new Map<Epoch | null, Map<string, Gathering>>();
  pairs.set(meeting.before, inner);
  const byReceived = inner.get(meeting.after) ?? new Map<string, Gathering>();
  inner.set(meeting.after, byReceived);
  const key = JSON.stringify(meeting.received);
  const found = byReceived.get(key) ?? { ...meeting, where: new Map<string, Days[]>() };
  byReceived.set(key, found);
  const stretches = found.where.get(payer) ?? [];
  found.where.set(payer, stretches);
  const last = stretches.at(-1);
  // Days that follow each other are one period.
  if (last && last.to !== null && last.to + 1 === stretch.from) {
    stretches[stretches.length - 1] = { from: last.from, to: stretch.to };
  } else stretches.push(stretch);
}
