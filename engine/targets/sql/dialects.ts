/** In what dialects differ at all: how types are named. */
export interface Dialect {
  readonly id: 'standard' | 'spark';
  readonly types: { readonly text: string; readonly whole: string; readonly boolean: string };
}

/** One text for SQLite, DuckDB and PostgreSQL. */
export const standard: Dialect = {
  id: 'standard',
  types: { text: 'TEXT', whole: 'BIGINT', boolean: 'BOOLEAN' },
};

/** Spark SQL. Its views are expanded where they are read, again and again: results are kept as tables here, too. */
export const spark: Dialect = {
  id: 'spark',
  types: { text: 'STRING', whole: 'BIGINT', boolean: 'BOOLEAN' },
};
