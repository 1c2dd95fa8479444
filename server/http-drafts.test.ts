import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { maxFileBytes } from '../storage/content.ts';
import { behavesLikeDraftStore, someDraft } from '../storage/drafts.cases.ts';
import { createHttpDrafts } from '../storage/http-drafts.ts';
import { createHttpStorage } from '../storage/http.ts';
import { codeOf } from '../storage/storage.cases.ts';
import { send, startTestServer } from './testing.ts';
import type { TestServer } from './testing.ts';

// The client stands in storage/, but only here is a server to try it on: storage knows nothing of servers.

const draftsOf = ({ origin, token }: TestServer) => createHttpDrafts({ base: origin, token });

behavesLikeDraftStore('http', async () => {
  const root = await mkdtemp(join(tmpdir(), 'proviso-drafts-'));
  const servers = [await startTestServer({ root })];
  return {
    drafts: draftsOf(servers[0]!),
    async again() {
      await servers.at(-1)!.close();
      servers.push(await startTestServer({ root }));
      return draftsOf(servers.at(-1)!);
    },
    async close() {
      for (const server of servers) await server.dispose();
      await rm(root, { recursive: true });
    },
  };
});

async function start(): Promise<TestServer> {
  const server = await startTestServer();
  onTestFinished(() => server.dispose());
  return server;
}

test('a tab that listens for changes is in use, until it is closed', async () => {
  const server = await start();
  const drafts = draftsOf(server);
  await drafts.put(someDraft);
  const page = createHttpStorage({ base: server.origin, token: server.token, client: someDraft.tab });
  const close = page.watch(() => undefined);
  await page.list();
  expect(await drafts.load()).toEqual([{ ...someDraft, inUse: true }]);
  close();
  await expect.poll(() => drafts.load()).toEqual([{ ...someDraft, inUse: false }]);
});

test('a tab that only comes by for changes is in use, too', async () => {
  const server = await start();
  const drafts = draftsOf(server);
  await drafts.put(someDraft);
  const stops: (() => void)[] = [];
  for (const client of ['tab-a-1234', 'tab-b-1234', 'tab-c-1234', someDraft.tab]) {
    const page = createHttpStorage({ base: server.origin, token: server.token, client });
    stops.push(page.watch(() => undefined));
    await page.list();
  }
  expect(await drafts.load()).toEqual([{ ...someDraft, inUse: true }]);
  for (const stop of stops) stop();
  await expect.poll(() => drafts.load(), { timeout: 6000 }).toEqual([{ ...someDraft, inUse: false }]);
});

test('a server that is away, and one that does not know this page', async () => {
  const server = await start();
  const stranger = createHttpDrafts({ base: server.origin, token: 'wrong' });
  expect(await codeOf(stranger.load())).toBe('refused');
  expect(await codeOf(stranger.put(someDraft))).toBe('refused');
  expect(await codeOf(stranger.remove(someDraft.tab, someDraft.path))).toBe('refused');
  await server.close();
  expect(await codeOf(draftsOf(server).put(someDraft))).toBe('unreachable');
  expect(await readdir(server.root)).toEqual([]);
});

const place = `tab=${someDraft.tab}&path=rules/a.yaml`;
const body = { text: 'x', base: null, at: someDraft.at };

test.each([
  ['no token', { 'x-proviso-token': '' }, 403],
  ['a foreign host', { host: 'evil.example' }, 403],
  ['a foreign origin', { origin: 'http://evil.example' }, 403],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['another program of this machine', { 'sec-fetch-site': 'same-site' }, 403],
  ['no mark', { 'x-proviso': '' }, 403],
])('nothing is shown, kept or removed for %s', async (name, headers, status) => {
  const server = await start();
  await draftsOf(server).put(someDraft);
  const ask = async (asked: string, sent?: unknown) => {
    const welcome = { host: `127.0.0.1:${server.port}`, 'x-proviso-token': server.token, 'x-proviso': '1' };
    const answer = await send(server.port, asked, { ...welcome, ...headers }, JSON.stringify(sent));
    expect(answer.text).not.toContain('typed');
    return answer.status;
  };
  expect(await ask(`PUT /api/draft?${place}`, body)).toBe(status);
  expect(await ask(`DELETE /api/draft?${place}`)).toBe(status);
  // Looking changes nothing, so it needs no mark; but it needs the token.
  expect(await ask(name === 'no mark' ? 'GET /api/nothing' : 'GET /api/drafts')).toBe(
    name === 'no mark' ? 404 : status,
  );
  expect(await draftsOf(server).load()).toEqual([{ ...someDraft, inUse: false }]);
});

test.each([
  ['no tab', 'PUT /api/draft?path=rules/a.yaml', body, 400, 'bad-request'],
  ['no path', 'PUT /api/draft?tab=tab-one-1', body, 400, 'bad-request'],
  ['a tab that leads out', 'PUT /api/draft?tab=..%2F..%2Ftab&path=rules/a.yaml', body, 400, 'unsafe-path'],
  ['a tab with a NUL', 'PUT /api/draft?tab=tab-one%00&path=rules/a.yaml', body, 400, 'unsafe-path'],
  ['a very long tab', `PUT /api/draft?tab=${'x'.repeat(4000)}&path=rules/a.yaml`, body, 400, 'unsafe-path'],
  ['`..`', 'PUT /api/draft?tab=tab-one-1&path=rules/../../a.yaml', body, 400, 'unsafe-path'],
  ['`..`, encoded', 'PUT /api/draft?tab=tab-one-1&path=%2e%2e%2fa.yaml', body, 400, 'unsafe-path'],
  [
    '`..`, encoded twice',
    'PUT /api/draft?tab=tab-one-1&path=%252e%252e/a.yaml',
    body,
    400,
    'not-a-workspace-file',
  ],
  ['an absolute path', 'PUT /api/draft?tab=tab-one-1&path=/etc/a.yaml', body, 400, 'unsafe-path'],
  ['a NUL', 'PUT /api/draft?tab=tab-one-1&path=rules/a.yaml%00', body, 400, 'unsafe-path'],
  ['another case', 'PUT /api/draft?tab=tab-one-1&path=RULES/a.yaml', body, 400, 'not-a-workspace-file'],
  ['no JSON', `PUT /api/draft?${place}`, 'x', 400, 'bad-request'],
  ['no text', `PUT /api/draft?${place}`, { ...body, text: 1 }, 400, 'bad-request'],
  ['no time', `PUT /api/draft?${place}`, { text: 'x', base: null }, 400, 'bad-request'],
  ['a base that is no version', `PUT /api/draft?${place}`, { ...body, base: '../x' }, 500, 'failed'],
  ['too large', `PUT /api/draft?${place}`, { ...body, text: 'x'.repeat(maxFileBytes + 1) }, 413, 'too-large'],
  [
    'far too large',
    `PUT /api/draft?${place}`,
    { ...body, text: 'x'.repeat(4 * maxFileBytes) },
    413,
    'too-large',
  ],
  [
    'removing what leads out',
    'DELETE /api/draft?tab=tab-one-1&path=../a.yaml',
    undefined,
    400,
    'unsafe-path',
  ],
  [
    'removing another place',
    'DELETE /api/draft?tab=..%2F..&path=rules/a.yaml',
    undefined,
    400,
    'unsafe-path',
  ],
])('refused: %s', async (_, asked, sent, status, code) => {
  const server = await start();
  const welcome = { host: `127.0.0.1:${server.port}`, 'x-proviso-token': server.token, 'x-proviso': '1' };
  const answer = await send(server.port, asked, welcome, JSON.stringify(sent));
  expect([answer.status, (JSON.parse(answer.text) as { error: { code: string } }).error.code]).toEqual([
    status,
    code,
  ]);
  expect(await readdir(server.root)).toEqual([]);
});

test('a body of unknown length is not waited for', async () => {
  const server = await start();
  const welcome = { host: `127.0.0.1:${server.port}`, 'x-proviso-token': server.token, 'x-proviso': '1' };
  const headers = { ...welcome, 'transfer-encoding': 'chunked' };
  const { status } = await send(server.port, `PUT /api/draft?${place}`, headers, JSON.stringify(body));
  expect(status).toBe(411);
  expect(await readdir(server.root)).toEqual([]);
});

test('a link in the place of the folder of drafts is said, and not followed', async () => {
  const server = await start();
  const outside = await mkdtemp(join(tmpdir(), 'proviso-outside-'));
  onTestFinished(() => rm(outside, { recursive: true }));
  await mkdir(join(outside, 'drafts'));
  await symlink(outside, join(server.root, '.proviso'));
  expect(await codeOf(draftsOf(server).put(someDraft))).toBe('link');
  expect(await codeOf(draftsOf(server).load())).toBe('link');
  expect(await readdir(outside, { recursive: true })).toEqual(['drafts']);
});
