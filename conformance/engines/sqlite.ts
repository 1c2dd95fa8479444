import type { ConformanceEngine } from '../engine.ts';
import { loadSql } from './sql.ts';

/** SQLite, compiled to WebAssembly. */
export const sqlite: ConformanceEngine = {
  target: 'sql',
  id: 'sqlite',
  title: 'SQLite',
  from: 'npm',
  async start() {
    const { default: initialise } = await import('sql.js');
    const { Database } = await initialise();
    const version = String(new Database().exec('SELECT sqlite_version()')[0]!.values[0]![0]);
    return {
      missing: null,
      version,
      load: (files, program) => {
        const database = new Database();
        return loadSql(
          {
            run: async (statements) => void database.exec(statements),
            rows: async (query) => {
              const statement = database.prepare(query);
              const rows: Record<string, unknown>[] = [];
              while (statement.step()) rows.push(statement.getAsObject());
              statement.free();
              return rows;
            },
            close: async () => database.close(),
          },
          files,
          program,
        );
      },
      stop: async () => {},
    };
  },
};
