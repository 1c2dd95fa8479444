import type { Vocabulary } from '../facts/encounter.ts';
import type { Fact, FactType } from '../facts/vocabulary.ts';
import { nounOf } from '../words/nouns.ts';
import { nameWords } from '../words/runs.ts';
import { operatorNames, operatorOf } from '../model/operators.ts';
import type { OperatorName } from '../model/operators.ts';
import type { YamlPath } from '../yaml/edit-yaml.ts';
import type { YamlEntry, YamlNode } from '../yaml/parse-yaml.ts';
import type {
  BlockForm,
  BlockSubject,
  EntryForm,
  FactForm,
  OperandForm,
  TestForm,
  Wanted,
  WantedValue,
} from './form.ts';
import { entryOf, fieldAt, plainItems, spot, textOfEntry, textOfNode } from './spots.ts';
import type { Page } from './spots.ts';

/** What names mean in the file that is described. */
export interface Names extends Page {
  readonly vocabulary: Vocabulary;
  /** Parameters by name, with whether they hold a list. */
  readonly parameters: ReadonlyMap<string, { readonly isList: boolean }>;
  readonly lists: ReadonlySet<string>;
  /** Lists of pairs of codes. */
  readonly pairLists: readonly string[];
  /** Figures by name, with what they yield. */
  readonly figures: ReadonlyMap<string, { readonly type: FactType; readonly unit: string | null }>;
}

export function describeBlock(
  names: Names,
  node: YamlNode | null,
  path: YamlPath,
  subject: BlockSubject,
): BlockForm {
  const nothing = node === null || (node.kind === 'scalar' && node.isNull);
  const base = { ...spot(path, node?.span ?? null), subject };
  if (nothing) return { ...base, entries: [], instead: null };
  if (node.kind !== 'map') return { ...base, entries: [], instead: textOfNode(names, node) };
  return {
    ...base,
    entries: node.entries.flatMap((entry) => describeEntry(names, entry, [...path, entry.key], subject)),
    instead: null,
  };
}

function describeEntry(
  names: Names,
  entry: YamlEntry,
  path: YamlPath,
  subject: BlockSubject,
): readonly EntryForm[] {
  const { key, value } = entry;
  const base = spot(path, entry.keySpan);
  const odd: EntryForm = { kind: 'odd', ...base, text: textOfEntry(names, entry) };
  switch (key) {
    case 'all':
    case 'any': {
      if (value.kind !== 'list') return [odd];
      const blocks = value.items.map((item, index) => describeBlock(names, item, [...path, index], subject));
      return [{ kind: 'group', ...base, word: key, blocks }];
    }
    case 'not':
    case 'anyOtherLine':
    case 'everyOtherLine':
    case 'noOtherLine': {
      if (value.kind !== 'map') return [odd];
      const inner = key === 'not' ? subject : 'other-line';
      return [{ kind: 'nested', ...base, word: key, block: describeBlock(names, value, path, inner) }];
    }
    case 'condition':
      return [{ kind: 'named', ...base, name: fieldAt(names, path, value) }];
    default:
      return describeTests(names, entry, path) ?? [odd];
  }
}

/** The tests of one fact; null where the fact or an operator is not known, so that no editor would fit. */
function describeTests(names: Names, entry: YamlEntry, path: YamlPath): readonly TestForm[] | null {
  const known = knownFact(names, entry.key);
  if (!known) return null;
  const { value } = entry;
  if (value.kind !== 'map') {
    const operator = impliedOperator(names, value);
    if (!operatorOf(operator).fits(known.type)) return null;
    return [testOf(names, known, path, path, entry.keySpan, operator, value, true)];
  }
  const operators = value.entries.map((inner) => operatorNames.find((name) => name === inner.key));
  if (value.entries.length === 0 || operators.some((name) => !name || !operatorOf(name).fits(known.type))) {
    return null;
  }
  return value.entries.map((inner, index) =>
    testOf(names, known, path, [...path, inner.key], inner.keySpan, operators[index]!, inner.value, false),
  );
}

function testOf(
  names: Names,
  known: KnownFact,
  factPath: YamlPath,
  path: YamlPath,
  at: TestForm['at'],
  operator: OperatorName,
  node: YamlNode,
  short: boolean,
): TestForm {
  const wanted = wantedBy(operator, known);
  const operand = describeOperand(names, node, wanted);
  const denied = operator === 'documented' && operand.kind === 'literal' && operand.text === 'false';
  const { words, wordsNot } = operatorOf(operator);
  return {
    kind: 'test',
    ...spot(path, at),
    fact: known.form,
    factPath,
    short,
    operator,
    words: agreeing(denied ? wordsNot : words, known.plural),
    wanted,
    operand,
    operandPath: path,
  };
}

/** `fact: value` means `is`; a list, or a name that stands for one, means `oneOf`. */
export function impliedOperator(names: Names, node: YamlNode): OperatorName {
  if (node.kind === 'list') return 'oneOf';
  const name = nameIn(node);
  if (name === null) return 'is';
  return names.parameters.get(name)?.isList === false ? 'is' : 'oneOf';
}

function nameIn(node: YamlNode): string | null {
  return node.kind === 'scalar' && !node.quoted && node.text.startsWith('$') ? node.text.slice(1) : null;
}

// ---- facts ----

export interface KnownFact {
  readonly form: FactForm;
  readonly type: FactType;
  /** The row of the vocabulary; null for a figure. */
  readonly fact: Fact | null;
  /** Spoken of as several. */
  readonly plural: boolean;
}

export function knownFact(names: Names, written: string): KnownFact | null {
  const isOther = written.startsWith('other.');
  const path = isOther ? written.slice('other.'.length) : written;
  if (written.startsWith('derived.')) {
    const figure = names.figures.get(written.slice('derived.'.length));
    if (!figure) return null;
    const words = factName(written, figure.type);
    const form = { written, words, meaning: 'A figure of this policy.', unit: figure.unit };
    return { form, type: figure.type, fact: null, plural: false };
  }
  const fact = names.vocabulary.byPath.get(path);
  if (!fact) return null;
  const { meaning, unit, type } = fact;
  const form = { written, words: factName(written, type), meaning, unit: unit ?? null };
  return { form, type, fact, plural: nounOf(fact).plural };
}

/** A fact as it is called where a field shows it: "recorded time", "the other line’s procedure code". */
export function factName(written: string, type: FactType): string {
  if (written.startsWith('derived.')) return nameWords(written.slice('derived.'.length));
  const isOther = written.startsWith('other.');
  const { text } = nounOf({ path: isOther ? written.slice('other.'.length) : written, type });
  return text.replace(/^the /, () => (isOther ? 'the other line’s ' : ''));
}

/** The words of an operator behind one thing or several: "is", "are". */
function agreeing(words: string, plural: boolean): string {
  if (!plural) return words;
  return words
    .replace(/^is\b/, 'are')
    .replace(/^includes\b/, 'include')
    .replace(/^does\b/, 'do')
    .replace(/^has\b/, 'have')
    .replace(/^starts\b/, 'start');
}

function factForm(names: Names, written: string): FactForm {
  return knownFact(names, written)?.form ?? { written, words: written, meaning: '', unit: null };
}

// ---- operands ----

export function wantedBy(operator: OperatorName, { type, fact, form }: KnownFact): Wanted {
  const value: WantedValue = {
    type: type.scalar,
    unit: form.unit,
    values: fact?.values ?? null,
    whole: fact?.whole ?? false,
    min: fact?.min ?? null,
    max: fact?.max ?? null,
  };
  switch (operatorOf(operator).operand) {
    case 'boolean':
      return { kind: 'yes-no' };
    case 'size':
      return {
        kind: 'one',
        value: { ...value, type: 'number', unit: null, values: null, whole: true, min: 0, max: null },
      };
    case 'scalar':
      return { kind: 'one', value };
    case 'list':
      return { kind: 'several', value };
    case 'within':
      return { kind: 'within' };
    case 'pairs':
      return { kind: 'pairs' };
  }
}

export function describeOperand(names: Names, node: YamlNode | null, wanted: Wanted): OperandForm {
  if (node === null) return { kind: 'nothing' };
  const odd: OperandForm = { kind: 'odd', text: textOfNode(names, node) };
  if (node.kind === 'list') {
    const items = plainItems(node);
    return items && wanted.kind === 'several' ? { kind: 'items', items } : odd;
  }
  if (node.kind === 'scalar') {
    const name = nameIn(node);
    if (name !== null) {
      const refers = names.parameters.has(name) ? 'parameter' : names.lists.has(name) ? 'list' : null;
      return { kind: 'name', name, refers };
    }
    if (node.isNull) return { kind: 'nothing' };
    const plain = wanted.kind === 'one' || wanted.kind === 'yes-no';
    return plain ? { kind: 'literal', text: node.text } : odd;
  }
  const at = (key: string) => entryOf(node, key)?.value ?? null;
  const keys = node.entries.map(({ key }) => key);
  const only = (...known: readonly string[]) => keys.every((key) => known.includes(key));
  const fact = at('fact');
  const factText = fact?.kind === 'scalar' && !fact.isNull ? fact.text : null;
  if (wanted.kind === 'within') {
    if (!only('date', 'fact', 'days') || (at('date') && fact)) return odd;
    const of: OperandForm = factText
      ? { kind: 'fact', fact: factForm(names, factText), plus: null }
      : describeOperand(names, at('date'), { kind: 'one', value: anyDate });
    return {
      kind: 'within',
      of,
      days: describeOperand(names, at('days'), { kind: 'one', value: anyNumber }),
    };
  }
  if (wanted.kind === 'pairs') {
    const list = at('in');
    const name = list && nameIn(list);
    if (!only('fact', 'in') || factText === null || !name) return odd;
    return { kind: 'pairs', fact: factForm(names, factText), list: name };
  }
  const plus = at('plus') ?? at('plusDays');
  if (!only('fact', 'plus', 'plusDays') || factText === null || (plus && plus.kind !== 'scalar')) return odd;
  return { kind: 'fact', fact: factForm(names, factText), plus: plus?.text ?? null };
}

const anyNumber: WantedValue = { type: 'number', unit: null, values: null, whole: true, min: 0, max: null };
const anyDate: WantedValue = { type: 'date', unit: null, values: null, whole: false, min: null, max: null };
