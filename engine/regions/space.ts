import { unitsForMinutes } from '../facts/derived/time-rule.ts';
import { optionalSections } from '../facts/encounter.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import { dateReceived, supplyOf } from '../facts/vocabulary.ts';
import type { Fact, Supply } from '../facts/vocabulary.ts';
import { literalValue } from '../model/bind.ts';
import { factsOf, factsOfOperand } from '../model/condition.ts';
import type { Condition, FactRef, TestCondition } from '../model/condition.ts';
import type { Policy, Rule, TimeRule } from '../model/policy.ts';
import { canonicalCondition, canonicalReading, canonicalTimeRule } from './canonical.ts';
import { classesOf, holdsOn } from './domain.ts';
import type { LiteralTest, ValueClass } from './domain.ts';
import { implies, neverHolds } from './implies.ts';

/** One policy on one side of a comparison, on days on which nothing it reads changes; null: it is not in force. */
export type Side = Policy | null;

export type SideName = 'before' | 'after';

/** What can differ between two encounters as far as two rules can tell, and how far it is divided. */
export type Variable =
  | { readonly kind: 'section'; readonly key: string; readonly section: Supply; readonly size: 2 }
  | {
      readonly kind: 'fact';
      readonly key: string;
      readonly fact: FactRef;
      /** The tests that tell its classes apart. */
      readonly tests: readonly LiteralTest[];
      readonly classes: readonly ValueClass[];
      readonly size: number;
    }
  /** A computed fact: unknown, empty, or in one of the classes. */
  | {
      readonly kind: 'figure';
      readonly key: string;
      readonly fact: FactRef;
      readonly tests: readonly LiteralTest[];
      readonly side: SideName | null;
      readonly classes: readonly (ValueClass | null)[];
      readonly size: number;
    }
  /** Two facts compared with each other: it holds or not. */
  | {
      readonly kind: 'relation';
      readonly key: string;
      readonly test: TestCondition;
      readonly side: SideName | null;
      readonly size: 2;
    }
  /** What the other lines of the visit say: no, yes, unknown. */
  | {
      readonly kind: 'others';
      readonly key: string;
      readonly condition: Condition;
      readonly side: SideName | null;
      readonly size: 3;
    }
  /** All minutes of the code of the line, where two time rules make other units of them. */
  | {
      readonly kind: 'minutes';
      readonly key: string;
      readonly classes: readonly (MinutesClass | null)[];
      readonly size: number;
    };

export interface MinutesClass {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

/** Possible truth values as bits. */
export const NO = 1;
export const YES = 2;
export const UNKNOWN = 4;
const ANY = 7;

/** What is known of a condition so far, and what to ask next; null: nothing more is needed. */
export interface Known {
  readonly mask: number;
  readonly next: Variable | null;
}

export type Assignment = ReadonlyMap<string, number>;

/** The variables of two rules, and what each rule's conditions say once some of them are known. */
export interface Space {
  readonly evaluate: (condition: Condition, side: SideName, known: Assignment) => Known;
  /** The classes of a variable that can occur beside what is known. */
  readonly allowed: (variable: Variable, known: Assignment) => readonly number[];
  readonly variable: (key: string) => Variable;
  /** Whether the date received is known. */
  readonly dateReceived: () => Variable;
}

interface Surroundings {
  readonly vocabulary: Vocabulary;
  readonly payers: readonly string[] | null;
}

const longestMinutes = 1440;

export function createSpace(
  before: Side,
  after: Side,
  /** Of both sides: those that are compared. */
  rules: readonly Rule[],
  { vocabulary, payers }: Surroundings,
): Space {
  const sides = { before, after } as const;
  const tests = collectTests(rules);
  const variables = new Map<string, Variable>();
  const timeRules = { before: before?.timeRule ?? null, after: after?.timeRule ?? null };
  const sameTimeRule = canonicalTimeRule(timeRules.before) === canonicalTimeRule(timeRules.after);
  const refined = !sameTimeRule && isRefinable(timeRules.before) && isRefinable(timeRules.after);

  /** Units depend on whether the code is timed. */
  const tellsTimed =
    !sameTimeRule ||
    rules.some(({ when, require, unless }) =>
      [when, require, unless].some((part) => part !== null && factsOf(part).some(isUnitsOfLine)),
    );

  function keep<V extends Variable>(key: string, make: () => V): V {
    const known = variables.get(key);
    if (known) return known as V;
    const made = make();
    variables.set(key, made);
    return made;
  }

  const factOf = (ref: FactRef): Fact => {
    const fact = vocabulary.byPath.get(ref.path);
    // Figures of a policy have no row of their own: their type is that of the reference.
    return (
      fact ?? {
        path: ref.path,
        type: ref.type,
        meaning: '',
        example: '',
        forms: { x12: '', cms1500: '', fhir: '' },
      }
    );
  };

  function factVariable(ref: FactRef): Extract<Variable, { kind: 'fact' }> {
    const key = `${ref.owner}:${ref.path}`;
    return keep(key, () => {
      const own = tests.get(key) ?? [];
      const extra = ref.path === 'line.code' && tellsTimed ? timedTests(ref, timeRules) : [];
      const asked = [...own, ...extra];
      const classes = classesOf(factOf(ref), asked, ref.type.scalar === 'payer' ? payers : null);
      return { kind: 'fact', key, fact: ref, tests: asked, classes, size: classes.length };
    });
  }

  function sectionVariable(ref: FactRef): Extract<Variable, { kind: 'section' }> | null {
    const section = supplyOf(ref.path);
    const optional = ['record', dateReceived, ...optionalSections].includes(section);
    return optional ? supplyVariable(section) : null;
  }

  function supplyVariable(section: Supply): Extract<Variable, { kind: 'section' }> {
    const key = `section:${section}`;
    return keep(key, () => ({ kind: 'section', key, section, size: 2 }));
  }

  /** A figure has one variable where both sides define it alike, and one for each side otherwise. */
  function figureVariable(ref: FactRef, side: SideName, shared: boolean) {
    const key = `figure:${shared ? 'both' : side}:${ref.path}`;
    return keep(key, (): Extract<Variable, { kind: 'figure' }> => {
      const counts = figuresThatCount(ref, sides[side]);
      const fact: Fact = { ...factOf(ref), ...(counts ? { whole: true, min: 0 } : {}) };
      const asked = tests.get(`${ref.owner}:${ref.path}`) ?? [];
      const all = classesOf(fact, asked, null);
      const values = all.filter(({ shape }) => !(counts && shape.kind === 'empty'));
      const classes = counts && isAlwaysKnown(ref, sides[side]) ? values : [null, ...values];
      return {
        kind: 'figure',
        key,
        fact: ref,
        tests: asked,
        side: shared ? null : side,
        classes,
        size: classes.length,
      };
    });
  }

  /** What counts by the claim alone is known: the claim is always there. */
  function isAlwaysKnown(ref: FactRef, policy: Policy | null): boolean {
    const figure = policy?.derived.find(({ name }) => ref.path === `derived.${name}`);
    if (!figure) return false;
    const read = [...(figure.fact ? [figure.fact] : []), ...(figure.where ? factsOf(figure.where) : [])];
    return figure.over === 'lines' && read.every((one) => !isFigure(one) && sectionVariable(one) === null);
  }

  function isShared(ref: FactRef): boolean {
    if (before === null || after === null) return true;
    return canonicalReading(ref, before) === canonicalReading(ref, after);
  }

  /** What is known of a fact: whether it can be never supplied, empty, or there; and of what class it is. */
  function lookUp(ref: FactRef, side: SideName, known: Assignment): LookUp {
    if (ref.path === 'record.supportableUnits' && refined) return lookUpUnits(ref, side, known);
    if (isUnitsOfLine(ref)) {
      const code = factVariable(codeRef(ref));
      if (!known.has(code.key)) return { states: ANY_STATE, of: null, next: code };
    }
    if (isFigure(ref)) return lookUpFigure(figureVariable(ref, side, isShared(ref)), known);
    const section = sectionVariable(ref);
    const supplied = section ? known.get(section.key) : 1;
    if (section && supplied === undefined) return { states: ANY_STATE, of: null, next: section };
    if (supplied === 0) return { states: NEVER, of: null, next: null };
    const variable = factVariable(ref);
    const at = known.get(variable.key);
    if (at === undefined) {
      const canBeEmpty = variable.classes.some(({ shape }) => shape.kind === 'empty');
      return { states: canBeEmpty ? EMPTY | THERE : THERE, of: variable.classes, next: variable };
    }
    const found = variable.classes[at]!;
    return { states: found.shape.kind === 'empty' ? EMPTY : THERE, of: [found], next: null };
  }

  function lookUpFigure(variable: Extract<Variable, { kind: 'figure' }>, known: Assignment): LookUp {
    const at = known.get(variable.key);
    if (at === undefined)
      return { states: ANY_STATE, of: variable.classes.filter((it) => it !== null), next: variable };
    const found = variable.classes[at]!;
    if (found === null) return { states: NEVER, of: null, next: null };
    return { states: found.shape.kind === 'empty' ? EMPTY : THERE, of: [found], next: null };
  }

  /** Units under two time rules of one code at a time: equal wherever the minutes of the code give equal units. */
  function lookUpUnits(ref: FactRef, side: SideName, known: Assignment): LookUp {
    const code = factVariable(codeRef(ref));
    const at = known.get(code.key);
    if (at === undefined) return { states: ANY_STATE, of: null, next: code };
    const example = code.classes[at]!.example as string;
    const timed = {
      before: isTimedCode(timeRules.before!, example),
      after: isTimedCode(timeRules.after!, example),
    };
    if (!timed[side]) return { states: EMPTY, of: null, next: null };
    if (timed.before !== timed.after) return lookUpFigure(figureVariable(ref, side, false), known);
    const minutes = minutesVariable();
    const minutesAt = known.get(minutes.key);
    if (minutesAt === undefined) return { states: ANY_STATE, of: null, next: minutes };
    const found = minutes.classes[minutesAt]!;
    if (found === null) return { states: NEVER, of: null, next: null };
    return lookUpFigure(figureVariable(ref, side, found.before === found.after), known);
  }

  function minutesVariable(): Extract<Variable, { kind: 'minutes' }> {
    return keep('minutes', () => {
      const classes = [null, ...minutesClasses(timeRules.before!, timeRules.after!)];
      return { kind: 'minutes', key: 'minutes', classes, size: classes.length };
    });
  }

  /** Whether a relation is the same on both sides, as far as that is known. */
  function relationVariable(
    test: TestCondition,
    side: SideName,
    known: Assignment,
  ): Extract<Variable, { kind: 'relation' }> {
    const refs = [test.fact, ...factsOfOperand(test.operand)];
    const shared = refs.every((ref) => {
      if (ref.path !== 'record.supportableUnits' || !refined) return !isFigure(ref) || isShared(ref);
      const at = known.get('minutes');
      const found = at === undefined ? null : minutesVariable().classes[at];
      return found != null && found.before === found.after;
    });
    const key = `relation:${shared ? 'both' : side}:${canonicalCondition(test)}`;
    return keep(key, () => ({ kind: 'relation', key, test, side: shared ? null : side, size: 2 }));
  }

  function evaluateTest(test: TestCondition, side: SideName, known: Assignment): Known {
    const left = lookUp(test.fact, side, known);
    if (test.operand.kind === 'literal') return literalKnown(test as LiteralTest, left);
    if (left.states === EMPTY) return { mask: NO, next: null };
    if (left.next) return { mask: ANY, next: left.next };
    let never = left.states === NEVER;
    for (const ref of factsOfOperand(test.operand)) {
      const right = lookUp(ref, side, known);
      if (right.states === EMPTY) return { mask: NO, next: null };
      if (right.next) return { mask: ANY, next: right.next };
      never ||= right.states === NEVER;
    }
    if (never) return { mask: UNKNOWN, next: null };
    const variable = relationVariable(test, side, known);
    const at = known.get(variable.key);
    return at === undefined ? { mask: NO | YES, next: variable } : { mask: at === 1 ? YES : NO, next: null };
  }

  function evaluate(condition: Condition, side: SideName, known: Assignment): Known {
    switch (condition.kind) {
      case 'test':
        return evaluateTest(condition, side, known);
      case 'named':
        return evaluate(condition.condition, side, known);
      case 'not': {
        const { mask, next } = evaluate(condition.condition, side, known);
        return { mask: (mask & UNKNOWN) | (mask & YES ? NO : 0) | (mask & NO ? YES : 0), next };
      }
      case 'all':
      case 'any':
        return combine(
          condition.conditions,
          condition.kind === 'all' ? NO : YES,
          condition.kind === 'all' ? YES : NO,
          (child) => evaluate(child, side, known),
        );
      case 'anyOtherLine':
      case 'everyOtherLine':
      case 'noOtherLine': {
        const text = canonicalCondition(condition);
        const shared = sharedReadings(condition);
        const key = `others:${shared ? 'both' : side}:${text}`;
        const variable = keep(key, (): Extract<Variable, { kind: 'others' }> => {
          return { kind: 'others', key, condition, side: shared ? null : side, size: 3 };
        });
        const at = known.get(key);
        return at === undefined
          ? { mask: ANY, next: variable }
          : { mask: [NO, YES, UNKNOWN][at]!, next: null };
      }
    }
  }

  function sharedReadings(condition: Condition): boolean {
    return factsOf(condition).every((ref) => !isFigure(ref) || isShared(ref));
  }

  function allowed(variable: Variable, known: Assignment): readonly number[] {
    const all = Array.from({ length: variable.size }, (_, at) => at);
    if (variable.kind === 'figure' && variable.fact.path === 'record.supportableUnits' && refined) {
      // The code is timed and its minutes are known: so are its units.
      return all.filter((at) => {
        const found = variable.classes[at];
        return found != null && found.shape.kind !== 'empty';
      });
    }
    if (variable.kind === 'figure' && isUnitsOfLine(variable.fact))
      return all.filter((at) => isUnitsPossible(variable, at, known));
    if (variable.kind === 'minutes' || variable.key === 'line:record.minutes') {
      return all.filter((at) => isEnough(new Map(known).set(variable.key, at)));
    }
    if (variable.kind === 'others') return all.filter((at) => isPossible(variable, at, known));
    if (variable.kind !== 'relation' || variable.side === null || !refined) return all;
    return all.filter((at) => isOrdered(variable, at, known));
  }

  /** The units of a line are empty where its code is not timed, and only there; without its record they are not known. */
  function isUnitsPossible(
    { side, fact, classes }: Extract<Variable, { kind: 'figure' }>,
    at: number,
    known: Assignment,
  ): boolean {
    const rule = timeRules[side ?? (before === null ? 'after' : 'before')];
    const code = factVariable(codeRef(fact));
    const codeAt = known.get(code.key);
    if (rule === null || codeAt === undefined) return true;
    const isTimed = isTimedCode(rule, code.classes[codeAt]!.example as string);
    const found = classes[at]!;
    if (!isTimed) return found !== null && found.shape.kind === 'empty';
    return found === null || (known.get('section:record') !== 0 && found.shape.kind !== 'empty');
  }

  /** The claim is always there, and what a shorter list finds on another line a longer one finds, too. */
  function isPossible(
    { condition, side }: Extract<Variable, { kind: 'others' }>,
    at: number,
    known: Assignment,
  ): boolean {
    if (at === 2 && factsOf(condition).every((ref) => !isFigure(ref) && sectionVariable(ref) === null))
      return false;
    if (at === 1 && neverHolds(condition)) return false;
    if (side !== null) return true;
    return [...known].every(([key, partnerAt]) => {
      const partner = variables.get(key);
      if (partner?.kind !== 'others' || partner.side !== null) return true;
      const [own, other] = [truthRank[at]!, truthRank[partnerAt]!];
      return (
        (own <= other || !implies(condition, partner.condition)) &&
        (own >= other || !implies(partner.condition, condition))
      );
    });
  }

  /** The minutes of a code are those of all its lines: never fewer than those of the line. */
  function isEnough(known: Assignment): boolean {
    const [minutesAt, lineAt] = [known.get('minutes'), known.get('line:record.minutes')];
    const supplied = known.get('section:record');
    if (minutesAt === undefined) return true;
    const minutes = minutesVariable().classes[minutesAt]!;
    // Without the record of one of its lines nothing is known of the code.
    if (supplied === 0) return minutes === null;
    if (lineAt === undefined) return true;
    const line = variables.get('line:record.minutes');
    const shape = line?.kind === 'fact' ? line.classes[lineAt]!.shape : null;
    return minutes === null || shape?.kind !== 'range' || minutes.to >= shape.from;
  }

  /** More units of a code mean no fewer on any of its lines: so of two comparisons only one can hold without the other. */
  function isOrdered(
    variable: Extract<Variable, { kind: 'relation' }>,
    at: number,
    known: Assignment,
  ): boolean {
    const minutesAt = known.get('minutes');
    const minutes = minutesAt === undefined ? null : minutesVariable().classes[minutesAt];
    const other = variable.side === 'before' ? 'after' : 'before';
    const partner = known.get(variable.key.replace(`relation:${variable.side}:`, `relation:${other}:`));
    const direction = growsWithUnits(variable.test);
    if (minutes == null || partner === undefined || direction === 0) return true;
    const [before, after] = variable.side === 'before' ? [at, partner] : [partner, at];
    const gains = Math.sign(minutes.after - minutes.before) * direction;
    return gains >= 0 ? before <= after : before >= after;
  }

  return {
    evaluate,
    allowed,
    dateReceived: () => supplyVariable(dateReceived),
    variable(key) {
      const found = variables.get(key);
      if (!found) throw new Error(`no variable ${key}`);
      return found;
    },
  };
}

/** No, yes, unknown, from false to true. */
const truthRank = [0, 2, 1] as const;

const NEVER = 1;
const EMPTY = 2;
const THERE = 4;
const ANY_STATE = 7;

interface LookUp {
  readonly states: number;
  /** The classes that it can still be in. */
  readonly of: readonly ValueClass[] | null;
  readonly next: Variable | null;
}

function literalKnown(test: LiteralTest, { states, of, next }: LookUp): Known {
  let mask = 0;
  if (states & NEVER) mask |= UNKNOWN;
  if (of === null) {
    if (states & EMPTY) mask |= holdsOn(test, null) ? YES : NO;
    if (states & THERE) mask |= YES | NO;
  } else {
    for (const { example } of of) mask |= holdsOn(test, example) ? YES : NO;
  }
  return { mask, next: isSingle(mask) ? null : next };
}

export function isSingle(mask: number): boolean {
  return (mask & (mask - 1)) === 0;
}

/** `all` ends at a no, `any` at a yes. */
function combine(
  children: readonly Condition[],
  ending: number,
  otherwise: number,
  evaluate: (child: Condition) => Known,
): Known {
  let mask = otherwise;
  let next: Variable | null = null;
  for (const child of children) {
    const { mask: own, next: wanted } = evaluate(child);
    if (own === ending) return { mask: ending, next: null };
    next ??= wanted;
    let combined = 0;
    if (mask & ending || own & ending) combined |= ending;
    const stays = (bit: number, other: number) => mask & bit && own & other;
    if (stays(otherwise, otherwise)) combined |= otherwise;
    if (stays(UNKNOWN, otherwise) || stays(otherwise, UNKNOWN) || stays(UNKNOWN, UNKNOWN))
      combined |= UNKNOWN;
    mask = combined;
  }
  return { mask, next: isSingle(mask) ? null : next };
}

function isUnitsOfLine({ owner, path }: FactRef): boolean {
  return owner === 'line' && path === 'record.supportableUnits';
}

function isFigure({ owner, path }: FactRef): boolean {
  return (
    owner === 'derived' ||
    path === 'record.supportableUnits' ||
    path.startsWith('derived.') ||
    isVisitFigure(path)
  );
}

function isVisitFigure(path: string): boolean {
  return ['visit.timedMinutes', 'visit.supportableUnits', 'visit.billedTimedUnits'].includes(path);
}

function figuresThatCount(ref: FactRef, policy: Policy | null): boolean {
  if (ref.path === 'record.supportableUnits') return false;
  if (isVisitFigure(ref.path)) return true;
  const figure = policy?.derived.find(({ name }) => ref.path === `derived.${name}`);
  return figure?.calculation === 'count' || figure?.calculation === 'countDistinct';
}

function codeRef(like: FactRef): FactRef {
  return {
    ...like,
    written: 'line.code',
    path: 'line.code',
    section: 'line',
    owner: 'line',
    type: { scalar: 'code', list: false },
    unit: null,
  };
}

/** Literal tests by the fact they ask; those about other lines are asked of other lines. */
function collectTests(rules: readonly Rule[]): ReadonlyMap<string, readonly LiteralTest[]> {
  const found = new Map<string, LiteralTest[]>();
  const visit = (condition: Condition): void => {
    switch (condition.kind) {
      case 'test': {
        if (condition.operand.kind !== 'literal') return;
        const key = `${condition.fact.owner}:${condition.fact.path}`;
        found.set(key, [...(found.get(key) ?? []), condition as LiteralTest]);
        return;
      }
      case 'all':
      case 'any':
        condition.conditions.forEach(visit);
        return;
      case 'named':
      case 'not':
        visit(condition.condition);
        return;
      case 'anyOtherLine':
      case 'everyOtherLine':
      case 'noOtherLine':
    }
  };
  for (const { when, require, unless } of rules) {
    for (const part of [when, require, unless]) if (part) visit(part);
  }
  return found;
}

type Refinable = TimeRule & { readonly method: 'per-service' | 'full-units' };

/** Whether each code stands on its own, so that its units follow from its minutes. */
function isRefinable(rule: TimeRule | null): rule is Refinable {
  return rule !== null && rule.method !== 'total-time';
}

function isTimedCode(rule: TimeRule, code: string): boolean {
  return (literalValue(rule.codes) as readonly string[]).includes(code);
}

/** Which codes are timed is a test on the code like any other. */
function timedTests(
  ref: FactRef,
  rules: Readonly<Record<SideName, TimeRule | null>>,
): readonly LiteralTest[] {
  return [rules.before, rules.after].flatMap((rule) =>
    rule === null
      ? []
      : [
          {
            kind: 'test' as const,
            fact: ref,
            operator: 'oneOf' as const,
            operand: { kind: 'literal' as const, value: literalValue(rule.codes), name: null },
            place: rule.place,
          },
        ],
  );
}

function unitsOf(rule: TimeRule, minutes: number): number {
  const floor = rule.minimumMinutes === null ? 0 : (literalValue(rule.minimumMinutes) as number);
  const counted = minutes >= floor ? minutes : 0;
  return rule.method === 'per-service'
    ? unitsForMinutes(counted, rule.minutesPerUnit)
    : Math.floor(counted / rule.minutesPerUnit);
}

/** Minutes of a code by what both time rules make of them. */
function minutesClasses(before: TimeRule, after: TimeRule): readonly MinutesClass[] {
  const classes: MinutesClass[] = [];
  for (let minutes = 0; minutes <= longestMinutes; minutes += 1) {
    const units = { before: unitsOf(before, minutes), after: unitsOf(after, minutes) };
    const last = classes.at(-1);
    const equal = units.before === units.after;
    // Where both give the same, it does not matter how many.
    if (
      last &&
      (equal ? last.before === last.after : last.before === units.before && last.after === units.after)
    )
      classes[classes.length - 1] = { ...last, to: minutes };
    else classes.push({ from: minutes, to: minutes, ...units });
  }
  return classes;
}

/** Whether a comparison with the supported units holds more easily the more (1) or the fewer (-1) they are; 0: neither. */
function growsWithUnits({ fact, operator }: TestCondition): number {
  const unitsLeft = fact.path === 'record.supportableUnits';
  if (operator === 'atLeast' || operator === 'moreThan') return unitsLeft ? 1 : -1;
  if (operator === 'atMost' || operator === 'lessThan') return unitsLeft ? -1 : 1;
  return 0;
}
