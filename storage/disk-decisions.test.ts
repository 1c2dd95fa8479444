import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openDiskDecisions } from './disk-decisions.ts';
import type { DecisionStore } from './disk-decisions.ts';
import { asOrdinaryUser } from './disk/as-ordinary-user.ts';
import { codeOf } from './storage.cases.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'proviso-decisions-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

const write = (store: DecisionStore, text: string | null) =>
  store.update(async (before) => ({ text, result: before }));

test('is read as it was written, and goes without a trace', async () => {
  const root = await folder();
  const store = await openDiskDecisions(root);
  expect(await store.read()).toBe(null);
  expect(await write(store, 'ä\n')).toBe(null);
  expect(await store.read()).toBe('ä\n');
  expect(await write(store, null)).toBe('ä\n');
  expect([await store.read(), await readdir(join(root, 'approvals'))]).toEqual([null, []]);
});

test('a change that fails leaves all as it was, and the next one is let in', async () => {
  const store = await openDiskDecisions(await folder());
  await write(store, 'one');
  await expect(store.update(() => Promise.reject(new Error('oh')))).rejects.toThrow('oh');
  expect(await store.read()).toBe('one');
  expect(await write(store, 'two')).toBe('one');
});

test('many at once, from several stores: each sees what the one before has written', async () => {
  const root = await folder();
  const stores = await Promise.all([1, 2, 3].map(() => openDiskDecisions(root)));
  const add = (store: DecisionStore) =>
    store.update(async (text) => ({ text: String(Number(text ?? 0) + 1), result: null }));
  await Promise.all(stores.flatMap((store) => [add(store), add(store), add(store), add(store)]));
  expect(await stores[0]!.read()).toBe('12');
});

test('never goes through a link, or into something that is no file', async () => {
  const [root, outside] = [await folder(), await folder()];
  await symlink(outside, join(root, 'approvals'));
  const store = await openDiskDecisions(root);
  expect([await codeOf(store.read()), await codeOf(write(store, 'x'))]).toEqual(['link', 'link']);
  await rm(join(root, 'approvals'));
  await mkdir(join(root, 'approvals'));
  await writeFile(join(outside, 'x'), 'secret');
  await symlink(join(outside, 'x'), join(root, 'approvals/decisions.json'));
  expect([await codeOf(store.read()), await codeOf(write(store, 'x'))]).toEqual(['link', 'link']);
  await rm(join(root, 'approvals/decisions.json'));
  await mkdir(join(root, 'approvals/decisions.json'));
  expect(await codeOf(store.read())).toBe('not-a-file');
  expect(await readdir(outside)).toEqual(['x']);
});

test('a folder that may only be read: it is read, and writing is a clear error', async () => {
  const root = await folder();
  await write(await openDiskDecisions(root), 'one');
  await chmod(root, 0o755);
  await chmod(join(root, 'approvals'), 0o555);
  await asOrdinaryUser(async () => {
    const store = await openDiskDecisions(root);
    expect([await codeOf(write(store, 'two')), await store.read()]).toEqual(['not-permitted', 'one']);
  });
});

test('killed at any moment: whole, nothing lost that was said to be done, and the next start says so', async () => {
  const root = await folder();
  const store = await openDiskDecisions(root);
  const decider = fileURLToPath(new URL('./disk/endless-decider.ts', import.meta.url));
  let interrupted = 0;
  for (let round = 0; round < 8; round += 1) {
    const child = spawn(process.execPath, ['--import', 'tsx', decider, root], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => void (said += text));
    await once(child.stdout, 'data');
    // Halted where it happens to be, again and again, until a text is half-written.
    for (let attempt = 0; attempt < 100; attempt += 1) {
      child.kill('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
      const names = await readdir(join(root, 'approvals'));
      if (names.some((name) => name.endsWith('.tmp'))) break;
      child.kill('SIGCONT');
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
    }
    child.kill('SIGKILL');
    await ended;

    const text = (await store.read())!;
    const number = Number(text.split(' ')[0]);
    expect(text === `${number} `.repeat(20_000), 'the text is whole').toBe(true);
    const done = Number(said.trim().split('\n').at(-1));
    expect([done, done + 1]).toContain(number);
    if (await store.interrupted()) interrupted += 1;
    // The next one is let in at once, and cleans up.
    await write(store, text.replaceAll(`${number} `, `${number + 1} `));
    expect(await store.interrupted()).toBe(false);
    expect(await readdir(join(root, 'approvals'))).toEqual(['decisions.json']);
  }
  expect(interrupted, 'some of the kills have met a half-written text').toBeGreaterThan(0);
}, 60_000);
