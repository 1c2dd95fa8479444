import { mutantsOf, tellMutants } from '#engine';
import type { Exported, KitLine, Proof, TargetWriting } from '#engine';
import type { ConformanceEngine } from '../conformance/engine.ts';
import type { FullProof, ProofDifference, ProofProgress } from '../conformance/prove.ts';

/** How often each engine answers the whole kit: one that answers otherwise from run to run is no proof of anything. */
const runs = 3;

/** An engine that decides otherwise than the policies, told in a few lines. */
export interface FailedProof {
  readonly target: string;
  readonly engine: string;
  readonly told: readonly string[];
}

export interface ProvenExports {
  readonly proofs: readonly TimedProof[];
  readonly failed: readonly FailedProof[];
}

/** A proof as a bundle holds it, and beside it what would make its bytes others on each machine. */
export interface TimedProof {
  readonly proof: Proof;
  /** How long it took by the clock, to a tenth; null where nothing was run. */
  readonly seconds: number | null;
}

export interface ProofRequest {
  readonly exported: Exported;
  readonly written: readonly TargetWriting[];
  readonly kit: readonly KitLine[];
  /** Whether deliberate errors are tried, too: that shows that the kit would notice, and takes minutes. */
  readonly withMutants: boolean;
  readonly engines: readonly ConformanceEngine[];
  /** How long an engine may take over one call; left out: as long as is usual. */
  readonly minutes?: number;
  readonly onStart: (what: string) => void;
  readonly onProgress?: (target: string, engine: string, progress: ProofProgress) => void;
}

/**
 * Runs each target on every engine of it that is here; where there is none, that is said instead. Engines that need
 * more than npm brings are left to `npm run conformance`.
 */
export async function proveExports(request: ProofRequest): Promise<ProvenExports> {
  const { exported, written, kit, withMutants, engines, minutes, onStart, onProgress } = request;
  // Loaded here, because no other command needs an engine of somebody else.
  const { prove } = await import('../conformance/prove.ts');
  const { policies, workspace } = exported;
  const { vocabulary } = workspace;
  const mutants = withMutants
    ? tellMutants(kit, mutantsOf(policies, vocabulary), policies, { vocabulary }).filter(
        ({ lines }) => lines.length > 0,
      )
    : [];
  const proofs: TimedProof[] = [];
  const failed: FailedProof[] = [];
  for (const { target } of written.filter((one) => one.target.decides)) {
    const own = enginesAtHand(engines, target.id);
    if (own.length === 0) proofs.push(notProven(target.id, 'no engine of it comes with Proviso.'));
    for (const engine of own) {
      onStart(`${target.title} on ${engine.title}`);
      const full = await prove(exported, target, ifInstalled(engine), {
        kit,
        runs,
        mutants,
        ...(minutes === undefined ? {} : { minutes }),
        onProgress: (progress) => onProgress?.(target.id, engine.title, progress),
      });
      proofs.push(
        full.proof.proven
          ? { proof: full.proof, seconds: secondsOf(full) }
          : notProven(
              target.id,
              full.wasStopped ? full.proof.why : `${engine.title} is not here: ${full.proof.why}`,
            ),
      );
      const told = toldOf(full);
      if (told.length > 0) failed.push({ target: target.id, engine: engine.title, told });
    }
  }
  return { proofs, failed };
}

/** The engines of a target that come with Proviso. */
export function enginesAtHand(
  engines: readonly ConformanceEngine[],
  target: string,
): readonly ConformanceEngine[] {
  return engines.filter((engine) => engine.target === target && engine.from === 'npm');
}

/** What is said of targets that decide, where nothing is to be run. */
export function unproven(written: readonly TargetWriting[]): readonly TimedProof[] {
  return written
    .filter(({ target }) => target.decides)
    .map(({ target }) => notProven(target.id, 'it was exported without a proof.'));
}

function notProven(target: string, why: string): TimedProof {
  return { proof: { proven: false, target, why }, seconds: null };
}

function secondsOf({ milliseconds }: FullProof): number {
  return Math.round((milliseconds.kit + milliseconds.mutants) / 100) / 10;
}

/** Engines come with a checkout, and not with what is installed. */
function ifInstalled(engine: ConformanceEngine): ConformanceEngine {
  return {
    ...engine,
    start: async () => {
      try {
        return await engine.start();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
        return { missing: 'its package is not installed.' };
      }
    },
  };
}

function toldOf({ proof, differences, unstable, missed }: FullProof): readonly string[] {
  if (!proof.proven) return [];
  const { identical, total } = proof;
  return [
    ...(identical === total ? [] : [`${total - identical} of ${total} answered otherwise`]),
    ...differences.slice(0, 3).map(differenceText),
    ...some(unstable, 'answered otherwise from run to run'),
    ...some(missed, 'deliberate errors not noticed'),
  ];
}

function differenceText({ id, expected, found }: ProofDifference): string {
  const said = ({ answer, refused }: Pick<ProofDifference['expected'], 'answer' | 'refused'>) =>
    refused === null ? JSON.stringify(answer) : `refused at ${refused.map(({ at }) => at).join(', ')}`;
  const answered = found.cannotHold === undefined ? said(found) : found.cannotHold;
  return `${id}: expected ${said(expected)}; answered ${answered}`;
}

function some(all: readonly string[], what: string): readonly string[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, 3);
  return [`${all.length} ${what}: ${shown.join(', ')}${all.length > shown.length ? ', …' : ''}`];
}
