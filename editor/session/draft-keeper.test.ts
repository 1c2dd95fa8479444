import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Draft, DraftStore } from '../../storage/drafts.ts';
import { createMemoryDrafts } from '../../storage/memory-drafts.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import type { Action } from './session.ts';
import { createSession } from './session.ts';
import { usualSettings } from './settings.ts';
import { createStore } from './store.ts';

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-24T11:02:00.000Z') }));
afterEach(() => void vi.useRealTimers());

const [a, b] = ['rules/a.list.yaml', 'rules/b.list.yaml'];
const [v1, v2] = ['1'.repeat(64), '2'.repeat(64)];

function world(change: (drafts: DraftStore) => DraftStore = (same) => same) {
  const memory = createMemoryDrafts();
  const store = createStore(createSession(usualSettings));
  const keeper = createDraftKeeper(store, {
    drafts: change(memory),
    tab: 'tab-own-1',
    openTabs: () => Promise.resolve(new Set()),
    now: () => new Date().toISOString(),
  });
  const act = (action: Action) => store.dispatch(action);
  act({
    kind: 'opened',
    workspace: 'w',
    files: [
      { path: a, text: 'one', version: v1 },
      { path: b, text: 'one', version: v1 },
    ],
    unreadable: [],
  });
  return {
    store,
    keeper,
    act,
    type: (path: string, text: string) => act({ kind: 'edited', path, text }),
    kept: async () => (await memory.load()).map(({ path, text }) => `${path} ${text}`),
    load: () => memory.load(),
  };
}

test('kept within 300 ms of the first letter, however fast the author goes on', async () => {
  const { type, kept, keeper } = world();
  for (let letter = 1; letter <= 10; letter += 1) {
    type(a, 'x'.repeat(letter));
    await vi.advanceTimersByTimeAsync(30);
  }
  const [first] = await kept();
  expect(first!.length).toBeGreaterThan(`${a} xx`.length);
  await vi.advanceTimersByTimeAsync(100);
  expect(await kept()).toEqual([`${a} ${'x'.repeat(10)}`]);
  expect(keeper.allKept()).toBe(true);
});

test('with what it began with, by whom and when', async () => {
  const { type, load } = world();
  type(a, 'two');
  await vi.advanceTimersByTimeAsync(100);
  expect(await load()).toEqual([
    { tab: 'tab-own-1', path: a, text: 'two', base: v1, at: '2026-11-24T11:02:00.100Z', inUse: false },
  ]);
});

test('not all is kept in the moment between', async () => {
  const { type, keeper } = world();
  expect(keeper.allKept()).toBe(true);
  type(a, 'two');
  expect(keeper.allKept()).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(keeper.allKept()).toBe(true);
});

test('no longer once it is saved, or typed back', async () => {
  const { type, act, kept, keeper } = world();
  type(a, 'two');
  type(b, 'two');
  await vi.advanceTimersByTimeAsync(100);
  expect(await kept()).toEqual([`${a} two`, `${b} two`]);
  act({ kind: 'saved', path: a, text: 'two', version: v2 });
  type(b, 'one');
  expect(keeper.allKept(), 'nothing can be lost').toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(await kept()).toEqual([]);
});

test('what was typed while it was being saved is kept, with the new version', async () => {
  const { type, act, load } = world();
  type(a, 'two');
  act({ kind: 'save-started', path: a });
  type(a, 'three');
  act({ kind: 'saved', path: a, text: 'two', version: v2 });
  await vi.advanceTimersByTimeAsync(100);
  expect(await load()).toMatchObject([{ text: 'three', base: v2 }]);
});

test('what cannot be kept is said, tried again, and said to be well again', async () => {
  let broken = true;
  const { type, store, keeper, kept } = world((drafts) => ({
    ...drafts,
    put: (draft: Draft) => (broken ? Promise.reject(new Error('The disk is full.')) : drafts.put(draft)),
  }));
  type(a, 'two');
  await vi.advanceTimersByTimeAsync(100);
  expect([store.get().draftTrouble, keeper.allKept()]).toEqual(['The disk is full.', false]);
  broken = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect([store.get().draftTrouble, keeper.allKept(), await kept()]).toEqual([null, true, [`${a} two`]]);
});

test('a slow store is asked for one draft at a time, and ends with the last text', async () => {
  let atWork = 0;
  let most = 0;
  const { type, kept } = world((drafts) => ({
    ...drafts,
    async put(draft: Draft) {
      atWork += 1;
      most = Math.max(most, atWork);
      await new Promise((resolve) => setTimeout(resolve, 250));
      await drafts.put(draft);
      atWork -= 1;
    },
  }));
  for (const text of ['two', 'three', 'four', 'five']) {
    type(a, text);
    await vi.advanceTimersByTimeAsync(90);
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect([most, await kept()]).toEqual([1, [`${a} five`]]);
});
