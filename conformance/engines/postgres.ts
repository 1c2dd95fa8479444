import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ConformanceEngine } from '../engine.ts';
import { printedBy } from '../machine.ts';
import { loadSql } from './sql.ts';

/** Where Debian and others keep the programs of a server, besides the search path. */
const serverFolder = '/usr/lib/postgresql';

/** A PostgreSQL server of our own: in a folder that is removed, on a socket in it, without a port. */
export const postgres: ConformanceEngine = {
  target: 'sql',
  id: 'postgresql',
  title: 'PostgreSQL server',
  from: 'machine',
  async start() {
    const programs = await findPrograms();
    if (!programs) return { missing: 'PostgreSQL is not installed here; the package `postgresql` has it.' };
    const folder = await mkdtemp(path.join(os.tmpdir(), 'proviso-postgresql-'));
    const data = path.join(folder, 'data');
    // The server refuses to run as root, so there it runs as the user that its package made.
    const isRoot = process.getuid?.() === 0;
    const as = (args: readonly string[]): [string, string[]] =>
      isRoot ? ['runuser', ['-u', 'postgres', '--', ...args]] : [args[0]!, args.slice(1)];
    if (isRoot) {
      await chmod(folder, 0o755);
      execFileSync('chown', ['postgres', folder]);
    }
    execFileSync(
      ...as([`${programs}initdb`, '-D', data, '-A', 'trust', '-U', 'proviso', '-E', 'UTF8', '--no-sync']),
      { stdio: 'ignore' },
    );
    const server = spawn(
      ...as([`${programs}postgres`, '-D', data, '-k', folder, '-h', '', '-c', 'fsync=off']),
      { stdio: 'ignore' },
    );
    const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
    const psql = (args: readonly string[], input: string) =>
      new Promise<string>((resolve, reject) => {
        const client = execFile(
          'psql',
          ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-h', folder, '-U', 'proviso', '-d', 'postgres', ...args],
          { maxBuffer: 1 << 30 },
          (error, stdout, stderr) => (error ? reject(new Error(stderr || error.message)) : resolve(stdout)),
        );
        // That it ended early is told by its exit.
        client.stdin!.on('error', () => undefined);
        client.stdin!.end(input);
      });
    const answers = async (): Promise<string> => {
      for (let tries = 0; ; tries += 1) {
        try {
          return await psql(['-t', '-A'], 'SHOW server_version;');
        } catch (error) {
          if (tries === 100) throw error;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    };
    const version = (await answers()).trim();
    let schemas = 0;
    return {
      missing: null,
      version,
      load: async (files, program) => {
        schemas += 1;
        const schema = `export_${schemas}`;
        const within = (statements: string) => `SET search_path TO ${schema};\n${statements}`;
        await psql([], `CREATE SCHEMA ${schema};`);
        return loadSql(
          {
            run: async (statements) => void (await psql([], within(statements))),
            rows: async (query) => {
              const asJson = `SELECT COALESCE(json_agg(row_to_json(t)), '[]') FROM (${query}) t;`;
              return JSON.parse(await psql(['-t', '-A'], within(asJson)));
            },
            close: async () =>
              void (await psql([], `SET client_min_messages = error; DROP SCHEMA ${schema} CASCADE;`)),
          },
          files,
          program,
        );
      },
      stop: async () => {
        await printedBy(...as([`${programs}pg_ctl`, 'stop', '-D', data, '-m', 'immediate']));
        await ended;
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};

/** The folder of `initdb` and its kin with a slash behind, empty where they are on the search path, or null. */
async function findPrograms(): Promise<string | null> {
  const folders = existsSync(serverFolder)
    ? readdirSync(serverFolder).map((version) => `${serverFolder}/${version}/bin/`)
    : [];
  for (const folder of [...folders.toReversed(), ''])
    if ((await printedBy(`${folder}postgres`, ['--version'])) && (await printedBy('psql', ['--version'])))
      return folder;
  return null;
}
