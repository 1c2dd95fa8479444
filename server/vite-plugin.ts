import { basename, resolve } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Plugin } from 'vite';
import { openDiskPublishing } from '../publishing/disk-publishing.ts';
import type { Publishing } from '../publishing/publishing.ts';
import { systemClock } from '../publishing/system-clock.ts';
import { openDiskDrafts } from '../storage/disk-drafts.ts';
import { openDiskStorage } from '../storage/disk.ts';
import type { DraftStore } from '../storage/drafts.ts';
import type { Storage } from '../storage/storage.ts';
import { refusalOfPlace } from './guard.ts';
import type { Door } from './guard.ts';
import { newToken } from './listen.ts';
import { answerEntrance, refusalPage } from './page.ts';
import { createApi } from './routes.ts';
import type { Api } from './routes.ts';
import { isApi } from './site.ts';

/**
 * The same API inside `vite dev` and `vite preview`, over a workspace folder.
 * The pages come from Vite there, without our Content-Security-Policy, which its live reloading could not live under.
 */
export function provisoApi(options: { readonly folder: string }): Plugin {
  const token = newToken();

  return {
    name: 'proviso-api',
    async configureServer(server) {
      const api = await middleware(options.folder, token);
      server.middlewares.use((...exchange) => api.handle(...exchange));
      server.httpServer?.once('close', api.endStreams);
      printAddress(server, token);
    },
    async configurePreviewServer(server) {
      const api = await middleware(options.folder, token);
      server.middlewares.use((...exchange) => api.handle(...exchange));
      server.httpServer.once('close', api.endStreams);
      printAddress(server, token);
    },
  };
}

type Next = (error?: unknown) => void;

async function middleware(folder: string, token: string) {
  const storage = await openDiskStorage(folder);
  const drafts = await openDiskDrafts(folder);
  const publishing = await openDiskPublishing(folder, systemClock);
  let door: LocalDoor | null = null;
  return {
    handle(incoming: IncomingMessage, outgoing: ServerResponse, next: Next): void {
      // Which port Vite was given is known only once somebody has come through it.
      door ??= openDoor({ storage, drafts, publishing }, basename(resolve(folder)), {
        port: incoming.socket.localPort!,
        token,
      });
      const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
      const isEntrance = incoming.method === 'GET' && pathname === '/' && searchParams.has('token');
      if (isApi(pathname)) void door.answerApi(incoming, outgoing);
      else if (isEntrance) void door.answerEntrance(incoming, outgoing);
      else next();
    },
    endStreams: () => door?.api.endStreams(),
  };
}

interface LocalDoor {
  readonly api: Api;
  readonly answerApi: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;
  readonly answerEntrance: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;
}

interface Folder {
  readonly storage: Storage;
  readonly drafts: DraftStore;
  readonly publishing: Publishing;
}

function openDoor({ storage, drafts, publishing }: Folder, workspaceName: string, door: Door): LocalDoor {
  const api = createApi(storage, { door, workspaceName, drafts, publishing });
  const enter = (request: Request): Response => {
    const refusal = refusalOfPlace(request.headers, door);
    if (refusal !== null) return refusalPage(refusal);
    // Only called for what is an entrance.
    return answerEntrance(request, door)!;
  };
  const quietly = { overrideGlobalObjects: false };
  return {
    api,
    answerApi: getRequestListener(api.fetch, quietly),
    answerEntrance: getRequestListener(enter, quietly),
  };
}

/** Beside the addresses that Vite prints, the one that lets the page in. */
function printAddress(server: ViteAddresses, token: string): void {
  const printUrls = server.printUrls.bind(server);
  server.printUrls = () => {
    printUrls();
    for (const address of server.resolvedUrls?.local ?? []) {
      server.config.logger.info(`  ➜  Workbench: ${address}?token=${token}`);
    }
  };
}

interface ViteAddresses {
  printUrls(): void;
  readonly resolvedUrls: { readonly local: readonly string[] } | null;
  readonly config: { readonly logger: { info(message: string): void } };
}
