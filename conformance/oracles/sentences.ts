import type { Vector } from './vectors.ts';

/**
 * Expressions of CQL, FEEL and ZEN that our language can say, as conditions of ours.
 *
 * Unknown is what CQL calls null: a fact of a section that was never supplied. What FEEL calls null is a value among
 * others (`100 = null` is false); an export never compares it, so FEEL's comparisons with null are left out.
 * So is what our language does not have: an order of texts, times of the day, quantities, tuples.
 */
export interface Sentence {
  readonly expression: string;
  readonly is: Truth;
  /** Conditions of ours that must all come out like that: a value against a value written down, and against a fact. */
  readonly conditions: readonly string[];
  /** `derive:` entries that they use. */
  readonly figures: readonly string[];
  readonly facts: readonly SentenceFact[];
}

export type Truth = 'true' | 'false' | 'unknown';

/** A fact that stands for one operand; its name is unique among the sentences. */
export interface SentenceFact {
  /** `note` is supplied and `patient` is not; of `line` there is one value for each line, null where it is empty. */
  readonly section: 'note' | 'patient' | 'line';
  readonly name: string;
  readonly type: Type;
  readonly values: readonly (string | null)[];
}

type Type = 'number' | 'text' | 'date' | 'boolean';
type Language = 'cql' | 'feel' | 'zen';

/** Null where our language cannot say it. `key` makes the names of its facts. */
export function sentence({ expression, is }: Vector, language: Language, key: string): Sentence | null {
  const about = {
    expression,
    is: is === 'null' ? ('unknown' as const) : (is as Truth),
    figures: [],
  };
  const truth = is === 'true' || is === 'false' || is === 'null';
  const logic = truth ? logicOf(expression) : null;
  if (logic) return { ...about, conditions: [logic], facts: logicFacts };
  const comparison = truth ? comparisonOf(expression, language, key) : null;
  if (comparison) return { ...about, ...comparison };
  const empty = /^IsNull\((.+)\)$/.exec(expression);
  if (empty) {
    const value = valueOf(empty[1]);
    // Text without any mark in it is empty in our language.
    if (!value || value.text === '""') return null;
    const fact = factFor(key, value.type ?? 'text', value.type ? value.text : null);
    return { ...about, conditions: [`{ note.${key}: { documented: false } }`], facts: [fact] };
  }
  return figureOf(expression, is, key);
}

/** One fact is true, and one is not known. */
const logicFacts: readonly SentenceFact[] = [
  { section: 'note', name: 'yes', type: 'boolean', values: ['true'] },
  { section: 'patient', name: 'who', type: 'boolean', values: ['true'] },
];
const truths: Readonly<Record<string, string>> = {
  true: '{ note.yes: true }',
  false: '{ note.yes: false }',
  null: '{ patient.who: true }',
};

function logicOf(expression: string): string | null {
  const [, negated] = /^not[ (]+(true|false|null)\)?$/.exec(expression) ?? [];
  if (negated) return `{ not: ${truths[negated]} }`;
  const [, left, word, right] =
    /^(true|false|null) (and|or|xor|implies) (true|false|null)$/.exec(expression) ?? [];
  if (!left || !right) return null;
  const [one, two] = [truths[left]!, truths[right]!];
  switch (word) {
    case 'and':
      return `{ all: [${one}, ${two}] }`;
    case 'or':
      return `{ any: [${one}, ${two}] }`;
    case 'implies':
      return `{ any: [{ not: ${one} }, ${two}] }`;
    default:
      return `{ any: [{ all: [${one}, { not: ${two} }] }, { all: [{ not: ${one} }, ${two}] }] }`;
  }
}

const signs: Readonly<Record<string, string>> = {
  '=': 'is',
  '==': 'is',
  '!=': 'isNot',
  '<': 'lessThan',
  '<=': 'atMost',
  '>': 'moreThan',
  '>=': 'atLeast',
};
const signsOfDays: Readonly<Record<string, string>> = {
  ...signs,
  '<': 'before',
  '<=': 'onOrBefore',
  '>': 'after',
  '>=': 'onOrAfter',
};

function comparisonOf(
  expression: string,
  language: Language,
  key: string,
): Pick<Sentence, 'conditions' | 'facts'> | null {
  const [, before, sign, after] = /^(.+?) (==?|!=|<=?|>=?) (.+)$/.exec(expression) ?? [];
  const [left, right] = [valueOf(before), valueOf(after)];
  if (left && right) {
    if (language !== 'cql' && (!left.type || !right.type)) return null;
    const type = left.type ?? right.type ?? 'text';
    if ((right.type ?? type) !== type) return null;
    const operator = operatorFor(sign!, type);
    if (!operator) return null;
    const one = factFor(`${key}a`, type, left.text);
    const two = factFor(`${key}b`, type, right.text);
    const written = right.type ? [`{ ${pathOf(one)}: { ${operator}: ${right.text} } }`] : [];
    return {
      conditions: [...written, `{ ${pathOf(one)}: { ${operator}: { fact: ${pathOf(two)} } } }`],
      facts: [one, two],
    };
  }
  return membershipOf(expression, key);
}

function membershipOf(expression: string, key: string): Pick<Sentence, 'conditions' | 'facts'> | null {
  const [, before, word, after] = /^(.+?) (between|not in|in) (.+)$/.exec(expression) ?? [];
  const value = valueOf(before);
  if (!value?.type || !after) return null;
  const { type, text } = value;
  const of = (test: string) => ({
    conditions: [`{ note.${key}: { ${test} } }`],
    facts: [factFor(key, type, text)],
  });
  const bounds = (lowest: string, from: string, highest: string, to: string) => {
    const [least, most] = [valueOf(from), valueOf(to)];
    const [atLeast, atMost] = [operatorFor(lowest, type), operatorFor(highest, type)];
    if (least?.type !== type || most?.type !== type || !atLeast || !atMost) return null;
    return of(`${atLeast}: ${least.text}, ${atMost}: ${most.text}`);
  };
  if (word === 'between') {
    const [, from, to] = /^(.+) and (.+)$/.exec(after) ?? [];
    return from && to ? bounds('>=', from, '<=', to) : null;
  }
  const [, open, from, to, close] = /^([([])([^.]+)\.\.([^.]+)([)\]])$/.exec(after) ?? [];
  if (from && to && word === 'in')
    return bounds(open === '(' ? '>' : '>=', from, close === ')' ? '<' : '<=', to);
  const [, sign, limit] = /^(<=?|>=?) (.+)$/.exec(after) ?? [];
  if (sign && limit) {
    const [than, operator] = [valueOf(limit), operatorFor(sign, type)];
    return than?.type === type && operator ? of(`${operator}: ${than.text}`) : null;
  }
  const items = valuesOf(after);
  const fit = type === 'number' || type === 'text';
  if (!items || !fit || !items.every((item) => item.type === type)) return null;
  return of(`${word === 'in' ? 'oneOf' : 'noneOf'}: [${items.map((item) => item.text).join(', ')}]`);
}

/** `Sum({ 6.0, null })`, `min([1, 2])`: the values stand in the lines of the claim, and null is an empty one. */
function figureOf(expression: string, is: string, key: string): Sentence | null {
  const [, name, inner] = /^(sum|min|max|count)\((.+)\)$/i.exec(expression) ?? [];
  const calculation = name?.toLowerCase();
  const items = inner === '{}' ? [] : valuesOf(inner ?? '');
  const result = valueOf(is);
  if (!calculation || !items || !result) return null;
  const types = new Set(items.flatMap(({ type }) => type ?? []));
  const [type = 'number'] = types;
  const isRight = result.type === null || result.type === (calculation === 'count' ? 'number' : type);
  if (types.size > 1 || !(type === 'number' || (type === 'date' && calculation !== 'sum')) || !isRight)
    return null;
  const counted = calculation === 'count';
  const where = `where: { line.${key}in: true${counted ? `, line.${key}: { documented: true }` : ''} }`;
  return {
    expression: `${expression} = ${is}`,
    is: 'true',
    figures: [`${key}: { ${counted ? 'count: lines' : `${calculation}: line.${key}`}, ${where} }`],
    conditions: [`{ derived.${key}: { ${result.type ? `is: ${result.text}` : 'documented: false'} } }`],
    facts: [
      { section: 'line', name: key, type, values: items.map((item) => (item.type ? item.text : null)) },
      { section: 'line', name: `${key}in`, type: 'boolean', values: items.map(() => 'true') },
    ],
  };
}

function operatorFor(sign: string, type: Type): string | null {
  const isOrder = /[<>]/.test(sign);
  if (isOrder && (type === 'text' || type === 'boolean')) return null;
  return (type === 'date' ? signsOfDays : signs)[sign] ?? null;
}

/** A value as an expression writes it, as our files write it; `type` is null where it is null. */
function valueOf(written = ''): { readonly type: Type | null; readonly text: string } | null {
  if (/^null( as \w+)?$/.test(written)) return { type: null, text: 'null' };
  if (/^(true|false)$/.test(written)) return { type: 'boolean', text: written };
  if (/^-?\d+(\.\d{1,3})?$/.test(written)) return { type: 'number', text: written };
  const [, text] = /^(?:'([^']*)'|"([^"]*)")$/.exec(written)?.filter((one) => one !== undefined) ?? [];
  if (text !== undefined) return { type: 'text', text: JSON.stringify(text) };
  const [, year, month, day] =
    /^DateTime\((\d{4}), (\d+), (\d+)\)$/.exec(written) ??
    /^date\("(\d{4})-(\d\d)-(\d\d)"\)$/.exec(written) ??
    /^@(\d{4})-(\d\d)-(\d\d)T$/.exec(written) ??
    [];
  return day ? { type: 'date', text: `${year}-${month!.padStart(2, '0')}-${day.padStart(2, '0')}` } : null;
}

/** `{ 1, null }` or `[1, 2]`. */
function valuesOf(written: string) {
  const [, inner] = /^[{[(]\s*(.+?)\s*[}\])]$/.exec(written) ?? [];
  const found = inner?.split(/, ?(?![^(]*\))/).map((one) => valueOf(one.trim()));
  return found?.every((one) => one !== null) ? found : null;
}

function factFor(name: string, type: Type, text: string | null): SentenceFact {
  return { section: text === 'null' ? 'patient' : 'note', name, type, values: [text] };
}

const pathOf = ({ section, name }: SentenceFact) => `${section}.${name}`;
