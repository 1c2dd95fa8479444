import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDiskDrafts } from './disk-drafts.ts';
import { behavesLikeDraftStore, someDraft } from './drafts.cases.ts';
import type { Draft } from './drafts.ts';
import { createMemoryDrafts } from './memory-drafts.ts';
import { openDiskStorage } from './disk.ts';
import { codeOf } from './storage.cases.ts';

behavesLikeDraftStore('memory', async () => {
  const drafts = createMemoryDrafts();
  // Nothing crashes here but the pages, which hold nothing.
  return { drafts, again: async () => drafts, close: async () => undefined };
});

behavesLikeDraftStore('disk', async () => {
  const root = await mkdtemp(join(tmpdir(), 'proviso-drafts-'));
  return {
    drafts: await openDiskDrafts(root),
    again: () => openDiskDrafts(root),
    close: () => rm(root, { recursive: true }),
  };
});

async function emptyFolder(): Promise<{ readonly root: string; readonly at: (path: string) => string }> {
  const outer = await mkdtemp(join(tmpdir(), 'proviso-drafts-'));
  onTestFinished(() => rm(outer, { recursive: true }));
  const root = join(outer, 'workspace');
  await mkdir(root);
  return { root, at: (path) => join(root, path) };
}

const modeOf = async (place: string) => (await stat(place)).mode & 0o777;

describe('where they lie', () => {
  test('readable by their owner alone, kept out of git, and no files of the workspace', async () => {
    const { root, at } = await emptyFolder();
    const drafts = await openDiskDrafts(root);
    expect(await drafts.load()).toEqual([]);
    expect(await readdir(root), 'looking makes nothing').toEqual([]);
    await drafts.put(someDraft);

    const [ignore, name] = (await readdir(at('.proviso/drafts'))).sort();
    expect([ignore, name]).toEqual(['.gitignore', expect.stringMatching(/^tab-one-1\.[0-9a-f]{24}\.json$/)]);
    expect(await readFile(at('.proviso/drafts/.gitignore'), 'utf8')).toBe('*\n');
    expect([
      await modeOf(at('.proviso')),
      await modeOf(at('.proviso/drafts')),
      await modeOf(at(`.proviso/drafts/${name}`)),
    ]).toEqual([0o700, 0o700, 0o600]);
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' })).toBe('');
    expect(await (await openDiskStorage(root)).list()).toEqual([]);
  });

  test.each([
    ['.proviso', '../outside'],
    ['.proviso/drafts', '../../outside'],
  ])('%s is a link that leads out: nothing is read or written there', async (link, target) => {
    const { root, at } = await emptyFolder();
    const outside = join(root, '..', 'outside');
    // A draft lies where either link would find it.
    await mkdir(outside);
    await (await openDiskDrafts(outside)).put(someDraft);
    const kept = await readdir(join(outside, '.proviso/drafts'));
    for (const folder of [outside, join(outside, 'drafts')]) {
      await cp(join(outside, '.proviso/drafts'), folder, { recursive: true });
    }
    if (link !== '.proviso') await mkdir(at('.proviso'));
    await symlink(target, at(link));

    const drafts = await openDiskDrafts(root);
    expect(await codeOf(drafts.load())).toBe('link');
    expect(await codeOf(drafts.put(someDraft))).toBe('link');
    expect(await codeOf(drafts.remove(someDraft.tab, someDraft.path))).toBe('link');
    expect((await readdir(outside)).sort()).toEqual([...kept, '.proviso', 'drafts'].sort());
    expect(await readdir(join(outside, 'drafts'))).toEqual(kept);
  });

  test('a link in the place of a draft is not followed; what is put replaces the link', async () => {
    const { root, at } = await emptyFolder();
    const drafts = await openDiskDrafts(root);
    await drafts.put(someDraft);
    const name = (await readdir(at('.proviso/drafts'))).find((one) => one.endsWith('.json'))!;
    const secret = join(root, '..', 'secret.json');
    await writeFile(secret, await readFile(at(`.proviso/drafts/${name}`)));
    await rm(at(`.proviso/drafts/${name}`));
    await symlink(secret, at(`.proviso/drafts/${name}`));
    expect(await drafts.load()).toEqual([]);
    await drafts.put({ ...someDraft, text: 'new' });
    expect(await drafts.load()).toMatchObject([{ text: 'new' }]);
    expect(await readFile(secret, 'utf8')).toContain('"typed"');
  });

  test('what is no draft is left alone and not shown', async () => {
    const { root, at } = await emptyFolder();
    const drafts = await openDiskDrafts(root);
    await drafts.put(someDraft);
    const strange = {
      'tab-one-1.000000000000000000000000.json': '{"tab":"tab-one-1"',
      'tab-one-1.000000000000000000000001.json': 'null',
      'tab-one-1.000000000000000000000002.json': '{}',
      'tab-one-1.000000000000000000000003.json': JSON.stringify({ ...someDraft, path: '../x.yaml' }),
      'notes.txt': 'x',
    };
    for (const [name, text] of Object.entries(strange)) await writeFile(at(`.proviso/drafts/${name}`), text);
    await mkdir(at('.proviso/drafts/tab-one-1.000000000000000000000004.json'));
    expect((await drafts.load()).map(({ path }) => path)).toEqual([someDraft.path]);
    expect(await readdir(at('.proviso/drafts'))).toHaveLength(8);
  });

  test('the workspace folder is gone, or may not be written', async () => {
    const { root } = await emptyFolder();
    const drafts = await openDiskDrafts(root);
    if (process.geteuid?.() !== 0) {
      await chmod(root, 0o500);
      expect(await codeOf(drafts.put(someDraft))).toBe('not-permitted');
      await chmod(root, 0o700);
    }
    await rm(root, { recursive: true });
    expect(await codeOf(drafts.put(someDraft))).toBe('not-found');
    expect(await drafts.load()).toEqual([]);
    await mkdir(root);
    await drafts.put(someDraft);
    expect(await drafts.load()).toHaveLength(1);
  });
});

describe('whose they are', () => {
  test('of another server that runs: in use; of one that has ended: not', async () => {
    const { root } = await emptyFolder();
    const drafts = await openDiskDrafts(root);
    await typing(root, async ({ firstKept }) => {
      await firstKept;
      expect(await drafts.load()).toMatchObject([{ tab: 'typist-1', inUse: true }]);
    });
    expect(await drafts.load()).toMatchObject([{ tab: 'typist-1', inUse: false }]);
  });

  test('of a process of the same number before the machine was started anew: not in use', async () => {
    const { root, at } = await emptyFolder();
    const drafts = await openDiskDrafts(root);
    await drafts.put(someDraft);
    const name = (await readdir(at('.proviso/drafts'))).find((one) => one.endsWith('.json'))!;
    const written = JSON.parse(await readFile(at(`.proviso/drafts/${name}`), 'utf8')) as Draft;
    const by = (since: number) =>
      writeFile(
        at(`.proviso/drafts/${name}`),
        JSON.stringify({ ...written, writer: { pid: process.ppid, since } }),
      );
    await by(Date.now() - 1000);
    expect(await drafts.load()).toMatchObject([{ inUse: true }]);
    await by(Date.parse('2001-01-01'));
    expect(await drafts.load()).toMatchObject([{ inUse: false }]);
  });
});

test('killed in the middle of keeping, again and again: what was said to be kept is there, whole', async () => {
  const { root, at } = await emptyFolder();
  const drafts = await openDiskDrafts(root);
  let leftovers = 0;
  // On until a kill has hit a write, within bounds: where it hits is chance.
  for (let round = 0; round < 12 || (leftovers === 0 && round < 60); round += 1) {
    const lastKept = await typing(root, async ({ firstKept }) => {
      await firstKept;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    });
    const [draft] = await drafts.load();
    const number = Number(draft!.text.split(' ')[0]);
    expect(draft!.text === `${number} `.repeat(20_000), 'whole').toBe(true);
    // The one after may have been kept already, and its word to us cut off.
    expect([lastKept, lastKept + 1]).toContain(number);
    const names = await readdir(at('.proviso/drafts'));
    leftovers += names.filter((name) => name.endsWith('.tmp')).length;
  }
  // Else no kill hit a write, and the test shows nothing.
  expect(leftovers).toBeGreaterThan(0);
  await drafts.put(someDraft);
  expect((await readdir(at('.proviso/drafts'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
}, 60_000);

const endlessTypist = fileURLToPath(new URL('./disk/endless-typist.ts', import.meta.url));

/** Lets a typist work on the folder while the action runs, then kills it. Gives the number of the last draft it said was kept. */
async function typing(
  root: string,
  action: (typist: { readonly firstKept: Promise<unknown> }) => Promise<void>,
): Promise<number> {
  const typist = spawn(process.execPath, ['--import', 'tsx', endlessTypist, root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  typist.stdout.on('data', (chunk) => (said += String(chunk)));
  const closed = once(typist, 'close');
  try {
    await action({ firstKept: once(typist.stdout, 'data') });
  } finally {
    typist.kill('SIGKILL');
    await closed;
  }
  return Number(said.trimEnd().split('\n').at(-1));
}
