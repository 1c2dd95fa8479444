import { StorageError } from '../storage/storage.ts';
import type { Exporting } from './exporting.ts';

/** Where there is no program that could run the engines of other systems. */
export function createNoExporting(): Exporting {
  const refuse = () => Promise.reject(new StorageError('not-permitted', notHere));
  return { unavailable: notHere, targets: refuse, keys: refuse, run: refuse };
}

const notHere =
  'Exporting needs the program on your machine: each export is proven on the engine of the system that it is for. Save the workspace as a file, unpack it, and open it there with `proviso open`, or use `proviso export`.';
