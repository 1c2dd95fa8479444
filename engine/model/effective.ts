import type { Day } from '../base/calendar-date.ts';

/** A value with the period in which it is in force; null is open. Both ends are inclusive. */
export interface Dated<T> {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly value: T;
}

export interface Period {
  readonly from: Day | null;
  readonly to: Day | null;
}

export function covers(period: Period, day: Day): boolean {
  return (period.from === null || period.from <= day) && (period.to === null || day <= period.to);
}

/** The value in force on a day, or null. Where several are, the one that began last. */
export function inForce<T>(values: readonly Dated<T>[], day: Day): Dated<T> | null {
  let best: Dated<T> | null = null;
  for (const value of values) {
    if (covers(value, day) && (best === null || (value.from ?? -Infinity) >= (best.from ?? -Infinity)))
      best = value;
  }
  return best;
}

/** The days both periods share, or null. */
export function intersect(a: Period, b: Period): Period | null {
  const from = a.from === null ? b.from : b.from === null ? a.from : Math.max(a.from, b.from);
  const to = a.to === null ? b.to : b.to === null ? a.to : Math.min(a.to, b.to);
  return from !== null && to !== null && from > to ? null : { from, to };
}
