import type { Session } from '../../session/session.ts';
import type { CaseRow } from '../../worker/protocol.ts';

/** How the cases of one suite came out. */
export interface SuiteRow {
  readonly title: string;
  readonly path: string;
  readonly passed: number;
  readonly failed: number;
  /** Skipped, or without an expectation. */
  readonly unchecked: number;
}

/** Suites that fail first, then by title. */
export function suiteRows(cases: readonly CaseRow[]): readonly SuiteRow[] {
  const rows = new Map<string, SuiteRow>();
  for (const { suite, path, outcome } of cases) {
    // Encounters that stand by themselves belong to no suite.
    if (outcome === 'unchecked') continue;
    const row = rows.get(path) ?? { title: suite, path, passed: 0, failed: 0, unchecked: 0 };
    rows.set(path, { ...row, [countFor[outcome]]: row[countFor[outcome]] + 1 });
  }
  return [...rows.values()].toSorted(
    (a, b) => Number(b.failed > 0) - Number(a.failed > 0) || order.compare(a.title, b.title),
  );
}

const order = new Intl.Collator('en', { numeric: true });
const countFor = { passed: 'passed', failed: 'failed', errored: 'failed', skipped: 'unchecked' } as const;

/** `3 of 25 fail`, or `25 pass`. */
export function suitesNote({ judged }: Pick<Session, 'judged'>): string | null {
  if (judged === null) return null;
  const rows = suiteRows(judged.cases);
  const failing = rows.filter((row) => row.failed > 0).length;
  if (rows.length === 0) return 'none';
  return failing > 0
    ? `${failing} of ${rows.length} fail`
    : rows.length === 1
      ? 'passes'
      : `all ${rows.length} pass`;
}

/** Words for those who listen, and for the tip: `46 as expected, 2 not as expected, 1 not checked`. */
export function suiteWords({ passed, failed, unchecked }: SuiteRow): string {
  return [
    `${passed} as expected`,
    ...(failed > 0 ? [`${failed} not as expected`] : []),
    ...(unchecked > 0 ? [`${unchecked} not checked`] : []),
  ].join(', ');
}
