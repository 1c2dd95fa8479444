import { systemCodeOf } from './system-error.ts';

/**
 * What this process is working on: locks, folders and files by their own random names. A process that lives on after it failed
 * to remove something would otherwise be taken to be still at it.
 */
const own = new Set<string>();

/** Runs the action, and is at work on it as long. */
export async function atWorkOn<T>(what: string, action: () => Promise<T>): Promise<T> {
  own.add(what);
  try {
    return await action();
  } finally {
    own.delete(what);
  }
}

/** Whether the process of this number still works on it. Of another process, only whether it is there can be told. */
export function isAtWork(writer: number, what: string): boolean {
  return writer === process.pid ? own.has(what) : isRunning(writer);
}

export function isRunning(writer: number): boolean {
  try {
    process.kill(writer, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) !== 'ESRCH';
  }
}
