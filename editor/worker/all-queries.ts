import type { Day, Step } from '#engine';

import type { Memory } from './memory.ts';
import { encounterForm } from './queries/encounter-form.ts';
import { templates } from './queries/encounter-templates.ts';
import { fileForm } from './queries/file-form.ts';
import { fileFormEdits } from './queries/file-form-edits.ts';
import { bothTexts } from './queries/both-texts.ts';
import { completion } from './queries/completion.ts';
import { format } from './queries/format.ts';
import { hover } from './queries/hover.ts';
import { impact } from './queries/impact.ts';
import { keepExample } from './queries/keep-example.ts';
import { ruleForClause } from './queries/rule-for-clause.ts';
import { satisfy } from './queries/satisfy.ts';
import { setClauseAside } from './queries/set-clause-aside.ts';
import { sources } from './queries/sources.ts';
import { words } from './queries/words.ts';
import { aboutProblem, fixes, problemKinds } from './queries/fixes.ts';
import { definition, folding, outline, references, renamable, rename } from './queries/names.ts';
import { personalData } from './queries/personal-data.ts';
import { shareLink } from './queries/share-link.ts';
import { addMissingCase, untried } from './queries/untried.ts';
import { workspaceZip } from './queries/workspace-zip.ts';
import { newEncounter } from './queries/new-encounter.ts';
import { newRevision } from './queries/new-revision.ts';
import { suites } from './queries/suites.ts';
import { timeline } from './queries/timeline.ts';
import { trial } from './queries/trial.ts';
import { writeCase } from './queries/write-case.ts';

/**
 * Everything the page can ask the worker besides verdicts, each by its name.
 * A query is a pure function of what the worker remembers; every change typed before it is already part of that.
 */
export const queries = {
  addMissingCase,
  bothTexts,
  untried,
  completion,
  hover,
  impact,
  aboutProblem,
  problemKinds,
  definition,
  fixes,
  folding,
  format,
  fileForm,
  fileFormEdits,
  keepExample,
  encounterForm,
  templates,
  newEncounter,
  newRevision,
  suites,
  trial,
  writeCase,
  personalData,
  shareLink,
  ruleForClause,
  satisfy,
  setClauseAside,
  sources,
  timeline,
  words,
  workspaceZip,
  outline,
  references,
  renamable,
  rename,
} as const satisfies Readonly<Record<string, AnyQuery>>;

/**
 * Those that take longer: they work in steps, come after the verdicts, and are given up for a newer change, or for the
 * same question asked again. Whoever asked is then told null.
 * They are loaded when they are first asked: what partitions all encounters is a fifth of the worker, and no verdict needs it.
 */
const slowQueries = {
  compare: async () => (await import('./queries/compare.ts')).compare,
  notice: async () => (await import('./queries/notice.ts')).notice,
} as const satisfies Readonly<Record<string, () => Promise<AnySlowQuery>>>;

// Parameters are contravariant, so `never` is what every query's parameters can be given as.
type AnyQuery = (memory: Memory, params: never, today: Day) => unknown;
type AnySlowQuery = (memory: Memory, params: never, today: Day) => Generator<Step, unknown>;

type Queries = typeof queries;
type SlowQueries = {
  readonly [Name in keyof typeof slowQueries]: Awaited<ReturnType<(typeof slowQueries)[Name]>>;
};
/** A slow query, whose name and parameters were paired by the client's types. */
export type SlowQuery = (memory: Memory, params: unknown, today: Day) => Generator<Step, unknown>;
export type SlowQueryName = keyof SlowQueries;
export type QueryName = keyof Queries | SlowQueryName;
export type QueryParams<Name extends QueryName> = Parameters<(Queries & SlowQueries)[Name]>[1];
export type QueryResult<Name extends QueryName> = Name extends SlowQueryName
  ? (ReturnType<SlowQueries[Name]> extends Generator<Step, infer T> ? T : never) | null
  : Name extends keyof Queries
    ? ReturnType<Queries[Name]>
    : never;

/** Null: the name is that of a quick one. */
export async function loadSlow(name: QueryName): Promise<SlowQuery | null> {
  return isSlow(name) ? ((await slowQueries[name]()) as SlowQuery) : null;
}

export function isSlow(name: QueryName): name is SlowQueryName {
  return name in slowQueries;
}
