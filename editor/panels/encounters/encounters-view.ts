import type { Decision } from '#engine';

import { decisionsByGravity } from '../../marks/words.ts';
import type { CaseOrder, CaseColumn } from '../../session/case-filters.ts';
import type { CaseRow } from '../../worker/protocol.ts';
import { factsOf, isFailing } from './case-filters.ts';

/** A row as it is drawn. */
export interface EncounterRow {
  readonly key: string;
  readonly title: string;
  readonly suite: string;
  readonly payer: string;
  readonly date: string;
  readonly codes: string;
  readonly decision: Decision | null;
  /** What the suite says must come out; null where nothing is expected. */
  readonly expected: Decision | null;
  /** What the release or the files on disk say; null where the encounter is not there. */
  readonly saved: Decision | null;
  /** The same, where it was another. */
  readonly before: Decision | null;
  readonly changed: boolean;
  readonly expectation: 'as expected' | 'not as expected' | 'not checked' | 'cannot be judged';
  /** What is wrong, for the second line of a tool tip and for those who listen. */
  readonly trouble: string | null;
}

/** In the order asked for; equals stay as they stand in the files. */
export function sortCases(cases: readonly CaseRow[], order: CaseOrder): readonly CaseRow[] {
  const keyed = cases.map((row) => ({ row, key: order ? sortKey(row, order.column) : rank(row) }));
  const sign = order?.descending ? -1 : 1;
  return keyed.toSorted((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -sign : sign)).map(({ row }) => row);
}

function rank(row: CaseRow): number {
  return row.changed ? 0 : isFailing(row) ? 1 : 2;
}

/** Decisions by their gravity, everything else by its text. */
function sortKey(row: CaseRow, column: CaseColumn): string | number {
  const gravity = (decision: Decision | null | undefined) =>
    decision ? decisionsByGravity.indexOf(decision) : decisionsByGravity.length;
  switch (column) {
    case 'title':
      return row.title.toLowerCase();
    case 'expected':
      return gravity(row.expected);
    case 'actual':
      return gravity(row.verdict?.decision);
    case 'saved':
      return gravity(row.earlierDecision);
    case 'payer':
      return row.payer;
    case 'date':
      return row.date;
    case 'codes':
      return factsOf(row).codes.join(' ');
    case 'suite':
      return row.suite.toLowerCase();
  }
}

const drawn = new WeakMap<CaseRow, EncounterRow>();

/** The row as it is drawn, worked out once for each. */
export function toRow(row: CaseRow): EncounterRow {
  const before = drawn.get(row);
  if (before) return before;
  const decision = row.verdict?.decision ?? null;
  const made: EncounterRow = {
    key: row.key,
    title: row.title,
    suite: row.suite,
    payer: row.payer,
    date: row.date,
    codes: codeWords(factsOf(row).codes),
    decision,
    expected: row.expected,
    saved: row.earlierDecision,
    before: row.earlierDecision !== decision ? row.earlierDecision : null,
    changed: row.changed,
    expectation: expectations[row.outcome],
    trouble: troubleOf(row),
  };
  drawn.set(row, made);
  return made;
}

/** The first three codes, and how many there are besides. */
function codeWords(codes: readonly string[]): string {
  return codes.length <= 4 ? codes.join(' ') : `${codes.slice(0, 3).join(' ')} +${codes.length - 3}`;
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly changed: number;
}

export function summaryOf(cases: readonly CaseRow[]): Summary {
  return {
    passed: cases.filter((row) => row.outcome === 'passed').length,
    failed: cases.filter(isFailing).length,
    changed: cases.filter((row) => row.changed).length,
  };
}

const expectations = {
  passed: 'as expected',
  failed: 'not as expected',
  errored: 'cannot be judged',
  skipped: 'not checked',
  unchecked: 'not checked',
} as const satisfies Record<CaseRow['outcome'], EncounterRow['expectation']>;

function troubleOf(row: CaseRow): string | null {
  if (!isFailing(row)) return null;
  const [difference, ...more] = row.differences;
  if (!difference) return row.reason;
  const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
  return `${difference.at}: expected ${difference.expected}, found ${difference.actual}${rest}`;
}

/**
 * Where typing leads: the next row behind `at` whose title begins with what was typed,
 * or that has a word that does; a single letter typed again goes on to the next.
 */
export function typedTo(rows: readonly Pick<CaseRow, 'title'>[], typed: string, at: number): number {
  const text = typed.toLowerCase();
  const first = text.slice(0, 1);
  const isOneLetter = text === first.repeat(text.length);
  const begin = isOneLetter ? at + 1 : Math.max(0, at);
  const wanted = isOneLetter ? first : text;
  const find = (fits: (title: string) => boolean): number => {
    for (let step = 0; step < rows.length; step += 1) {
      const index = (begin + step) % rows.length;
      if (fits(rows[index]!.title.toLowerCase())) return index;
    }
    return -1;
  };
  const found = find((title) => title.startsWith(wanted));
  return found !== -1 ? found : find((title) => title.split(/\s+/).some((word) => word.startsWith(wanted)));
}
