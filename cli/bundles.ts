import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import {
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleFormat, largestBundle, manifestPath, signaturePath, tooLarge, unpackArchive } from '#engine';
import type { BundleFile, BundleProblem, HashBytes } from '#engine';
import { InputError } from './command.ts';

export const sha256Bytes: HashBytes = async (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A bundle as it lies on the disk, read and not yet checked; without files, with what keeps it from being read. */
export type FoundBundle =
  | { readonly files: readonly BundleFile[]; readonly problem: null }
  | { readonly files: null; readonly problem: BundleProblem };

/**
 * What the paths name (without any, the folder one is in), where it is a bundle: a file, which can be nothing but an
 * archive, or a folder that holds what bundles hold. Null for everything else, which is a workspace or a mistake.
 */
export async function findBundle(paths: readonly string[], cwd: string): Promise<FoundBundle | null> {
  const [written = '.', ...more] = paths;
  if (more.length > 0) return null;
  const place = path.resolve(cwd, written);
  const status = await stat(place).catch(() => null);
  if (status?.isFile()) return /\.ya?ml$/.test(place) ? null : readArchive(place, written, status.size);
  return status?.isDirectory() && (await looksLikeBundle(place)) ? readFolder(place) : null;
}

async function readArchive(place: string, written: string, size: number): Promise<FoundBundle> {
  if (size > largestBundle) return refused('too-large', null, tooLarge);
  const bytes = await readFile(place).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`\`${written}\` cannot be read (${error.code ?? 'unknown reason'}).`);
  });
  return unpackArchive(new Uint8Array(bytes));
}

/** A folder that was unpacked from a bundle, even if something was taken from it since; never a workspace or a release. */
async function looksLikeBundle(folder: string): Promise<boolean> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  if (names.includes('rules')) return false;
  if (names.includes('conformance') || names.includes(signaturePath)) return true;
  if (!names.includes(manifestPath)) return false;
  const text = await readFile(path.join(folder, manifestPath), 'utf8').catch(() => '');
  return text.includes(bundleFormat);
}

async function readFolder(folder: string): Promise<FoundBundle> {
  const files: BundleFile[] = [];
  let room = largestBundle;
  const waiting = [''];
  for (let inside = waiting.pop(); inside !== undefined; inside = waiting.pop()) {
    for (const name of await readdir(path.join(folder, inside))) {
      const at = inside === '' ? name : `${inside}/${name}`;
      const place = path.join(folder, at);
      const status = await lstat(place);
      if (status.isDirectory()) {
        waiting.push(at);
      } else if (status.isFile()) {
        room -= status.size;
        if (room < 0) return refused('too-large', null, tooLarge);
        files.push({ path: at, bytes: await readPlain(place) });
      } else {
        return refused(
          'not-a-file',
          at,
          `\`${at}\` is no file but a link or something else; a bundle holds files only.`,
        );
      }
    }
  }
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), problem: null };
}

/** Follows no link, also where one takes the place of a file meanwhile. */
async function readPlain(place: string): Promise<Uint8Array> {
  const handle = await open(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}

/**
 * With the files laid out in a folder of their own, which nobody else may enter and which goes afterwards.
 * INVARIANT: only for files in which nothing was found wrong, for their paths lead where they say.
 */
export async function unpacked<T>(
  files: readonly BundleFile[],
  action: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'proviso-bundle-')));
  try {
    for (const file of files) {
      const place = path.join(folder, ...file.path.split('/'));
      await mkdir(path.dirname(place), { recursive: true });
      await writeFile(place, file.bytes, { flag: 'wx' });
    }
    return await action(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function refused(kind: BundleProblem['kind'], at: string | null, message: string): FoundBundle {
  return { files: null, problem: { kind, path: at, message } };
}
