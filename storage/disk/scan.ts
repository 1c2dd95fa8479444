import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { byPath, StorageError, unreadable } from '../storage.ts';
import type { StoredFile } from '../storage.ts';
import { checkPath, workspaceFolders, workspaceSuffix } from '../workspace-path.ts';
import { inBatches } from './batches.ts';
import { locate } from './locate.ts';
import { readAt, stampAt } from './read.ts';
import { asStorageError, unlessSystemSays } from './system-error.ts';

export interface Scan {
  readonly files: readonly StoredFile[];
  /** Every folder that was looked into, relative to the root; the root itself is ''. */
  readonly folders: readonly string[];
}

/** A version is trusted without reading only if the file had been left alone this long: clocks of disks are coarse. */
const settledMilliseconds = 3000;

interface Remembered {
  readonly stamp: string;
  readonly file: StoredFile;
}

/** Looks through the workspace; remembers the versions of files that have not changed since, so that looking again is cheap. */
export function createScanner(root: string): () => Promise<Scan> {
  let memory: ReadonlyMap<string, Remembered> = new Map();

  return async () => {
    const next = new Map<string, Remembered>();
    const files: StoredFile[] = [];
    const folders: string[] = [''];

    for (const entry of await entriesOf(root, '')) {
      if ((workspaceFolders as readonly string[]).includes(entry.name)) await visit(entry, entry.name);
    }
    memory = next;
    return { files: files.sort(byPath), folders };

    async function visit(entry: Dirent, path: string): Promise<void> {
      if (entry.name.startsWith('.')) return;
      if (entry.isDirectory()) return visitFolder(path);
      if (entry.isSymbolicLink() && (await leadsToFolder(join(root, path)))) {
        const error = new StorageError(
          'link',
          `\`${path}\` is a link to a folder; such links are not followed.`,
        );
        files.push(unreadable(path, error));
      } else if (path.endsWith(workspaceSuffix)) {
        const file = await look(path, entry.isSymbolicLink());
        if (file !== null) files.push(file);
      }
    }

    async function visitFolder(path: string): Promise<void> {
      try {
        const entries = await entriesOf(join(root, path), path);
        folders.push(path);
        await inBatches(entries, (entry) => visit(entry, `${path}/${entry.name}`));
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        if (error.code !== 'not-found') files.push(unreadable(path, error));
      }
    }

    async function look(path: string, isLink: boolean): Promise<StoredFile | null> {
      try {
        checkPath(path);
        const place = isLink ? await locate(root, path) : join(root, path);
        const stamp = await stampAt(place);
        if (stamp === null) return null;
        const remembered = memory.get(path);
        const found = remembered?.stamp === stamp ? remembered : await readAnew(root, path, place);
        if (isSettled(stamp)) next.set(path, found);
        return found.file;
      } catch (caught) {
        const error = asStorageError(caught, path);
        if (!(error instanceof StorageError)) throw error;
        return error.code === 'not-found' ? null : unreadable(path, error);
      }
    }
  };
}

async function readAnew(root: string, path: string, place: string): Promise<Remembered> {
  const { version, stamp } = await readAt(root, path, place);
  return { stamp, file: { kind: 'readable', path, version } };
}

/** The last part of a stamp is the time of the last change, in nanoseconds. */
function isSettled(stamp: string): boolean {
  const changed = BigInt(stamp.slice(stamp.lastIndexOf(' ') + 1));
  return Date.now() - Number(changed / 1_000_000n) > settledMilliseconds;
}

async function entriesOf(folder: string, path: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw asStorageError(error, path);
  }
}

async function leadsToFolder(link: string): Promise<boolean> {
  const target = await unlessSystemSays(['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'], null, () => stat(link));
  return target?.isDirectory() ?? false;
}
