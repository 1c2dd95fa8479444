import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exampleWorkspace } from './example.ts';
import { call, folderWith } from './testing/run-cli.ts';

const files = Object.keys(exampleWorkspace);

describe('init', () => {
  test.each([
    ['a new folder', {}, 'policies/new', 'policies/new'],
    ['an empty folder', {}, '.', '.'],
    ['a folder with hidden things only', { '.git/HEAD': 'x' }, '.', '.'],
  ])('%s: one of each kind, all of it sound', async (_, before, written, inside) => {
    const cwd = await folderWith(before);
    const { code, out, err } = await call(cwd, ['init', written]);
    const folder = path.join(cwd, inside);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      `A workspace with a small example is in ${folder}:\n\n${files.map((file) => `  ${file}\n`).join('')}\n` +
        `Next: \`proviso open ${written}\` opens it in the workbench.\n`,
    );
    expect(await call(folder, ['check'])).toEqual({ code: 0, out: 'no problems in 6 files\n', err: '' });
    expect(await call(folder, ['format', '--check'])).toMatchObject({ code: 0 });
    const tested = await call(folder, ['test']);
    expect([tested.code, tested.out]).toEqual([0, expect.stringContaining('5 passed, 0 failed')]);
    // A next policy for its payer fits in.
    expect((await call(folder, ['new', 'policy', 'more', '--payer', 'example-health'])).code).toBe(0);
    expect((await call(folder, ['check'])).code).toBe(0);
  });

  test('without a folder it is the one you are in; in JSON', async () => {
    const folder = await folderWith({});
    const { out } = await call(folder, ['init', '--json']);
    expect(JSON.parse(out)).toEqual({ folder, created: files });
  });

  test('beside other files only if asked, and these stay', async () => {
    const folder = await folderWith({ 'notes.txt': 'mine', 'testcases/old.suite.yaml': 'mine' });
    const refused = await call(folder, ['init']);
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain(
      '`.` is not empty; it holds `notes.txt` and more.\nName a new folder, or add `--here`',
    );
    expect(await readdir(folder)).toEqual(['notes.txt', 'testcases']);

    expect((await call(folder, ['init', '--here'])).code).toBe(0);
    expect(await readFile(path.join(folder, 'notes.txt'), 'utf8')).toBe('mine');
    expect(await readFile(path.join(folder, 'testcases/old.suite.yaml'), 'utf8')).toBe('mine');
  });

  test('nothing is overwritten, and nothing written where one file is there already', async () => {
    const folder = await folderWith({ 'testcases/example-time.suite.yaml': 'mine' });
    const { code, err } = await call(folder, ['init', '--here']);
    expect(code).toBe(2);
    expect(err).toContain(
      '`testcases/example-time.suite.yaml` exists in it already, and nothing is overwritten.',
    );
    expect(await readdir(folder)).toEqual(['testcases']);
  });

  test('a workspace is not begun twice', async () => {
    const folder = await folderWith({});
    await call(folder, ['init', 'twice']);
    const { code, err } = await call(folder, ['init', 'twice', '--here']);
    expect(code).toBe(2);
    expect(err).toContain(
      '`twice` is a workspace already: it holds `rules/`.\n`proviso open twice` opens it.',
    );
  });

  test('a file is in the way', async () => {
    const folder = await folderWith({ file: 'mine' });
    for (const name of ['file', 'file/below']) {
      const { code, err } = await call(folder, ['init', name]);
      expect([code, err]).toEqual([
        2,
        expect.stringContaining(`\`${name}\` cannot be a folder: a file is in its way.`),
      ]);
    }
  });

  test('a folder that may not be written', async () => {
    const folder = await folderWith({});
    await chmod(folder, 0o755);
    await mkdir(path.join(folder, 'kept'), { mode: 0o755 });
    const ours = process.geteuid?.() === 0;
    if (ours) process.seteuid!(65534);
    else await chmod(path.join(folder, 'kept'), 0o555);
    try {
      const { code, err } = await call(folder, ['init', 'kept/new']);
      expect([code, err]).toEqual([
        2,
        expect.stringContaining('`kept/new` cannot be written: the system does not permit it.'),
      ]);
    } finally {
      if (ours) process.seteuid!(0);
    }
  });
});
