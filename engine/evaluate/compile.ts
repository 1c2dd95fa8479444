import { covers } from '../model/effective.ts';
import { bind, epochsOf } from '../model/bind.ts';
import { codesNamed } from '../model/codes-named.ts';
import { factsOf } from '../model/condition.ts';
import type { Condition, FactRef } from '../model/condition.ts';
import type { Effect, Policy, Rule } from '../model/policy.ts';
import type { FactTable, Vocabulary } from '../facts/encounter.ts';
import { supplyOf } from '../facts/vocabulary.ts';
import type { Supply } from '../facts/vocabulary.ts';
import { compileCondition, emptyContext } from './compile-condition.ts';
import type { CompiledCondition, Context } from './compile-condition.ts';
import { compileFigures, layoutOf } from './derive.ts';
import type { Figures } from './derive.ts';
import { compileMessage } from './message.ts';
import { ruleOutcomes } from './outcome.ts';
import type { RuleOutcome, RuleTrace } from './outcome.ts';
import { no, unknown, yes } from './ternary.ts';
import type { Ternary } from './ternary.ts';

/** Outcomes as small numbers, in the order of `ruleOutcomes`: this is what judging writes. */
export const outcomeCode = {
  'not-applicable': 0,
  met: 1,
  violated: 2,
  undetermined: 3,
} as const satisfies Record<RuleOutcome, number>;

/** One rule of one policy on the days of one epoch, made executable. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly effect: Effect;
  readonly when: CompiledCondition | null;
  readonly require: CompiledCondition | null;
  readonly unless: CompiledCondition | null;
  readonly message: (context: Context) => string;
  /** The sections that it reads, directly or through a figure, each once, by name. */
  readonly reads: readonly SectionRead[];
}

/** What may be missing, and the position of a fact, which shows whether it is. */
export interface SectionRead {
  readonly section: Supply;
  readonly slot: number;
}

/** One policy on the days on which nothing it reads changes. */
export interface Epoch {
  readonly from: number;
  readonly to: number | null;
  readonly policy: Policy;
  readonly vocabulary: Vocabulary;
  readonly figures: (table: FactTable) => Figures;
  readonly lineRules: readonly CompiledRule[];
  readonly visitRules: readonly CompiledRule[];
  /** Positions of the line rules that can apply to a code; a code not in it can meet only `otherCodes`. */
  readonly byCode: ReadonlyMap<string, readonly number[]>;
  readonly otherCodes: readonly number[];
}

/** Policies made executable. Plain closures: no code is made from text. */
export interface Program {
  readonly vocabulary: Vocabulary;
  readonly policies: readonly { readonly policy: Policy; readonly epochs: readonly Epoch[] }[];
  readonly codeSlot: number;
}

/** The outcomes of one policy for one encounter: a number for each rule and subject. */
export interface PolicyJudgement {
  readonly epoch: Epoch;
  readonly figures: Figures;
  /** `lines[line][rule]`. */
  readonly lines: readonly Uint8Array[];
  readonly visit: Uint8Array;
}

export interface Judgement {
  readonly table: FactTable;
  readonly policies: readonly PolicyJudgement[];
  readonly codeSlot: number;
}

export function compile(policies: readonly Policy[], vocabulary: Vocabulary): Program {
  return {
    vocabulary,
    policies: policies.map((policy) => ({ policy, epochs: compilePolicy(policy, vocabulary) })),
    codeSlot: vocabulary.slots.get('line.code')!,
  };
}

export function compilePolicy(policy: Policy, vocabulary: Vocabulary): readonly Epoch[] {
  return epochsOf(policy).map(({ from, to }) => compileEpoch(bind(policy, from), from, to, vocabulary));
}

/** Every policy in force on the date of service for the payer, asked about every line and the visit. */
export function judge(program: Program, table: FactTable): Judgement {
  const { codeSlot } = program;
  return {
    table,
    codeSlot,
    policies: epochsInForce(program, table).map((epoch) => judgePolicy(epoch, table, codeSlot)),
  };
}

/** By what it is decided which policies are in force. */
export type Asked = Pick<FactTable, 'day' | 'received' | 'payer'>;

/**
 * The policies in force for an encounter, each at its epoch: by payer, date of service and date received. Where the
 * date received is not known, every revision may be the one, and what its rules decide waits for it.
 * An overlay in force takes the place of the policy that it extends.
 */
export function epochsInForce(program: Program, { day, received, payer }: Asked): readonly Epoch[] {
  const epochs: Epoch[] = [];
  let overlays = false;
  for (const { policy, epochs: all } of program.policies) {
    if (policy.payers !== null && !policy.payers.includes(payer)) continue;
    if (policy.received !== null && received !== null && !covers(policy.received, received)) continue;
    for (const epoch of all) {
      if (!covers(epoch, day)) continue;
      epochs.push(epoch);
      overlays ||= policy.extends !== null;
      break;
    }
  }
  if (!overlays) return epochs;
  const replaced = new Set(epochs.map(({ policy }) => policy.extends));
  return epochs.filter(({ policy }) => !replaced.has(policy.id));
}

export function judgePolicy(epoch: Epoch, table: FactTable, codeSlot: number): PolicyJudgement {
  const figures = epoch.figures(table);
  const context = contextFor(table, figures);
  const lines: Uint8Array[] = [];
  for (let index = 0; index < table.lines.length; index += 1) {
    const line = table.lines[index]!;
    const outcomes = new Uint8Array(epoch.lineRules.length);
    context.line = line;
    context.index = index;
    const rules = epoch.byCode.get(line[codeSlot] as string) ?? epoch.otherCodes;
    for (let i = 0; i < rules.length; i += 1) {
      const position = rules[i]!;
      outcomes[position] = outcomeOf(epoch.lineRules[position]!, context);
    }
    lines.push(outcomes);
  }
  const visit = new Uint8Array(epoch.visitRules.length);
  for (let i = 0; i < visit.length; i += 1) visit[i] = outcomeOf(epoch.visitRules[i]!, context);
  return { epoch, figures, lines, visit };
}

export function contextFor(table: FactTable, figures: Figures): Context {
  const context = emptyContext();
  context.visit = table.visit;
  context.lines = table.lines;
  context.derived = figures.visit;
  context.supportable = figures.lines;
  return context;
}

export function outcomeOf(rule: CompiledRule, context: Context): number {
  const applies = rule.when === null ? yes : rule.when.test(context);
  if (applies === no) return outcomeCode['not-applicable'];
  if (applies === unknown) return outcomeCode.undetermined;
  const required = rule.require === null ? no : rule.require.test(context);
  if (required === yes) return outcomeCode.met;
  const excused = rule.unless === null ? no : rule.unless.test(context);
  return goalOutcome(required, excused);
}

/** One rule asked of one subject (0-based line, null = the visit): what `judge` writes for it, without the others. */
export function judgeRule(
  epoch: Epoch,
  rule: CompiledRule,
  table: FactTable,
  index: number | null,
): RuleOutcome {
  return ruleOutcomes[outcomeOf(rule, contextAt(epoch, table, index))]!;
}

/** The same with every condition judged. */
export function traceOfRule(
  epoch: Epoch,
  rule: CompiledRule,
  table: FactTable,
  index: number | null,
): RuleTrace {
  return traceRule(rule, index === null ? null : index + 1, contextAt(epoch, table, index));
}

function contextAt(epoch: Epoch, table: FactTable, index: number | null): Context {
  const context = contextFor(table, epoch.figures(table));
  context.index = index ?? -1;
  context.line = index === null ? [] : (table.lines[index] ?? []);
  return context;
}

function goalOutcome(required: Ternary, excused: Ternary): number {
  if (required === yes || excused === yes) return outcomeCode.met;
  return required === unknown || excused === unknown ? outcomeCode.undetermined : outcomeCode.violated;
}

/** Every rule of every policy in force, with every condition judged: slower than a verdict, and never in disagreement. */
export function traceOf(program: Program, table: FactTable): readonly RuleTrace[] {
  return epochsInForce(program, table).flatMap((epoch) => {
    const context = contextFor(table, epoch.figures(table));
    const traces: RuleTrace[] = [];
    table.lines.forEach((line, index) => {
      context.line = line;
      context.index = index;
      for (const rule of epoch.lineRules) traces.push(traceRule(rule, index + 1, context));
    });
    context.index = -1;
    for (const rule of epoch.visitRules) traces.push(traceRule(rule, null, context));
    return traces;
  });
}

function traceRule(compiled: CompiledRule, line: number | null, context: Context): RuleTrace {
  const when = compiled.when?.trace(context) ?? null;
  const require = compiled.require?.trace(context) ?? null;
  const unless = compiled.unless?.trace(context) ?? null;
  return { rule: compiled.rule, line, outcome: outcomeFrom(when, require, unless), when, require, unless };
}

/** The outcome of a rule from the results of its parts; an absent `when` applies, an absent goal never holds. */
export function outcomeFrom(
  when: RuleTrace['when'],
  require: RuleTrace['require'],
  unless: RuleTrace['unless'],
): RuleOutcome {
  if (when?.result === false) return 'not-applicable';
  if (when?.result === 'unknown') return 'undetermined';
  if (require?.result === true || unless?.result === true) return 'met';
  return require?.result === 'unknown' || unless?.result === 'unknown' ? 'undetermined' : 'violated';
}

function compileEpoch(policy: Policy, from: number, to: number | null, vocabulary: Vocabulary): Epoch {
  const layout = layoutOf(policy, vocabulary);
  const part = (condition: Condition | null) => condition && compileCondition(condition, layout);
  const rules = policy.rules.map((rule): CompiledRule => ({
    rule,
    effect: rule.effect,
    when: part(rule.when),
    require: part(rule.require),
    unless: part(rule.unless),
    message: compileMessage(rule.message, layout),
    reads: sectionsOf(rule, policy, vocabulary),
  }));
  const lineRules = rules.filter(({ rule }) => rule.scope === 'line');
  return {
    from,
    to,
    policy,
    vocabulary,
    figures: compileFigures(policy, layout),
    lineRules,
    visitRules: rules.filter(({ rule }) => rule.scope === 'visit'),
    ...indexByCode(lineRules),
  };
}

/** What must have been supplied before a rule can be decided. */
function sectionsOf(rule: Rule, policy: Policy, vocabulary: Vocabulary): readonly SectionRead[] {
  const facts = [rule.when, rule.require, rule.unless].flatMap((condition) =>
    condition ? factsOf(condition) : [],
  );
  const read = new Set(facts.flatMap((fact) => sectionsRead(fact, policy)));
  return [...read].toSorted().map((section) => {
    const first = vocabulary.facts.find(({ path, computed }) => supplyOf(path) === section && !computed);
    return { section, slot: first ? vocabulary.slots.get(first.path)! : -1 };
  });
}

/** What must have been supplied before a fact is known: units come from minutes, figures from what they run over. */
function sectionsRead(fact: FactRef, policy: Policy): readonly Supply[] {
  if (fact.path === 'visit.timedMinutes' || fact.path === 'visit.supportableUnits') return ['record'];
  if (fact.section !== 'derived') {
    const supply = supplyOf(fact.path);
    return supply === 'visit' || supply === 'line' ? [] : [supply];
  }
  const figure = policy.derived.find(({ name }) => fact.path === `derived.${name}`);
  if (!figure) return [];
  const inner = [...(figure.fact ? [figure.fact] : []), ...(figure.where ? factsOf(figure.where) : [])];
  return [
    ...(figure.over === 'priorVisits' ? (['priorVisits'] as const) : []),
    ...inner.flatMap((item) => sectionsRead(item, policy)),
  ];
}

/** Which rules can apply to which code, so that a line asks only those: a rule whose `when` names codes is silent on others. */
function indexByCode(rules: readonly CompiledRule[]): Pick<Epoch, 'byCode' | 'otherCodes'> {
  const codesOf = rules.map(({ rule }) => (rule.when ? codesNamed(rule.when) : null));
  const otherCodes = codesOf.flatMap((codes, position) => (codes === null ? [position] : []));
  const byCode = new Map<string, readonly number[]>();
  for (const code of new Set(codesOf.flatMap((codes) => (codes ? [...codes] : [])))) {
    byCode.set(
      code,
      codesOf.flatMap((codes, position) => (codes === null || codes.has(code) ? [position] : [])),
    );
  }
  return { byCode, otherCodes };
}

/** The context of one subject, for messages. */
export function contextOf(judgement: PolicyJudgement, table: FactTable, index: number): Context {
  const context = contextFor(table, judgement.figures);
  context.index = index;
  context.line = table.lines[index] ?? [];
  return context;
}
