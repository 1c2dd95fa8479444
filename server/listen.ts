import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Exporting } from '../publishing/exporting.ts';
import type { Publishing } from '../publishing/publishing.ts';
import type { DraftStore } from '../storage/drafts.ts';
import type { Storage } from '../storage/storage.ts';
import type { Neighbours } from './folders.ts';
import { createSite } from './site.ts';
import { openEditorFiles } from './static.ts';

export interface ListenOptions {
  readonly storage: Storage;
  /** Left out: drafts outlive a page, but not the server. */
  readonly drafts?: DraftStore;
  /** How the workspace is called on the screen. */
  readonly workspaceName: string;
  /** Left out: the page leads to no other folder. */
  readonly neighbours?: Neighbours;
  /** Left out: nothing can be approved or published from here. */
  readonly publishing?: Publishing;
  /** Left out: nothing can be exported from here. */
  readonly exporting?: Exporting;
  /** The folder of the built editor. */
  readonly editorFolder: string;
  /** Left out or 0: any free port. */
  readonly port?: number;
  /** Left out: a new one, which nobody can guess. */
  readonly token?: string;
}

export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** What to open in the browser: the origin with the token. */
  readonly address: string;
  readonly port: number;
  readonly token: string;
  /** Ends event streams, lets what is under way finish, and resolves when nothing is left. */
  readonly close: () => Promise<void>;
}

/** Starts the server, reachable from this machine only. */
export async function listen(options: ListenOptions): Promise<RunningServer> {
  const editor = await openEditorFiles(options.editorFolder);
  const token = options.token ?? newToken();
  const server = createServer();
  const port = await bind(server, options.port ?? 0);

  const { storage, workspaceName, drafts, neighbours, publishing, exporting } = options;
  const door = { port, token };
  const site = createSite(storage, editor, {
    door,
    workspaceName,
    ...(drafts === undefined ? {} : { drafts }),
    ...(neighbours === undefined ? {} : { neighbours }),
    ...(publishing === undefined ? {} : { publishing }),
    ...(exporting === undefined ? {} : { exporting }),
  });
  const answer = getRequestListener(site.fetch, { overrideGlobalObjects: false });
  const answers = new Set<ServerResponse>();
  server.on('request', (incoming, outgoing) => {
    answers.add(outgoing);
    outgoing.once('close', () => answers.delete(outgoing));
    void answer(incoming, outgoing);
  });

  const origin = `http://127.0.0.1:${port}`;
  let closed: Promise<void> | null = null;
  return {
    origin,
    address: `${origin}/?token=${token}`,
    port,
    token,
    close: () => {
      site.endStreams();
      return (closed ??= closeServer(server, answers));
    },
  };
}

/** Closes the server when the terminal or the system asks the process to end, which then ends by itself. */
export function closeOnSignals(running: RunningServer): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.close());
}

/** 256 bits, in letters that need no escaping in an address or a cookie. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Resolves with the port once the server has it. */
async function bind(server: Server, port: number): Promise<number> {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`A port is a whole number from 0 to 65535, and ${port} is none.`);
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(bindingError(error, port)));
    server.listen({ host: '127.0.0.1', port }, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function bindingError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    const message = `Port ${port} is in use by another program. Stop that program or choose another port; port 0 takes any that is free.`;
    return new Error(message, { cause: error });
  }
  if (error.code === 'EACCES') {
    return new Error(`The system does not permit port ${port}. Choose one from 1024 upwards.`, {
      cause: error,
    });
  }
  return error;
}

/** Whoever has not finished after this long is cut off. */
const graceMilliseconds = 2000;

async function closeServer(server: Server, answers: ReadonlySet<ServerResponse>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const grace = AbortSignal.timeout(graceMilliseconds);
  await Promise.all(
    [...answers].map((answer) => once(answer, 'close', { signal: grace }).catch(() => undefined)),
  );
  // Browsers keep connections open for later, some before they ever asked for anything; nobody is waiting on those.
  server.closeAllConnections();
  await closed;
}
