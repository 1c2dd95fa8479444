import type { ConformanceEngine } from '../engine.ts';
import { loadSql } from './sql.ts';

/** PostgreSQL, compiled to WebAssembly. One server serves all exports, each in a schema of its own. */
export const pglite: ConformanceEngine = {
  target: 'sql',
  id: 'pglite',
  title: 'PostgreSQL (PGlite)',
  from: 'npm',
  async start() {
    const { PGlite } = await import('@electric-sql/pglite');
    const server = await PGlite.create();
    const shown = await server.query<{ readonly server_version: string }>('SHOW server_version');
    let schemas = 0;
    return {
      missing: null,
      version: shown.rows[0]!.server_version,
      load: async (files, program) => {
        schemas += 1;
        const schema = `export_${schemas}`;
        await server.exec(`CREATE SCHEMA ${schema}; SET search_path TO ${schema};`);
        return loadSql(
          {
            run: async (statements) => void (await server.exec(statements)),
            rows: async (query) => (await server.query<Record<string, unknown>>(query)).rows,
            close: async () => void (await server.exec(`DROP SCHEMA ${schema} CASCADE;`)),
          },
          files,
          program,
        );
      },
      stop: () => server.close(),
    };
  },
};
