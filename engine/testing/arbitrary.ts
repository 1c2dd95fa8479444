import fc from 'fast-check';
import { parseDay } from '../base/calendar-date.ts';
import type { Place } from '../base/source.ts';
import type { Encounter, FactValue, SectionFacts, Vocabulary } from '../facts/encounter.ts';
import { optionalSections } from '../facts/encounter.ts';
import { ownerOf } from '../facts/fact-table.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import type { Fact, ScalarType, Section } from '../facts/vocabulary.ts';
import type { Condition, FactRef, KnownValue, Operand, Pair } from '../model/condition.ts';
import type { Dated } from '../model/effective.ts';
import { operatorNames, operatorOf } from '../model/operators.ts';
import { derivedFunctions, effects, timeMethods } from '../model/policy.ts';
import type { DerivedFigure, MessagePart, Policy, ReceivedWindow, Rule, TimeRule } from '../model/policy.ts';
import { derivedFactRef } from '../model/resolve-fact.ts';

/**
 * Random policies and encounters that a workspace could hold: every value passes its reader, every condition its types.
 * The pools are small on purpose, so that values meet: the minutes of a record are often those of a limit.
 */
export interface Situation {
  readonly policies: readonly Policy[];
  readonly encounters: readonly Encounter[];
}

export function situations(vocabulary: Vocabulary, encountersEach: number): fc.Arbitrary<Situation> {
  return fc.gen().map((draw) => {
    const dice = diceOf(draw);
    const policies = drawPolicies(dice, vocabulary);
    const encounters = Array.from({ length: encountersEach }, (_, index) =>
      drawEncounter(dice, vocabulary, `encounter-${index + 1}`),
    );
    return { policies, encounters };
  });
}

interface Dice {
  readonly below: (limit: number) => number;
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** Between `least` and `most` things, each made by `make`. */
  readonly several: <T>(least: number, most: number, make: (index: number) => T) => readonly T[];
}

/** One builder for each limit, made once: the generator keeps its arbitraries by their builder. */
const naturals: (() => fc.Arbitrary<number>)[] = [];
function naturalBelow(limit: number): () => fc.Arbitrary<number> {
  return (naturals[limit] ??= () => fc.nat({ max: limit - 1 }));
}

function diceOf(draw: fc.GeneratorValue): Dice {
  const below = (limit: number) => draw(naturalBelow(limit));
  return {
    below,
    // The shrinker moves towards zero, which is no: towards less of everything.
    chance: (percent) => below(100) >= 100 - percent,
    pick: (items) => items[below(items.length)]!,
    several: (least, most, make) =>
      Array.from({ length: least + below(most - least + 1) }, (_, index) => make(index)),
  };
}

const nowhere: Place = {
  path: 'random.policy.yaml',
  from: 0,
  to: 0,
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 1,
  yamlPath: '',
};
const days = [
  '2024-03-04',
  '2024-03-03',
  '2024-03-05',
  '2024-02-29',
  '2024-03-01',
  '2024-01-01',
  '2023-12-31',
  '2024-12-31',
  '1900-01-01',
  '2199-12-31',
].map((text) => parseDay(text)!);
const [theDay, dayBefore, dayAfter] = days as [number, number, number];
const payers = ['hns', 'medicare', 'someone-else'];
const codes = ['97530', '97110', '97140', '98941', '0213T', '00100'];
/** Names that objects have of themselves, numbers and flags as text, marks beyond ASCII. */
const awkwardText = [
  'yes',
  '8',
  'true',
  '__proto__',
  'constructor',
  'toString',
  '$.minutes',
  'é☕',
  '𝒳 ',
  '0',
  'null',
];
const pools: Record<Exclude<ScalarType, 'number' | 'choice' | 'boolean'>, readonly (string | number)[]> = {
  code: codes,
  diagnosis: ['M54.50', 'M54.5', 'M99.01', 'Z00'],
  modifier: ['GP', '59', 'XS', 'GA'],
  payer: payers,
  text: awkwardText,
  date: days,
};
const numbers = [0, 1, 2, 3, 7, 8, 9, 14, 15, 16, 22, 23, 30, 37, 38, 45];

// ---------------------------------------------------------------------------------------------- policies

/** One or two policies; the second may be an overlay of the first, either have revisions by date received. */
function drawPolicies(dice: Dice, vocabulary: Vocabulary): readonly Policy[] {
  const policies: Policy[] = [];
  dice.several(1, 2, (index) => {
    const base = index > 0 && dice.chance(40) ? `p${dice.below(index)}` : null;
    const bases = policies.filter(({ id }) => id === base);
    const windows = base ? bases.map(({ received }) => received) : drawWindows(dice);
    // What is for some dates received only has no time rule.
    const canTime = windows.every((window) => window === null);
    const draw = () => drawPolicy(dice, vocabulary, `p${index}`, base, canTime);
    const first = draw();
    // An overlay is resolved once for each revision of its base.
    windows.forEach((received, at) => {
      const { from, to } = first;
      // A later revision has rules of its own, or the same ones with another outcome.
      const own = at === 0 || base || dice.chance(50) ? first : { ...draw(), from, to };
      const rules =
        at === 0 || base ? own.rules : own.rules.map((rule) => ({ ...rule, effect: dice.pick(untimed) }));
      policies.push({ ...own, rules, received });
    });
  });
  return policies;
}

const untimed = effects.filter((effect) => effect !== 'reduce');

/** For all dates received, for some, or for earlier and later ones apart. */
function drawWindows(dice: Dice): readonly (ReceivedWindow | null)[] {
  if (dice.chance(70)) return [null];
  if (dice.chance(40)) return [drawWindow(dice)];
  const [last, begins] = dice.pick([
    [dayBefore, theDay],
    [theDay, dayAfter],
  ] as const);
  return [
    { from: null, to: last, place: nowhere },
    { from: begins, to: null, place: nowhere },
  ];
}

function drawPolicy(
  dice: Dice,
  vocabulary: Vocabulary,
  id: string,
  base: string | null,
  canTime: boolean,
): Policy {
  const [from, to] = dice.pick<readonly [number, number | null]>([
    [days[5]!, null],
    [days[5]!, null],
    [days[5]!, null],
    [theDay, null],
    [days[5]!, theDay],
    [theDay, theDay],
    [dayBefore, dayAfter],
    [dayAfter, null],
    [days[8]!, dayBefore],
  ]);
  const timeRule = canTime && dice.chance(50) ? drawTimeRule(dice) : null;
  const surroundings = { vocabulary, hasTimeRule: timeRule !== null, figures: [] as readonly FactRef[] };
  const derived = dice.several(0, 2, (index) => drawFigure(dice, surroundings, `figure${index}`));
  const around = { ...surroundings, figures: derived.map(derivedFactRef) };
  return {
    id,
    title: id,
    kind: timeRule ? 'time-threshold' : 'billing',
    payers: dice.pick([null, null, payers, [payers[0]!], [payers[1]!]]),
    from,
    to,
    received: null,
    extends: base,
    parameters: [],
    timeRule,
    derived,
    rules: dice.several(1, 3, (index) => drawRule(dice, around, `${id}/r${index}`)),
    place: nowhere,
  };
}

function drawTimeRule(dice: Dice): TimeRule {
  return {
    method: dice.pick(timeMethods),
    codes: drawNamed(dice, 'timed', () => dice.several(0, 5, () => dice.pick(codes))),
    minutesPerUnit: dice.pick([15, 15, 10, 30, 1]),
    minimumMinutes: dice.chance(50) ? drawNamed(dice, 'minimum', () => dice.pick([0, 8, 9, 15])) : null,
    cites: [],
    place: nowhere,
  };
}

interface Around {
  readonly vocabulary: Vocabulary;
  readonly hasTimeRule: boolean;
  readonly figures: readonly FactRef[];
}

/** Who is judged decides which facts may be read. */
type Reader = 'line' | 'other' | 'visit' | 'figure-line' | 'figure-prior';

function drawFigure(dice: Dice, around: Around, name: string): DerivedFigure {
  const calculation = dice.pick(derivedFunctions);
  const over = dice.pick(['lines', 'priorVisits'] as const);
  const reader: Reader = over === 'lines' ? 'figure-line' : 'figure-prior';
  const owner = over === 'lines' ? 'line' : 'prior';
  const fits = ({ type }: FactRef) => {
    if (type.list) return false;
    if (calculation === 'countDistinct') return true;
    return type.scalar === 'number' || (calculation !== 'sum' && type.scalar === 'date');
  };
  const fact =
    calculation === 'count'
      ? null
      : dice.pick(readable(around, reader).filter((ref) => ref.owner === owner && fits(ref)));
  return {
    name,
    calculation,
    over,
    fact,
    where: dice.chance(60) ? drawCondition(dice, around, reader, 1) : null,
    place: nowhere,
  };
}

function drawRule(dice: Dice, around: Around, id: string): Rule {
  const scope = dice.pick(['line', 'line', 'line', 'visit'] as const);
  const condition = () => drawCondition(dice, around, scope, 2);
  const require = dice.chance(70) ? condition() : null;
  const fitting = effects.filter((effect) => effect !== 'reduce' || (scope === 'line' && around.hasTimeRule));
  return {
    id,
    title: id,
    cites: [{ source: 'source', clause: 'clause', place: nowhere }],
    scope,
    // A prohibition without `when` would forbid everything.
    when: require === null || dice.chance(50) ? condition() : null,
    require,
    unless: dice.chance(25) ? condition() : null,
    effect: dice.pick(fitting),
    message: dice.several(0, 2, (): MessagePart => drawMessagePart(dice, around, scope)),
    remedy: '',
    place: nowhere,
  };
}

function drawMessagePart(dice: Dice, around: Around, scope: 'line' | 'visit'): MessagePart {
  if (dice.chance(30))
    return {
      kind: 'operand',
      name: 'limit',
      operand: drawNamed(dice, 'limit', () => dice.pick(['8', '15, 30'])),
    };
  return { kind: 'fact', fact: dice.pick(readable(around, scope)) };
}

function drawCondition(dice: Dice, around: Around, reader: Reader, depth: number): Condition {
  const canAskOthers = reader === 'line';
  const kinds = [
    'test',
    'test',
    'test',
    'all',
    'any',
    'not',
    'named',
    ...(canAskOthers ? (['anyOtherLine', 'everyOtherLine', 'noOtherLine'] as const) : []),
  ] as const;
  const kind = depth === 0 ? 'test' : dice.pick(kinds);
  const below = () => drawCondition(dice, around, reader, depth - 1);
  switch (kind) {
    case 'test':
      return drawTest(dice, around, reader);
    case 'all':
    case 'any':
      return { kind, conditions: dice.several(1, 3, below), place: nowhere };
    case 'not':
      return { kind, condition: below(), place: nowhere };
    case 'named':
      return { kind, name: 'block', condition: below(), place: nowhere };
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine':
      return { kind, condition: drawCondition(dice, around, 'other', depth - 1), place: nowhere };
  }
}

function drawTest(dice: Dice, around: Around, reader: Reader): Condition {
  const facts = readable(around, reader);
  const near = facts.filter(isNear);
  const corner = facts.filter(isCorner);
  const fact = dice.pick(dice.pick([facts, near, near, corner].filter((some) => some.length > 0)));
  const operator = dice.pick(operatorNames.filter((name) => operatorOf(name).fits(fact.type)));
  return {
    kind: 'test',
    fact,
    operator,
    operand: drawOperand(dice, fact, operatorOf(operator).operand, facts, around),
    place: nowhere,
  };
}

/** Facts that tell lines apart. */
function isNear({ owner, section }: FactRef): boolean {
  return owner !== 'visit' || section === 'visit';
}

/** Where an evaluator takes a way of its own: codes are indexed, figures are computed. */
function isCorner({ path, owner }: FactRef): boolean {
  return path === 'line.code' || owner === 'derived' || /(?:Minutes|Units)$/.test(path);
}

function drawOperand(
  dice: Dice,
  fact: FactRef,
  kind: ReturnType<typeof operatorOf>['operand'],
  facts: readonly FactRef[],
  around: Around,
): Operand {
  const entry = around.vocabulary.byPath.get(fact.path);
  const literal = () => drawLiteral(dice, fact.type.scalar, entry);
  const oneOf = (values: readonly number[]) => drawNamed(dice, 'number', () => dice.pick(values));
  switch (kind) {
    case 'boolean':
      return { kind: 'literal', value: dice.chance(50), name: null };
    case 'size':
      return oneOf([0, 1, 2, 3]);
    case 'scalar': {
      const others = facts.filter(({ type }) => !type.list && sameKind(type.scalar, fact.type.scalar));
      if (others.length === 0 || !dice.chance(35)) return drawNamed(dice, 'value', literal);
      const added = { number: [1, 0, 28, -1, 0.1, -0.2], date: [1, 0, 28, -1] }[fact.type.scalar as string];
      return {
        kind: 'fact',
        fact: dice.pick(others),
        plus: added && dice.chance(50) ? oneOf(added) : null,
      };
    }
    case 'list': {
      const others = facts.filter(({ type }) => type.list && sameKind(type.scalar, fact.type.scalar));
      if (others.length > 0 && dice.chance(35)) return { kind: 'fact', fact: dice.pick(others), plus: null };
      return drawNamed(
        dice,
        'list',
        () => dice.several(dice.chance(10) ? 0 : 1, 4, literal) as readonly (string | number)[],
      );
    }
    case 'within': {
      const dates = facts.filter(({ type }) => type.scalar === 'date' && !type.list);
      const of: Operand = dice.chance(60)
        ? { kind: 'fact', fact: dice.pick(dates), plus: null }
        : drawNamed(dice, 'day', () => dice.pick(days));
      return { kind: 'within', of, days: oneOf([1, 0, 2, 28, 366, -1]) };
    }
    case 'pairs': {
      const others = facts.filter(({ type }) => !type.list && type.scalar === 'code');
      const pairs = dice.several(0, 6, (): Dated<Pair> => ({
        ...drawPeriod(dice),
        value: { columnOne: dice.pick(codes), columnTwo: dice.pick(codes) },
      }));
      return { kind: 'pairs', fact: dice.pick(others), list: 'pairs', pairs };
    }
  }
}

function sameKind(a: ScalarType, b: ScalarType): boolean {
  const isText = (scalar: ScalarType) => scalar === 'text' || scalar === 'code';
  return a === b || (isText(a) && isText(b));
}

/** A literal, or a parameter whose value changes with the day. */
function drawNamed(dice: Dice, name: string, make: () => KnownValue): Operand {
  const first = make();
  if (!dice.chance(40)) return { kind: 'literal', value: first, name: null };
  // The first entry has no end, so that there is a value on every day; the one that began last counts.
  const later = dice.several(0, 2, (): Dated<KnownValue> => ({ ...drawPeriod(dice), value: make() }));
  return { kind: 'dated', name, values: [{ from: null, to: null, value: first }, ...later] };
}

function drawPeriod(dice: Dice): { from: number | null; to: number | null } {
  const near = [null, dayBefore, theDay, dayAfter];
  const [from, to] = [dice.pick(near), dice.pick(near)];
  return from !== null && to !== null && from > to ? { from: to, to: from } : { from, to };
}

/** Days received: one end at least. */
function drawWindow(dice: Dice): ReceivedWindow {
  const { from, to } = drawPeriod(dice);
  return { from: from === null && to === null ? theDay : from, to, place: nowhere };
}

function drawLiteral(dice: Dice, scalar: ScalarType, fact: Fact | undefined): string | number | boolean {
  switch (scalar) {
    case 'number':
      return dice.chance(10) && !fact?.whole ? dice.pick([0.3, 7.5, -1, 45.1]) : dice.pick(numbers);
    case 'boolean':
      return dice.chance(50);
    case 'choice':
      return dice.pick(fact!.values!.slice(0, 4));
    case 'text':
      return dice.chance(5) ? '' : dice.pick(pools.text);
    case 'code':
      return dice.chance(15) ? dice.pick(['97', '9', '0']) : dice.pick(pools.code);
    default:
      return dice.pick(pools[scalar]);
  }
}

/** Every fact that may be read by whom, with its reference. */
function readable(around: Around, reader: Reader): readonly FactRef[] {
  const { vocabulary, hasTimeRule, figures } = around;
  const refs = vocabulary.facts.flatMap((fact): readonly FactRef[] => {
    if (fact.computed && !hasTimeRule) return [];
    const owner = ownerOf(fact.path);
    const ref: FactRef = {
      written: fact.path,
      path: fact.path,
      section: sectionOf(fact.path),
      owner,
      type: fact.type,
      unit: fact.unit ?? null,
    };
    if (owner === 'visit') return [ref];
    if (owner === 'prior') return reader === 'figure-prior' ? [ref] : [];
    if (reader === 'visit' || reader === 'figure-prior') return [];
    return reader === 'other' ? [ref, { ...ref, written: `other.${fact.path}`, owner: 'other' }] : [ref];
  });
  return reader === 'figure-line' || reader === 'figure-prior' ? refs : [...refs, ...figures];
}

// -------------------------------------------------------------------------------------------- encounters

function drawEncounter(dice: Dice, vocabulary: Vocabulary, id: string): Encounter {
  const section = (name: Section) => drawSection(dice, vocabulary, name);
  const maybe = (name: Section): SectionFacts => (dice.chance(75) ? section(name) : null);
  const [note, patient, provider, plan, episode] = optionalSections.map(maybe) as [
    SectionFacts,
    SectionFacts,
    SectionFacts,
    SectionFacts,
    SectionFacts,
  ];
  const visit = new Map([
    ...section('visit'),
    ['visit.date', dice.pick([theDay, theDay, theDay, dayBefore, dayAfter])],
    ['visit.payer', dice.pick(payers)],
  ] as [string, FactValue][]);
  const howMany = dice.pick([1, 2, 3, 1, 2, 4, 2, 8]);
  return {
    id,
    title: id,
    visit,
    note,
    patient,
    provider,
    plan,
    episode,
    priorVisits: dice.chance(70) ? dice.several(0, 3, () => section('priorVisits')) : null,
    lines: Array.from({ length: howMany }, () => ({
      claim: new Map([
        ...section('line'),
        ['line.code', dice.pick(codes)],
        ['line.units', dice.pick([1, 2, 3, 4, null])],
      ] as [string, FactValue][]),
      record: dice.chance(80) ? section('record') : null,
      place: null,
    })),
  };
}

/** Every field of a section: filled, stated as empty, or left out. */
function drawSection(dice: Dice, vocabulary: Vocabulary, section: Section): ReadonlyMap<string, FactValue> {
  const fields = vocabulary.facts.filter((fact) => sectionOf(fact.path) === section && !fact.computed);
  return new Map(
    fields.flatMap((fact): [string, FactValue][] => {
      const fate = dice.below(10);
      if (fate === 0) return [];
      return [[fact.path, fate === 1 ? null : drawFactValue(dice, fact)]];
    }),
  );
}

function drawFactValue(dice: Dice, fact: Fact): FactValue {
  const one = () => drawItem(dice, fact);
  if (!fact.type.list) return one();
  const items = dice.several(0, 3, one) as readonly (string | number)[];
  // As the reader has it: an empty list in the record is an empty field.
  return items.length === 0 && !fact.absentMeansNone ? null : items;
}

function drawItem(dice: Dice, fact: Fact): string | number | boolean {
  switch (fact.type.scalar) {
    case 'number': {
      const allowed = [...numbers, ...(fact.whole ? [] : [0.1, 0.2, 0.3, 7.5, 45.1])].filter(
        (n) => n >= (fact.min ?? -Infinity) && n <= (fact.max ?? Infinity),
      );
      return dice.pick(allowed);
    }
    case 'boolean':
      return dice.chance(50);
    case 'choice':
      return dice.pick(fact.values!.slice(0, 4));
    default:
      return dice.pick(pools[fact.type.scalar]);
  }
}
