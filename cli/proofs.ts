import { sameData } from '#engine';
import type { Exported, KitLine, Proof, TargetWriting } from '#engine';
import type { ConformanceEngine, EngineAnswer } from '../conformance/engine.ts';

/** How often each engine answers the whole kit: one that answers otherwise from run to run is no proof of anything. */
const runs = 3;

/** An engine that decides otherwise than the policies, told in a few lines. */
export interface FailedProof {
  readonly target: string;
  readonly engine: string;
  readonly told: readonly string[];
}

export interface ProvenExports {
  readonly proofs: readonly Proof[];
  readonly failed: readonly FailedProof[];
}

/**
 * Runs each target on every engine of it that is here; where there is none, that is said instead. Engines that need
 * more than npm brings are left to `npm run conformance`.
 */
export async function proveExports(
  exported: Exported,
  written: readonly TargetWriting[],
  kit: readonly KitLine[],
  allEngines: readonly ConformanceEngine[],
  onStart: (what: string) => void,
): Promise<ProvenExports> {
  const proofs: Proof[] = [];
  const failed: FailedProof[] = [];
  for (const writing of written.filter(({ target }) => target.decides)) {
    const engines = allEngines.filter(({ target, from }) => target === writing.target.id && from === 'npm');
    if (engines.length === 0) proofs.push(notProven(writing, 'no engine of it comes with Proviso.'));
    for (const engine of engines) {
      onStart(`${writing.target.title} on ${engine.title}`);
      const one = await proveOn(engine, exported, writing, kit);
      proofs.push(one.proof);
      if (one.told.length > 0)
        failed.push({ target: writing.target.id, engine: engine.title, told: one.told });
    }
  }
  return { proofs, failed };
}

/** What is said of targets that decide, where nothing is to be run. */
export function unproven(written: readonly TargetWriting[]): readonly Proof[] {
  return written
    .filter(({ target }) => target.decides)
    .map((writing) => notProven(writing, 'it was exported without a proof.'));
}

function notProven({ target }: TargetWriting, why: string): Proof {
  return { proven: false, target: target.id, why };
}

async function proveOn(
  engine: ConformanceEngine,
  { program }: Exported,
  writing: TargetWriting,
  kit: readonly KitLine[],
): Promise<{ readonly proof: Proof; readonly told: readonly string[] }> {
  const started = await startIfHere(engine);
  if (started.missing !== null)
    return { proof: notProven(writing, `${engine.title} is not here: ${started.missing}`), told: [] };
  try {
    const answers: (readonly EngineAnswer[])[] = [];
    for (let run = 0; run < runs; run += 1) {
      const loaded = await started.load(writing.files, program);
      answers.push(await loaded.judge(kit.map(({ encounter }) => encounter)));
      await loaded.unload();
    }
    const [first = []] = answers;
    const cannotHold = kit.filter((_, index) => first[index]?.cannotHold !== undefined);
    const held = kit.flatMap((line, index) => {
      const answer = first[index];
      return answer && answer.cannotHold === undefined ? [{ line, answer, index }] : [];
    });
    const different = held.filter(({ line, answer }) => !sameAnswer(line, answer));
    const unsteady = kit.filter((_, index) => answers.some((run) => !sameData(run[index], first[index])));
    return {
      proof: {
        proven: true,
        target: writing.target.id,
        engine: engine.title,
        version: started.version,
        runs,
        steady: unsteady.length === 0,
        identical: held.length - different.length,
        total: held.length,
        cannotHold: cannotHold.map(({ id }) => id),
        mutants: null,
      },
      told: [
        ...told(
          different.map(({ line }) => line),
          `of ${held.length} answered otherwise`,
        ),
        ...told(unsteady, 'answered otherwise from run to run'),
      ],
    };
  } finally {
    await started.stop();
  }
}

/** Engines come with a checkout, and not with what is installed. */
async function startIfHere(engine: ConformanceEngine) {
  try {
    return await engine.start();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return { missing: 'its package is not installed.' };
  }
}

/** A refusal is the same where it names the same places; in which words is each engine's own affair. */
function sameAnswer(
  { expected }: KitLine,
  {
    answer,
    refused,
  }: { readonly answer: unknown; readonly refused: readonly { readonly at: string }[] | null },
): boolean {
  if (expected.refused === null) return refused === null && sameData(expected.answer, answer);
  const places = (all: readonly { readonly at: string }[]) =>
    all
      .map(({ at }) => at)
      .toSorted()
      .join();
  return refused !== null && places(refused) === places(expected.refused);
}

function told(lines: readonly KitLine[], what: string): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, 3).map(({ id }) => id);
  return [`${lines.length} ${what}: ${shown.join(', ')}${lines.length > shown.length ? ', …' : ''}`];
}
