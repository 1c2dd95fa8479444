import { verifyReleases } from '#engine';
import type { FoundRelease, Hash, Verification } from '#engine';
import { versionOf } from '../storage/content.ts';
import { openDiskDecisions } from '../storage/disk-decisions.ts';
import { openDiskReleases } from '../storage/disk-releases.ts';
import type { FoundReleases, ReleaseStore } from '../storage/disk-releases.ts';
import { StorageError } from '../storage/storage.ts';
import type { Interrupted, ReleaseFiles } from './publishing.ts';

export const sha256: Hash = (text) => versionOf(new TextEncoder().encode(text));

/** The releases of a workspace folder, verified. */
export interface ReadReleases extends Verification {
  readonly store: ReleaseStore;
  readonly found: FoundReleases;
}

/** What was begun in the folder and killed. */
export async function interruptedIn(folder: string): Promise<Interrupted> {
  const [releases, decisions] = [await openDiskReleases(folder), await openDiskDecisions(folder)];
  return { releases: await releases.interrupted(), decisions: await decisions.interrupted() };
}

export async function readReleases(folder: string): Promise<ReadReleases> {
  const store = await openDiskReleases(folder);
  const found = await store.read();
  return { store, found, ...(await verifyReleases(found, sha256)) };
}

/** The files of a release; a `StorageError` where there is none, or it is not as it was published. */
export function releaseFilesIn(
  { found, releases, problems }: Pick<ReadReleases, 'found' | 'releases' | 'problems'>,
  number: number,
): ReleaseFiles {
  const release = found.releases.find((one) => one.number === number);
  if (!release) throw new StorageError('not-found', `There is no release ${number}.`);
  const verified = releases.find((one) => one.number === number);
  const wrong = problems.find((problem) => problem.release === number);
  if (wrong || !verified?.manifest || verified.sha256 === null)
    throw new StorageError(
      'failed',
      `Release ${number} is not as it was published: ${wrong?.message ?? 'it has no manifest.'}`,
    );
  const { manifest } = verified;
  return { number, sha256: verified.sha256, manifest, files: filesOf(release, manifest) };
}

function filesOf(release: FoundRelease, manifest: ReleaseFiles['manifest']): ReleaseFiles['files'] {
  const texts = new Map(release.files.map(({ path, text }) => [path, text]));
  // Verified: each is there, and is text.
  return manifest.files.map(({ path }) => ({ path, text: texts.get(`files/${path}`)! }));
}
