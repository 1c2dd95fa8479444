/** Something whose cost is measured: `run` does the whole work once. */
export interface Contestant {
  readonly name: string;
  /** How many encounters one `run` judges. */
  readonly encounters: number;
  readonly run: () => unknown;
}

/** Microseconds an encounter, one figure for each round. */
export type Costs = ReadonlyMap<string, readonly number[]>;

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Microseconds that have gone by, counted from anywhere. */
export type Clock = () => number;

/** What this process has used of the processors. */
export const cpuTime: Clock = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** For what works in other processes. */
export const wallTime: Clock = () => performance.now() * 1000;

/**
 * CPU time, where nothing else is asked for, and in turns: each round asks every contestant once, so that a busy moment of
 * the machine meets them all. The first round warms up and is thrown away.
 */
export async function measureInTurns(
  contestants: readonly Contestant[],
  rounds: number,
  clock: Clock = cpuTime,
): Promise<Costs> {
  const costs = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, encounters, run } of contestants) {
      const before = clock();
      await run();
      if (round > 0) costs.get(name)!.push((clock() - before) / encounters);
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
