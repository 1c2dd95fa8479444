import type { Section } from '../facts/vocabulary.ts';
import { factsOf } from '../model/condition.ts';
import type { FactRef } from '../model/condition.ts';
import type { Policy, Rule } from '../model/policy.ts';
import type { FactTable } from '../facts/encounter.ts';
import { contextOf, outcomeCode } from './compile.ts';
import type { CompiledRule, Judgement, PolicyJudgement } from './compile.ts';
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

function withOutcome(policy: PolicyJudgement, index: number | null, code: number): readonly CompiledRule[] {
  const outcomes = index === null ? policy.visit : policy.lines[index]!;
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
  return withOutcome(policy, index, outcomeCode.undetermined).map(({ rule }) => ({
    rule: rule.id,
    needs: missingSections(rule, policy, table),
  }));
}

/** The sections a rule reads, directly or through a figure, that this encounter does not have. */
function missingSections(rule: Rule, policy: PolicyJudgement, table: FactTable): readonly Section[] {
  const facts = [rule.when, rule.require, rule.unless].flatMap((condition) =>
    condition ? factsOf(condition) : [],
  );
  const read = new Set(facts.flatMap((fact) => sectionsRead(fact, policy.epoch.policy)));
  return [...read].filter((section) => !isSupplied(section, policy, table)).toSorted();
}

/** What must have been supplied before a fact is known: units come from minutes, figures from what they run over. */
function sectionsRead(fact: FactRef, policy: Policy): readonly Section[] {
  if (fact.path === 'visit.timedMinutes' || fact.path === 'visit.supportableUnits') return ['record'];
  if (fact.section !== 'derived')
    return fact.section === 'visit' || fact.section === 'line' ? [] : [fact.section];
  const figure = policy.derived.find(({ name }) => fact.path === `derived.${name}`);
  if (!figure) return [];
  const inner = [...(figure.fact ? [figure.fact] : []), ...(figure.where ? factsOf(figure.where) : [])];
  return [
    ...(figure.over === 'priorVisits' ? (['priorVisits'] as const) : []),
    ...inner.flatMap((item) => sectionsRead(item, policy)),
  ];
}

function isSupplied(section: Section, policy: PolicyJudgement, table: FactTable): boolean {
  const { vocabulary } = policy.epoch;
  if (section === 'priorVisits') return table.prior !== null;
  const facts = vocabulary.facts.filter(({ path, computed }) => path.startsWith(`${section}.`) && !computed);
  const slot = facts[0] ? vocabulary.slots.get(facts[0].path)! : -1;
  if (section === 'record') {
    return table.lines.every((line) => line[slot] !== undefined);
  }
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
