import { mkdir, mkdtemp, realpath, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createHttpStorage } from '../storage/http.ts';
import { createOpenFolders } from './folders.ts';
import type { Neighbour } from './folders.ts';
import type { RunningServer } from './listen.ts';
import { createRecentFolders } from './recent.ts';
import type { RecentFolders } from './recent.ts';
import { putFile, send } from './testing.ts';

let outer: string;
let recent: RecentFolders;
let first: RunningServer;

beforeEach(async () => {
  outer = await realpath(await mkdtemp(join(tmpdir(), 'proviso-folders-')));
  await putFile(outer, 'editor/index.html', '<!doctype html><title>Workbench</title>');
  for (const name of ['one', 'two', 'never-opened']) await putFile(outer, `${name}/rules/${name}.yaml`, name);
  recent = createRecentFolders(join(outer, 'state'));
  await recent.add(join(outer, 'two'));
  const folders = createOpenFolders(join(outer, 'editor'), recent);
  first = await folders.open(join(outer, 'one'));
  onTestFinished(async () => {
    await folders.close();
    await rm(outer, { recursive: true });
  });
});

async function ask(asked: string, headers: Readonly<Record<string, string>> = {}) {
  const welcome = { host: `127.0.0.1:${first.port}`, 'x-proviso-token': first.token, 'x-proviso': '1' };
  const { status, text } = await send(first.port, asked, { ...welcome, ...headers });
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}

async function listed(): Promise<readonly Neighbour[]> {
  return (await ask('GET /api/folders')).body['folders'] as readonly Neighbour[];
}

const idOf = async (name: string) => (await listed()).find((one) => one.name === name)!.id;

test('those that were opened, the latest first', async () => {
  const id = expect.stringMatching(/^[\w-]{22}$/) as string;
  expect(await listed()).toEqual([
    { id, name: 'one', folder: join(outer, 'one'), isHere: true },
    { id, name: 'two', folder: join(outer, 'two'), isHere: false },
  ]);
});

test('one is opened: at a port and with a token of its own, and twice it is the same', async () => {
  const { status, body } = await ask(`POST /api/folders/open?id=${await idOf('two')}`);
  expect(status).toBe(200);
  const address = new URL(body['address'] as string);
  expect([address.hostname, address.port === String(first.port)]).toEqual(['127.0.0.1', false]);
  const token = address.searchParams.get('token')!;
  expect(token).not.toBe(first.token);

  const [one, two] = [
    createHttpStorage({ base: first.origin, token: first.token }),
    createHttpStorage({ base: address.origin, token }),
  ];
  expect((await one.list()).map(({ path }) => path)).toEqual(['rules/one.yaml']);
  expect((await two.list()).map(({ path }) => path)).toEqual(['rules/two.yaml']);
  // The token of the one opens nothing at the other.
  const stranger = createHttpStorage({ base: address.origin, token: first.token });
  await expect(stranger.list()).rejects.toThrow('This page belongs to an earlier start');

  expect((await ask(`POST /api/folders/open?id=${await idOf('two')}`)).body).toEqual(body);
  expect((await listed()).map(({ name }) => name)).toEqual(['two', 'one']);
});

describe('nothing else is opened', () => {
  test.each([
    ['a path', () => encodeURIComponent(join(outer, 'never-opened'))],
    ['a path that climbs', () => '..%2Fnever-opened'],
    ['an id that nobody gave', () => 'A'.repeat(22)],
    ['an empty id', () => ''],
    ['a NUL', () => '%00'],
    ['a very long one', () => 'x'.repeat(8000)],
  ])('%s', async (_, id) => {
    for (const verb of ['open', 'forget']) {
      const { status, body } = await ask(`POST /api/folders/${verb}?id=${id()}`);
      expect([status, body]).toEqual([
        404,
        { error: { code: 'not-found', message: 'This folder is not among those that were opened lately.' } },
      ]);
    }
    expect(await recent.list()).toEqual([join(outer, 'one'), join(outer, 'two')]);
  });

  test('without an id', async () => {
    expect(await ask('POST /api/folders/open')).toMatchObject({ status: 400 });
  });

  test.each([
    ['no token', { 'x-proviso-token': '' }],
    ['a foreign host', { host: 'evil.example' }],
    ['a foreign origin', { origin: 'http://evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port', { 'sec-fetch-site': 'same-site' }],
    ['no mark', { 'x-proviso': '' }],
  ])('for %s', async (name, headers) => {
    const id = await idOf('two');
    expect((await ask(`POST /api/folders/open?id=${id}`, headers)).status).toBe(403);
    expect((await ask(`POST /api/folders/forget?id=${id}`, headers)).status).toBe(403);
    // Only looking needs no mark.
    expect((await ask('GET /api/folders', headers)).status).toBe(name === 'no mark' ? 200 : 403);
    expect(await recent.list()).toEqual([join(outer, 'one'), join(outer, 'two')]);
  });
});

test('a folder that is gone, or holds no policies any more, is said; it can be forgotten', async () => {
  const id = await idOf('two');
  await rename(join(outer, 'two'), join(outer, 'moved'));
  expect(await ask(`POST /api/folders/open?id=${id}`)).toEqual({
    status: 404,
    body: { error: { code: 'not-found', message: `There is no folder ${join(outer, 'two')} any more.` } },
  });
  await mkdir(join(outer, 'two'));
  expect((await ask(`POST /api/folders/open?id=${id}`)).body).toMatchObject({
    error: { message: `The folder ${join(outer, 'two')} holds no policies any more: it has no \`rules\`.` },
  });
  expect((await ask(`POST /api/folders/forget?id=${id}`)).status).toBe(200);
  expect((await listed()).map(({ name }) => name)).toEqual(['one']);
});

describe('the way from one workbench to another', () => {
  const asBrowser = {
    'sec-fetch-site': 'same-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  const visit = (path: string, headers: Readonly<Record<string, string>>) =>
    send(first.port, `GET ${path}`, { host: `127.0.0.1:${first.port}`, ...headers });

  test('by the address with the token: a cookie, and a page that leads on', async () => {
    const { status, headers, text } = await visit(`/?token=${first.token}`, asBrowser);
    expect([status, headers['set-cookie']]).toEqual([
      200,
      [`proviso-${first.port}=${first.token}; Path=/; HttpOnly; SameSite=Strict`],
    ]);
    expect(text).toContain('<meta http-equiv="refresh" content="0; url=/">');
    expect(text).not.toContain(first.token);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  test.each([
    ['no token', '/', {}],
    ['a wrong token', '/?token=wrong', {}],
    ['another site', 'token', { 'sec-fetch-site': 'cross-site' }],
    ['a frame', 'token', { 'sec-fetch-dest': 'iframe' }],
    ['a script', 'token', { 'sec-fetch-dest': 'script', 'sec-fetch-mode': 'no-cors' }],
    ['a request of a page', 'token', { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' }],
    ['a foreign origin', 'token', { origin: 'http://127.0.0.1:1' }],
    ['a foreign host', 'token', { host: 'evil.example' }],
  ])('not with %s', async (_, path, headers) => {
    const asked = path === 'token' ? `/?token=${first.token}` : path;
    const answer = await visit(asked, { ...asBrowser, ...headers });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
  });
});
