import type { Decision, Impact } from '#engine';
import { rowsOfImpact } from '#engine';

/** Lines that are decided otherwise, from one decision to another. */
export interface MoveRow {
  readonly before: Decision;
  readonly after: Decision;
  readonly lines: number;
  /** What was charged for them: `$1,020.00`. */
  readonly charges: string;
}

export interface ImpactView {
  /** The largest charges first. */
  readonly moves: readonly MoveRow[];
  readonly same: { readonly lines: number; readonly charges: string };
  /** Lines that state no charge, so that the sums are too small; null: none. */
  readonly note: string | null;
}

export function impactView(impact: Impact): ImpactView {
  const { lines, linesWithoutCharge } = rowsOfImpact(impact);
  const moved = lines.filter(({ before, after }) => before !== after);
  const same = lines.filter(({ before, after }) => before === after);
  const sum = (key: 'count' | 'cents') => same.reduce((all, row) => all + row[key], 0);
  return {
    moves: moved
      .toSorted((a, b) => b.cents - a.cents || b.count - a.count)
      .map(({ before, after, count, cents }) => ({ before, after, lines: count, charges: dollars(cents) })),
    same: { lines: sum('count'), charges: dollars(sum('cents')) },
    note:
      linesWithoutCharge === 0
        ? null
        : `${linesWithoutCharge.toLocaleString('en')} lines state no charge and count as nothing.`,
  };
}

/** Whole cents, so that nothing is rounded. */
export function dollars(cents: number): string {
  const whole = Math.trunc(cents / 100).toLocaleString('en');
  return `$${whole}.${String(Math.abs(cents % 100)).padStart(2, '0')}`;
}
