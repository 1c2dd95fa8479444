import { Hono } from 'hono';
import type { Context } from 'hono';
import { maxFileBytes } from '../storage/content.ts';
import { createNoPublishing } from '../publishing/no-publishing.ts';
import type { Exporting } from '../publishing/exporting.ts';
import { createNoExporting } from '../publishing/no-exporting.ts';
import type { Publishing } from '../publishing/publishing.ts';
import type { DraftStore } from '../storage/drafts.ts';
import { createMemoryDrafts } from '../storage/memory-drafts.ts';
import { removalOf, StorageError } from '../storage/storage.ts';
import type { Storage, StorageErrorCode, StoredText } from '../storage/storage.ts';
import { createEventHub } from './events.ts';
import type { Neighbours } from './folders.ts';
import { BadRequest, badBody } from './bad-request.ts';
import { exportRequestIn, exportStream } from './export-request.ts';
import { decideRequestIn, publishRequestIn } from './publishing-requests.ts';
import { refusalOfMark, refusalOfPlace, refusalOfToken } from './guard.ts';
import type { Door } from './guard.ts';

export interface ApiOptions {
  readonly door: Door;
  /** How the workspace is called on the screen. */
  readonly workspaceName: string;
  /** Left out: drafts outlive a page, but not the server. */
  readonly drafts?: DraftStore;
  /** Left out: the page leads to no other folder. */
  readonly neighbours?: Neighbours;
  /** Left out: nothing can be approved or published from here. */
  readonly publishing?: Publishing;
  /** Left out: nothing can be exported from here. */
  readonly exporting?: Exporting;
}

export interface Api {
  /** Answers every request to `/api/…`; pure but for the storage, so tests need no socket. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Ends the event streams, which would keep a server from closing. */
  readonly endStreams: () => void;
}

/**
 * GET    /api/workspace       {name}
 * GET    /api/files           {files: [{path, text, version}], unreadable: [{path, code, reason}]}
 * GET    /api/file?path=      {path, text, version}
 * PUT    /api/file?path=      {text, expectedVersion} → {version}, or 409 {current: {text, version} | null}
 * DELETE /api/file?path=      {expectedVersion} → {version: null}, or 409 as above
 * GET    /api/drafts          {drafts: [{tab, path, text, base, at, inUse}]}
 * PUT    /api/draft?tab=&path=  {text, base, at} → {}
 * DELETE /api/draft?tab=&path=  → {}
 * GET    /api/folders         {folders: [{id, name, folder, isHere}]}, those that were opened last
 * POST   /api/folders/open?id=  → {address}; the folder is then open at a port and with a token of its own
 * POST   /api/folders/forget?id=  → {}; takes it off the list
 * GET    /api/releases        {releases: [{number, manifest, sha256}], problems, interrupted}
 * GET    /api/release?number=  {number, sha256, manifest, files: [{path, text}]}
 * GET    /api/approval        {approval, refusals, last, interrupted}: what is to be decided, and what holds back
 * POST   /api/approval        {verdict, items: [id] | 'all', who, why} → {decided, refused, page}
 * POST   /api/publish         {who, why, overrides: [{what, reason}], seen: {against, files} | null}
 *                             → {published, number, sha256, manifest, refusals, interrupted}
 * GET    /api/export          {targets: [{id, title, audience, decides}]}
 * GET    /api/export/keys     {folder, keys: [{name, keyId}], unusable: [{name, why}]}; never a private key
 * POST   /api/export          {targets: [id], version, mutants, withoutSaved, signWith} → JSON lines {progress}, then {result} or {error}
 * GET    /api/events?client=  server-sent events: `files`, `standing`, `change`, `trouble`, `alive`, `again` (see events.ts)
 *
 * Errors are {error: {code, message}}, the message a sentence to be shown.
 * Nothing is logged: encounters can hold what patients told in confidence.
 */
export function createApi(storage: Storage, options: ApiOptions): Api {
  const {
    door,
    workspaceName,
    drafts = createMemoryDrafts(),
    neighbours = noNeighbours,
    publishing = createNoPublishing(),
    exporting = createNoExporting(),
  } = options;
  const hub = createEventHub(storage, publishing);
  const app = new Hono();

  app.use(async (context, next) => {
    const { headers, method } = context.req.raw;
    const refusal =
      refusalOfPlace(headers, door) ?? refusalOfToken(headers, door) ?? refusalOfMark(method, headers);
    if (refusal !== null) return problem(refusal.status, refusal.code, refusal.message);
    await next();
    // Policies are the author's alone, and an old answer would be a wrong one.
    context.res.headers.set('cache-control', 'no-store');
    return undefined;
  });
  app.use(async (context, next) => {
    const { headers } = context.req.raw;
    if (headers.has('transfer-encoding')) {
      return problem(411, 'bad-request', 'The request must say how long it is before it begins.');
    }
    // Node reads no more than was announced.
    if (Number(headers.get('content-length') ?? 0) > maxBodyBytes) {
      return problem(413, 'too-large', 'The text is larger than 2 MB.');
    }
    await next();
    return undefined;
  });

  app.get('/api/workspace', (context) => context.json({ name: workspaceName }));

  app.get('/api/files', async (context) => context.json(await storage.readAll()));

  app.get('/api/file', async (context) => {
    const path = pathIn(context);
    return context.json({ path, ...(await storage.read(path)) });
  });

  app.put('/api/file', async (context) => {
    const path = pathIn(context);
    const { text, expectedVersion } = await bodyOf(context);
    if (typeof text !== 'string' || !(expectedVersion === null || typeof expectedVersion === 'string')) {
      throw badBody('{"text": string, "expectedVersion": string or null}');
    }
    const result = await storage.write(path, text, expectedVersion);
    if (result.kind === 'conflict') return conflict(result.current);
    hub.tell({ kind: 'written', path, version: result.version }, clientOf(context));
    return context.json({ version: result.version });
  });

  app.delete('/api/file', async (context) => {
    const path = pathIn(context);
    const { expectedVersion } = await bodyOf(context);
    if (typeof expectedVersion !== 'string') throw badBody('{"expectedVersion": string}');
    const result = await storage.remove(path, expectedVersion);
    if (result.kind === 'conflict') return conflict(result.current);
    hub.tell(removalOf(path), clientOf(context));
    return context.json({ version: null });
  });

  app.get('/api/drafts', async (context) => {
    const found = await drafts.load();
    // A tab that listens is open, whatever the browser that asks can see of it.
    const withTabs = found.map((draft) => ({ ...draft, inUse: draft.inUse || hub.isListening(draft.tab) }));
    return context.json({ drafts: withTabs });
  });

  app.put('/api/draft', async (context) => {
    const { text, base, at } = await bodyOf(context);
    if (typeof text !== 'string' || typeof at !== 'string' || !(base === null || typeof base === 'string')) {
      throw badBody('{"text": string, "base": string or null, "at": string}');
    }
    await drafts.put({ tab: tabIn(context), path: pathIn(context), text, base, at });
    return context.json({});
  });

  app.delete('/api/draft', async (context) => {
    await drafts.remove(tabIn(context), pathIn(context));
    return context.json({});
  });

  app.get('/api/folders', async (context) => context.json({ folders: await neighbours.list() }));

  app.post('/api/folders/open', async (context) => {
    return context.json({ address: await neighbours.open(idIn(context)) });
  });

  app.post('/api/folders/forget', async (context) => {
    await neighbours.forget(idIn(context));
    return context.json({});
  });

  app.get('/api/releases', async (context) => context.json(await publishing.history()));

  app.get('/api/release', async (context) => context.json(await publishing.release(numberIn(context))));

  app.get('/api/approval', async (context) => context.json(await publishing.approval()));

  app.post('/api/approval', async (context) => {
    return context.json(await publishing.decide(decideRequestIn(await bodyOf(context))));
  });

  app.post('/api/publish', async (context) => {
    return context.json(await publishing.publish(publishRequestIn(await bodyOf(context))));
  });

  app.get('/api/export', async (context) => context.json({ targets: await exporting.targets() }));

  app.get('/api/export/keys', async (context) => context.json(await exporting.keys()));

  app.post('/api/export', async (context) => {
    const request = exportRequestIn(await bodyOf(context));
    return context.body(exportStream(exporting, request), 200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
    });
  });

  app.get('/api/events', async (context) => {
    // Hono answers HEAD by GET and throws the body away: a stream that nobody would ever end.
    if (context.req.raw.method !== 'GET') return noSuchThing();
    const stream = await hub.open(context.req.query('client') ?? null);
    if (stream === null) return problem(503, 'unreachable', 'The server is closing.');
    return context.body(stream, 200, { 'content-type': 'text/event-stream; charset=utf-8' });
  });

  app.notFound(() => noSuchThing());
  app.onError((error) => problemOf(error));

  return { fetch: async (request) => app.fetch(request), endStreams: hub.end };
}

const noNeighbours: Neighbours = {
  list: () => Promise.resolve([]),
  open: () => Promise.reject(new StorageError('not-found', 'No other folder can be opened from here.')),
  forget: () => Promise.resolve(),
};

/** JSON doubles a text at the most where it is made of line breaks and quotes; the storage measures the text itself. */
const maxBodyBytes = 2 * maxFileBytes + 10_000;

async function bodyOf(context: Context): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await context.req.json().catch(() => null);
  if (typeof body !== 'object' || body === null) throw new BadRequest('The body must be a JSON object.');
  return body as Readonly<Record<string, unknown>>;
}

function pathIn(context: Context): string {
  const path = context.req.query('path');
  if (path === undefined) throw new BadRequest('The address must say which file: `?path=…`.');
  return path;
}

function numberIn(context: Context): number {
  const number = Number(context.req.query('number') ?? NaN);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new BadRequest('The address must say which release: `?number=…`.');
}

function idIn(context: Context): string {
  const id = context.req.query('id');
  if (id === undefined) throw new BadRequest('The address must say which folder: `?id=…`.');
  return id;
}

function tabIn(context: Context): string {
  const tab = context.req.query('tab');
  if (tab === undefined) throw new BadRequest('The address must say which tab: `?tab=…`.');
  return tab;
}

function clientOf(context: Context): string | null {
  return context.req.header('x-proviso-client') ?? null;
}

const statuses = {
  'unsafe-path': 400,
  'not-a-workspace-file': 400,
  link: 400,
  'not-found': 404,
  'not-a-file': 422,
  'too-large': 413,
  'not-utf8': 422,
  'not-permitted': 500,
  'read-only': 500,
  'disk-full': 507,
  busy: 503,
  taken: 503,
  unreachable: 502,
  refused: 502,
  failed: 500,
} satisfies Record<StorageErrorCode, number>;

function problemOf(error: Error): Response {
  if (error instanceof StorageError) return problem(statuses[error.code], error.code, error.message);
  if (error instanceof BadRequest) return problem(400, 'bad-request', error.message);
  return problem(500, 'failed', `The server made a mistake of its own: ${error.message}`);
}

export function problem(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status, headers: { 'cache-control': 'no-store' } });
}

function noSuchThing(): Response {
  return problem(404, 'not-found', 'The server has nothing of this name.');
}

function conflict(current: StoredText | null): Response {
  return Response.json({ current }, { status: 409 });
}
