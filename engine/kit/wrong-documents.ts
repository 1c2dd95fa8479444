import type { EncounterDocument } from '../intermediate/document.ts';
import type { PlainField, PlainProgram, Scalar } from '../intermediate/form.ts';
import { keyOf } from './document-edits.ts';

/** Values that no field of a kind may have. */
const wrong: Readonly<Record<Scalar, readonly unknown[]>> = {
  text: [97530, true, ['97530'], {}],
  number: ['7', true, [7], {}, '7 minutes'],
  date: [20240304, '2023-02-29', '03/04/2024', true, {}],
  boolean: ['true', 1, [], {}],
};

/** Documents that are to be refused: each field with a value of another kind, each section with none, and what is not an encounter. */
export function* wrongDocuments({ fields }: PlainProgram, sound: EncounterDocument): Generator {
  const prior = sound.priorVisits?.length ? sound.priorVisits : [{}];
  const base: EncounterDocument = { ...sound, priorVisits: prior };
  for (const field of fields) for (const value of wrongFor(field)) yield withWrong(base, field, value);
  const sections = new Set(fields.map(({ section }) => section));
  for (const section of sections) {
    if (section === 'line') yield { ...base, lines: ['97530'] };
    else if (section === 'record')
      yield { ...base, lines: [{ ...base.lines[0], record: 'none' }, ...base.lines.slice(1)] };
    else if (section === 'priorVisits')
      for (const value of [{}, 'none', ['none']]) yield { ...base, priorVisits: value };
    else for (const value of ['none', [], 1]) yield { ...base, [section]: value };
  }
  for (const lines of [undefined, null, [], {}, 'none']) yield { ...base, lines };
  yield { ...base, visit: { ...base.visit, date: null, payer: ' ' } };
  yield { ...base, lines: [{ ...base.lines[0], code: '' }] };
  yield { ...base, visit: undefined };
  for (const value of [null, [], 'encounter', 7]) yield value;
}

function wrongFor({ list, scalar, places }: PlainField): readonly unknown[] {
  const odd = scalar === 'number' ? [places === 0 ? 7.5 : 7.0001] : [];
  if (!list) return [...wrong[scalar], ...odd];
  return [
    'one',
    {},
    ...[...wrong[scalar], ...odd].map((value) => [value]),
    [null],
    scalar === 'text' ? ['GP', ''] : [' '],
  ];
}

function withWrong(base: EncounterDocument, field: PlainField, value: unknown): unknown {
  const key = keyOf(field);
  const [first, ...rest] = base.lines;
  switch (field.section) {
    case 'line':
      return { ...base, lines: [{ ...first, [key]: value }, ...rest] };
    case 'record':
      return { ...base, lines: [{ ...first, record: { ...first?.record, [key]: value } }, ...rest] };
    case 'priorVisits':
      return {
        ...base,
        priorVisits: [{ ...base.priorVisits![0], [key]: value }, ...base.priorVisits!.slice(1)],
      };
    default:
      return { ...base, [field.section]: { ...base[field.section], [key]: value } };
  }
}
