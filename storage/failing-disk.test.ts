import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDiskDecisions } from './disk-decisions.ts';
import { openDiskReleases } from './disk-releases.ts';
import { onFailingDisk } from './disk/failing-disk.ts';
import { StorageError } from './storage.ts';

// Everything that changes the disk is refused from the first, the second, … change on, until nothing is refused any more.

const codes = [
  [
    'ENOSPC',
    'disk-full',
    /^The disk is full: `.+` was not saved and is as it was before\. Make room and save again\.$/,
  ],
  [
    'EDQUOT',
    'disk-full',
    /^Your share of the disk is used up: `.+` was not saved and is as it was before\.$/,
  ],
  ['EROFS', 'read-only', /^`.+` lies on a disk that is mounted read-only, so nothing can be saved there\.$/],
  ['EIO', 'failed', /^The system reports EIO for `.+`\.$/],
] as const;

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'proviso-failing-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

const release = (text: string) => [
  { path: 'manifest.json', text },
  { path: 'files/rules/a.yaml', text },
];

describe.each(codes)('%s', (code, told, sentence) => {
  test('while a release is published: it is there whole or not at all, and what went wrong is said', async () => {
    const root = await folder();
    const store = await openDiskReleases(root);
    await store.publish(1, release('1'));
    let number = 2;
    let tries = 0;
    for (; ; tries += 1) {
      const before = await store.read();
      const { outcome, failed } = await onFailingDisk({ code, after: tries }, () =>
        store.publish(number, release(String(number))),
      );
      const { releases, strays } = await store.read();
      expect(strays).toEqual([]);
      if (outcome.status === 'fulfilled') {
        expect(releases.at(-1)).toMatchObject({ number, files: [{}, { text: String(number) }] });
        number += 1;
        if (failed === 0) break;
        continue;
      }
      const error = outcome.reason as StorageError;
      expect(error).toBeInstanceOf(StorageError);
      if (releases.length > before.releases.length) {
        // It has its name already; only whether that is safe is not known.
        expect(error.message).toMatch(/^Release \d+ is published, but/);
        number += 1;
        continue;
      }
      expect([tries, error.code, error.message]).toEqual([tries, told, expect.stringMatching(sentence)]);
      expect(releases).toEqual(before.releases);
    }
    expect(tries).toBeGreaterThan(8);
    expect(await store.interrupted()).toEqual([]);
    expect((await readdir(join(root, 'releases'))).filter((name) => name.startsWith('.'))).toEqual([
      '.gitattributes',
    ]);
  });

  test('while a decision is written down: the old text or the new, never half', async () => {
    const root = await folder();
    const store = await openDiskDecisions(root);
    const write = (text: string) => store.update(async () => ({ text, result: text }));
    let text = '0';
    await write(text);
    let tries = 0;
    for (; ; tries += 1) {
      const next = `${tries + 1}`.repeat(1000);
      const { outcome, failed } = await onFailingDisk({ code, after: tries }, () => write(next));
      const found = await readFile(join(root, 'approvals/decisions.json'), 'utf8');
      if (outcome.status === 'fulfilled') {
        expect(found).toBe(next);
        text = next;
        if (failed === 0) break;
        continue;
      }
      const error = outcome.reason as StorageError;
      expect(error).toBeInstanceOf(StorageError);
      if (found === next) {
        expect(error.message).toMatch(/^It is written, but/);
        text = next;
        continue;
      }
      expect([tries, found, error.code, error.message]).toEqual([
        tries,
        text,
        told,
        expect.stringMatching(sentence),
      ]);
    }
    expect(tries).toBeGreaterThan(3);
    expect(await store.interrupted()).toBe(false);
    expect(await readdir(join(root, 'approvals'))).toEqual(['decisions.json']);
  });
});
