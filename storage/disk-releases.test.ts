import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { asOrdinaryUser } from './disk/as-ordinary-user.ts';
import { openDiskReleases } from './disk-releases.ts';
import { openDiskStorage } from './disk.ts';
import { codeOf } from './storage.cases.ts';
import { StorageError } from './storage.ts';

const small = [
  { path: 'manifest.json', text: '{}\n' },
  { path: 'files/rules/a.yaml', text: 'a: 1\n' },
];

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'proviso-releases-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

describe('a release', () => {
  test('is read as it was published, and lies there for reading only', async () => {
    const root = await folder();
    const store = await openDiskReleases(root);
    expect(await store.read()).toEqual({ releases: [], strays: [] });
    await store.publish(1, small);
    await store.publish(2, [{ path: 'manifest.json', text: '\uFEFFä\r\n' }]);
    expect(await store.read()).toEqual({
      releases: [
        {
          number: 1,
          files: [
            { path: 'files/rules/a.yaml', text: 'a: 1\n', reason: null },
            { path: 'manifest.json', text: '{}\n', reason: null },
          ],
        },
        { number: 2, files: [{ path: 'manifest.json', text: '\uFEFFä\r\n', reason: null }] },
      ],
      strays: [],
    });
    expect((await stat(join(root, 'releases/1/files/rules/a.yaml'))).mode & 0o222).toBe(0);
    expect((await readdir(join(root, 'releases'))).toSorted()).toEqual(['.gitattributes', '1', '2']);
  });

  test('is not published a second time, and stays as it is', async () => {
    const root = await folder();
    const store = await openDiskReleases(root);
    await store.publish(1, small);
    const before = await store.read();
    await expect(store.publish(1, [{ path: 'manifest.json', text: 'other' }])).rejects.toThrow(
      'Release 1 was published by somebody else meanwhile.',
    );
    await mkdir(join(root, 'releases/2'));
    await expect(store.publish(2, small)).rejects.toThrow('Release 2 was published by somebody else');
    await rm(join(root, 'releases/2'), { recursive: true });
    expect(await store.read()).toEqual(before);
    expect((await readdir(join(root, 'releases'))).toSorted()).toEqual(['.gitattributes', '1']);
  });

  test('is out of reach for everything else that stores files', async () => {
    const root = await folder();
    await (await openDiskReleases(root)).publish(1, small);
    const storage = await openDiskStorage(root);
    for (const path of ['releases/1/files/rules/a.yaml', 'releases/2/manifest.json', 'releases/x.yaml']) {
      expect(await codeOf(storage.write(path, 'x', null))).toBe('not-a-workspace-file');
      expect(await codeOf(storage.remove(path, 'x'))).toBe('not-a-workspace-file');
    }
  });

  test('that was changed is read as it is now: links, other bytes, empty folders, things beside it', async () => {
    const root = await folder();
    const store = await openDiskReleases(root);
    await store.publish(1, small);
    const at = (path: string) => join(root, 'releases', path);
    await rm(at('1/files/rules/a.yaml'));
    await symlink('/etc/hostname', at('1/files/rules/a.yaml'));
    await writeFile(at('1/bytes'), Uint8Array.of(0xff));
    await mkdir(at('1/empty'));
    execFileSync('mkfifo', [at('1/pipe')]);
    await writeFile(at('notes.txt'), '');
    await symlink('1', at('2'));
    expect(await store.read()).toEqual({
      releases: [
        {
          number: 1,
          files: [
            { path: 'bytes', text: null, reason: 'It is not UTF-8 text.' },
            { path: 'empty', text: null, reason: 'It is no file.' },
            { path: 'files/rules/a.yaml', text: null, reason: 'It is a link.' },
            { path: 'manifest.json', text: '{}\n', reason: null },
            { path: 'pipe', text: null, reason: 'It is no file.' },
          ],
        },
      ],
      strays: ['2', 'notes.txt'],
    });
  });

  test('never goes through a link out of the workspace', async () => {
    const [root, outside] = [await folder(), await folder()];
    await symlink(outside, join(root, 'releases'));
    const store = await openDiskReleases(root);
    expect(await codeOf(store.publish(1, small))).toBe('link');
    expect(await codeOf(store.read())).toBe('link');
    expect(await readdir(outside)).toEqual([]);
  });
});

describe('two at once', () => {
  test('in one process: one succeeds, the other hears why it does not', async () => {
    const store = await openDiskReleases(await folder());
    const answers = await Promise.all([1, 2, 3].map(() => answerTo(store.publish(1, small))));
    expect(answers.filter((answer) => answer === 'published')).toHaveLength(1);
    for (const answer of answers) expect(answer).toMatch(/^published$|at this moment|meanwhile/);
    expect((await store.read()).releases).toMatchObject([{ number: 1 }]);
  });

  test('in two processes: each number is published once, whole', async () => {
    const root = await folder();
    const publishers = [startPublisher(root), startPublisher(root)];
    const store = await openDiskReleases(root);
    await expect
      .poll(async () => (await store.read()).releases.length, { timeout: 20_000 })
      .toBeGreaterThan(3);
    // The one that comes second ends with its sentence; the other goes on.
    await Promise.race(publishers.map(({ ended }) => ended));
    for (const { child } of publishers) child.kill('SIGKILL');
    await Promise.all(publishers.map(({ ended }) => ended));
    expect(publishers.map(({ said }) => said()).join('')).toMatch(/at this moment|meanwhile/);
    expectWhole((await store.read()).releases);
  });

  test('the lock of a process that is gone, or of long ago, holds nobody back', async () => {
    const root = await folder();
    const store = await openDiskReleases(root);
    await mkdir(join(root, 'releases'));
    const lock = join(root, 'releases/.publishing');
    await writeFile(lock, `${await deadProcess()} ab\n`);
    await store.publish(1, small);

    // Killed before it has written its number.
    await writeFile(lock, '');
    await store.publish(2, small);

    // A process that runs, and is not this one.
    await writeFile(lock, `${process.ppid} ab\n`);
    await expect(store.publish(3, small)).rejects.toThrow('Another release is being published');
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(lock, longAgo, longAgo);
    await store.publish(3, small);
    expect((await readdir(join(root, 'releases'))).toSorted()).toEqual(['.gitattributes', '1', '2', '3']);
  });
});

describe('what cannot be', () => {
  test('a folder that may only be read: a clear error, and all is as it was', async () => {
    const root = await folder();
    await (await openDiskReleases(root)).publish(1, small);
    await chmod(root, 0o755);
    await chmod(join(root, 'releases'), 0o555);
    await asOrdinaryUser(async () => {
      const store = await openDiskReleases(root);
      expect(await codeOf(store.publish(2, small))).toBe('not-permitted');
      expect((await store.read()).releases).toMatchObject([{ number: 1 }]);
    });
    await chmod(join(root, 'releases'), 0o755);
    await rm(join(root, 'releases'), { recursive: true });
    await chmod(root, 0o555);
    await asOrdinaryUser(async () => {
      expect(await codeOf((await openDiskReleases(root)).publish(1, small))).toBe('not-permitted');
    });
    expect(await readdir(root)).toEqual([]);
    await chmod(root, 0o755);
  });

  test('a name that the system does not take, after other files: nothing stays behind', async () => {
    const root = await folder();
    const store = await openDiskReleases(root);
    const files = [...small, { path: `files/${'x'.repeat(300)}`, text: '' }];
    expect(await codeOf(store.publish(1, files))).toBe('unsafe-path');
    expect(await readdir(join(root, 'releases'))).toEqual(['.gitattributes']);
  });

  test.runIf(process.platform === 'linux')(
    'a file that the system takes only a part of, as on a full disk: an error, and nothing stays',
    async () => {
      const root = await folder();
      const store = await openDiskReleases(root);
      await mkdir(join(root, 'releases'));
      // The system writes no file larger than this for the process, as if there were no more room.
      const { code, err } = await limitedPublisher(root);
      expect(code).not.toBe(0);
      expect(err).toMatch(/EFBIG/);
      expect(await store.read()).toEqual({ releases: [], strays: [] });
      expect((await readdir(join(root, 'releases'))).filter((name) => name !== '.gitattributes')).toEqual([]);
    },
  );
});

describe('killed at any moment', () => {
  test('every release is whole or not there, what is left is told, and the next publish removes it', async () => {
    const root = await folder();
    const store = await openDiskReleases(root);
    const told: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      const { child, ended } = startPublisher(root);
      try {
        await once(child.stdout, 'data');
        await stopInTheMiddle(child, join(root, 'releases'));
      } finally {
        child.kill('SIGKILL');
        await ended;
      }
      const { releases, strays } = await store.read();
      expect(strays).toEqual([]);
      expectWhole(releases);
      const interrupted = await store.interrupted();
      const next = releases.length + 1;
      expect([[], [next]]).toContainEqual(interrupted);
      told.push(interrupted.length);

      await store.publish(next, filesOf(next));
      expect(await store.interrupted()).toEqual([]);
      expect((await readdir(join(root, 'releases'))).filter((name) => name.startsWith('.'))).toEqual([
        '.gitattributes',
      ]);
      expectWhole((await store.read()).releases);
    }
    // Some of the kills have met a release that was half-written.
    expect(told.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0);
  }, 90_000);
});

const endlessPublisher = fileURLToPath(new URL('./disk/endless-publisher.ts', import.meta.url));

function startPublisher(root: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', endlessPublisher, root], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (said += text));
  return { child, ended: once(child, 'exit'), said: () => said };
}

/** A publisher that may write files of some thousand bytes only, while the files of a release have more. */
async function limitedPublisher(
  root: string,
): Promise<{ readonly code: number | null; readonly err: string }> {
  const text = `
    import { openDiskReleases } from ${JSON.stringify(new URL('./disk-releases.ts', import.meta.url).href)};
    const store = await openDiskReleases(${JSON.stringify(root)});
    await store.publish(1, [{ path: 'a', text: 'a' }, { path: 'manifest.json', text: 'x'.repeat(1_000_000) }]);
  `;
  const file = join(await folder(), 'limited.mts');
  await writeFile(file, text);
  const child = spawn(
    'bash',
    ['-c', 'trap "" XFSZ; ulimit -f 100; exec "$@"', '-', process.execPath, '--import', 'tsx', file],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (said: string) => void (err += said));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, err };
}

/** Halts the publisher where it happens to be, again and again, until a release is half-written. */
async function stopInTheMiddle(publisher: ChildProcess, where: string): Promise<void> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 6));
  for (let attempt = 0; attempt < 100; attempt += 1) {
    publisher.kill('SIGSTOP');
    await pause();
    const names = await readdir(where).catch(() => []);
    if (names.some((name) => /^\.\d/.test(name))) return;
    publisher.kill('SIGCONT');
    await pause();
  }
}

/** As `endless-publisher.ts` writes them. */
function filesOf(number: number) {
  return ['manifest.json', 'files/rules/a.yaml', 'files/rules/b/c.yaml'].map((path) => ({
    path,
    text: `${number}\n`.repeat(1000),
  }));
}

function expectWhole(
  releases: Awaited<ReturnType<Awaited<ReturnType<typeof openDiskReleases>>['read']>>['releases'],
): void {
  expect(releases.map(({ number }) => number)).toEqual(releases.map((_, index) => index + 1));
  for (const { number, files } of releases) {
    const expected = filesOf(number).map((file) => ({ ...file, reason: null }));
    expect([number, files]).toEqual([number, expected.toSorted((a, b) => (a.path < b.path ? -1 : 1))]);
  }
}

async function answerTo(promise: Promise<void>): Promise<string> {
  return promise.then(
    () => 'published',
    (error: unknown) => {
      if (error instanceof StorageError) return error.message;
      throw error;
    },
  );
}

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid!;
}
