import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { dayOf } from '#engine';

import { openDiskStorage } from '../../storage/disk.ts';
import { createNoPublishing } from '../../publishing/no-publishing.ts';
import type { Publishing } from '../../publishing/publishing.ts';
import type { WorkspaceFolder } from '../../publishing/testing/workspace-folder.ts';
import { workspaceFolder } from '../../publishing/testing/workspace-folder.ts';
import { createClient } from '../worker/client.ts';
import { inProcess } from '../worker/in-process.ts';
import { usualSettings } from './settings.ts';
import { createSession } from './session.ts';
import { createStore } from './store.ts';
import type { Workbench } from './workbench.ts';
import { createWorkbench } from './workbench.ts';

/** The workbench over a real folder and what is published in it. */
async function open({ folder }: WorkspaceFolder, publishing: Publishing): Promise<Workbench> {
  const port = inProcess(dayOf(2024, 3, 4));
  const client = createClient(port, (answer) => workbench.answered(answer));
  const workbench: Workbench = createWorkbench({
    store: createStore(createSession(usualSettings)),
    storage: await openDiskStorage(folder),
    client,
    workspaceName: () => Promise.resolve('policies'),
    publishing,
  });
  await workbench.open(null);
  await expect.poll(() => workbench.store.get().releases).not.toBeNull();
  return workbench;
}

async function publish({ publishing }: WorkspaceFolder): Promise<void> {
  const { published } = await publishing.publish({ who: 'Ada', why: 'First', overrides: [], seen: null });
  expect(published).toBe(true);
}

/** What the page compares with, and what it says of a case. */
const changed = async (workbench: Workbench) => {
  const comparison = await workbench.ask('compare', undefined);
  return comparison?.kind === 'compared' ? comparison.encounters.map(({ title }) => title) : comparison?.kind;
};

test('nothing published: everything is compared with the files as saved', async () => {
  const folder = await workspaceFolder();
  const workbench = await open(folder, folder.publishing);
  expect(workbench.store.get()).toMatchObject({
    releases: { releases: [], unavailable: null },
    against: { kind: 'saved' },
    notice: null,
  });
});

test('everything is compared with the last release, also what was saved since; or with the files as saved', async () => {
  const folder = await workspaceFolder();
  await publish(folder);
  await folder.change({ minutes: 10, eight: 'deny' });
  const workbench = await open(folder, folder.publishing);
  await expect.poll(() => workbench.store.get().against).toEqual({ kind: 'release', number: 1 });
  expect(await changed(workbench)).toEqual(['Eight minutes']);
  await workbench.compareWith({ kind: 'saved' });
  expect(await changed(workbench)).toEqual([]);
  await workbench.compareWith({ kind: 'release', number: 1 }, 1);
  expect(await changed(workbench)).toEqual([]);
});

test('what another window decides and publishes is read at once, and compared with where the last release was', async () => {
  const folder = await workspaceFolder();
  await publish(folder);
  const workbench = await open(folder, await folder.another());
  await expect.poll(() => workbench.store.get().against).toEqual({ kind: 'release', number: 1 });
  await expect.poll(() => workbench.store.get().standing).not.toBeNull();

  await folder.change({ minutes: 10, eight: 'deny' });
  const { standing } = workbench.store.get();
  await folder.publishing.decide({ verdict: 'accept', items: 'all', who: 'Ada', why: 'Agreed' });
  await expect.poll(() => workbench.store.get().standing, { timeout: 5000 }).not.toBe(standing);
  expect(workbench.store.get().notice).toBeNull();

  await publish(folder);
  await expect
    .poll(() => workbench.store.get().against, { timeout: 5000 })
    .toEqual({ kind: 'release', number: 2 });
  await expect
    .poll(() => workbench.store.get().notice?.text)
    .toBe('Release 2 has been published by Ada. Everything is compared with it from now on.');

  await workbench.compareWith({ kind: 'saved' });
  await folder.change({ minutes: 12, eight: 'deny' });
  await folder.publishing.decide({ verdict: 'accept', items: 'all', who: 'Ada', why: 'Agreed' });
  await publish(folder);
  await expect
    .poll(() => workbench.store.get().notice?.text, { timeout: 5000 })
    .toBe('Release 3 has been published by Ada.');
  expect(workbench.store.get().against).toEqual({ kind: 'saved' });
});

test('a release that was tampered with is named at the start, and nothing is compared with it', async () => {
  const folder = await workspaceFolder();
  await publish(folder);
  const path = 'releases/1/files/rules/time.policy.yaml';
  const tampered = join(folder.folder, path);
  await chmod(tampered, 0o644);
  await writeFile(tampered, `${await readFile(tampered, 'utf8')}# changed\n`);
  const workbench = await open(folder, await folder.another());
  await expect.poll(() => workbench.store.get().notice).not.toBeNull();
  const { notice, against } = workbench.store.get();
  expect([notice!.tone, notice!.text, against]).toEqual([
    'problem',
    expect.stringMatching(
      /^`?releases\/1\/files\/rules\/time\.policy\.yaml.* The page Releases tells all of it\.$/,
    ),
    { kind: 'saved' },
  ]);
});

test('what an interrupted publish left is told at the start', async () => {
  const folder = await workspaceFolder();
  await publish(folder);
  // The process of this number is none of ours, and no longer there.
  await mkdir(join(folder.folder, 'releases/.2.999999999-0123456789ab'));
  const workbench = await open(folder, await folder.another());
  await expect.poll(() => workbench.store.get().notice).not.toBeNull();
  expect(workbench.store.get().notice).toEqual({
    tone: 'plain',
    text: 'Publishing release 2 was interrupted earlier, and nothing came of it. What it left goes with the next publish.',
  });
});

test('without a server it is said why nothing can be published', async () => {
  const folder = await workspaceFolder();
  const { store } = await open(folder, createNoPublishing());
  expect(store.get().releases).toMatchObject({
    releases: [],
    unavailable: expect.stringMatching(/need the program on your machine/),
  });
  expect(store.get().notice).toBeNull();
});
