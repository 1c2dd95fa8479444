/**
 * CQL expressions, each as text and as the ELM that the official translator makes of that text.
 *
 * Both are made together, construct by construct, so that neither needs a parser; a test holds the ELM to the
 * translator's. No construct here converts a type or meets an empty list in silence: where numbers of two types meet,
 * the conversion is written out.
 */
export interface Cql {
  readonly text: string;
  readonly elm: Elm;
  /** How tightly its parts hold together: `clause` (a query, `if`) needs brackets almost everywhere, `atom` nowhere. */
  readonly binds: 'atom' | 'test' | 'logic' | 'clause';
  /** Of a chain of `and` or `or`: what it joins, so that a longer chain takes them in without brackets. */
  readonly parts?: { readonly word: string; readonly tests: readonly Cql[] };
}

export type Elm = { readonly type: string } & Readonly<Record<string, unknown>>;

/** The simple types that are used. */
export type CqlName = 'Boolean' | 'Integer' | 'Decimal' | 'String' | 'Date';

const make = (binds: Cql['binds'], text: string, elm: Elm): Cql => ({ binds, text, elm });

// ------------------------------------------------------------------------------------------------- text

/** Every keyword of CQL is one lower-case word; such names, and those with other marks, stand in quotes. */
export function identifier(name: string): string {
  return /^[A-Za-z]+$/.test(name) && /[A-Z]/.test(name) ? name : `"${escape(name, '"')}"`;
}

export function quoted(text: string): string {
  return `'${escape(text, "'")}'`;
}

function escape(text: string, quote: string): string {
  return Array.from(text)
    .map((mark) => {
      if (mark === quote || mark === '\\') return `\\${mark}`;
      return mark < ' ' || mark === '\u007F'
        ? `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`
        : mark;
    })
    .join('');
}

export function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

const bracketed = ({ text }: Cql) => (text.includes('\n') ? `(\n  ${indent(text)}\n)` : `(${text})`);
const tight = (cql: Cql) => (cql.binds === 'atom' ? cql.text : bracketed(cql));

// ----------------------------------------------------------------------------------------------- values

export const elmType = (name: CqlName) => `{urn:hl7-org:elm-types:r1}${name}`;

const literal = (type: CqlName, value: string, text = value): Cql =>
  make('atom', text, { type: 'Literal', valueType: elmType(type), value });

export const string = (value: string) => literal('String', value, quoted(value));
export const boolean = (value: boolean) => literal('Boolean', String(value));

/** A number of the type; a whole one as a decimal has its `.0`. */
export function number(value: number, type: 'Integer' | 'Decimal'): Cql {
  const size = Math.abs(value);
  const digits = type === 'Integer' ? String(size) : size.toFixed(3).replace(/0{1,2}$/, '');
  const positive = literal(type, digits);
  if (value >= 0) return positive;
  return make('test', `-${digits}`, { type: 'Negate', operand: positive.elm });
}

/** A day, from ISO 8601 text. */
export function day(iso: string): Cql {
  const [year, month, date] = iso.split('-').map((part) => literal('Integer', String(Number(part))).elm);
  return make('atom', `@${iso}`, { type: 'Date', year, month, day: date });
}

export function list(items: readonly Cql[]): Cql {
  return make('atom', `{ ${items.map(({ text }) => text).join(', ')} }`, {
    type: 'List',
    element: items.map(({ elm }) => elm),
  });
}

/** A list with each item on a line of its own. */
export function longList(items: readonly Cql[]): Cql {
  const { elm } = list(items);
  return make('atom', `{\n  ${items.map(({ text }) => indent(text)).join(',\n  ')}\n}`, elm);
}

export function tuple(elements: readonly (readonly [name: string, value: Cql])[]): Cql {
  const parts = elements.map(([name, { text }]) => `${identifier(name)}: ${text}`);
  const long = parts.join(', ').length > 90 || parts.some((part) => part.includes('\n'));
  const text = long ? `Tuple {\n  ${parts.map(indent).join(',\n  ')}\n}` : `Tuple { ${parts.join(', ')} }`;
  return make('atom', text, {
    type: 'Tuple',
    element: elements.map(([name, { elm }]) => ({ name, value: elm })),
  });
}

/** What another definition says. */
export const definition = (name: string) =>
  make('atom', `"${escape(name, '"')}"`, { type: 'ExpressionRef', name });

export const parameter = (name: string) => make('atom', name, { type: 'ParameterRef', name });

export const alias = (name: string) => make('atom', name, { type: 'AliasRef', name });

/** An element of a tuple: of an alias it is said with its scope. */
export function property(of: Cql, path: string): Cql {
  const from = of.elm.type === 'AliasRef' ? { scope: of.elm['name'] } : { source: of.elm };
  return make('atom', `${of.text}.${identifier(path)}`, { type: 'Property', path, ...from });
}

// ------------------------------------------------------------------------------------------------ tests

function binary(type: string, sign: string): (left: Cql, right: Cql) => Cql {
  const side = (own: Cql) => (own.binds === 'test' && own.elm.type === 'Negate' ? own.text : tight(own));
  return (left, right) =>
    make('test', `${side(left)} ${sign} ${side(right)}`, { type, operand: [left.elm, right.elm] });
}

export const equal = binary('Equal', '=');
export const less = binary('Less', '<');
export const atMost = binary('LessOrEqual', '<=');
export const atLeast = binary('GreaterOrEqual', '>=');
export const more = binary('Greater', '>');
export const plus = binary('Add', '+');
export const minus = binary('Subtract', '-');
export const times = binary('Multiply', '*');
/** Of whole numbers from zero up: how many times the right one goes into the left one. */
export const wholeTimes = binary('TruncatedDivide', 'div');
export const isIn = binary('In', 'in');

export function notEqual(left: Cql, right: Cql): Cql {
  return make('test', `${tight(left)} != ${tight(right)}`, not(equal(left, right)).elm);
}

export function not(test: Cql): Cql {
  return make('test', `not ${tight(test)}`, { type: 'Not', operand: test.elm });
}

export const isNull = (value: Cql) =>
  make('test', `${tight(value)} is null`, { type: 'IsNull', operand: value.elm });

export const isNotNull = (value: Cql) =>
  make('test', `${tight(value)} is not null`, { type: 'Not', operand: isNull(value).elm });

export const isTrue = (value: Cql) =>
  make('test', `${tight(value)} is true`, { type: 'IsTrue', operand: value.elm });

export const exists = (items: Cql) =>
  make('test', `exists ${tight(items)}`, { type: 'Exists', operand: items.elm });

/** Every one of the tests; there is at least one. */
export const all = (tests: readonly Cql[]) => chain('And', 'and', tests);
/** At least one of the tests; there is at least one. */
export const any = (tests: readonly Cql[]) => chain('Or', 'or', tests);

function chain(type: 'And' | 'Or', word: string, tests: readonly Cql[]): Cql {
  const flat = tests.flatMap((test) => (test.parts?.word === word ? test.parts.tests : [test]));
  const [first, ...others] = flat;
  if (!first) throw new Error(`${word} of nothing`);
  if (others.length === 0) return first;
  const texts = flat.map((test) => (test.binds === 'test' ? test.text : tight(test)));
  const long = texts.join(' ').length > 90 || texts.some((text) => text.includes('\n'));
  const elm = others.reduce((left: Elm, right) => ({ type, operand: [left, right.elm] }), first.elm);
  const text = texts.join(long ? `\n${word} ` : ` ${word} `);
  return { binds: 'logic', text, elm, parts: { word, tests: flat } };
}

// ------------------------------------------------------------------------------------- functions, clauses

function call(type: string, ...args: readonly Cql[]): Cql {
  return make('atom', `${type}(${args.map(({ text }) => indent(text)).join(', ')})`, {
    type,
    operand: args.length === 1 ? args[0]!.elm : args.map(({ elm }) => elm),
  });
}

export const startsWith = (text: Cql, beginning: Cql) => call('StartsWith', text, beginning);
export const absolute = (value: Cql) => call('Abs', value);
export const toDecimal = (value: Cql) => call('ToDecimal', value);
/** The first of the two that is there. */
export const coalesce = (value: Cql, otherwise: Cql) => call('Coalesce', value, otherwise);

function aggregate(type: 'Count' | 'Sum' | 'Min' | 'Max'): (items: Cql) => Cql {
  return (items) => make('atom', `${type}(${indent(items.text)})`, { type, source: items.elm });
}

export const count = aggregate('Count');
export const sum = aggregate('Sum');
export const min = aggregate('Min');
export const max = aggregate('Max');

export const round = (value: Cql, places: number) => {
  const precision = number(places, 'Integer');
  return make('atom', `Round(${value.text}, ${precision.text})`, {
    type: 'Round',
    operand: value.elm,
    precision: precision.elm,
  });
};

export const distinct = (items: Cql) =>
  make('test', `distinct ${tight(items)}`, { type: 'Distinct', operand: items.elm });

export const flatten = (lists: Cql) =>
  make('test', `flatten ${tight(lists)}`, { type: 'Flatten', operand: lists.elm });

/** Days from the one to the other: negative where the other is earlier. */
export const daysBetween = (from: Cql, to: Cql) =>
  make('test', `difference in days between ${tight(from)} and ${tight(to)}`, {
    type: 'DifferenceBetween',
    precision: 'Day',
    operand: [from.elm, to.elm],
  });

export function choose(condition: Cql, then: Cql, otherwise: Cql): Cql {
  const nested = otherwise.elm.type === 'If';
  const rest = nested ? otherwise.text : indent(otherwise.text);
  return make('clause', `if ${indent(condition.text)} then ${indent(then.text)}\nelse ${rest}`, {
    type: 'If',
    condition: condition.elm,
    then: then.elm,
    else: otherwise.elm,
  });
}

/** The value where the condition holds, and nothing elsewhere. */
export function onlyIf(condition: Cql, value: Cql, type: CqlName): Cql {
  return choose(
    condition,
    value,
    make('atom', 'null', {
      type: 'As',
      operand: { type: 'Null' },
      asType: elmType(type),
    }),
  );
}

/** What a query may begin with as it is; anything else, a list too, stands in brackets. */
function isNamed({ elm }: Cql): boolean {
  return elm.type === 'Property' || elm.type === 'ExpressionRef';
}

/** The items for which the test holds, or what is made of each of them. */
export function query(from: Cql, as: string, where: Cql | null, give: Cql | null = null): Cql {
  const lines = [
    `${isNamed(from) ? from.text : bracketed(from)} ${as}`,
    ...(where ? [`  where ${indent(indent(where.text))}`] : []),
    ...(give ? [`  return all ${indent(indent(give.text))}`] : []),
  ];
  const short = lines.map((line) => line.trim()).join(' ');
  const text = short.length <= 90 && !short.includes('\n') ? short : lines.join('\n');
  return make('clause', text, {
    type: 'Query',
    source: [{ alias: as, expression: from.elm }],
    relationship: [],
    ...(where ? { where: where.elm } : {}),
    ...(give ? { return: { distinct: false, expression: give.elm } } : {}),
  });
}
