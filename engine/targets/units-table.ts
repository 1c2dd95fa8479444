import { unitsForMinutes } from '../facts/derived/time-rule.ts';
import { literalValue } from '../model/bind.ts';
import type { TimeRule } from '../model/policy.ts';

/** How many units so many minutes make; both ends are inclusive. */
export interface UnitsRow {
  readonly from: number;
  readonly to: number;
  readonly units: number;
}

/** So many units are written out: two hours of units of fifteen minutes. */
export const mostUnits = 8;

/** No code with fewer minutes supports a unit; 0 where there is no floor. The rule has to be bound to a day. */
export function minimumOf({ minimumMinutes }: TimeRule): number {
  return minimumMinutes === null ? 0 : (literalValue(minimumMinutes) as number);
}

/**
 * The minutes of one code (of the visit, where all are added up) and their units, from none to `mostUnits`.
 * The floor is in it where the minutes are those of one code.
 */
export function unitsTable(rule: TimeRule): readonly UnitsRow[] {
  const { method, minutesPerUnit } = rule;
  const floor = method === 'total-time' ? 0 : minimumOf(rule);
  const rows: UnitsRow[] = [];
  for (let minutes = 0; ; minutes += 1) {
    const units =
      minutes < floor
        ? 0
        : method === 'full-units'
          ? Math.floor(minutes / minutesPerUnit)
          : unitsForMinutes(minutes, minutesPerUnit);
    if (units > mostUnits) return rows;
    const last = rows.at(-1);
    if (last?.units === units) rows[rows.length - 1] = { ...last, to: minutes };
    else rows.push({ from: minutes, to: minutes, units });
  }
}
