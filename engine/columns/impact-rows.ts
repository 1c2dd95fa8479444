import { decisions } from '../evaluate/outcome.ts';
import type { Decision } from '../evaluate/outcome.ts';
import { movesFrom, noImpact, nothing } from './impact.ts';
import type { Impact, Moves, RuleTally, Tally } from './impact.ts';

/** An impact as plain data, to be written down, sent or shown; moves that never happened are left out. */
export interface ImpactRows {
  readonly encounters: readonly Move[];
  readonly lines: readonly Move[];
  readonly byCode: readonly { readonly code: string; readonly moves: readonly Move[] }[];
  readonly byPayer: readonly { readonly payer: string; readonly moves: readonly Move[] }[];
  readonly byRule: readonly {
    readonly rule: string;
    readonly before: RuleTally;
    readonly after: RuleTally;
  }[];
  readonly changed: number;
  readonly linesWithoutCharge: number;
}

/** How many went from one decision to another, or stayed, and what was charged for them in whole cents. */
export interface Move extends Tally {
  readonly before: Decision;
  readonly after: Decision;
}

/** Codes, payers and rules in the order of their names. INVARIANT: `impactOfRows` gives the same impact again. */
export function rowsOfImpact(impact: Impact): ImpactRows {
  const { encounters, lines, byCode, byPayer, byRule, changed, linesWithoutCharge } = impact;
  return {
    encounters: moveRows(encounters),
    lines: moveRows(lines),
    byCode: inOrder(byCode).map(([code, moves]) => ({ code, moves: moveRows(moves) })),
    byPayer: inOrder(byPayer).map(([payer, moves]) => ({ payer, moves: moveRows(moves) })),
    byRule: inOrder(byRule).map(([rule, tallies]) => ({ rule, ...tallies })),
    changed,
    linesWithoutCharge,
  };
}

export function impactOfRows({
  encounters,
  lines,
  byCode,
  byPayer,
  byRule,
  changed,
  linesWithoutCharge,
}: ImpactRows): Impact {
  return {
    encounters: movesOf(encounters),
    lines: movesOf(lines),
    byCode: new Map(byCode.map(({ code, moves }) => [code, movesOf(moves)])),
    byPayer: new Map(byPayer.map(({ payer, moves }) => [payer, movesOf(moves)])),
    byRule: new Map(byRule.map(({ rule, before, after }) => [rule, { before, after }])),
    changed,
    linesWithoutCharge,
  };
}

/** By decision, gravest first: how many there were before, and how many there are after; decisions without any are left out. */
export function decisionTotals(
  moves: readonly Move[],
): readonly { readonly decision: Decision; readonly before: Tally; readonly after: Tally }[] {
  return decisions.flatMap((decision) => {
    const sum = (end: 'before' | 'after') =>
      moves.reduce(
        (so, move) =>
          move[end] === decision ? { count: so.count + move.count, cents: so.cents + move.cents } : so,
        nothing,
      );
    const [before, after] = [sum('before'), sum('after')];
    return before.count + after.count === 0 ? [] : [{ decision, before, after }];
  });
}

function moveRows(moves: Moves): readonly Move[] {
  return decisions.flatMap((before) =>
    decisions.flatMap((after) => {
      const { count, cents } = moves[before][after];
      return count === 0 ? [] : [{ before, after, count, cents }];
    }),
  );
}

function movesOf(rows: readonly Move[]): Moves {
  if (rows.length === 0) return noImpact.encounters;
  return movesFrom((from, to) => {
    const row = rows.find(({ before, after }) => before === from && after === to);
    return row ? { count: row.count, cents: row.cents } : nothing;
  });
}

function inOrder<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
