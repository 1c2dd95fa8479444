import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ImpactRows } from '#engine';
import { isRunning } from '../../storage/disk/at-work.ts';
import { writeWhole } from '../../storage/disk/write-whole.ts';
import { InputError } from '../command.ts';
import type { Position, Unreadable } from './blocks.ts';

/** How far a run over many encounters is: everything that another process needs to go on. Plain data. */
export interface RunState {
  readonly format: 1;
  /** What was asked, by hash; a run goes on only where all of it is the same. */
  readonly asked: Asked;
  /** `counted`: all encounters are, and only what follows may be left to do. */
  readonly phase: 'counting' | 'counted';
  readonly source: 'files' | 'kept';
  readonly next: Position;
  readonly encounters: number;
  readonly impact: ImpactRows;
  readonly unreadable: { readonly count: number; readonly listed: readonly Unreadable[] };
  /** How long the outputs are, as far as they belong to what was counted; null: not asked for. */
  readonly lengths: { readonly changed: number | null; readonly keep: number | null };
  /** The key under which ids are hashed, in hexadecimal; null: they are written as they are. */
  readonly idKey: string | null;
  /** Seconds of work until now. */
  readonly seconds: number;
}

export interface Asked {
  readonly before: string;
  readonly after: string;
  readonly encounters: string;
}

/** Null where there is none; `damaged` where it cannot be read as one. */
export async function readState(file: string): Promise<RunState | 'damaged' | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    const state = JSON.parse(text) as Partial<RunState>;
    return state.format === 1 && state.asked && state.next && state.impact && state.lengths
      ? (state as RunState)
      : 'damaged';
  } catch {
    return 'damaged';
  }
}

export async function writeState(file: string, state: RunState): Promise<void> {
  await writeWhole(file, `${JSON.stringify(state)}\n`);
}

export async function removeState(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** Two runs of one state would each undo what the other has written; the second is refused. */
export async function lockState(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`;
  await mkdir(path.dirname(file), { recursive: true });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await takeLock(lock);
      return () => rm(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = (await ownerOf(lock)) || (await pause().then(() => ownerOf(lock)));
    if (owner > 0 && owner !== process.pid && isRunning(owner))
      throw new InputError(
        `the same comparison is being made by another process (${owner}).`,
        `Wait for it or stop it. If that number is another program's, remove \`${lock}\`.`,
      );
    // Its owner has died, perhaps before it wrote its number.
    await rm(lock, { force: true });
  }
  throw new InputError('the same comparison is being begun by another process.', 'Try again.');
}

async function takeLock(lock: string): Promise<void> {
  const handle = await open(lock, 'wx', 0o600);
  try {
    await handle.writeFile(String(process.pid));
  } catch (error) {
    await rm(lock, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

async function ownerOf(lock: string): Promise<number> {
  return Number(await readFile(lock, 'utf8').catch(() => ''));
}

/** Time for the owner of a lock to write its number. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
