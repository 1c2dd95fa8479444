import { spawn } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { allTargets, createWorkspace, lower } from '#engine';
import { converse } from './conversation.ts';
import type { ConformanceEngine, LoadedExport, StartedEngine } from './engine.ts';
import { prove } from './prove.ts';

const workspace = createWorkspace([]);
const program = lower([], workspace.vocabulary);
const visit = { violated: [], undetermined: [] };
const expected = { answer: { decision: 'pay', lines: [], visit }, refused: null } as const;
const kit = ['one', 'two', 'three'].map((id) => ({ id, tag: 'saved' as const, encounter: {}, expected }));
const sql = allTargets.find(({ id }) => id === 'sql')!;
const never = () => new Promise<never>(() => undefined);

/** Gives every right answer, except where it is told otherwise; what was asked of it is written down. */
function engine(
  asked: string[],
  otherwise: Partial<Pick<StartedEngine, 'load'> & Pick<LoadedExport, 'judge' | 'unload'>>,
): ConformanceEngine {
  const { load, judge, unload } = otherwise;
  return {
    target: 'sql',
    id: 'slow',
    title: 'SlowDB',
    from: 'npm',
    start: async () => ({
      missing: null,
      version: '1',
      load: (files, program) => {
        asked.push('load');
        if (load) return load(files, program);
        return Promise.resolve({
          judge: (encounters) => {
            asked.push('judge');
            return judge?.(encounters) ?? Promise.resolve(kit.map(() => expected));
          },
          unload: () => {
            asked.push('unload');
            return unload?.() ?? Promise.resolve();
          },
        });
      },
      stop: async () => void asked.push('stop'),
    }),
  };
}

const milliseconds = 60;
const minutes = milliseconds / 60_000;

describe('an engine that does not come back is stopped, and its proof says so', () => {
  const why = `SlowDB did not answer within ${minutes} minutes and was stopped.`;
  const stopped = { proof: { proven: false, target: 'sql', why }, wasStopped: true };

  test.each([
    [
      'never',
      {},
      { proof: { proven: true, identical: 3, total: 3 }, wasStopped: false },
      'load judge unload stop',
    ],
    ['while it loads', { load: never }, stopped, 'load stop'],
    ['while it judges', { judge: never }, stopped, 'load judge stop'],
    ['while it unloads', { unload: never }, stopped, 'load judge unload stop'],
  ] as const)('%s', async (_, otherwise, wanted, calls) => {
    const asked: string[] = [];
    const full = await prove({ name: 'none', program, workspace }, sql, engine(asked, otherwise), {
      kit,
      runs: 1,
      mutants: [],
      minutes,
    });
    expect(full).toMatchObject(wanted);
    expect(asked.join(' ')).toBe(calls);
  });

  test('or, where it keeps the whole thread to itself, the program ends and says the same', async () => {
    const limit = path.join(import.meta.dirname, 'time-limit.ts');
    const script = `
      import { withTimeLimit } from ${JSON.stringify(limit)};
      const engine = { missing: null, version: '1', load: async () => { for (;;); }, stop: async () => {} };
      await withTimeLimit(engine, 'SlowDB', ${minutes}).load([], null);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)));
    expect([signal, said]).toEqual(['SIGKILL', `${why}\n`]);
  });
});

describe('a program that is asked line by line', () => {
  const started = (text: string) => converse('It', process.execPath, ['-e', text], { secondsToEnd: 0.05 });

  test('answers, says what went wrong, and ends when its input does', async () => {
    const { ask, next, end } = started(`
      console.log('{"version":"1"}');
      const lines = require('node:readline').createInterface({ input: process.stdin });
      lines.on('line', (line) => console.log(line === '{}' ? '{"error":"nothing is asked"}' : line));`);
    expect([await next(), await ask({ a: 1 })]).toEqual([{ version: '1' }, { a: 1 }]);
    await expect(ask({})).rejects.toThrow('nothing is asked');
    await end();
    await expect(ask({ a: 2 })).rejects.toThrow('It ended before it answered');
  });

  test('is killed where it hangs', async () => {
    const { next, end } = started(`console.log(JSON.stringify({ id: process.pid })); for (;;);`);
    const { id } = await next();
    expect(process.kill(Number(id), 0)).toBe(true);
    await end();
    expect(() => process.kill(Number(id), 0)).toThrow('ESRCH');
  });
});
