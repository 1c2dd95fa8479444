/**
 * `npm run conformance`: every engine that the machine has, over the whole kit and with deliberate errors; one line each.
 * `--write` puts the figures into docs/exports.md; `--only <engines>`, with commas between, runs these alone. It fails where an
 * engine decides otherwise than the policies, from run to run, or lets an error pass, where an error is neither told by the
 * kit nor proven to change nothing, and where docs/exports.md says otherwise than what was found here.
 * Random policies are judged by the engines that `npm test` has not, and the tests of other projects by those and the slow ones.
 * The FHIR package is validated by HAPI.
 * An engine that the machine has not, or that ends early, is told, and fails nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { allTargets } from '#engine';
import type { Target, ToldMutant } from '#engine';
import { allEngines } from './all-engines.ts';
import type { ConformanceEngine } from './engine.ts';
import { validateFhirPackage } from './fhir-package.ts';
import { figuresTable, kitSentence, neitherSentence, rowsWith, standsIn, withFigures } from './figures.ts';
import type { EngineFigures } from './figures.ts';
import { prove } from './prove.ts';
import { holdsOnMachines } from './random-on-machines.ts';
import type { FullProof } from './prove.ts';
import { sampled, shippedKit } from './shipped-kit.ts';

const root = path.join(import.meta.dirname, '..');

/** How often the whole kit is run: an engine that answers otherwise from run to run is found by that. */
const usualRuns = 3;
/** What takes longest runs less often, and never once. */
const runsOf: Readonly<Record<string, number>> = {
  'json-rules-engine': 2,
  spark: 2,
  'cql-execution': 2,
  'cql-reference': 2,
  opa: 2,
  feelin: 2,
  kie: 2,
};

/** How many deliberate errors an engine tries, where all of them would take it too long: each is an export of its own. */
const triedBy: Readonly<Record<string, number>> = {
  duckdb: 300,
  pglite: 400,
  postgresql: 30,
  spark: 3,
  'cql-execution': 12,
  'cql-reference': 30,
  opa: 12,
  feelin: 60,
  kie: 15,
};

const { values } = parseArgs({ options: { write: { type: 'boolean' }, only: { type: 'string' } } });
const { exported, kit, told, neither, mutants } = shippedKit();
process.stdout.write(
  `${kit.length} encounters; ${mutants.total} deliberate errors: ${mutants.told} are told by the kit, ${mutants.equal} proven to change nothing\n`,
);
const unsettled = neitherSentence(neither);
if (unsettled !== null) process.stdout.write(`${unsettled}\n`);

const figures: EngineFigures[] = [];
let failed = unsettled !== null;
const only = values.only?.split(',') ?? null;
const unknown = (only ?? []).filter((id) => !allEngines.some((engine) => engine.id === id));
if (unknown.length > 0) {
  failed = true;
  process.stdout.write(
    `No engine is called ${unknown.join(', ')}: ${allEngines.map(({ id }) => id).join(', ')}\n`,
  );
}
const chosen = allEngines.filter(({ id }) => only === null || only.includes(id));
const file = path.join(root, 'docs/exports.md');
for (const engine of chosen) {
  const found = await figuresOf(engine);
  figures.push(found);
  // After each, so that a run that is ended keeps what it has found.
  if (values.write) write(found);
}
const page = readFileSync(file, 'utf8');
const otherwise = [
  ...(page.includes(kitSentence(kit.length, mutants)) ? [] : ['The kit or its deliberate errors']),
  ...figures.filter((one) => !standsIn(page, one)).map(({ target, engine }) => `${target} on ${engine}`),
];
if (otherwise.length > 0) {
  failed = true;
  for (const what of otherwise) process.stdout.write(`${what}: docs/exports.md has other figures\n`);
  process.stdout.write('Write them anew with `npm run conformance -- --write`\n');
}
if (!(await holdsOnMachines(chosen))) failed = true;
if (chosen.some(({ target }) => target === 'cql') && !(await isValidFhir())) failed = true;
process.exitCode = failed ? 1 : 0;

function write(found: EngineFigures): void {
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, withFigures(before, figuresTable(kit.length, mutants, rowsWith(before, [found]))));
}

async function figuresOf(engine: ConformanceEngine): Promise<EngineFigures> {
  const target = allTargets.find(({ id }) => id === engine.target)!;
  const some = sampled(told, triedBy[engine.id] ?? Infinity);
  const runs = runsOf[engine.id] ?? usualRuns;
  const result = await proved(target, engine, runs, some);
  if (typeof result === 'string') {
    process.stdout.write(`${target.title} on ${engine.title}: not run here: ${result}\n`);
    return { target: target.title, engine: engine.title, notRun: result };
  }
  const { proof, differences, unstable, missed, wasStopped, milliseconds } = result;
  const frame = { target: target.title, engine: engine.title };
  if (!proof.proven) {
    // What comes with npm is here wherever this runs, so that it did not come back is its export's affair.
    if (wasStopped && engine.from === 'npm') failed = true;
    process.stdout.write(
      `${target.title} on ${engine.title}: ${wasStopped ? 'not proven' : 'not run here'}: ${proof.why}\n`,
    );
    return { ...frame, notRun: proof.why };
  }
  const { version, identical, total, cannotHold, mutants: tried } = proof;
  const seconds = ((milliseconds.kit + milliseconds.mutants) / 1000).toFixed(1);
  process.stdout.write(
    `${target.title} on ${engine.title} ${version}: ${identical}/${total} identical in ${runs} runs, ${cannotHold.length} cannot be held, ${tried ? `${tried.caught}/${tried.total} errors caught` : 'no errors tried'}, ${seconds} s\n`,
  );
  if (identical !== total || unstable.length > 0 || missed.length > 0) {
    failed = true;
    for (const { id, expected, found } of differences.slice(0, 5))
      process.stdout.write(`  ${id}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}\n`);
    for (const id of unstable.slice(0, 5)) process.stdout.write(`  ${id}: otherwise from run to run\n`);
    for (const error of missed.slice(0, 5)) process.stdout.write(`  not noticed: ${error}\n`);
  }
  return {
    ...frame,
    version,
    identical,
    total,
    cannotHold: cannotHold.length,
    mutants: tried,
    runs,
    steady: unstable.length === 0,
    notRun: null,
  };
}

/** Whether the FHIR package is valid; where the validator is not here, that is said, and fails nothing. */
async function isValidFhir(): Promise<boolean> {
  const found = await validateFhirPackage(exported, kit).catch((error: unknown) => ({
    missing: `it ended with an error (${String(error).split('\n')[0]!.slice(0, 160)})`,
  }));
  if ('missing' in found) {
    process.stdout.write(`FHIR package: not validated here: ${found.missing}\n`);
    return true;
  }
  process.stdout.write(
    `FHIR package: ${found.resources} resources by HAPI, ${found.problems.length} problems\n`,
  );
  for (const problem of found.problems.slice(0, 20)) process.stdout.write(`  ${problem}\n`);
  return found.problems.length === 0;
}

/** What needs more than npm brings may fail for reasons of the machine: then it proves nothing, and that is said. */
async function proved(
  target: Target,
  engine: ConformanceEngine,
  runs: number,
  some: readonly ToldMutant[],
): Promise<FullProof | string> {
  try {
    return await prove(exported, target, engine, { kit, runs, mutants: some });
  } catch (error) {
    if (engine.from === 'npm') throw error;
    return `it ended with an error (${String(error).split('\n')[0]!.slice(0, 160)})`;
  }
}
