import { bytesOf, textOf } from './content.ts';
import { byPath, changesBetween, StorageError, unreadable } from './storage.ts';
import type { Contents, Storage, StorageChange, StoredFile, StoredText, WriteResult } from './storage.ts';
import { checkPath, pathProblem } from './workspace-path.ts';

/** Files held in memory, for tests, demonstrations and trials that must leave no trace. */
export interface MemoryStorage extends Storage {
  /** What another program would do to the same files: any bytes, any path, heard by those who watch. */
  readonly outside: {
    readonly put: (path: string, content: string | Uint8Array) => Promise<void>;
    readonly remove: (path: string) => Promise<void>;
  };
}

type Held =
  | { readonly kind: 'text'; readonly stored: StoredText }
  | { readonly kind: 'broken'; readonly error: StorageError };

export async function createMemoryStorage(
  texts: Readonly<Record<string, string>> = {},
): Promise<MemoryStorage> {
  const files = new Map<string, Held>();
  const listeners = new Set<(change: StorageChange) => void>();
  for (const [path, text] of Object.entries(texts)) files.set(path, await hold(path, text));

  const entries = () =>
    [...files].filter(([path]) => pathProblem(path) === null).map(([path, held]) => entryOf(path, held));
  const current = (path: string) => currentOf(files.get(path));

  function fromOutside(change: () => void): void {
    const before = entries().sort(byPath);
    change();
    const changes = changesBetween(before, entries().sort(byPath));
    for (const told of changes) for (const listener of listeners) listener(told);
  }

  return {
    async list() {
      return entries().sort(byPath);
    },

    async readAll(): Promise<Contents> {
      const listed = entries().sort(byPath);
      return {
        files: listed.flatMap((file) =>
          file.kind === 'readable' ? [{ path: file.path, ...current(file.path)! }] : [],
        ),
        unreadable: listed.filter((file) => file.kind === 'unreadable'),
      };
    },

    async read(path) {
      checkPath(path);
      const stored = current(path);
      if (stored === null) throw new StorageError('not-found', `There is no file \`${path}\`.`);
      return stored;
    },

    async write(path, text, expectedVersion): Promise<WriteResult> {
      checkPath(path);
      const next = await textOf(path, bytesOf(path, text));
      // From here to the end nothing waits, so no other write can come between the question and the answer.
      const before = current(path);
      if ((before?.version ?? null) !== expectedVersion) return { kind: 'conflict', current: before };
      files.set(path, { kind: 'text', stored: next });
      return { kind: 'written', version: next.version };
    },

    async remove(path, expectedVersion) {
      checkPath(path);
      const before = current(path);
      if (before?.version !== expectedVersion) return { kind: 'conflict', current: before };
      files.delete(path);
      return { kind: 'removed' };
    },

    watch(onChange) {
      // Wrapped, so that the same function given twice is two listeners.
      const listener = (change: StorageChange) => onChange(change);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    outside: {
      async put(path, content) {
        const held = await hold(path, content);
        fromOutside(() => void files.set(path, held));
      },
      async remove(path) {
        fromOutside(() => void files.delete(path));
      },
    },
  };
}

async function hold(path: string, content: string | Uint8Array): Promise<Held> {
  try {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return { kind: 'text', stored: await textOf(path, bytes) };
  } catch (error) {
    if (error instanceof StorageError) return { kind: 'broken', error };
    throw error;
  }
}

function currentOf(held: Held | undefined): StoredText | null {
  if (held === undefined) return null;
  if (held.kind === 'broken') throw held.error;
  return held.stored;
}

function entryOf(path: string, held: Held): StoredFile {
  if (held.kind === 'broken') return unreadable(path, held.error);
  return { kind: 'readable', path, version: held.stored.version };
}
