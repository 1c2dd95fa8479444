import type { Day, Diagnostic, Judgement, Verdict, Workspace } from '#engine';
import {
  createWorkspace,
  expectedDecision,
  explainTraces,
  formatDay,
  judge,
  outcomesIn,
  outcomeCode,
  resultOf,
  traceOf,
  updateWorkspace,
  verdictOf,
} from '#engine';

import { queries } from './all-queries.ts';
import type { JudgedCase, Judging, Memory } from './memory.ts';
import type { Answer, CaseRow, PayerRow, PolicyRow, Question, RuleCount } from './protocol.ts';

/** One question answered: a new memory and what to say. Asking twice gives the same answer twice. */
export function answer(
  memory: Memory | null,
  question: Question,
  today: Day,
): { memory: Memory | null; answer: Untimed } {
  if (question.kind === 'open') {
    const draft = createWorkspace(question.files);
    return tell(
      { draft, saved: draft, judged: judgeAll(draft, today), baseline: new Map() },
      question.seq,
      today,
    );
  }
  if (!memory) throw new Error(`asked to ${question.kind} before the workspace was opened`);
  if (question.kind === 'query') return { memory, answer: told(memory, question, today) };
  if (question.kind === 'change') return tell(changed(memory, question, today), question.seq, today);
  return { memory, answer: explain(memory, question.seq, question.caseKey) };
}

function told(
  memory: Memory,
  { seq, name, params }: Extract<Question, { kind: 'query' }>,
  today: Day,
): Untimed {
  // The name and its parameters were paired by the client's types.
  const run = queries[name] as (memory: Memory, params: unknown, today: Day) => unknown;
  return { kind: 'told', seq, result: run(memory, params, today) };
}

/** An answer without the time it took, which only the clock of the worker knows. */
export type Untimed = Answer extends infer A ? (A extends Answer ? Omit<A, 'milliseconds'> : never) : never;

function changed(memory: Memory, question: Extract<Question, { kind: 'change' }>, today: Day): Memory {
  const draft = updateWorkspace(memory.draft, question.changes);
  const saved = question.saved ? updateWorkspace(memory.saved, question.changes) : memory.saved;
  // A change that puts an error into a file would silently take its policy out of the verdicts: the last good ones stay.
  const judged = brokenBy(draft, memory.judged.workspace) ? memory.judged : judgeAll(draft, today);
  return { draft, saved, judged, baseline: question.saved ? new Map() : memory.baseline };
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

function tell(memory: Memory, seq: number, today: Day): { memory: Memory; answer: Untimed } {
  const { draft, saved, judged } = memory;
  const fresh = memory.baseline.size === 0;
  const baseline = fresh ? baselineOf(saved, judged, today) : memory.baseline;
  const rows = judged.cases.map(({ row }) => against(row, baseline.get(row.key) ?? null));
  return {
    memory: { ...memory, baseline },
    answer: {
      kind: 'judged',
      seq,
      diagnostics: causesIn(draft, judged.workspace),
      cases: rows,
      rules: judged.rules,
      policies: policyRows(draft),
      payers: payerRows(draft),
      stale: judged.workspace !== draft,
    },
  };
}

function baselineOf(saved: Workspace, judged: Judging, today: Day): ReadonlyMap<string, Verdict> {
  const { cases } = sameFiles(saved, judged.workspace) ? judged : judgeAll(saved, today);
  return new Map(cases.flatMap(({ row }) => (row.verdict ? [[row.key, row.verdict]] : [])));
}

function sameFiles(a: Workspace, b: Workspace): boolean {
  return (
    a === b ||
    (a.files.size === b.files.size && [...a.files].every(([path, text]) => b.files.get(path) === text))
  );
}

function against(row: CaseRow, before: Verdict | null): CaseRow {
  const changed = before !== null && row.verdict !== null && essenceOf(before) !== essenceOf(row.verdict);
  return { ...row, savedDecision: before?.decision ?? null, changed };
}

/** What of a verdict an author would call a change: decisions, rules and units, not the wording of a message. */
function essenceOf({ decision, lines, visit }: Verdict): string {
  const rules = ({ violated, undetermined }: Verdict['visit']) => [
    violated.map(({ rule }) => rule),
    undetermined.map(({ rule }) => rule),
  ];
  return JSON.stringify([
    decision,
    rules(visit),
    lines.map((line) => [line.decision, line.supportableUnits, ...rules(line)]),
  ]);
}

function judgeAll(workspace: Workspace, today: Day): Judging {
  const counts = createCounts(workspace);
  const cases: JudgedCase[] = [];
  const policiesOf = new Map(
    workspace.suites.map(({ id, policies }) => [id, policies && policies.map(({ text }) => text)]),
  );
  for (const suiteCase of workspace.cases) {
    const { ready } = suiteCase;
    const judgement = ready && judge(ready.program, ready.table);
    if (judgement) countOutcomes(counts, judgement);
    const judged = judgement && { verdict: verdictOf(judgement), outcomeOf: outcomesIn(judgement) };
    const { outcome, reason, differences, verdict, path, place } = resultOf(suiteCase, judged, today);
    cases.push({
      ready,
      row: {
        key: `${suiteCase.suite}/${suiteCase.id}`,
        suite: suiteCase.suiteTitle,
        title: suiteCase.title,
        path,
        place,
        payer: ready?.table.payer ?? '',
        date: ready ? formatDay(ready.table.day) : '',
        outcome,
        reason,
        differences,
        verdict,
        expected: ready ? expectedDecision(ready.expect) : null,
        judgedBy: policiesOf.get(suiteCase.suite) ?? null,
        savedDecision: null,
        changed: false,
      },
    });
  }
  const bases = basePaths(workspace);
  for (const { path, encounter, table } of workspace.encounters) {
    if (!encounter || !table || bases.has(path)) continue;
    const judgement = judge(workspace.program, table);
    countOutcomes(counts, judgement);
    cases.push({
      ready: { encounter, table, program: workspace.program },
      row: {
        key: path,
        suite: 'Encounters',
        title: encounter.title === '' ? encounter.id : encounter.title,
        path,
        place: { line: 1, column: 1 },
        payer: table.payer,
        date: formatDay(table.day),
        outcome: 'unchecked',
        reason: null,
        differences: [],
        verdict: verdictOf(judgement),
        expected: null,
        judgedBy: null,
        savedDecision: null,
        changed: false,
      },
    });
  }
  return { workspace, cases, rules: [...counts.values()] };
}

/** The encounters that suites start from: their cases show them, so they do not stand in the list once more. */
function basePaths({ suites }: Workspace): ReadonlySet<string> {
  return new Set(
    suites.flatMap(({ source, base, cases }) =>
      [base, ...cases.map((suiteCase) => suiteCase.base)].flatMap((it) =>
        it ? [beside(source.path, it.text)] : [],
      ),
    ),
  );
}

/** A path relative to the folder of a file, within the workspace. */
function beside(file: string, relative: string): string {
  const steps = file.split('/').slice(0, -1);
  for (const step of relative.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
}

interface Count extends RuleCount {
  met: number;
  violated: number;
  notApplicable: number;
  undetermined: number;
}

/** By the place where a rule is written, so that two revisions of a policy are counted apart. */
function createCounts({ policies }: Workspace): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const { rules } of policies) {
    for (const { id, title, place } of rules) {
      const { path, line } = place;
      counts.set(`${path}:${line}`, {
        rule: id,
        title,
        path,
        line,
        met: 0,
        violated: 0,
        notApplicable: 0,
        undetermined: 0,
      });
    }
  }
  return counts;
}

const gravestFirst = [
  [outcomeCode.violated, 'violated'],
  [outcomeCode.undetermined, 'undetermined'],
  [outcomeCode.met, 'met'],
] as const;

/** One case counts once for a rule, by the gravest outcome among its lines. */
function countOutcomes(counts: Map<string, Count>, judgement: Judgement): void {
  for (const { epoch, lines, visit } of judgement.policies) {
    const seen = (rules: typeof epoch.lineRules, subjects: readonly Uint8Array[]) => {
      rules.forEach(({ rule }, position) => {
        const count = counts.get(`${rule.place.path}:${rule.place.line}`);
        if (!count) return;
        const found = gravestFirst.find(([code]) => subjects.some((outcomes) => outcomes[position] === code));
        count[found?.[1] ?? 'notApplicable'] += 1;
      });
    };
    seen(epoch.lineRules, lines);
    seen(epoch.visitRules, [visit]);
  }
}

function explain({ judged }: Memory, seq: number, caseKey: string): Untimed {
  const found = judged.cases.find(({ row }) => row.key === caseKey);
  if (!found?.ready || !found.row.verdict)
    return { kind: 'explained', seq, caseKey, explanations: [], lines: [] };
  const { program, table, encounter } = found.ready;
  const explanations = explainTraces(traceOf(program, table), found.row.verdict, judged.workspace);
  const lines = encounter.lines.map(({ claim }, index) => {
    const units = claim.get('line.units');
    return {
      line: index + 1,
      code: String(claim.get('line.code') ?? ''),
      units: typeof units === 'number' ? units : null,
    };
  });
  return { kind: 'explained', seq, caseKey, explanations, lines };
}

function policyRows({ policies }: Workspace): readonly PolicyRow[] {
  return policies.map(({ place, id, title, kind, payers, from, to }) => ({
    path: place.path,
    id,
    title,
    kind,
    payers,
    from: formatDay(from),
    to: to === null ? null : formatDay(to),
  }));
}

/** `short` may go on after a comma; the part before it is the name. */
function payerRows({ lists }: Workspace): readonly PayerRow[] {
  const entries = lists.find(({ id }) => id === 'payers')?.entries ?? [];
  return entries.map(({ value, short }) => ({ id: value, title: short.split(',')[0] || value }));
}
