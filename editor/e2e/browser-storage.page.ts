import { createBrowserDrafts } from '../../storage/browser-drafts.ts';
import type { Draft, DraftStore } from '../../storage/drafts.ts';
import { announce, createBrowserStorage, createChannel } from '../../storage/browser.ts';
import { openDatabase } from '../../storage/browser/database.ts';
import { createBrowserWorkspaces } from '../../storage/browser/workspaces.ts';
import { textOf, versionOf } from '../../storage/content.ts';
import type { Storage, StorageChange } from '../../storage/storage.ts';
import { changeTo, removalOf, StorageError, unreadable } from '../../storage/storage.ts';

/**
 * What runs inside the pages of `browser-storage.test.ts`: each call comes and goes as JSON text, because that keeps
 * half characters, which the wire between test and browser would not.
 */
const database = await openDatabase();
const workspaces = createBrowserWorkspaces(database);
const storages = new Map<string, Storage>();
const drafts = new Map<string, DraftStore>();
const channels = new Map<string, BroadcastChannel>();
const stops = new Map<string, () => void>();

const storageOf = (id: string): Storage => kept(storages, id, () => createBrowserStorage(database, id));

const draftsOf = (id: string): DraftStore => kept(drafts, id, () => createBrowserDrafts(database, id));

function kept<T>(all: Map<string, T>, id: string, make: () => T): T {
  const made = all.get(id) ?? make();
  all.set(id, made);
  return made;
}

const calls = {
  workspaces: () => workspaces.list(),
  create: (...given: Parameters<typeof workspaces.create>) => workspaces.create(...given),
  replace: (...given: Parameters<typeof workspaces.replace>) => workspaces.replace(...given),
  removeWorkspace: (id: string) => workspaces.remove(id),
  list: (id: string) => storageOf(id).list(),
  readAll: (id: string) => storageOf(id).readAll(),
  read: (id: string, path: string) => storageOf(id).read(path),
  write: (id: string, path: string, text: string, expected: string | null) =>
    storageOf(id).write(path, text, expected),
  remove: (id: string, path: string, expected: string) => storageOf(id).remove(path, expected),
  watch(id: string, watcher: string) {
    const stop = storageOf(id).watch((change) => void globalThis.heard(watcher, JSON.stringify(change)));
    stops.set(watcher, stop);
  },
  stop: (watcher: string) => stops.get(watcher)?.(),

  loadDrafts: (id: string) => draftsOf(id).load(),
  putDraft: (id: string, draft: Draft) => draftsOf(id).put(draft),
  removeDraft: (id: string, tab: string, path: string) => draftsOf(id).remove(tab, path),

  /** The hands of something else in the same database: any bytes under any path. */
  async put(id: string, path: string, base64: string) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const version = await versionOf(bytes);
    const before = await database.get('files', [id, path]);
    await database.put('files', { workspace: id, path, bytes, version });
    if (before?.version === version) return;
    const change = await textOf(path, bytes).then(
      (): StorageChange => changeTo({ kind: 'readable', path, version }),
      (error: unknown) => changeTo(unreadable(path, error as StorageError)),
    );
    announce(
      kept(channels, id, () => createChannel(id)),
      change,
    );
  },
  async erase(id: string, path: string) {
    await database.delete('files', [id, path]);
    announce(
      kept(channels, id, () => createChannel(id)),
      removalOf(path),
    );
  },
};

export type Calls = typeof calls;

globalThis.call = async (name, given) => {
  try {
    const action = calls[name] as (...given: unknown[]) => unknown;
    return JSON.stringify({ value: (await action(...(JSON.parse(given) as unknown[]))) ?? null });
  } catch (error) {
    if (error instanceof StorageError) {
      return JSON.stringify({ error: { code: error.code, message: error.message } });
    }
    throw error;
  }
};

declare global {
  var call: (name: keyof Calls, given: string) => Promise<string>;
  var heard: (watcher: string, change: string) => Promise<void>;
}
