import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { createWorkspace, formatDay } from '#engine';
import type { Encounter, FactValue } from '#engine';
import { diceOf } from './dice.ts';
import type { Dice } from './dice.ts';
import { shippedFiles } from '../conformance/shipped-files.ts';

/**
 * Writes a file with one encounter in each line, always the same for one seed: those of the shipped cases, each time
 * with other dates, minutes, units and charges. Nothing in them comes from a person.
 */
export async function writeCorpus(file: string, howMany: number, seed: number): Promise<void> {
  const workspace = createWorkspace([...shippedFiles('rules'), ...shippedFiles('testcases')]);
  const encounters = workspace.cases.flatMap(({ ready }) => (ready ? [ready.encounter] : []));
  const dates = new Set(
    workspace.vocabulary.facts.flatMap(({ path, type }) => (type.scalar === 'date' ? [path] : [])),
  );
  const dice = diceOf(seed);
  const out = createWriteStream(file);
  for (let made = 0; made < howMany; made += 1) {
    const json = jsonOf(dice.pick(encounters), `claim-${made + 1}`, dice, dates);
    if (!out.write(`${JSON.stringify(json)}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

/** Dates move by whole weeks together, so that they keep their distances; policies are in force on some days more. */
const weeks = [-52, -26, -8, -4, 0, 0, 0, 4, 8, 26, 52];

function jsonOf(encounter: Encounter, id: string, dice: Dice, dates: ReadonlySet<string>) {
  const moved = 7 * dice.pick(weeks);
  const written = (path: string, value: FactValue) =>
    dates.has(path) && typeof value === 'number' ? formatDay(value + moved) : value;
  const facts = (values: ReadonlyMap<string, FactValue>) =>
    Object.fromEntries(
      [...values].map(([path, value]) => [path.slice(path.indexOf('.') + 1), written(path, value)]),
    );
  const section = (name: 'note' | 'patient' | 'provider' | 'plan' | 'episode') =>
    encounter[name] === null ? {} : { [name]: facts(encounter[name]) };
  return {
    encounter: id,
    visit: facts(encounter.visit),
    ...section('note'),
    ...section('patient'),
    ...section('provider'),
    ...section('plan'),
    ...section('episode'),
    ...(encounter.priorVisits ? { priorVisits: encounter.priorVisits.map(facts) } : {}),
    lines: encounter.lines.map(({ claim, record }) => ({
      ...facts(claim),
      units: 1 + (dice.chance(20) ? dice.below(3) : 0),
      charge: (3_000 + dice.below(6_000)) / 100,
      ...(record === null
        ? {}
        : { record: { ...facts(record), ...(dice.chance(80) ? { minutes: dice.below(46) } : {}) } }),
    })),
  };
}
