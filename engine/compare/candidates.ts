import type { ClaimLine, Encounter, Vocabulary } from '../facts/encounter.ts';
import { factsOf, factsOfOperand, walk } from '../model/condition.ts';
import type { Condition, FactRef } from '../model/condition.ts';
import type { Policy } from '../model/policy.ts';
import { classAt } from '../regions/domain.ts';
import type { Constraint } from '../regions/regions.ts';
import type { ChangedRegion } from './compare-policies.ts';
import { copyOf, draftOf, encounterOf, lineOf, place } from './draft.ts';
import type { Draft } from './draft.ts';
import { fitted } from './fitted.ts';

const longestMinutes = 1440;

/** Encounters that may lie in a small part of a region, the plainest first. */
export function* candidates(
  sample: readonly Constraint[],
  payer: string,
  day: number,
  region: ChangedRegion,
  vocabulary: Vocabulary,
): Generator<Encounter> {
  const policies = [region.epochs.before, region.epochs.after].flatMap((epoch) => epoch?.policy ?? []);
  const conditions = conditionsOf(region, policies);
  const extra = otherLines(conditions, vocabulary);
  const tuned = numbersIn(conditions);
  const pairs = pairsOf(sample);
  for (const [code, beside] of pairs) {
    const draft = allowsCode(sample, code) ? draftOf(sample, payer, day, code, vocabulary) : null;
    if (draft !== null) yield encounterOf(draft, [lineOf(beside, [], true)]);
  }
  const usual = ['97530', ...new Set(pairs.map(([code]) => code))];
  for (const code of codesIn(sample, usual)) {
    const draft = draftOf(sample, payer, day, code, vocabulary);
    if (draft === null) continue;
    for (const fit of fitted(draft, sample, policies)) {
      for (const numbers of settings(tuned, sample)) {
        for (const lines of extra) yield encounterOf(withNumbers(fit, numbers), lines);
      }
    }
  }
}

/** What the rules of a region ask, and what counts in the figures that they read. */
function conditionsOf({ rules }: ChangedRegion, policies: readonly Policy[]): readonly Condition[] {
  const ids = new Set(rules.map(({ id }) => id));
  return policies.flatMap(({ rules: all, derived }) => {
    const own = all
      .filter(({ id }) => ids.has(id))
      .flatMap(({ when, require, unless }) => [when, require, unless].filter((part) => part !== null));
    const read = new Set(own.flatMap(factsOf).map(({ path }) => path));
    const counted = derived.flatMap(({ name, where }) =>
      where && read.has(`derived.${name}`) ? [where] : [],
    );
    return [...own, ...counted];
  });
}

/** The codes to try: a few of the class, so that a list of hundreds is not gone through. */
function codesIn(sample: readonly Constraint[], unconstrained: readonly string[]): readonly string[] {
  const code = sample.find(({ variable }) => variable.kind === 'fact' && variable.fact.path === 'line.code');
  if (code?.variable.kind !== 'fact') return unconstrained;
  const { classes } = code.variable;
  return code.classes.flatMap((at) => {
    const { shape, example } = classes[at]!;
    const values = shape.kind === 'values' ? shape.values.slice(0, 3) : [example];
    return values.filter((value) => typeof value === 'string');
  });
}

export function allowsCode(sample: readonly Constraint[], code: string): boolean {
  return sample.every(({ variable, classes }) => {
    if (variable.kind !== 'fact' || variable.fact.path !== 'line.code') return true;
    return classes.includes(classAt(variable.classes, variable.tests, code));
  });
}

/** How many pairs of codes are tried at the most. */
const mostPairs = 60;

/** Pairs of codes that the sample asks for on another line and none that it rules out: this line's code, and the other's. */
function pairsOf(sample: readonly Constraint[]): readonly (readonly [string, string])[] {
  const wanted = new Map<string, readonly [string, string]>();
  const ruledOut = new Set<string>();
  for (const { variable, classes } of sample) {
    if (variable.kind !== 'others') continue;
    for (const node of walk(variable.condition)) {
      if (node.kind !== 'test' || node.operand.kind !== 'pairs') continue;
      for (const { value } of node.operand.pairs) {
        const key = `${value.columnOne}/${value.columnTwo}`;
        if (classes[0] === 0) ruledOut.add(key);
        else wanted.set(key, [value.columnTwo, value.columnOne]);
      }
    }
  }
  return [...wanted].flatMap(([key, pair]) => (ruledOut.has(key) ? [] : [pair])).slice(0, mostPairs);
}

/** Numbers that are compared with each other or with figures, which the classes alone do not settle. */
function numbersIn(conditions: readonly Condition[]): readonly FactRef[] {
  const found = new Map<string, FactRef>();
  for (const condition of conditions) {
    for (const fact of pairedFacts(condition)) {
      if (fact.owner === 'line' && fact.type.scalar === 'number' && fact.path !== 'record.supportableUnits')
        found.set(fact.path, fact);
    }
  }
  return [...found.values()];
}

function pairedFacts(condition: Condition): readonly FactRef[] {
  switch (condition.kind) {
    case 'test': {
      const operands = factsOfOperand(condition.operand);
      return operands.length > 0 ? [condition.fact, ...operands] : [];
    }
    case 'all':
    case 'any':
      return condition.conditions.flatMap(pairedFacts);
    case 'named':
    case 'not':
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine':
      return pairedFacts(condition.condition);
  }
}

type Numbers = ReadonlyMap<FactRef, number>;

/** Every combination of a few values for each number: as it is, and from the ends of its class inward. */
function settings(facts: readonly FactRef[], sample: readonly Constraint[]): readonly Numbers[] {
  return facts.slice(0, 3).reduce<readonly Numbers[]>(
    (known, fact) => {
      const constraint = sample.find(
        ({ variable }) => variable.kind === 'fact' && variable.fact.path === fact.path,
      );
      if (constraint?.variable.kind !== 'fact') return known;
      const { shape } = constraint.variable.classes[constraint.classes[0]!]!;
      if (shape.kind !== 'range') return known;
      const values = [shape.from, shape.from + 1, shape.from + 2, 9, 30, shape.to]
        .filter((value) => Number.isFinite(value) && value >= shape.from && value <= shape.to)
        .filter((value, at, all) => value <= longestMinutes && all.indexOf(value) === at);
      return known.flatMap((numbers) => values.map((value) => new Map(numbers).set(fact, value)));
    },
    [new Map()],
  );
}

function withNumbers(draft: Draft, numbers: Numbers): Draft {
  const copy = copyOf(draft);
  for (const [fact, value] of numbers) place(copy, fact, value);
  return copy;
}

/** What else may stand on the claim: nothing, or one or two lines that the rules speak of. */
function otherLines(
  conditions: readonly Condition[],
  vocabulary: Vocabulary,
): readonly (readonly ClaimLine[])[] {
  const codes = new Set<string>();
  const modifiers = new Set<string>();
  for (const fact of conditions.flatMap(testsOn)) {
    for (const value of fact.values) {
      if (fact.path === 'line.code' && codes.size < 12) codes.add(value);
      if (fact.path === 'line.modifiers' && modifiers.size < 4) modifiers.add(value);
    }
  }
  const asksOthers = conditions.some((condition) =>
    factsOf(condition).some(({ owner }) => owner === 'other' || owner === 'derived'),
  );
  if (!asksOthers) return [[]];
  const single = [...codes, '98941', '97110'].flatMap((code) => [
    lineOf(code, [], true),
    lineOf(code, [], false),
    ...[...modifiers].map((modifier) => lineOf(code, [['line.modifiers', [modifier]]], true)),
  ]);
  const distinct = [...codes].slice(0, 6).map((code) => lineOf(code, [], true));
  const growing = distinct.map((_, at) => distinct.slice(0, at + 1));
  return vocabulary.slots.size === 0 ? [[]] : [[], ...single.map((one) => [one]), ...growing];
}

interface Tested {
  readonly path: string;
  readonly values: readonly string[];
}

function testsOn(condition: Condition): readonly Tested[] {
  switch (condition.kind) {
    case 'test': {
      const { operand, fact } = condition;
      if (operand.kind === 'pairs')
        return [
          {
            path: fact.path,
            values: operand.pairs.flatMap(({ value }) => [value.columnOne, value.columnTwo]),
          },
        ];
      if (operand.kind !== 'literal') return [];
      const items = typeof operand.value === 'object' ? operand.value : [operand.value];
      return [{ path: fact.path, values: items.filter((item) => typeof item === 'string') }];
    }
    case 'all':
    case 'any':
      return condition.conditions.flatMap(testsOn);
    case 'named':
    case 'not':
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine':
      return testsOn(condition.condition);
  }
}
