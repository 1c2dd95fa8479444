import type { PlainField, PlainProgram, FieldSection } from '../../intermediate/form.ts';

/** Whose rows a field stands in. */
export type Owner = PlainField['owner'];

/** Table and key of the rows of each owner. */
export const tables: Readonly<Record<Owner, { readonly table: string; readonly keys: readonly string[] }>> = {
  visit: { table: 'encounter', keys: ['encounter_id'] },
  line: { table: 'line', keys: ['encounter_id', 'line'] },
  prior: { table: 'prior_visit', keys: ['encounter_id', 'prior_visit'] },
};

/** What the tables and columns of a program's input are called, and in which scale a number stands. */
export interface InputNames {
  /** The column of a field, or for a list the table of its items. */
  readonly of: (path: string) => string;
  readonly field: (path: string) => PlainField;
  readonly byPath: ReadonlyMap<string, PlainField>;
  readonly fields: readonly PlainField[];
  /** Sections that may be missing, each with a column that says whether it was supplied. */
  readonly sections: readonly {
    readonly section: FieldSection;
    readonly owner: Owner;
    readonly column: string;
  }[];
}

/** Columns say how their value is written: days as a day number, decimals in thousandths. */
export function inputNames({ fields, policies }: PlainProgram): InputNames {
  const byPath = new Map(fields.map((field) => [field.path, field]));
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { path, scalar, list, places } of fields) {
    const ending = list ? '' : scalar === 'date' ? '_day' : places === 3 ? '_thousandths' : '';
    const base = `${snake(path)}${ending}`;
    // Two facts of a workspace may differ in their capitals only.
    let name = base;
    for (let n = 2; taken.has(name); n += 1) name = `${base}_${n}`;
    taken.add(name);
    names.set(path, name);
  }
  // A figure may count prior visits without reading any field of them.
  const countsPrior = policies.some(({ periods }) =>
    periods.some(({ figures }) => figures.some(({ over }) => over === 'priorVisits')),
  );
  const read = new Set<FieldSection>(fields.map(({ section }) => section));
  if (countsPrior) read.add('priorVisits');
  const sections = [...read].filter((section) => section !== 'visit' && section !== 'line');
  return {
    of: (path) => names.get(path)!,
    field: (path) => byPath.get(path)!,
    byPath,
    fields,
    sections: sections.map((section) => ({
      section,
      owner: section === 'record' ? 'line' : 'visit',
      column: suppliedColumn(section),
    })),
  };
}

export function suppliedColumn(section: FieldSection): string {
  return `${snake(section)}_supplied`;
}

export function snake(name: string): string {
  return name
    .replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
}

/** Text as a literal; a quote is doubled, and nothing else is special in standard SQL. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Words after two dashes end with the line. */
export function comment(words: string): string {
  return `-- ${words.replaceAll(/\s+/g, ' ')}`;
}
