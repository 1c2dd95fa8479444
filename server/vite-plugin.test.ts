import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createServer } from 'vite';
import { putFile, send } from './testing.ts';
import { provisoApi } from './vite-plugin.ts';

test('the same API inside the development server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'proviso-vite-'));
  await putFile(folder, 'index.html', '<title>Workbench</title>');
  await putFile(folder, 'workspace/rules/a.yaml', 'a');
  const printed: string[] = [];
  const vite = await createServer({
    configFile: false,
    root: folder,
    cacheDir: join(folder, 'cache'),
    plugins: [provisoApi({ folder: join(folder, 'workspace') })],
    server: { host: '127.0.0.1', port: 0 },
    customLogger: {
      info: (message) => printed.push(message),
      warn: (message) => printed.push(message),
      error: (message) => printed.push(message),
      warnOnce: (message) => printed.push(message),
      clearScreen: () => undefined,
      hasErrorLogged: () => false,
      hasWarned: false,
    },
  });
  await vite.listen();
  const { port } = vite.httpServer!.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  vite.printUrls();
  const token = /\?token=([\w-]+)$/.exec(printed.at(-1)!)![1]!;

  const entrance = await send(port, `GET /?token=${token}`, { host });
  const cookie = String(entrance.headers['set-cookie']).split(';')[0]!;
  expect([entrance.status, cookie]).toEqual([303, `proviso-${port}=${token}`]);
  expect((await send(port, 'GET /?token=wrong', { host })).status).toBe(403);
  expect((await send(port, `GET /?token=${token}`, { host, 'sec-fetch-site': 'cross-site' })).status).toBe(
    403,
  );
  expect((await send(port, 'GET /', { host, accept: 'text/html' })).text).toContain(
    '<title>Workbench</title>',
  );
  expect((await send(port, 'GET /api/files', { host })).status).toBe(401);
  expect((await send(port, 'GET /api/files', { host, cookie, origin: 'http://localhost:9999' })).status).toBe(
    403,
  );
  expect(JSON.parse((await send(port, 'GET /api/files', { host, cookie })).text)).toMatchObject({
    files: [{ path: 'rules/a.yaml', text: 'a' }],
  });
  expect(JSON.parse((await send(port, 'GET /api/workspace', { host, cookie })).text)).toEqual({
    name: 'workspace',
  });

  // An open stream does not keep it from closing.
  const stream = await fetch(`http://${host}/api/events`, { headers: { cookie } });
  await stream.body!.getReader().read();
  await vite.close();
  await rm(folder, { recursive: true });
});
