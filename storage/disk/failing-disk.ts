import fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** For tests alone: a disk that takes so many changes and then none any more. */
export interface FailingDisk {
  /** `ENOSPC`: nothing more fits. `EROFS`: nothing may be changed. `EIO`: nothing is read or written safely. */
  readonly code: 'ENOSPC' | 'EDQUOT' | 'EROFS' | 'EIO';
  /** How many changes succeed before. */
  readonly after: number;
}

/** What a full disk refuses; what is there can still be renamed and removed. */
const filling = ['mkdir', 'open', 'writeFile', 'sync'];
const changing = [...filling, 'rename', 'rm', 'link', 'unlink'];

/**
 * Runs the action on such a disk, and says whether it failed anything. The functions of the system are replaced in this
 * process while it runs, so nothing else may use the disk meanwhile.
 */
export async function onFailingDisk<T>(
  { code, after }: FailingDisk,
  action: () => Promise<T>,
): Promise<{ readonly outcome: PromiseSettledResult<T>; readonly failed: number }> {
  const refused = code === 'ENOSPC' || code === 'EDQUOT' ? filling : changing;
  let changes = 0;
  let failed = 0;
  const fails = (name: string): boolean => {
    if (!refused.includes(name)) return false;
    changes += 1;
    if (changes <= after) return false;
    failed += 1;
    return true;
  };
  const failure = (name: string) =>
    Object.assign(new Error(`${code}: from the failing disk, ${name}`), { code, syscall: name });

  const restore: (() => void)[] = [];
  const replace = (target: object, name: string, isChange: (args: readonly unknown[]) => boolean) => {
    const functions = target as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const original = functions[name]!;
    functions[name] = async function (this: unknown, ...args: unknown[]) {
      if (isChange(args) && fails(name)) throw failure(name);
      return original.apply(this, args);
    };
    restore.push(() => (functions[name] = original));
  };

  const handles = await handlePrototype();
  for (const name of ['mkdir', 'rename', 'rm', 'link', 'unlink']) replace(fs, name, () => true);
  replace(fs, 'open', ([, flags]) => typeof flags === 'string' && flags !== 'r');
  for (const name of ['writeFile', 'sync']) replace(handles, name, () => true);
  syncBuiltinESMExports();
  try {
    const [outcome] = await Promise.allSettled([action()]);
    return { outcome, failed };
  } finally {
    for (const undo of restore) undo();
    syncBuiltinESMExports();
  }
}

async function handlePrototype(): Promise<object> {
  const handle: FileHandle = await fs.open(import.meta.filename ?? process.execPath);
  try {
    return Object.getPrototypeOf(handle) as object;
  } finally {
    await handle.close();
  }
}
