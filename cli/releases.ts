import { verifyReleases } from '#engine';
import type { Hash, Verification } from '#engine';
import { versionOf } from '../storage/content.ts';
import { openDiskReleases } from '../storage/disk-releases.ts';
import type { FoundReleases, ReleaseStore } from '../storage/disk-releases.ts';
import { StorageError } from '../storage/storage.ts';
import { InputError } from './command.ts';

/** The releases of a workspace folder, verified, and what an interrupted publish has left there. */
export interface OpenReleases extends Verification {
  readonly store: ReleaseStore;
  readonly found: FoundReleases;
  readonly interrupted: readonly number[];
}

export async function openReleases(folder: string): Promise<OpenReleases> {
  return inOwnWords(async () => {
    const store = await openDiskReleases(folder);
    const interrupted = await store.interrupted();
    const found = await store.read();
    return { store, interrupted, found, ...(await verifyReleases(found, sha256)) };
  });
}

export const sha256: Hash = (text) => versionOf(new TextEncoder().encode(text));

/** What the disk does not permit is the user's to mend, and no mistake of ours. */
export async function inOwnWords<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof StorageError) throw new InputError(error.message);
    throw error;
  }
}

export function interruptedText(numbers: readonly number[], then: string): string {
  return numbers
    .map(
      (number) => `Publishing release ${number} was interrupted earlier, and nothing came of it; ${then}.\n`,
    )
    .join('');
}
