import type { Decision } from '#engine';

import { decisionsByGravity } from '../../marks/words.ts';
import type { CaseFilter } from '../../session/session.ts';
import type { CaseRow } from '../../worker/protocol.ts';

export interface EncounterRow {
  readonly key: string;
  readonly title: string;
  readonly suite: string;
  readonly date: string;
  readonly decision: Decision | null;
  /** The decision as last saved, where it was another. */
  readonly before: Decision | null;
  readonly changed: boolean;
  readonly expectation: 'as expected' | 'not as expected' | 'not checked' | 'cannot be judged';
  /** What is wrong, for the second line of a tool tip and for those who listen. */
  readonly trouble: string | null;
}

export interface FilterCount {
  readonly filter: CaseFilter;
  readonly count: number;
}

/** The rows to show: those that changed first, then those that fail, each in the order of the files. */
export function encounterRows(
  cases: readonly CaseRow[],
  filter: CaseFilter,
  search: string,
): readonly EncounterRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return cases
    .filter((row) => passes(row, filter) && words.every((word) => searchText(row).includes(word)))
    .map((row, at) => ({ row, at }))
    .toSorted((a, b) => rank(a.row) - rank(b.row) || a.at - b.at)
    .map(({ row }) => toRow(row));
}

/** The chips: always all, changed and failing, then each decision that occurs, gravest first. */
export function filterCounts(cases: readonly CaseRow[]): readonly FilterCount[] {
  const countOf = (filter: CaseFilter) => cases.filter((row) => passes(row, filter)).length;
  const always = (['all', 'changed', 'failing'] as const).map((filter) => ({
    filter,
    count: countOf(filter),
  }));
  const byDecision = decisionsByGravity.map((filter) => ({ filter, count: countOf(filter) }));
  return [...always, ...byDecision.filter(({ count }) => count > 0)];
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

function passes(row: CaseRow, filter: CaseFilter): boolean {
  if (filter === 'all') return true;
  if (filter === 'changed') return row.changed;
  if (filter === 'failing') return isFailing(row);
  return row.verdict?.decision === filter;
}

function isFailing(row: CaseRow): boolean {
  return row.outcome === 'failed' || row.outcome === 'errored';
}

function rank(row: CaseRow): number {
  return row.changed ? 0 : isFailing(row) ? 1 : 2;
}

/** Everything a person might type to find a case: its words, its codes, and the rules it breaks. */
function searchText(row: CaseRow): string {
  const { verdict } = row;
  const lines = verdict?.lines ?? [];
  const findings = [...(verdict?.visit.violated ?? []), ...lines.flatMap((line) => line.violated)];
  const open = [...(verdict?.visit.undetermined ?? []), ...lines.flatMap((line) => line.undetermined)];
  const codes = lines.map((line) => line.code);
  const rules = [...findings, ...open].map((finding) => finding.rule);
  return [row.title, row.suite, row.payer, row.date, ...codes, ...rules].join(' ').toLowerCase();
}

function toRow(row: CaseRow): EncounterRow {
  const decision = row.verdict?.decision ?? null;
  return {
    key: row.key,
    title: row.title,
    suite: row.suite,
    date: row.date,
    decision,
    before: row.savedDecision !== decision ? row.savedDecision : null,
    changed: row.changed,
    expectation: expectations[row.outcome],
    trouble: troubleOf(row),
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
