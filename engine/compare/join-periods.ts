import type { Naming } from '../words/speaking.ts';
import type { Days } from './cells.ts';
import type { ChangedRegion, Where } from './compare-policies.ts';
import { caseWords } from './region-words.ts';

/**
 * Regions that are the same change in periods that follow each other become one. A list or a number that changes on some
 * day divides every region there, even where what changes is the same on both sides of the day.
 */
export function joinPeriods(regions: readonly ChangedRegion[], naming: Naming): readonly ChangedRegion[] {
  const alike = new Map<string, ChangedRegion[]>();
  for (const region of regions) {
    const { policy, scope, direction, before, after, rules } = region;
    const payers = region.where.map(({ payer }) => payer);
    const key = JSON.stringify([
      policy,
      scope,
      direction,
      before,
      after,
      rules,
      payers,
      caseWords(region, naming),
    ]);
    alike.set(key, [...(alike.get(key) ?? []), region]);
  }
  const joined = new Map<ChangedRegion, ChangedRegion>();
  const absorbed = new Set<ChangedRegion>();
  for (const group of alike.values()) {
    for (const stretch of stretchesOf(group)) {
      const [first, ...rest] = stretch;
      if (!first || rest.length === 0) continue;
      joined.set(first, { ...first, where: whereOf(stretch), parts: stretch });
      for (const region of rest) absorbed.add(region);
    }
  }
  return regions.filter((region) => !absorbed.has(region)).map((region) => joined.get(region) ?? region);
}

/** Those whose days follow each other, by the first of them. */
function stretchesOf(group: readonly ChangedRegion[]): readonly (readonly ChangedRegion[])[] {
  const stretches: ChangedRegion[][] = [];
  for (const region of group.toSorted((a, b) => firstDay(a) - firstDay(b))) {
    const last = stretches.at(-1);
    const before = last?.at(-1);
    if (last && before && follows(before, region)) last.push(region);
    else stretches.push([region]);
  }
  return stretches;
}

function firstDay({ where }: ChangedRegion): number {
  return where[0]!.days[0]!.from;
}

/** For every payer on the day after the last one. */
function follows({ where }: ChangedRegion, later: ChangedRegion): boolean {
  return where.every(({ days }, at) => {
    const { to } = days.at(-1)!;
    return to !== null && later.where[at]!.days[0]!.from === to + 1;
  });
}

function whereOf(stretch: readonly ChangedRegion[]): readonly Where[] {
  return stretch[0]!.where.map(({ payer }, at) => {
    const days: Days[] = [];
    for (const { from, to } of stretch.flatMap(({ where }) => where[at]!.days)) {
      const last = days.at(-1);
      if (last && last.to !== null && last.to + 1 === from) days[days.length - 1] = { from: last.from, to };
      else days.push({ from, to });
    }
    return { payer, days };
  });
}
