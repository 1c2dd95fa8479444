import type { EncounterFile, JudgedTable, ReadyCase, Workspace } from '#engine';

import type { Judged } from './judged.ts';
import type { CaseRow, RowVerdict, RuleCount } from './protocol.ts';

/** What the worker remembers between questions. */
export interface Memory {
  /** The files as the author has them, and as they are on disk. */
  readonly draft: Workspace;
  readonly saved: Workspace;
  /** The release that everything is compared with; null: the files on disk are. */
  readonly release: Workspace | null;
  /** The release whose changes are looked at; null: what the author has. */
  readonly shown: Workspace | null;
  /** The last draft that could be judged as a whole: verdicts and explanations are always of this one. */
  readonly judged: Judging;
  /** The verdicts by what everything is compared with, by case; null: not known yet. */
  readonly baseline: ReadonlyMap<string, RowVerdict> | null;
  /** What the page knows, so that it is told only what is other than that; null: nothing yet. */
  readonly told: Told | null;
}

/** What everything is compared with. */
export function earlierOf({ release, saved }: Memory): Workspace {
  return release ?? saved;
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
  readonly from: ReadyCase | EncounterFile;
  /** What the engine needs to judge it again. */
  readonly kept: JudgedTable | null;
}

export type Ready = Pick<NonNullable<ReadyCase['ready']>, 'encounter' | 'table' | 'program'>;

export interface Told extends Omit<Judged, 'cases'> {
  readonly rows: readonly ToldRow[];
}

/** One row as it was told, with the row and the earlier verdict from which it was made. */
export interface ToldRow {
  readonly row: CaseRow;
  readonly from: CaseRow;
  readonly before: RowVerdict | null;
}
