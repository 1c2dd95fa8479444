// oxlint-disable vitest/valid-title -- the suite is named for the backend it is run with.
import { afterEach, describe, expect, test } from 'vitest';
import { maxFileBytes, versionOf } from './content.ts';
import { StorageError } from './storage.ts';
import type { Storage, StorageChange } from './storage.ts';

/** A fresh, empty workspace behind the backend to be tested, and the hands of another program in the same files. */
export interface StorageWorld {
  readonly storage: Storage;
  readonly put: (path: string, content: string | Uint8Array) => Promise<void>;
  readonly erase: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What every backend must do alike. */
export function behavesLikeStorage(name: string, openWorld: () => Promise<StorageWorld>): void {
  describe(name, () => {
    const worlds: StorageWorld[] = [];
    async function world(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<StorageWorld> {
      const opened = await openWorld();
      worlds.push(opened);
      for (const [path, content] of Object.entries(files)) await opened.put(path, content);
      return opened;
    }
    afterEach(async () => {
      for (const opened of worlds.splice(0)) await opened.close();
    });

    describe('list and readAll', () => {
      test('an empty workspace', async () => {
        const { storage } = await world();
        expect(await storage.list()).toEqual([]);
        expect(await storage.readAll()).toEqual({ files: [], unreadable: [] });
      });

      test('in the order of the paths, by code unit', async () => {
        const { storage } = await world({
          'testcases/t.yaml': 't',
          'rules/b.yaml': 'b',
          'rules/B/a.yaml': 'a',
        });
        expect(await storage.list()).toEqual([
          { kind: 'readable', path: 'rules/B/a.yaml', version: await versionOfText('a') },
          { kind: 'readable', path: 'rules/b.yaml', version: await versionOfText('b') },
          { kind: 'readable', path: 'testcases/t.yaml', version: await versionOfText('t') },
        ]);
      });

      test('only YAML under `rules/` and `testcases/`, and nothing hidden', async () => {
        const { storage } = await world({
          'rules/a.yaml': 'a',
          'rules/notes.md': 'x',
          'rules/data.json': '{}',
          'rules/old.yaml.bak': 'x',
          'rules/.hidden.yaml': 'x',
          'rules/.git/x.yaml': 'x',
          'other/x.yaml': 'x',
          'rules.yaml': 'x',
          'package.json': '{}',
        });
        expect(paths(await storage.list())).toEqual(['rules/a.yaml']);
      });

      test('a file that cannot be read is there, with the reason', async () => {
        const { storage } = await world({
          'rules/a.yaml': 'a',
          'rules/big.yaml': new Uint8Array(maxFileBytes + 1).fill(32),
          'rules/latin1.yaml': Uint8Array.of(0x72, 0xe9, 0x73),
        });
        const unreadable = [
          {
            kind: 'unreadable',
            path: 'rules/big.yaml',
            code: 'too-large',
            reason: '`rules/big.yaml` is larger than 2 MB, the most that a file may have.',
          },
          {
            kind: 'unreadable',
            path: 'rules/latin1.yaml',
            code: 'not-utf8',
            reason: '`rules/latin1.yaml` is not UTF-8 text.',
          },
        ];
        const a = { path: 'rules/a.yaml', version: await versionOfText('a') };
        expect(await storage.list()).toEqual([{ kind: 'readable', ...a }, ...unreadable]);
        expect(await storage.readAll()).toEqual({ files: [{ ...a, text: 'a' }], unreadable });
      });
    });

    describe('read', () => {
      test('the version is the SHA-256 of the bytes', async () => {
        const { storage } = await world({ 'rules/a.yaml': 'abc' });
        const version = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
        expect(await storage.read('rules/a.yaml')).toEqual({ text: 'abc', version });
      });

      test.each([
        ['an empty file', ''],
        ['no line break at the end', 'a: 1'],
        ['Windows line breaks', 'a: 1\r\nb: 2\r\n'],
        ['a byte order mark', '\ufeffa: 1\n'],
        ['more than ASCII', 'ä: "🦴 ≥ 8 min"\n'],
        ['a NUL', 'a\0b'],
        ['the largest size', ' '.repeat(maxFileBytes)],
      ])('kept to the byte: %s', async (_, text) => {
        const { storage } = await world({ 'rules/a.yaml': text });
        expect(await storage.read('rules/a.yaml')).toEqual({ text, version: await versionOfText(text) });
        await storage.write('rules/b.yaml', text, null);
        expect(await storage.read('rules/b.yaml')).toEqual({ text, version: await versionOfText(text) });
      });

      test('a file that is not there', async () => {
        const { storage } = await world();
        expect(await codeOf(storage.read('rules/none.yaml'))).toBe('not-found');
        expect(await codeOf(storage.read('rules/none/none.yaml'))).toBe('not-found');
      });

      test('a file too large, a file that is not UTF-8', async () => {
        const { storage } = await world({
          'rules/big.yaml': new Uint8Array(maxFileBytes + 1),
          'rules/utf16.yaml': Uint8Array.of(0xff, 0xfe, 0x61, 0),
        });
        expect(await codeOf(storage.read('rules/big.yaml'))).toBe('too-large');
        expect(await codeOf(storage.read('rules/utf16.yaml'))).toBe('not-utf8');
      });
    });

    describe('paths that are refused, whatever is asked', () => {
      test.each([
        ['', 'unsafe-path'],
        ['..', 'unsafe-path'],
        ['../x.yaml', 'unsafe-path'],
        ['rules/../../x.yaml', 'unsafe-path'],
        ['rules/../rules/a.yaml', 'unsafe-path'],
        ['rules/./a.yaml', 'unsafe-path'],
        ['rules//a.yaml', 'unsafe-path'],
        ['rules/a.yaml/', 'unsafe-path'],
        ['/etc/passwd', 'unsafe-path'],
        ['/rules/a.yaml', 'unsafe-path'],
        ['C:/rules/a.yaml', 'unsafe-path'],
        ['rules\\a.yaml', 'unsafe-path'],
        ['rules/..\\..\\x.yaml', 'unsafe-path'],
        ['rules/a.yaml\0.txt', 'unsafe-path'],
        ['rules/a\0.yaml', 'unsafe-path'],
        ['rules/a\n.yaml', 'unsafe-path'],
        ['rules/\ud83e.yaml', 'unsafe-path'],
        ['rules/a.yaml:stream.yaml', 'unsafe-path'],
        ['rules', 'not-a-workspace-file'],
        ['a.yaml', 'not-a-workspace-file'],
        ['rules.yaml', 'not-a-workspace-file'],
        ['Rules/a.yaml', 'not-a-workspace-file'],
        ['other/a.yaml', 'not-a-workspace-file'],
        ['rules/a.yml', 'not-a-workspace-file'],
        ['rules/a.json', 'not-a-workspace-file'],
        ['rules/a.YAML', 'not-a-workspace-file'],
        ['rules/.a.yaml', 'not-a-workspace-file'],
        ['rules/.git/a.yaml', 'not-a-workspace-file'],
        // Not decoded twice: this is a folder with a strange name, outside of ours.
        ['%2e%2e/rules/a.yaml', 'not-a-workspace-file'],
      ])('%j', async (path, code) => {
        const { storage } = await world({ 'rules/a.yaml': 'a' });
        expect(await codeOf(storage.read(path))).toBe(code);
        expect(await codeOf(storage.write(path, 'x', null))).toBe(code);
        expect(await codeOf(storage.remove(path, await versionOfText('a')))).toBe(code);
        expect(paths(await storage.list())).toEqual(['rules/a.yaml']);
      });
    });

    describe('write', () => {
      test('creates the file and its folders', async () => {
        const { storage } = await world();
        const version = await versionOfText('new');
        expect(await storage.write('rules/x/y/new.yaml', 'new', null)).toEqual({ kind: 'written', version });
        expect(await storage.read('rules/x/y/new.yaml')).toEqual({ text: 'new', version });
        expect(await storage.list()).toEqual([{ kind: 'readable', path: 'rules/x/y/new.yaml', version }]);
      });

      test('replaces what the caller had read', async () => {
        const { storage } = await world({ 'rules/a.yaml': 'a long old text' });
        const { version } = await storage.read('rules/a.yaml');
        const written = { kind: 'written', version: await versionOfText('new') };
        expect(await storage.write('rules/a.yaml', 'new', version)).toEqual(written);
        expect((await storage.read('rules/a.yaml')).text).toBe('new');
      });

      test('the same text again is no conflict', async () => {
        const { storage } = await world({ 'rules/a.yaml': 'a' });
        const version = await versionOfText('a');
        expect(await storage.write('rules/a.yaml', 'a', version)).toEqual({ kind: 'written', version });
      });

      test('conflict: somebody else has saved', async () => {
        const { storage, put } = await world({ 'rules/a.yaml': 'a' });
        const { version } = await storage.read('rules/a.yaml');
        await put('rules/a.yaml', 'theirs');
        const current = { text: 'theirs', version: await versionOfText('theirs') };
        expect(await storage.write('rules/a.yaml', 'mine', version)).toEqual({ kind: 'conflict', current });
        expect(await storage.read('rules/a.yaml')).toEqual(current);
      });

      test('conflict: the file must not exist yet, and does', async () => {
        const { storage } = await world({ 'rules/a.yaml': 'a' });
        const current = { text: 'a', version: await versionOfText('a') };
        expect(await storage.write('rules/a.yaml', 'mine', null)).toEqual({ kind: 'conflict', current });
        expect(await storage.read('rules/a.yaml')).toEqual(current);
      });

      test('conflict: the file is gone, and is not created anew', async () => {
        const { storage } = await world();
        const result = await storage.write('rules/x/a.yaml', 'mine', await versionOfText('a'));
        expect(result).toEqual({ kind: 'conflict', current: null });
        expect(await storage.list()).toEqual([]);
      });

      test('ten at once from the same version: one is written, nine learn of it', async () => {
        const { storage } = await world({ 'rules/a.yaml': 'a' });
        const { version } = await storage.read('rules/a.yaml');
        const texts = Array.from({ length: 10 }, (_, index) => `text ${index}`);
        const results = await Promise.all(texts.map((text) => storage.write('rules/a.yaml', text, version)));
        expect(results.filter((result) => result.kind === 'written')).toHaveLength(1);
        const kept = await storage.read('rules/a.yaml');
        expect(texts).toContain(kept.text);
        const conflict = { kind: 'conflict', current: kept };
        expect(results.filter((result) => result.kind === 'conflict')).toEqual(
          texts.slice(1).map(() => conflict),
        );
      });

      test('ten at once to ten new files', async () => {
        const { storage } = await world();
        const names = Array.from({ length: 10 }, (_, index) => `testcases/new/${index}.yaml`);
        await Promise.all(names.map((path) => storage.write(path, path, null)));
        expect((await storage.readAll()).files.map(({ path, text }) => [path, text])).toEqual(
          names.map((path) => [path, path]),
        );
      });

      test.each([
        ['too large', 'ä'.repeat(maxFileBytes / 2 + 1), 'too-large'],
        ['half a character', 'a\ud83e', 'not-utf8'],
      ])('refused, and the file stays: %s', async (_, text, code) => {
        const { storage } = await world({ 'rules/a.yaml': 'a' });
        const { version } = await storage.read('rules/a.yaml');
        expect(await codeOf(storage.write('rules/a.yaml', text, version))).toBe(code);
        expect((await storage.read('rules/a.yaml')).text).toBe('a');
      });

      test('a file that cannot be read is not overwritten', async () => {
        const { storage } = await world({ 'rules/a.yaml': Uint8Array.of(0xff) });
        expect(await codeOf(storage.write('rules/a.yaml', 'x', null))).toBe('not-utf8');
        expect(await codeOf(storage.remove('rules/a.yaml', await versionOfText('x')))).toBe('not-utf8');
        expect(paths(await storage.list())).toEqual(['rules/a.yaml']);
      });
    });

    describe('remove', () => {
      test('what the caller had read', async () => {
        const { storage } = await world({ 'rules/a.yaml': 'a', 'rules/b.yaml': 'b' });
        const { version } = await storage.read('rules/a.yaml');
        expect(await storage.remove('rules/a.yaml', version)).toEqual({ kind: 'removed' });
        expect(paths(await storage.list())).toEqual(['rules/b.yaml']);
      });

      test('conflict: somebody else has saved', async () => {
        const { storage } = await world({ 'rules/a.yaml': 'theirs' });
        const current = { text: 'theirs', version: await versionOfText('theirs') };
        const result = await storage.remove('rules/a.yaml', await versionOfText('a'));
        expect(result).toEqual({ kind: 'conflict', current });
        expect(await storage.read('rules/a.yaml')).toEqual(current);
      });

      test('conflict: somebody else has removed it', async () => {
        const { storage } = await world();
        const result = await storage.remove('rules/a.yaml', await versionOfText('a'));
        expect(result).toEqual({ kind: 'conflict', current: null });
      });

      test('and created again', async () => {
        const { storage } = await world({ 'rules/a.yaml': 'a' });
        await storage.remove('rules/a.yaml', await versionOfText('a'));
        const version = await versionOfText('b');
        expect(await storage.write('rules/a.yaml', 'b', null)).toEqual({ kind: 'written', version });
      });
    });

    describe('watch', () => {
      test('another program creates, changes and removes', async () => {
        const { storage, put, erase } = await world({ 'rules/a.yaml': 'a' });
        const heard = hear(storage);
        await storage.list();

        await put('rules/new.yaml', 'new');
        await heard.until('rules/new.yaml', 'new');
        await put('rules/a.yaml', 'b');
        await heard.until('rules/a.yaml', 'b');
        await erase('rules/a.yaml');
        await heard.until('rules/a.yaml', null);

        expect(heard.changes).toEqual([
          { kind: 'written', path: 'rules/new.yaml', version: await versionOfText('new') },
          { kind: 'written', path: 'rules/a.yaml', version: await versionOfText('b') },
          { kind: 'removed', path: 'rules/a.yaml', version: null },
        ]);
      });

      test('own saves and removals make no echo', async () => {
        const { storage, put } = await world({ 'rules/a.yaml': 'a', 'rules/gone.yaml': 'gone' });
        const heard = hear(storage);
        await storage.list();

        let version = await versionOfText('a');
        for (const text of ['b', 'c', 'd']) {
          const result = await storage.write('rules/a.yaml', text, version);
          if (result.kind === 'written') version = result.version;
        }
        await storage.write('rules/x/new.yaml', 'new', null);
        await storage.remove('rules/gone.yaml', await versionOfText('gone'));
        await put('rules/last.yaml', 'last');
        await heard.until('rules/last.yaml', 'last');

        expect(paths(heard.changes)).toEqual(['rules/last.yaml']);
      });

      test('back to the version before one of our own', async () => {
        const { storage, put } = await world({ 'rules/a.yaml': 'a' });
        const heard = hear(storage);
        await storage.list();
        await storage.write('rules/a.yaml', 'b', await versionOfText('a'));
        await put('rules/a.yaml', 'a');
        await heard.until('rules/a.yaml', 'a');
        expect(heard.changes).toEqual([
          { kind: 'written', path: 'rules/a.yaml', version: await versionOfText('a') },
        ]);
      });

      test('a file that becomes unreadable, and readable again', async () => {
        const { storage, put } = await world({ 'rules/a.yaml': 'a' });
        const heard = hear(storage);
        await storage.list();
        await put('rules/a.yaml', Uint8Array.of(0xff));
        await heard.until('rules/a.yaml', null);
        await put('rules/a.yaml', 'a');
        await heard.until('rules/a.yaml', 'a');
        const reason = '`rules/a.yaml` is not UTF-8 text.';
        expect(heard.changes).toEqual([
          { kind: 'unreadable', path: 'rules/a.yaml', version: null, code: 'not-utf8', reason },
          { kind: 'written', path: 'rules/a.yaml', version: await versionOfText('a') },
        ]);
      });

      test('many files in new folders within folders, at once', async () => {
        const { storage, put } = await world();
        const heard = hear(storage);
        await storage.list();
        const made = Array.from(
          { length: 40 },
          (_, index) => `testcases/${index % 4}/x/${index % 8}/${index}.yaml`,
        );
        await Promise.all(made.map((path) => put(path, path)));
        for (const path of made) await heard.until(path, path);
        // And the new folders are watched from then on.
        await put(made[7]!, 'changed');
        await heard.until(made[7]!, 'changed');
        expect(new Set(paths(heard.changes))).toEqual(new Set(made));
      });

      test('what is no workspace file is not told', async () => {
        const { storage, put } = await world();
        const heard = hear(storage);
        await storage.list();
        await put('rules/notes.md', 'x');
        await put('other/x.yaml', 'x');
        await put('rules/a.yaml', 'a');
        await heard.until('rules/a.yaml', 'a');
        expect(paths(heard.changes)).toEqual(['rules/a.yaml']);
      });

      test('watched first and listed then, nothing falls between', async () => {
        const { storage, put } = await world({ 'rules/a.yaml': '0' });
        const heard = hear(storage);
        const listed = { done: false };
        const busy = (async () => {
          for (let count = 1; !listed.done; count += 1) await put('rules/a.yaml', String(count));
        })();
        const { files } = await storage.readAll();
        listed.done = true;
        await busy;
        const last = await storage.read('rules/a.yaml');
        if (files[0]?.version !== last.version) await heard.until('rules/a.yaml', last.text);
        expect(last.text).not.toBe('0');
      });

      test('two who watch both hear; one that stopped hears no more', async () => {
        const { storage, put } = await world();
        const [first, second] = [hear(storage), hear(storage)];
        await storage.list();
        await put('rules/a.yaml', 'a');
        await Promise.all([first.until('rules/a.yaml', 'a'), second.until('rules/a.yaml', 'a')]);
        first.stop();
        await put('rules/b.yaml', 'b');
        await second.until('rules/b.yaml', 'b');
        expect(paths(first.changes)).toEqual(['rules/a.yaml']);
        expect(paths(second.changes)).toEqual(['rules/a.yaml', 'rules/b.yaml']);
      });

      test('stopped and begun again', async () => {
        const { storage, put } = await world();
        hear(storage).stop();
        const heard = hear(storage);
        await storage.list();
        await put('rules/a.yaml', 'a');
        await heard.until('rules/a.yaml', 'a');
        expect(heard.changes).toHaveLength(1);
      });
    });
  });
}

export async function versionOfText(text: string): Promise<string> {
  return versionOf(new TextEncoder().encode(text));
}

/** The code of the `StorageError` that the promise must end in. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
  if (outcome instanceof StorageError) return outcome.code;
  throw new Error(`expected a StorageError, got ${JSON.stringify(outcome)}`, { cause: outcome });
}

export interface Heard {
  readonly changes: readonly StorageChange[];
  /** Waits until the last that was told of the path is this text; null: that there is none to read. */
  until(path: string, text: string | null): Promise<void>;
  stop(): void;
}

export function hear(storage: Storage): Heard {
  const changes: StorageChange[] = [];
  const waiting = new Set<() => void>();
  const stop = storage.watch((change) => {
    changes.push(change);
    for (const look of waiting) look();
  });
  return {
    changes,
    stop,
    async until(path, text) {
      const version = text === null ? null : await versionOfText(text);
      await new Promise<void>((resolve, reject) => {
        const givingUp = setTimeout(() => {
          reject(new Error(`never heard of ${path} as ${text}; heard ${JSON.stringify(changes)}`));
        }, 5000);
        const look = () => {
          if (changes.findLast((change) => change.path === path)?.version !== version) return;
          clearTimeout(givingUp);
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
  };
}

function paths(entries: readonly { readonly path: string }[]): readonly string[] {
  return entries.map((entry) => entry.path);
}
