import { realpath, stat } from 'node:fs/promises';
import { inBatches } from './disk/batches.ts';
import { locate } from './disk/locate.ts';
import { readAt } from './disk/read.ts';
import { removeFile, replaceFile } from './disk/replace.ts';
import { createScanner } from './disk/scan.ts';
import { asStorageError } from './disk/system-error.ts';
import { createDiskWatch } from './disk/watch.ts';
import { createQueue } from './queue.ts';
import { StorageError, unreadable } from './storage.ts';
import type { Contents, Storage, StoredFile, StoredText, UnreadableFile } from './storage.ts';

/** The workspace in a folder of this machine. The folder must exist; `rules/` and `testcases/` in it need not. */
export async function openDiskStorage(folder: string): Promise<Storage> {
  const root = await rootOf(folder);
  const scan = createScanner(root);
  const inTurn = createQueue();
  const watching = createDiskWatch(root, scan, inTurn);

  async function list() {
    await watching.armed();
    return inSystemTerms('', async () => (await scan()).files);
  }

  async function read(path: string): Promise<StoredText> {
    await watching.armed();
    return inSystemTerms(path, async () => {
      const { text, version } = await readAt(root, path, await locate(root, path));
      return { text, version };
    });
  }

  return {
    list,
    read,

    async readAll(): Promise<Contents> {
      const found = await inBatches(await list(), readListed);
      return {
        files: found.filter((file) => file !== null && 'text' in file),
        unreadable: found.filter((file) => file !== null && 'reason' in file),
      };
    },

    async write(path, text, expectedVersion) {
      return inTurn(async () => {
        const result = await inSystemTerms(path, () => replaceFile(root, path, text, expectedVersion));
        if (result.kind === 'written')
          watching.expect(path, { kind: 'readable', path, version: result.version });
        return result;
      });
    },

    async remove(path, expectedVersion) {
      return inTurn(async () => {
        const result = await inSystemTerms(path, () => removeFile(root, path, expectedVersion));
        if (result.kind === 'removed') watching.expect(path, undefined);
        return result;
      });
    },

    watch(onChange, onTrouble = () => undefined) {
      return watching.start(onChange, onTrouble);
    },
  };

  /** A file may vanish or break between the list and its turn: null, or the reason. */
  async function readListed(
    file: StoredFile,
  ): Promise<(StoredText & { readonly path: string }) | UnreadableFile | null> {
    if (file.kind === 'unreadable') return file;
    try {
      return { path: file.path, ...(await read(file.path)) };
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      return error.code === 'not-found' ? null : unreadable(file.path, error);
    }
  }
}

async function rootOf(folder: string): Promise<string> {
  const root = await realpath(folder).catch(() => null);
  if (root === null || !(await stat(root)).isDirectory()) {
    throw new StorageError('not-found', `There is no folder \`${folder}\` to work in.`);
  }
  return root;
}

async function inSystemTerms<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw asStorageError(error, path);
  }
}
