import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from './testing/run-cli.ts';
import { expectRoomFor, writeNewFile } from './write-new-file.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a new file', () => {
  test('is written, and nothing else is left', async () => {
    const folder = await folderWith({});
    await writeNewFile(path.join(folder, 'a'), bytes('one'), false);
    expect([await readdir(folder), await readFile(path.join(folder, 'a'), 'utf8')]).toEqual([['a'], 'one']);
  });

  test.each([
    ['another one is kept', 'two', false, 'there is another file of this name', 'one'],
    ['another one is replaced where that is asked for', 'two', true, null, 'two'],
  ])('where there is one, %s', async (_, text, overwrite, told, left) => {
    const folder = await folderWith({ a: 'one' });
    const written = writeNewFile(path.join(folder, 'a'), bytes(text), overwrite);
    if (told === null) await written;
    else await expect(written).rejects.toThrow(told);
    expect([await readdir(folder), await readFile(path.join(folder, 'a'), 'utf8')]).toEqual([['a'], left]);
  });

  test('of two at once, one is written whole, and the other is told so', async () => {
    const folder = await folderWith({});
    const results = await Promise.allSettled(
      ['one', 'two'].map((text) => writeNewFile(path.join(folder, 'a'), bytes(text.repeat(100_000)), false)),
    );
    const won = results.findIndex(({ status }) => status === 'fulfilled');
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await readFile(path.join(folder, 'a'), 'utf8')).toBe(['one', 'two'][won]!.repeat(100_000));
    expect(await readdir(folder)).toEqual(['a']);
  });

  test('what is no file is not replaced by one', async () => {
    const folder = await folderWith({});
    await symlink('/dev/null', path.join(folder, 'a'));
    await expect(expectRoomFor(path.join(folder, 'a'), true)).rejects.toThrow('it is no file');
    await expect(writeNewFile(path.join(folder, 'a'), bytes(''), false)).rejects.toThrow('another file');
  });

  test.each([
    ['none/a', 'its folder does not exist'],
    ['folder', 'there is another file of this name'],
    ['file/a', 'a part of its path is no folder'],
  ])('at %s: %s', async (name, told) => {
    const folder = await folderWith({ file: '' });
    await mkdir(path.join(folder, 'folder'));
    await expect(expectRoomFor(path.join(folder, name), false)).rejects.toThrow(told);
    await expect(writeNewFile(path.join(folder, name), bytes(''), false)).rejects.toThrow(told);
    expect((await readdir(folder)).toSorted()).toEqual(['file', 'folder']);
  });
});
