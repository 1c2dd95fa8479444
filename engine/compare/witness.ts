import { formatDay } from '../base/calendar-date.ts';
import { judge, outcomeCode } from '../evaluate/compile.ts';
import type { Epoch, Judgement, Program } from '../evaluate/compile.ts';
import type { Verdict } from '../evaluate/outcome.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { optionalSections } from '../facts/encounter.ts';
import type {
  ClaimLine,
  Encounter,
  FactValue,
  OptionalSection,
  SectionFacts,
  Vocabulary,
} from '../facts/encounter.ts';
import { factTable } from '../facts/fact-table.ts';
import { dateReceived } from '../facts/vocabulary.ts';
import { factsOf, factsOfOperand, walk } from '../model/condition.ts';
import type { Condition, FactRef } from '../model/condition.ts';
import { classAt } from '../regions/domain.ts';
import type { ValueClass } from '../regions/domain.ts';
import type { Constraint, ShownRule, Visible } from '../regions/regions.ts';
import type { ChangedRegion } from './compare-policies.ts';

/** A small encounter that the two versions decide otherwise, found by trying and judged by both. */
export interface Witness {
  readonly encounter: Encounter;
  readonly before: Verdict;
  readonly after: Verdict;
}

export interface WitnessSettings {
  readonly vocabulary: Vocabulary;
  readonly before: Program;
  readonly after: Program;
  /** How many encounters are tried for a region at the most. */
  readonly tries?: number;
}

const usualTries = 400;
/** How many saved encounters are tried for a region at the most. */
const mostSaved = 40;
const longestMinutes = 1440;

/** An encounter of the region that really changes; null where none was found among those tried. */
export function witnessOf(region: ChangedRegion, settings: WitnessSettings): Witness | null {
  const { vocabulary, tries = usualTries } = settings;
  const [where] = region.where;
  const day = where?.days[0]?.from;
  if (where === undefined || day === undefined) return null;
  let left = tries;
  for (const sample of region.samples.toSorted((a, b) => emptiness(a) - emptiness(b))) {
    for (const encounter of candidates(sample, where.payer, day, region, vocabulary)) {
      if (left === 0) return null;
      left -= 1;
      const found = shownBy(encounter, region, settings);
      if (found) return found;
    }
  }
  return null;
}

/** What both versions make of an encounter, if it is otherwise as the region says. */
function shownBy(
  encounter: Encounter,
  region: ChangedRegion,
  { vocabulary, before, after }: WitnessSettings,
): Witness | null {
  const table = factTable(encounter, vocabulary);
  const was = judge(before, table);
  const is = judge(after, table);
  if (!showsOne(region, was, is)) return null;
  const verdicts = { before: verdictOf(was), after: verdictOf(is) };
  return essenceOf(verdicts.before) === essenceOf(verdicts.after) ? null : { encounter, ...verdicts };
}

/**
 * The same shown by a whole visit, of which the decision changes: a small example may be denied all the same for what it
 * lacks. It says in a saved encounter of that payer, time and code what the small one says; that one, where none changes.
 */
export function exampleOf(
  region: ChangedRegion,
  small: Witness,
  saved: readonly SavedEncounter[],
  settings: WitnessSettings,
): WholeWitness {
  const itself = { ...small, from: null };
  if (small.before.decision !== small.after.decision) return itself;
  let left = mostSaved;
  for (const { path, encounter: ground } of saved) {
    const lines = region.scope === 'line' ? ground.lines.filter((line) => codeAllowed(region, line)) : [];
    const isOf = region.scope === 'visit' || lines.length > 0;
    if (!isOf || !isWhere(region, ground)) continue;
    if (left === 0) break;
    left -= 1;
    for (const encounter of saidIn(ground, lines[0] ?? null, small.encounter)) {
      const found = shownBy(encounter, region, settings);
      if (found && found.before.decision !== found.after.decision) return { ...found, from: path };
    }
  }
  return itself;
}

export interface SavedEncounter {
  readonly path: string;
  readonly encounter: Encounter;
}

export interface WholeWitness extends Witness {
  /** The file of the encounter from which it was made; null: from none. */
  readonly from: string | null;
}

function codeAllowed({ constraints }: ChangedRegion, { claim }: ClaimLine): boolean {
  const code = claim.get('line.code');
  return typeof code === 'string' && allowsCode(constraints, code);
}

function isWhere({ where }: ChangedRegion, { visit }: Encounter): boolean {
  const [payer, day] = [visit.get('visit.payer'), visit.get('visit.date')];
  return (
    typeof day === 'number' &&
    where.some(
      (it) => it.payer === payer && it.days.some(({ from, to }) => from <= day && (to === null || day <= to)),
    )
  );
}

/** The saved encounter with everything that the small one says but payer, date and code: with its line alone, then with all. */
function saidIn(saved: Encounter, line: ClaimLine | null, small: Encounter): readonly Encounter[] {
  const over = (own: SectionFacts, said: SectionFacts): SectionFacts =>
    said === null ? own : new Map([...(own ?? []), ...said]);
  const without = (facts: ReadonlyMap<string, FactValue>, ...paths: readonly string[]) =>
    new Map([...facts].filter(([path]) => !paths.includes(path)));
  const visit = new Map([...saved.visit, ...without(small.visit, 'visit.payer', 'visit.date')]);
  const sections = Object.fromEntries(
    optionalSections.map((name) => [name, over(saved[name], small[name])]),
  ) as Pick<Encounter, OptionalSection>;
  const whole: Encounter = {
    ...saved,
    ...sections,
    id: small.id,
    title: titleOf(visit),
    visit,
  };
  const [first] = small.lines;
  if (line === null || first === undefined) return [whole];
  const claim = new Map([...line.claim, ...without(first.claim, 'line.code', 'line.units')]);
  const own: ClaimLine = { claim, record: over(line.record, first.record), place: null };
  const others = saved.lines.filter((it) => it !== line);
  return [
    { ...whole, lines: [own] },
    { ...whole, lines: [own, ...others] },
  ];
}

/** How much of a sample is left open: an example in which more is documented is the plainer one. */
function emptiness(sample: readonly Constraint[]): number {
  return sample.filter(
    ({ variable, classes }) =>
      variable.kind === 'fact' && variable.classes[classes[0]!]!.shape.kind === 'empty',
  ).length;
}

/** What of a verdict counts as a change: decisions, rules and units, not the wording of a message. */
export function essenceOf({ decision, lines, visit }: Verdict): string {
  const rules = ({ violated, undetermined }: Verdict['visit']) => [
    violated.map(({ rule, effect }) => `${rule} ${effect}`).toSorted(),
    undetermined.map(({ rule }) => rule).toSorted(),
  ];
  return JSON.stringify([
    decision,
    rules(visit),
    lines.map((line) => [line.decision, line.supportableUnits, ...rules(line)]),
  ]);
}

/** Whether the first line (or the visit) changes as the region says, for at least one of its rules. */
function showsOne({ rules, scope, epochs }: ChangedRegion, was: Judgement, is: Judgement): boolean {
  return rules.some(
    (rule) =>
      seenIn(was, epochs.before, scope, rule) === rule.before &&
      seenIn(is, epochs.after, scope, rule) === rule.after,
  );
}

function seenIn(
  judgement: Judgement,
  wanted: Epoch | null,
  scope: 'line' | 'visit',
  { id }: ShownRule,
): Visible {
  const own = judgement.policies.find(({ epoch }) => wanted !== null && isSameRevision(epoch, wanted));
  if (!own) return 'fine';
  const rules = scope === 'line' ? own.epoch.lineRules : own.epoch.visitRules;
  const at = rules.findIndex(({ rule }) => rule.id === id);
  const code = (scope === 'line' ? own.lines[0] : own.visit)?.[at];
  if (code === outcomeCode.violated) return rules[at]!.effect;
  return code === outcomeCode.undetermined ? 'needs-record' : 'fine';
}

/** Of one policy only revisions for other dates received are in force together. */
function isSameRevision(one: Epoch, other: Epoch): boolean {
  const windowOf = ({ policy: { received } }: Epoch) => `${received?.from ?? ''}-${received?.to ?? ''}`;
  return one.policy.id === other.policy.id && windowOf(one) === windowOf(other);
}

type Facts = Map<string, FactValue>;

interface Draft {
  readonly visit: Facts;
  readonly sections: Map<OptionalSection, Facts>;
  readonly claim: Facts;
  record: Facts | null;
  /** Minutes of further lines of the same code; null: a line without its record. */
  readonly sameCode: (number | null)[];
}

/** Encounters that may lie in a small part of a region, the plainest first. */
function* candidates(
  sample: readonly Constraint[],
  payer: string,
  day: number,
  region: ChangedRegion,
  vocabulary: Vocabulary,
): Generator<Encounter> {
  const conditions = conditionsOf(region);
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
    for (const numbers of settings(tuned, sample)) {
      for (const lines of extra) yield encounterOf(withNumbers(draft, numbers), lines);
    }
  }
}

function conditionsOf({ rules, epochs }: ChangedRegion): readonly Condition[] {
  const ids = new Set(rules.map(({ id }) => id));
  return [epochs.before, epochs.after].flatMap((epoch: Epoch | null) =>
    (epoch?.policy.rules ?? [])
      .filter(({ id }) => ids.has(id))
      .flatMap(({ when, require, unless }) => [when, require, unless].filter((part) => part !== null)),
  );
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

function allowsCode(sample: readonly Constraint[], code: string): boolean {
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

function draftOf(
  sample: readonly Constraint[],
  payer: string,
  day: number,
  code: string,
  vocabulary: Vocabulary,
): Draft | null {
  const draft: Draft = {
    visit: new Map<string, FactValue>([
      ['visit.date', day],
      ['visit.payer', payer],
    ]),
    sections: new Map(),
    claim: claimOf(code),
    record: null,
    sameCode: [],
  };
  // Sections first, so that facts find the section they belong to.
  for (const { variable, classes } of sample) {
    if (variable.kind !== 'section' || classes[0] !== 1) continue;
    if (variable.section === 'record') draft.record = new Map();
    // On whatever day it may be received, as far as nothing more is said of it.
    else if (variable.section === dateReceived) draft.visit.set(dateReceived, day);
    else draft.sections.set(variable.section as OptionalSection, new Map());
  }
  for (const { variable, classes } of sample) {
    if (variable.kind !== 'fact') continue;
    const found = variable.classes[classes[0]!]!;
    const isReceived = variable.fact.path === dateReceived;
    const example = isReceived ? receivedIn(found, day) : found.example;
    if (['line.code', 'visit.payer', 'visit.date'].includes(variable.fact.path)) continue;
    if (!place(draft, variable.fact, example)) return null;
  }
  addMinutes(draft, sample);
  return vocabulary.slots.has('line.code') ? draft : null;
}

/** A claim is received on its date of service or later, where the class has such a day. */
function receivedIn({ shape, example }: ValueClass, day: number): FactValue {
  return shape.kind === 'range' ? Math.min(Math.max(shape.from, day), shape.to) : example;
}

function place(draft: Draft, { path, section, owner }: FactRef, value: FactValue): boolean {
  if (owner === 'line') {
    if (section === 'record') {
      draft.record?.set(path, value);
      return draft.record !== null;
    }
    draft.claim.set(path, value);
    return true;
  }
  if (section === 'visit') {
    draft.visit.set(path, value);
    return true;
  }
  const facts = draft.sections.get(section as OptionalSection);
  facts?.set(path, value);
  return facts !== undefined;
}

/** Minutes of the code as a whole: on the line where it says nothing of them, else on a further line of the code. */
function addMinutes(draft: Draft, sample: readonly Constraint[]): void {
  const found = sample.find(({ variable }) => variable.kind === 'minutes');
  if (found?.variable.kind !== 'minutes') return;
  const wanted = found.variable.classes[found.classes[0]!];
  if (wanted == null) {
    // Unknown for the code while the line itself has its record.
    if (draft.record !== null) draft.sameCode.push(null);
    return;
  }
  draft.record ??= new Map();
  const own = draft.record.get('record.minutes');
  if (own == null) draft.record.set('record.minutes', wanted.from);
  else if (typeof own === 'number' && own < wanted.from) draft.sameCode.push(wanted.from - own);
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
  const copy: Draft = {
    visit: new Map(draft.visit),
    sections: draft.sections,
    claim: new Map(draft.claim),
    record: draft.record && new Map(draft.record),
    sameCode: draft.sameCode,
  };
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

/** A line of a claim bills at least one unit, whatever else it says. */
function claimOf(code: string, more: readonly [string, FactValue][] = []): Map<string, FactValue> {
  return new Map<string, FactValue>([['line.code', code], ['line.units', 1], ...more]);
}

function lineOf(code: string, more: readonly [string, FactValue][], record: boolean): ClaimLine {
  return {
    claim: claimOf(code, more),
    record: record ? new Map<string, FactValue>([['record.minutes', 15]]) : null,
    place: null,
  };
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

function titleOf(visit: Encounter['visit']): string {
  return `Example of ${formatDay(visit.get('visit.date') as number)}`;
}

function encounterOf(draft: Draft, others: readonly ClaimLine[]): Encounter {
  const section = (name: OptionalSection) => draft.sections.get(name) ?? null;
  const code = draft.claim.get('line.code') as string;
  const [note, patient, provider, plan, episode] = optionalSections.map(section);
  return {
    id: 'example',
    title: titleOf(draft.visit),
    visit: draft.visit,
    note: note ?? null,
    patient: patient ?? null,
    provider: provider ?? null,
    plan: plan ?? null,
    episode: episode ?? null,
    priorVisits: null,
    lines: [
      { claim: draft.claim, record: draft.record, place: null },
      ...draft.sameCode.map((minutes): ClaimLine => ({
        claim: claimOf(code),
        record: minutes === null ? null : new Map<string, FactValue>([['record.minutes', minutes]]),
        place: null,
      })),
      ...others,
    ],
  };
}
