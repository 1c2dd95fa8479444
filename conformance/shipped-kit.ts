import {
  choosePolicies,
  createWorkspace,
  isProvenEqual,
  makeKit,
  mutantsOf,
  savedEncounters,
  tellMutants,
} from '#engine';
import type { Exported, KitLine, Mutant, ToldMutant } from '#engine';
import { shippedFiles } from './shipped-files.ts';

/** What the shipped policies are proven with. */
export interface ShippedKit {
  readonly exported: Exported;
  readonly kit: readonly KitLine[];
  /** Deliberate errors that an encounter of the kit tells. */
  readonly told: readonly ToldMutant[];
  /** Those that none tells, and that are not proven to change nothing either. */
  readonly neither: readonly Mutant[];
  readonly mutants: { readonly total: number; readonly told: number; readonly equal: number };
}

export function shippedKit(): ShippedKit {
  const workspace = createWorkspace([...shippedFiles('rules'), ...shippedFiles('testcases')]);
  const exported = choosePolicies(workspace, null);
  const { policies } = exported;
  const { vocabulary, payers } = workspace;
  const kit = makeKit({ policies, vocabulary, payers, saved: savedEncounters(workspace) });
  const all = tellMutants(kit, mutantsOf(policies, vocabulary), policies, { vocabulary });
  const told = all.filter(({ lines }) => lines.length > 0);
  const silent = all.filter(({ lines }) => lines.length === 0).map(({ mutant }) => mutant);
  const neither = silent.filter((mutant) => !isProvenEqual(mutant, vocabulary, payers));
  const mutants = { total: all.length, told: told.length, equal: silent.length - neither.length };
  return { exported, kit, told, neither, mutants };
}

/** At even distances, so that every policy and kind has its share. */
export function sampled(all: readonly ToldMutant[], most: number): readonly ToldMutant[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]!);
}
