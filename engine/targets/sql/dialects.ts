/** In what dialects differ at all: names of types, and how a result is kept. */
export interface Dialect {
  readonly id: 'standard' | 'spark';
  readonly types: { readonly text: string; readonly whole: string; readonly boolean: string };
  /** A query whose answer other queries read. */
  readonly keep: (name: string, query: string) => string;
  readonly view: (name: string, query: string) => string;
  /** Takes away what an earlier run left: views first, since they read the tables. */
  readonly drop: (tables: readonly string[], views: readonly string[]) => readonly string[];
}

/** One text for SQLite, DuckDB and PostgreSQL. */
export const standard: Dialect = {
  id: 'standard',
  types: { text: 'TEXT', whole: 'BIGINT', boolean: 'BOOLEAN' },
  keep: (name, query) => `CREATE TABLE ${name} AS\n${query};`,
  view: (name, query) => `CREATE VIEW ${name} AS\n${query};`,
  drop: (tables, views) => [
    ...views.map((view) => `DROP VIEW IF EXISTS ${view};`),
    ...tables.map((table) => `DROP TABLE IF EXISTS ${table};`),
  ],
};

/** Spark SQL: views of the session, so that nothing is written into the warehouse unless the receiver does. */
export const spark: Dialect = {
  id: 'spark',
  types: { text: 'STRING', whole: 'BIGINT', boolean: 'BOOLEAN' },
  keep: (name, query) => `CREATE OR REPLACE TEMPORARY VIEW ${name} AS\n${query};`,
  view: (name, query) => `CREATE OR REPLACE TEMPORARY VIEW ${name} AS\n${query};`,
  drop: () => [],
};
