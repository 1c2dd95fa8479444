import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openDiskDrafts } from '../storage/disk-drafts.ts';
import { createHttpDrafts } from '../storage/http-drafts.ts';
import { createHttpStorage } from '../storage/http.ts';
import { StorageError } from '../storage/storage.ts';
import { putFile } from './testing.ts';

const child = fileURLToPath(new URL('./killed.child.ts', import.meta.url));
const token = 'token-of-the-server-to-be-killed';
const path = 'rules/a.yaml';
const textOf = (number: number) => `${number} `.repeat(50_000);
const numberIn = (text: string) => Number(text.split(' ')[0]);

test('killed in the middle of saves and drafts, again and again: old or new, never half, and no word is broken', async () => {
  const outer = await mkdtemp(join(tmpdir(), 'proviso-killed-'));
  onTestFinished(() => rm(outer, { recursive: true }));
  const root = join(outer, 'workspace');
  await mkdir(root);
  await putFile(outer, 'editor/index.html', '<!doctype html>');
  await putFile(root, path, textOf(0));

  let number = 0;
  let [saved, kept] = [0, 0];
  for (let round = 0; round < 10; round += 1) {
    const server = spawn(process.execPath, ['--import', 'tsx', child, root, join(outer, 'editor'), token], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(server, 'exit');
    const base = String((await once(server.stdout, 'data'))[0]).trim();
    const storage = createHttpStorage({ base, token });
    const drafts = createHttpDrafts({ base, token });
    // The numbers that were asked for last; those that were said to be done.
    let { version } = await storage.read(path);
    const first = number;
    await untilItDies(async () => {
      // Once it is at work, at any moment of it.
      if (number === first + 1) setTimeout(() => server.kill('SIGKILL'), Math.random() * 80);
      number += 1;
      const draft = {
        tab: 'tab-one-1',
        path,
        text: textOf(number),
        base: version,
        at: '2026-11-24T11:02:00Z',
      };
      const saving = storage.write(path, textOf(number), version);
      const keeping = drafts.put(draft);
      const [one, other] = await Promise.allSettled([saving, keeping]);
      if (one.status === 'fulfilled' && one.value.kind === 'written') {
        saved = number;
        ({ version } = one.value);
      }
      if (other.status === 'fulfilled') kept = number;
      for (const outcome of [one, other]) if (outcome.status === 'rejected') throw outcome.reason;
    });
    await ended;
    expect(number, 'the server was at work when it was killed').toBeGreaterThan(first + 1);

    const onDisk = await readFile(join(root, path), 'utf8');
    expect(onDisk === textOf(numberIn(onDisk)), 'the file is whole').toBe(true);
    // What was asked for last may have been done, and the answer cut off.
    expect([saved, number]).toContain(numberIn(onDisk));
    const [draft] = await (await openDiskDrafts(root)).load();
    expect(draft!.text === textOf(numberIn(draft!.text)), 'the draft is whole').toBe(true);
    expect([kept, number]).toContain(numberIn(draft!.text));
    expect(draft!.inUse).toBe(false);
    saved = numberIn(onDisk);
    kept = numberIn(draft!.text);
  }
}, 90_000);

async function untilItDies(action: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await action();
    } catch (error) {
      if (error instanceof StorageError && error.code === 'unreachable') return;
      throw error;
    }
  }
}
