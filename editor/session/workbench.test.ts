import { describe, expect, test } from 'vitest';

import { dayOf } from '#engine';

import type { Draft, DraftStore } from '../../storage/drafts.ts';
import { createMemoryDrafts } from '../../storage/memory-drafts.ts';
import { createMemoryStorage } from '../../storage/memory.ts';
import { versionOfText } from '../../storage/storage.cases.ts';
import { StorageError } from '../../storage/storage.ts';
import { createClient } from '../worker/client.ts';
import { inProcess } from '../worker/in-process.ts';
import { usualSettings } from './settings.ts';
import { createSession } from './session.ts';
import { createStore } from './store.ts';
import type { Outside, Workbench } from './workbench.ts';
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

async function world({
  text = 'one',
  ...more
}: { readonly text?: string } & Pick<Partial<Outside>, 'drafting' | 'folders'> = {}): Promise<World> {
  const storage = await createMemoryStorage({ [path]: text });
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
    ...more,
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

  await workbench.settleWith(path, 'mine');
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

describe('drafts', () => {
  const at = '2026-11-24T11:02:00.000Z';

  async function drafting(
    kept: readonly Draft[],
    text = 'one',
    openTabs: readonly string[] = [],
  ): Promise<World & { readonly drafts: DraftStore }> {
    const drafts = createMemoryDrafts(kept);
    const outside = {
      drafts,
      tab: 'tab-own-1',
      openTabs: () => Promise.resolve(new Set(openTabs)),
      now: () => at,
    };
    return { ...(await world({ text, drafting: outside })), drafts };
  }

  const left = async (text: string): Promise<Draft> => ({
    tab: 'tab-gone-1',
    path,
    text,
    base: await versionOfText('one'),
    at,
  });

  test('of a tab that is gone: brought back, judged by, and kept by this one', async () => {
    const { workbench, told, drafts } = await drafting([await left('typed')]);
    expect(workbench.store.get().files.get(path)).toMatchObject({ text: 'typed', conflict: null });
    expect(told).toEqual(['draft typed']);
    expect(await drafts.load()).toEqual([{ ...(await left('typed')), tab: 'tab-own-1', inUse: false }]);
    expect(workbench.allKept()).toBe(true);

    await workbench.save();
    await expect.poll(() => drafts.load()).toEqual([]);
  });

  test('of a tab that is open: left to it', async () => {
    const { workbench, drafts } = await drafting([await left('typed')], 'one', ['tab-gone-1']);
    expect(workbench.store.get().files.get(path)?.text).toBe('one');
    expect(await drafts.load()).toHaveLength(1);
  });

  test('the disk has changed since: a conflict, and saving asks', async () => {
    const { workbench, onDisk, told } = await drafting([await left('typed')], 'theirs');
    await workbench.save();
    expect(workbench.store.get().settling).toBe(path);
    expect(await onDisk()).toBe('theirs');
    await workbench.settleWith(path, 'typed by both');
    expect(await onDisk()).toBe('typed by both');
    expect(told.at(-1)).toBe('saved typed by both');
  });

  test('thrown away: gone everywhere', async () => {
    const { workbench, drafts, told } = await drafting([await left('typed')]);
    workbench.throwAwayDraft(path);
    expect(workbench.store.get().files.get(path)?.text).toBe('one');
    expect(told).toEqual(['draft typed', 'draft one']);
    await expect.poll(() => drafts.load()).toEqual([]);
  });

  test('what is on disk already is not brought back, and kept no longer', async () => {
    const { workbench, drafts } = await drafting([await left('one')]);
    expect(workbench.store.get().recovered).toEqual([]);
    expect(await drafts.load()).toEqual([]);
  });

  test('what cannot be kept by this tab stays where it was', async () => {
    const kept = createMemoryDrafts([await left('typed')]);
    const drafts = { ...kept, put: () => Promise.reject(new Error('The disk is full.')) };
    const { workbench } = await world({
      text: 'one',
      drafting: {
        drafts,
        tab: 'tab-own-1',
        openTabs: () => Promise.resolve(new Set<string>()),
        now: () => at,
      },
    });
    expect(workbench.store.get()).toMatchObject({ draftTrouble: 'The disk is full.' });
    expect(workbench.store.get().files.get(path)?.text).toBe('typed');
    expect(await kept.load()).toMatchObject([{ tab: 'tab-gone-1', text: 'typed' }]);
    expect(workbench.allKept()).toBe(false);
  });

  test('drafts that cannot be read keep nobody from working', async () => {
    const drafts = { ...createMemoryDrafts(), load: () => Promise.reject(new Error('It is a link.')) };
    const { workbench } = await world({
      text: 'one',
      drafting: {
        drafts,
        tab: 'tab-own-1',
        openTabs: () => Promise.resolve(new Set<string>()),
        now: () => at,
      },
    });
    expect(workbench.store.get()).toMatchObject({ phase: { kind: 'open' }, draftTrouble: 'It is a link.' });
  });

  test('without a place for drafts, leaving loses what is unsaved', async () => {
    const { workbench } = await world();
    expect(workbench.allKept()).toBe(true);
    workbench.edit(path, 'two');
    expect(workbench.allKept()).toBe(false);
  });
});

describe('other folders', () => {
  const entry = { id: 'two', name: 'two', folder: '/two', isHere: false };

  test('are listed, and opened by their id', async () => {
    const opened: string[] = [];
    const { workbench } = await world({
      folders: {
        list: () => Promise.resolve([entry]),
        open: async (id) => void opened.push(id),
        forget: () => Promise.reject(new Error('not asked for')),
      },
    });
    await workbench.listFolders();
    expect(workbench.store.get().folders).toEqual([entry]);
    await workbench.openFolder('two');
    expect([opened, workbench.store.get().notice]).toEqual([['two'], null]);
  });

  test('one that is gone is said and not offered again', async () => {
    const listed = [entry];
    const { workbench } = await world({
      folders: {
        list: () => Promise.resolve([...listed]),
        open: () => Promise.reject(new StorageError('not-found', 'There is no folder /two any more.')),
        forget: async () => void listed.pop(),
      },
    });
    await workbench.listFolders();
    await workbench.openFolder('two');
    expect(workbench.store.get()).toMatchObject({
      folders: [],
      notice: { tone: 'problem', text: 'There is no folder /two any more.' },
    });
  });
});

describe('a step over several files', () => {
  const step = [path, 'testcases/new.suite.yaml'].map((at) => ({
    path: at,
    edits: [{ from: 0, to: 0, text: 'zero ' }],
  }));

  test('is taken back and done again as one, and the worker is told in one piece', async () => {
    const { workbench, told } = await world();
    workbench.applyEdits('Rename a to b', step);
    expect(told.at(-1)).toBe('draft zero one zero ');
    expect(workbench.undoStep(path)).toBe(true);
    expect(told.at(-1)).toBe('draft one removed');
    expect(workbench.store.get().notice?.text).toBe('Taken back in 2 files: Rename a to b.');
    expect(workbench.redoStep(path)).toBe(true);
    expect(told.at(-1)).toBe('draft zero one zero ');
    expect(workbench.redoStep(path)).toBe(false);
  });

  test('is left as it is, and says why, where one of its files was changed since', async () => {
    const { workbench, told } = await world();
    workbench.applyEdits('Rename a to b', step);
    workbench.edit('testcases/new.suite.yaml', 'mine');
    const before = told.length;
    expect(workbench.undoStep(path)).toBe(true);
    expect(workbench.store.get().notice?.text).toBe(
      '“Rename a to b” cannot be taken back: testcases/new.suite.yaml has been changed since. Nothing is changed.',
    );
    expect(told.length).toBe(before);
    // In the changed file itself what was typed comes first.
    expect(workbench.undoStep('testcases/new.suite.yaml')).toBe(false);
  });
});
