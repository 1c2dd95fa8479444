import type { Memory } from '../memory.ts';

/** A suite into which a case can be written. */
export interface SuiteRow {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly cases: number;
}

export function suites({ draft }: Memory): readonly SuiteRow[] {
  return draft.suites.map(({ id, title, source, cases }) => ({
    id,
    title,
    path: source.path,
    cases: cases.length,
  }));
}
