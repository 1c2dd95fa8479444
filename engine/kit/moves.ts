import { formatDay, parseDay } from '../base/calendar-date.ts';
import { decimal } from '../base/decimal.ts';
import type { Fact } from '../facts/vocabulary.ts';
import type { Vocabulary } from '../facts/encounter.ts';
import type { EncounterDocument } from '../intermediate/document.ts';
import type {
  PlainField,
  PlainFigure,
  PlainPeriod,
  PlainRule,
  PlainTest,
  PlainTimeRule,
  Ref,
  Term,
} from '../intermediate/form.ts';
import { fieldIn, withField, withoutSection } from './document-edits.ts';
import type { NewValue } from './document-edits.ts';
import { nearMember } from './mutate-condition.ts';

/** One change of an encounter that a rule may notice. */
export interface Move {
  /** What it says, so that the same is not tried twice. */
  readonly key: string;
  readonly tag: string;
  /** `at` is the judged line, or for the visit the first one; null where it cannot be made. */
  readonly apply: (document: EncounterDocument, at: number) => EncounterDocument | null;
}

export interface MoveSettings {
  readonly vocabulary: Vocabulary;
  readonly fields: ReadonlyMap<string, PlainField>;
}

type Atom = Extract<PlainTest, { readonly ref: Ref }>;
type FieldRef = Extract<Ref, { kind: 'field' }>;

/** Longest run of prior visits or lines that is made to reach a threshold. */
const mostItems = 40;

/**
 * Every change that brings a condition of the rule to one of its edges: at, just below and just above each number and day,
 * on and beside each list, either way of each boolean, empty, and never supplied.
 */
export function movesOf(rule: PlainRule, period: PlainPeriod, settings: MoveSettings): readonly Move[] {
  const tests = [rule.applies.holds, rule.applies.fails, rule.met.holds, rule.met.fails];
  const moves = new Map<string, Move>();
  const add = (move: Move) => {
    if (!moves.has(move.key)) moves.set(move.key, move);
  };
  const maker = createMaker(period, settings, add);
  for (const test of tests) maker(test);
  return [...moves.values()];
}

function createMaker(
  period: PlainPeriod,
  { vocabulary, fields }: MoveSettings,
  add: (move: Move) => void,
): (test: PlainTest) => void {
  const factOf = (ref: FieldRef): Fact | undefined => vocabulary.byPath.get(ref.path);

  /** Where a field of a reference stands, seen from the judged line; a line or prior visit that is missing is made. */
  const set = (document: EncounterDocument, ref: FieldRef, at: number, value: NewValue) => {
    const field = fields.get(ref.path)!;
    const room = roomFor(document, ref, at);
    return withField(room, field, positionOf(ref, at), value);
  };
  const setting = (
    ref: FieldRef,
    tag: string,
    name: string,
    make: (document: EncounterDocument, at: number) => NewValue | null | typeof never,
  ) =>
    add({
      key: `${ref.of} ${ref.path} ${name}`,
      tag,
      apply: (document, at) => {
        const value = make(roomFor(document, ref, at), at);
        return value === never ? null : set(document, ref, at, value);
      },
    });
  const literally = (ref: FieldRef, tag: string, value: NewValue) => {
    if (typeof value === 'number' && !isSound(value, factOf(ref))) return;
    setting(ref, tag, JSON.stringify(value), () => value);
  };

  /** Empty, and never supplied. */
  const missing = (ref: Ref): void => {
    if (ref.kind === 'units') {
      for (const path of ['record.minutes', 'line.units']) missing(unitsField(path, ref.of));
      return;
    }
    if (ref.kind === 'figure') return;
    const field = fields.get(ref.path)!;
    literally(ref, 'field-empty', null);
    add({
      key: `${ref.of} ${field.section} absent`,
      tag: 'section-absent',
      apply: (document, at) => withoutSection(roomFor(document, ref, at), field.section, positionOf(ref, at)),
    });
    if (field.section === 'priorVisits') itemCounts([0, 1, 2]);
  };

  const itemCounts = (counts: readonly number[], template: readonly PlainTest[] = []) => {
    for (const count of counts)
      if (count >= 0 && count <= mostItems)
        add({
          key: `prior visits ${count} ${JSON.stringify(template)}`,
          tag: 'boundary',
          apply: (document) => withPriorVisits(document, count, template),
        });
  };

  const withPriorVisits = (document: EncounterDocument, count: number, template: readonly PlainTest[]) => {
    const one = document.priorVisits?.[0] ?? {};
    let made: EncounterDocument | null = {
      ...document,
      priorVisits: Array.from({ length: count }, () => one),
    };
    for (let index = 0; index < count && made; index += 1)
      for (const test of template) made = made && satisfied(made, test, 0, index, index);
    return made;
  };

  /** The document with a test of an item made true, the `nth` way where there are several. */
  const satisfied = (
    document: EncounterDocument,
    test: PlainTest,
    at: number,
    item: number,
    nth: number,
  ): EncounterDocument | null => {
    if (test.kind === 'all')
      return test.tests.reduce<EncounterDocument | null>(
        (so, one) => so && satisfied(so, one, at, item, nth),
        document,
      );
    if (test.kind === 'any') {
      const [first] = [...test.tests.filter(({ kind }) => kind !== 'empty'), ...test.tests];
      return satisfied(document, first!, at, item, nth);
    }
    if (!('ref' in test) || test.ref.kind !== 'field') return document;
    const { ref } = test;
    const position = ref.of === 'prior' ? item : positionOf(ref, at);
    const put = (value: NewValue) => withField(document, fields.get(ref.path)!, position, value);
    switch (test.kind) {
      case 'compare': {
        const right = valueOfTerm(document, test.to, at);
        if (right == null) return document;
        const by = { equal: 0, atMost: 0, atLeast: 0, notEqual: 1, less: -1, more: 1 }[test.is];
        if (typeof right === 'number') return put(right + by * (nth + 1));
        const day = ref.scalar === 'date' ? parseDay(String(right)) : null;
        if (day === null) return put(right);
        return put(
          formatDay(test.is === 'less' ? day - 1 - nth : test.is === 'more' ? day + 1 + nth : day + by),
        );
      }
      case 'oneOf':
        if (test.of.kind !== 'literals' || test.of.values.length === 0) return document;
        return put(test.holds ? test.of.values[nth % test.of.values.length]! : nearMember(test.of.values));
      case 'contains': {
        const value = valueOfTerm(document, test.value, at);
        return value == null ? document : put(test.holds ? [value as string] : []);
      }
      case 'empty':
        return put(null);
      default:
        return document;
    }
  };

  const valueOfTerm = (document: EncounterDocument, term: Term, at: number): NewValue => {
    if (term.kind === 'literal') return term.value;
    if (term.ref.kind !== 'field') return undefined;
    const value = fieldIn(document, fields.get(term.ref.path)!, positionOf(term.ref, at));
    if (typeof value === 'number') return decimal(value + term.plus);
    const day = term.ref.scalar === 'date' && typeof value === 'string' ? parseDay(value) : null;
    return day === null ? value : formatDay(day + term.plus);
  };

  /** Minutes and units at the edges of the time rule. */
  const timed = (of: 'line' | 'other') => {
    const rule = period.timeRule;
    if (!rule) return;
    for (const minutes of minutesAtEdges(rule))
      literally(unitsField('record.minutes', of), 'boundary', minutes);
    for (const units of [0, 1, 2, 3]) literally(unitsField('line.units', of), 'boundary', units);
    const [first] = rule.codes;
    if (first !== undefined) literally(unitsField('line.code', of), 'list', first);
    missing(unitsField('record.minutes', of));
    missing(unitsField('line.units', of));
  };

  /** More and fewer of what a figure counts, around what it is compared with. */
  const figured = (name: string, thresholds: readonly number[]) => {
    const figure = period.figures.find((one) => one.name === name);
    if (!figure) {
      timed('line');
      for (const minutes of thresholds.flatMap(around))
        literally(unitsField('record.minutes', 'line'), 'boundary', minutes);
      return;
    }
    if (figure.where) {
      walk(figure.where.holds);
      walk(figure.where.fails);
    }
    if (figure.ref) missing(figure.ref);
    const counts = [...new Set([0, 1, 2, ...thresholds.flatMap(around)])];
    const template = figure.where ? [figure.where.holds] : [];
    const lines = (name: string, count: number, each: readonly PlainTest[]) =>
      add({
        key: `${figure.name} lines ${name}`,
        tag: 'boundary',
        apply: (document) => withLines(document, count, each),
      });
    if (figure.over === 'priorVisits') itemCounts(counts, template);
    else for (const count of counts) if (count >= 1 && count <= mostItems) lines(`${count}`, count, template);
    valued(figure, thresholds, 'counts', template);
    // Items that do not count, for each reason there is.
    for (const [at, reason] of (figure.where ? reasonsOf(figure.where.fails) : []).entries()) {
      if (figure.over === 'lines') lines(`not counted, ${at}`, 1, [reason]);
      valued(figure, thresholds, `does not count, ${at}`, [reason]);
    }
  };

  /** An item with each value that a figure is compared with, such that the template holds of it. */
  const valued = (
    figure: PlainFigure,
    thresholds: readonly number[],
    name: string,
    template: readonly PlainTest[],
  ) => {
    const { ref } = figure;
    if (ref?.kind !== 'field' || ref.scalar !== 'number') return;
    for (const value of new Set([0, 1, 2, 3, ...thresholds.flatMap(around)])) {
      if (!isSound(value, factOf(ref))) continue;
      add({
        key: `${figure.name}: an item with ${value} ${name}`,
        tag: 'boundary',
        apply: (document, at) => {
          const room =
            figure.over === 'priorVisits'
              ? withPriorVisits(document, 1, template)
              : satisfiedLine(document, at, template);
          return (
            room && withField(room, fields.get(ref.path)!, figure.over === 'priorVisits' ? 0 : at, value)
          );
        },
      });
    }
  };

  const satisfiedLine = (document: EncounterDocument, at: number, template: readonly PlainTest[]) =>
    template.reduce<EncounterDocument | null>((so, test) => so && satisfied(so, test, at, 0, 0), document);

  const withLines = (document: EncounterDocument, count: number, template: readonly PlainTest[]) => {
    const one = document.lines[0]!;
    let made: EncounterDocument | null = { ...document, lines: Array.from({ length: count }, () => one) };
    for (let index = 0; index < count && made; index += 1)
      for (const test of template) made = made && satisfied(made, test, index, index, index);
    return made;
  };

  const compared = (ref: Ref, to: Term): void => {
    if (to.kind === 'literal') {
      const { value } = to;
      if (ref.kind === 'figure' && typeof value === 'number') figured(ref.name, [value]);
      else if (ref.kind === 'units') timed(ref.of);
      else if (ref.kind === 'field') {
        if (typeof value === 'number') {
          const steps = fields.get(ref.path)!.places === 3 ? [-1, -0.001, 0, 0.001, 1] : [-1, 0, 1];
          for (const step of steps) literally(ref, 'boundary', decimal(value + step));
        } else if (typeof value === 'boolean')
          for (const one of [true, false]) literally(ref, 'boolean', one);
        else if (ref.scalar === 'date')
          for (const by of [-1, 0, 1]) literally(ref, 'date', formatDay(parseDay(value)! + by));
        else for (const one of [value, besides(ref, [value])]) literally(ref, 'boundary', one);
      }
      return;
    }
    const other = to.ref;
    for (const one of [ref, other]) if (one.kind === 'figure') figured(one.name, [0, 1, 2, 3]);
    for (const one of [ref, other]) if (one.kind === 'units') timed(one.of);
    missing(other);
    if (ref.kind === 'field') relative(ref, to, 1);
    else if (other.kind === 'field') relative(other, { kind: 'ref', ref, plus: to.plus }, -1);
  };

  /** A field at, just below and just above what another says. */
  const relative = (ref: FieldRef, to: Extract<Term, { kind: 'ref' }>, sign: 1 | -1) => {
    const { ref: other } = to;
    if (other.kind !== 'field') {
      if (ref.scalar === 'number')
        for (const value of [0, 1, 2, 3, 14, 15, 16]) literally(ref, 'boundary', value);
      return;
    }
    const name = `beside ${other.of} ${other.path} ${to.plus}`;
    for (const by of [-1, 0, 1])
      setting(ref, ref.scalar === 'date' ? 'date' : 'boundary', `${name} ${by}`, (document, at) => {
        const right = fieldIn(document, fields.get(other.path)!, positionOf(other, at));
        if (right == null || typeof right === 'boolean' || typeof right === 'object')
          return by === 0 ? (right ?? never) : never;
        const plus = sign * to.plus + by;
        if (typeof right === 'number') {
          const value = decimal(right + plus);
          return isSound(value, factOf(ref)) ? value : never;
        }
        const day = ref.scalar === 'date' ? parseDay(right) : null;
        if (day !== null) return formatDay(day + plus);
        return by === 0 ? right : by === 1 ? besides(ref, [right]) : never;
      });
  };

  /** A value of text that is none of these. */
  const besides = (ref: Ref, values: readonly string[]): string => {
    const choices = ref.kind === 'field' ? factOf(ref)?.values : undefined;
    const other = choices?.find((one) => !values.includes(one));
    return other ?? String(nearMember(values));
  };

  function atom(test: Atom): void {
    const { ref } = test;
    missing(ref);
    if (ref.kind === 'figure' && test.kind !== 'compare') figured(ref.name, [1]);
    switch (test.kind) {
      case 'known':
      case 'empty':
      case 'filled':
        if (ref.kind === 'field') someValue(ref);
        return;
      case 'compare':
        compared(ref, test.to);
        return;
      case 'within':
        if (ref.kind !== 'field') return;
        if (test.to.kind === 'literal') {
          for (const by of [-test.days - 1, -test.days, test.days, test.days + 1])
            literally(ref, 'date', formatDay(parseDay(String(test.to.value))! + by));
        } else {
          missing(test.to.ref);
          for (const by of [-test.days, test.days]) relative(ref, { ...test.to, plus: test.to.plus + by }, 1);
        }
        return;
      case 'oneOf': {
        if (ref.kind === 'figure') return;
        if (ref.kind === 'units') {
          timed(ref.of);
          return;
        }
        if (test.of.kind === 'ref') {
          missing(test.of.ref);
          return;
        }
        const { values } = test.of;
        if (values.length === 0) return;
        literally(ref, 'list', values[0]);
        literally(ref, 'list', values.at(-1));
        literally(
          ref,
          'list',
          typeof values[0] === 'string' ? besides(ref, values as readonly string[]) : nearMember(values),
        );
        return;
      }
      case 'contains':
        if (ref.kind !== 'field') return;
        lists(ref, test.value.kind === 'literal' ? [test.value.value as string] : []);
        if (test.value.kind === 'ref') {
          const { ref: other } = test.value;
          missing(other);
          if (other.kind !== 'field') return;
          for (const there of [true, false])
            setting(
              ref,
              'list',
              `${there ? 'with' : 'without'} ${other.of} ${other.path}`,
              (document, at) => {
                const value = fieldIn(document, fields.get(other.path)!, positionOf(other, at));
                if (value == null || typeof value === 'boolean' || typeof value === 'object') return never;
                return there ? [value] : [nearMember([value])];
              },
            );
        }
        return;
      case 'containsAny':
      case 'containsAll':
        if (ref.kind !== 'field') return;
        lists(ref, test.of.kind === 'literals' ? test.of.values : []);
        if (test.of.kind !== 'ref') return;
        missing(test.of.ref);
        if (test.of.ref.kind !== 'field') return;
        sharing(ref, test.of.ref);
        sharing(test.of.ref, ref);
        return;
      case 'sizeAtLeast':
      case 'sizeAtMost': {
        if (ref.kind !== 'field') return;
        const size = test.size.kind === 'literal' ? (test.size.value as number) : 1;
        for (const length of [size - 1, size, size + 1])
          if (length >= 0 && length <= mostItems) literally(ref, 'boundary', someItems(ref, length));
        return;
      }
      case 'startsWith': {
        if (ref.kind !== 'field' || test.text.kind !== 'literal') return;
        const text = String(test.text.value);
        for (const one of [text, `${text}0`, besides(ref, [text || '0']), text.slice(0, -1) || '0'])
          literally(ref, 'boundary', one);
        return;
      }
      case 'paired': {
        missing(test.with);
        const { pairs, with: other } = test;
        const [first] = pairs;
        if (ref.kind !== 'field' || other.kind !== 'field' || !first) return;
        const pair = (one: string, two: string) =>
          add({
            key: `pair ${ref.of} ${ref.path} ${one} ${two}`,
            tag: 'list',
            apply: (document, at) => {
              const so = set(document, ref, at, one);
              return so && set(so, other, at, two);
            },
          });
        pair(first[0], first[1]);
        pair(first[1], first[0]);
        pair(String(nearMember(pairs.map(([one]) => one))), first[1]);
        return;
      }
    }
  }

  const someItems = (ref: FieldRef, length: number): readonly (string | number)[] => {
    const choices = factOf(ref)?.values;
    return Array.from({ length }, (_, at) =>
      ref.scalar === 'number'
        ? at + 1
        : ref.scalar === 'date'
          ? formatDay(parseDay('2024-03-04')! + at)
          : (choices?.[at] ?? `X${at}`),
    );
  };

  const lists = (ref: FieldRef, values: readonly (string | number)[]) => {
    literally(ref, 'list', []);
    if (values.length === 0) return;
    literally(ref, 'list', [values[0]!]);
    literally(ref, 'list', [...values]);
    literally(ref, 'list', values.slice(1));
    literally(ref, 'list', [
      typeof values[0] === 'string' ? besides(ref, values as readonly string[]) : nearMember(values),
    ]);
  };

  /** A list that is another one, that holds one item less or one more, and that shares nothing with it. */
  const sharing = (ref: FieldRef, other: FieldRef) => {
    const ways: Readonly<Record<string, (items: readonly string[]) => readonly string[]>> = {
      'all of': (items) => items,
      'one less than': (items) => items.slice(1),
      'one more than': (items) => [...items, besides(ref, items)],
      'nothing of': (items) => [besides(ref, items)],
    };
    for (const [name, change] of Object.entries(ways))
      setting(ref, 'list', `${name} ${other.of} ${other.path}`, (document, at) => {
        const items = fieldIn(document, fields.get(other.path)!, positionOf(other, at));
        if (!Array.isArray(items) || items.length === 0 || ref.scalar !== 'text') return never;
        return change(items as readonly string[]);
      });
  };

  /** That there is something, whatever it is. */
  const someValue = (ref: FieldRef) => {
    const fact = factOf(ref);
    if (ref.list) literally(ref, 'field-filled', someItems(ref, 1));
    else if (ref.scalar === 'boolean') for (const one of [true, false]) literally(ref, 'boolean', one);
    else if (ref.scalar === 'number') literally(ref, 'field-filled', Math.max(1, fact?.min ?? 1));
    else if (ref.scalar === 'date')
      setting(ref, 'field-filled', 'some day', (document) => document.visit.date);
    else literally(ref, 'field-filled', fact?.values?.[0] ?? 'X');
  };

  function walk(test: PlainTest): void {
    if ('ref' in test) {
      atom(test);
      return;
    }
    if ('tests' in test) for (const one of test.tests) walk(one);
    if (test.kind !== 'someOther' && test.kind !== 'everyOther') return;
    add({ key: 'one line', tag: 'boundary', apply: oneLine });
    add({ key: 'the line again', tag: 'boundary', apply: again });
    const inner: Move[] = [];
    createMaker(period, { vocabulary, fields }, (move) => inner.push(move))(test.test);
    // Beside another line that stays as it is: before the rest, so that more can be changed of the line that differs.
    for (const { key, tag, apply } of inner)
      if (edges.has(tag))
        add({
          key: `beside another, ${key}`,
          tag,
          apply: (document, at) => besideAnother(document, at, apply),
        });
    for (const move of inner) add(move);
  }
  return walk;
}

/** Each way in which a test can hold; without a code, a line is not judged at all. */
function reasonsOf(test: PlainTest): readonly PlainTest[] {
  const all = test.kind === 'any' ? test.tests : [test];
  return all.filter(
    (one) => one.kind !== 'empty' || one.ref.kind !== 'field' || one.ref.path !== 'line.code',
  );
}

/** No value: the change cannot be made here. */
const never = Symbol('never');

/** Minutes at, below and above each edge of a time rule, up to two units. */
export function minutesAtEdges({ minutesPerUnit, minimumMinutes }: PlainTimeRule): readonly number[] {
  const midpoint = Math.floor(minutesPerUnit / 2) + 1;
  const edges = [
    ...(minimumMinutes > 0 ? [minimumMinutes - 1, minimumMinutes] : []),
    midpoint - 1,
    midpoint,
    minutesPerUnit - 1,
    minutesPerUnit,
    minutesPerUnit + midpoint - 1,
    minutesPerUnit + midpoint,
    2 * minutesPerUnit - 1,
    2 * minutesPerUnit,
  ];
  return [...new Set([0, 1, ...edges])].filter((minutes) => minutes >= 0).toSorted((a, b) => a - b);
}

/** Tags of changes to or beside what a condition names; the others only say whether something is there. */
const edges: ReadonlySet<string> = new Set(['boundary', 'boolean', 'date', 'list']);

const around = (value: number) => [value - 1, value, value + 1];

function isSound(value: number, fact: Fact | undefined): boolean {
  if (!fact) return true;
  if (fact.whole && !Number.isInteger(value)) return false;
  return value >= (fact.min ?? 0) && value <= (fact.max ?? Infinity);
}

function unitsField(path: string, of: 'line' | 'other'): FieldRef {
  return { kind: 'field', of, path, scalar: path === 'line.code' ? 'text' : 'number', list: false };
}

function positionOf({ of }: FieldRef, at: number): number {
  if (of === 'other') return at === 0 ? 1 : 0;
  return of === 'line' ? at : 0;
}

/** Another line, or a prior visit, where the reference needs one and there is none. */
function roomFor(document: EncounterDocument, { of }: FieldRef, at: number): EncounterDocument {
  if (of === 'other' && document.lines.length < 2) return again(document, at);
  if (of === 'prior' && !document.priorVisits?.length) return { ...document, priorVisits: [{}] };
  return document;
}

function again(document: EncounterDocument, at: number): EncounterDocument {
  return { ...document, lines: [...document.lines, document.lines[at] ?? document.lines[0]!] };
}

/** The other line twice, and one of them changed; null where there is none, or where the change is not one of it. */
function besideAnother(
  document: EncounterDocument,
  at: number,
  apply: Move['apply'],
): EncounterDocument | null {
  const position = at === 0 ? 1 : 0;
  const other = document.lines[position];
  const changed = other ? apply({ ...document, lines: [...document.lines, other] }, at) : null;
  return changed?.lines[position] === other ? null : changed;
}

function oneLine(document: EncounterDocument, at: number): EncounterDocument {
  return { ...document, lines: [document.lines[at] ?? document.lines[0]!] };
}
