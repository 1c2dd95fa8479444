import type { Step } from '../base/steps.ts';
import { traceOfRule } from '../evaluate/compile.ts';
import type { CompiledRule, Epoch, Program } from '../evaluate/compile.ts';
import type { JudgedTable } from '../evaluate/judge-again.ts';
import { ruleOutcomes } from '../evaluate/outcome.ts';
import type { RuleOutcome, RuleTrace, Truth, Verdict } from '../evaluate/outcome.ts';
import { conditionsIn, explainTraces } from '../explain/explain.ts';
import type { ExplainedCondition, Explaining } from '../explain/explain.ts';
import type { Encounter, FactTable } from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import { programUnder } from '../suites/ready-cases.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { judgeAnew, keepsNothing } from './kept-comparison.ts';
import type { KeptComparison } from './kept-comparison.ts';
import { sameEssence } from './witness.ts';

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

/** The positions of the regions in which an encounter lies that these rules have changed; `table` is of the later version. */
export type RegionsAround = (
  encounter: Encounter,
  table: FactTable,
  causes: readonly Cause[],
) => readonly number[];

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
  /** What the later version makes of an encounter, for whoever has judged it already; null: it is judged here. */
  readonly judgedAfter?: (table: FactTable) => JudgedTable | null;
  /** What an earlier comparison with the same earlier version has left; left out: all is found anew. */
  readonly kept?: KeptComparison;
}

/** So many encounters are judged between two pauses. */
const stretch = 25;

/** Every saved encounter, and every case of the later version, with what the two make of it where that differs. */
export function* changedEncountersInSteps(
  before: Workspace,
  after: Workspace,
  regionsAround: RegionsAround,
  {
    mostEncounters = Infinity,
    onlyEncounters,
    judgedAfter = () => null,
    kept = keepsNothing,
  }: EncounterCompareSettings,
): Generator<Step, EncounterComparison> {
  const subjects = subjectsOf(before, after).filter(
    ({ path, suiteCase }) =>
      onlyEncounters?.has(suiteCase === null ? path : `${suiteCase.suite}/${suiteCase.id}`) ?? true,
  );
  const judges: Judges = {
    before: kept.judgeBefore,
    after: (program, table) => judgedAfter(table) ?? judgeAnew(program, table),
  };
  const changed: ChangedEncounter[] = [];
  let more = 0;
  for (const [done, subject] of subjects.entries()) {
    if (done % stretch === 0) yield { done, total: subjects.length };
    const [was, is] = judgedByBoth(subject, judges);
    if (was === is || sameEssence(was.verdict, is.verdict)) continue;
    if (changed.length === mostEncounters) more += 1;
    else {
      const { path, suiteCase, title, encounter } = subject;
      const verdicts = { before: was.verdict, after: is.verdict };
      const causes = causesOf(was, is);
      const regions = regionsAround(encounter, is.table, causes);
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

type Judges = Readonly<Record<'before' | 'after', KeptComparison['judgeBefore']>>;

/** The very same thing twice where both versions have the very same policies. */
function judgedByBoth(
  { encounter, table, before, after }: Subject,
  judges: Judges,
): readonly [Judged, Judged] {
  const judged = ([names, program]: Side, by: KeptComparison['judgeBefore']): Judged => {
    const own = program.vocabulary === after[1].vocabulary ? table : factTable(encounter, program.vocabulary);
    return { names, table: own, ...by(program, own) };
  };
  const is = judged(after, judges.after);
  return [before[1] === after[1] ? is : judged(before, judges.before), is];
}

interface Judged extends JudgedTable {
  readonly names: Explaining;
  readonly table: FactTable;
}

/** A rule as it came out for a line (0-based) or, with null, for the visit. */
interface Outcome {
  readonly epoch: Epoch;
  readonly compiled: CompiledRule;
  readonly index: number | null;
  readonly outcome: RuleOutcome;
}

/** Only the rules that come out otherwise are asked for each of their conditions: that takes far longer than judging. */
function causesOf(before: Judged, after: Judged): readonly Cause[] {
  const [was, is] = [outcomesOf(before), outcomesOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key): readonly Cause[] => {
    const [old, now] = [was.get(key), is.get(key)];
    if (shown(old) === shown(now)) return [];
    const {
      compiled: { rule },
      index,
    } = (now ?? old)!;
    return [
      {
        rule: rule.id,
        title: rule.title,
        line: index === null ? null : index + 1,
        before: old?.outcome ?? null,
        after: now?.outcome ?? null,
        conditions: old && now ? changedConditions(said(old, before), said(now, after)) : [],
      },
    ];
  });
}

/** By rule and line, in the order of policies, lines and rules. */
function outcomesOf({ judgement }: Judged): ReadonlyMap<string, Outcome> {
  const found = new Map<string, Outcome>();
  for (const { epoch, lines, visit } of judgement.policies) {
    const add = (rules: readonly CompiledRule[], codes: Uint8Array, index: number | null) =>
      rules.forEach((compiled, at) => {
        const key = `${compiled.rule.id} ${index ?? 'visit'}`;
        // Of revisions that wait for the date received, the one that says something.
        if (shown(found.get(key)) === '')
          found.set(key, { epoch, compiled, index, outcome: ruleOutcomes[codes[at]!]! });
      });
    lines.forEach((codes, index) => add(epoch.lineRules, codes, index));
    add(epoch.visitRules, visit, null);
  }
  return found;
}

/** What a verdict shows of a rule: a rule that is met, does not apply or is not there shows nothing. */
function shown(found: Outcome | undefined): string {
  if (found?.outcome === 'violated') return found.compiled.rule.effect;
  return found?.outcome === 'undetermined' ? 'undetermined' : '';
}

function said(
  { epoch, compiled, index }: Outcome,
  { table, verdict, names }: Judged,
): readonly SaidCondition[] {
  const trace: RuleTrace = traceOfRule(epoch, compiled, table, index);
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
