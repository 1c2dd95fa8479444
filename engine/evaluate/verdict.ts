import type { FactTable } from '../facts/encounter.ts';
import { contextOf, outcomeCode } from './compile.ts';
import type { CompiledRule, Judgement, PolicyJudgement, SectionRead } from './compile.ts';
import { decisions } from './outcome.ts';
import type { Decision, Finding, LineVerdict, Undetermined, Verdict } from './outcome.ts';

/** The graver of two decisions. */
export function graver(a: Decision, b: Decision): Decision {
  return decisions.indexOf(a) <= decisions.indexOf(b) ? a : b;
}

/** What becomes of a subject, from the effects of what it violates and whether anything could not be decided. */
export function decide(violated: readonly { effect: Decision }[], undetermined: boolean): Decision {
  let decision: Decision = undetermined ? 'needs-record' : 'pay';
  for (const { effect } of violated) decision = graver(decision, effect);
  return decision;
}

/** A judgement in readable form: decisions, findings with their messages, what could not be decided. */
export function verdictOf(judgement: Judgement): Verdict {
  const { table, policies, codeSlot } = judgement;
  const lines = table.lines.map((line, index): LineVerdict => {
    const violated = policies.flatMap((policy) => findings(policy, table, index));
    const undetermined = policies.flatMap((policy) => undecided(policy, table, index));
    return {
      line: index + 1,
      code: (line[codeSlot] as string | null) ?? '',
      decision: decide(violated, undetermined.length > 0),
      supportableUnits: lowestUnits(policies, index),
      violated,
      undetermined,
    };
  });
  const violated = policies.flatMap((policy) => findings(policy, table, null));
  const undetermined = policies.flatMap((policy) => undecided(policy, table, null));
  const own = decide(violated, undetermined.length > 0);
  return {
    encounter: table.id,
    decision: lines.reduce((gravest, line) => graver(gravest, line.decision), own),
    lines,
    visit: { violated, undetermined },
  };
}

/**
 * Rules that could not be decided, each once with everything that it needs. A verdict has one entry for each revision
 * that may apply, and where it is not known when a claim was received there are several.
 */
export function eachRuleOnce(undetermined: readonly Undetermined[]): readonly Undetermined[] {
  const needs = new Map<string, ReadonlySet<Undetermined['needs'][number]>>();
  for (const one of undetermined)
    needs.set(one.rule, new Set([...(needs.get(one.rule) ?? []), ...one.needs]));
  return [...needs].map(([rule, of]) => ({ rule, needs: [...of].toSorted() }));
}

const none: readonly never[] = [];

function withOutcome(policy: PolicyJudgement, index: number | null, code: number): readonly CompiledRule[] {
  const outcomes = index === null ? policy.visit : policy.lines[index]!;
  if (!outcomes.includes(code)) return none;
  const rules = index === null ? policy.epoch.visitRules : policy.epoch.lineRules;
  return rules.filter((_, position) => outcomes[position] === code);
}

function findings(policy: PolicyJudgement, table: FactTable, index: number | null): readonly Finding[] {
  const violated = withOutcome(policy, index, outcomeCode.violated);
  if (violated.length === 0) return [];
  const context = contextOf(policy, table, index ?? -1);
  return violated.map(({ rule, effect, message }) => ({
    rule: rule.id,
    effect,
    message: message(context),
    remedy: rule.remedy,
    cites: rule.cites.map(({ source, clause }) => `${source}#${clause}`),
  }));
}

function undecided(policy: PolicyJudgement, table: FactTable, index: number | null): readonly Undetermined[] {
  return withOutcome(policy, index, outcomeCode.undetermined).map(({ rule, reads }) => ({
    rule: rule.id,
    needs: reads.filter((read) => !isSupplied(read, table)).map(({ section }) => section),
  }));
}

function isSupplied({ section, slot }: SectionRead, table: FactTable): boolean {
  if (section === 'priorVisits') return table.prior !== null;
  if (section === 'record') return table.lines.every((line) => line[slot] !== undefined);
  return table.visit[slot] !== undefined;
}

/** The units of the strictest time rule in force. */
function lowestUnits(policies: readonly PolicyJudgement[], index: number): number | null {
  let lowest: number | null = null;
  for (const { figures } of policies) {
    const units = figures.lines[index];
    if (typeof units === 'number' && (lowest === null || units < lowest)) lowest = units;
  }
  return lowest;
}
