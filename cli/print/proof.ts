import type { Proof } from '#engine';
import { plural } from './terminal.ts';

/** A proof on one line: `3355 of 3355 identical on SQLite 3.54.1, 3 runs`. */
export function proofText(proof: Proof): string {
  if (!proof.proven) return `generated, not run here: ${proof.why}`;
  const { engine, version, identical, total, runs, mutants, cannotHold } = proof;
  return [
    `${identical} of ${total} identical on ${engine} ${version}, ${plural(runs, 'run')}`,
    mutants === null ? '' : `; ${mutants.caught} of ${mutants.total} deliberate errors caught`,
    cannotHold.length === 0 ? '' : `; ${plural(cannotHold.length, 'encounter')} it cannot hold`,
  ].join('');
}
