import type { DuckDBConnection } from '@duckdb/node-api';
import type { ConformanceEngine } from '../engine.ts';
import { loadSql } from './sql.ts';

/** DuckDB, in this process. */
export const duckdb: ConformanceEngine = {
  target: 'sql',
  id: 'duckdb',
  title: 'DuckDB',
  from: 'npm',
  async start() {
    const { DuckDBInstance, version } = await import('@duckdb/node-api');
    const open = new Set<DuckDBConnection>();
    return {
      missing: null,
      version: version(),
      load: async (files, program) => {
        const instance = await DuckDBInstance.create(':memory:');
        const connection = await instance.connect();
        open.add(connection);
        return loadSql(
          {
            run: async (statements) => void (await connection.run(statements)),
            rows: async (query) => (await connection.runAndReadAll(query)).getRowObjects(),
            close: async () => {
              open.delete(connection);
              connection.closeSync();
              instance.closeSync();
            },
          },
          files,
          program,
        );
      },
      stop: async () => open.forEach((connection) => connection.interrupt()),
    };
  },
};
