import type { Diagnostic } from '#engine';

import type { Answer, CaseRow, PayerRow, PolicyRow, RuleCount } from './protocol.ts';

/** What the page knows of the verdicts. What an answer does not change stays the very same object. */
export interface Judged {
  readonly diagnostics: readonly Diagnostic[];
  readonly cases: readonly CaseRow[];
  readonly rules: readonly RuleCount[];
  readonly policies: readonly PolicyRow[];
  readonly payers: readonly PayerRow[];
  /** The verdicts are those of the last text without errors. */
  readonly stale: boolean;
}

/** What the page knows after an answer, which tells only what is other than before. The first tells everything. */
export function readJudged(
  before: Judged | null,
  answer: Omit<Extract<Answer, { kind: 'judged' }>, 'milliseconds'>,
): Judged {
  return readOver(before ?? nothing, answer);
}

const nothing: Judged = { diagnostics: [], cases: [], rules: [], policies: [], payers: [], stale: false };

function readOver(before: Judged, answer: Parameters<typeof readJudged>[1]): Judged {
  const after: Judged = {
    diagnostics: answer.diagnostics ?? before.diagnostics,
    cases: readRows(before.cases, answer.rows),
    rules: answer.rules ?? before.rules,
    policies: answer.policies ?? before.policies,
    payers: answer.payers ?? before.payers,
    stale: answer.stale,
  };
  const parts = Object.keys(after) as readonly (keyof Judged)[];
  return parts.every((part) => after[part] === before[part]) ? before : after;
}

/** The list of rows told as what is other than in the list before. */
export type RowChanges =
  /** The same rows in the same places, but for these. */
  | { readonly kind: 'some'; readonly rows: readonly (readonly [position: number, row: CaseRow])[] }
  /** Another list: each row new, or by its position before. */
  | { readonly kind: 'all'; readonly rows: readonly (number | CaseRow)[] };

function readRows(before: readonly CaseRow[], changes: RowChanges): readonly CaseRow[] {
  if (changes.kind === 'all')
    return changes.rows.map((row) => (typeof row === 'number' ? before[row]! : row));
  if (changes.rows.length === 0) return before;
  const cases = [...before];
  for (const [position, row] of changes.rows) cases[position] = row;
  return cases;
}

export function rowChanges(rows: readonly CaseRow[], before: readonly CaseRow[] | null): RowChanges {
  if (before === null) return { kind: 'all', rows };
  if (rows.length === before.length && rows.every(({ key }, position) => key === before[position]!.key)) {
    return {
      kind: 'some',
      rows: rows.flatMap((row, position) => (row === before[position] ? [] : [[position, row] as const])),
    };
  }
  const positions = new Map(before.map((row, position) => [row, position]));
  return { kind: 'all', rows: rows.map((row) => positions.get(row) ?? row) };
}
