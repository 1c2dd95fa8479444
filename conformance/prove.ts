import { programsOf, sameData } from '#engine';
import type { KitLine, PlainProgram, Proof, Target, ToldMutant, Workspace } from '#engine';
import type { ConformanceEngine, EngineAnswer, StartedEngine } from './engine.ts';
import { answerMinutes, NoAnswer, withTimeLimit } from './time-limit.ts';

/** What is proven of: the policies as one program, and the workspace that titles and sources come from. */
export interface Proven {
  readonly name: string;
  readonly program: PlainProgram;
  readonly workspace: Workspace;
}

export interface ProveSettings {
  readonly kit: readonly KitLine[];
  /** How often the whole kit is run; an engine that answers otherwise from run to run is found by that. */
  readonly runs: number;
  /** Deliberate errors that the reference tells; each is exported and run on the encounters that tell it. */
  readonly mutants: readonly ToldMutant[];
  readonly onProgress?: (progress: ProofProgress) => void;
  readonly signal?: AbortSignal;
  /** How long an engine may take over one call; left out: `answerMinutes`. */
  readonly minutes?: number;
}

export interface ProofProgress {
  readonly stage: 'kit' | 'mutants';
  readonly done: number;
  readonly total: number;
  /** So far. */
  readonly identical: number;
  readonly caught: number;
}

/** The proof as a bundle holds it, and what helps to see why it fell short. */
export interface FullProof {
  readonly proof: Proof;
  /** The first encounters that were answered otherwise than expected. */
  readonly differences: readonly ProofDifference[];
  /** Encounters that were answered otherwise from run to run. */
  readonly unstable: readonly string[];
  /** Deliberate errors that the engine's answers did not show. */
  readonly missed: readonly string[];
  /** Whether it was stopped because it did not answer in time; then nothing is proven. */
  readonly wasStopped: boolean;
  readonly milliseconds: { readonly kit: number; readonly mutants: number };
}

export interface ProofDifference {
  readonly id: string;
  readonly expected: KitLine['expected'];
  readonly found: EngineAnswer;
}

/** How many encounters are given to an engine at once, so that progress is seen and a stop is heard. */
const usuallyAtOnce = 500;
const mostDifferences = 20;

/**
 * Runs an export on its real engine: every encounter of the kit, several times, and every deliberate error.
 * Where the engine is not here, or does not answer in time, the proof says so. A stop rejects with the signal's reason, and leaves nothing running.
 */
export async function prove(
  { name, program, workspace }: Proven,
  target: Target,
  engine: ConformanceEngine,
  settings: ProveSettings,
): Promise<FullProof> {
  const nothing = {
    differences: [],
    unstable: [],
    missed: [],
    wasStopped: false,
    milliseconds: { kit: 0, mutants: 0 },
  };
  const { files, refused } = target.write({ program, workspace, name, kit: [] });
  const notProven = (why: string): FullProof => ({
    proof: { proven: false, target: target.id, why },
    ...nothing,
  });
  if (refused.length > 0) return notProven(refused[0]!.what);
  const found = await engine.start();
  if (found.missing !== null) return notProven(found.missing);
  const started = withTimeLimit(found, engine.title, settings.minutes ?? answerMinutes);
  try {
    const kit = await proveKit(started, files, program, engine.atOnce ?? usuallyAtOnce, settings);
    const mutants = await proveMutants(started, target, { name, program, workspace }, settings);
    return {
      proof: {
        proven: true,
        target: target.id,
        engine: engine.title,
        version: started.version,
        runs: settings.runs,
        steady: kit.unstable.length === 0,
        identical: kit.identical,
        total: settings.kit.length - kit.cannotHold.length,
        cannotHold: kit.cannotHold,
        mutants:
          settings.mutants.length === 0
            ? null
            : { caught: settings.mutants.length - mutants.missed.length, total: settings.mutants.length },
      },
      differences: kit.differences,
      unstable: kit.unstable,
      missed: mutants.missed,
      wasStopped: false,
      milliseconds: { kit: kit.milliseconds, mutants: mutants.milliseconds },
    };
  } catch (error) {
    if (error instanceof NoAnswer) return { ...notProven(error.message), wasStopped: true };
    throw error;
  } finally {
    await started.stop();
  }
}

async function proveKit(
  engine: StartedEngine,
  files: Parameters<StartedEngine['load']>[0],
  program: PlainProgram,
  atOnce: number,
  { kit, runs, onProgress, signal }: ProveSettings,
) {
  const began = performance.now();
  const loaded = await engine.load(files, program);
  const cannotHold: string[] = [];
  const unstable = new Set<string>();
  const differing = new Set<string>();
  const differences: ProofDifference[] = [];
  const first: EngineAnswer[] = [];
  let identical = 0;
  try {
    for (let run = 0; run < runs; run += 1) {
      for (let from = 0; from < kit.length; from += atOnce) {
        signal?.throwIfAborted();
        const some = kit.slice(from, from + atOnce);
        const answers = await loaded.judge(some.map(({ encounter }) => encounter));
        if (answers.length !== some.length)
          throw new Error(`${answers.length} answers to ${some.length} encounters`);
        for (const [at, { id, expected }] of some.entries()) {
          const found = answers[at]!;
          if (run === 0) first.push(found);
          else if (!sameAnswer(first[from + at]!, found)) unstable.add(id);
          if (found.cannotHold !== undefined) {
            if (run === 0) cannotHold.push(id);
          } else if (sameAnswer(expected, found)) identical += run === 0 ? 1 : 0;
          else if (!differing.has(id)) {
            differing.add(id);
            if (differences.length < mostDifferences) differences.push({ id, expected, found });
          }
        }
        onProgress?.({
          stage: 'kit',
          done: run * kit.length + from + some.length,
          total: runs * kit.length,
          identical,
          caught: 0,
        });
      }
    }
  } finally {
    await loaded.unload();
  }
  // What a later run answers otherwise is not identical either.
  identical = kit.length - cannotHold.length - differing.size;
  return {
    identical,
    cannotHold,
    unstable: [...unstable],
    differences,
    milliseconds: Math.round(performance.now() - began),
  };
}

async function proveMutants(
  engine: StartedEngine,
  target: Target,
  { name, workspace }: Proven,
  { mutants, kit, onProgress, signal }: ProveSettings,
) {
  const began = performance.now();
  const missed: string[] = [];
  for (const [done, { mutant, lines }] of mutants.entries()) {
    signal?.throwIfAborted();
    const { changed } = programsOf(mutant, workspace.vocabulary);
    const { files, refused } = target.write({ program: changed, workspace, name, kit: [] });
    // An error that the target refuses to write is seen as well as one that it answers.
    const caught = refused.length > 0 || (await isCaught(engine, files, changed, lines));
    if (!caught) missed.push(`${mutant.id}: ${mutant.what}`);
    onProgress?.({
      stage: 'mutants',
      done: done + 1,
      total: mutants.length,
      identical: kit.length,
      caught: done + 1 - missed.length,
    });
  }
  return { missed, milliseconds: Math.round(performance.now() - began) };
}

async function isCaught(
  engine: StartedEngine,
  files: Parameters<StartedEngine['load']>[0],
  program: PlainProgram,
  lines: ToldMutant['lines'],
): Promise<boolean> {
  const loaded = await engine.load(files, program);
  try {
    const answers = await loaded.judge(lines.map(({ encounter }) => encounter));
    return answers.some(
      (found, at) => found.cannotHold === undefined && !sameData(found.answer, lines[at]!.answer),
    );
  } finally {
    await loaded.unload();
  }
}

/** Answers are the same as a whole; of refusals, which the order of problems does not change, the places. */
export function sameAnswer(one: EngineAnswer, two: EngineAnswer): boolean {
  if (one.cannotHold !== undefined || two.cannotHold !== undefined) return one.cannotHold === two.cannotHold;
  if (one.refused !== null && two.refused !== null) {
    const places = (of: typeof one.refused) => of.map(({ at }) => at).toSorted();
    return sameData(places(one.refused), places(two.refused));
  }
  return sameData(one.answer, two.answer);
}
