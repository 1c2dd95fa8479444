import { describe, expect, test } from 'vitest';
import { maxFileBytes } from '../storage/content.ts';
import { eventsOf } from '../storage/event-stream.ts';
import type { StreamEvent } from '../storage/event-stream.ts';
import { createMemoryStorage } from '../storage/memory.ts';
import { versionOfText } from '../storage/storage.cases.ts';
import type { Storage } from '../storage/storage.ts';
import { createApi } from './routes.ts';

const welcome = { host: '127.0.0.1:4173', 'x-proviso-token': 'token', 'x-proviso': '1' };

async function api(
  files: Readonly<Record<string, string>> = {},
  change: (storage: Storage) => Storage = (same) => same,
) {
  const storage = await createMemoryStorage(files);
  let watching = 0;
  const counted: Storage = {
    ...storage,
    watch(...listeners) {
      watching += 1;
      const stop = storage.watch(...listeners);
      return () => {
        watching -= 1;
        stop();
      };
    },
  };
  const { fetch, endStreams } = createApi(change(counted), {
    door: { port: 4173, token: 'token' },
    workspaceName: 'policies',
  });
  const request = (asked: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const [method, address] = asked.split(' ') as [string, string];
    const sent = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const init = {
      method,
      headers: { ...welcome, ...headers },
      ...(sent === undefined ? {} : { body: sent }),
    };
    return fetch(new Request(`http://127.0.0.1:4173${address}`, init));
  };
  return {
    storage,
    endStreams,
    request,
    watching: () => watching,
    /** The status and the body: the whole answer. */
    ask: async (...parts: Parameters<typeof request>): Promise<readonly [number, unknown]> => {
      const response = await request(...parts);
      return [response.status, await response.json()];
    },
    events: async (client: string) => {
      const { body } = await request(`GET /api/events?client=${client}`);
      const events = eventsOf(body!);
      return {
        next: async (): Promise<StreamEvent | 'end'> => {
          const { done, value } = await events.next();
          return done === true ? 'end' : value;
        },
        hangUp: () => events.return(undefined),
      };
    },
  };
}

describe('files', () => {
  test('the name of the workspace', async () => {
    const { ask } = await api();
    expect(await ask('GET /api/workspace')).toEqual([200, { name: 'policies' }]);
  });

  test('all in one go, the unreadable with their reason', async () => {
    const { ask, storage } = await api({ 'rules/a.yaml': 'a' });
    await storage.outside.put('rules/bad.yaml', Uint8Array.of(0xff));
    expect(await ask('GET /api/files')).toEqual([
      200,
      {
        files: [{ path: 'rules/a.yaml', text: 'a', version: await versionOfText('a') }],
        unreadable: [
          {
            kind: 'unreadable',
            path: 'rules/bad.yaml',
            code: 'not-utf8',
            reason: '`rules/bad.yaml` is not UTF-8 text.',
          },
        ],
      },
    ]);
  });

  test('one', async () => {
    const { ask } = await api({ 'rules/a b.yaml': 'a' });
    const answer = { path: 'rules/a b.yaml', text: 'a', version: await versionOfText('a') };
    expect(await ask('GET /api/file?path=rules%2Fa%20b.yaml')).toEqual([200, answer]);
  });

  test('put: new, changed, conflict', async () => {
    const { ask } = await api();
    const put = (text: string, expectedVersion: string | null) =>
      ask('PUT /api/file?path=rules/a.yaml', { text, expectedVersion });
    const [one, two] = [await versionOfText('one'), await versionOfText('two')];
    expect(await put('one', null)).toEqual([200, { version: one }]);
    expect(await put('two', one)).toEqual([200, { version: two }]);
    expect(await put('three', one)).toEqual([409, { current: { text: 'two', version: two } }]);
    expect(await put('three', null)).toEqual([409, { current: { text: 'two', version: two } }]);
  });

  test('delete: conflict, removed, gone', async () => {
    const { ask } = await api({ 'rules/a.yaml': 'a' });
    const remove = (expectedVersion: string) =>
      ask('DELETE /api/file?path=rules/a.yaml', { expectedVersion });
    const version = await versionOfText('a');
    expect(await remove('old')).toEqual([409, { current: { text: 'a', version } }]);
    expect(await remove(version)).toEqual([200, { version: null }]);
    expect(await remove(version)).toEqual([409, { current: null }]);
  });
});

describe('errors', () => {
  const body = { text: 'x', expectedVersion: null };

  test.each([
    ['GET /api/file?path=rules/none.yaml', undefined, 404, 'not-found'],
    ['GET /api/file?path=../rules/a.yaml', undefined, 400, 'unsafe-path'],
    ['GET /api/file?path=%2e%2e%2frules%2fa.yaml', undefined, 400, 'unsafe-path'],
    ['GET /api/file?path=rules%2f..%2f..%2fetc%2fpasswd', undefined, 400, 'unsafe-path'],
    ['GET /api/file?path=%2Fetc%2Fpasswd', undefined, 400, 'unsafe-path'],
    ['GET /api/file?path=rules%5Ca.yaml', undefined, 400, 'unsafe-path'],
    ['GET /api/file?path=rules/a.yaml%00', undefined, 400, 'unsafe-path'],
    ['GET /api/file?path=package.json', undefined, 400, 'not-a-workspace-file'],
    ['GET /api/file?path=%252e%252e/a.yaml', undefined, 400, 'not-a-workspace-file'],
    ['GET /api/file', undefined, 400, 'bad-request'],
    ['PUT /api/file?path=../x.yaml', body, 400, 'unsafe-path'],
    ['PUT /api/file?path=rules/x.sh', body, 400, 'not-a-workspace-file'],
    ['PUT /api/file?path=rules/x.yaml', undefined, 400, 'bad-request'],
    ['PUT /api/file?path=rules/x.yaml', 'not JSON', 400, 'bad-request'],
    ['PUT /api/file?path=rules/x.yaml', '"text"', 400, 'bad-request'],
    ['PUT /api/file?path=rules/x.yaml', { text: 'x' }, 400, 'bad-request'],
    ['PUT /api/file?path=rules/x.yaml', { text: 1, expectedVersion: null }, 400, 'bad-request'],
    ['PUT /api/file?path=rules/x.yaml', { ...body, text: 'x'.repeat(maxFileBytes + 1) }, 413, 'too-large'],
    ['PUT /api/file?path=rules/x.yaml', { ...body, text: 'x'.repeat(3 * maxFileBytes) }, 413, 'too-large'],
    ['DELETE /api/file?path=rules/x.yaml', { expectedVersion: null }, 400, 'bad-request'],
    ['POST /api/file?path=rules/x.yaml', body, 404, 'not-found'],
    ['GET /api', undefined, 404, 'not-found'],
    ['GET /api/secrets', undefined, 404, 'not-found'],
    ['GET /api/files/', undefined, 404, 'not-found'],
  ])('%s %#', async (asked, sent, status, code) => {
    const { ask, storage } = await api();
    const message = expect.stringMatching(/^[A-Z`].*[.}]$/) as string;
    expect(await ask(asked, sent)).toEqual([status, { error: { code, message } }]);
    expect(await storage.list()).toEqual([]);
  });

  test.each([
    ['no token', { 'x-proviso-token': undefined }, 401, 'no-token'],
    ['a wrong token', { 'x-proviso-token': 'x' }, 403, 'wrong-token'],
    ['a foreign host', { host: 'evil.example' }, 403, 'foreign-host'],
    ['a foreign origin', { origin: 'http://evil.example' }, 403, 'foreign-origin'],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403, 'cross-site'],
    ['no mark', { 'x-proviso': undefined }, 403, 'no-mark'],
  ])('nothing is done for %s', async (_, headers, status, code) => {
    const { storage } = await api();
    const { fetch } = createApi(storage, { door: { port: 4173, token: 'token' }, workspaceName: 'policies' });
    const sent = Object.entries({ ...welcome, ...headers }).filter(
      (pair): pair is [string, string] => !!pair[1],
    );
    for (const address of ['/api/file?path=rules/x.yaml', '/api/nothing']) {
      const response = await fetch(
        new Request(`http://127.0.0.1:4173${address}`, {
          method: 'PUT',
          headers: sent,
          body: JSON.stringify({ text: 'x', expectedVersion: null }),
        }),
      );
      expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([
        status,
        code,
      ]);
    }
    expect(await storage.list()).toEqual([]);
  });

  test('a mistake of our own is answered, too', async () => {
    const broken = (storage: Storage): Storage => ({
      ...storage,
      readAll: () => Promise.reject(new TypeError('oh')),
    });
    const { ask } = await api({}, broken);
    expect(await ask('GET /api/files')).toEqual([
      500,
      { error: { code: 'failed', message: 'The server made a mistake of its own: oh' } },
    ]);
  });

  test('answers are kept nowhere', async () => {
    const { request } = await api({ 'rules/a.yaml': 'a' });
    for (const asked of [
      'GET /api/files',
      'GET /api/file?path=rules/a.yaml',
      'GET /api/file?path=x',
      'GET /api/x',
    ]) {
      expect((await request(asked)).headers.get('cache-control')).toBe('no-store');
    }
  });
});

/** What a server that publishes nothing says of decisions and releases. */
const nothingPublished = { name: 'standing', data: 'nothing' };

describe('events', () => {
  test('begin with all versions; then other programs and other pages, but not the page itself', async () => {
    const { storage, events, ask } = await api({ 'rules/a.yaml': 'a' });
    const [mine, theirs] = [await events('mine'), await events('theirs')];
    const a = { kind: 'readable', path: 'rules/a.yaml', version: await versionOfText('a') };
    for (const line of [mine, theirs])
      expect([await line.next(), await line.next()]).toEqual([
        { name: 'files', data: [a] },
        nothingPublished,
      ]);

    await ask(
      'PUT /api/file?path=rules/b.yaml',
      { text: 'b', expectedVersion: null },
      { 'x-proviso-client': 'mine' },
    );
    await storage.outside.put('rules/c.yaml', 'c');
    await ask(
      'DELETE /api/file?path=rules/a.yaml',
      { expectedVersion: a.version },
      { 'x-proviso-client': 'mine' },
    );
    await ask('PUT /api/file?path=rules/d.yaml', { text: 'd', expectedVersion: null });

    const written = async (name: string) => {
      const data = { kind: 'written', path: `rules/${name}.yaml`, version: await versionOfText(name) };
      return { name: 'change', data };
    };
    const removed = { name: 'change', data: { kind: 'removed', path: 'rules/a.yaml', version: null } };
    expect([await mine.next(), await mine.next()]).toEqual([await written('c'), await written('d')]);
    expect([await theirs.next(), await theirs.next(), await theirs.next(), await theirs.next()]).toEqual([
      await written('b'),
      await written('c'),
      removed,
      await written('d'),
    ]);
  });

  test('the storage is watched while somebody listens', async () => {
    const { events, watching } = await api();
    expect(watching()).toBe(0);
    const [one, two] = [await events('one'), await events('two')];
    expect(watching()).toBe(1);
    await one.next();
    await one.hangUp();
    expect(watching()).toBe(1);
    await two.next();
    await two.hangUp();
    expect(watching()).toBe(0);
  });

  test('stay open for three pages; a fourth is given the list and told to come again', async () => {
    const { events, watching } = await api({ 'rules/a.yaml': 'a' });
    const lines = [];
    for (const page of ['one', 'two', 'three', 'four']) lines.push(await events(page));
    const files = {
      name: 'files',
      data: [{ kind: 'readable', path: 'rules/a.yaml', version: await versionOfText('a') }],
    };
    for (const line of lines)
      expect([await line.next(), await line.next()]).toEqual([files, nothingPublished]);
    expect([await lines[3]!.next(), await lines[3]!.next()]).toEqual([
      { name: 'again', data: { after: 2000 } },
      'end',
    ]);
    // When one of the three goes, the next that comes may stay.
    await lines[0]!.hangUp();
    const five = await events('five');
    expect(await five.next()).toEqual(files);
    for (const line of [lines[1]!, lines[2]!, five]) await line.hangUp();
    expect(watching()).toBe(0);
  });

  test('end with the server, and do not begin again', async () => {
    const { events, endStreams, watching, ask } = await api();
    const line = await events('one');
    expect([await line.next(), await line.next()]).toEqual([{ name: 'files', data: [] }, nothingPublished]);
    endStreams();
    expect(await line.next()).toBe('end');
    expect(watching()).toBe(0);
    expect(await ask('GET /api/events')).toMatchObject([503, { error: { code: 'unreachable' } }]);
  });

  test('HEAD opens no stream', async () => {
    const { request, watching } = await api();
    expect((await request('HEAD /api/events')).status).toBe(404);
    expect(watching()).toBe(0);
  });
});
