import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsOf } from '../storage/event-stream.ts';
import { createMemoryStorage } from '../storage/memory.ts';
import { listen } from './listen.ts';
import { putFile, send, startTestServer } from './testing.ts';
import type { TestServer } from './testing.ts';

let server: TestServer;
let us: string;
let cookie: string;

beforeAll(async () => {
  server = await startTestServer();
  us = `127.0.0.1:${server.port}`;
  cookie = `proviso-${server.port}=${server.token}`;
});
afterAll(() => server.dispose());

describe('the way in', () => {
  test('the printed address sets the cookie and leads to `/`, which is then the editor', async () => {
    expect(server.address).toBe(`http://${us}/?token=${server.token}`);
    const entrance = await send(server.port, `GET /?token=${server.token}`, { host: us });
    expect([entrance.status, entrance.headers['location'], entrance.headers['set-cookie']]).toEqual([
      303,
      '/',
      [`${cookie}; Path=/; HttpOnly; SameSite=Strict`],
    ]);
    const page = await send(server.port, 'GET /', { host: us, cookie });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('<title>Workbench</title>')]);
    const files = await send(server.port, 'GET /api/files', {
      host: us,
      cookie,
      'sec-fetch-site': 'same-origin',
    });
    expect([files.status, files.text]).toEqual([200, '{"files":[],"unreadable":[]}']);
  });

  test.each([
    ['without the cookie', 'GET /', {}, 401],
    ['with an old cookie', 'GET /', { cookie: 'proviso=old' }, 401],
    ['with an old token', 'GET /?token=old', {}, 403],
    ['with an empty token', 'GET /?token=', {}, 403],
    ['by a foreign name', 'GET /', { host: 'evil.example' }, 403],
    ['led by another site', 'GET /', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('%s: a page that says what to do', async (_, asked, headers, status) => {
    const page = await send(server.port, asked, { host: us, ...headers });
    expect([page.status, page.headers['content-type'], page.headers['set-cookie'], page.text]).toEqual([
      status,
      'text/html; charset=utf-8',
      undefined,
      expect.stringContaining('Open the address printed in the terminal'),
    ]);
    expect(page.text).not.toContain('evil');
  });

  test('a page of ours may change things by cookie and mark; a form on another page may not', async () => {
    const body = '{"text":"x","expectedVersion":null}';
    const page = { host: us, cookie, origin: `http://${us}`, 'sec-fetch-site': 'same-origin' };
    const put = (headers: Readonly<Record<string, string>>) =>
      send(server.port, 'PUT /api/file?path=rules/form.yaml', headers, body);
    expect((await put(page)).status).toBe(403);
    expect((await put({ ...page, 'x-proviso': '1', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await put({ ...page, 'x-proviso': '1', origin: 'http://evil.example' })).status).toBe(403);
    expect((await put({ ...page, 'x-proviso': '1' })).status).toBe(200);
    // What the browser asks before another origin may send our header: never granted.
    const preflight = await send(server.port, 'OPTIONS /api/file?path=rules/form.yaml', {
      host: us,
      origin: 'http://evil.example',
      'access-control-request-method': 'PUT',
    });
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([403, undefined]);
  });
});

describe('the editor files', () => {
  test.each([
    ['/assets/main-BxK2_q1-.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/font-AAAAAAAA.woff2', 'font/woff2', 'public, max-age=31536000, immutable'],
    ['/icon.svg', 'image/svg+xml', 'no-cache'],
    ['/with%20space.txt', 'text/plain; charset=utf-8', 'no-cache'],
    ['/', 'text/html; charset=utf-8', 'no-cache'],
  ])('%s', async (path, type, caching) => {
    const { status, headers } = await send(server.port, `GET ${path}`, { host: us, cookie });
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, type, caching]);
  });

  test.each([
    ['/assets/main-BxK2_q1-.js', undefined, undefined],
    ['/assets/main-BxK2_q1-.js', 'gzip, deflate, br, zstd', 'br'],
    ['/assets/main-BxK2_q1-.js', 'GZIP', 'gzip'],
    ['/assets/main-BxK2_q1-.js', 'br;q=0, gzip; q=0.5', 'gzip'],
    ['/assets/main-BxK2_q1-.js', 'br;q=0.0, deflate', undefined],
    ['/assets/only-gz-AAAAAAAA.css', 'br, gzip', 'gzip'],
    ['/assets/font-AAAAAAAA.woff2', 'br, gzip', undefined],
  ])('%s for a browser that reads %s is sent as %s', async (path, accepted, coding) => {
    const plain = await send(server.port, `GET ${path}`, { host: us, cookie });
    const { headers } = await send(server.port, `GET ${path}`, {
      host: us,
      cookie,
      ...(accepted === undefined ? {} : { 'accept-encoding': accepted }),
    });
    expect([headers['content-encoding'], headers['vary']]).toEqual([coding, 'accept-encoding']);
    expect(headers['content-type']).toBe(plain.headers['content-type']);
    const answer = await fetch(`http://${us}${path}`, {
      headers: { cookie, ...(accepted === undefined ? {} : { 'accept-encoding': accepted }) },
    });
    expect(await answer.text()).toBe(plain.text);
  });

  test('the strict policy is on everything', async () => {
    for (const path of ['/', '/icon.svg', '/nothing', '/api/files', '/api/nothing', '/?token=x']) {
      const { headers } = await send(server.port, `GET ${path}`, { host: us, cookie });
      expect([
        headers['content-security-policy'],
        headers['x-content-type-options'],
        headers['referrer-policy'],
        headers['cross-origin-resource-policy'],
      ]).toEqual([
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; " +
          "font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
          "frame-ancestors 'none'",
        'nosniff',
        'no-referrer',
        'same-origin',
      ]);
    }
  });

  test.each([
    ['/index.html'],
    ['/nothing'],
    ['/assets/main-BxK2_q1-.js.br'],
    ['/assets/main-BxK2_q1-.js.gz'],
    ['/assets'],
    ['/assets/'],
    ['/../workspace/rules/secret.yaml'],
    ['/assets/../../workspace/rules/secret.yaml'],
    ['/%2e%2e/workspace/rules/secret.yaml'],
    ['/%2e%2e%2fworkspace%2frules%2fsecret.yaml'],
    ['/..%5cworkspace%5crules%5csecret.yaml'],
    ['//etc/passwd'],
    ['/%'],
    ['/icon.svg%00'],
  ])('nothing at %s', async (path) => {
    await putFile(server.root, 'rules/secret.yaml', 'secret');
    const { status, text } = await send(server.port, `GET ${path}`, { host: us, cookie });
    expect([status, text]).toEqual([404, 'There is no such page.\n']);
    await rm(join(server.root, 'rules/secret.yaml'));
  });

  test('unknown addresses of the API are JSON, not the page', async () => {
    const { status, headers } = await send(server.port, 'GET /api/nothing', { host: us, cookie });
    expect([status, headers['content-type']]).toEqual([404, 'application/json']);
  });

  test('HEAD is like GET without the body; anything else is no way to ask for a page', async () => {
    const head = await send(server.port, 'HEAD /icon.svg', { host: us });
    expect([head.status, head.headers['content-type'], head.text]).toEqual([200, 'image/svg+xml', '']);
    expect((await send(server.port, 'POST /', { host: us, cookie })).status).toBe(405);
  });

  test('that were never built', async () => {
    const starting = listen({
      storage: await createMemoryStorage(),
      workspaceName: 'x',
      editorFolder: join(server.root, 'nothing'),
    });
    await expect(starting).rejects.toThrow(/There is no built editor in .*: run `npm run build` first\./);
  });
});

describe('the workspace through the real server', () => {
  const program = () => ({ host: us, 'x-proviso-token': server.token, 'x-proviso': '1' });

  test('a link that leads out', async () => {
    await mkdir(join(server.root, 'rules'), { recursive: true });
    await putFile(server.root, '../secret.yaml', 'secret');
    await symlink('../../secret.yaml', join(server.root, 'rules/link.yaml'));
    const { status, text } = await send(server.port, 'GET /api/file?path=rules/link.yaml', program());
    expect([status, text]).toEqual([400, expect.stringContaining('"code":"link"')]);
    const all = await send(server.port, 'GET /api/files', program());
    expect(all.text).not.toContain('secret"');
    await rm(join(server.root, 'rules/link.yaml'));
  });

  test.each([
    ['/api/../api/file?path=rules/../../secret.yaml'],
    ['/api/file?path=rules%2F..%2F..%2Fsecret.yaml'],
    ['/api/file?path=%2e%2e/secret.yaml'],
    ['/api/file?path=/etc/passwd'],
    ['/api/file?path=..%5csecret.yaml'],
    ['/api/file?path=rules/a.yaml&path=../../etc/passwd'],
    ['/api/file/rules/../../secret.yaml'],
  ])('nothing outside at %s', async (address) => {
    await putFile(server.root, '../secret.yaml', 'secret');
    const { status, text } = await send(server.port, `GET ${address}`, program());
    expect([400, 404]).toContain(status);
    expect(JSON.parse(text)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
  });

  test('without a host, or with two', async () => {
    expect(await sendLines('GET /api/files HTTP/1.0', `x-proviso-token: ${server.token}`)).toMatch(
      /^HTTP\/1.1 40[03] /,
    );
    const two = await sendLines(
      'GET /api/files HTTP/1.1',
      `host: ${us}`,
      'host: evil.example',
      `x-proviso-token: x`,
    );
    expect(two).toMatch(/^HTTP\/1.1 40[03] /);
    const absolute = await sendLines(
      `GET http://${us}/api/files HTTP/1.1`,
      'host: evil.example',
      'x-proviso-token: x',
    );
    expect(absolute).toMatch(/^HTTP\/1.1 40[03] /);
  });

  test('only this machine reaches it', async () => {
    const outward = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outward) {
      const socket = connect({ host: address, port: server.port });
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toBe('ECONNREFUSED');
    }
  });
});

describe('the port', () => {
  const options = async () => ({
    storage: await createMemoryStorage(),
    workspaceName: 'x',
    editorFolder: join(server.root, '../editor'),
  });

  test('that is taken', async () => {
    await expect(listen({ ...(await options()), port: server.port })).rejects.toThrow(
      `Port ${server.port} is in use by another program. Stop that program or choose another port; port 0 takes any that is free.`,
    );
  });

  test.each([-1, 65536, 1.5, Number.NaN])('that is none: %s', async (port) => {
    await expect(listen({ ...(await options()), port })).rejects.toThrow(
      'A port is a whole number from 0 to 65535',
    );
  });
});

describe('the end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s: streams end, the process ends by itself, nothing was logged',
    async (signal) => {
      const child = spawn(
        process.execPath,
        [
          '--import',
          'tsx',
          fileURLToPath(new URL('./listen.child.ts', import.meta.url)),
          join(server.root, '../editor'),
        ],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
      let printed = '';
      child.stdout.on('data', (chunk) => (printed += String(chunk)));
      child.stderr.on('data', (chunk) => (printed += String(chunk)));
      const exited = once(child, 'exit');
      await once(child.stdout, 'data');
      const { origin, searchParams } = new URL(printed);
      const headers = { 'x-proviso-token': searchParams.get('token')!, 'x-proviso': '1' };

      // What could tempt a server to write a log: errors, a page closed in the middle of a stream or of sending.
      await fetch(`${origin}/api/file?path=../x`, { headers });
      await fetch(`${origin}/api/files`, { method: 'PUT', headers, body: 'x'.repeat(100_000) });
      const body = '{"text":"confidential","base":null,"at":"2026-11-24T11:02:00Z"}';
      await fetch(`${origin}/api/draft?tab=tab-one-1&path=rules/a.yaml`, { method: 'PUT', headers, body });
      await fetch(`${origin}/api/draft?tab=../tab&path=rules/a.yaml`, { method: 'PUT', headers, body });
      await fetch(`${origin}/api/folders/open?id=none`, { method: 'POST', headers });
      const closing = new AbortController();
      const cut = await fetch(`${origin}/api/events`, { headers, signal: closing.signal });
      await cut.body!.getReader().read();
      closing.abort();
      await sendHalf(Number(new URL(origin).port), headers['x-proviso-token']);

      const stream = await fetch(`${origin}/api/events`, { headers });
      const events = eventsOf(stream.body!);
      expect((await events.next()).value).toMatchObject({ name: 'files' });
      expect((await events.next()).value).toMatchObject({ name: 'standing' });
      const asked = Date.now();
      child.kill(signal);
      expect((await events.next()).done).toBe(true);
      expect(await exited).toEqual([0, null]);
      expect(Date.now() - asked).toBeLessThan(1500);
      expect(printed).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\n$/);
    },
  );

  test('of the server, twice', async () => {
    const short = await startTestServer();
    await Promise.all([short.close(), short.close()]);
    await short.dispose();
  });
});

async function sendLines(...lines: readonly string[]): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: server.port });
  socket.write(`${lines.join('\r\n')}\r\nconnection: close\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

/** Announces a body, sends half of it and is gone. */
async function sendHalf(port: number, token: string): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port });
  const head = [
    'PUT /api/file?path=testcases/half.yaml HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    `x-proviso-token: ${token}`,
  ];
  socket.write(`${[...head, 'x-proviso: 1', 'content-length: 1000'].join('\r\n')}\r\n\r\n{"text":"conf`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
  await once(socket, 'close');
}
