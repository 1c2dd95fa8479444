/**
 * How minutes become units of timed codes: three published rules, each with every equally right allocation.
 *
 * The table of minutes and the order of steps of `total-time`: CMS Pub. 100-04, chapter 5, section 20.2.C
 * (https://medicare.fcso.com/Rehabilitation_services/0508065.asp, https://www.chirocode.com/article.html?id=25388).
 * `per-service` puts each code through the same table on its own
 * (https://therapycomply.com/Article/1-11-2023/Total-time-and-AMA).
 * Minutes are whole minutes of direct treatment; untimed codes never come here.
 */
export interface TimeRuleSettings {
  readonly method: 'per-service' | 'total-time' | 'full-units';
  /** Minutes of one unit: 15. */
  readonly minutesPerUnit: number;
  /** A code with fewer minutes supports nothing and its minutes are set aside; null = no floor. */
  readonly minimumMinutes: number | null;
}

export interface ServiceMinutes {
  readonly code: string;
  readonly minutes: number;
}

/** Units a code certainly has, and whether it stands among those of which some get one more. */
export interface CodeAllocation {
  readonly code: string;
  readonly minutes: number;
  readonly units: number;
  readonly tied: boolean;
}

/** Every equally right allocation at once: the certain units, and how many of the tied codes get one more. */
export interface UnitAllocation {
  readonly codes: readonly CodeAllocation[];
  readonly extraAmongTied: number;
  readonly totalUnits: number;
  /** Minutes that count: all but those below the floor. */
  readonly totalMinutes: number;
}

/** Units for minutes: none below the midpoint of a unit, one more each time a midpoint is passed. 8–22 = 1, 23–37 = 2. */
export function unitsForMinutes(minutes: number, minutesPerUnit: number): number {
  const midpoint = Math.floor(minutesPerUnit / 2) + 1;
  return Math.max(0, Math.floor((minutes + minutesPerUnit - midpoint) / minutesPerUnit));
}

/** Minutes of one code are pooled first, since a rule speaks of the code, not of its lines. */
export function allocateUnits(
  settings: TimeRuleSettings,
  services: readonly ServiceMinutes[],
): UnitAllocation {
  const { method, minutesPerUnit } = settings;
  const pooled = new Map<string, number>();
  for (const service of services) pooled.set(service.code, (pooled.get(service.code) ?? 0) + service.minutes);
  const counted = [...pooled].map(([code, minutes]) => ({
    code,
    minutes: minutes >= (settings.minimumMinutes ?? 0) ? minutes : 0,
  }));
  const totalMinutes = counted.reduce((sum, { minutes }) => sum + minutes, 0);
  if (method !== 'total-time') {
    const codes = counted.map(({ code, minutes }) => ({
      code,
      minutes,
      units:
        method === 'per-service'
          ? unitsForMinutes(minutes, minutesPerUnit)
          : Math.floor(minutes / minutesPerUnit),
      tied: false,
    }));
    return {
      codes,
      extraAmongTied: 0,
      totalUnits: codes.reduce((sum, { units }) => sum + units, 0),
      totalMinutes,
    };
  }
  const totalUnits = unitsForMinutes(totalMinutes, minutesPerUnit);
  const whole = counted.map(({ code, minutes }) => ({
    code,
    minutes,
    units: Math.floor(minutes / minutesPerUnit),
    rest: minutes % minutesPerUnit,
  }));
  // Whole quarter-hours never exceed the total; what is left goes one each to the largest remainders.
  let left = totalUnits - whole.reduce((sum, { units }) => sum + units, 0);
  const byRest = whole.map(({ rest }) => rest).toSorted((a, b) => b - a);
  const cut = left > 0 ? byRest[left - 1]! : Infinity;
  const above = whole.filter(({ rest }) => rest > cut).length;
  left -= above;
  const atCut = whole.filter(({ rest }) => rest === cut).length;
  return {
    codes: whole.map(({ code, minutes, units, rest }) => ({
      code,
      minutes,
      units: units + (rest > cut || (rest === cut && left === atCut) ? 1 : 0),
      tied: rest === cut && left < atCut,
    })),
    extraAmongTied: left > 0 && left < atCut ? left : 0,
    totalUnits,
    totalMinutes,
  };
}

/** How many equally right allocations there are. */
export function countAllocations(allocation: UnitAllocation): number {
  const tied = allocation.codes.filter((code) => code.tied).length;
  let ways = 1;
  for (let i = 1; i <= allocation.extraAmongTied; i += 1)
    ways = (ways * (tied - allocation.extraAmongTied + i)) / i;
  return Math.round(ways);
}

/** The equally right allocations written out, at most `limit` of them, earlier codes favoured first. */
export function listAllocations(
  allocation: UnitAllocation,
  limit: number,
): readonly Readonly<Record<string, number>>[] {
  const tied = allocation.codes.filter((code) => code.tied).map((code) => code.code);
  const out: Record<string, number>[] = [];
  const choose = (from: number, chosen: readonly string[]): void => {
    if (out.length >= limit) return;
    if (chosen.length === allocation.extraAmongTied) {
      out.push(
        Object.fromEntries(
          allocation.codes.map(({ code, units }) => [code, units + (chosen.includes(code) ? 1 : 0)]),
        ),
      );
      return;
    }
    for (let i = from; i < tied.length; i += 1) choose(i + 1, [...chosen, tied[i]!]);
  };
  choose(0, []);
  return out;
}

export interface BilledLine {
  readonly code: string;
  /** Units billed; null where the line states none. */
  readonly billed: number | null;
}

/**
 * Units supported for each line, in the equally right allocation that is kindest to what was billed: the tied unit goes,
 * in the order of the claim, to codes that billed it. So a claim is never faulted for choosing another right allocation.
 * Lines of one code share its units in the same way.
 */
export function supportableUnits(
  allocation: UnitAllocation,
  lines: readonly BilledLine[],
): readonly number[] {
  const billedByCode = new Map<string, number>();
  for (const { code, billed } of lines) billedByCode.set(code, (billedByCode.get(code) ?? 0) + (billed ?? 0));
  const order = [...billedByCode.keys()];
  const tied = allocation.codes
    .filter((code) => code.tied)
    .toSorted((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
  const wanted = tied.filter(({ code, units }) => (billedByCode.get(code) ?? 0) > units);
  const others = tied.filter((code) => !wanted.includes(code));
  const favoured = new Set(
    [...wanted, ...others].slice(0, allocation.extraAmongTied).map(({ code }) => code),
  );
  const remaining = new Map(
    allocation.codes.map(({ code, units }) => [code, units + (favoured.has(code) ? 1 : 0)]),
  );
  const result = lines.map(({ code, billed }) => {
    const units = Math.min(billed ?? 0, remaining.get(code) ?? 0);
    remaining.set(code, (remaining.get(code) ?? 0) - units);
    return units;
  });
  // What no line of the code has billed is supported all the same: it stands on the first line of the code.
  const seen = new Set<string>();
  return lines.map(({ code }, index) => {
    const rest = seen.has(code) ? 0 : (remaining.get(code) ?? 0);
    seen.add(code);
    return result[index]! + rest;
  });
}
