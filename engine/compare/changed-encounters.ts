import { judge, traceOf } from '../evaluate/compile.ts';
import type { Program } from '../evaluate/compile.ts';
import type { RuleOutcome, RuleTrace, Truth, Verdict } from '../evaluate/outcome.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { conditionsIn, explainTraces } from '../explain/explain.ts';
import type { ExplainedCondition, Explaining } from '../explain/explain.ts';
import type { Encounter, FactTable } from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
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
}

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

/** Every saved encounter, and every case that both versions have, with what the two make of it where that differs. */
export function changedEncounters(before: Workspace, after: Workspace): readonly ChangedEncounter[] {
  const files = after.encounters.flatMap(({ path, encounter, table }) =>
    encounter && table
      ? compared(
          { path, suiteCase: null, title: encounter.title, encounter, table },
          [before, before.program],
          [after, after.program],
        )
      : [],
  );
  const earlier = new Map(before.cases.map((it) => [`${it.suite}/${it.id}`, it]));
  const cases = after.cases.flatMap((it) => {
    const was = earlier.get(`${it.suite}/${it.id}`);
    if (!it.ready || !was?.ready) return [];
    const { encounter, table } = it.ready;
    const suiteCase = { suite: it.suite, id: it.id };
    return compared(
      { path: it.path, suiteCase, title: it.title, encounter, table },
      [before, was.ready.program],
      [after, it.ready.program],
    );
  });
  return [...files, ...cases];
}

interface Subject extends Pick<ChangedEncounter, 'path' | 'suiteCase' | 'title'> {
  readonly encounter: Encounter;
  readonly table: FactTable;
}

type Side = readonly [names: Explaining, program: Program];

function compared(
  { path, suiteCase, title, encounter, table }: Subject,
  before: Side,
  after: Side,
): readonly ChangedEncounter[] {
  if (before[1] === after[1]) return [];
  const [was, is] = [before, after].map(([names, program]): Judged => {
    const own = program.vocabulary === after[1].vocabulary ? table : factTable(encounter, program.vocabulary);
    return { names, program, table: own, verdict: verdictOf(judge(program, own)) };
  });
  if (essenceOf(was!.verdict) === essenceOf(is!.verdict)) return [];
  const frame = { path, suiteCase, title };
  return [{ ...frame, before: was!.verdict, after: is!.verdict, causes: causesOf(was!, is!) }];
}

interface Judged {
  readonly names: Explaining;
  readonly program: Program;
  readonly table: FactTable;
  readonly verdict: Verdict;
}

function causesOf(before: Judged, after: Judged): readonly Cause[] {
  const [was, is] = [before, after].map(({ program, table }) => {
    return new Map(
      traceOf(program, table).map((trace) => [`${trace.rule.id} ${trace.line ?? 'visit'}`, trace]),
    );
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
