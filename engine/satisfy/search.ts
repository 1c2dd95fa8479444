import type { ConditionTrace, RuleTrace } from '../evaluate/outcome.ts';
import type { FactValue } from '../facts/encounter.ts';
import type { Candidate } from './candidates.ts';
import type { FactChange } from './change.ts';
import { distance } from './values.ts';

/** What can be asked of a changed encounter. */
export interface Trial {
  /** Whether the rule is met with these changes. */
  readonly meets: (changes: readonly FactChange[]) => boolean;
  /** The rule with every condition judged, with these changes. */
  readonly trace: (changes: readonly FactChange[]) => RuleTrace;
}

/** One way to meet the rule: a value for each fact, and other values that would do as well with the rest as it is. */
export interface Solution {
  readonly parts: readonly {
    readonly candidate: Candidate;
    readonly to: FactValue;
    readonly others: readonly FactValue[];
  }[];
}

export interface Found {
  readonly solutions: readonly Solution[];
  /** Every combination of up to three facts was tried. */
  readonly whole: boolean;
}

/** Facts that are tried together, and combinations of values that are tried of one such set, and of all of them. */
const mostTogether = 3;
const mostOfOneSet = 4_000;
const mostOfAll = 20_000;
const enough = 6;

/**
 * The smallest sets of facts that can meet the rule, fewer first, each with the nearest values.
 * A set that holds a smaller one that does is left out.
 */
export function search(candidates: readonly Candidate[], trial: Trial): Found {
  const solutions: Solution[] = [];
  const solved: (readonly Candidate[])[] = [];
  let tried = 0;
  let whole = true;
  for (let size = 1; size <= mostTogether && solutions.length < enough; size += 1) {
    for (const set of subsets(candidates, size)) {
      if (solved.some((smaller) => smaller.every((one) => set.includes(one)))) continue;
      if (tried >= mostOfAll) return { solutions, whole: false };
      const limit = Math.min(mostOfOneSet, mostOfAll - tried);
      const { values, asked } = nearest(set, trial, limit);
      tried += asked;
      if (values) {
        solved.push(set);
        solutions.push(withOthers(set, values, trial));
      } else if (asked >= limit) whole = false;
    }
  }
  if (solutions.length === 0) {
    const steps = descend(candidates, trial);
    if (steps) solutions.push(steps);
  }
  return { solutions, whole };
}

function* subsets<T>(items: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let at = from; at <= items.length - size; at += 1) {
    for (const rest of subsets(items, size - 1, at + 1)) yield [items[at]!, ...rest];
  }
}

/** The values of a set that meet the rule with the least change, or null; and how many were asked. */
function nearest(
  set: readonly Candidate[],
  trial: Trial,
  limit: number,
): { readonly values: readonly FactValue[] | null; readonly asked: number } {
  let asked = 0;
  let best: readonly FactValue[] | null = null;
  let bestCost = Infinity;
  const visit = (at: number, values: readonly FactValue[], cost: number): void => {
    if (at === set.length) {
      asked += 1;
      if (trial.meets(changesOf(set, values))) {
        best = values;
        bestCost = cost;
      }
      return;
    }
    const candidate = set[at]!;
    for (const value of candidate.values) {
      const next = cost + distance(candidate.now, value);
      // Values come nearest first, so that what follows costs as much or more.
      if (next >= bestCost || asked >= limit) return;
      visit(at + 1, [...values, value], next);
    }
  };
  visit(0, [], 0);
  return { values: best, asked };
}

function changesOf(set: readonly Candidate[], values: readonly FactValue[]): readonly FactChange[] {
  return set.map(({ key }, index) => ({ ...key, to: values[index]! }));
}

/** Beside each value the others that are as near and meet the rule as well: one contact or another, one activity or another. */
function withOthers(set: readonly Candidate[], values: readonly FactValue[], trial: Trial): Solution {
  return {
    parts: set.map((candidate, index) => {
      const to = values[index]!;
      const cost = distance(candidate.now, to);
      const others =
        typeof to === 'number'
          ? []
          : candidate.values.filter(
              (other) =>
                other !== to &&
                distance(candidate.now, other) === cost &&
                trial.meets(changesOf(set, values.with(index, other))),
            );
      return { candidate, to, others };
    }),
  };
}

/** Where more facts must change than are tried together: the change that brings the rule nearest, again and again. */
function descend(candidates: readonly Candidate[], trial: Trial): Solution | null {
  let chosen = new Map<Candidate, FactValue>();
  const changes = (map: ReadonlyMap<Candidate, FactValue>) => changesOf([...map.keys()], [...map.values()]);
  let left = missingIn(trial.trace([]));
  while (left > 0 && chosen.size < candidates.length) {
    let best: Map<Candidate, FactValue> | null = null;
    for (const candidate of candidates) {
      if (chosen.has(candidate)) continue;
      for (const value of candidate.values.slice(0, 30)) {
        const next = new Map(chosen).set(candidate, value);
        const missing = missingIn(trial.trace(changes(next)));
        if (missing < left) {
          left = missing;
          best = next;
        }
      }
    }
    if (!best) return null;
    chosen = best;
  }
  for (const candidate of chosen.keys()) {
    const fewer = new Map(chosen);
    fewer.delete(candidate);
    if (trial.meets(changes(fewer))) chosen = fewer;
  }
  if (!trial.meets(changes(chosen))) return null;
  return withOthers([...chosen.keys()], [...chosen.values()], trial);
}

/** How many tests stand between the rule and its being met. */
function missingIn({ when, require, unless }: RuleTrace): number {
  const goal = Math.min(
    require ? missing(require, true) : Infinity,
    unless ? missing(unless, true) : Infinity,
  );
  return (when ? missing(when, true) : 0) + goal;
}

function missing({ condition, result, children }: ConditionTrace, wanted: boolean): number {
  if (result === wanted) return 0;
  const all = (wish: boolean) => children.reduce((sum, child) => sum + missing(child, wish), 0);
  const one = (wish: boolean) =>
    children.reduce((least, child) => Math.min(least, missing(child, wish)), Infinity);
  switch (condition.kind) {
    case 'test':
      return 1;
    case 'not':
      return all(!wanted);
    case 'named':
      return all(wanted);
    case 'all':
    case 'everyOtherLine':
      return wanted ? all(true) : one(false);
    case 'any':
    case 'anyOtherLine':
      return wanted ? one(true) : all(false);
    case 'noOtherLine':
      return wanted ? all(false) : one(true);
  }
}
