import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import type { Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { WorkspaceRecord } from '../../storage/browser/database.ts';
import { behavesLikeDraftStore, someDraft } from '../../storage/drafts.cases.ts';
import type { DraftStore } from '../../storage/drafts.ts';
import { behavesLikeStorage, codeOf, hear, versionOfText } from '../../storage/storage.cases.ts';
import type { Storage, StorageChange } from '../../storage/storage.ts';
import { StorageError } from '../../storage/storage.ts';
import type { OpenBrowser } from './browser.ts';
import { openBrowser } from './browser.ts';
import type { Calls } from './browser-storage.page.ts';

// The database of a browser is only in a browser: the suite runs here and every call goes over to a page of it.

const address = 'https://proviso.test/';
let browser: OpenBrowser;
let mine: Tab;
let theirs: Tab;

beforeAll(async () => {
  browser = await openBrowser({ width: 400, height: 300 });
  const script = await bundle();
  await browser.context.route(`${address}**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Storage</title>' }),
  );
  [mine, theirs] = await Promise.all([openTab(browser, script), openTab(browser, script)]);
}, 120_000);
afterAll(() => browser.close());

behavesLikeStorage('browser', async () => {
  const id = await emptyWorkspace();
  const stops: (() => void)[] = [];
  return {
    storage: mine.storageOf(id, stops),
    put: (path, content) => theirs.call('put', id, path, Buffer.from(content).toString('base64')),
    erase: (path) => theirs.call('erase', id, path),
    close: async () => stops.forEach((stop) => stop()),
  };
});

behavesLikeDraftStore('browser drafts', async () => {
  const id = await emptyWorkspace();
  const tabs: Tab[] = [];
  const open = async (): Promise<Tab> => {
    const tab = await openTab(browser, mine.script);
    tabs.push(tab);
    return tab;
  };
  const close = async () => {
    for (const tab of tabs.splice(0)) await tab.close();
  };
  return {
    drafts: (await open()).draftsOf(id),
    // What crashes with this backend is the page.
    again: async () => {
      await close();
      return (await open()).draftsOf(id);
    },
    close,
  };
});

test('a draft is in use as long as its page is open', async () => {
  const id = await emptyWorkspace();
  const other = await openTab(browser, mine.script);
  await other.draftsOf(id).put(someDraft);
  const inUse = async (tab: Tab) => (await tab.draftsOf(id).load()).map((draft) => draft.inUse);
  expect([await inUse(mine), await inUse(other)]).toEqual([[true], [false]]);
  await other.close();
  await expect.poll(() => inUse(mine)).toEqual([false]);
});

test('with a workspace that is removed or made anew its drafts go too', async () => {
  const id = await emptyWorkspace();
  const drafts = mine.draftsOf(id);
  await drafts.put(someDraft);
  await mine.call('replace', { id, name: id, origin: 'imported', made: 1 }, []);
  expect(await drafts.load()).toEqual([]);
  await drafts.put(someDraft);
  await mine.call('removeWorkspace', id);
  expect(await drafts.load()).toEqual([]);
});

describe('two tabs', () => {
  test('each hears of the other, and not of itself', async () => {
    const id = await emptyWorkspace();
    const [one, two] = [mine.storageOf(id), theirs.storageOf(id)];
    const [heardByOne, heardByTwo] = [hear(one), hear(two)];
    await Promise.all([one.list(), two.list()]);
    await one.write('rules/a.yaml', 'a', null);
    await heardByTwo.until('rules/a.yaml', 'a');
    await two.remove('rules/a.yaml', await versionOfText('a'));
    await heardByOne.until('rules/a.yaml', null);
    expect(heardByOne.changes.map(({ kind }) => kind)).toEqual(['removed']);
    expect(heardByTwo.changes.map(({ kind }) => kind)).toEqual(['written']);
  });

  test('both save at once from the same version: one of them learns of the other', async () => {
    const id = await emptyWorkspace();
    const results = await Promise.all(
      [mine, theirs].map((tab) => tab.storageOf(id).write('rules/a.yaml', tab.name, null)),
    );
    expect(results.map(({ kind }) => kind).sort()).toEqual(['conflict', 'written']);
  });
});

describe('several workspaces', () => {
  const made = (id: string): WorkspaceRecord => ({ id, name: id, origin: 'imported', made: 1 });

  test('do not see each other, and what was made stays after the tab is gone', async () => {
    const [a, b] = [crypto.randomUUID(), crypto.randomUUID()];
    await mine.call('create', made(a), [{ path: 'rules/a.yaml', text: 'a' }]);
    await mine.call('create', made(b), [{ path: 'rules/b.yaml', text: 'b' }]);
    const listed = (await theirs.call('workspaces')).map(({ id }) => id);
    expect(listed).toEqual(expect.arrayContaining([a, b]));
    const later = await openTab(browser, mine.script);
    expect((await later.storageOf(a).readAll()).files.map(({ path, text }) => [path, text])).toEqual([
      ['rules/a.yaml', 'a'],
    ]);
    await later.close();
  });

  test('one that is there is not made again, only replaced when that is asked for', async () => {
    const id = crypto.randomUUID();
    await mine.call('create', made(id), [{ path: 'rules/a.yaml', text: 'a' }]);
    expect(await codeOf(mine.call('create', made(id), []))).toBe('failed');
    expect(await mine.storageOf(id).list()).toHaveLength(1);
    await mine.call('replace', made(id), [{ path: 'rules/b.yaml', text: 'b' }]);
    expect((await mine.storageOf(id).list()).map(({ path }) => path)).toEqual(['rules/b.yaml']);
  });

  test('one file that cannot be stored, and none is', async () => {
    const id = crypto.randomUUID();
    const files = [
      { path: 'rules/a.yaml', text: 'a' },
      { path: '../b.yaml', text: 'b' },
    ];
    expect(await codeOf(mine.call('create', made(id), files))).toBe('unsafe-path');
    expect((await mine.call('workspaces')).map((it) => it.id)).not.toContain(id);
    expect(await mine.storageOf(id).list()).toEqual([]);
  });

  test('one that was removed in another tab takes no more saves', async () => {
    const id = await emptyWorkspace();
    await theirs.call('removeWorkspace', id);
    expect(await codeOf(mine.storageOf(id).write('rules/a.yaml', 'a', null))).toBe('not-found');
    expect(await mine.storageOf(id).list()).toEqual([]);
  });
});

async function emptyWorkspace(): Promise<string> {
  const id = crypto.randomUUID();
  await mine.call('create', { id, name: id, origin: 'imported', made: 1 }, []);
  return id;
}

interface Tab {
  readonly name: string;
  readonly script: string;
  call<Name extends keyof Calls>(
    name: Name,
    ...given: Parameters<Calls[Name]>
  ): Promise<Awaited<ReturnType<Calls[Name]>>>;
  /** A storage whose calls all go over to the page. `stops` is given what ends its watching. */
  storageOf(id: string, stops?: (() => void)[]): Storage;
  draftsOf(id: string): DraftStore;
  close(): Promise<void>;
}

async function openTab({ context }: OpenBrowser, script: string): Promise<Tab> {
  const page: Page = await context.newPage();
  const listeners = new Map<string, (change: StorageChange) => void>();
  await page.exposeFunction('heard', (watcher: string, change: string) =>
    listeners.get(watcher)?.(JSON.parse(change) as StorageChange),
  );
  await page.goto(address);
  await page.addScriptTag({ content: script, type: 'module' });
  await page.waitForFunction(() => typeof globalThis.call === 'function');

  const call: Tab['call'] = async (name, ...given) => {
    const answer = await page.evaluate(([called, text]) => globalThis.call(called, text), [
      name,
      JSON.stringify(given),
    ] as const);
    const { value, error } = JSON.parse(answer) as { value: never; error?: StorageError };
    if (error) throw new StorageError(error.code, error.message);
    return value;
  };

  return {
    name: crypto.randomUUID(),
    script,
    call,
    storageOf: (id, stops = []) => ({
      list: () => call('list', id),
      readAll: () => call('readAll', id),
      read: (path) => call('read', id, path),
      write: (path, text, expected) => call('write', id, path, text, expected),
      remove: (path, expected) => call('remove', id, path, expected),
      watch(onChange) {
        const watcher = crypto.randomUUID();
        listeners.set(watcher, onChange);
        void call('watch', id, watcher);
        const stop = () => {
          listeners.delete(watcher);
          void call('stop', watcher);
        };
        stops.push(stop);
        return stop;
      },
    }),
    draftsOf: (id) => ({
      load: () => call('loadDrafts', id),
      put: (draft) => call('putDraft', id, draft),
      remove: (tab, path) => call('removeDraft', id, tab, path),
    }),
    close: () => page.close(),
  };
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('browser-storage.page.ts', import.meta.url));
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, target: 'esnext', minify: false, lib: { entry, formats: ['es'] } },
  })) as readonly Rolldown.RolldownOutput[];
  return built[0]!.output[0].code;
}
