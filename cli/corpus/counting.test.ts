import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { smallCorpus } from '../testing/small-corpus.ts';
import { lengthOf, partOf } from './output-file.ts';
import { readState } from './run-state.ts';
import type { RunState } from './run-state.ts';

let program: string;

/** As one file, so that it starts in a moment: it is started many times. */
beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'proviso-counting-child-'));
  const ssr = fileURLToPath(new URL('./counting.child.ts', import.meta.url));
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr,
      target: 'node20.19',
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
  program = path.join(folder, 'child.mjs');
  return () => rm(folder, { recursive: true, force: true });
});

async function corpusFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'proviso-counting-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const corpus = smallCorpus(1_500);
  const lines = (from: number, to: number) => corpus.slice(from, to).map((text) => `${text}\n`);
  await writeFile(path.join(folder, 'claims.ndjson'), [...lines(0, 700), 'half a li\n'].join(''));
  await writeFile(path.join(folder, 'more.ndjson.gz'), gzipSync(lines(700, 1_480).join('')));
  await mkdir(path.join(folder, 'one'));
  for (const [index, text] of corpus.slice(1_480).entries())
    await writeFile(path.join(folder, 'one', `${100 + index}.json`), text);
  return folder;
}

function startCounting(folder: string, limit: string | null = null) {
  const words = [process.execPath, program, folder];
  const counting =
    limit === null
      ? spawn(words[0]!, words.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] })
      : spawn('bash', ['-c', `trap "" XFSZ; ulimit -f ${limit}; exec "$@"`, '-', ...words], {
          stdio: ['ignore', 'pipe', 'pipe'],
        });
  let [out, err] = ['', ''];
  counting.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  counting.stderr.setEncoding('utf8').on('data', (text: string) => void (err += text));
  return { counting, ended: once(counting, 'close'), out: () => out, err: () => err };
}

async function untilChanged(file: string, counting: { readonly exitCode: number | null }): Promise<void> {
  const modified = async () => (await stat(file).catch(() => null))?.mtimeMs ?? null;
  const before = await modified();
  for (let wait = 0; wait < 2_000 && counting.exitCode === null && (await modified()) === before; wait += 1)
    await new Promise((resolve) => setTimeout(resolve, 2));
}

interface Told {
  readonly said: readonly string[];
  readonly isWhole: boolean;
  readonly state: RunState;
}

async function countToTheEnd(folder: string): Promise<Told> {
  const { ended, out, err } = startCounting(folder);
  await ended;
  expect(err()).toBe('');
  return JSON.parse(out().trim().split('\n').at(-1)!) as Told;
}

async function outputsOf(folder: string) {
  const names = await readdir(folder);
  return {
    names: names.toSorted(),
    changed: await readFile(path.join(folder, 'changed.ndjson'), 'utf8'),
    kept: await readFile(path.join(folder, 'kept')),
  };
}

test('killed at any moment: nothing is lost, nothing counted twice, and the next start says what happened', async () => {
  const folder = await corpusFolder();
  const whole = await countToTheEnd(folder);
  expect(whole).toMatchObject({
    said: [],
    isWhole: true,
    state: { encounters: 1_500, unreadable: { count: 1 }, impact: { changed: 109 } },
  });
  const outputs = await outputsOf(folder);
  expect(outputs.names).toEqual(['changed.ndjson', 'claims.ndjson', 'kept', 'more.ndjson.gz', 'one']);
  await rm(path.join(folder, 'changed.ndjson'));
  await rm(path.join(folder, 'kept'));

  const reached: number[] = [];
  for (let kill = 0; kill < 8; kill += 1) {
    const { counting, ended } = startCounting(folder);
    await once(counting.stdout, 'data');
    // The first is killed before it has begun, the others some moments after they have gone on.
    if (kill > 0) await untilChanged(path.join(folder, 'state.json'), counting);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
    counting.kill('SIGKILL');
    await ended;
    const state = await readState(path.join(folder, 'state.json'));
    if (state === null) {
      reached.push(0);
      continue;
    }
    if (state === 'damaged') throw new Error('the state is half-written');
    reached.push(state.encounters);
    // What the state knows of has reached the disk before it; nothing has a name before it is whole.
    if (state.phase === 'counting') {
      for (const [file, length] of [
        ['changed.ndjson', state.lengths.changed!] as const,
        ['kept', state.lengths.keep!] as const,
      ]) {
        expect(await lengthOf(partOf(path.join(folder, file)))).toBeGreaterThanOrEqual(length);
        expect(await lengthOf(path.join(folder, file))).toBe(null);
      }
    }
  }
  // Each run went on where the one before was, and some were killed in the middle.
  expect(reached).toEqual(reached.toSorted((a, b) => a - b));
  expect(reached.filter((encounters) => encounters > 0 && encounters < 1_500).length).toBeGreaterThan(0);

  const { said, state } = await countToTheEnd(folder);
  expect(said).toEqual([
    expect.stringMatching(/^An earlier run (?:was ended after [\d,]+ encounters|had counted everything)/),
  ]);
  expect(state).toEqual(whole.state);
  expect(await outputsOf(folder)).toEqual(outputs);
}, 60_000);

test.runIf(process.platform === 'linux')(
  'with no more room: a plain sentence, and what was counted is gone on with when there is room again',
  async () => {
    const folder = await corpusFolder();
    // The system lets no file of the process grow beyond 100 kB, as if the disk were full.
    const full = startCounting(folder, '100');
    await full.ended;
    expect(full.err()).toMatch(/kept` cannot be written: the system allows no larger file\./);
    expect((await readdir(folder)).filter((name) => /^(?:changed|kept|state)/.test(name)).toSorted()).toEqual(
      ['changed.ndjson.part', 'kept.part', 'state.json'],
    );
    const { said, state } = await countToTheEnd(folder);
    expect(said).toEqual([
      expect.stringMatching(
        /^An earlier run was ended after [1-9][\d,]* encounters; counting goes on from there\.$/,
      ),
    ]);
    expect(state).toMatchObject({ encounters: 1_500, impact: { changed: 109 } });
  },
  30_000,
);
