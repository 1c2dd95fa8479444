import type { Publishing } from '../publishing/publishing.ts';
import { formatEvent } from '../storage/event-stream.ts';
import type { Storage, StorageChange, StorageError } from '../storage/storage.ts';

/** Tells every open page what happens to the files, and that somebody decided or published. */
export interface EventHub {
  /** A new stream of events for a page; null once the hub has ended. Throws what `storage.list` throws. */
  open(client: string | null): Promise<ReadableStream<Uint8Array> | null>;
  /** A change made through the API: told to all but the page that made it. */
  tell(change: StorageChange, exceptTo: string | null): void;
  /** Whether the page has a stream open, or comes by for one again and again. */
  isListening(client: string): boolean;
  /** Ends all streams, so that nothing keeps the server from closing. */
  readonly end: () => void;
}

/** A line that says nothing for long may be dead without either side knowing; the page waits for three of these. */
const heartbeatMilliseconds = 15_000;

/**
 * A browser opens no more than six connections to one server, for all its tabs together. A stream keeps one for as long
 * as it is open, so only so many stay open; a page beyond that is given the list of files and told to come again.
 */
const mostLines = 3;
const comeAgainMilliseconds = 2000;

interface Line {
  readonly client: string | null;
  readonly send: (name: string, data: unknown) => void;
  readonly close: () => void;
}

/**
 * Each stream begins with `files`, the versions of all files, and `standing`, how decisions and releases stand, so that a
 * page whose line was down can tell what it missed. Then `change`, `standing`, `trouble` and `alive` follow as they happen;
 * or `again`, after which the stream ends.
 * Storage and publishing are watched only while somebody listens.
 */
export function createEventHub(storage: Storage, publishing: Pick<Publishing, 'watch'>): EventHub {
  const lines = new Set<Line>();
  /** Until when a page that was told to come again is taken for open. */
  const visitors = new Map<string, number>();
  let stopWatching: (() => void) | null = null;
  /** How decisions and releases stand, once that is known. */
  let standing: Promise<string> | null = null;
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  let trouble: StorageError | null = null;
  let ended = false;

  function join(line: Line): void {
    lines.add(line);
    if (stopWatching !== null) return;
    let stopStanding = (): void => undefined;
    standing = new Promise((resolve) => {
      let isFirst = true;
      stopStanding = publishing.watch((now) => {
        resolve(now);
        // How it stands at first is said where a stream begins.
        if (!isFirst) for (const other of lines) other.send('standing', now);
        if (!isFirst) standing = Promise.resolve(now);
        isFirst = false;
      });
    });
    const stopFiles = storage.watch(
      (change) => tell(change, null),
      (problem) => {
        trouble = problem;
        for (const other of lines) other.send('trouble', described(problem));
      },
    );
    stopWatching = () => {
      stopStanding();
      stopFiles();
    };
    heartbeat = setInterval(() => {
      for (const other of lines) other.send('alive', null);
    }, heartbeatMilliseconds);
  }

  function leave(line: Line): void {
    if (!lines.delete(line) || lines.size > 0) return;
    stopWatching?.();
    stopWatching = null;
    clearInterval(heartbeat);
    trouble = null;
  }

  function tell(change: StorageChange, exceptTo: string | null): void {
    for (const line of lines) {
      if (exceptTo === null || line.client !== exceptTo) line.send('change', change);
    }
  }

  return {
    tell,

    async open(client) {
      if (ended) return null;
      const { line, stream } = openLine(client, leave);
      const stays = lines.size < mostLines;
      join(line);
      try {
        // Asked after joining: what changes from here on is in the list or told after it.
        const [files, stands] = await Promise.all([storage.list(), standing]);
        line.send('files', files);
        line.send('standing', stands);
      } catch (error) {
        line.close();
        throw error;
      }
      if (trouble !== null) line.send('trouble', described(trouble));
      if (!stays) {
        if (client !== null) visitors.set(client, Date.now() + 2 * comeAgainMilliseconds);
        line.send('again', { after: comeAgainMilliseconds });
        line.close();
      }
      return stream;
    },

    isListening: (client) =>
      (visitors.get(client) ?? 0) > Date.now() || [...lines].some((line) => line.client === client),

    end() {
      ended = true;
      for (const line of lines) line.close();
    },
  };
}

/** Keeps changes back until `files` has been sent, because the page cannot place them before. */
function openLine(client: string | null, onClosed: (line: Line) => void) {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let early: string[] | null = [];
  let isOpen = true;

  const line: Line = {
    client,
    send(name, data) {
      if (!isOpen) return;
      const event = formatEvent(name, data);
      if (early !== null && name === 'change') {
        early.push(event);
        return;
      }
      controller.enqueue(encoder.encode(event));
      if (name !== 'files' || early === null) return;
      for (const kept of early) controller.enqueue(encoder.encode(kept));
      early = null;
    },
    close() {
      if (!isOpen) return;
      left();
      controller.close();
    },
  };

  function left(): void {
    if (!isOpen) return;
    isOpen = false;
    onClosed(line);
  }

  const stream = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    // The page was closed.
    cancel: left,
  });
  return { line, stream };
}

function described(problem: StorageError | null): { readonly code: string; readonly message: string } | null {
  return problem === null ? null : { code: problem.code, message: problem.message };
}
