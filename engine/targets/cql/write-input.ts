import type { DocumentValue, Input, InputValues } from '../../intermediate/document.ts';
import type { FieldSection, PlainField } from '../../intermediate/form.ts';
import type { CqlName } from './expression.ts';

/** The type of the parameter `Encounter`, and of its parts. */
export type CqlType =
  | CqlName
  | { readonly kind: 'list'; readonly of: CqlType }
  | { readonly kind: 'tuple'; readonly elements: readonly (readonly [name: string, type: CqlType])[] };

/** A value of such a type: tuples as objects with every element, days as ISO 8601 text, null where there is none. */
export type CqlValue =
  | string
  | number
  | boolean
  | null
  | readonly CqlValue[]
  | { readonly [name: string]: CqlValue };

/** Whole numbers and lists that stay below this have sums that an Integer of CQL (32 bits) holds. */
const mostItems = 2000;
const largestWhole = 1_000_000;

/** The sections that may be missing, with a flag `supplied` of their own: an engine need not tell absent from empty. */
const optional: readonly FieldSection[] = ['note', 'patient', 'provider', 'plan', 'episode'];

const list = (of: CqlType): CqlType => ({ kind: 'list', of });
const tuple = (elements: readonly (readonly [string, CqlType])[]): CqlType => ({ kind: 'tuple', elements });
const nameOf = ({ path }: PlainField) => path.slice(path.indexOf('.') + 1);

/** The type of a field: whole numbers are integers, all others decimals. */
export function fieldType({ scalar, list: isList, places }: PlainField): CqlType {
  const names = {
    text: 'String',
    boolean: 'Boolean',
    date: 'Date',
    number: places === 0 ? 'Integer' : 'Decimal',
  } as const;
  return isList ? list(names[scalar]) : names[scalar];
}

/** The shape of an encounter, with the fields that policies read. */
export function inputType(fields: readonly PlainField[]): CqlType {
  const of = (section: FieldSection) =>
    fields
      .filter((field) => field.section === section)
      .map((field) => [nameOf(field), fieldType(field)] as const);
  const supplied = ['supplied', 'Boolean'] as const;
  const section = (name: FieldSection) => {
    const own = of(name);
    return own.length === 0 ? [] : [[name, tuple([supplied, ...own])] as const];
  };
  const prior = of('priorVisits');
  return tuple([
    ['visit', tuple(of('visit'))],
    ...optional.flatMap(section),
    ['lines', list(tuple([['number', 'Integer'], ...of('line'), ...section('record')]))],
    // A policy may count prior visits and read none of their fields.
    ['priorVisits', tuple([supplied, ['visits', list(tuple([['number', 'Integer'], ...prior]))]])],
  ]);
}

/** An encounter behind the boundary as a value of that type. */
export function inputValue(input: Input, fields: readonly PlainField[]): CqlValue {
  const of = (section: FieldSection) => fields.filter((field) => field.section === section);
  const values = (section: FieldSection, from: InputValues) =>
    Object.fromEntries(of(section).map((field) => [nameOf(field), valueOf(field, from)]));
  const withFlag = (section: FieldSection, from: InputValues) => {
    const own = of(section);
    if (own.length === 0) return {};
    return { [section]: { supplied: own.some(({ path }) => from.has(path)), ...values(section, from) } };
  };
  return {
    visit: values('visit', input.visit),
    ...Object.assign({}, ...optional.map((section) => withFlag(section, input.visit))),
    lines: input.lines.map((line, index) => ({
      number: index + 1,
      ...values('line', line),
      ...withFlag('record', line),
    })),
    priorVisits: {
      supplied: input.prior !== null,
      visits: (input.prior ?? []).map((visit, index) => ({
        number: index + 1,
        ...values('priorVisits', visit),
      })),
    },
  };
}

/** A list is never null: some engines refuse such a parameter, and a list without items says the same. */
function valueOf({ path, list: isList }: PlainField, from: InputValues): CqlValue {
  return from.get(path) ?? (isList ? [] : null);
}

/** Why the parameter cannot hold an encounter, or null where it can. */
export function whyNotHeld({ visit, lines, prior }: Input, fields: readonly PlainField[]): string | null {
  if (lines.length > mostItems || (prior?.length ?? 0) > mostItems)
    return `more than ${mostItems} lines or prior visits`;
  const whole = fields.filter(({ scalar, places }) => scalar === 'number' && places === 0);
  const tooLarge = (value: DocumentValue | undefined): boolean =>
    Array.isArray(value)
      ? value.some((item) => tooLarge(item))
      : typeof value === 'number' && Math.abs(value) > largestWhole;
  const found = whole.find(({ path }) =>
    [visit, ...lines, ...(prior ?? [])].some((values) => tooLarge(values.get(path))),
  );
  return found ? `\`${found.path}\` is beyond ${largestWhole}, too large for sums of 32 bits` : null;
}
