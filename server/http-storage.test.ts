import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttpStorage } from '../storage/http.ts';
import { behavesLikeStorage, codeOf, hear, versionOfText } from '../storage/storage.cases.ts';
import type { Storage } from '../storage/storage.ts';
import { putFile, startTestServer } from './testing.ts';
import type { TestServer } from './testing.ts';

// The client stands in storage/, but only here is a server to try it on: storage knows nothing of servers.

const stops: (() => void)[] = [];
const servers: TestServer[] = [];

/** A page; what it watches ends with the test. */
function pageOf({ origin, token }: { readonly origin: string; readonly token: string }): Storage {
  const storage = createHttpStorage({ base: origin, token });
  return {
    ...storage,
    watch(...listeners) {
      const stop = storage.watch(...listeners);
      stops.push(stop);
      return stop;
    },
  };
}

async function start(like?: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  const server = await startTestServer(like);
  servers.push(server);
  return server;
}

async function endAll(): Promise<void> {
  for (const stop of stops.splice(0)) stop();
  for (const server of servers.splice(0)) await server.dispose();
}
afterEach(endAll);

behavesLikeStorage('http', async () => {
  const server = await startTestServer();
  return {
    storage: pageOf(server),
    put: (path, content) => putFile(server.root, path, content),
    erase: (path) => rm(join(server.root, path)),
    async close() {
      for (const stop of stops.splice(0)) stop();
      await server.dispose();
    },
  };
});

describe('two pages', () => {
  test('each hears of the other, and not of itself', async () => {
    const server = await start();
    const [one, two] = [pageOf(server), pageOf(server)];
    const [heardByOne, heardByTwo] = [hear(one), hear(two)];
    await Promise.all([one.list(), two.list()]);
    await one.write('rules/a.yaml', 'a', null);
    await heardByTwo.until('rules/a.yaml', 'a');
    await two.remove('rules/a.yaml', await versionOfText('a'));
    await heardByOne.until('rules/a.yaml', null);
    expect(heardByOne.changes.map(({ kind }) => kind)).toEqual(['removed']);
    expect(heardByTwo.changes.map(({ kind }) => kind)).toEqual(['written']);
  });
});

test('many pages: all hear of what others change, and nobody of itself', async () => {
  const server = await start();
  const pages = Array.from({ length: 8 }, () => pageOf(server));
  const heards = pages.map((page) => hear(page));
  const troubles: unknown[] = [];
  for (const page of pages)
    page.watch(
      () => undefined,
      (trouble) => troubles.push(trouble),
    );
  for (const page of pages) await page.list();
  await putFile(server.root, 'rules/a.yaml', 'a');
  await Promise.all(heards.map((heard) => heard.until('rules/a.yaml', 'a')));
  await pages[7]!.write('rules/b.yaml', 'b', null);
  await pages[0]!.write('rules/c.yaml', 'c', null);
  await Promise.all(heards.slice(0, 7).map((heard) => heard.until('rules/b.yaml', 'b')));
  await Promise.all(heards.slice(1).map((heard) => heard.until('rules/c.yaml', 'c')));
  expect(heards[7]!.changes.filter(({ path }) => path === 'rules/b.yaml')).toEqual([]);
  expect(troubles).toEqual([]);
});

describe('when the server is away', () => {
  test('it is said; and when it is back with another token, that is said', async () => {
    const first = await start();
    await putFile(first.root, 'rules/kept.yaml', 'kept');
    const page = pageOf(first);
    const heard = hear(page);
    const troubles: (string | null)[] = [];
    page.watch(
      () => undefined,
      (trouble) => troubles.push(trouble?.code ?? null),
    );
    await page.list();
    await first.close();
    await expect.poll(() => troubles).toEqual(['unreachable']);
    expect(await codeOf(page.read('rules/kept.yaml'))).toBe('unreachable');

    // Another start has another token: this page is not let in any more, and is told why.
    await start({ port: first.port });
    await expect.poll(() => troubles, { timeout: 5000 }).toEqual(['unreachable', 'refused']);
    expect(heard.changes).toEqual([]);
  });

  test('what happened meanwhile is told once it is back, and that all is well', async () => {
    const first = await start();
    await putFile(first.root, 'rules/kept.yaml', 'kept');
    await putFile(first.root, 'rules/gone.yaml', 'gone');
    const page = pageOf(first);
    const heard = hear(page);
    const troubles: (string | null)[] = [];
    page.watch(
      () => undefined,
      (trouble) => troubles.push(trouble?.code ?? null),
    );
    await page.list();
    await first.close();
    await putFile(first.root, 'rules/new.yaml', 'new');
    await rm(join(first.root, 'rules/gone.yaml'));
    await start(first);
    await heard.until('rules/new.yaml', 'new');
    await heard.until('rules/gone.yaml', null);
    expect(heard.changes.map(({ path }) => path)).toEqual(['rules/gone.yaml', 'rules/new.yaml']);
    expect(troubles).toEqual(['unreachable', null]);
  });

  test('nobody waits for ever to be armed', async () => {
    const server = await start();
    await server.close();
    const page = pageOf(server);
    hear(page);
    expect(await codeOf(page.list())).toBe('unreachable');
  });

  test('the workspace folder is gone: said as such', async () => {
    const server = await start();
    await rm(server.root, { recursive: true });
    const page = pageOf(server);
    const troubles: (string | null)[] = [];
    page.watch(
      () => undefined,
      (trouble) => troubles.push(trouble?.code ?? null),
    );
    expect(await codeOf(page.list())).toBe('not-found');
    expect(troubles).toEqual(['not-found']);
  });
});

test('a wrong token is refused', async () => {
  const server = await start();
  const page = pageOf({ origin: server.origin, token: 'wrong' });
  expect(await codeOf(page.list())).toBe('refused');
  expect(await codeOf(page.write('rules/a.yaml', 'a', null))).toBe('refused');
});
