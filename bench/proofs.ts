import { allTargets, programsOf } from '#engine';
import type { PlainProgram, Target } from '#engine';
import { allEngines } from '../conformance/all-engines.ts';
import type { ConformanceEngine, LoadedExport, StartedEngine } from '../conformance/engine.ts';
import { sampled, shippedKit } from '../conformance/shipped-kit.ts';
import { measureInTurns, ratio, spread, wallTime } from './measure.ts';
import type { Costs, Spread } from './measure.ts';
import { tableOf } from './table.ts';
import { machine, writeDown } from './write-down.ts';

/**
 * How long the proof of each export takes on its engine: `npm run bench:proofs` measures, prints and writes the figures down.
 * `--npm` leaves out the engines that npm does not bring; `--short` does everything once in small, to see that it works, and
 * writes nothing.
 */
const short = process.argv.includes('--short');
const npmOnly = process.argv.includes('--npm');
const howMany = short ? 20 : 100;
const rounds = short ? 1 : 3;

const { exported, kit, told } = shippedKit();
const { program, workspace, name } = exported;
/** At even distances, so that every kind of encounter has its share. */
const some = Array.from({ length: howMany }, (_, at) => kit[Math.floor((at * kit.length) / howMany)]!);
const encounters = some.map(({ encounter }) => encounter);
const [error] = sampled(told.slice(Math.floor(told.length / 2)), 1);
const { changed } = programsOf(error!.mutant, workspace.vocabulary);
const telling = error!.lines.map(({ encounter }) => encounter);

interface Contending {
  readonly engine: ConformanceEngine;
  readonly target: Target;
  readonly started: StartedEngine;
  readonly loaded: LoadedExport;
}

await main();

async function main(): Promise<void> {
  const contending: Contending[] = [];
  try {
    for (const engine of allEngines.filter(({ from }) => from === 'npm' || !npmOnly)) {
      const started = await engine.start();
      if (started.missing !== null) {
        process.stdout.write(`${engine.title} is not measured: ${started.missing}\n`);
        continue;
      }
      const target = allTargets.find(({ id }) => id === engine.target)!;
      const loaded = await started.load(filesOf(target, program), program);
      contending.push({ engine, target, started, loaded });
    }
    await measure(contending);
  } finally {
    for (const { started } of contending) await started.stop();
  }
}

async function measure(contending: readonly Contending[]): Promise<void> {
  const costs = (work: (one: Contending) => Promise<unknown>) =>
    measureInTurns(
      contending.map((one) => ({ name: one.engine.id, encounters: 1, run: () => work(one) })),
      rounds,
      wallTime,
    );
  const judging = await costs(async ({ loaded }) => {
    await loaded.judge(encounters);
  });
  const loading = await costs((one) => exportTo(one, program));
  const trying = await costs((one) => exportTo(one, changed, telling));
  const rows = contending.map(({ engine, target }) => [
    target.title,
    engine.title,
    ...cells(loading, engine.id),
    ...cells(judging, engine.id, 1_000 / howMany),
    ...cells(trying, engine.id),
  ]);
  const table = tableOf(
    [
      'target',
      'engine',
      'export and load',
      '÷ Node.js',
      '1,000 encounters',
      '÷ Node.js',
      'one error',
      '÷ Node.js',
    ],
    rows,
  );
  process.stdout.write(`${table}\n`);
  if (!short) await writeDown('proofs', `${table}\n\n${machine(npmOnly ? ', engines of npm alone' : '')}\n`);
}

async function exportTo(
  { target, started }: Contending,
  wanted: PlainProgram,
  asked: readonly unknown[] = [],
): Promise<void> {
  const anew = await started.load(filesOf(target, wanted), wanted);
  if (asked.length > 0) await anew.judge(asked);
  await anew.unload();
}

function filesOf(target: Target, of: PlainProgram) {
  return target.write({ program: of, workspace, name, kit: [] }).files;
}

/** Milliseconds, and how many times as long as Node.js in the same round. */
function cells(costs: Costs, id: string, times = 1): readonly string[] {
  const milliseconds = spread(costs.get(id)!.map((one) => (one * times) / 1000));
  return [`${number(milliseconds.median)} ms`, id === 'node' ? '1' : inTurns(ratio(costs, id, 'node'))];
}

function inTurns({ min, median, max }: Spread): string {
  return [min, median, max].map(number).join(' / ');
}

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
}
