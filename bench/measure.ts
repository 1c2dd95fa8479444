/** Something whose cost is measured: `run` does the whole work once. */
export interface Contestant {
  readonly name: string;
  /** How many encounters one `run` judges. */
  readonly encounters: number;
  readonly run: () => unknown;
}

/** CPU microseconds an encounter, one figure for each round. */
export type Costs = ReadonlyMap<string, readonly number[]>;

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/**
 * CPU time, not time on the clock, and in turns: each round asks every contestant once, so that a busy moment of the
 * machine meets them all. The first round warms up and is thrown away.
 */
export async function measureInTurns(contestants: readonly Contestant[], rounds: number): Promise<Costs> {
  const costs = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, encounters, run } of contestants) {
      const before = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(before);
      if (round > 0) costs.get(name)!.push((user + system) / encounters);
    }
  }
  return costs;
}

/** What one costs of another, round by round. */
export function ratio(costs: Costs, of: string, to: string): Spread {
  const below = costs.get(to)!;
  return spread(costs.get(of)!.map((cost, round) => cost / below[round]!));
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return { min: sorted[0]!, median, max: sorted.at(-1)! };
}
