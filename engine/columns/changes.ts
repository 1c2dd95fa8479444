import { decisions, ruleOutcomes } from '../evaluate/outcome.ts';
import type { Decision, RuleOutcome } from '../evaluate/outcome.ts';
import { changedEncounters } from './impact.ts';
import { outcomeAt } from './judge-columns.ts';
import type { JudgedColumns, JudgedRule, JudgedRun } from './judge-columns.ts';

/** An encounter of which another decision is made, with the lines and the rules that made it another one. */
export interface DecidedOtherwise {
  /** Its position among the encounters that were given. */
  readonly position: number;
  readonly before: Decision;
  readonly after: Decision;
  /** The lines that are decided otherwise; 1-based. */
  readonly lines: readonly {
    readonly line: number;
    readonly before: Decision;
    readonly after: Decision;
  }[];
  /** The rules that came out otherwise where either outcome weighs against it. */
  readonly rules: readonly RuleTurned[];
}

export interface RuleTurned {
  readonly rule: string;
  /** 1-based; null: the visit as a whole. */
  readonly line: number | null;
  /** Null: not in force. */
  readonly before: RuleOutcome | null;
  readonly after: RuleOutcome | null;
}

/** What became of those encounters of a block that are decided otherwise, in the order in which they were given. */
export function decidedOtherwise(before: JudgedColumns, after: JudgedColumns): readonly DecidedOtherwise[] {
  const { order, lineStart } = before.columns;
  const changed = new Set(changedEncounters(before, after));
  if (changed.size === 0) return [];
  const decision = ({ visits }: JudgedColumns, visit: number) => decisions[visits[visit]!]!;
  const found: DecidedOtherwise[] = [];
  const [runBefore, runAfter] = [runFinder(before), runFinder(after)];
  for (let visit = 0; visit < order.length; visit += 1) {
    const position = order[visit]!;
    if (!changed.has(position)) continue;
    const lines: DecidedOtherwise['lines'][number][] = [];
    for (let line = lineStart[visit]!; line < lineStart[visit + 1]!; line += 1) {
      const [from, to] = [before.lines[line]!, after.lines[line]!];
      if (from !== to)
        lines.push({
          line: line - lineStart[visit]! + 1,
          before: decisions[from]!,
          after: decisions[to]!,
        });
    }
    const rules = turned(
      outcomesOf(runBefore(visit), visit, before.columns.lineStart),
      outcomesOf(runAfter(visit), visit, after.columns.lineStart),
    );
    found.push({ position, before: decision(before, visit), after: decision(after, visit), lines, rules });
  }
  return found.toSorted((a, b) => a.position - b.position);
}

/** Visits are asked for in order, and so are the runs. */
function runFinder({ runs }: JudgedColumns): (visit: number) => JudgedRun {
  let at = 0;
  return (visit) => {
    while (runs[at]!.toVisit <= visit) at += 1;
    return runs[at]!;
  };
}

interface Outcome {
  readonly rule: string;
  readonly line: number | null;
  readonly outcome: RuleOutcome;
}

/** By rule and line, in the order of lines, policies and rules; the visit comes last. */
function outcomesOf(
  { policies, fromVisit, fromLine }: JudgedRun,
  visit: number,
  lineStart: Int32Array,
): ReadonlyMap<string, Outcome> {
  const out = new Map<string, Outcome>();
  const add = (judged: JudgedRule, row: number, line: number | null) => {
    const rule = judged.plan.compiled.rule.id;
    out.set(`${line} ${rule}`, { rule, line, outcome: ruleOutcomes[outcomeAt(judged, row)]! });
  };
  for (let line = lineStart[visit]!; line < lineStart[visit + 1]!; line += 1)
    for (const { lineRules } of policies)
      for (const rule of lineRules) add(rule, line - fromLine, line - lineStart[visit]! + 1);
  for (const { visitRules } of policies) for (const rule of visitRules) add(rule, visit - fromVisit, null);
  return out;
}

function turned(
  before: ReadonlyMap<string, Outcome>,
  after: ReadonlyMap<string, Outcome>,
): readonly RuleTurned[] {
  const weighs = (outcome: RuleOutcome | null) => outcome === 'violated' || outcome === 'undetermined';
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [one, other] = [before.get(key), after.get(key)];
    const { rule, line } = (one ?? other)!;
    const [from, to] = [one?.outcome ?? null, other?.outcome ?? null];
    return from !== to && (weighs(from) || weighs(to)) ? [{ rule, line, before: from, after: to }] : [];
  });
}
