import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { asOrdinaryUser, isRoot } from './disk/as-ordinary-user.ts';
import { asStorageError } from './disk/system-error.ts';
import { openDiskStorage } from './disk.ts';
import { codeOf, hear, versionOfText } from './storage.cases.ts';
import type { Heard } from './storage.cases.ts';
import { StorageError } from './storage.ts';
import type { Storage } from './storage.ts';

interface Folder {
  readonly root: string;
  readonly storage: Storage;
  /** The place of a path on the disk. */
  readonly at: (path: string) => string;
}

const opened: string[] = [];
const heards: Heard[] = [];

/** A folder with these files in it. */
async function folder(files: Readonly<Record<string, string>> = {}): Promise<Folder> {
  const outer = await mkdtemp(join(tmpdir(), 'proviso-disk-'));
  opened.push(outer);
  const root = join(outer, 'workspace');
  await mkdir(root);
  const at = (path: string) => join(root, path);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), text);
  }
  return { root, at, storage: await openDiskStorage(root) };
}

async function listening(storage: Storage): Promise<Heard> {
  const heard = hear(storage);
  heards.push(heard);
  await storage.list();
  return heard;
}

afterEach(async () => {
  for (const heard of heards.splice(0)) heard.stop();
  for (const outer of opened.splice(0)) await rm(outer, { recursive: true });
});

describe('the folder', () => {
  test('must be there, and be one', async () => {
    const { at } = await folder({ 'file.txt': 'x' });
    expect(await codeOf(openDiskStorage(at('none')))).toBe('not-found');
    expect(await codeOf(openDiskStorage(at('file.txt')))).toBe('not-found');
  });

  test('may itself be a link', async () => {
    const { root } = await folder({ 'rules/a.yaml': 'a' });
    await symlink(root, join(root, '..', 'link'));
    const storage = await openDiskStorage(join(root, '..', 'link'));
    expect((await storage.read('rules/a.yaml')).text).toBe('a');
  });

  test('that was taken away is said to be gone', async () => {
    const { root, storage } = await folder({ 'rules/a.yaml': 'a' });
    await rm(root, { recursive: true });
    expect(await codeOf(storage.list())).toBe('not-found');
  });
});

describe('links', () => {
  test.each([
    ['a file out of the workspace', 'rules/link.yaml', '../../outside/secret.yaml'],
    ['by an absolute path', 'rules/link.yaml', '/etc/hostname'],
    ['a file beside the workspace folders', 'rules/link.yaml', '../package.yaml'],
    ['a hidden file', 'rules/link.yaml', '.hidden.yaml'],
    ['a file that is not YAML', 'rules/link.yaml', 'notes.md'],
    ['nothing', 'rules/link.yaml', 'none.yaml'],
    ['itself', 'rules/link.yaml', 'link.yaml'],
  ])('to %s', async (_, path, target) => {
    const { root, at, storage } = await folder({
      'rules/.hidden.yaml': 'secret',
      'rules/notes.md': 'secret',
      'package.yaml': 'secret',
    });
    const secret = join(root, '..', 'outside', 'secret.yaml');
    await mkdir(dirname(secret));
    await writeFile(secret, 'secret');
    await symlink(target, at(path));

    expect(await codeOf(storage.read(path))).toBe('link');
    expect(await codeOf(storage.write(path, 'x', null))).toBe('link');
    expect(await codeOf(storage.write(path, 'x', await versionOfText('secret')))).toBe('link');
    expect(await codeOf(storage.remove(path, await versionOfText('secret')))).toBe('link');
    expect(await storage.list()).toMatchObject([{ kind: 'unreadable', path, code: 'link' }]);
    expect(await readFile(secret, 'utf8')).toBe('secret');
  });

  test('a folder that leads out, and one that stays in: neither is followed', async () => {
    const { root, at, storage } = await folder({ 'rules/a.yaml': 'a' });
    await mkdir(join(root, '..', 'outside'));
    await writeFile(join(root, '..', 'outside', 'x.yaml'), 'secret');
    await symlink('../../outside', at('rules/out'));
    await symlink('.', at('rules/in'));
    await symlink('rules', at('testcases'));

    for (const path of ['rules/out/x.yaml', 'rules/in/a.yaml', 'testcases/a.yaml']) {
      expect(await codeOf(storage.read(path))).toBe('link');
      expect(await codeOf(storage.remove(path, await versionOfText('secret')))).toBe('link');
    }
    for (const path of [
      'rules/out/new.yaml',
      'rules/out/new/new.yaml',
      'rules/in/new.yaml',
      'testcases/new.yaml',
    ]) {
      expect(await codeOf(storage.write(path, 'x', null))).toBe('link');
    }
    expect(await readdir(join(root, '..', 'outside'))).toEqual(['x.yaml']);
    expect(await storage.list()).toMatchObject([
      { kind: 'readable', path: 'rules/a.yaml' },
      { kind: 'unreadable', path: 'rules/in', code: 'link' },
      { kind: 'unreadable', path: 'rules/out', code: 'link' },
      { kind: 'unreadable', path: 'testcases', code: 'link' },
    ]);
  });

  test('to another workspace file: saving goes through it, removing removes the link', async () => {
    const { at, storage } = await folder({ 'rules/a.yaml': 'a' });
    await mkdir(at('testcases'));
    await symlink('../rules/a.yaml', at('testcases/link.yaml'));
    const { version } = await storage.read('testcases/link.yaml');
    await storage.write('testcases/link.yaml', 'b', version);
    expect(await readFile(at('rules/a.yaml'), 'utf8')).toBe('b');
    expect(await storage.remove('testcases/link.yaml', await versionOfText('b'))).toEqual({
      kind: 'removed',
    });
    expect(await storage.list()).toMatchObject([{ path: 'rules/a.yaml', version: await versionOfText('b') }]);
  });
});

/** What is there is told apart from what was checked only on Linux; elsewhere a moment stays between the two. */
describe.runIf(process.platform === 'linux')('a link put in the place of a folder, again and again', () => {
  test('nothing outside is read, written or removed', async () => {
    const { root, at, storage } = await folder({ 'rules/x/a.yaml': 'inside' });
    const outside = join(root, '..', 'outside');
    await mkdir(outside);
    await writeFile(join(outside, 'a.yaml'), 'secret');
    const swapper = spawn(process.execPath, ['--import', 'tsx', endlessSwapper, at('rules/x'), outside], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(swapper, 'exit');
    const answers = new Map<string, number>();
    const count = (answer: string) => answers.set(answer, (answers.get(answer) ?? 0) + 1);
    try {
      await once(swapper.stdout, 'data');
      const [inside, secret] = [await versionOfText('inside'), await versionOfText('secret')];
      // Until both were seen often enough for the test to show something, however busy the machine is.
      const seen = (answer: string) => answers.get(answer) ?? 0;
      const begun = Date.now();
      while (Date.now() < begun + 1500 || seen('inside') < 20 || seen('link') < 20) {
        if (Date.now() > begun + 20_000) throw new Error(`seen: ${JSON.stringify([...answers])}`);
        count(await answerTo(storage.read('rules/x/a.yaml').then(({ text }) => text)));
        // Right for the file outside, and for the one inside, which is written back as it was.
        await answerTo(storage.write('rules/x/a.yaml', 'changed', secret));
        await answerTo(storage.remove('rules/x/a.yaml', secret));
        await answerTo(storage.write('rules/x/a.yaml', 'inside', inside));
        await answerTo(storage.write('rules/x/new.yaml', 'new', null));
        await answerTo(storage.write('rules/x/deep/new.yaml', 'new', null));
      }
    } finally {
      swapper.kill('SIGKILL');
      await ended;
    }
    expect(await readdir(outside)).toEqual(['a.yaml']);
    expect(await readFile(join(outside, 'a.yaml'), 'utf8')).toBe('secret');
    expect([...answers.keys()]).not.toContain('secret');
  });
});

describe('what is no file', () => {
  test('a folder, a pipe, a file where a folder should be', async () => {
    const { at, storage } = await folder({ 'rules/a.yaml': 'a' });
    await mkdir(at('rules/folder.yaml'));
    execFileSync('mkfifo', [at('rules/pipe.yaml')]);
    for (const path of ['rules/folder.yaml', 'rules/pipe.yaml', 'rules/a.yaml/b.yaml']) {
      expect(await codeOf(storage.read(path))).toBe('not-a-file');
      expect(await codeOf(storage.write(path, 'x', null))).toBe('not-a-file');
    }
    expect(await storage.list()).toMatchObject([
      { kind: 'readable', path: 'rules/a.yaml' },
      { kind: 'unreadable', path: 'rules/pipe.yaml', code: 'not-a-file' },
    ]);
  });

  test('a name that other systems do not know', async () => {
    const { storage } = await folder({ 'rules/a:b.yaml': 'x', 'rules/a\\b.yaml': 'x' });
    expect(await storage.list()).toMatchObject([
      { kind: 'unreadable', path: 'rules/a:b.yaml', code: 'unsafe-path' },
      { kind: 'unreadable', path: 'rules/a\\b.yaml', code: 'unsafe-path' },
    ]);
  });

  test('a name longer than the system allows', async () => {
    const { storage } = await folder();
    expect(await codeOf(storage.write(`rules/${'x'.repeat(300)}.yaml`, 'x', null))).toBe('unsafe-path');
  });
});

describe('permissions', () => {
  test('of a replaced file are kept, and its owner as far as the system lets us', async () => {
    const { at, storage } = await folder({ 'rules/a.yaml': 'a' });
    await chmod(at('rules/a.yaml'), 0o640);
    if (isRoot) await chown(at('rules/a.yaml'), 1234, 1235);
    const before = await stat(at('rules/a.yaml'));
    await storage.write('rules/a.yaml', 'b', await versionOfText('a'));
    const after = await stat(at('rules/a.yaml'));
    expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
  });

  test('of a new file are the usual ones', async () => {
    const { at, storage } = await folder();
    await storage.write('rules/new.yaml', 'x', null);
    expect((await stat(at('rules/new.yaml'))).mode & 0o777).toBe(0o666 & ~process.umask());
  });

  test('that are lacking are told, and nothing changes', async () => {
    const { root, at, storage } = await folder({
      'rules/kept.yaml': 'a',
      'rules/shut/a.yaml': 'a',
      'testcases/t.yaml': 't',
    });
    await chmod(dirname(root), 0o755);
    await chmod(at('rules/kept.yaml'), 0o444);
    await chmod(at('rules/shut'), 0o000);
    await chmod(at('testcases'), 0o555);
    const version = await versionOfText('a');
    await asOrdinaryUser(async () => {
      expect(await codeOf(storage.write('rules/kept.yaml', 'b', version))).toBe('not-permitted');
      expect(await codeOf(storage.read('rules/shut/a.yaml'))).toBe('not-permitted');
      expect(await codeOf(storage.write('testcases/new.yaml', 'b', null))).toBe('not-permitted');
      expect(await codeOf(storage.write('testcases/new/new.yaml', 'b', null))).toBe('not-permitted');
      expect(await codeOf(storage.remove('testcases/t.yaml', await versionOfText('t')))).toBe(
        'not-permitted',
      );
      expect(await storage.list()).toMatchObject([
        { kind: 'readable', path: 'rules/kept.yaml', version },
        { kind: 'unreadable', path: 'rules/shut', code: 'not-permitted' },
        { kind: 'readable', path: 'testcases/t.yaml' },
      ]);
    });
    await chmod(at('rules/shut'), 0o755);
  });

  test.each([
    [
      'ENOSPC',
      'disk-full',
      'The disk is full: `rules/a.yaml` was not saved and is as it was before. Make room and save again.',
    ],
    [
      'EDQUOT',
      'disk-full',
      'Your share of the disk is used up: `rules/a.yaml` was not saved and is as it was before.',
    ],
    [
      'EROFS',
      'read-only',
      '`rules/a.yaml` lies on a disk that is mounted read-only, so nothing can be saved there.',
    ],
    ['EIO', 'failed', 'The system reports EIO for `rules/a.yaml`.'],
  ])('the system says %s', (code, expected, message) => {
    const told = asStorageError(Object.assign(new Error(code), { code, syscall: 'write' }), 'rules/a.yaml');
    expect(told).toEqual(new StorageError(expected as 'failed', message));
  });

  test('a mistake of our own is not taken for one of the system', () => {
    const mistake = new TypeError('x is not a function');
    expect(asStorageError(mistake, 'rules/a.yaml')).toBe(mistake);
  });
});

describe('atomicity', () => {
  test(
    'killed in the middle of saving, again and again: the file is always whole',
    { timeout: 20_000 },
    async () => {
      const rounds = await Promise.all([killedWhileWriting(3), killedWhileWriting(3)]);
      // Else hardly any of the kills hit a save, and the test shows nothing.
      expect(rounds.flat().filter((leftovers) => leftovers > 0).length).toBeGreaterThanOrEqual(3);
    },
  );

  test('nothing is left of a save that failed', async () => {
    const { at, storage } = await folder({ 'rules/a.yaml': 'a' });
    await Promise.all(['b', 'c'].map((text) => storage.write('rules/a.yaml', text, null)));
    expect(await codeOf(storage.write('rules/a.yaml/x.yaml', 'x', null))).toBe('not-a-file');
    expect(await readdir(at('rules'))).toEqual(['a.yaml']);
  });

  test('leftovers go with the next save; the work of a living writer stays', async () => {
    const { at, storage } = await folder({ 'rules/a.yaml': 'a' });
    const dead = 4_190_000;
    const names = [
      `.proviso-${dead}-0123456789ab.tmp`,
      `.proviso-${process.ppid}-0123456789ab.tmp`,
      `.proviso-${process.ppid}-ba9876543210.tmp`,
      '.not-ours.tmp',
    ];
    for (const name of names) await writeFile(at(`rules/${name}`), 'half');
    const longAgo = new Date(Date.now() - 120_000);
    await utimes(at(`rules/${names[2]}`), longAgo, longAgo);

    expect(await storage.list()).toHaveLength(1);
    await storage.write('rules/a.yaml', 'b', await versionOfText('a'));
    expect(new Set(await readdir(at('rules')))).toEqual(new Set([names[3], names[1], 'a.yaml']));
  });

  test('a name that is taken while we save is not covered', async () => {
    const { at, storage } = await folder({ 'rules/theirs.yaml': 'theirs' });
    const results = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const path = `rules/${index}.yaml`;
        const [mine, theirs] = await Promise.all([
          storage.write(path, 'mine', null),
          link(at('rules/theirs.yaml'), at(path)).then(
            () => 'first',
            () => 'second',
          ),
        ]);
        return [mine.kind, theirs, await readFile(at(path), 'utf8')].join(' ');
      }),
    );
    for (const result of results) expect(['written second mine', 'conflict first theirs']).toContain(result);
  });
});

describe('watching', () => {
  test('a folder is renamed, removed, and put back under its old name', async () => {
    const { at, storage } = await folder({ 'rules/x/y/a.yaml': 'a' });
    const heard = await listening(storage);
    await rename(at('rules/x'), at('rules/z'));
    await heard.until('rules/x/y/a.yaml', null);
    await heard.until('rules/z/y/a.yaml', 'a');
    await rm(at('rules/z'), { recursive: true });
    await heard.until('rules/z/y/a.yaml', null);

    for (const text of ['b', 'c', 'd']) {
      await rm(at('rules'), { recursive: true });
      await mkdir(at('rules/x/y'), { recursive: true });
      await writeFile(at('rules/x/y/a.yaml'), text);
      await heard.until('rules/x/y/a.yaml', text);
      // The folder is a new one under the old name, and is watched as such.
      await writeFile(at('rules/x/y/a.yaml'), `${text} again`);
      await heard.until('rules/x/y/a.yaml', `${text} again`);
    }
  });

  test('another program that saves as we do: writes beside and renames', async () => {
    const { root, storage } = await folder({ 'rules/a.yaml': 'a' });
    const heard = await listening(storage);
    const other = await openDiskStorage(root);
    await other.write('rules/a.yaml', 'b', await versionOfText('a'));
    await heard.until('rules/a.yaml', 'b');
    await other.remove('rules/a.yaml', await versionOfText('b'));
    await heard.until('rules/a.yaml', null);
    expect(heard.changes).toHaveLength(2);
  });

  test('the same content written again is no change', async () => {
    const { at, storage } = await folder({ 'rules/a.yaml': 'a' });
    const heard = await listening(storage);
    await writeFile(at('rules/a.yaml'), 'a');
    await utimes(at('rules/a.yaml'), new Date(), new Date());
    await writeFile(at('rules/b.yaml'), 'b');
    await heard.until('rules/b.yaml', 'b');
    expect(heard.changes).toHaveLength(1);
  });

  test('a change of the same length in the same instant, its time set back', async () => {
    const { at, storage } = await folder({ 'rules/a.yaml': 'a' });
    const longAgo = new Date(2020, 1, 1);
    await utimes(at('rules/a.yaml'), longAgo, longAgo);
    const heard = await listening(storage);
    for (const text of ['b', 'c', 'd']) {
      await writeFile(at('rules/a.yaml'), text);
      await utimes(at('rules/a.yaml'), longAgo, longAgo);
      await heard.until('rules/a.yaml', text);
    }
  });

  test('the workspace folder is taken away, and comes back: both are said, and what changed meanwhile', async () => {
    const { root, at, storage } = await folder({ 'rules/a.yaml': 'a', 'rules/gone.yaml': 'gone' });
    const heard = await listening(storage);
    const troubles: (string | null)[] = [];
    const stop = storage.watch(
      () => undefined,
      (trouble) => troubles.push(trouble?.code ?? null),
    );
    await rename(root, `${root}.away`);
    await expect.poll(() => troubles).toEqual(['not-found']);
    expect(heard.changes, 'nothing is said to be removed').toEqual([]);

    await mkdir(at('rules'), { recursive: true });
    await writeFile(at('rules/a.yaml'), 'b');
    await expect.poll(() => troubles, { timeout: 5000 }).toEqual(['not-found', null]);
    await heard.until('rules/a.yaml', 'b');
    await heard.until('rules/gone.yaml', null);
    // And it is watched again.
    await writeFile(at('rules/a.yaml'), 'c');
    await heard.until('rules/a.yaml', 'c');
    stop();
  });
});

const endlessWriter = fileURLToPath(new URL('./disk/endless-writer.ts', import.meta.url));

const endlessSwapper = fileURLToPath(new URL('./disk/endless-swapper.ts', import.meta.url));

/** What the promise gives, or the code of the `StorageError` that it ends in. */
async function answerTo(promise: Promise<unknown>): Promise<string> {
  return promise.then(String, (error: unknown) => {
    if (error instanceof StorageError) return error.code;
    throw error;
  });
}

/** Starts a writer and kills it, several times in one folder. Gives how many half-written files each kill left. */
async function killedWhileWriting(times: number): Promise<readonly number[]> {
  const path = 'rules/a.yaml';
  const { root, at, storage } = await folder({ [path]: 'a'.repeat(1_000_000) });
  const leftovers: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const writer = spawn(process.execPath, ['--import', 'tsx', endlessWriter, root, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(writer, 'exit');
    try {
      await once(writer.stdout, 'data');
      const until = Date.now() + 20 + Math.random() * 40;
      // Whoever reads while it writes sees a whole file too.
      while (Date.now() < until) expectWhole(await readFile(at(path), 'utf8'));
      await stopInTheMiddle(writer, at('rules'));
    } finally {
      writer.kill('SIGKILL');
      await ended;
    }

    expectWhole(await readFile(at(path), 'utf8'));
    leftovers.push((await readdir(at('rules'))).length - 1);
    expect(await storage.list()).toMatchObject([{ kind: 'readable', path }]);
    const { version } = await storage.read(path);
    expect((await storage.write(path, String(round).repeat(1_000_000), version)).kind).toBe('written');
    expect(await readdir(at('rules'))).toEqual(['a.yaml']);
  }
  return leftovers;
}

/** Halts the writer where it happens to be, again and again, until that is between beginning a save and its rename. */
async function stopInTheMiddle(writer: ChildProcess, where: string): Promise<void> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 6));
  for (let attempt = 0; attempt < 200; attempt += 1) {
    writer.kill('SIGSTOP');
    await pause();
    if ((await readdir(where)).length > 1) return;
    writer.kill('SIGCONT');
    await pause();
  }
}

function expectWhole(text: string): void {
  // Not `toBe`, which would print a million letters.
  expect([text.length, text === text.charAt(0).repeat(1_000_000)]).toEqual([1_000_000, true]);
}
