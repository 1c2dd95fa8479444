import type {
  Day,
  EncounterFile,
  Epoch,
  JudgeAgain,
  JudgedTable,
  Judgement,
  Program,
  ReadyCase,
  Step,
  Verdict,
  Workspace,
} from '#engine';
import {
  createJudgeAgain,
  eachRuleOnce,
  expectedDecision,
  formatDay,
  joinPath,
  outcomeCode,
  outcomesIn,
  resultOf,
  sameData,
} from '#engine';

import type { JudgedCase, Judging } from './memory.ts';
import type { CaseRow, RowFindings, RowVerdict, RuleCount } from './protocol.ts';

/** How many cases are judged between two pauses: a few milliseconds of work. */
const casesOfStep = 100;

/**
 * Judges every case and every free encounter, taking over from an earlier judging whatever the change did not touch.
 * Rows that come out the same are the very same objects.
 */
export function* judgeCases(
  workspace: Workspace,
  before: Judging | null,
  today: Day,
): Generator<Step, Judging> {
  const judgeWith = judgesByProgram();
  const earlier = lookUp(before?.cases ?? []);
  const cases: JudgedCase[] = [];
  const free = freeEncounters(workspace);
  const policiesOf = new Map(
    workspace.suites.map(({ id, policies }) => [id, policies && policies.map(({ text }) => text)]),
  );
  const total = workspace.cases.length + free.length;
  for (const suiteCase of workspace.cases) {
    if (cases.length % casesOfStep === 0) yield { done: cases.length, total };
    const key = `${suiteCase.suite}/${suiteCase.id}`;
    const judgedBy = policiesOf.get(suiteCase.suite) ?? null;
    cases.push(judgeCase(key, suiteCase, judgedBy, earlier(key, cases.length), judgeWith, today));
  }
  for (const file of free) {
    if (cases.length % casesOfStep === 0) yield { done: cases.length, total };
    cases.push(judgeFree(file, workspace.program, earlier(file.path, cases.length), judgeWith));
  }
  const rules = countOutcomes(workspace, cases);
  return { workspace, cases, rules: before && sameData(rules, before.rules) ? before.rules : rules };
}

/** Suites without policies of their own share the program of the workspace, and what was found out about it. */
function judgesByProgram(): (program: Program) => JudgeAgain {
  const known = new Map<Program, JudgeAgain>();
  return (program) => {
    const judge = known.get(program) ?? createJudgeAgain(program);
    known.set(program, judge);
    return judge;
  };
}

/** Finds a case by its key, first where it was the last time. */
function lookUp(cases: readonly JudgedCase[]): (key: string, position: number) => JudgedCase | null {
  let byKey: ReadonlyMap<string, JudgedCase> | null = null;
  return (key, position) => {
    const there = cases[position];
    if (there?.row.key === key) return there;
    byKey ??= new Map(cases.map((it) => [it.row.key, it]));
    return byKey.get(key) ?? null;
  };
}

function judgeCase(
  key: string,
  suiteCase: ReadyCase,
  judgedBy: readonly string[] | null,
  before: JudgedCase | null,
  judgeWith: (program: Program) => JudgeAgain,
  today: Day,
): JudgedCase {
  const { ready } = suiteCase;
  const kept = ready && judgeWith(ready.program)(ready.table, before?.kept ?? null);
  if (before && sameResult(suiteCase, kept, before) && sameData(judgedBy, before.row.judgedBy))
    return { row: before.row, ready, from: suiteCase, kept };
  const judged = kept && { verdict: kept.verdict, outcomeOf: outcomesIn(kept.judgement) };
  const { outcome, reason, differences, verdict, path, place } = resultOf(suiteCase, judged, today);
  const row: CaseRow = {
    key,
    suite: suiteCase.suiteTitle,
    title: suiteCase.title,
    path,
    place,
    payer: ready?.table.payer ?? '',
    date: ready ? formatDay(ready.table.day) : '',
    outcome,
    reason,
    differences,
    verdict: verdict && rowVerdict(verdict),
    expected: ready ? expectedDecision(ready.expect) : null,
    judgedBy,
    earlierDecision: null,
    changed: false,
  };
  return { row: sameRow(row, before), ready, from: suiteCase, kept };
}

/** Whether a case says the same of itself, expects the same, and was decided in the same way. */
function sameResult(suiteCase: ReadyCase, kept: JudgedTable | null, before: JudgedCase): boolean {
  const { from } = before;
  if (!('suite' in from)) return false;
  // A known gap depends on the day, and the outcomes of rules may be expected beside the verdict.
  if (suiteCase.knownGap || from.knownGap || expectsOutcomes(suiteCase)) return false;
  return (
    kept?.verdict === before.kept?.verdict &&
    suiteCase.ready?.table === from.ready?.table &&
    suiteCase.ready?.expect === from.ready?.expect &&
    suiteCase.suiteTitle === from.suiteTitle &&
    suiteCase.title === from.title &&
    suiteCase.path === from.path &&
    suiteCase.place === from.place &&
    suiteCase.skip === from.skip &&
    suiteCase.error === from.error
  );
}

function expectsOutcomes({ ready }: ReadyCase): boolean {
  if (!ready) return false;
  const { visit, lines } = ready.expect;
  return visit.outcomes.length > 0 || [...lines.values()].some(({ outcomes }) => outcomes.length > 0);
}

function judgeFree(
  { path, encounter, table }: JudgeableFile,
  program: Program,
  before: JudgedCase | null,
  judgeWith: (program: Program) => JudgeAgain,
): JudgedCase {
  const kept = judgeWith(program)(table, before?.kept ?? null);
  const row: CaseRow = {
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
    verdict: rowVerdict(kept.verdict),
    expected: null,
    judgedBy: null,
    earlierDecision: null,
    changed: false,
  };
  return {
    row: sameRow(row, before),
    ready: { encounter, table, program },
    from: { path, encounter, table },
    kept,
  };
}

function rowVerdict({ decision, lines, visit }: Verdict): RowVerdict {
  return {
    decision,
    lines: lines.map(({ line, code, decision, supportableUnits, ...found }) => ({
      line,
      code,
      decision,
      supportableUnits,
      ...findings(found),
    })),
    visit: findings(visit),
  };
}

function findings({ violated, undetermined }: Verdict['visit']): RowFindings {
  return {
    violated: violated.map(({ rule }) => ({ rule })),
    undetermined: eachRuleOnce(undetermined).map(({ rule }) => ({ rule })),
  };
}

function sameRow(row: CaseRow, before: JudgedCase | null): CaseRow {
  return before && sameData(row, before.row) ? before.row : row;
}

type JudgeableFile = EncounterFile & {
  readonly encounter: NonNullable<EncounterFile['encounter']>;
  readonly table: NonNullable<EncounterFile['table']>;
};

/** The encounters that no suite starts from: the others are shown by their cases. */
function freeEncounters({ encounters, suites }: Workspace): readonly JudgeableFile[] {
  const bases = new Set(
    suites.flatMap(({ source, base, cases }) =>
      [base, ...cases.map((suiteCase) => suiteCase.base)].flatMap((it) =>
        it ? [joinPath(source.path, it.text)] : [],
      ),
    ),
  );
  return encounters.filter(
    (file): file is JudgeableFile => file.encounter !== null && file.table !== null && !bases.has(file.path),
  );
}

/** By the place where a rule is written, so that two revisions of a policy are counted apart. */
function countOutcomes({ policies }: Workspace, cases: readonly JudgedCase[]): readonly RuleCount[] {
  const tallies = new Map<Epoch, Tally>();
  for (const { kept } of cases) if (kept) tally(tallies, kept.judgement);
  const counts = new Map<string, Writable<RuleCount>>();
  for (const { rules } of policies) {
    for (const { id, title, place } of rules) {
      const { path, line } = place;
      const none = { met: 0, violated: 0, notApplicable: 0, undetermined: 0 };
      counts.set(`${path}:${line}`, { rule: id, title, path, line, ...none });
    }
  }
  for (const [epoch, { lineRules, visitRules }] of tallies) {
    add(counts, epoch.lineRules, lineRules);
    add(counts, epoch.visitRules, visitRules);
  }
  return [...counts.values()];
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** For each rule of an epoch four numbers, in the order of the codes of outcomes. */
interface Tally {
  readonly lineRules: Uint32Array;
  readonly visitRules: Uint32Array;
}

/** How grave each code is, by the code: a case counts once for a rule, by the gravest outcome among its lines. */
const gravity: readonly number[] = (['not-applicable', 'met', 'violated', 'undetermined'] as const)
  .toSorted((a, b) => outcomeCode[a] - outcomeCode[b])
  .map((outcome) => ['not-applicable', 'met', 'undetermined', 'violated'].indexOf(outcome));

function tally(tallies: Map<Epoch, Tally>, { policies }: Judgement): void {
  for (const { epoch, lines, visit } of policies) {
    let found = tallies.get(epoch);
    if (!found) {
      const counters = (rules: readonly unknown[]) => new Uint32Array(rules.length * 4);
      found = { lineRules: counters(epoch.lineRules), visitRules: counters(epoch.visitRules) };
      tallies.set(epoch, found);
    }
    for (let rule = 0; rule < epoch.lineRules.length; rule += 1) {
      let gravest = 0;
      for (const outcomes of lines) {
        const code = outcomes[rule]!;
        if (gravity[code]! > gravity[gravest]!) gravest = code;
      }
      found.lineRules[rule * 4 + gravest]! += 1;
    }
    for (let rule = 0; rule < visit.length; rule += 1) found.visitRules[rule * 4 + visit[rule]!]! += 1;
  }
}

function add(
  counts: ReadonlyMap<string, Writable<RuleCount>>,
  rules: Epoch['lineRules'],
  tallied: Uint32Array,
): void {
  rules.forEach(({ rule }, position) => {
    const count = counts.get(`${rule.place.path}:${rule.place.line}`);
    if (!count) return;
    const of = (code: number) => tallied[position * 4 + code]!;
    count.met += of(outcomeCode.met);
    count.violated += of(outcomeCode.violated);
    count.notApplicable += of(outcomeCode['not-applicable']);
    count.undetermined += of(outcomeCode.undetermined);
  });
}
