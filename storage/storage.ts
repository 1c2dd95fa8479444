/**
 * How the files of a workspace get in and out.
 * Every host (browser, command line, server) works through this contract and does not know which backend is behind it.
 *
 * A path is relative to the workspace folder and has forward slashes; `workspace-path.ts` says which paths there are.
 * A version is the SHA-256 of the file's bytes in lower-case hex, so equal versions mean equal content everywhere.
 * What the caller cannot have (no such file, no room, no permission) is thrown as a `StorageError`.
 * That somebody else saved first is not an error but an answer: `conflict`.
 */
export interface Storage {
  /** Every workspace file, in the order of its path. A file that is no readable text is there too, with the reason. */
  list(): Promise<readonly StoredFile[]>;

  /** Every workspace file with its text: what `list` and a `read` of each would give, in one go. */
  readAll(): Promise<Contents>;

  read(path: string): Promise<StoredText>;

  /**
   * Replaces the file as a whole, or creates it with its folders: a reader sees the old text or the new, never a mixture.
   * `expectedVersion` is the version the caller started from; null says that the file must not exist yet.
   */
  write(path: string, text: string, expectedVersion: string | null): Promise<WriteResult>;

  /** Folders that become empty stay: nothing lists them. */
  remove(path: string, expectedVersion: string): Promise<RemoveResult>;

  /**
   * Tells of changes that were not made through this storage: another program, another browser tab.
   * A change is a reason to read again, not a history: several quick changes may be told as the last one.
   * Watch first, then list: a change between the two is either in the list or told, so nothing falls in the gap.
   * `onTrouble` hears why changes may go unnoticed from now on, and null when all is well again.
   * The function given back stops it.
   */
  watch(
    onChange: (change: StorageChange) => void,
    onTrouble?: (trouble: StorageError | null) => void,
  ): () => void;
}

export interface StoredText {
  readonly text: string;
  readonly version: string;
}

export type StoredFile = ReadableFile | UnreadableFile;

export interface ReadableFile {
  readonly kind: 'readable';
  readonly path: string;
  readonly version: string;
}

/** A file, or a link to a folder, that stands among the workspace files and cannot be read as one of them. */
export interface UnreadableFile {
  readonly kind: 'unreadable';
  readonly path: string;
  readonly code: StorageErrorCode;
  /** A whole sentence for the author. */
  readonly reason: string;
}

export interface Contents {
  readonly files: readonly (StoredText & { readonly path: string })[];
  readonly unreadable: readonly UnreadableFile[];
}

export type WriteResult = { readonly kind: 'written'; readonly version: string } | Conflict;

export type RemoveResult = { readonly kind: 'removed' } | Conflict;

export interface Conflict {
  readonly kind: 'conflict';
  /** What is there instead of the expected version; null: no file. */
  readonly current: StoredText | null;
}

/** `version` is null wherever there is no text to read. */
export type StorageChange =
  | { readonly kind: 'written'; readonly path: string; readonly version: string }
  | { readonly kind: 'removed'; readonly path: string; readonly version: null }
  | {
      readonly kind: 'unreadable';
      readonly path: string;
      readonly version: null;
      readonly code: StorageErrorCode;
      readonly reason: string;
    };

export const storageErrorCodes = [
  /** The path could lead out of the workspace folder, or means different things on different systems. */
  'unsafe-path',
  /** A sound path, but not of a `.yaml` file under `rules/` or `testcases/`. */
  'not-a-workspace-file',
  /** The way to the file goes through a link that is not followed. */
  'link',
  'not-found',
  /** A folder, a pipe or a device stands where the file should. */
  'not-a-file',
  'too-large',
  'not-utf8',
  'not-permitted',
  'read-only',
  'disk-full',
  /** Another program is doing the same at this moment. */
  'busy',
  /** Somebody else was first, and what they made stays. */
  'taken',
  /** The server does not answer. */
  'unreachable',
  /** The server answers, but not to this page: no token, or that of an earlier start. */
  'refused',
  /** Anything else that the system or the server reports; the message carries its words. */
  'failed',
] as const;

export type StorageErrorCode = (typeof storageErrorCodes)[number];

/** What the caller cannot have, and why, in a sentence fit to be shown. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}

/** The entry of a list for a file that could not be read. */
export function unreadable(path: string, error: StorageError): UnreadableFile {
  return { kind: 'unreadable', path, code: error.code, reason: error.message };
}

/** The changes that turn one list into another, in the order of their paths. */
export function changesBetween(
  before: readonly StoredFile[],
  after: readonly StoredFile[],
): readonly StorageChange[] {
  const known = new Map(before.map((file) => [file.path, file]));
  const found = new Map(after.map((file) => [file.path, file]));
  const removed = before.filter((file) => !found.has(file.path)).map((file) => removalOf(file.path));
  const changed = after.filter((file) => !sameFile(known.get(file.path), file)).map(changeTo);
  return [...removed, ...changed].sort(byPath);
}

export function changeTo(file: StoredFile): StorageChange {
  if (file.kind === 'readable') return { kind: 'written', path: file.path, version: file.version };
  return { kind: 'unreadable', path: file.path, version: null, code: file.code, reason: file.reason };
}

export function removalOf(path: string): StorageChange {
  return { kind: 'removed', path, version: null };
}

/** What a list says of the file once the change has happened; undefined: nothing. */
export function fileAfter(change: StorageChange): StoredFile | undefined {
  if (change.kind === 'removed') return undefined;
  if (change.kind === 'written') return { kind: 'readable', path: change.path, version: change.version };
  return { kind: 'unreadable', path: change.path, code: change.code, reason: change.reason };
}

/** By code unit, so that every system and every language setting gives the same order. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** Whether there is nothing to tell between the two; undefined: no file. */
export function sameFile(known: StoredFile | undefined, found: StoredFile | undefined): boolean {
  if (known === undefined || found === undefined) return known === found;
  if (known.kind === 'readable') return found.kind === 'readable' && known.version === found.version;
  return found.kind === 'unreadable' && known.code === found.code && known.reason === found.reason;
}
