import type { Database, FileRecord } from './browser/database.ts';
import { asked, keysOf } from './browser/database.ts';
import { bytesOf, textOf, versionOf } from './content.ts';
import { byPath, changeTo, removalOf, StorageError, unreadable } from './storage.ts';
import type { Conflict, Contents, Storage, StorageChange, StoredFile, StoredText } from './storage.ts';
import { checkPath, pathProblem } from './workspace-path.ts';

/**
 * One workspace in the browser's own database, for a page without a server.
 * Other tabs of the same page are told of a save once it is certain; a tab that dies in between tells nobody, and the
 * next save of another one is then a conflict, as it should be.
 */
export function createBrowserStorage(database: Database, workspace: string): Storage {
  // One end for speaking and hearing, because an end does not hear itself.
  const channel = createChannel(workspace);
  const listeners = new Set<(change: StorageChange) => void>();

  channel.addEventListener('message', ({ data }: MessageEvent<StorageChange>) => {
    if (pathProblem(data.path) !== null) return;
    for (const listener of listeners) listener(data);
  });

  /** In one transaction: what is there, and the change if that is what the caller expects. */
  async function change(
    path: string,
    expectedVersion: string | null,
    next: FileRecord | null,
  ): Promise<{ readonly done: boolean; readonly before: FileRecord | undefined }> {
    return asked(async () => {
      // `strict`: the promise is kept only when the disk has it.
      const work = database.transaction(['workspaces', 'files'], 'readwrite', { durability: 'strict' });
      const table = work.objectStore('files');
      const [home, before] = await Promise.all([
        work.objectStore('workspaces').get(workspace),
        table.get([workspace, path]),
      ]);
      const done = home !== undefined && (before?.version ?? null) === expectedVersion;
      if (done) await (next === null ? table.delete([workspace, path]) : table.put(next));
      await work.done;
      if (home === undefined) throw gone();
      return { done, before };
    });
  }

  async function readAll(): Promise<Contents> {
    const records = (await asked(() => database.getAll('files', keysOf(workspace)))).filter(
      ({ path }) => pathProblem(path) === null,
    );
    const read = await Promise.all(records.sort(byPath).map(readRecord));
    return {
      files: read.flatMap((it) => (it.kind === 'text' ? [{ path: it.path, ...it.stored }] : [])),
      unreadable: read.flatMap((it) => (it.kind === 'broken' ? [unreadable(it.path, it.error)] : [])),
    };
  }

  return {
    readAll,

    async list() {
      const contents = await readAll();
      const readable = contents.files.map(({ path, version }): StoredFile => ({
        kind: 'readable',
        path,
        version,
      }));
      return [...readable, ...contents.unreadable].sort(byPath);
    },

    async read(path) {
      checkPath(path);
      const record = await asked(() => database.get('files', [workspace, path]));
      if (!record) throw new StorageError('not-found', `There is no file \`${path}\`.`);
      return textOf(path, record.bytes);
    },

    async write(path, text, expectedVersion) {
      checkPath(path);
      const bytes = bytesOf(path, text);
      const version = await versionOf(bytes);
      const { done, before } = await change(path, expectedVersion, { workspace, path, bytes, version });
      if (!done) return conflict(path, before);
      if (before?.version !== version) announce(channel, changeTo({ kind: 'readable', path, version }));
      return { kind: 'written', version };
    },

    async remove(path, expectedVersion) {
      checkPath(path);
      const { done, before } = await change(path, expectedVersion, null);
      if (!done) return conflict(path, before);
      announce(channel, removalOf(path));
      return { kind: 'removed' };
    },

    watch(onChange) {
      // Wrapped, so that the same function given twice is two listeners.
      const listener = (change: StorageChange) => onChange(change);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function createChannel(workspace: string): BroadcastChannel {
  return new BroadcastChannel(`proviso-files-${workspace}`);
}

export function announce(channel: BroadcastChannel, change: StorageChange): void {
  channel.postMessage(change);
}

type ReadRecord =
  | { readonly kind: 'text'; readonly path: string; readonly stored: StoredText }
  | { readonly kind: 'broken'; readonly path: string; readonly error: StorageError };

async function readRecord({ path, bytes }: FileRecord): Promise<ReadRecord> {
  try {
    return { kind: 'text', path, stored: await textOf(path, bytes) };
  } catch (error) {
    if (error instanceof StorageError) return { kind: 'broken', path, error };
    throw error;
  }
}

async function conflict(path: string, record: FileRecord | undefined): Promise<Conflict> {
  return { kind: 'conflict', current: record ? await textOf(path, record.bytes) : null };
}

function gone(): StorageError {
  return new StorageError(
    'not-found',
    'This workspace was removed in another tab. Export what you need before you leave this page.',
  );
}
