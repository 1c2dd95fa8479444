import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a program printed, or null where there is no such program or it ended with an error. */
export async function printedBy(program: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(program, [...args], { maxBuffer: 64 << 20 });
    return stdout || stderr;
  } catch {
    return null;
  }
}

/** A folder that outlives runs, for what had to be fetched: outside of the project, in the user's own cache. */
export async function cacheFolder(name: string): Promise<string> {
  const base = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache');
  const folder = path.join(base, 'proviso', name);
  await mkdir(folder, { recursive: true });
  return folder;
}
