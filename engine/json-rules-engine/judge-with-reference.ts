import { decisions } from '../evaluate/outcome.ts';
import type {
  ConditionTrace,
  Decision,
  Finding,
  LineVerdict,
  RuleOutcome,
  RuleTrace,
  Truth,
  Undetermined,
  Verdict,
} from '../evaluate/outcome.ts';
import { showValue } from '../evaluate/message.ts';
import type { FactTable, Vocabulary } from '../facts/encounter.ts';
import { supplyOf } from '../facts/vocabulary.ts';
import type { Supply } from '../facts/vocabulary.ts';
import { bind } from '../model/bind.ts';
import { factsOf } from '../model/condition.ts';
import type { FactRef } from '../model/condition.ts';
import { covers } from '../model/effective.ts';
import type { MessagePart, Policy, Rule } from '../model/policy.ts';
import { createFigureJudge } from './figures.ts';
import { createConditionJudge } from './judge-conditions.ts';
import type { ConditionJudge } from './judge-conditions.ts';
import { isSectionSupplied, valueOf } from './subject.ts';
import type { Figures, Subject } from './subject.ts';

export interface ReferenceJudgement {
  readonly verdict: Verdict;
  readonly traces: readonly RuleTrace[];
}

/** Judges encounters with json-rules-engine; the engines of a policy and day are kept for the next encounter. */
export interface Reference {
  readonly judge: (table: FactTable) => Promise<ReferenceJudgement>;
}

/** What the policies say of one encounter, with every condition decided by json-rules-engine. */
export function judgeWithReference(
  policies: readonly Policy[],
  table: FactTable,
  vocabulary: Vocabulary,
): Promise<ReferenceJudgement> {
  return createReference(policies, vocabulary).judge(table);
}

export function createReference(policies: readonly Policy[], vocabulary: Vocabulary): Reference {
  const judges = new Map<string, PolicyJudge>();
  const judgeOf = (policy: Policy, day: number): PolicyJudge => {
    const key = `${policies.indexOf(policy)} ${day}`;
    const known = judges.get(key);
    if (known) return known;
    const judge = createPolicyJudge(bind(policy, day), vocabulary);
    judges.set(key, judge);
    return judge;
  };
  return {
    judge: async (table) => {
      const judged: JudgedPolicy[] = [];
      for (const policy of policiesInForce(policies, table))
        judged.push(await judgeOf(policy, table.day)(table));
      return {
        verdict: verdictFrom(judged, table, vocabulary),
        traces: judged.flatMap(({ rules }) => rules.map(({ trace }) => trace)),
      };
    },
  };
}

/**
 * By payer, date of service and, where it is known, date received; a policy gives way to an overlay of it that is itself
 * in force.
 */
function policiesInForce(
  policies: readonly Policy[],
  { day, received, payer }: FactTable,
): readonly Policy[] {
  const candidates = policies.filter(
    (policy) =>
      covers(policy, day) &&
      (policy.received === null || received === null || covers(policy.received, received)) &&
      (policy.payers === null || policy.payers.includes(payer)),
  );
  return candidates.filter((policy) => !candidates.some((other) => other.extends === policy.id));
}

interface JudgedRule {
  readonly trace: RuleTrace;
  readonly subject: Subject;
}

interface JudgedPolicy {
  readonly policy: Policy;
  readonly figures: Figures;
  readonly rules: readonly JudgedRule[];
}

type PolicyJudge = (table: FactTable) => Promise<JudgedPolicy>;

function createPolicyJudge(policy: Policy, vocabulary: Vocabulary): PolicyJudge {
  const figuresOf = createFigureJudge(policy, vocabulary);
  const lineRules = policy.rules.filter(({ scope }) => scope === 'line');
  const visitRules = policy.rules.filter(({ scope }) => scope === 'visit');
  const judgeLine = judgeOfRules(lineRules, vocabulary);
  const judgeVisit = judgeOfRules(visitRules, vocabulary);
  return async (table) => {
    const figures = await figuresOf(table);
    const rules: JudgedRule[] = [];
    for (let line = 0; line < table.lines.length; line += 1) {
      const subject: Subject = { table, vocabulary, figures, line, other: null, prior: null };
      const traces = await judgeLine(subject);
      for (const rule of lineRules) rules.push({ trace: ruleTrace(rule, line + 1, traces), subject });
    }
    const subject: Subject = { table, vocabulary, figures, line: null, other: null, prior: null };
    const traces = await judgeVisit(subject);
    for (const rule of visitRules) rules.push({ trace: ruleTrace(rule, null, traces), subject });
    return { policy, figures, rules };
  };
}

const partsOfRule = ['when', 'require', 'unless'] as const;

function judgeOfRules(rules: readonly Rule[], vocabulary: Vocabulary): ConditionJudge {
  const parts = rules.flatMap((rule) =>
    partsOfRule.flatMap((part) =>
      rule[part] ? [{ name: `${rule.id} ${part}`, condition: rule[part] }] : [],
    ),
  );
  return createConditionJudge(parts, vocabulary);
}

function ruleTrace(rule: Rule, line: number | null, traces: ReadonlyMap<string, ConditionTrace>): RuleTrace {
  const [when, require, unless] = partsOfRule.map((part) => traces.get(`${rule.id} ${part}`) ?? null) as [
    ConditionTrace | null,
    ConditionTrace | null,
    ConditionTrace | null,
  ];
  const outcome = outcomeFrom(
    when ? when.result : true,
    require ? require.result : false,
    unless ? unless.result : false,
  );
  return { rule, line, outcome, when, require, unless };
}

/** The table of outcomes: what does not apply asks nothing; otherwise `require` or `unless` must hold. */
function outcomeFrom(applies: Truth, required: Truth, excused: Truth): RuleOutcome {
  if (applies !== true) return applies === false ? 'not-applicable' : 'undetermined';
  const goals = [required, excused];
  if (goals.includes(true)) return 'met';
  return goals.includes('unknown') ? 'undetermined' : 'violated';
}

function verdictFrom(judged: readonly JudgedPolicy[], table: FactTable, vocabulary: Vocabulary): Verdict {
  const about = (line: number | null) => {
    const rules = judged.flatMap(({ policy, rules }) =>
      rules.filter(({ trace }) => trace.line === line).map((rule) => ({ policy, ...rule })),
    );
    return {
      violated: rules
        .filter(({ trace }) => trace.outcome === 'violated')
        .map(({ trace, subject }) => finding(trace.rule, subject)),
      undetermined: rules
        .filter(({ trace }) => trace.outcome === 'undetermined')
        .map(({ policy, trace, subject }): Undetermined => ({
          rule: trace.rule.id,
          needs: missingSections(trace.rule, policy, subject),
        })),
    };
  };
  const lines = table.lines.map((line, index): LineVerdict => {
    const found = about(index + 1);
    const units = judged.flatMap(({ figures }) => figures.supportableUnits[index] ?? []).map(Number);
    return {
      line: index + 1,
      code: line[vocabulary.slots.get('line.code')!] as string,
      decision: gravest(found),
      supportableUnits: units.length === 0 ? null : Math.min(...units),
      ...found,
    };
  });
  const visit = about(null);
  const all = [gravest(visit), ...lines.map(({ decision }) => decision)];
  return {
    encounter: table.id,
    decision: decisions.find((decision) => all.includes(decision))!,
    lines,
    visit,
  };
}

function gravest({
  violated,
  undetermined,
}: {
  violated: readonly Finding[];
  undetermined: readonly Undetermined[];
}): Decision {
  const found = new Set<Decision>([
    ...violated.map(({ effect }) => effect),
    ...undetermined.map(() => 'needs-record' as const),
    'pay',
  ]);
  return decisions.find((decision) => found.has(decision))!;
}

function finding(rule: Rule, subject: Subject): Finding {
  return {
    rule: rule.id,
    effect: rule.effect,
    message: rule.message.map((part) => messageText(part, subject)).join(''),
    remedy: rule.remedy,
    cites: rule.cites.map(({ source, clause }) => `${source}#${clause}`),
  };
}

function messageText(part: MessagePart, subject: Subject): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'fact':
      return showValue(valueOf(part.fact, subject), part.fact.type);
    case 'operand':
      return part.operand.kind === 'literal' ? String(part.operand.value) : part.name;
  }
}

/** What a rule reads, through figures too, and that is not there: for records, not there for every line. */
function missingSections(rule: Rule, policy: Policy, subject: Subject): readonly Supply[] {
  const facts = partsOfRule.flatMap((part) => (rule[part] ? factsOf(rule[part]) : []));
  const sections = new Set(facts.flatMap((fact) => sectionsRead(fact, policy)));
  return [...sections].filter((section) => !isThere(section, subject)).toSorted();
}

function sectionsRead(fact: FactRef, policy: Policy): readonly Supply[] {
  if (fact.path === 'visit.timedMinutes' || fact.path === 'visit.supportableUnits') return ['record'];
  if (fact.owner !== 'derived') return [supplyOf(fact.path)];
  const figure = policy.derived.find(({ name }) => fact.path === `derived.${name}`)!;
  const read = [...(figure.fact ? [figure.fact] : []), ...(figure.where ? factsOf(figure.where) : [])];
  return [
    ...(figure.over === 'priorVisits' ? (['priorVisits'] as const) : []),
    ...read.flatMap((inner) => sectionsRead(inner, policy)),
  ];
}

function isThere(section: Supply, { table, vocabulary }: Subject): boolean {
  if (section === 'visit' || section === 'line') return true;
  if (section === 'visit.received') return table.received !== null;
  if (section === 'priorVisits') return table.prior !== null;
  if (section === 'record') return table.lines.every((line) => isSectionSupplied('record', line, vocabulary));
  return isSectionSupplied(section, table.visit, vocabulary);
}
