import type { Day } from '../base/calendar-date.ts';
import { epochsInForce } from '../evaluate/compile.ts';
import type { Epoch, Program } from '../evaluate/compile.ts';
import { walk } from '../model/condition.ts';
import type { Policy } from '../model/policy.ts';

/** Days without a gap; `to` is inclusive, null is open. */
export interface Days {
  readonly from: Day;
  readonly to: Day | null;
}

/** One policy as it is on both sides, and for whom and when it is so. */
export interface EpochPair {
  readonly policy: string;
  /** Null: the policy is not in force on this side. */
  readonly before: Epoch | null;
  readonly after: Epoch | null;
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
  const pairs = new Map<Epoch | null, Map<Epoch | null, Gathering>>();
  for (const payer of payers) {
    days.forEach((day, at) => {
      const next = days[at + 1];
      const stretch: Days = { from: day, to: next === undefined ? null : next - 1 };
      const was = inForceById(before, payer, day);
      const is = inForceById(after, payer, day);
      for (const id of new Set([...was.keys(), ...is.keys()])) {
        gather(pairs, id, was.get(id) ?? null, is.get(id) ?? null, payer, stretch);
      }
    });
  }
  return [...pairs.values()].flatMap((inner) =>
    [...inner.values()].map(({ policy, before: was, after: is, where }) => ({
      policy,
      before: was,
      after: is,
      where: [...where].map(([payer, stretches]) => ({ payer, days: stretches })),
    })),
  );
}

interface Gathering {
  readonly policy: string;
  readonly before: Epoch | null;
  readonly after: Epoch | null;
  readonly where: Map<string, Days[]>;
}

function inForceById(program: Program, payer: string, day: Day): ReadonlyMap<string, Epoch> {
  return new Map(epochsInForce(program, { payer, day }).map((epoch) => [epoch.policy.id, epoch]));
}

function gather(
  pairs: Map<Epoch | null, Map<Epoch | null, Gathering>>,
  policy: string,
  before: Epoch | null,
  after: Epoch | null,
  payer: string,
  stretch: Days,
): void {
  const inner = pairs.get(before) ?? new Map<Epoch | null, Gathering>();
  pairs.set(before, inner);
  const found = inner.get(after) ?? { policy, before, after, where: new Map<string, Days[]>() };
  inner.set(after, found);
  const stretches = found.where.get(payer) ?? [];
  found.where.set(payer, stretches);
  const last = stretches.at(-1);
  // Days that follow each other are one period.
  if (last && last.to !== null && last.to + 1 === stretch.from) {
    stretches[stretches.length - 1] = { from: last.from, to: stretch.to };
  } else stretches.push(stretch);
}
