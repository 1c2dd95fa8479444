import { andList, orList } from '../base/words.ts';
import type { Decision } from '../evaluate/outcome.ts';
import { supplyOf } from '../facts/vocabulary.ts';
import type { CodeList } from '../language/syntax.ts';
import type { Condition, FactRef, KnownValue, TestCondition } from '../model/condition.ts';
import type { OperatorName } from '../model/operators.ts';
import { canonicalCondition } from '../regions/canonical.ts';
import { holdsOn, lastDay } from '../regions/domain.ts';
import type { ClassShape, LiteralTest, ValueClass } from '../regions/domain.ts';
import type { Constraint } from '../regions/regions.ts';
import type { MinutesClass, Variable } from '../regions/space.ts';
import { nounOf, sectionNouns } from '../words/nouns.ts';
import { phraseOf } from '../words/phrase.ts';
import type { Phrase } from '../words/phrase.ts';
import { nameWords, textOf } from '../words/runs.ts';
import type { Naming, Speaking } from '../words/speaking.ts';
import { amount, dayWords } from '../words/values.ts';
import { anotherPayer } from './cells.ts';
import type { Days } from './cells.ts';
import type { ChangedRegion, ChangedUnits, Uncovered, Where } from './compare-policies.ts';

/** A region in words: which cases, since when, and what becomes of them. */
export interface RegionWords {
  /** "Claim lines with 97530 at Health Network Solutions, where the treatment time is 8 or 9 minutes, for dates of service from 1 May 2019" */
  readonly when: string;
  /** "was pay, now deny (stricter)" */
  readonly change: string;
  /** Both as one sentence. */
  readonly sentence: string;
}

/** How many codes are counted up before the rest are only numbered. */
const mostCodes = 3;
/** How many whole numbers are counted up before a stretch is told by its ends. */
const mostNumbers = 3;

export function regionWords(region: ChangedRegion, naming: Naming): RegionWords {
  const when = `${caseWords(region, naming)}, ${daysWords(region.where)}`;
  const change = changeWords(region);
  return { when, change, sentence: `${when}: ${change}.` };
}

/** Which cases, whenever they are: "Claim lines with 97530 at Health Network Solutions, where …". */
export function caseWords(region: ChangedRegion, naming: Naming): string {
  const subject = region.scope === 'line' ? 'Claim lines' : 'Visits';
  const code = region.constraints.find(({ variable }) => isFact(variable, 'line.code'));
  const conditions = regionConditions(region, naming);
  return [
    subject,
    code === undefined ? '' : ` with ${codeWords(code, naming.lists)}`,
    ` ${whereWords(region.where, naming.lists)}`,
    conditions.length === 0 ? '' : `, where ${conditions.join(', and ')}`,
  ].join('');
}

/** What else is so in every case of a region, one clause each: "the treatment time is 8 or 9 minutes". */
export function regionConditions(region: ChangedRegion, naming: Naming): readonly string[] {
  return conditionsOf(region, { naming, parameters: parametersOf(region), other: false });
}

/** The codes that a region is about, every one of them; `but`: it is about all codes other than these. */
export function regionCodes({ constraints }: ChangedRegion): {
  readonly codes: readonly string[];
  readonly but: boolean;
} {
  const found = constraints.find(({ variable }) => isFact(variable, 'line.code'));
  if (found?.variable.kind !== 'fact') return { codes: [], but: true };
  const { classes } = found.variable;
  const shapes = found.classes.map((at) => classes[at]!.shape);
  const named = shapes.flatMap((shape) => (shape.kind === 'values' ? shape.values.map(String) : []));
  const other = shapes.find((shape) => shape.kind === 'other');
  return other?.kind === 'other'
    ? { codes: other.than.filter((code) => !named.includes(code)), but: true }
    : { codes: named, but: false };
}

function changeWords({ before, after, direction }: ChangedRegion): string {
  if (direction === 'neutral') return `${decisionText(after)} as before, for another reason (neutral)`;
  // The mildest first: what most claims are.
  return `was ${orList(before.toReversed().map(decisionText))}, now ${decisionText(after)} (${direction})`;
}

/** A decision as it is said within a sentence. */
export function decisionText(decision: Decision): string {
  return decision === 'needs-record' ? 'needs record' : decision;
}

/** Where minutes support other units than before. */
export function unitsWords({ policy, where }: ChangedUnits, { lists }: Naming): string {
  return `The minutes of a timed code support other units than before ${whereWords(where, lists)}, ${daysWords(where)} (${policy}).`;
}

/** What was too large to go through. */
export function uncoveredWords({ policy, rules, where }: Uncovered, { lists }: Naming): string {
  return `Not covered: ${andList(rules)} of ${policy} ${whereWords(where, lists)}, ${daysWords(where)}; there are more cases than are gone through.`;
}

// ------------------------------------------------------------------------------------- for whom, since when

/** "at Health Network Solutions and Medicare Part B" */
function whereWords(where: readonly Where[], lists: readonly CodeList[]): string {
  return `at ${andList(where.map(({ payer }) => payerName(payer, lists)))}`;
}

/** What a payer is called: its description up to the first comma, as the list of payers has it. */
export function payerName(id: string, lists: readonly CodeList[]): string {
  if (id === anotherPayer) return 'any payer that no policy names';
  const entry = lists.find(({ of, id: list }) => of === 'payer' && list === 'payers')?.entries;
  const short = entry?.find(({ value }) => value === id)?.short ?? '';
  return short.split(',')[0]!.trim() || id;
}

function daysWords(where: readonly Where[]): string {
  const texts = new Set(where.map(({ days }) => andList(days.map(stretchWords))));
  const [only] = texts;
  return texts.size === 1
    ? `for dates of service ${only}`
    : `for dates of service that depend on the payer: ${[...texts].join('; ')}`;
}

/** "from 1 May 2019", "from … to …", "on …". */
export function stretchWords({ from, to }: Days): string {
  if (to === from) return `on ${dayWords(from)}`;
  return to === null || to >= lastDay
    ? `from ${dayWords(from)}`
    : `from ${dayWords(from)} to ${dayWords(to)}`;
}

// ------------------------------------------------------------------------------------- which codes

function codeWords({ variable, classes }: Constraint, lists: readonly CodeList[]): string {
  if (variable.kind !== 'fact') return '';
  const shapes = classes.map((at) => variable.classes[at]!.shape);
  const named = shapes.flatMap((shape) => (shape.kind === 'values' ? shape.values.map(String) : []));
  const other = shapes.find((shape) => shape.kind === 'other');
  if (other?.kind === 'other') {
    const excluded = other.than.filter((code) => !named.includes(code));
    return `any code but ${codesText(excluded, lists, 'and')}`;
  }
  return codesText(named, lists, 'or');
}

/** A list by its title where the codes are its entries, else the codes themselves. */
function codesText(codes: readonly string[], lists: readonly CodeList[], last: 'and' | 'or'): string {
  const list = codes.length > 1 ? lists.find((it) => sameEntries(it, codes)) : undefined;
  if (list) return last === 'or' ? `a code of the list “${list.title}”` : `those of the list “${list.title}”`;
  const join = last === 'or' ? orList : andList;
  if (codes.length <= mostCodes) return join(codes);
  const rest = codes.length - mostCodes + 1;
  const shown = codes.slice(0, mostCodes - 1);
  return join([...shown, last === 'or' ? `one of ${rest} other codes` : `${rest} other codes`]);
}

function sameEntries({ entries }: CodeList, codes: readonly string[]): boolean {
  const own = new Set(entries.map(({ value }) => value));
  return own.size === new Set(codes).size && codes.every((code) => own.has(code));
}

// ------------------------------------------------------------------------------------- under which conditions

function isFact(variable: Variable, path: string): boolean {
  return variable.kind === 'fact' && variable.fact.path === path;
}

function conditionsOf({ constraints }: ChangedRegion, speaking: Speaking): readonly string[] {
  const told = constraints.filter(
    ({ variable }) => !['line.code', 'visit.payer', 'visit.date'].some((path) => isFact(variable, path)),
  );
  // That the record is there goes without saying where something in it is told.
  const spoken = new Set(told.flatMap(({ variable }) => sectionsIn(variable)));
  const pairs = pairsBetween(told, speaking);
  const texts = told
    .filter((it) => !pairs?.of.includes(it))
    .filter(
      ({ variable, classes }) =>
        variable.kind !== 'section' || classes[0] === 0 || !spoken.has(variable.section),
    )
    .map((it) => constraintWords(it, speaking));
  return [...new Set(pairs ? [...texts, pairs.text] : texts)];
}

function sectionsIn(variable: Variable): readonly string[] {
  if (variable.kind === 'fact') return [supplyOf(variable.fact.path)];
  return variable.kind === 'minutes' ? ['record'] : [];
}

function constraintWords({ variable, classes }: Constraint, speaking: Speaking): string {
  switch (variable.kind) {
    case 'section': {
      const noun = sectionNouns[variable.section]!;
      const verb = variable.section === 'priorVisits' || noun.includes('data') ? 'were' : 'was';
      return `${noun} ${verb} ${classes[0] === 1 ? '' : 'not '}supplied`;
    }
    case 'fact':
    case 'figure': {
      const found = classes.map((at) => variable.classes[at]!);
      const by = variable.kind === 'figure' ? sideWords(variable.side) : '';
      return by + valuesWords(found, variable, speaking);
    }
    case 'relation':
      return sideWords(variable.side) + truthWords(variable.test, classes, speaking);
    case 'others':
      return sideWords(variable.side) + truthWords(variable.condition, classes, speaking);
    case 'minutes':
      return orList(classes.map((at) => minutesWords(variable.classes[at]!)));
  }
}

function sideWords(side: 'before' | 'after' | null): string {
  return side === null ? '' : side === 'before' ? 'by the policy before, ' : 'by the policy now, ';
}

/** No, yes, unknown: those of which the region consists. */
function truthWords(condition: Condition, classes: readonly number[], speaking: Speaking): string {
  const each = classes.map((at) => {
    const denied = at === 0;
    const text = phraseText(phraseOf(condition, 'is', speaking, denied));
    return at === 2 ? `it is not known whether ${text}` : text;
  });
  return each.join(' or ');
}

function phraseText({ runs, items }: Phrase): string {
  return items.length === 0 ? textOf(runs) : `${textOf(runs)} ${items.map(phraseText).join('; ')}`;
}

function minutesWords(found: MinutesClass | null): string {
  if (found === null) return 'the minutes of the code are not known';
  const { from, to } = found;
  return `the minutes of the code are ${from === to ? amount(from, 'minutes') : `${from} to ${amount(to, 'minutes')}`} together`;
}

function valuesWords(
  classes: readonly (ValueClass | null)[],
  { fact, tests, classes: all }: Extract<Variable, { kind: 'fact' | 'figure' }>,
  speaking: Speaking,
): string {
  const say = (operator: OperatorName, value: KnownValue, denied = false) =>
    phraseText(phraseOf(testOf(fact, operator, value, tests), 'is', speaking, denied));
  const parts: string[] = [];
  if (classes.includes(null)) parts.push(`${nounOf(fact).text} is not known`);
  const there = classes.filter((it) => it !== null);
  if (there.some(({ shape }) => shape.kind === 'empty')) parts.push(say('documented', false));
  const values = there.flatMap(({ shape }) => (shape.kind === 'values' ? shape.values : []));
  const [value] = values;
  if (typeof value === 'boolean') parts.push(...values.map((it) => say('is', it)));
  else if (value !== undefined)
    parts.push(values.length === 1 ? say('is', value) : say('oneOf', values as readonly string[]));
  for (const { shape } of there) {
    if (shape.kind === 'other')
      parts.push(shape.than.length === 0 ? say('documented', true) : say('noneOf', shape.than));
  }
  const ends = endsOf(all);
  for (const stretch of stretchesOf(there.map(({ shape }) => shape)))
    parts.push(rangeWords(stretch, ends, fact, say));
  for (const { shape } of there) {
    if (shape.kind === 'list') parts.push(listWords(shape.example, tests, speaking));
  }
  return [...new Set(parts)].join(' or ');
}

function testOf(
  fact: FactRef,
  operator: OperatorName,
  value: KnownValue,
  tests: readonly LiteralTest[],
): TestCondition {
  const place = tests[0]?.place ?? noPlace;
  return { kind: 'test', fact, operator, operand: { kind: 'literal', value, name: null }, place };
}

/** A condition that nobody wrote stands nowhere. */
const noPlace = { path: '', from: 0, to: 0, line: 1, column: 1, endLine: 1, endColumn: 1, yamlPath: '' };

type Range = Extract<ClassShape, { kind: 'range' }>;
type Say = (operator: OperatorName, value: KnownValue, denied?: boolean) => string;

/** Neighbouring classes are told as one stretch. */
function stretchesOf(shapes: readonly ClassShape[]): readonly Range[] {
  const joined: Range[] = [];
  for (const shape of shapes) {
    if (shape.kind !== 'range') continue;
    const last = joined.at(-1);
    if (last && (last.to + 1 === shape.from || (last.to === shape.from && last.open !== shape.open)))
      joined[joined.length - 1] = { ...last, to: shape.to, open: last.open || shape.open };
    else joined.push(shape);
  }
  return joined;
}

/** The least and the greatest value that there can be at all: what goes without saying. */
function endsOf(classes: readonly (ValueClass | null)[]): Pick<Range, 'from' | 'to'> {
  const ranges = classes.flatMap((it) => (it?.shape.kind === 'range' ? [it.shape] : []));
  return {
    from: Math.min(...ranges.map(({ from }) => from)),
    to: Math.max(...ranges.map(({ to }) => to)),
  };
}

function rangeWords({ from, to }: Range, ends: Pick<Range, 'from' | 'to'>, fact: FactRef, say: Say): string {
  const isDay = fact.type.scalar === 'date';
  if (from === to) return say('is', from);
  const count = to - from + 1;
  if (!isDay && Number.isInteger(from) && count > 1 && count <= mostNumbers) {
    const numbers = Array.from({ length: count }, (_, at) => from + at);
    const { text, plural } = nounOf(fact);
    const all = numbers.map((it, at) => (at === count - 1 ? amount(it, fact.unit) : String(it)));
    return `${text} ${plural ? 'are' : 'is'} ${orList(all)}`;
  }
  const bounds = [
    ...(from > ends.from ? [say(isDay ? 'onOrAfter' : 'atLeast', from)] : []),
    ...(to < ends.to ? [say(isDay ? 'onOrBefore' : 'atMost', to)] : []),
  ];
  return bounds.length === 0 ? say('documented', true) : bounds.join(' and ');
}

/** A list, by everything that the tests say of it. */
function listWords(
  example: readonly (string | number)[],
  tests: readonly LiteralTest[],
  speaking: Speaking,
): string {
  const distinct = [...new Map(tests.map((test) => [canonicalCondition(test), test])).values()];
  const said = distinct.map((test) => {
    const holds = holdsOn(test, example);
    // Two versions of one list have the same name: what only one of them has makes the difference.
    const namesake = distinct.find(
      (it) =>
        it.operator === 'includesAny' &&
        test.operator === 'includesAny' &&
        it.operand.name !== null &&
        it.operand.name === test.operand.name &&
        holdsOn(it, example) !== holds,
    );
    if (!namesake) return phraseText(phraseOf(test, 'is', speaking, !holds));
    if (!holds) return null;
    const [own, other] = [test, namesake].map(({ operand }) => operand.value as readonly string[]);
    const added = own!.filter((item) => !other!.includes(item));
    const only = testOf(test.fact, 'includesAny', added, [test]);
    return `${phraseText(phraseOf(only, 'is', speaking))}, and none that both versions list`;
  });
  return said.filter((it) => it !== null).join(' and ');
}

// ------------------------------------------------------------------------------------- pairs of codes

/** Where another line must make one of a few pairs: by their codes, those left out that it does not make. */
function pairsBetween(
  constraints: readonly Constraint[],
  speaking: Speaking,
): { readonly of: readonly Constraint[]; readonly text: string } | null {
  const asked = constraints.flatMap((constraint) => {
    const { variable, classes } = constraint;
    if (variable.kind !== 'others' || classes.length !== 1) return [];
    const pairs = pairsIn(variable.condition);
    const text = truthWords(variable.condition, [1], speaking);
    return pairs === null ? [] : [{ constraint, pairs, text, at: classes[0] }];
  });
  // Two versions of one list have the same name, and so the two conditions the same words.
  const found = asked.find((it) => it.at === 1 && asked.some(({ at, text }) => at === 0 && text === it.text));
  const lacking = asked.find(({ at, text }) => at === 0 && text === found?.text);
  if (found && lacking) {
    const added = [...found.pairs].filter((pair) => !lacking.pairs.has(pair));
    return {
      of: [found.constraint, lacking.constraint],
      // A few pairs say it themselves, and say the same where no other pair is listed at all.
      text:
        added.length <= mostCodes
          ? `another line of the visit makes the pair ${pairsText(added)}`
          : `another line of the visit makes a pair that only one version lists, ${pairsText(added)}`,
    };
  }
  const only = asked.find(({ at, pairs }) => at === 1 && pairs.size <= mostCodes);
  if (!only) return null;
  return {
    of: [only.constraint],
    text: `another line of the visit makes the pair ${pairsText([...only.pairs])}`,
  };
}

function pairsText(pairs: readonly string[]): string {
  const left = pairs.length - mostCodes;
  return orList([...pairs.slice(0, mostCodes), ...(left > 0 ? [`one of ${left} other pairs`] : [])]);
}

/** The pairs of codes of which another line must make one, and nothing more is asked; null: it is another condition. */
function pairsIn(condition: Condition): ReadonlySet<string> | null {
  if (condition.kind !== 'anyOtherLine' || condition.condition.kind !== 'test') return null;
  const { operand } = condition.condition;
  if (operand.kind !== 'pairs') return null;
  return new Set(operand.pairs.map(({ value }) => `${value.columnTwo} beside ${value.columnOne}`));
}

function parametersOf({ epochs }: ChangedRegion): Speaking['parameters'] {
  return [epochs.after, epochs.before].flatMap((epoch) => epoch?.policy.parameters ?? []);
}

/** The rules that make the difference, by their titles. */
export function ruleTitles({ rules, epochs }: ChangedRegion): readonly string[] {
  return [...new Set(rules.map(({ id }) => id))].map((id) => {
    const rule = [epochs.after, epochs.before].flatMap(
      (epoch) => epoch?.policy.rules.filter((it) => it.id === id) ?? [],
    )[0];
    return rule?.title ?? nameWords(id);
  });
}
