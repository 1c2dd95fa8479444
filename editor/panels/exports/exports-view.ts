import type {
  ExportProgress,
  ExportProof,
  OfferedTarget,
  SigningKeys,
} from '../../../publishing/exporting.ts';
import { count } from '../../marks/words.ts';
import type { ExportState } from '../../session/export-run.ts';

/** How a target stands: what is shown in its row. */
export interface TargetRow {
  readonly target: OfferedTarget;
  /** One for each engine it is proven on, so far. */
  readonly proofs: readonly ProofRow[];
  readonly losses: readonly {
    readonly what: string;
    readonly at: { readonly path: string; readonly line: number } | null;
  }[];
}

export type ProofRow =
  | { readonly kind: 'waiting'; readonly words: string }
  | { readonly kind: 'running'; readonly words: string; readonly done: number; readonly total: number }
  | { readonly kind: 'proven' | 'not-proven' | 'not-run'; readonly words: string };

/** The rows of the targets that were chosen, or of all while nothing runs. */
export function targetRows({ targets, running, progress, result }: ExportState): readonly TargetRow[] {
  const packed = result?.kind === 'packed' ? result : null;
  return (targets ?? []).map((target) => ({
    target,
    proofs: proofRows(
      target,
      running !== null && running.targets.includes(target.id),
      progress.filter((one) => one.target === target.id),
      packed?.proofs.filter((one) => one.target === target.id) ?? null,
    ),
    losses: packed?.targets.find(({ id }) => id === target.id)?.losses ?? [],
  }));
}

function proofRows(
  { decides }: OfferedTarget,
  isRunning: boolean,
  progress: readonly ExportProgress[],
  proofs: readonly ExportProof[] | null,
): readonly ProofRow[] {
  if (proofs !== null && !isRunning) return proofs.map(provenRow);
  if (!isRunning) return [];
  if (!decides) return [{ kind: 'waiting', words: 'to be read by people; nothing to prove' }];
  if (progress.length === 0) return [{ kind: 'waiting', words: 'waits for its turn' }];
  const engines = [...new Set(progress.map(({ engine }) => engine))];
  return engines.map((engine): ProofRow => {
    const own = progress.filter((one) => one.engine === engine);
    const { stage, done, total, identical, caught } = own.at(-1)!;
    const kit = own.find((one) => one.stage === 'kit');
    const words =
      stage === 'kit'
        ? `${engine}: ${thousands(identical)} identical so far`
        : `${engine}: ${thousands(kit?.identical ?? 0)} identical; ${thousands(caught)} of ${thousands(total)} deliberate errors caught so far`;
    return { kind: 'running', words, done, total };
  });
}

function provenRow(proof: ExportProof): ProofRow {
  if (!proof.proven) return { kind: 'not-run', words: `written, not run here: ${proof.why}` };
  const { engine, version, identical, total, runs, mutants, cannotHold } = proof;
  const whole = identical === total;
  const words = [
    `${engine} ${version}: ${thousands(identical)} of ${thousands(total)} encounters identical in ${count(runs, 'run', 'runs')}`,
    ...(mutants === null
      ? []
      : [`${thousands(mutants.caught)} of ${thousands(mutants.total)} deliberate errors caught`]),
    ...(cannotHold.length === 0
      ? []
      : [`${count(cannotHold.length, 'encounter', 'encounters')} it cannot hold`]),
  ].join('; ');
  return { kind: whole ? 'proven' : 'not-proven', words };
}

/** One sentence about how it stands. */
export function exportSummary({ running, result, trouble }: ExportState): string {
  if (running !== null)
    return `Writing and proving ${count(running.targets.length, 'target', 'targets')}. You may go on working meanwhile.`;
  if (trouble !== null) return trouble;
  if (result === null)
    return 'Choose for which systems the policies are written. Each export is run on the engine of its system before it leaves.';
  if (result.kind === 'refused') return 'Nothing was packed.';
  const proven = result.proofs.filter((proof) => proof.proven);
  return `Packed: ${count(result.targets.length, 'target', 'targets')}, ${count(proven.length, 'proof', 'proofs')} on real engines, all as the policies decide.`;
}

/** What a bundle can be signed with, not signing first, and what is to be said beside it. */
export function signingChoices(found: SigningKeys | null): {
  readonly choices: readonly { readonly id: string; readonly title: string }[];
  readonly notes: readonly string[];
} {
  const unsigned = { id: 'none', title: 'Not signed' };
  if (found === null) return { choices: [unsigned], notes: [] };
  const { folder, keys, unusable } = found;
  return {
    choices: [
      unsigned,
      ...keys.map(({ name, keyId }) => ({ id: keyId, title: `Sign with “${name}”, ${keyId.slice(0, 12)}…` })),
    ],
    notes: [
      keys.length > 0
        ? 'The private key stays on the disk: the program on your machine signs, and this page never sees it.'
        : `Not signed: there is no key in ${folder} that can be used. \`proviso keys new --out ${folder}\` makes a pair.`,
      ...unusable.map(({ name, why }) => `The key “${name}” cannot be used: ${why}.`),
    ],
  };
}

function thousands(number: number): string {
  return number.toLocaleString('en-US');
}
