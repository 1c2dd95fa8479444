import { decisions } from '../evaluate/outcome.ts';
import type { Decision } from '../evaluate/outcome.ts';
import { decide, graver } from '../evaluate/verdict.ts';
import type { Effect, Rule } from '../model/policy.ts';
import { createSpace, isSingle, NO, UNKNOWN, YES } from './space.ts';
import type { Assignment, Known, Side, SideName, Space, Variable } from './space.ts';
import type { Vocabulary } from '../facts/encounter.ts';

/** What a verdict shows of one rule: nothing, that it needs the record, or what it leads to. */
export type Visible = 'fine' | 'needs-record' | Effect;

/** One rule as it is on both sides; null: it is not there, or its policy is not in force. */
export interface RulePair {
  readonly id: string;
  readonly before: Rule | null;
  readonly after: Rule | null;
}

/** Which way a change goes, seen from whoever bills: stricter is a graver decision. */
export type Direction = 'stricter' | 'looser' | 'neutral';

/** Cases in which the rules show something else, all ending in the same decision, in the same direction. */
export interface Region {
  /** What every case of the region has in common; a variable that is not named can be anything. */
  readonly constraints: readonly Constraint[];
  /** What became of the line (or visit) before, as far as these rules go: gravest first. */
  readonly before: readonly Decision[];
  readonly after: Decision;
  readonly direction: Direction;
  /** The rules that make the difference, each with what it shows. */
  readonly rules: readonly ShownRule[];
  /** Small parts of the region, in each of which every variable that matters is fixed: where examples are looked for. */
  readonly samples: readonly (readonly Constraint[])[];
}

export interface ShownRule {
  readonly id: string;
  readonly before: Visible;
  readonly after: Visible;
}

export interface Constraint {
  readonly variable: Variable;
  /** The classes it can be in, in their order. */
  readonly classes: readonly number[];
}

export interface PolicyDifference {
  readonly regions: readonly Region[];
  /** False: there were more cases than are gone through, and nothing is said of any. */
  readonly complete: boolean;
}

export interface RegionSettings {
  readonly vocabulary: Vocabulary;
  /** The payers there are, where they are known. */
  readonly payers: readonly string[] | null;
  /** How many cases are told apart at the most. */
  readonly budget: number;
  /** Whether all claims are meant, or only those of which it is known, or not known, when they were received. */
  readonly received?: 'known' | 'unknown' | null;
}

/**
 * Every case in which rules of one policy, all about lines or all about the visit, show something else.
 * The answer is complete, or says that it is not.
 */
export function differenceOf(
  before: Side,
  after: Side,
  pairs: readonly RulePair[],
  settings: RegionSettings,
): PolicyDifference {
  const rules = pairs.flatMap((pair) => [pair.before, pair.after].filter((rule) => rule !== null));
  const space = createSpace(before, after, rules, settings);
  let left = settings.budget;

  /** The cases below what is known that differ, without what is known; null: there are too many. */
  function expand(known: Assignment): readonly Cube[] | null {
    left -= 1;
    if (left < 0) return null;
    const shown: ShownRule[] = [];
    let next: Variable | null = null;
    for (const pair of pairs) {
      const was = outcomeOf(space, pair.before, 'before', known);
      const is = outcomeOf(space, pair.after, 'after', known);
      next ??= was.next ?? is.next;
      if (next !== null) break;
      shown.push({
        id: pair.id,
        before: visible(was.mask, pair.before),
        after: visible(is.mask, pair.after),
      });
    }
    if (next === null) return shown.some((it) => it.before !== it.after) ? [cubeOf(known, shown)] : [];
    const { key } = next;
    const classes = space.allowed(next, known);
    const below: (readonly Cube[])[] = [];
    for (const at of classes) {
      const cubes = expand(new Map(known).set(key, at));
      if (cubes === null) return null;
      below.push(cubes);
    }
    return joined(key, classes, below);
  }

  const { received = null } = settings;
  const asked = received === null ? null : space.dateReceived();
  const start: Assignment = new Map(asked ? [[asked.key, received === 'known' ? 1 : 0]] : []);
  const cubes = expand(start);
  if (cubes === null) return { regions: [], complete: false };
  const told = (constraints: Cube['constraints']): readonly Constraint[] =>
    [...constraints].map(([key, classes]) => ({
      variable: space.variable(key),
      classes: [...classes].toSorted((x, y) => x - y),
    }));
  return {
    regions: merged(cubes, space).map(({ constraints, samples, ...rest }) => ({
      ...rest,
      constraints: told(new Map([...startOf(start), ...constraints])),
      samples: samples.map(told),
    })),
    complete: true,
  };
}

function startOf(start: Assignment): Cube['constraints'] {
  return new Map([...start].map(([key, at]) => [key, new Set([at])]));
}

function cubeOf(known: Assignment, shown: readonly ShownRule[]): Cube {
  const before = decisionOf(shown.map((it) => it.before));
  const after = decisionOf(shown.map((it) => it.after));
  return {
    constraints: new Map(),
    before: [before],
    after,
    direction: directionOf(before, after),
    rules: shown.filter((it) => it.before !== it.after),
    samples: [new Map([...known].map(([key, at]) => [key, new Set([at])]))],
  };
}

/** Cases that differ in the same way whichever of several classes a variable is in become one; in all, it no longer matters. */
function joined(
  key: string,
  classes: readonly number[],
  below: readonly (readonly Cube[])[],
): readonly Cube[] {
  const groups = new Map<string, { readonly at: Set<number>; readonly cubes: Cube[] }>();
  below.forEach((cubes, position) => {
    for (const cube of cubes) {
      const signature = signatureOf(cube, null);
      const group = groups.get(signature) ?? { at: new Set<number>(), cubes: [] };
      group.at.add(classes[position]!);
      group.cubes.push(cube);
      groups.set(signature, group);
    }
  });
  return [...groups.values()].map(({ at, cubes }): Cube => {
    const [first] = cubes;
    const constraints = new Map<string, ReadonlySet<number>>(first!.constraints);
    if (at.size < classes.length) constraints.set(key, at);
    return { ...first!, ...together(cubes), constraints };
  });
}

function signatureOf({ direction, after, constraints }: Cube, without: string | null): string {
  const rest = [...constraints]
    .filter(([key]) => key !== without)
    .map(([key, classes]) => `${key}=${[...classes].toSorted((a, b) => a - b).join(',')}`)
    .toSorted();
  return [direction, after, ...rest].join('\n');
}

/** By the gravity of the decisions; the same decision for other reasons is neutral. */
export function directionOf(before: Decision, after: Decision): Direction {
  if (before === after) return 'neutral';
  return graver(before, after) === after ? 'stricter' : 'looser';
}

function decisionOf(shown: readonly Visible[]): Decision {
  const effects = shown.filter((it) => it !== 'fine' && it !== 'needs-record');
  return decide(
    effects.map((effect) => ({ effect })),
    shown.includes('needs-record'),
  );
}

const FINE = 1;
const VIOLATED = 2;
const UNDETERMINED = 4;

/** Mirrors `outcomeOf` of the evaluator, over everything that is still possible. */
function outcomeOf(space: Space, rule: Rule | null, side: SideName, known: Assignment): Known {
  if (rule === null) return { mask: FINE, next: null };
  const never: Known = { mask: NO, next: null };
  const ask = (part: Rule['when'], absent: Known): Known =>
    part === null ? absent : space.evaluate(part, side, known);
  const when = ask(rule.when, { mask: YES, next: null });
  if (!(when.mask & YES)) {
    const mask = (when.mask & NO ? FINE : 0) | (when.mask & UNKNOWN ? UNDETERMINED : 0);
    return { mask, next: isSingle(mask) ? null : when.next };
  }
  if (!isSingle(when.mask)) return { mask: FINE | VIOLATED | UNDETERMINED, next: when.next };
  const require = ask(rule.require, never);
  if (require.mask === YES) return { mask: FINE, next: null };
  const unless = ask(rule.unless, never);
  if (unless.mask === YES) return { mask: FINE, next: null };
  let mask = 0;
  if (require.mask & YES || unless.mask & YES) mask |= FINE;
  if (require.mask & UNKNOWN || unless.mask & UNKNOWN) mask |= UNDETERMINED;
  if (require.mask & NO && unless.mask & NO) mask |= VIOLATED;
  return { mask, next: isSingle(mask) ? null : (require.next ?? unless.next) };
}

function visible(mask: number, rule: Rule | null): Visible {
  if (mask === VIOLATED) return rule!.effect;
  return mask === UNDETERMINED ? 'needs-record' : 'fine';
}

interface Cube {
  readonly constraints: ReadonlyMap<string, ReadonlySet<number>>;
  readonly before: readonly Decision[];
  readonly after: Decision;
  readonly direction: Direction;
  readonly rules: readonly ShownRule[];
  readonly samples: readonly Cube['constraints'][];
}

/** Of how many small parts of a region an example is looked for. */
const mostSamples = 24;

/** Cubes that agree in all but one variable become one, until none do; what can be anything is no longer named. */
function merged(cubes: readonly Cube[], space: Space): readonly Cube[] {
  let current = cubes;
  for (;;) {
    const keys = new Set(current.flatMap(({ constraints }) => [...constraints.keys()]));
    const count = current.length;
    for (const key of keys) current = mergedAlong(current, key, space);
    if (current.length === count) return current;
  }
}

function mergedAlong(cubes: readonly Cube[], key: string, space: Space): readonly Cube[] {
  const groups = new Map<string, Cube[]>();
  const result: Cube[] = [];
  for (const cube of cubes) {
    if (!cube.constraints.has(key)) {
      result.push(cube);
      continue;
    }
    const signature = signatureOf(cube, key);
    groups.set(signature, [...(groups.get(signature) ?? []), cube]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    const classes = new Set(group.flatMap((cube) => [...cube.constraints.get(key)!]));
    const constraints = new Map(first!.constraints);
    if (classes.size === space.variable(key).size) constraints.delete(key);
    else constraints.set(key, classes);
    result.push({ ...first!, ...together(group), constraints });
  }
  return result;
}

function together(cubes: readonly Cube[]): Pick<Cube, 'before' | 'rules' | 'samples'> {
  const before = new Set(cubes.flatMap((cube) => cube.before));
  const rules = new Map(
    cubes.flatMap((cube) => cube.rules.map((rule) => [JSON.stringify(rule), rule] as const)),
  );
  return {
    before: decisions.filter((it) => before.has(it)),
    rules: [...rules.values()],
    samples: cubes.flatMap((cube) => cube.samples).slice(0, mostSamples),
  };
}
