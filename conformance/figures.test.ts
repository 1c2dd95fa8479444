import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { allTargets } from '#engine';
import { node } from './engines/node.ts';
import { kitSentence, rowOf, rowsIn } from './figures.ts';
import { prove } from './prove.ts';
import { sampled, shippedKit } from './shipped-kit.ts';

const page = readFileSync(path.join(import.meta.dirname, '../docs/exports.md'), 'utf8');

/**
 * What docs/exports.md says of the kit and of Node.js is found again: the whole kit, every deliberate error that it tells, and
 * the answers of the exported module to the whole kit. Of the errors each tenth is exported and run, and the rest by
 * `npm run conformance`, since each is a module of its own.
 */
test('the figures of the kit and of Node.js', async () => {
  const { exported, kit, told, mutants, neither } = shippedKit();
  expect(neither).toEqual([]);
  expect(page).toContain(kitSentence(kit.length, mutants));
  const javascript = allTargets.find(({ id }) => id === 'javascript')!;
  const some = sampled(told, Math.ceil(told.length / 10));
  const { proof } = await prove(exported, javascript, node, { kit, runs: 2, mutants: some });
  if (!proof.proven) throw new Error(proof.why);
  expect(proof.mutants).toEqual({ caught: some.length, total: some.length });
  const row = rowOf({
    ...proof,
    notRun: null,
    runs: 3,
    cannotHold: proof.cannotHold.length,
    mutants: { caught: told.length, total: told.length },
    target: javascript.title,
  });
  const version = 2;
  const compared = (cells: readonly string[] | undefined) => cells?.toSpliced(version, 1);
  expect(compared(rowsIn(page).find(([, engine]) => engine === node.title))).toEqual(compared(row));
}, 240_000);
