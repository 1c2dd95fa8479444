import type { Day, Diagnostic, Step, Workspace } from '#engine';
import {
  billedLines,
  createWorkspaceInSteps,
  explainTraces,
  formatDay,
  sameData,
  traceOf,
  updateWorkspace,
} from '#engine';

import { isSlow, queries } from './all-queries.ts';
import type { SlowQuery } from './all-queries.ts';
import { judgeCases } from './judge-cases.ts';
import { rowChanges } from './judged.ts';
import { earlierOf } from './memory.ts';
import type { Judging, Memory, Told, ToldRow } from './memory.ts';
import type {
  Answer,
  CaseRow,
  PayerRow,
  PolicyRow,
  Progress,
  Question,
  RowFindings,
  RowVerdict,
} from './protocol.ts';

/** One question answered: a new memory and what to say. Asking twice gives the same answer twice. */
export interface Answered {
  readonly memory: Memory | null;
  readonly answer: Untimed;
}

/** An answer without the time it took, which only the clock of the worker knows. */
export type Untimed = Answer extends infer A ? (A extends Answer ? Omit<A, 'milliseconds'> : never) : never;

/**
 * Between two steps the question may be given up for a newer one.
 * What the memory of the last step holds, above all the text as it was typed, is then kept.
 */
export interface AnswerStep extends Step {
  readonly memory: Memory | null;
  readonly doing: Progress['doing'] | 'comparing';
}

/** All steps at once. */
export function answer(
  memory: Memory | null,
  question: Question,
  today: Day,
  slow: SlowQuery | null = null,
): Answered {
  const steps = answerInSteps(memory, question, today, slow);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** `slow` is the query that is asked, where it is one that takes longer. */
export function* answerInSteps(
  memory: Memory | null,
  question: Question,
  today: Day,
  slow: SlowQuery | null = null,
): Generator<AnswerStep, Answered> {
  if (question.kind === 'open') return yield* open(question, today);
  if (!memory) throw new Error(`asked to ${question.kind} before the workspace was opened`);
  switch (question.kind) {
    case 'query':
      return { memory, answer: yield* told(memory, question, today, slow) };
    case 'against':
      return yield* against(memory, question, today);
    case 'stop':
      return { memory, answer: { kind: 'stopped', seq: question.seq } };
    case 'explain':
      return { memory, answer: explain(memory, question.seq, question.caseKey) };
    case 'change':
      return yield* change(memory, question, today);
  }
}

function* told(
  memory: Memory,
  { seq, name, params }: Extract<Question, { kind: 'query' }>,
  today: Day,
  slow: SlowQuery | null,
): Generator<AnswerStep, Untimed> {
  if (slow) {
    return { kind: 'told', seq, result: yield* during('comparing', memory, slow(memory, params, today)) };
  }
  if (isSlow(name)) throw new Error(`${name} was not loaded`);
  // The name and its parameters were paired by the client's types.
  const run = queries[name] as (memory: Memory, params: unknown, today: Day) => unknown;
  return { kind: 'told', seq, result: run(memory, params, today) };
}

function* against(
  memory: Memory,
  { seq, files, shown }: Extract<Question, { kind: 'against' }>,
  today: Day,
): Generator<AnswerStep, Answered> {
  const read = function* (of: typeof files) {
    return of === null ? null : yield* during('reading', memory, createWorkspaceInSteps(of));
  };
  const release = yield* read(files);
  return yield* tell({ ...memory, release, shown: yield* read(shown), baseline: null }, seq, today);
}

function* open(
  { seq, files }: Extract<Question, { kind: 'open' }>,
  today: Day,
): Generator<AnswerStep, Answered> {
  const draft = yield* during('reading', null, createWorkspaceInSteps(files));
  const nothing: Judging = { workspace: draft, cases: [], rules: [] };
  const read: Memory = {
    draft,
    saved: draft,
    release: null,
    shown: null,
    judged: nothing,
    baseline: null,
    told: null,
  };
  const judged = yield* during('judging', read, judgeCases(draft, null, today));
  return yield* tell({ ...read, judged }, seq, today);
}

function* change(
  memory: Memory,
  { seq, changes, saved }: Extract<Question, { kind: 'change' }>,
  today: Day,
): Generator<AnswerStep, Answered> {
  const changed: Memory = {
    ...memory,
    draft: updateWorkspace(memory.draft, changes),
    saved: saved ? updateWorkspace(memory.saved, changes) : memory.saved,
    baseline: saved && memory.release === null ? null : memory.baseline,
  };
  // A change that puts an error into a file would silently take its policy out of the verdicts: the last good ones stay.
  if (brokenBy(changed.draft, memory.judged.workspace)) return yield* tell(changed, seq, today);
  const judged = yield* during('judging', changed, judgeCases(changed.draft, memory.judged, today));
  return yield* tell({ ...changed, judged }, seq, today);
}

/** The steps of a part of the work, with what is remembered if they are broken off. */
function* during<T>(
  doing: AnswerStep['doing'],
  memory: Memory | null,
  steps: Generator<Step, T>,
): Generator<AnswerStep, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield { ...step.value, doing, memory };
  }
}

/** Whether a file that was judged, or is new since, has errors that it did not have when it was. */
function brokenBy(draft: Workspace, judged: Workspace): boolean {
  const before = errorsByPath(judged);
  return [...errorsByPath(draft)].some(([path, errors]) => errors > (before.get(path) ?? 0));
}

/**
 * A policy that cannot be read makes everything that mentions it wrong as well.
 * While a file that the author is changing has new errors, only what stands in changed files is told, and what was told before.
 */
function causesIn(draft: Workspace, judged: Workspace): readonly Diagnostic[] {
  const touched = (path: string): boolean => draft.files.get(path) !== judged.files.get(path);
  const own = draft.diagnostics.filter(({ place }) => touched(place.path));
  const before = errorsByPath(judged);
  const broken = [...errorsByPath(draft)].some(
    ([path, errors]) => touched(path) && errors > (before.get(path) ?? 0),
  );
  if (!broken) return draft.diagnostics;
  return [
    ...own,
    ...judged.diagnostics.filter(({ place }) => !touched(place.path) && draft.files.has(place.path)),
  ];
}

function errorsByPath(workspace: Workspace): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { severity, place } of workspace.diagnostics) {
    if (severity === 'error') counts.set(place.path, (counts.get(place.path) ?? 0) + 1);
  }
  return counts;
}

function* tell(memory: Memory, seq: number, today: Day): Generator<AnswerStep, Answered> {
  const { draft, judged } = memory;
  const baseline = memory.baseline ?? (yield* baselineOf(memory, today));
  const before = memory.told;
  const rows = beside(judged, baseline, before?.rows ?? []);
  const told: Told = {
    rows,
    diagnostics: orSame(causesIn(draft, judged.workspace), before?.diagnostics),
    rules: judged.rules,
    policies: orSame(policyRows(draft), before?.policies),
    payers: orSame(payerRows(draft), before?.payers),
    stale: judged.workspace !== draft,
  };
  const unless = <T>(value: T, known: T | undefined): T | null => (value === known ? null : value);
  const listed = (from: Told) => from.rows.map(({ row }) => row);
  return {
    memory: { ...memory, baseline, told },
    answer: {
      kind: 'judged',
      seq,
      rows: rowChanges(listed(told), before && listed(before)),
      diagnostics: unless(told.diagnostics, before?.diagnostics),
      rules: unless(told.rules, before?.rules),
      policies: unless(told.policies, before?.policies),
      payers: unless(told.payers, before?.payers),
      stale: told.stale,
    },
  };
}

/** What was told before, if that says the same. */
function orSame<T>(value: T, before: T | undefined): T {
  return before !== undefined && sameData(value, before) ? before : value;
}

function* baselineOf(memory: Memory, today: Day): Generator<AnswerStep, ReadonlyMap<string, RowVerdict>> {
  const { judged } = memory;
  const earlier = earlierOf(memory);
  const { cases } = sameFiles(earlier, judged.workspace)
    ? judged
    : yield* during('judging', memory, judgeCases(earlier, judged, today));
  return new Map(cases.flatMap(({ row }) => (row.verdict ? [[row.key, row.verdict]] : [])));
}

function sameFiles(a: Workspace, b: Workspace): boolean {
  return (
    a === b ||
    (a.files.size === b.files.size && [...a.files].every(([path, text]) => b.files.get(path) === text))
  );
}

/** The rows beside the earlier verdicts; a row from the same row and verdict as before is the same row. */
function beside(
  { cases }: Judging,
  baseline: ReadonlyMap<string, RowVerdict>,
  earlier: readonly ToldRow[],
): readonly ToldRow[] {
  let byKey: ReadonlyMap<string, ToldRow> | null = null;
  return cases.map(({ row: from }, position) => {
    const before = baseline.get(from.key) ?? null;
    let known = earlier[position];
    if (known?.from.key !== from.key) {
      byKey ??= new Map(earlier.map((it) => [it.from.key, it]));
      known = byKey.get(from.key);
    }
    if (known && known.from === from && known.before === before) return known;
    const changed = before !== null && from.verdict !== null && !decidesTheSame(before, from.verdict);
    const row: CaseRow = { ...from, earlierDecision: before?.decision ?? null, changed };
    return { from, before, row: known && sameData(row, known.row) ? known.row : row };
  });
}

/** What of a verdict an author would call a change: decisions, rules and units, not the wording of a message. */
function decidesTheSame(a: RowVerdict, b: RowVerdict): boolean {
  if (a === b) return true;
  const sameRules = (one: readonly { rule: string }[], other: readonly { rule: string }[]) =>
    one.length === other.length && one.every(({ rule }, position) => rule === other[position]!.rule);
  const sameFindings = (one: RowFindings, other: RowFindings) =>
    sameRules(one.violated, other.violated) && sameRules(one.undetermined, other.undetermined);
  return (
    a.decision === b.decision &&
    a.lines.length === b.lines.length &&
    sameFindings(a.visit, b.visit) &&
    a.lines.every((line, position) => {
      const other = b.lines[position]!;
      return (
        line.decision === other.decision &&
        line.supportableUnits === other.supportableUnits &&
        sameFindings(line, other)
      );
    })
  );
}

function explain({ judged }: Memory, seq: number, caseKey: string): Untimed {
  const found = judged.cases.find(({ row }) => row.key === caseKey);
  if (!found?.ready || !found.kept) return { kind: 'explained', seq, caseKey, explanations: [], lines: [] };
  const { program, table, encounter } = found.ready;
  const explanations = explainTraces(traceOf(program, table), found.kept.verdict, judged.workspace);
  return { kind: 'explained', seq, caseKey, explanations, lines: billedLines(encounter) };
}

function policyRows({ policies }: Workspace): readonly PolicyRow[] {
  const dayText = (day: number | null) => (day === null ? null : formatDay(day));
  return policies.map(({ place, id, title, kind, payers, from, to, received }) => ({
    path: place.path,
    id,
    title,
    kind,
    payers,
    from: formatDay(from),
    to: dayText(to),
    received: received && { from: dayText(received.from), to: dayText(received.to) },
  }));
}

/** `short` may go on after a comma; the part before it is the name. */
function payerRows({ lists }: Workspace): readonly PayerRow[] {
  const entries = lists.find(({ id }) => id === 'payers')?.entries ?? [];
  return entries.map(({ value, short }) => ({ id: value, title: short.split(',')[0] || value }));
}
