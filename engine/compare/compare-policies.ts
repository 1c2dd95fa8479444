import type { Day } from '../base/calendar-date.ts';
import { allAtOnce } from '../base/steps.ts';
import type { Step } from '../base/steps.ts';
import type { Epoch, Program } from '../evaluate/compile.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import type { Policy } from '../model/policy.ts';
import { bothOf, receivedCondition } from '../model/received.ts';
import { canonicalRule, canonicalTimeRule } from '../regions/canonical.ts';
import { TooMany } from '../regions/domain.ts';
import { differenceOf } from '../regions/regions.ts';
import type { Constraint, Region, RulePair } from '../regions/regions.ts';
import { epochPairs, payersOf } from './cells.ts';
import type { Days, EpochPair, Received } from './cells.ts';

/** Cases in which two versions decide otherwise, with everything that tells them from the others. */
export interface ChangedRegion extends Region {
  readonly policy: string;
  readonly scope: 'line' | 'visit';
  readonly where: readonly Where[];
  /** The versions that meet in it. */
  readonly epochs: { readonly before: Epoch | null; readonly after: Epoch | null };
  /** Where it is one change told of several periods that follow each other: what it is in each of them. */
  readonly parts?: readonly ChangedRegion[];
}

export interface Where {
  readonly payer: string;
  readonly days: readonly Days[];
}

/** What was too large to go through, so that nothing is said of it. */
export interface Uncovered {
  readonly policy: string;
  readonly rules: readonly string[];
  readonly where: readonly Where[];
}

/** Where the units that minutes support are others, though no rule may read them. */
export interface ChangedUnits {
  readonly policy: string;
  readonly where: readonly Where[];
  readonly before: Policy['timeRule'];
  readonly after: Policy['timeRule'];
}

export interface PolicyComparison {
  /** Nothing differs for any encounter: that is proven, not tried. */
  readonly equal: boolean;
  /** The payers that were told apart; `anotherPayer` stands for all others. */
  readonly payers: readonly string[];
  readonly regions: readonly ChangedRegion[];
  readonly units: readonly ChangedUnits[];
  readonly uncovered: readonly Uncovered[];
}

export interface CompareSettings {
  readonly vocabulary: Vocabulary;
  readonly payers: ReadonlySet<string> | null;
  /** How many cases of one policy are told apart at the most; see `differenceOf`. */
  readonly budget?: number;
}

const usualBudget = 60_000;
/** More changed rules than this are compared one by one: together they would tell too many cases apart. */
const mostTogether = 5;

/** Every difference between two versions of all policies, over every encounter there can be. */
export function comparePolicies(
  before: Program,
  after: Program,
  settings: CompareSettings,
): PolicyComparison {
  return allAtOnce(comparePoliciesInSteps(before, after, settings));
}

/** The same, with a pause before each group of rules, for whoever has something else to do in between. */
export function* comparePoliciesInSteps(
  before: Program,
  after: Program,
  { vocabulary, payers, budget = usualBudget }: CompareSettings,
): Generator<Step, PolicyComparison> {
  const known = payersOf([before, after], payers);
  const canonical = rememberCanonical();
  const regions: ChangedRegion[] = [];
  const units: ChangedUnits[] = [];
  const uncovered: Uncovered[] = [];
  const changed = epochPairs(before, after, known).filter((pair) => !sameText(pair, canonical));
  for (const [done, pair] of changed.entries()) {
    const { policy, where, received } = pair;
    const [was, is] = [pair.before, pair.after].map((epoch) => epoch && limited(epoch.policy, received)) as [
      Policy | null,
      Policy | null,
    ];
    if (canonicalTimeRule(was?.timeRule ?? null) !== canonicalTimeRule(is?.timeRule ?? null))
      units.push({ policy, where, before: was?.timeRule ?? null, after: is?.timeRule ?? null });
    for (const scope of ['line', 'visit'] as const) {
      for (const rules of together(changedRules(pair, was, is, scope, canonical))) {
        yield { done, total: changed.length };
        const found = difference(was, is, rules, {
          vocabulary,
          payers: known,
          budget,
          received: received === null ? null : received === 'unknown' ? 'unknown' : 'known',
        });
        if (found === null) uncovered.push({ policy, rules: rules.map(({ id }) => id), where });
        else {
          for (const region of found) {
            const there = whereOf(region.constraints, where);
            if (there.length > 0)
              regions.push({
                ...region,
                policy,
                scope,
                where: there,
                epochs: { before: pair.before, after: pair.after },
              });
          }
        }
      }
    }
  }
  return {
    equal: regions.length === 0 && units.length === 0 && uncovered.length === 0,
    payers: known,
    regions,
    units,
    uncovered,
  };
}

/** A policy of which only the claims received within a period are looked at. */
function limited(policy: Policy, received: Received): Policy {
  if (received === null || received === 'unknown') return policy;
  if (received.from === null && received.to === null) return policy;
  const condition = receivedCondition({ ...received, place: policy.place });
  return { ...policy, rules: policy.rules.map((rule) => ({ ...rule, when: bothOf(rule.when, condition) })) };
}

function difference(
  before: Policy | null,
  after: Policy | null,
  rules: readonly RulePair[],
  settings: Parameters<typeof differenceOf>[3],
): readonly Region[] | null {
  const attempt = (pairs: readonly RulePair[]): readonly Region[] | null => {
    try {
      const found = differenceOf(before, after, pairs, settings);
      return found.complete ? found.regions : null;
    } catch (error) {
      if (error instanceof TooMany) return null;
      throw error;
    }
  };
  const joint = attempt(rules);
  if (joint !== null || rules.length === 1) return joint;
  // Each by itself still covers every case; only what they do together is not told.
  const single = rules.map((rule) => attempt([rule]));
  return single.includes(null) ? null : single.flatMap((regions) => regions ?? []);
}

function together(rules: readonly RulePair[]): readonly (readonly RulePair[])[] {
  if (rules.length === 0) return [];
  return rules.length <= mostTogether ? [rules] : rules.map((rule) => [rule]);
}

/** Canonical texts by rule, made once for each epoch. */
function rememberCanonical(): (epoch: Epoch) => ReadonlyMap<string, string> {
  const known = new Map<Epoch, ReadonlyMap<string, string>>();
  return (epoch) => {
    const found = known.get(epoch);
    if (found) return found;
    const made = new Map(epoch.policy.rules.map((rule) => [rule.id, canonicalRule(rule, epoch.policy)]));
    known.set(epoch, made);
    return made;
  };
}

type Canonical = ReturnType<typeof rememberCanonical>;

function sameText({ before, after }: EpochPair, canonical: Canonical): boolean {
  if (before === after) return true;
  if (before === null || after === null) return false;
  const [was, is] = [canonical(before), canonical(after)];
  return (
    was.size === is.size &&
    [...was].every(([id, text]) => is.get(id) === text) &&
    canonicalTimeRule(before.policy.timeRule) === canonicalTimeRule(after.policy.timeRule)
  );
}

function changedRules(
  { before, after }: EpochPair,
  policyBefore: Policy | null,
  policyAfter: Policy | null,
  scope: 'line' | 'visit',
  canonical: Canonical,
): readonly RulePair[] {
  const [was, is] = [policyBefore?.rules ?? [], policyAfter?.rules ?? []];
  const ids = new Set([...was, ...is].filter((rule) => rule.scope === scope).map(({ id }) => id));
  return [...ids].flatMap((id): readonly RulePair[] => {
    const same = before !== null && after !== null && canonical(before).get(id) === canonical(after).get(id);
    if (same) return [];
    const inScope = (rules: typeof was) =>
      rules.find((rule) => rule.id === id && rule.scope === scope) ?? null;
    return [{ id, before: inScope(was), after: inScope(is) }];
  });
}

/** Where a region lies, given that its own conditions may name payers and days. */
function whereOf(constraints: readonly Constraint[], where: readonly Where[]): readonly Where[] {
  const of = (path: string) =>
    constraints.find(({ variable }) => variable.kind === 'fact' && variable.fact.path === path);
  const payer = of('visit.payer');
  const date = of('visit.date');
  return where
    .filter((it) => payer === undefined || allowsText(payer, it.payer))
    .map((it) => ({
      ...it,
      days: date === undefined ? it.days : it.days.flatMap((days) => within(days, date)),
    }))
    .filter(({ days }) => days.length > 0);
}

function allowsText({ variable, classes }: Constraint, text: string): boolean {
  if (variable.kind !== 'fact') return true;
  return classes.some((at) => {
    const { shape } = variable.classes[at]!;
    if (shape.kind === 'values') return shape.values.includes(text);
    return shape.kind === 'other' && !shape.than.includes(text);
  });
}

function within(days: Days, { variable, classes }: Constraint): readonly Days[] {
  if (variable.kind !== 'fact') return [days];
  return classes.flatMap((at): readonly Days[] => {
    const { shape } = variable.classes[at]!;
    if (shape.kind !== 'range') return [];
    const from: Day = Math.max(days.from, shape.from);
    const to = days.to === null ? shape.to : Math.min(days.to, shape.to);
    return from <= to ? [{ from, to }] : [];
  });
}
