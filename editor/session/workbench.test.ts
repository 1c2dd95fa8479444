import { expect, test } from 'vitest';

import { dayOf } from '#engine';

import { createMemoryStorage } from '../../storage/memory.ts';
import { createClient } from '../worker/client.ts';
import { inProcess } from '../worker/in-process.ts';
import { usualSettings } from './settings.ts';
import { createSession } from './session.ts';
import { createStore } from './store.ts';
import type { Workbench } from './workbench.ts';
import { createWorkbench } from './workbench.ts';

const path = 'rules/hns/a/2019-01-01.policy.yaml';

interface World {
  readonly workbench: Workbench;
  /** What the worker was told, as text. */
  readonly told: string[];
  readonly theirs: (text: string) => Promise<void>;
  readonly quietly: (text: string) => Promise<void>;
  readonly onDisk: () => Promise<string>;
}

async function world(): Promise<World> {
  const storage = await createMemoryStorage({ [path]: 'one' });
  const told: string[] = [];
  const port = inProcess(dayOf(2024, 3, 4), (question) => {
    if (question.kind !== 'change') return;
    const changes = question.changes.map(({ text }) => text ?? 'removed').join(' ');
    told.push(`${question.saved ? 'saved' : 'draft'} ${changes}`);
  });
  const client = createClient(port, (answer) => workbench.answered(answer));
  const workbench: Workbench = createWorkbench({
    store: createStore(createSession(usualSettings)),
    storage,
    client,
    workspaceName: () => Promise.resolve('policies'),
  });
  await workbench.open(null);
  return {
    workbench,
    told,
    theirs: (text) => storage.outside.put(path, text),
    // Through the storage itself, so nobody is told: a save meets it unprepared.
    quietly: async (text) => {
      const { version } = await storage.read(path);
      await storage.write(path, text, version);
    },
    onDisk: async () => (await storage.read(path)).text,
  };
}

test('opening shows the first policy', async () => {
  const { workbench } = await world();
  expect(workbench.store.get()).toMatchObject({
    phase: { kind: 'open' },
    workspace: 'policies',
    openPath: path,
  });
});

test('every edit goes to the worker, a save as well', async () => {
  const { workbench, told, onDisk } = await world();
  workbench.edit(path, 'two');
  workbench.edit(path, 'three');
  await workbench.save();
  expect(told).toEqual(['draft two', 'draft three', 'saved three']);
  expect(await onDisk()).toBe('three');
});

test('a save over a change on disk asks first and loses neither', async () => {
  const { workbench, quietly, onDisk } = await world();
  workbench.edit(path, 'mine');
  await quietly('theirs');
  await workbench.save();
  expect(workbench.store.get().settling).toBe(path);
  expect(await onDisk()).toBe('theirs');
  expect(workbench.store.get().files.get(path)?.text).toBe('mine');

  await workbench.keepMine(path);
  expect(await onDisk()).toBe('mine');
  expect(workbench.store.get().settling).toBe(null);
});

test('taking theirs leaves the disk alone and judges by their text', async () => {
  const { workbench, quietly, told, onDisk } = await world();
  workbench.edit(path, 'mine');
  await quietly('theirs');
  await workbench.save();
  workbench.takeTheirs(path);
  expect(await onDisk()).toBe('theirs');
  expect(workbench.store.get().files.get(path)?.text).toBe('theirs');
  expect(told.at(-1)).toBe('saved theirs');
});

test('a change on disk replaces an untouched file and is judged as saved', async () => {
  const { workbench, theirs, told } = await world();
  await theirs('theirs');
  await expect.poll(() => told).toEqual(['saved theirs']);
  expect(workbench.store.get().files.get(path)?.text).toBe('theirs');
});

test('a change on disk under unsaved changes is a conflict, and the author goes on with their own text', async () => {
  const { workbench, theirs, told } = await world();
  workbench.edit(path, 'mine');
  await theirs('theirs');
  await expect.poll(() => told).toEqual(['draft mine', 'saved theirs', 'draft mine']);
  expect(workbench.store.get().files.get(path)).toMatchObject({ text: 'mine', conflict: { text: 'theirs' } });
});
