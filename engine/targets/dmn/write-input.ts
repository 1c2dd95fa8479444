import { parseDay } from '../../base/calendar-date.ts';
import { thousandths } from '../../base/decimal.ts';
import type { DocumentValue, Input, InputValues } from '../../intermediate/document.ts';
import type { PlainField, PlainProgram } from '../../intermediate/form.ts';
import { nameOf, sectionsRead, suppliedName } from '../write-plain-test.ts';

export type DmnValue = DocumentValue;
export type DmnContext = Readonly<Record<string, DmnValue>>;

/** The three inputs of the decision model. */
export interface DmnInput {
  readonly encounter: DmnContext;
  readonly lines: readonly DmnContext[];
  readonly priorVisits: readonly DmnContext[];
}

/** An encounter as contexts: one flat name for each fact, days as day numbers, decimals in thousandths, null where nothing is. */
export function dmnInput({ visit, lines, prior }: Input, program: PlainProgram): DmnInput {
  const sections = sectionsRead(program);
  const read = (owner: PlainField['owner'], values: InputValues) =>
    Object.fromEntries(
      program.fields
        .filter((field) => field.owner === owner)
        .map((field) => [nameOf(field.path), plain(values.get(field.path) ?? null, field)]),
    );
  const has = (section: string, values: InputValues) =>
    program.fields.some((field) => field.section === section && values.has(field.path));
  const supplied = sections
    .filter((section) => section !== 'record')
    .map((section) => [
      suppliedName(section),
      section === 'priorVisits' ? prior !== null : has(section, visit),
    ]);
  return {
    encounter: { ...(Object.fromEntries(supplied) as DmnContext), ...read('visit', visit) },
    lines: lines.map((line, at) => ({
      position: at + 1,
      [suppliedName('record')]: has('record', line),
      ...read('line', line),
    })),
    priorVisits: (prior ?? []).map((one, at) => ({ position: at + 1, ...read('prior', one) })),
  };
}

function plain(value: DocumentValue, field: PlainField): DocumentValue {
  if (Array.isArray(value)) return value.map((one) => plain(one as string | number, field)) as DocumentValue;
  if (typeof value === 'number') return field.places === 3 ? thousandths(value) : value;
  return typeof value === 'string' && field.scalar === 'date' ? parseDay(value)! : value;
}
