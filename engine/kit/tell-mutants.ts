import { sameData } from '../base/same-data.ts';
import { allAtOnce } from '../base/steps.ts';
import type { Step } from '../base/steps.ts';
import { comparePolicies } from '../compare/compare-policies.ts';
import { isEqualOverLines } from '../compare/other-lines.ts';
import { compile, epochsInForce, judge, outcomeCode } from '../evaluate/compile.ts';
import type { PolicyJudgement, Program } from '../evaluate/compile.ts';
import { timeRuleSettings } from '../evaluate/derive.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { allocateUnits } from '../facts/derived/time-rule.ts';
import type { FactTable, Vocabulary } from '../facts/encounter.ts';
import { answerOf } from '../intermediate/answer.ts';
import type { Answer } from '../intermediate/answer.ts';
import { readDocument } from '../intermediate/document.ts';
import type { Input } from '../intermediate/document.ts';
import { judgePlain } from '../intermediate/judge-plain.ts';
import { lower } from '../intermediate/lower.ts';
import { bind, epochsOf } from '../model/bind.ts';
import { factsOf } from '../model/condition.ts';
import type { Policy } from '../model/policy.ts';
import type { KitLine } from '../targets/kit-line.ts';
import { programsOf } from './mutants.ts';
import type { Mutant } from './mutants.ts';
import { createTableOf } from './table-of.ts';

/** What the reference makes of a mutant. */
export interface ToldMutant {
  readonly mutant: Mutant;
  /**
   * Encounters of the kit that it answers otherwise than the policies without the error, the first ones, each with what
   * those answer. None where no encounter tells.
   */
  readonly lines: readonly TellingLine[];
}

export interface TellingLine {
  readonly encounter: unknown;
  readonly answer: Answer;
}

/** An encounter behind the boundary. */
export interface Readied {
  readonly encounter: unknown;
  readonly input: Input;
  readonly table: FactTable;
}

/** How many encounters that tell a mutant are looked for. */
const usualLines = 2;

export interface TellSettings {
  readonly vocabulary: Vocabulary;
  readonly lines?: number;
}

/** Which encounters of a kit tell each mutant, by the compiled evaluator and, for guards, by the intermediate form. */
export function tellMutants(
  kit: readonly KitLine[],
  mutants: readonly Mutant[],
  policies: readonly Policy[],
  settings: TellSettings,
): readonly ToldMutant[] {
  return allAtOnce(tellMutantsInSteps(kit, mutants, policies, settings));
}

export function* tellMutantsInSteps(
  kit: readonly KitLine[],
  mutants: readonly Mutant[],
  policies: readonly Policy[],
  settings: TellSettings,
): Generator<Step, readonly ToldMutant[]> {
  const teller = createTeller(readied(kit, policies, settings.vocabulary), settings);
  const told: ToldMutant[] = [];
  for (const [done, mutant] of mutants.entries()) {
    if (done % 20 === 0) yield { done, total: mutants.length };
    told.push({ mutant, lines: teller(mutant) });
  }
  return told;
}

/** The encounters of a kit that are judged at all. */
export function readied(
  kit: readonly KitLine[],
  policies: readonly Policy[],
  vocabulary: Vocabulary,
): readonly Readied[] {
  const form = lower(policies, vocabulary);
  const tableOf = createTableOf(vocabulary);
  return kit.flatMap((line): Readied[] => {
    if (line.expected.answer === null) return [];
    const { input } = readDocument(line.encounter, form);
    return input ? [{ encounter: line.encounter, input, table: tableOf(input) }] : [];
  });
}

/** Finds the first encounters that tell a mutant; what the policies say without it is kept between mutants of the same. */
export function createTeller(
  kit: readonly Readied[],
  { vocabulary, lines: most = usualLines }: TellSettings,
): (mutant: Mutant) => readonly TellingLine[] {
  const group = remember((before: readonly Policy[]) => {
    const program = compile(before, vocabulary);
    const inForce = kit.filter(({ table }) => epochsInForce(program, table).length > 0);
    return {
      program,
      inForce,
      /** Those that were made for the rule first: they tell its errors sooner. */
      ownFirst: remember((rule: string) => {
        const isOwn = ({ encounter }: Readied) => madeFor(encounter) === rule;
        return [...inForce.filter(isOwn), ...inForce.filter((one) => !isOwn(one))];
      }),
      answers: remember(({ table }: Readied) => JSON.stringify(answerBy(program, table))),
      rule: remember((rule: string) => {
        const alone = compile(only(before, rule), vocabulary);
        return remember(({ table }: Readied) => shownBy(alone, table));
      }),
      plainly: remember((rule: string) => {
        const alone = lower(only(before, rule), vocabulary);
        return remember(({ input }: Readied) => judgePlain(alone, input));
      }),
    };
  });

  return (mutant) => {
    const { before, rule } = mutant;
    const { program, inForce, ownFirst, answers, rule: ofRule, plainly } = group(before);
    let from: readonly Readied[] = rule === null ? inForce : ownFirst(rule);
    // What one rule decides shows in the answer whatever the others do, so that it is judged alone.
    let tells: (one: Readied) => boolean;
    if (mutant.kind === 'guard') {
      const was = plainly(mutant.rule);
      from = from.filter(({ input }) => saysNothingAt(input, mutant.path));
      const { changed } = programsOf({ ...mutant, before: only(before, mutant.rule) }, vocabulary);
      tells = (one) => !sameData(was(one), judgePlain(changed, one.input));
    } else if (rule !== null && effectOf(mutant.after, rule) === effectOf(before, rule)) {
      const [was, changed] = [ofRule(rule), compile(only(mutant.after, rule), vocabulary)];
      tells = (one) => was(one) !== shownBy(changed, one.table);
    } else {
      const changed = compile(mutant.after, vocabulary);
      // A policy that is in force for others than before may be so for encounters of any payer and day.
      if (rule === null) from = kit;
      tells = (one) => answers(one) !== JSON.stringify(answerBy(changed, one.table));
    }
    const found: TellingLine[] = [];
    for (const one of from) {
      if (!tells(one)) continue;
      found.push({ encounter: one.encounter, answer: answerBy(program, one.table) });
      if (found.length === most) break;
    }
    return found;
  };
}

/** The rule in the name that the kit gives an encounter: `boundary/policy/rule/3`. */
function madeFor(encounter: unknown): string | null {
  const { encounter: name } = encounter as { readonly encounter?: string };
  return name?.match(/^[^/]+\/(.+)\/\d+$/)?.[1] ?? null;
}

/** Whether a field is empty anywhere. */
function saysNothingAt({ visit, lines, prior }: Input, path: string): boolean {
  return [visit, ...lines, ...(prior ?? [])].some((values) => values.get(path) === null);
}

/** For each line, and the visit, how many rules are violated and how many undetermined. */
function shownBy(program: Program, table: FactTable): string {
  const { policies } = judge(program, table);
  const count = (of: (one: PolicyJudgement) => Uint8Array | undefined) => {
    let sum = 0;
    for (const one of policies)
      for (const outcome of of(one) ?? [])
        sum += outcome === outcomeCode.violated ? 1 : outcome === outcomeCode.undetermined ? 1000 : 0;
    return sum;
  };
  return [
    ...table.lines.map((_, index) => count(({ lines }) => lines[index])),
    count(({ visit }) => visit),
  ].join(' ');
}

/** Whether a mutant decides every encounter there can be as the policies without the error do: proven, not tried. */
export function isProvenEqual(
  mutant: Mutant,
  vocabulary: Vocabulary,
  payers: ReadonlySet<string> | null,
): boolean {
  if (mutant.kind === 'guard') return false;
  const after = mutant.after.map((policy, at) => withSameUnits(policy, mutant.before[at]!));
  return (
    comparePolicies(compile(mutant.before, vocabulary), compile(after, vocabulary), { vocabulary, payers })
      .equal || isEqualOverLines(mutant.before, after)
  );
}

/**
 * The policy with the time rule that it had, where both support the same units for every number of minutes: each code on
 * its own, by one method, so that above both floors nothing differs, and below them every number can be tried. Only where no
 * rule reads the minutes themselves.
 */
function withSameUnits(policy: Policy, was: Policy): Policy {
  const [one, two] = [was.timeRule, policy.timeRule];
  if (!one || !two || one === two) return policy;
  const { method, minutesPerUnit } = one;
  if (method === 'total-time' || two.method !== method || two.minutesPerUnit !== minutesPerUnit)
    return policy;
  if (!sameData(one.codes, two.codes) || readsMinutes(policy)) return policy;
  const floors = epochsOf(was).flatMap(({ from }) =>
    [was, policy].map((version) => timeRuleSettings(bind(version, from).timeRule!).minimumMinutes ?? 0),
  );
  const units = (version: Policy, day: number, minutes: number) =>
    allocateUnits(timeRuleSettings(bind(version, day).timeRule!), [{ code: '', minutes }]).codes[0]!.units;
  const most = Math.max(...floors);
  const days = epochsOf(was).map(({ from }) => from);
  for (const day of days)
    for (let minutes = 0; minutes <= most; minutes += 1)
      if (units(was, day, minutes) !== units(policy, day, minutes)) return policy;
  return { ...policy, timeRule: one };
}

function readsMinutes({ rules, derived }: Policy): boolean {
  const conditions = [
    ...rules.flatMap(({ when, require, unless }) => [when, require, unless]),
    ...derived.map(({ where }) => where),
  ];
  return conditions.some(
    (condition) => condition !== null && factsOf(condition).some(({ path }) => path === 'visit.timedMinutes'),
  );
}

export function answerBy(program: Program, table: FactTable) {
  return answerOf(verdictOf(judge(program, table)));
}

/** The policies with no other rule than one; the others stay, because what is in force may hang on them. */
function only(policies: readonly Policy[], rule: string): readonly Policy[] {
  return policies.map((policy) => ({ ...policy, rules: policy.rules.filter(({ id }) => id === rule) }));
}

function effectOf(policies: readonly Policy[], rule: string): string {
  const effects = policies.flatMap(({ rules }) =>
    rules.filter(({ id }) => id === rule).map(({ effect }) => effect),
  );
  return effects.join(' ');
}

function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    if (known.has(key)) return known.get(key)!;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
