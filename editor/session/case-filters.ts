import type { Decision } from '#engine';

/** Which saved encounters are shown. Filters combine; of several decisions any will do. */
export interface CaseFilters {
  readonly shows: readonly CaseShow[];
  readonly rule: string | null;
  readonly payer: string | null;
  readonly suite: string | null;
  /** Only encounters that the open policy judges. */
  readonly ofPolicy: boolean;
}

export type CaseShow = 'changed' | 'failing' | Decision;

export const everyCase: CaseFilters = { shows: [], rule: null, payer: null, suite: null, ofPolicy: false };

/** The columns of the grid, in their order. */
export const caseColumns = [
  'title',
  'expected',
  'actual',
  'saved',
  'payer',
  'date',
  'codes',
  'suite',
] as const;
export type CaseColumn = (typeof caseColumns)[number];

/** Null: what changed first, then what fails, then the order of the files. */
export type CaseOrder = { readonly column: CaseColumn; readonly descending: boolean } | null;
