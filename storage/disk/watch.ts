import { watch as watchFolder } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, join } from 'node:path';
import { changesBetween, StorageError } from '../storage.ts';
import type { StorageChange, StoredFile } from '../storage.ts';
import { workspaceFolders } from '../workspace-path.ts';
import type { Scan } from './scan.ts';
import { asStorageError, systemCodeOf } from './system-error.ts';

export interface DiskWatch {
  start(
    onChange: (change: StorageChange) => void,
    onTrouble: (trouble: StorageError | null) => void,
  ): () => void;
  /** Resolves when every later change will be told; at once if nobody watches. */
  armed(): Promise<void>;
  /** Our own save: what the file is now is not news. */
  expect(path: string, file: StoredFile | undefined): void;
}

/** Programs save in several steps (truncate, write, rename); the folder is looked at when it has been quiet this long. */
const settleMilliseconds = 30;
/** And at the latest after this long, however busy it is. */
const patienceMilliseconds = 300;
/** While changes may go unnoticed, it is looked at this often: until the folder is back, or can be watched again. */
const retryMilliseconds = 2000;

/**
 * Notices that something happened by one watcher per folder, and finds out what by looking through the workspace and
 * comparing versions. So it does not matter which events the system merges, renames or forgets, and own saves make no echo.
 * Not `recursive: true`: that would follow everything beside `rules/` and `testcases/` in the folder, `node_modules`
 * included, and on Linux it is made of one watcher per file.
 */
export function createDiskWatch(
  root: string,
  scan: () => Promise<Scan>,
  /** Never while one of our own saves is under way: half of it would be taken for somebody else's. */
  inTurn: <T>(task: () => Promise<T>) => Promise<T>,
): DiskWatch {
  /** What may happen to the root that is of interest; under its own name it is told that it was moved itself. */
  const namesInRoot: readonly string[] = [...workspaceFolders, basename(root)];

  interface Listener {
    readonly onChange: (change: StorageChange) => void;
    readonly onTrouble: (trouble: StorageError | null) => void;
  }
  const audience = new Set<Listener>();
  const watchers = new Map<string, FSWatcher>();
  let known = new Map<string, StoredFile>();
  let trouble: StorageError | null = null;
  let armed: Promise<void> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let restlessSince: number | null = null;
  /** Counts the times that watching began or ended, so that a look begun before does not speak after. */
  let round = 0;

  async function look(tell: boolean): Promise<void> {
    const begun = round;
    let problem: StorageError | null = null;
    try {
      for (let again = true; again;) {
        const found = await scan();
        if (begun !== round) return;
        const changes = changesBetween([...known.values()], found.files);
        known = new Map(found.files.map((file) => [file.path, file]));
        if (tell) for (const change of changes) for (const listener of audience) listener.onChange(change);
        // A listener may have stopped us; and a folder that we only watch from now on may have changed since it was read.
        if (begun !== round) return;
        ({ again, problem } = watchAll(found.folders));
      }
    } catch (caught) {
      const error = asStorageError(caught, '');
      if (!(error instanceof StorageError)) throw error;
      problem = error;
      // What comes back under the old name is another folder, which the old watchers do not see.
      stopWatching();
    }
    if (begun !== round) return;
    report(problem);
    clearTimeout(retry);
    if (problem !== null && audience.size > 0) {
      retry = setTimeout(() => void inTurn(() => look(true)), retryMilliseconds);
      // Nothing that is only waited for keeps a process from ending.
      retry.unref();
    }
  }

  function watchAll(folders: readonly string[]): {
    readonly again: boolean;
    readonly problem: StorageError | null;
  } {
    const present = new Set(folders);
    for (const folder of watchers.keys()) if (!present.has(folder)) forget(folder);
    let again = false;
    for (const folder of folders) {
      if (watchers.has(folder)) continue;
      try {
        watchers.set(folder, watcherOf(folder));
        again = true;
      } catch (error) {
        const code = systemCodeOf(error);
        if (code === null) throw error;
        // Gone between the look and now: the next event will say so.
        if (code === 'ENOENT') continue;
        return { again: false, problem: unwatchable(code, error) };
      }
    }
    return { again, problem: null };
  }

  function watcherOf(folder: string): FSWatcher {
    const watcher = watchFolder(join(root, folder), (event, name) => {
      if (folder === '' && name !== null && !namesInRoot.includes(name)) return;
      // A folder taken away and put back under the same name is another folder, which the old watcher does not see.
      if (event === 'rename' && name !== null) forget(folder === '' ? name : `${folder}/${name}`);
      lookSoon();
    });
    // Windows reports the end of a watched folder as an error.
    watcher.on('error', () => {
      forget(folder);
      lookSoon();
    });
    return watcher;
  }

  function stopWatching(): void {
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
  }

  function forget(folder: string): void {
    if (!watchers.has(folder)) return;
    for (const [other, watcher] of watchers) {
      if (other !== folder && !other.startsWith(`${folder}/`)) continue;
      watcher.close();
      watchers.delete(other);
    }
  }

  function lookSoon(): void {
    const now = Date.now();
    restlessSince ??= now;
    clearTimeout(timer);
    const rest = Math.min(settleMilliseconds, restlessSince + patienceMilliseconds - now);
    timer = setTimeout(
      () => {
        restlessSince = null;
        void inTurn(() => look(true));
      },
      Math.max(0, rest),
    );
  }

  function report(problem: StorageError | null): void {
    if (problem?.message === trouble?.message) return;
    trouble = problem;
    for (const listener of audience) listener.onTrouble(problem);
  }

  function begin(): void {
    round += 1;
    armed = inTurn(() => look(false));
  }

  function end(): void {
    round += 1;
    clearTimeout(timer);
    clearTimeout(retry);
    restlessSince = null;
    stopWatching();
    known = new Map();
    trouble = null;
    armed = Promise.resolve();
  }

  return {
    start(onChange, onTrouble) {
      const listener: Listener = { onChange, onTrouble };
      audience.add(listener);
      if (audience.size === 1) begin();
      else if (trouble !== null) onTrouble(trouble);
      return () => {
        if (audience.delete(listener) && audience.size === 0) end();
      };
    },
    armed: () => armed,
    expect(path, file) {
      if (file === undefined) known.delete(path);
      else known.set(path, file);
    },
  };
}

function unwatchable(code: string, error: unknown): StorageError {
  const why =
    code === 'ENOSPC' || code === 'EMFILE'
      ? 'the system allows no more watched folders'
      : `the system reports ${code}`;
  return new StorageError('failed', `Changes made by other programs may go unnoticed: ${why}.`, {
    cause: error,
  });
}
