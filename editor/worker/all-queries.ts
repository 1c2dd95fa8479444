import type { Day } from '#engine';

import type { Memory } from './memory.ts';
import { encounterForm } from './queries/encounter-form.ts';
import { templates } from './queries/encounter-templates.ts';
import { fileForm } from './queries/file-form.ts';
import { fileFormEdits } from './queries/file-form-edits.ts';
import { completion } from './queries/completion.ts';
import { format } from './queries/format.ts';
import { hover } from './queries/hover.ts';
import { impact } from './queries/impact.ts';
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
import { suites } from './queries/suites.ts';
import { trial } from './queries/trial.ts';
import { writeCase } from './queries/write-case.ts';

/**
 * Everything the page can ask the worker besides verdicts, each by its name.
 * A query is a pure function of what the worker remembers; every change typed before it is already part of that.
 */
export const queries = {
  addMissingCase,
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
  encounterForm,
  templates,
  newEncounter,
  suites,
  trial,
  writeCase,
  personalData,
  shareLink,
  ruleForClause,
  satisfy,
  setClauseAside,
  sources,
  words,
  workspaceZip,
  outline,
  references,
  renamable,
  rename,
} as const satisfies Readonly<Record<string, AnyQuery>>;

// Parameters are contravariant, so `never` is what every query's parameters can be given as.
type AnyQuery = (memory: Memory, params: never, today: Day) => unknown;

type Queries = typeof queries;
export type QueryName = keyof Queries;
export type QueryParams<Name extends QueryName> = Parameters<Queries[Name]>[1];
export type QueryResult<Name extends QueryName> = ReturnType<Queries[Name]>;
