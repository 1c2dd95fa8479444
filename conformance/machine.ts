import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface RunSettings {
  /** Longer than this it may not take. */
  readonly minutes?: number;
  /** Besides those that there are. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a program printed, or null where there is no such program, it ended with an error, or took too long. */
export async function printedBy(
  program: string,
  args: readonly string[],
  { minutes = 1, environment }: RunSettings = {},
): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(program, [...args], {
      maxBuffer: 64 << 20,
      timeout: minutes * 60_000,
      killSignal: 'SIGKILL',
      env: { ...process.env, ...environment },
    });
    return stdout || stderr;
  } catch {
    return null;
  }
}

/** The longest that fetching one engine may take. */
export const fetchMinutes = 10;

/**
 * A folder that outlives runs, for what has to be fetched: outside of the project, in the user's own cache. Where it does not
 * hold what is wanted, it is filled elsewhere and takes its place as a whole: a run that is ended meanwhile leaves no half of
 * one. Null where it could not be filled.
 */
export async function fetchedFolder(
  name: string,
  isWhole: (folder: string) => Promise<boolean>,
  fill: (folder: string) => Promise<unknown>,
): Promise<string | null> {
  try {
    const base = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'proviso');
    const folder = path.join(base, name);
    if (await isWhole(folder)) return folder;
    await mkdir(base, { recursive: true });
    await sweep(base);
    const half = await mkdtemp(path.join(base, 'half-'));
    try {
      await fill(half);
      if (!(await isWhole(half))) return null;
      await rm(folder, { recursive: true, force: true });
      await rename(half, folder);
      return folder;
    } finally {
      await rm(half, { recursive: true, force: true });
    }
  } catch {
    // A cache that cannot be written, or that another run has filled in this moment.
    return null;
  }
}

/** Removes what runs that were ended have left behind. */
async function sweep(base: string): Promise<void> {
  const longAgo = Date.now() - 2 * fetchMinutes * 60_000;
  for (const name of await readdir(base)) {
    const folder = path.join(base, name);
    if (name.startsWith('half-') && (await stat(folder)).mtimeMs < longAgo)
      await rm(folder, { recursive: true, force: true });
  }
}
