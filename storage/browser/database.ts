import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB } from 'idb';
import type { Draft } from '../drafts.ts';
import { StorageError } from '../storage.ts';

/** The one database of the page: every workspace, and the files of all of them. */
export type Database = IDBPDatabase<Tables>;

interface Tables extends DBSchema {
  readonly workspaces: { readonly key: string; readonly value: WorkspaceRecord };
  /** By workspace and path, so that the files of one lie together. */
  readonly files: { readonly key: [string, string]; readonly value: FileRecord };
  /** By workspace, path and tab. */
  readonly drafts: { readonly key: [string, string, string]; readonly value: DraftRecord };
}

export interface WorkspaceRecord {
  readonly id: string;
  readonly name: string;
  /** `example`: made from what the page brings along, and can be made anew from it. */
  readonly origin: 'example' | 'imported' | 'shared';
  /** Milliseconds since 1970; the order in which they are listed. */
  readonly made: number;
}

export interface FileRecord {
  readonly workspace: string;
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Stands beside the bytes, because no digest can be waited for in the middle of a transaction. */
  readonly version: string;
}

export interface DraftRecord extends Draft {
  readonly workspace: string;
}

const name = 'proviso';
const revision = 1;

export async function openDatabase(): Promise<Database> {
  return asked(async () => {
    const database = await openDB<Tables>(name, revision, {
      upgrade(made) {
        made.createObjectStore('workspaces', { keyPath: 'id' });
        made.createObjectStore('files', { keyPath: ['workspace', 'path'] });
        made.createObjectStore('drafts', { keyPath: ['workspace', 'path', 'tab'] });
      },
      // A newer page in another tab needs another layout: this one lets go, and its next save says to reload.
      blocking: () => database.close(),
    });
    return database;
  });
}

/** Every key of one workspace, of its files or its drafts: an empty list sorts after every text. */
export function keysOf(workspace: string): IDBKeyRange {
  return IDBKeyRange.bound([workspace], [workspace, []]);
}

/** What the browser throws, as what the caller cannot have. */
export async function asked<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw asStorageError(error);
  }
}

export function asStorageError(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  switch (error.name) {
    case 'QuotaExceededError':
      return new StorageError(
        'disk-full',
        'The browser has no more room for this page, and nothing was saved. Export what you need as a zip, then remove a workspace.',
        { cause: error },
      );
    case 'InvalidStateError':
    case 'VersionError':
      return new StorageError(
        'failed',
        'A newer version of this page is open in another tab. Export what you need, then load this page again.',
        { cause: error },
      );
    case 'SecurityError':
    case 'NotAllowedError':
      return new StorageError(
        'not-permitted',
        'This browser lets the page keep nothing. Allow it to store data, or leave the private window.',
        { cause: error },
      );
    default:
      return new StorageError('failed', `The browser reports ${error.name}: ${error.message}`, {
        cause: error,
      });
  }
}
