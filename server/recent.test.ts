import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createRecentFolders } from './recent.ts';

async function stateFolder(): Promise<string> {
  const outer = await mkdtemp(join(tmpdir(), 'proviso-state-'));
  onTestFinished(() => rm(outer, { recursive: true }));
  return join(outer, 'not', 'there', 'yet');
}

test('the latest first, each once; forgotten ones go', async () => {
  const folder = await stateFolder();
  const recent = createRecentFolders(folder);
  expect(await recent.list()).toEqual([]);
  for (const name of ['/a', '/b', '/c', '/a']) await recent.add(name);
  expect(await recent.list()).toEqual(['/a', '/c', '/b']);
  await recent.forget('/c');
  await recent.forget('/never');
  // Another start of Proviso sees the same.
  expect(await createRecentFolders(folder).list()).toEqual(['/a', '/b']);
});

test('readable by the user alone, and nothing else lies there', async () => {
  const folder = await stateFolder();
  await createRecentFolders(folder).add('/a');
  expect(await readdir(folder)).toEqual(['recent-folders.json']);
  const mode = async (place: string) => (await stat(place)).mode & 0o777;
  expect([await mode(folder), await mode(join(folder, 'recent-folders.json'))]).toEqual([0o700, 0o600]);
});

test('no more than anybody reads', async () => {
  const recent = createRecentFolders(await stateFolder());
  for (let index = 0; index < 30; index += 1) await recent.add(`/${index}`);
  expect(await recent.list()).toEqual(Array.from({ length: 20 }, (_, index) => `/${29 - index}`));
});

test.each([
  ['half a list', '{"folders": ["/a"'],
  ['nothing', ''],
  ['null', 'null'],
  ['no list', '{"folders": "/a"}'],
  ['another shape', '[1]'],
])('%s is an empty list, and can be written again', async (_, text) => {
  const folder = await stateFolder();
  const recent = createRecentFolders(folder);
  await recent.add('/a');
  await writeFile(join(folder, 'recent-folders.json'), text);
  expect(await recent.list()).toEqual([]);
  await recent.add('/b');
  expect(await recent.list()).toEqual(['/b']);
});

test('what is no folder is left out', async () => {
  const folder = await stateFolder();
  const recent = createRecentFolders(folder);
  await recent.add('/a');
  await writeFile(
    join(folder, 'recent-folders.json'),
    '{"folders": ["/a", 1, null, "relative", "/a", "/b"]}',
  );
  expect(await recent.list()).toEqual(['/a', '/b']);
});
