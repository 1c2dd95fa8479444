import { parseDay } from '../../base/calendar-date.ts';
import { thousandths } from '../../base/decimal.ts';
import type { DocumentValue, Input, InputValues } from '../../intermediate/document.ts';
import type { PlainField } from '../../intermediate/form.ts';
import type { Dialect } from './dialects.ts';
import { comment, tables, text } from './names.ts';
import type { InputNames, Owner } from './names.ts';

const owners: readonly Owner[] = ['visit', 'line', 'prior'];

/** The tables from which the export reads encounters: one each for visits, lines and prior visits, and one for each list. */
export function writeSchema(names: InputNames, { types }: Dialect): string {
  const statements = owners.flatMap((owner) => [
    tableOf(owner, names, types),
    ...names.fields
      .filter((field) => field.owner === owner && field.list)
      .map((field) => listTable(field, names, types)),
  ]);
  return `${statements.join('\n\n')}\n`;
}

function tableOf(owner: Owner, names: InputNames, types: Dialect['types']): string {
  const { table, keys } = tables[owner];
  const sections = names.sections.filter((one) => one.owner === owner);
  const fields = names.fields.filter((field) => field.owner === owner && !field.list);
  const columns = [
    ...keys.map((key) => [`${key} ${key === 'encounter_id' ? types.text : types.whole} NOT NULL`, '']),
    ...sections.map(({ section, column }) => [
      `${column} ${types.boolean} NOT NULL`,
      `whether ${section} was supplied; if not, its columns are NULL`,
    ]),
    ...fields.map((field) => [`${names.of(field.path)} ${typeOf(field, types)}`, meaningOf(field)]),
  ];
  const lines = columns.map(
    ([column, why], at) => `  ${column}${at < columns.length - 1 ? ',' : ''}${why ? ` ${comment(why)}` : ''}`,
  );
  return `CREATE TABLE ${table} (\n${lines.join('\n')}\n);`;
}

function listTable(field: PlainField, names: InputNames, types: Dialect['types']): string {
  const { keys } = tables[field.owner];
  const columns = [
    ...keys.map((key) => `  ${key} ${key === 'encounter_id' ? types.text : types.whole} NOT NULL`),
    `  item ${typeOf(field, types)} NOT NULL`,
  ];
  return `${comment(`${field.path}: one row for each value`)}\nCREATE TABLE ${names.of(field.path)} (\n${columns.join(',\n')}\n);`;
}

function typeOf({ scalar }: PlainField, types: Dialect['types']): string {
  return scalar === 'text' ? types.text : scalar === 'boolean' ? types.boolean : types.whole;
}

function meaningOf({ path, scalar, places }: PlainField): string {
  if (scalar === 'date') return `${path}, in days since 1970-01-01`;
  return scalar === 'number' && places === 3 ? `${path}, in thousandths` : path;
}

/** Rows of one table: their columns, and their values as SQL. */
export interface Rows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly values: readonly (readonly string[])[];
}

/** Encounters as rows of the tables of `writeSchema`; tables without rows are left out. Ids must be unique. */
export function rowsOf(inputs: readonly Input[], names: InputNames): readonly Rows[] {
  const rows: Record<Owner, (readonly string[])[]> = { visit: [], line: [], prior: [] };
  const items = new Map<string, (readonly string[])[]>();
  const add = (
    owner: Owner,
    keys: readonly string[],
    values: InputValues,
    supplied: (section: string) => boolean,
  ) => {
    rows[owner].push([
      ...keys,
      ...names.sections
        .filter((one) => one.owner === owner)
        .map(({ section }) => (supplied(section) ? 'TRUE' : 'FALSE')),
      ...scalarsOf(owner, names).map((field) => sqlValue(values.get(field.path) ?? null, field)),
    ]);
    for (const field of listsOf(owner, names)) {
      const list = values.get(field.path);
      if (!Array.isArray(list)) continue;
      const table = items.get(field.path) ?? [];
      items.set(field.path, table);
      for (const item of list) table.push([...keys, sqlValue(item as string | number, field)]);
    }
  };
  for (const { id, visit, lines, prior } of inputs) {
    const has = (section: string, values: InputValues) =>
      names.fields.some((field) => field.section === section && values.has(field.path));
    add('visit', [text(id)], visit, (section) =>
      section === 'priorVisits' ? prior !== null : has(section, visit),
    );
    lines.forEach((line, index) =>
      add('line', [text(id), String(index + 1)], line, (section) => has(section, line)),
    );
    prior?.forEach((one, index) => add('prior', [text(id), String(index + 1)], one, () => true));
  }
  const all = [
    ...owners.map((owner): Rows => ({
      table: tables[owner].table,
      columns: [
        ...tables[owner].keys,
        ...names.sections.filter((one) => one.owner === owner).map(({ column }) => column),
        ...scalarsOf(owner, names).map(({ path }) => names.of(path)),
      ],
      values: rows[owner],
    })),
    ...[...items].map(([path, values]): Rows => ({
      table: names.of(path),
      columns: [...tables[names.field(path).owner].keys, 'item'],
      values,
    })),
  ];
  return all.filter(({ values }) => values.length > 0);
}

const scalarsOf = (owner: Owner, { fields }: InputNames) =>
  fields.filter((field) => field.owner === owner && !field.list);
const listsOf = (owner: Owner, { fields }: InputNames) =>
  fields.filter((field) => field.owner === owner && field.list);

function sqlValue(value: DocumentValue, { scalar, places }: PlainField): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return String(places === 3 ? thousandths(value) : value);
  return scalar === 'date' ? String(parseDay(value as string)!) : text(value as string);
}

/** Rows as statements, so many rows in each: engines have limits, and one row at a time is slow. */
export function insertStatements({ table, columns, values }: Rows, rowsEach = 500): readonly string[] {
  return Array.from({ length: Math.ceil(values.length / rowsEach) }, (_, at) => {
    const rows = values.slice(at * rowsEach, (at + 1) * rowsEach).map((row) => `(${row.join(', ')})`);
    return `INSERT INTO ${table} (${columns.join(', ')}) VALUES\n${rows.join(',\n')};`;
  });
}
