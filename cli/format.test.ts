import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { call, folderWith } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

const file = 'testcases/encounters/visit.encounter.yaml';
const sound = smallWorkspace[file]!;
const untidy = `# first\n${sound.replace('plan: {', 'plan:   {').replace('- code: 97530', '- code:    97530 # why')}`;
const tidy = `# first\n${sound.replace('- code: 97530', '- code: 97530 # why')}`;

test('what is formatted stays as it is', async () => {
  const folder = await folderWith(smallWorkspace);
  const before = await stat(path.join(folder, file));
  expect(await call(folder, ['format'])).toEqual({ code: 0, out: 'nothing to format in 6 files\n', err: '' });
  expect(await call(folder, ['format', '--check'])).toMatchObject({ code: 0 });
  expect((await stat(path.join(folder, file))).mtimeMs).toBe(before.mtimeMs);
});

test('--check lists what differs and changes nothing', async () => {
  const folder = await folderWith({ ...smallWorkspace, [file]: untidy });
  expect(await call(folder, ['format', '--check'])).toEqual({
    code: 1,
    out: `${file}\n1 of 6 files not formatted\n`,
    err: '',
  });
  expect(await readFile(path.join(folder, file), 'utf8')).toBe(untidy);
  expect(await call(folder, ['format', '--check', 'rules'])).toMatchObject({
    code: 0,
    out: 'nothing to format in 4 files\n',
  });
});

test('comments are kept', async () => {
  const folder = await folderWith({ ...smallWorkspace, [file]: untidy });
  expect(await call(folder, ['format', file])).toEqual({
    code: 0,
    out: `${file}\n1 of 1 file formatted\n`,
    err: '',
  });
  expect(await readFile(path.join(folder, file), 'utf8')).toBe(tidy);
  expect(await call(folder, ['format', '--check'])).toMatchObject({ code: 0 });
});

test('a file that is not YAML is reported, left alone, and keeps none of the others from it', async () => {
  const broken = 'encounter: [\n';
  const folder = await folderWith({
    ...smallWorkspace,
    [file]: untidy,
    'testcases/broken.encounter.yaml': broken,
    'rules/huge.list.yaml': 'x'.repeat(10_000_000),
  });
  const { code, out } = await call(folder, ['format', '--json']);
  expect(code).toBe(1);
  const answer = JSON.parse(out);
  expect(answer.changed).toEqual([file]);
  expect(new Set(answer.diagnostics.map((one: { path: string }) => one.path))).toEqual(
    new Set(['rules/huge.list.yaml', 'testcases/broken.encounter.yaml']),
  );
  expect(await readFile(path.join(folder, 'testcases/broken.encounter.yaml'), 'utf8')).toBe(broken);
  expect(await readFile(path.join(folder, file), 'utf8')).toBe(tidy);
});
