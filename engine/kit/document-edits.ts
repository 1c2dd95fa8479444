import { formatDay, parseDay } from '../base/calendar-date.ts';
import type { Day } from '../base/calendar-date.ts';
import type {
  DocumentLine,
  DocumentSection,
  DocumentValue,
  EncounterDocument,
} from '../intermediate/document.ts';
import type { FieldSection, PlainField } from '../intermediate/form.ts';

/** What is said at a field, everything around it included; `undefined` leaves the field out. */
export type NewValue = DocumentValue | undefined;

type Field = Pick<PlainField, 'path' | 'section'>;

/** The name of a field within its section. */
export function keyOf({ path }: Pick<PlainField, 'path'>): string {
  return path.slice(path.indexOf('.') + 1);
}

/**
 * The document with another value at a field: of the visit, of the line at `at`, or of the prior visit at `at`.
 * A section that was missing is made for it; null where there is no such line or prior visit.
 */
export function withField(
  document: EncounterDocument,
  field: Field,
  at: number,
  value: NewValue,
): EncounterDocument | null {
  const key = keyOf(field);
  switch (field.section) {
    case 'line':
      return withLine(document, at, (line) => put(line as DocumentSection, key, value));
    case 'record':
      return withLine(document, at, (line) => ({ ...line, record: put(line.record ?? {}, key, value) }));
    case 'priorVisits': {
      const { priorVisits } = document;
      if (priorVisits?.[at] === undefined) return null;
      return {
        ...document,
        priorVisits: priorVisits.map((prior, index) => (index === at ? put(prior, key, value) : prior)),
      };
    }
    default:
      return { ...document, [field.section]: put(document[field.section] ?? {}, key, value) };
  }
}

/** The value at a field; `undefined` where the field, or its section, is left out. */
export function fieldIn(document: EncounterDocument, field: Field, at: number): NewValue {
  const key = keyOf(field);
  switch (field.section) {
    case 'line':
      return document.lines[at]?.[key] as NewValue;
    case 'record':
      return document.lines[at]?.record?.[key];
    case 'priorVisits':
      return document.priorVisits?.[at]?.[key];
    default:
      return document[field.section]?.[key];
  }
}

/** The document without a section, as if it had never been supplied; null where it is not there anyway. */
export function withoutSection(
  document: EncounterDocument,
  section: FieldSection,
  at: number,
): EncounterDocument | null {
  if (section === 'visit' || section === 'line') return null;
  if (section === 'record') {
    const { record, ...line } = document.lines[at] ?? {};
    return record === undefined ? null : withLine(document, at, () => line);
  }
  const { [section]: gone, ...rest } = document;
  return gone === undefined ? null : rest;
}

export function withLine(
  document: EncounterDocument,
  at: number,
  change: (line: DocumentLine) => DocumentLine,
): EncounterDocument | null {
  if (document.lines[at] === undefined) return null;
  return { ...document, lines: document.lines.map((line, index) => (index === at ? change(line) : line)) };
}

/** The encounter on another day and at another payer; every other day in it moves along, so that what lies between stays. */
export function moved(
  document: EncounterDocument,
  day: Day,
  payer: string,
  isDate: (path: string) => boolean,
): EncounterDocument {
  const by = day - (parseDay(String(document.visit.date)) ?? day);
  const shift = (prefix: string, section: DocumentSection): DocumentSection =>
    by === 0
      ? section
      : Object.fromEntries(
          Object.entries(section).map(([key, value]) => {
            const was = isDate(`${prefix}.${key}`) && typeof value === 'string' ? parseDay(value) : null;
            return [key, was === null ? value : formatDay(was + by)];
          }),
        );
  const { encounter, visit, lines, priorVisits, ...sections } = document;
  return {
    encounter,
    visit: { ...shift('visit', visit), date: formatDay(day), payer },
    ...Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, shift(name, section)])),
    ...(priorVisits ? { priorVisits: priorVisits.map((prior) => shift('prior', prior)) } : {}),
    lines: lines.map(({ record, ...line }): DocumentLine => ({
      ...shift('line', line as DocumentSection),
      ...(record ? { record: shift('record', record) } : {}),
    })),
  };
}

/** Which paths hold days. */
export function datesAmong(
  facts: readonly { readonly path: string; readonly type: { readonly scalar: string } }[],
): (path: string) => boolean {
  const dates = new Set(facts.filter(({ type }) => type.scalar === 'date').map(({ path }) => path));
  return (path) => dates.has(path);
}

function put(section: DocumentSection, key: string, value: NewValue): DocumentSection {
  if (value !== undefined) return { ...section, [key]: value };
  const { [key]: _, ...rest } = section;
  return rest;
}
