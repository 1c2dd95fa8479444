import type { Decision, ImpactRows, Move, Tally } from '#engine';
import { decisionTotals } from '#engine';

import { count } from '../../marks/words.ts';

/** What the change comes to, ready to be drawn; amounts and numbers are text. */
export interface ImpactView {
  readonly sentence: string;
  readonly totals: readonly {
    readonly decision: Decision;
    readonly before: Cell;
    readonly after: Cell;
    /** `+3`, `−2` or `0`. */
    readonly difference: string;
  }[];
  /** Encounters that are decided otherwise as a whole, and claim lines by their code: only what moves. */
  readonly moves: readonly MoveRow[];
  readonly codes: readonly MoveRow[];
  readonly rules: readonly {
    readonly rule: string;
    readonly title: string;
    readonly before: string;
    readonly after: string;
    readonly difference: string;
  }[];
  readonly notes: readonly string[];
}

export interface Cell {
  readonly number: string;
  readonly charged: string;
}

export interface MoveRow extends Cell {
  readonly key: string;
  /** The code, or nothing. */
  readonly head: string;
  readonly before: Decision;
  readonly after: Decision;
}

export function impactView(
  rows: ImpactRows,
  encounters: number,
  titleOf: (rule: string) => string,
): ImpactView {
  const moved = (moves: readonly Move[], head: string): readonly MoveRow[] =>
    moves
      .filter(({ before, after }) => before !== after)
      .map(({ before, after, ...tally }) => ({
        key: `${head} ${before} ${after}`,
        head,
        before,
        after,
        ...cellOf(tally),
      }));
  return {
    sentence: sentenceOf(rows.changed, encounters),
    totals: decisionTotals(rows.encounters).map(({ decision, before, after }) => ({
      decision,
      before: cellOf(before),
      after: cellOf(after),
      difference: signed(after.count - before.count),
    })),
    moves: moved(rows.encounters, ''),
    codes: rows.byCode.flatMap(({ code, moves }) => moved(moves, code)),
    rules: rows.byRule
      .filter(({ before, after }) => before.violated.count !== after.violated.count)
      .map(({ rule, before, after }) => ({
        rule,
        title: titleOf(rule),
        before: number(before.violated.count),
        after: number(after.violated.count),
        difference: signed(after.violated.count - before.violated.count),
      })),
    notes:
      rows.linesWithoutCharge === 0
        ? []
        : [
            `${count(rows.linesWithoutCharge, 'claim line states', 'claim lines state')} no charge and ${rows.linesWithoutCharge === 1 ? 'counts' : 'count'} as nothing charged.`,
          ],
  };
}

function sentenceOf(changed: number, encounters: number): string {
  const all = `${number(encounters)} ${encounters === 1 ? 'encounter' : 'encounters'}`;
  if (changed === 0) return `None of the ${all} is decided otherwise.`;
  return `${number(changed)} of the ${all} ${changed === 1 ? 'is' : 'are'} decided otherwise, as a whole or in a line.`;
}

function cellOf({ count: many, cents }: Tally): Cell {
  return { number: number(many), charged: money(cents) };
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function signed(value: number): string {
  return value > 0 ? `+${number(value)}` : value < 0 ? `−${number(-value)}` : '0';
}

/** Whole cents as dollars: nothing is rounded. */
function money(cents: number): string {
  return `$${number(Math.floor(cents / 100))}.${String(cents % 100).padStart(2, '0')}`;
}
