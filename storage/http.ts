import { eventsOf } from './event-stream.ts';
import type { StreamEvent } from './event-stream.ts';
import { answerIn, createRequest, isRecord, reached, unreachable } from './http-request.ts';
import type { HttpOptions } from './http-request.ts';
import { byPath, changesBetween, fileAfter, removalOf, sameFile, StorageError } from './storage.ts';
import type {
  Conflict,
  Contents,
  Storage,
  StorageChange,
  StorageErrorCode,
  StoredFile,
  StoredText,
} from './storage.ts';
import { checkPath } from './workspace-path.ts';

export interface HttpStorage extends Storage {
  /**
   * What the stream of events tells beside the files, by the name of the event, as long as somebody watches the files.
   * The function given back stops it.
   */
  readonly hear: (name: string, listener: (data: unknown) => void) => () => void;
}

/** The workspace behind the local server, seen from a page (or from any program that has `fetch`). */
export function createHttpStorage(options: HttpOptions = {}): HttpStorage {
  const client = options.client ?? crypto.randomUUID();
  const request = createRequest({ ...options, client });
  const feed = createFeed((signal) => request('GET', `/api/events?client=${client}`, undefined, signal));

  async function readAll(): Promise<Contents> {
    await feed.armed();
    return (await answerIn(await request('GET', '/api/files'))) as Contents;
  }

  return {
    readAll,

    async list() {
      const { files, unreadable } = await readAll();
      const readable = files.map(({ path, version }): StoredFile => ({ kind: 'readable', path, version }));
      return [...readable, ...unreadable].sort(byPath);
    },

    async read(path) {
      checkPath(path);
      await feed.armed();
      const { text, version } = (await answerIn(await request('GET', addressOf(path)))) as StoredText;
      return { text, version };
    },

    async write(path, text, expectedVersion) {
      checkPath(path);
      const response = await request('PUT', addressOf(path), { text, expectedVersion });
      if (response.status === 409) return conflictIn(response);
      const { version } = (await answerIn(response)) as { readonly version: string };
      feed.expect({ kind: 'written', path, version });
      return { kind: 'written', version };
    },

    async remove(path, expectedVersion) {
      checkPath(path);
      const response = await request('DELETE', addressOf(path), { expectedVersion });
      if (response.status === 409) return conflictIn(response);
      feed.expect(removalOf(path));
      return { kind: 'removed' };
    },

    watch(onChange, onTrouble = () => undefined) {
      return feed.start({ onChange, onTrouble });
    },

    hear: feed.hear,
  };
}

function addressOf(path: string): string {
  return `/api/file?path=${encodeURIComponent(path)}`;
}

async function conflictIn(response: Response): Promise<Conflict> {
  const { current } = (await answerIn(response)) as { readonly current: StoredText | null };
  return { kind: 'conflict', current };
}

interface Listener {
  readonly onChange: (change: StorageChange) => void;
  readonly onTrouble: (trouble: StorageError | null) => void;
}

interface Feed {
  start(listener: Listener): () => void;
  /** Resolves when every later change will be told, or the first attempt to reach the server has failed. */
  armed(): Promise<void>;
  /** Our own save: what the file is now is not news. */
  expect(change: StorageChange): void;
  readonly hear: HttpStorage['hear'];
}

/** The server gives a sign of life every 15 seconds; after three that did not come, the line is taken for dead. */
const silenceMilliseconds = 45_000;
const firstPauseMilliseconds = 250;
const longestPauseMilliseconds = 5000;

/**
 * One stream of events for all who listen, taken up again whenever it breaks.
 * Each stream begins with the versions of all files, so that what happened while the line was down is told afterwards.
 * With many tabs open the server keeps no stream for each: it answers with these versions and when to ask again.
 */
function createFeed(open: (signal: AbortSignal) => Promise<Response>): Feed {
  const audience = new Set<Listener>();
  const others = new Set<{ readonly name: string; readonly listener: (data: unknown) => void }>();
  let known: Map<string, StoredFile> | null = null;
  let trouble: StorageError | null = null;
  let line: AbortController | null = null;
  let armed: Promise<void> = Promise.resolve();

  async function follow(signal: AbortSignal, onArmed: () => void): Promise<void> {
    let pause = firstPauseMilliseconds;
    while (!signal.aborted) {
      try {
        const again = await followOnce(signal, () => {
          pause = firstPauseMilliseconds;
          onArmed();
        });
        if (again !== null) {
          await passed(again, signal);
          continue;
        }
        if (!signal.aborted) report(unreachable());
      } catch (error) {
        if (signal.aborted) break;
        if (!(error instanceof StorageError)) throw error;
        report(error);
      }
      onArmed();
      await passed(pause, signal);
      pause = Math.min(pause * 2, longestPauseMilliseconds);
    }
    onArmed();
  }

  /** Gives after how many milliseconds the server wants to be asked again; null: the line broke. */
  async function followOnce(signal: AbortSignal, onFiles: () => void): Promise<number | null> {
    const connection = new AbortController();
    const hangUp = () => connection.abort();
    signal.addEventListener('abort', hangUp);
    let silence = setTimeout(hangUp, silenceMilliseconds);
    try {
      const response = await open(connection.signal);
      const events = eventsOf(response.body!);
      for (;;) {
        const next = await reached(() => events.next());
        if (next.done === true || signal.aborted) return null;
        clearTimeout(silence);
        silence = setTimeout(hangUp, silenceMilliseconds);
        hear(next.value);
        if (next.value.name === 'files') onFiles();
        if (next.value.name === 'again') return (next.value.data as { readonly after: number }).after;
        if (signal.aborted) return null;
      }
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', hangUp);
      hangUp();
    }
  }

  function hear(event: StreamEvent): void {
    if (event.name === 'files') hearFiles(event.data as readonly StoredFile[]);
    if (event.name === 'change') hearChange(event.data as StorageChange);
    if (event.name === 'trouble') report(troubleIn(event.data));
    for (const { name, listener } of others) if (name === event.name) listener(event.data);
  }

  function hearFiles(files: readonly StoredFile[]): void {
    const changes = known === null ? [] : changesBetween([...known.values()], files);
    known = new Map(files.map((file) => [file.path, file]));
    report(null);
    changes.forEach(tell);
  }

  function hearChange(change: StorageChange): void {
    if (sameFile(known?.get(change.path), fileAfter(change))) return;
    expect(change);
    tell(change);
  }

  function tell(change: StorageChange): void {
    for (const listener of audience) listener.onChange(change);
  }

  function expect(change: StorageChange): void {
    const file = fileAfter(change);
    if (file === undefined) known?.delete(change.path);
    else known?.set(change.path, file);
  }

  function report(problem: StorageError | null): void {
    if (problem?.message === trouble?.message) return;
    trouble = problem;
    for (const listener of audience) listener.onTrouble(problem);
  }

  function begin(): void {
    const current = new AbortController();
    line = current;
    armed = new Promise((resolve) => void follow(current.signal, resolve));
  }

  function end(): void {
    line?.abort();
    line = null;
    known = null;
    trouble = null;
    armed = Promise.resolve();
  }

  return {
    start(given) {
      // A copy, so that the same listener given twice is two.
      const listener = { ...given };
      audience.add(listener);
      if (audience.size === 1) begin();
      else if (trouble !== null) listener.onTrouble(trouble);
      return () => {
        if (audience.delete(listener) && audience.size === 0) end();
      };
    },
    armed: () => armed,
    expect,
    hear(name, listener) {
      const other = { name, listener };
      others.add(other);
      return () => void others.delete(other);
    },
  };
}

function troubleIn(data: unknown): StorageError | null {
  if (!isRecord(data)) return null;
  return new StorageError(data['code'] as StorageErrorCode, String(data['message']));
}

/** Waits, but not after the signal. */
async function passed(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
