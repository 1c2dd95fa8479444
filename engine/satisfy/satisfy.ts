import { epochsInForce, judge, judgeRule, traceOfRule } from '../evaluate/compile.ts';
import type { CompiledRule, Epoch, Program } from '../evaluate/compile.ts';
import { ruleOutcomes } from '../evaluate/outcome.ts';
import type { Decision, RuleOutcome, Verdict } from '../evaluate/outcome.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import type { Encounter, FactTable, FactValue } from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import { candidatesFor } from './candidates.ts';
import { changeEncounter, changeTable, valueNow } from './change.ts';
import type { FactChange, FactKey } from './change.ts';
import { search } from './search.ts';
import type { Solution } from './search.ts';

/** One fact that would have to be otherwise. */
export interface RecordChange extends FactKey {
  readonly from: FactValue | undefined;
  readonly to: FactValue;
  /** Values that would do as well, the rest being as proposed. */
  readonly others: readonly FactValue[];
  /** Whatever stands there will do; `to` only stands for it. */
  readonly anyValue: boolean;
}

/** A smallest change with which the rule is met, tried on the encounter and judged anew. */
export interface Proposal {
  /** `record`: what the record may say more. `units`: to bill fewer units instead. */
  readonly kind: 'record' | 'units';
  readonly changes: readonly RecordChange[];
  /** The encounter with the change. */
  readonly encounter: Encounter;
  /** What would become of the line, or of the visit where the rule judges the visit. */
  readonly decision: Decision;
  /** Rules that are violated with the change and were not before. */
  readonly worse: readonly Worse[];
}

export interface Worse {
  readonly rule: string;
  readonly line: number | null;
}

export interface Satisfaction {
  readonly rule: string;
  /** 1-based, or null for the visit. */
  readonly line: number | null;
  /** Fewest changes first; empty where no change of the record would do. */
  readonly proposals: readonly Proposal[];
  /** False where the search ended before everything was tried, so that there may be another way. */
  readonly whole: boolean;
}

export interface Asked {
  readonly program: Program;
  readonly encounter: Encounter;
  readonly table: FactTable;
}

const mostProposals = 3;

/**
 * What would satisfy a rule that is violated or undetermined for a line or the visit, or null where it is neither.
 *
 * Only what a record may say is changed, never the claim; but where the rule reduces, the units that would be right
 * are offered. Every proposal has been tried: the changed encounter is judged anew and the rule is met.
 */
export function satisfy(asked: Asked, rule: string, line: number | null): Satisfaction | null {
  const place = findRule(asked, rule, line);
  if (!place) return null;
  const { epoch, compiled, index } = place;
  const { table, program } = asked;
  const trace = traceOfRule(epoch, compiled, table, index);
  const { vocabulary } = program;
  const changed = (changes: readonly FactChange[]) => changeTable(table, changes, vocabulary);
  const found = search(candidatesFor(trace, epoch, table), {
    meets: (changes) => judgeRule(epoch, compiled, changed(changes), index) === 'met',
    trace: (changes) => traceOfRule(epoch, compiled, changed(changes), index),
  });
  const before = outcomesOf(asked.program, table);
  const proposals = [
    ...found.solutions.map((solution) => changesOf(solution)),
    ...(compiled.effect === 'reduce' ? fewerUnits(place, asked) : []),
  ].flatMap((changes) => propose(changes, asked, { rule, line }, before));
  return {
    rule,
    line,
    proposals: best(proposals),
    whole: found.whole,
  };
}

interface RulePlace {
  readonly epoch: Epoch;
  readonly compiled: CompiledRule;
  /** 0-based line, null for the visit. */
  readonly index: number | null;
}

/** Two revisions for claims received at different times may both be in force; meant is the one whose rule is open. */
function findRule({ program, table }: Asked, rule: string, line: number | null): RulePlace | null {
  const index = line === null ? null : line - 1;
  for (const epoch of epochsInForce(program, table)) {
    const rules = line === null ? epoch.visitRules : epoch.lineRules;
    const compiled = rules.find((one) => one.rule.id === rule);
    if (!compiled) continue;
    const outcome = judgeRule(epoch, compiled, table, index);
    if (outcome === 'violated' || outcome === 'undetermined') return { epoch, compiled, index };
  }
  return null;
}

function changesOf({ parts }: Solution): readonly RecordChange[] {
  return parts.map(({ candidate: { key, now, anyValue }, to, others }) => ({
    ...key,
    from: now,
    to,
    others,
    anyValue,
  }));
}

/** The most units below those billed with which the rule is met. */
function fewerUnits(
  { epoch, compiled, index }: RulePlace,
  { table, program: { vocabulary } }: Asked,
): readonly (readonly RecordChange[])[] {
  if (index === null) return [];
  const key: FactKey = { path: 'line.units', line: index + 1 };
  const from = valueNow(table, key, vocabulary);
  if (typeof from !== 'number') return [];
  for (let units = from - 1; units >= 1; units -= 1) {
    const changed = changeTable(table, [{ ...key, to: units }], vocabulary);
    if (judgeRule(epoch, compiled, changed, index) === 'met')
      return [[{ ...key, from, to: units, others: [], anyValue: false }]];
  }
  return [];
}

/** The proposal with what follows from it, or nothing where judging the changed encounter does not bear it out. */
function propose(
  changes: readonly RecordChange[],
  { program, encounter }: Asked,
  { rule, line }: Worse,
  before: Outcomes,
): readonly Proposal[] {
  const changed = changeEncounter(encounter, changes);
  const table = factTable(changed, program.vocabulary);
  const after = outcomesOf(program, table);
  if (after.byRule.get(subjectKey(rule, line)) !== 'met') return [];
  // What was never supplied was not good before: that its rules can now be judged is no harm of the change.
  const supplied = changes.some(({ from }) => from === undefined);
  const worse = [...after.byRule].flatMap(([key, outcome]): Worse[] => {
    const was = before.byRule.get(key);
    if (outcome !== 'violated' || was === 'violated' || (supplied && was === 'undetermined')) return [];
    return [worseOf(key)];
  });
  const kind = changes.some(({ path }) => path === 'line.units') ? 'units' : 'record';
  const { verdict } = after;
  const decision = line === null ? verdict.decision : verdict.lines[line - 1]!.decision;
  return [{ kind, changes, encounter: changed, decision, worse }];
}

interface Outcomes {
  readonly verdict: Verdict;
  readonly byRule: ReadonlyMap<string, RuleOutcome>;
}

const subjectKey = (rule: string, line: number | null): string => `${line ?? 'visit'} ${rule}`;

function worseOf(key: string): Worse {
  const [subject, rule] = key.split(' ') as [string, string];
  return { rule, line: subject === 'visit' ? null : Number(subject) };
}

function outcomesOf(program: Program, table: FactTable): Outcomes {
  const judgement = judge(program, table);
  const byRule = new Map<string, RuleOutcome>();
  const read = (rules: readonly CompiledRule[], outcomes: Uint8Array, line: number | null): void =>
    rules.forEach(({ rule }, position) => {
      byRule.set(subjectKey(rule.id, line), ruleOutcomes[outcomes[position]!]!);
    });
  for (const { epoch, lines, visit } of judgement.policies) {
    lines.forEach((outcomes, index) => read(epoch.lineRules, outcomes, index + 1));
    read(epoch.visitRules, visit, null);
  }
  return { verdict: verdictOf(judgement), byRule };
}

/**
 * Fewest changes first, of equal ones those that harm nothing else; the claim's units stand last, and always have a place.
 * What corrects several recorded values at once is shown only where nothing else would do: it reads like an invitation.
 */
function best(proposals: readonly Proposal[]): readonly Proposal[] {
  const records = proposals
    .filter(({ kind }) => kind === 'record')
    .toSorted((a, b) => a.changes.length - b.changes.length || a.worse.length - b.worse.length);
  const modest = records.filter((proposal) => corrections(proposal) <= 1);
  const units = proposals.filter(({ kind }) => kind === 'units');
  const offered = modest.length + units.length > 0 ? modest : records;
  return [...offered.slice(0, mostProposals - units.length), ...units];
}

/** Recorded values that would have to be other ones; what was empty is only filled in. */
function corrections({ changes }: Proposal): number {
  return changes.filter(({ from }) => from !== undefined && from !== null).length;
}
