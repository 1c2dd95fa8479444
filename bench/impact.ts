import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCorpus } from './corpus-file.ts';
import { tableOf } from './table.ts';
import { machine, writeDown } from './write-down.ts';

/**
 * Two versions compared over files of encounters, by `proviso impact` as it is built and by hand.
 * `npm run bench:impact` builds, measures, prints and writes the figures down; `--short` does everything once in small.
 */
const short = process.argv.includes('--short');
const sizes = short ? [2_000] : [100_000, 1_000_000];
const seed = 20240304;

const project = fileURLToPath(new URL('..', import.meta.url));
const policy = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';

await main();

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'proviso-bench-impact-'));
  try {
    await layOutVersions(folder);
    const rows: string[][] = [];
    for (const size of sizes) {
      const file = join(folder, 'claims.ndjson');
      await writeCorpus(file, size, seed);
      rows.push(...(await measure(folder, file, size)));
      await rm(file);
      await rm(join(folder, 'kept'));
    }
    const table = tableOf(
      [
        'two versions compared',
        'encounters',
        'encounters a second',
        'µs on the processor each',
        'peak memory',
      ],
      rows,
    );
    process.stdout.write(`${table}\n`);
    if (!short) await writeDown('impact', `${table}\n\n${machine()}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function layOutVersions(folder: string): Promise<void> {
  for (const version of ['before', 'after'])
    await cp(join(project, 'rules'), join(folder, version, 'rules'), { recursive: true });
  const text = await readFile(join(folder, 'after', policy), 'utf8');
  const edited = text.replace('minimumMinutes: { value: 8', 'minimumMinutes: { value: 10');
  if (edited === text) throw new Error(`${policy} is not as the bench expects it`);
  await writeFile(join(folder, 'after', policy), edited);
}

async function measure(folder: string, file: string, size: number): Promise<string[][]> {
  const impact = ['dist/cli/main.js', 'impact', join(folder, 'before'), join(folder, 'after'), '--json'];
  const words = [...impact, '--fresh', '--encounters', file];
  const changed = ['--changed', join(folder, 'changed.ndjson')];
  const fromFile = await run([...words, ...changed]);
  const keeping = await run([...words, ...changed, '--keep', join(folder, 'kept')]);
  const fromKept = await run([...words, ...changed, '--keep', join(folder, 'kept')]);
  const byHand = await run(['--import', 'tsx', 'bench/impact-by-hand.ts', file]);
  checkSame(fromFile.told, keeping.told, fromKept.told, byHand.told, size);
  const each = ((await stat(join(folder, 'kept'))).size / size).toFixed(0);
  const perLine = ((await stat(file)).size / size).toLocaleString('en', { maximumFractionDigits: 0 });
  return [
    row(`from a file (${perLine} bytes each)`, size, fromFile),
    row('from a file, and kept', size, keeping),
    row(`from kept columns (${each} bytes each)`, size, fromKept),
    row('by hand, from a file', size, byHand),
  ];
}

interface Told {
  readonly encounters: number;
  readonly seconds: number;
  readonly changed?: number;
  readonly byRule?: readonly {
    readonly rule: string;
    readonly before: { readonly violated: { readonly count: number } };
  }[];
  readonly violated?: Readonly<Record<string, number>>;
}

interface Measured {
  readonly told: Told;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** Whatever is timed must say the same. */
function checkSame(fromFile: Told, keeping: Told, fromKept: Told, byHand: Told, size: number): void {
  const plain = (told: Told) => JSON.stringify({ ...told, seconds: 0 });
  if (plain(fromFile) !== plain(fromKept) || plain(fromFile) !== plain(keeping))
    throw new Error('kept columns say something else than the file');
  if (fromFile.encounters !== size || byHand.encounters !== size || !(fromFile.changed! > 0))
    throw new Error('not all encounters were read, or none has changed');
  for (const { rule, before } of fromFile.byRule!) {
    const found = byHand.violated![rule] ?? 0;
    if (found !== before.violated.count)
      throw new Error(`by hand, ${rule} is violated ${found} times and not ${before.violated.count}`);
  }
}

/** A process of its own, watched for its time on the processor and its memory (Linux). */
async function run(words: readonly string[]): Promise<Measured> {
  const child = spawn(process.execPath, words, {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, XDG_STATE_HOME: join(tmpdir(), 'proviso-bench-state') },
  });
  let [out, cpuSeconds, peakBytes] = ['', 0, 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  const look = async () => {
    const [memory, times] = await Promise.all(
      ['status', 'stat'].map((name) => readFile(`/proc/${child.pid}/${name}`, 'utf8').catch(() => '')),
    );
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(memory!)?.[1];
    if (peak) peakBytes = Number(peak) * 1_024;
    // Fields 14 and 15, in hundredths of a second; the name before them may hold blanks.
    const fields = times!.slice(times!.lastIndexOf(')') + 2).split(' ');
    if (fields.length > 13) cpuSeconds = (Number(fields[11]) + Number(fields[12])) / 100;
  };
  const timer = setInterval(() => void look(), 50);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${String(code)}`);
  return { told: JSON.parse(out) as Told, cpuSeconds, peakBytes };
}

function row(name: string, size: number, { told, cpuSeconds, peakBytes }: Measured): string[] {
  const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 0 });
  return [
    name,
    number(size),
    number(size / told.seconds),
    number((cpuSeconds * 1_000_000) / size),
    `${number(peakBytes / 1_000_000)} MB`,
  ];
}
