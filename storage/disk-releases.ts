import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { atWorkOn, isAtWork } from './disk/at-work.ts';
import { inBatches } from './disk/batches.ts';
import { holdingFolder } from './disk/hold-folder.ts';
import { withLock } from './disk/lock.ts';
import { syncFolder } from './disk/sync-folder.ts';
import { asStorageError, systemCodeOf, unlessSystemSays } from './disk/system-error.ts';
import { writeThrough } from './disk/write-through.ts';
import { StorageError } from './storage.ts';

/**
 * The releases in `releases/` of the workspace folder.
 * A release gets its name at once, by renaming the folder in which it was written: it is there whole, or not at all.
 * No other part of the storage reaches `releases/`, and this one only ever adds to it.
 */
export interface ReleaseStore {
  /** What is there, as it is; an interrupted publish is no part of it. */
  read(): Promise<FoundReleases>;

  /** The numbers of releases whose publish was interrupted, so that nothing came of it. */
  interrupted(): Promise<readonly number[]>;

  /**
   * Adds the release and removes what interrupted ones have left. Paths begin in the folder of the release.
   * Throws a `StorageError` and leaves all as it was, where it cannot: also where the number is taken, or another
   * process is publishing.
   */
  publish(number: number, files: readonly ReleaseFile[]): Promise<void>;
}

export interface ReleaseFile {
  readonly path: string;
  readonly text: string;
}

export interface FoundReleases {
  /** In the order of their numbers. */
  readonly releases: readonly { readonly number: number; readonly files: readonly FoundFile[] }[];
  /** What lies in `releases/` and is no release. */
  readonly strays: readonly string[];
}

/** A file of a release by its path there; without text, with the reason in a sentence. */
export type FoundFile =
  | { readonly path: string; readonly text: string; readonly reason: null }
  | { readonly path: string; readonly text: null; readonly reason: string };

const folderName = 'releases';
const releaseName = /^[1-9]\d{0,8}$/;
const temporaryName = /^\.([1-9]\d{0,8})\.(\d+)-[0-9a-f]+$/;
const lockName = '.publishing';

/** Git would otherwise be free to change line ends, and with them every hash. */
const gitAttributes = { name: '.gitattributes', text: '* -text\n' };

/** A publish takes seconds; what is older was left behind, even if the number of its process is in use again. */
const longestPublish = 10 * 60_000;

export async function openDiskReleases(folder: string): Promise<ReleaseStore> {
  const root = await realpath(folder);
  const place = join(root, folderName);

  /** With a name of `releases/` that no link can divert; null where there is no such folder. */
  function inFolder<T>(action: (held: string) => Promise<T>): Promise<T | null> {
    return unlessSystemSays(['ENOENT'], null, () => lstat(place)).then((status) =>
      status === null ? null : holdingFolder(root, place, folderName, action),
    );
  }

  return {
    async read() {
      return inSystemTerms(folderName, async () => {
        const found = await inFolder(readReleases);
        return found ?? { releases: [], strays: [] };
      });
    },

    async interrupted() {
      return inSystemTerms(folderName, async () => {
        const found = await inFolder(leftoversIn);
        return [...new Set((found ?? []).map(({ number }) => number))].toSorted((a, b) => a - b);
      });
    },

    async publish(number, files) {
      await inSystemTerms(`${folderName}/${number}`, async () => {
        if (await unlessSystemSays(['EEXIST'], false, () => mkdir(place).then(() => true))) {
          await syncFolder(root);
        }
        await holdingFolder(root, place, folderName, (held) =>
          withLock(join(held, lockName), { longest: longestPublish, busy }, async () => {
            for (const { name, number } of await leftoversIn(held)) await clear(held, name, number);
            await keepLineEnds(held);
            await land(held, number, files);
          }),
        );
      });
    },
  };
}

/** The dot hides it, and it says whose it is. */
function temporaryFor(number: number): string {
  return `.${number}.${process.pid}-${randomBytes(6).toString('hex')}`;
}

/**
 * Takes the name away before the content: on a shared disk its writer may live on another machine, whose processes we
 * cannot see, and must then fail as a whole.
 */
async function clear(held: string, name: string, number: number): Promise<void> {
  const own = join(held, temporaryFor(number));
  await unlessSystemSays(['ENOENT'], undefined, () => rename(join(held, name), own));
  await rm(own, { recursive: true, force: true });
}

async function land(held: string, number: number, files: readonly ReleaseFile[]): Promise<void> {
  const name = temporaryFor(number);
  await atWorkOn(name, async () => {
    const temporary = join(held, name);
    try {
      await writeAll(temporary, files);
      await takeName(temporary, held, number);
    } finally {
      // What cannot be removed now is a leftover for the next publish; the first error is the one to tell.
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    }
  });
  await confirm(held, number);
}

async function writeAll(temporary: string, files: readonly ReleaseFile[]): Promise<void> {
  await mkdir(temporary);
  const folders = new Set([temporary]);
  for (const { path, text } of files) {
    const file = join(temporary, ...path.split('/'));
    await mkdir(dirname(file), { recursive: true });
    for (let above = dirname(file); above !== temporary; above = dirname(above)) folders.add(above);
    await writeThrough(file, text, 0o444);
  }
  for (const one of folders) await syncFolder(one);
}

async function takeName(temporary: string, held: string, number: number): Promise<void> {
  const target = join(held, String(number));
  // A rename covers an empty folder; nobody but a person makes one, and it is not ours to take.
  if ((await unlessSystemSays(['ENOENT'], null, () => lstat(target))) !== null) throw taken(number);
  try {
    // INVARIANT: what is published has files, so where two get here at once, only one rename succeeds.
    await rename(temporary, target);
  } catch (error) {
    const code = systemCodeOf(error);
    throw code === 'ENOTEMPTY' || code === 'EEXIST' ? taken(number) : error;
  }
}

/** The release has its name already, so nothing is as it was before. */
async function confirm(held: string, number: number): Promise<void> {
  try {
    await syncFolder(held);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === null) throw error;
    throw new StorageError(
      'failed',
      `Release ${number} is published, but the disk does not confirm that it is safe (${code}). Look with \`proviso verify\` whether it is there.`,
      { cause: error },
    );
  }
}

async function keepLineEnds(held: string): Promise<void> {
  await unlessSystemSays(['EEXIST'], undefined, () =>
    writeThrough(join(held, gitAttributes.name), gitAttributes.text, 0o666),
  );
}

function taken(number: number): StorageError {
  return new StorageError(
    'taken',
    `Release ${number} was published by somebody else meanwhile. Look at it, then publish again.`,
  );
}

/**
 * The lock spares two publishers the work, and keeps one from removing what the other is writing.
 * That both cannot succeed rests on the rename alone.
 */
function busy(): StorageError {
  return new StorageError(
    'busy',
    'Another release is being published at this moment. Wait until it is done, look at it, then publish again.',
  );
}

/** Folders of publishers that are no longer at work. */
async function leftoversIn(
  held: string,
): Promise<readonly { readonly name: string; readonly number: number }[]> {
  const found: { name: string; number: number }[] = [];
  for (const name of await readdir(held)) {
    const [, number, writer] = temporaryName.exec(name) ?? [];
    if (number === undefined) continue;
    const status = await unlessSystemSays(['ENOENT'], null, () => lstat(join(held, name)));
    if (status === null) continue;
    const isOld = Date.now() - status.mtimeMs > longestPublish;
    if (isOld || !isAtWork(Number(writer), name)) found.push({ name, number: Number(number) });
  }
  return found;
}

async function readReleases(held: string): Promise<FoundReleases> {
  const entries = await readdir(held, { withFileTypes: true });
  const isRelease = (entry: (typeof entries)[number]) => entry.isDirectory() && releaseName.test(entry.name);
  const numbers = entries
    .filter(isRelease)
    .map(({ name }) => Number(name))
    .toSorted((a, b) => a - b);
  const releases = [];
  for (const number of numbers) {
    const listed = await listFiles(join(held, String(number)), '');
    const files = await inBatches(listed, (path) => readOne(join(held, String(number)), path));
    releases.push({ number, files });
  }
  const strays = entries
    .filter((entry) => !isRelease(entry) && !isOurOwn(entry.name))
    .map(({ name }) => name)
    .toSorted();
  return { releases, strays };
}

function isOurOwn(name: string): boolean {
  return name === lockName || name === gitAttributes.name || temporaryName.test(name);
}

/** Everything but folders; an empty folder is told like a file that was added. */
async function listFiles(folder: string, path: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, path), { withFileTypes: true });
  if (entries.length === 0 && path !== '') return [path];
  const found: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await listFiles(folder, inside)));
    else found.push(inside);
  }
  return found;
}

const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

async function readOne(folder: string, path: string): Promise<FoundFile> {
  const no = (reason: string): FoundFile => ({ path, text: null, reason });
  try {
    const handle = await open(join(folder, path), readOnly);
    try {
      if (!(await handle.stat()).isFile()) return no('It is no file.');
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await handle.readFile());
      return { path, text, reason: null };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCodeOf(error) === 'ELOOP') return no('It is a link.');
    // What the decoder throws, and nothing else here does.
    if (error instanceof TypeError) return no('It is not UTF-8 text.');
    const told = asStorageError(error, path);
    if (told instanceof StorageError) return no(told.message);
    throw error;
  }
}

async function inSystemTerms<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw asStorageError(error, path);
  }
}
