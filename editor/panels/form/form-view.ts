import type {
  BlockSubject,
  EntryForm,
  ExplainedCondition,
  FactChoice,
  FormChoices,
  ListForm,
  OperandForm,
  OperatorChoice,
  RuleForm,
  TestForm,
  Truth,
  WantedValue,
} from '#engine';
import { conditionsIn } from '#engine';

import { count } from '../../marks/words.ts';
import type { Why } from '../../session/session.ts';
import type { PickerItem } from '../../ui/picker-view.ts';
import type { RuleCount } from '../../worker/protocol.ts';

/** What the form shows and offers at each place; the components draw it. */

// ---- facts and conditions ----

const owners: Readonly<Record<BlockSubject, readonly FactChoice['owner'][]>> = {
  line: ['line', 'visit', 'derived'],
  visit: ['visit', 'derived'],
  'other-line': ['other', 'line', 'visit', 'derived'],
  'figure-line': ['line', 'visit'],
  'figure-prior': ['prior', 'visit'],
};

const ownerSections: Readonly<Record<FactChoice['owner'], string>> = {
  line: 'This line',
  other: 'The other line',
  visit: 'The visit',
  prior: 'The earlier visit',
  derived: 'Figures of this policy',
};

/** The facts that can stand in a block, those of its own subject first. */
export function factsFor(
  { facts }: FormChoices,
  subject: BlockSubject,
  hasTimeRule: boolean,
): readonly FactChoice[] {
  return owners[subject].flatMap((owner) =>
    facts.filter((fact) => fact.owner === owner && (hasTimeRule || !fact.computed)),
  );
}

/** The facts over which a figure can be calculated: of a line or an earlier visit, of a type that it can add or compare. */
export function figureFacts({ facts }: FormChoices, calculation: string): readonly FactChoice[] {
  const types = calculation === 'sum' ? ['number'] : ['number', 'date'];
  return facts.filter(
    ({ owner, type, computed }) =>
      (owner === 'line' || owner === 'prior') &&
      !computed &&
      (calculation === 'countDistinct' ? !type.endsWith(' list') : types.includes(type)),
  );
}

export function factItems(facts: readonly FactChoice[]): readonly PickerItem[] {
  return facts.map(({ written, words, meaning, unit, alsoCalled, owner }) => ({
    id: written,
    title: words,
    detail: meaning,
    section: ownerSections[owner],
    also: [written, ...alsoCalled].join(' '),
    ...(unit === null ? {} : { note: unit }),
  }));
}

export const groupWords = {
  any: 'at least one of these holds',
  all: 'all of these hold',
  not: 'it does not hold that',
  anyOtherLine: 'on at least one other line',
  everyOtherLine: 'on every other line',
  noOtherLine: 'on no other line',
} as const;
export type GroupWord = keyof typeof groupWords;

/** The words that a group can be changed to: those that hold the same kind of thing. */
export function wordsLike(word: GroupWord): readonly GroupWord[] {
  if (word === 'any' || word === 'all') return ['any', 'all'];
  return word === 'not' ? ['not'] : ['anyOtherLine', 'everyOtherLine', 'noOtherLine'];
}

/** What can be added to a block: facts, named conditions, groups. Ids say which: `fact line.code`. */
export function conditionItems(
  choices: FormChoices,
  subject: BlockSubject,
  hasTimeRule: boolean,
): readonly PickerItem[] {
  const groups: readonly GroupWord[] =
    subject === 'line'
      ? ['any', 'all', 'not', 'anyOtherLine', 'everyOtherLine', 'noOtherLine']
      : ['any', 'all', 'not'];
  return [
    ...factItems(factsFor(choices, subject, hasTimeRule)).map((item) => ({ ...item, id: `fact ${item.id}` })),
    ...choices.conditions.map((name) => ({
      id: `named ${name}`,
      title: nameInWords(name),
      note: 'named condition',
      section: 'Named conditions',
      also: name,
    })),
    ...groups.map((word) => ({
      id: `group ${word}`,
      title: `${groupWords[word]} …`,
      section: 'Several conditions together',
      also: word === 'any' ? 'or either' : word === 'not' ? 'unless except' : 'and both',
    })),
  ];
}

/** A fact for the first condition of a new group. */
export function firstFact(subject: BlockSubject, word: string): string {
  if (word.endsWith('OtherLine') || subject === 'other-line') return 'other.line.code';
  if (subject === 'visit') return 'visit.received';
  return subject === 'figure-prior' ? 'prior.date' : 'line.code';
}

/** `isTimed` as words: "is timed". */
export function nameInWords(name: string): string {
  return name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).replace(/-/g, ' ');
}

export function operatorItems(choices: readonly OperatorChoice[]): readonly PickerItem[] {
  return choices.map(({ operator, documented, words, meaning }) => ({
    id: documented === null ? operator : `${operator} ${documented}`,
    title: words,
    detail: meaning,
    also: operator,
  }));
}

/** The operators that fit the fact of a test. */
export function operatorsOf(
  { facts, operators }: FormChoices,
  { fact }: TestForm,
): readonly OperatorChoice[] {
  const type = facts.find(({ written }) => written === fact.written)?.type;
  return (type && operators[type]) || [];
}

// ---- operands ----

/** The values that can be chosen: codes by their description, or the words of a choice. */
export function valueItems({ codes }: FormChoices, { type, values }: WantedValue): readonly PickerItem[] {
  if (values) return values.map((value) => ({ id: value, title: value.replace(/-/g, ' '), also: value }));
  return codes
    .filter(({ of }) => of === type)
    .map(({ value, short }) => ({ id: value, title: value, ...(short === '' ? {} : { detail: short }) }));
}

/** Types whose values are picked rather than typed. */
export function isPicked({ type, values }: WantedValue): boolean {
  return values !== null || ['code', 'modifier', 'diagnosis', 'payer'].includes(type);
}

/** What a value can be compared with instead of a value of its own. Ids say which: `name minimumMinutes`. */
export function sourceItems(
  choices: FormChoices,
  subject: BlockSubject,
  hasTimeRule: boolean,
  wanted: { readonly kind: 'one' | 'several'; readonly value: WantedValue },
  operand: OperandForm,
  own: string,
): readonly PickerItem[] {
  const several = wanted.kind === 'several';
  const { type } = wanted.value;
  const isValue = operand.kind === 'literal' || operand.kind === 'items';
  const parameters = choices.parameters
    .filter(({ isList }) => isList === several)
    .map(({ name, words }) => ({
      id: `name ${name}`,
      title: name,
      note: words,
      section: 'Parameters of this policy',
    }));
  const lists = several ? choices.lists.filter(({ of }) => of === (type === 'choice' ? 'text' : type)) : [];
  const facts = factsFor(choices, subject, hasTimeRule).filter(
    (fact) => fact.scalar === type && fact.type.endsWith(' list') === several && fact.written !== own,
  );
  return [
    ...(isValue
      ? [
          {
            id: 'parameter',
            title: 'Make this value a parameter',
            detail: 'It gets a name, a citation, and values by date.',
          },
        ]
      : [{ id: 'value', title: several ? 'Values written here' : 'A value written here' }]),
    ...lists.map(({ id, title, size }) => ({
      id: `name ${id}`,
      title,
      note: count(size, 'entry', 'entries'),
      section: 'Lists',
      also: id,
    })),
    ...parameters,
    ...factItems(facts).map((item) => ({ ...item, id: `fact ${item.id}`, section: 'Another fact' })),
  ];
}

/** A name for a value: `minimumMinutes` for what a time must at least be. */
export function parameterName(test: Pick<TestForm, 'operator' | 'fact'>, taken: readonly string[]): string {
  const last = test.fact.written.slice(test.fact.written.lastIndexOf('.') + 1);
  const capital = last.charAt(0).toUpperCase() + last.slice(1);
  const stems: Readonly<Record<string, string>> = {
    atLeast: `minimum${capital}`,
    moreThan: `more${capital}Than`,
    atMost: `maximum${capital}`,
    lessThan: `less${capital}Than`,
  };
  const stem = stems[test.operator] ?? last;
  if (!taken.includes(stem)) return stem;
  for (let number = 2; ; number += 1) if (!taken.includes(`${stem}${number}`)) return `${stem}${number}`;
}

/** A list by its title, a parameter by its name and its values. */
export function nameOf({ lists, parameters }: FormChoices, name: string): { title: string; detail: string } {
  const parameter = parameters.find((each) => each.name === name);
  if (parameter) return { title: name, detail: parameter.words };
  const list = lists.find(({ id }) => id === name);
  return list
    ? { title: list.title, detail: count(list.size, 'entry', 'entries') }
    : { title: `$${name}`, detail: 'not known' };
}

/** The description that a list gives a code. */
export function shortOf({ codes }: FormChoices, value: string, type: WantedValue['type']): string {
  return codes.find((code) => code.value === value && code.of === type)?.short ?? '';
}

// ---- citations ----

const basisNotes = { read: undefined, inferred: 'inferred', unverified: 'not verified' } as const;

export function clauseItems({ clauses }: FormChoices, cited: readonly string[]): readonly PickerItem[] {
  return clauses
    .filter(({ cite }) => !cited.includes(cite))
    .map(({ cite, text, source, basis }) => {
      const note = basisNotes[basis];
      return {
        id: cite,
        title: text,
        detail: `${source} · ${cite}`,
        ...(note === undefined ? {} : { note }),
      };
    });
}

export function clauseOf({ clauses }: FormChoices, cite: string): { text: string; source: string } | null {
  return clauses.find((clause) => clause.cite === cite) ?? null;
}

// ---- what the chosen encounter says ----

export interface Found {
  /** Whose line, where the rule was judged on several. */
  readonly whose: string | null;
  readonly result: Truth;
  readonly value: string | null;
}

/** What was found for the chosen encounter in a file, by the key of the test or group in its form. */
export function foundIn(
  why: Why | null,
  path: string,
  places: ReadonlyMap<string, { readonly from: number; readonly to: number }>,
): { readonly [key: string]: readonly Found[] } {
  const byPlace = new Map<number, { readonly to: number; readonly found: Found }[]>();
  for (const explanation of why?.explanations ?? []) {
    for (const condition of conditionsIn(explanation)) {
      const { place } = condition;
      if (place.path !== path) continue;
      const known = byPlace.get(place.from) ?? [];
      known.push({ to: place.to, found: oneFound(condition, explanation.line) });
      byPlace.set(place.from, known);
    }
  }
  if (byPlace.size === 0) return {};
  const found: { [key: string]: readonly Found[] } = {};
  for (const [key, { from, to }] of places) {
    // A block begins where its first condition does: a test is told from it by its value, a group by its end.
    const here = (byPlace.get(from) ?? []).filter((one) => one.found.value !== null || one.to === to);
    if (here.length > 0) found[key] = foundTogether(here.map((one) => one.found));
  }
  return found;
}

function oneFound({ otherLine, result, found }: ExplainedCondition, line: number | null): Found {
  const whose = otherLine !== null ? `line ${otherLine}` : line === null ? null : `line ${line}`;
  return { whose, result, value: found };
}

/** The same answer is said once, for all its lines. */
export function foundTogether(found: readonly Found[]): readonly Found[] {
  const together = new Map<string, Found & { lines: string[] }>();
  for (const one of found) {
    const key = `${String(one.result)} ${one.value}`;
    const known = together.get(key);
    const number = one.whose?.replace('line ', '') ?? null;
    if (!known) together.set(key, { ...one, lines: number === null ? [] : [number] });
    else if (number !== null && !known.lines.includes(number)) known.lines.push(number);
  }
  return [...together.values()].map(({ lines, result, value }) => ({
    whose: lines.length === 0 ? null : `${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`,
    result,
    value,
  }));
}

// ---- rules ----

/** How often a rule came out how, in few words; empty where it was never asked. */
export function countWords(rule: RuleCount | undefined): string {
  if (!rule) return '';
  const parts = [
    rule.met > 0 ? `met ${rule.met}` : null,
    rule.violated > 0 ? `not met ${rule.violated}` : null,
    rule.undetermined > 0 ? `undetermined ${rule.undetermined}` : null,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** Whether a key is that of a spot or of something within it. */
export function isWithin(key: string, spot: string): boolean {
  if (!key.startsWith(spot)) return false;
  const next = key[spot.length];
  return next === undefined || next === '.' || next === '[';
}

export function problemCount(problems: { readonly [key: string]: readonly unknown[] }, spot: string): number {
  return Object.entries(problems).reduce(
    (sum, [key, found]) => (isWithin(key, spot) ? sum + found.length : sum),
    0,
  );
}

/** What a message can speak of: the facts and parameters of its rule first, then all the others. */
export function placeholderItems(
  choices: FormChoices,
  rule: RuleForm,
  hasTimeRule: boolean,
): readonly PickerItem[] {
  const used = new Set(
    [rule.when, rule.require, rule.unless].flatMap(({ entries }) => entries.flatMap(factsIn)),
  );
  const subject: BlockSubject = rule.scope.text === 'visit' ? 'visit' : 'line';
  const facts = factItems(factsFor(choices, subject, hasTimeRule));
  return [
    ...facts.filter(({ id }) => used.has(id)).map((item) => ({ ...item, section: 'Facts of this rule' })),
    ...choices.parameters
      .filter(({ isList }) => !isList)
      .map(({ name, words }) => ({
        id: name,
        title: name,
        note: words,
        section: 'Parameters of this policy',
      })),
    ...facts.filter(({ id }) => !used.has(id)),
  ];
}

function factsIn(entry: EntryForm): readonly string[] {
  switch (entry.kind) {
    case 'test':
      return [entry.fact.written];
    case 'group':
      return entry.blocks.flatMap(({ entries }) => entries.flatMap(factsIn));
    case 'nested':
      return entry.block.entries.flatMap(factsIn);
    case 'named':
    case 'odd':
      return [];
  }
}

// ---- lists ----

/** The entries that hold every word typed, in value, description or citation. */
export function entriesFor({ entries }: ListForm, text: string): ListForm['entries'] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(({ value, columnTwo, short, cite }) => {
    const all = [value.text, columnTwo?.text, short.text, ...cite.cites].join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
