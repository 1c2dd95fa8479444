import { createHmac, randomBytes } from 'node:crypto';
import {
  addImpacts,
  createColumnJudge,
  decidedOtherwise,
  impactOf,
  impactOfRows,
  noImpact,
  rowsOfImpact,
} from '#engine';
import type { Impact, Program } from '#engine';
import { atBeginning, readBlocks } from './blocks.ts';
import type { Block, Ground, Unreadable } from './blocks.ts';
import { keptBlock, keptFileHead, keptFrom, readKept } from './kept-file.ts';
import { finishOutput, lengthOf, openOutput, partOf } from './output-file.ts';
import type { OutputFile } from './output-file.ts';
import { lockState, readState, removeState, writeState } from './run-state.ts';
import type { Asked, RunState } from './run-state.ts';
import { inPlainWords } from './write-problem.ts';

/** A comparison of two programs over many encounters, and where its results go. Paths are absolute. */
export interface ImpactRun {
  readonly before: Program;
  readonly after: Program;
  readonly ground: Ground;
  readonly encounters: readonly string[];
  readonly cwd: string;
  /** How many bytes the files of encounters have together. */
  readonly bytes: number;
  readonly asked: Asked;
  readonly stateFile: string;
  readonly changed: string | null;
  readonly keep: string | null;
  /** What kept encounters must have been read from to be these. */
  readonly keepFrom: string;
  readonly hashIds: boolean;
  readonly fresh: boolean;
  /** Left out: as many as go well together. */
  readonly linesInBlock?: number;
}

export interface Watch {
  /** Milliseconds that only grow. */
  readonly elapsed: () => number;
  readonly isStopped: () => boolean;
  /** A sentence about what was found at the start. */
  readonly say: (sentence: string) => void;
  /** How far it is: bytes of bytes, and encounters counted by this process and in all. */
  readonly progress: (bytes: number, ofBytes: number, counted: number, inAll: number) => void;
}

export interface ImpactResult {
  readonly state: RunState;
  /** Not if it was stopped; the state that is kept says how far it came. */
  readonly isWhole: boolean;
  /** Forgets the run, once its result has been told. */
  readonly forget: () => Promise<void>;
}

/** So long a run goes on before it writes down how far it is. */
const saveEveryMilliseconds = 1_000;
/** So many unreadable encounters are listed; the others are counted, so that memory stays what it is. */
const mostListed = 1_000;

/**
 * Counts block by block, and writes down how far it is together with what it has counted: whenever it is killed, the
 * next run counts what is left, and nothing twice. INVARIANT: outputs reach the disk before the state that knows of them.
 */
export async function runImpact(run: ImpactRun, watch: Watch): Promise<ImpactResult> {
  const unlock = await inPlainWords(run.stateFile, () => lockState(run.stateFile));
  try {
    const begun = await begin(run, watch);
    const counted = begun.phase === 'counted' ? begun : await count(run, begun, watch);
    if (counted.phase === 'counted') await finish(run, counted);
    return {
      state: counted,
      isWhole: counted.phase === 'counted',
      forget: () => removeState(run.stateFile),
    };
  } finally {
    await unlock();
  }
}

// ------------------------------------------------------------------------------------------------ begin

async function begin(run: ImpactRun, watch: Watch): Promise<RunState> {
  const kept = run.keep === null ? null : await keptFrom(run.keep);
  const source = kept === run.keepFrom ? 'kept' : 'files';
  const earlier = run.fresh ? null : await inPlainWords(run.stateFile, () => readState(run.stateFile));
  if (earlier !== null) {
    const hindrance = earlier === 'damaged' ? damaged : await hindranceOf(earlier, run, source);
    if (hindrance === null && earlier !== 'damaged') {
      watch.say(
        earlier.phase === 'counted'
          ? 'An earlier run had counted everything and was ended before it could say so; here is its result.'
          : `An earlier run was ended after ${earlier.encounters.toLocaleString('en')} encounters; counting goes on from there.`,
      );
      return earlier;
    }
    watch.say(`${hindrance ?? damaged}; counting begins anew.`);
  }
  if (source === 'kept') watch.say('The encounters are taken from the kept file and not read again.');
  else if (kept !== null) watch.say('The kept file is of other encounters or facts, and is made anew.');
  return {
    format: 1,
    asked: run.asked,
    phase: 'counting',
    source,
    next: atBeginning,
    encounters: 0,
    impact: rowsOfImpact(noImpact),
    unreadable: { count: 0, listed: [] },
    lengths: {
      changed: run.changed === null ? null : 0,
      keep: run.keep === null || source === 'kept' ? null : 0,
    },
    idKey: run.hashIds ? randomBytes(32).toString('hex') : null,
    seconds: 0,
  };
}

const damaged = 'What an earlier run had written down cannot be read';

/** Why an earlier run cannot be gone on with; null: it can. */
async function hindranceOf(
  { asked, phase, source, lengths }: RunState,
  run: ImpactRun,
  sourceNow: RunState['source'],
): Promise<string | null> {
  if (asked.before !== run.asked.before)
    return 'The version before is another one than in the interrupted run';
  if (asked.after !== run.asked.after) return 'The version after is another one than in the interrupted run';
  if (asked.encounters !== run.asked.encounters)
    return 'The encounters have changed since the interrupted run';
  if (source === 'kept' && sourceNow !== 'kept') return 'The kept file has changed since the interrupted run';
  for (const [file, length] of [[run.changed, lengths.changed] as const, [run.keep, lengths.keep] as const]) {
    if (file === null || length === null) continue;
    const part = await lengthOf(partOf(file));
    const isThere = part !== null && part >= length;
    const isNamed = phase === 'counted' && part === null && (await lengthOf(file)) === length;
    if (!isThere && !isNamed)
      return `\`${partOf(file)}\` of the interrupted run is gone or shorter than it was`;
  }
  return null;
}

// ------------------------------------------------------------------------------------------------ count

async function count(run: ImpactRun, begun: RunState, watch: Watch): Promise<RunState> {
  const ofBytes = begun.source === 'kept' ? ((await lengthOf(run.keep!)) ?? 0) : run.bytes;
  const start = watch.elapsed();
  const seconds = () => begun.seconds + (watch.elapsed() - start) / 1_000;
  // Before the first encounter is read it is known whether everything can be written.
  const changed = await opened(run.changed, begun.lengths.changed);
  const keep = await opened(run.keep, begun.lengths.keep);
  let so: Counted = {
    next: begun.next,
    encounters: begun.encounters,
    impact: impactOfRows(begun.impact),
    unreadable: begun.unreadable,
  };
  const save = async (phase: RunState['phase']): Promise<RunState> => {
    const lengths = { changed: await synced(run.changed, changed), keep: await synced(run.keep, keep) };
    const state: RunState = {
      ...begun,
      ...so,
      impact: rowsOfImpact(so.impact),
      phase,
      lengths,
      seconds: seconds(),
    };
    await inPlainWords(run.stateFile, () => writeState(run.stateFile, state));
    return state;
  };
  try {
    if (keep && begun.lengths.keep === 0)
      await inPlainWords(run.keep!, () => keep.append(keptFileHead(run.keepFrom)));
    let state = await save('counting');
    let saved = watch.elapsed();
    const blocks =
      begun.source === 'kept'
        ? readKept(run.keep!, begun.next)
        : readBlocks(run.encounters, run.cwd, run.ground, begun.next, run.linesInBlock);
    for await (const block of blocks) {
      const judged = judgeBlock(run, block, begun.idKey);
      if (changed && judged.lines !== '')
        await inPlainWords(run.changed!, () => changed.append(Buffer.from(judged.lines)));
      if (keep) await inPlainWords(run.keep!, () => keep.append(keptBlock(block)));
      so = {
        next: block.next,
        encounters: so.encounters + block.ids.length,
        impact: addImpacts(so.impact, judged.impact),
        unreadable: {
          count: so.unreadable.count + block.unreadable.length,
          listed: [...so.unreadable.listed, ...block.unreadable].slice(0, mostListed),
        },
      };
      watch.progress(block.bytesDone, ofBytes, so.encounters - begun.encounters, so.encounters);
      if (watch.isStopped()) return await save('counting');
      if (watch.elapsed() - saved < saveEveryMilliseconds) continue;
      state = await save('counting');
      saved = watch.elapsed();
    }
    state = await save('counted');
    return state;
  } finally {
    await changed?.close();
    await keep?.close();
  }
}

interface Counted {
  readonly next: Block['next'];
  readonly encounters: number;
  readonly impact: Impact;
  readonly unreadable: { readonly count: number; readonly listed: readonly Unreadable[] };
}

/** The counts of a block, and its changed encounters one a line. */
function judgeBlock(
  { before, after }: ImpactRun,
  { columns, ids, places }: Block,
  idKey: string | null,
): { readonly impact: Impact; readonly lines: string } {
  const judge = createColumnJudge(columns);
  const [one, other] = [judge(before), judge(after)];
  const lines = decidedOtherwise(one, other).map(({ position, ...change }) => {
    const id = idKey === null ? ids[position]! : hashed(ids[position]!, idKey);
    return `${JSON.stringify({ id, ...places[position]!, ...change })}\n`;
  });
  return { impact: impactOf(one, other), lines: lines.join('') };
}

/** Under a key that is made for the run and forgotten with it: nobody can try ids until one fits. */
function hashed(id: string, key: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(id).digest('hex').slice(0, 32);
}

async function opened(file: string | null, length: number | null): Promise<OutputFile | null> {
  return file === null || length === null ? null : inPlainWords(file, () => openOutput(file, length));
}

async function synced(file: string | null, output: OutputFile | null): Promise<number | null> {
  return file === null || output === null ? null : inPlainWords(file, () => output.sync());
}

// ----------------------------------------------------------------------------------------------- finish

/** Whole outputs take their names; one that has it already is from an end that was interrupted. */
async function finish({ changed, keep }: ImpactRun, { lengths }: RunState): Promise<void> {
  const outputs = [[changed, lengths.changed] as const, [keep, lengths.keep] as const];
  for (const [file, length] of outputs) {
    if (file !== null && length !== null && (await lengthOf(partOf(file))) !== null)
      await inPlainWords(file, () => finishOutput(file));
  }
}
