import type { ReadyCase, Verdict, Workspace } from '#engine';

import type { CaseRow, RuleCount } from './protocol.ts';

/** What the worker remembers between questions. */
export interface Memory {
  /** The files as the author has them, and as they are on disk. */
  readonly draft: Workspace;
  readonly saved: Workspace;
  /** The last draft that could be judged as a whole: verdicts and explanations are always of this one. */
  readonly judged: Judging;
  /** The verdicts of the files on disk, by case. */
  readonly baseline: ReadonlyMap<string, Verdict>;
}

/** Every case and every free encounter of a workspace, judged. */
export interface Judging {
  readonly workspace: Workspace;
  readonly cases: readonly JudgedCase[];
  readonly rules: readonly RuleCount[];
}

export interface JudgedCase {
  readonly row: CaseRow;
  readonly ready: Ready | null;
}

export type Ready = Pick<NonNullable<ReadyCase['ready']>, 'encounter' | 'table' | 'program'>;
