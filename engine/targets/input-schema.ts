import type { FieldSection, PlainField, PlainProgram } from '../intermediate/form.ts';

type Schema = Readonly<Record<string, unknown>>;

/**
 * What a document must look like to be judged, as JSON Schema 2020-12, made from the fields that the policies read. It refuses
 * what the boundary refuses, but for days that no calendar has (`2023-02-29`) and for a fourth decimal place: validators divide
 * as computers do, and would refuse `0.07` of thousandths.
 */
export function inputSchema({ fields }: Pick<PlainProgram, 'fields'>): string {
  const of = (section: FieldSection) => fields.filter((field) => field.section === section);
  const properties = (section: FieldSection): Record<string, Schema> =>
    Object.fromEntries(of(section).map((field) => [keyOf(field), valueOf(field)]));
  const section = (name: FieldSection, required: readonly string[] = []): Schema => ({
    type: required.length > 0 ? 'object' : ['object', 'null'],
    properties: properties(name),
    ...(required.length > 0 ? { required } : {}),
  });
  const optional = (['note', 'patient', 'provider', 'plan', 'episode'] as const).filter(
    (name) => of(name).length > 0,
  );
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Encounter',
    description: 'A section that is left out was never supplied; a field that is left out or null is empty.',
    type: 'object',
    required: ['visit', 'lines'],
    properties: {
      encounter: { type: 'string', description: 'Its name, which no policy reads.' },
      visit: section('visit', ['date', 'payer']),
      ...Object.fromEntries(optional.map((name) => [name, section(name)])),
      ...(of('priorVisits').length > 0
        ? { priorVisits: { type: ['array', 'null'], items: section('priorVisits') } }
        : {}),
      lines: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['code'],
          properties: {
            ...properties('line'),
            ...(of('record').length > 0 ? { record: section('record') } : {}),
          },
        },
      },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function keyOf({ path }: PlainField): string {
  return path.slice(path.indexOf('.') + 1);
}

/** The three fields without which nothing can be judged; all others may be empty. */
const required: ReadonlySet<string> = new Set(['visit.date', 'visit.payer', 'line.code']);
/** How the boundary reads text without any mark in it: as empty. */
const blank = '^\\s*$';

function valueOf(field: PlainField): Schema {
  const item = scalarOf(field);
  if (field.list) return { anyOf: [{ type: 'null' }, { type: 'array', items: item }] };
  if (required.has(field.path)) return item;
  return { anyOf: [{ type: 'null' }, { type: 'string', pattern: blank }, item] };
}

function scalarOf({ scalar, places, path, list }: PlainField): Schema {
  switch (scalar) {
    case 'text':
      return list || required.has(path) ? { type: 'string', pattern: '\\S' } : { type: 'string' };
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
      return {
        type: 'string',
        pattern: '^(19|20|21)\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
      };
    case 'number':
      return places === 0
        ? { type: 'integer' }
        : { type: 'number', description: 'At most three decimal places.' };
  }
}
