import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { converse } from '../conversation.ts';
import type { ConformanceEngine } from '../engine.ts';
import { fetchedFolder, fetchMinutes, printedBy } from '../machine.ts';
import { loadSql } from './sql.ts';

const pyspark = '4.0.1';
const script = path.join(import.meta.dirname, '../spark/judge.py');

/** Spark SQL in this machine alone, from Python's package in an environment of its own. */
export const spark: ConformanceEngine = {
  target: 'sql',
  id: 'spark',
  title: 'Spark SQL',
  from: 'machine',
  atOnce: 100_000,
  async start() {
    const python = await installed();
    if (typeof python !== 'string') return python;
    const folder = await mkdtemp(path.join(os.tmpdir(), 'proviso-spark-'));
    const { ask, next, end } = converse('Spark', python, [script, path.join(folder, 'warehouse')], {
      cwd: folder,
    });
    const { version } = await next();
    let databases = 0;
    return {
      missing: null,
      version: String(version),
      load: async (files, program) => {
        databases += 1;
        const database = `export_${databases}`;
        await ask({ run: `CREATE DATABASE ${database};\nUSE ${database};` });
        return loadSql(
          {
            run: async (statements) => void (await ask({ run: statements })),
            rows: async (query) => (await ask({ rows: query })).rows as readonly Record<string, unknown>[],
            close: async () => void (await ask({ run: `DROP DATABASE ${database} CASCADE;` })),
          },
          files,
          program,
          '.spark',
        );
      },
      stop: async () => {
        await end();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};

/** The Python of an environment with PySpark; it is made on the first run. */
async function installed(): Promise<string | { readonly missing: string }> {
  if ((await printedBy('java', ['-version'])) === null)
    return { missing: 'Spark needs Java 17 or later, and there is none here.' };
  if ((await printedBy('python3', ['-c', 'import venv, ensurepip'])) === null)
    return { missing: 'Spark needs Python 3 with `venv`, and there is none here.' };
  const pythonIn = (folder: string) => path.join(folder, 'bin', 'python');
  const folder = await fetchedFolder(
    `pyspark-${pyspark}`,
    async (there) => (await printedBy(pythonIn(there), ['-c', 'import pyspark'])) !== null,
    async (half) => {
      await printedBy('python3', ['-m', 'venv', half]);
      await printedBy(pythonIn(half), ['-m', 'pip', 'install', '--quiet', `pyspark==${pyspark}`], {
        minutes: fetchMinutes,
      });
    },
  );
  return folder === null
    ? { missing: `PySpark ${pyspark} could not be installed by pip.` }
    : pythonIn(folder);
}
