import type { Step } from '../base/steps.ts';
import { judge, traceOf } from '../evaluate/compile.ts';
import type { Program } from '../evaluate/compile.ts';
import type { RuleOutcome, RuleTrace, Truth, Verdict } from '../evaluate/outcome.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { conditionsIn, explainTraces } from '../explain/explain.ts';
import type { ExplainedCondition, Explaining } from '../explain/explain.ts';
import type { Encounter, FactTable } from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import { programUnder } from '../suites/ready-cases.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { essenceOf } from './witness.ts';

/** A saved encounter, or a case of a suite, that the two versions judge otherwise. */
export interface ChangedEncounter {
  readonly path: string;
  /** The suite and the case in it; null: an encounter file. */
  readonly suiteCase: { readonly suite: string; readonly id: string } | null;
  readonly title: string;
  readonly before: Verdict;
  readonly after: Verdict;
  /** The rules that made the difference. */
  readonly causes: readonly Cause[];
  /** The regions of the comparison in which it lies and whose rules made the difference, by their positions. */
  readonly regions: readonly number[];
}

/** The positions of the regions in which an encounter lies that these rules have changed. */
export type RegionsAround = (encounter: Encounter, causes: readonly Cause[]) => readonly number[];

export interface Cause {
  readonly rule: string;
  readonly title: string;
  /** 1-based, or null for the visit. */
  readonly line: number | null;
  /** Null: the rule is not in force on this side. */
  readonly before: RuleOutcome | null;
  readonly after: RuleOutcome | null;
  /** The conditions that say or find something else. */
  readonly conditions: readonly ChangedCondition[];
}

export interface ChangedCondition {
  readonly before: SaidCondition | null;
  readonly after: SaidCondition | null;
}

export interface SaidCondition {
  readonly sentence: string;
  readonly result: Truth;
  /** The value found, in words; null for what only joins others. */
  readonly found: string | null;
}

export interface EncounterComparison {
  /** Those that come out otherwise, files first; no more than were asked for. */
  readonly changed: readonly ChangedEncounter[];
  /** How many more there are. */
  readonly more: number;
  /** How many both versions have judged. */
  readonly compared: number;
}

export interface EncounterCompareSettings {
  /** How many changed encounters are told at the most; the others are counted. */
  readonly mostEncounters?: number;
  /** Only these, by the path of the encounter or by suite and case as `suite/case`; left out: all. */
  readonly onlyEncounters?: ReadonlySet<string>;
}

/** So many encounters are judged between two pauses. */
const stretch = 25;

/** Every saved encounter, and every case of the later version, with what the two make of it where that differs. */
export function* changedEncountersInSteps(
  before: Workspace,
  after: Workspace,
  regionsAround: RegionsAround,
  { mostEncounters = Infinity, onlyEncounters }: EncounterCompareSettings,
): Generator<Step, EncounterComparison> {
  const subjects = subjectsOf(before, after).filter(
    ({ path, suiteCase }) =>
      onlyEncounters?.has(suiteCase === null ? path : `${suiteCase.suite}/${suiteCase.id}`) ?? true,
  );
  const changed: ChangedEncounter[] = [];
  let more = 0;
  for (const [done, subject] of subjects.entries()) {
    if (done % stretch === 0) yield { done, total: subjects.length };
    const [was, is] = judgedByBoth(subject);
    if (was === is || essenceOf(was.verdict) === essenceOf(is.verdict)) continue;
    if (changed.length === mostEncounters) more += 1;
    else {
      const { path, suiteCase, title, encounter } = subject;
      const verdicts = { before: was.verdict, after: is.verdict };
      const causes = causesOf(was, is);
      const regions = regionsAround(encounter, causes);
      changed.push({ path, suiteCase, title, ...verdicts, causes, regions });
    }
  }
  return { changed, more, compared: subjects.length };
}

interface Subject extends Pick<ChangedEncounter, 'path' | 'suiteCase' | 'title'> {
  readonly encounter: Encounter;
  readonly table: FactTable;
  readonly before: Side;
  readonly after: Side;
}

type Side = readonly [names: Explaining, program: Program];

function subjectsOf(before: Workspace, after: Workspace): readonly Subject[] {
  const sides: Pick<Subject, 'before' | 'after'> = {
    before: [before, before.program],
    after: [after, after.program],
  };
  const files = after.encounters.flatMap(({ path, encounter, table }): readonly Subject[] =>
    encounter && table ? [{ path, suiteCase: null, title: encounter.title, encounter, table, ...sides }] : [],
  );
  const earlier = new Map(before.cases.map((it) => [`${it.suite}/${it.id}`, it]));
  const cases = after.cases.flatMap(({ path, suite, id, title, ready }): readonly Subject[] => {
    if (!ready) return [];
    const { encounter, table, program } = ready;
    const was = earlier.get(`${suite}/${id}`)?.ready?.program;
    const own: Pick<Subject, 'before' | 'after'> = {
      before: [before, was ?? programOfNewCase(suite, id, before, after)],
      after: [after, program],
    };
    return [{ path, suiteCase: { suite, id }, title, encounter, table, ...own }];
  });
  return [...files, ...cases];
}

/** A case that only the later version has is judged by what the earlier one has of the policies of its suite. */
function programOfNewCase(suite: string, id: string, before: Workspace, after: Workspace): Program {
  const own = after.suites.find((it) => it.id === suite)!;
  return programUnder(
    own,
    own.cases.find((it) => it.id === id)!,
    before,
  );
}

/** The very same thing twice where both versions have the very same policies. */
function judgedByBoth({ encounter, table, before, after }: Subject): readonly [Judged, Judged] {
  const judged = ([names, program]: Side): Judged => {
    const own = program.vocabulary === after[1].vocabulary ? table : factTable(encounter, program.vocabulary);
    return { names, program, table: own, verdict: verdictOf(judge(program, own)) };
  };
  const is = judged(after);
  return [before[1] === after[1] ? is : judged(before), is];
}

interface Judged {
  readonly names: Explaining;
  readonly program: Program;
  readonly table: FactTable;
  readonly verdict: Verdict;
}

function causesOf(before: Judged, after: Judged): readonly Cause[] {
  const [was, is] = [before, after].map(({ program, table }) => {
    const traces = new Map<string, RuleTrace>();
    for (const trace of traceOf(program, table)) {
      const key = `${trace.rule.id} ${trace.line ?? 'visit'}`;
      // Of revisions that wait for the date received, the one that says something.
      if (shown(traces.get(key)) === '') traces.set(key, trace);
    }
    return traces;
  });
  return [...new Set([...was!.keys(), ...is!.keys()])].flatMap((key): readonly Cause[] => {
    const [old, now] = [was!.get(key), is!.get(key)];
    if (shown(old) === shown(now)) return [];
    const { rule, line } = (now ?? old)!;
    return [
      {
        rule: rule.id,
        title: rule.title,
        line,
        before: old?.outcome ?? null,
        after: now?.outcome ?? null,
        conditions: old && now ? changedConditions(said(old, before), said(now, after)) : [],
      },
    ];
  });
}

/** What a verdict shows of a rule: a rule that is met, does not apply or is not there shows nothing. */
function shown(trace: RuleTrace | undefined): string {
  if (trace?.outcome === 'violated') return trace.rule.effect;
  return trace?.outcome === 'undetermined' ? 'undetermined' : '';
}

function said(trace: RuleTrace, { verdict, names }: Judged): readonly SaidCondition[] {
  return explainTraces([trace], verdict, names)
    .flatMap(conditionsIn)
    .filter(({ children }) => children.length === 0)
    .map(({ sentence, result, found }: ExplainedCondition) => ({ sentence, result, found }));
}

/** What only one side says, the first with the first: one condition that was changed stands on both. */
function changedConditions(
  before: readonly SaidCondition[],
  after: readonly SaidCondition[],
): readonly ChangedCondition[] {
  const only = (own: readonly SaidCondition[], other: readonly SaidCondition[]) => {
    const known = new Set(other.map((it) => JSON.stringify(it)));
    return own.filter((it) => !known.has(JSON.stringify(it)));
  };
  const [was, is] = [only(before, after), only(after, before)];
  return Array.from({ length: Math.max(was.length, is.length) }, (_, at) => ({
    before: was[at] ?? null,
    after: is[at] ?? null,
  }));
}
