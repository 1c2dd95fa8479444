import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { call, folderWith } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

const policyPath = 'rules/acme/acme-time/2020-01-01.policy.yaml';
const policy = smallWorkspace[policyPath]!;
const misspelt = { [policyPath]: policy.replace('record.minutes:', 'record.minuts:') };

async function checkJson(folder: string, ...paths: string[]) {
  const { code, out, err } = await call(folder, ['check', '--json', ...paths]);
  expect(err).toBe('');
  const { diagnostics } = JSON.parse(out) as { diagnostics: { path: string; code: string; line: number }[] };
  return { code, found: diagnostics.map((one) => `${one.path}:${one.line} ${one.code}`) };
}

describe('check', () => {
  test('a sound workspace', async () => {
    const folder = await folderWith(smallWorkspace);
    expect(await call(folder, ['check'])).toEqual({ code: 0, out: 'no problems in 6 files\n', err: '' });
    expect(JSON.parse((await call(folder, ['check', '--json'])).out)).toEqual({ files: 6, diagnostics: [] });
  });

  test('a misspelt fact, for people', async () => {
    const folder = await folderWith({ ...smallWorkspace, ...misspelt });
    const { code, out } = await call(folder, ['check']);
    expect(code).toBe(1);
    expect(out).toContain(`--> ${policyPath}:17:16`);
    expect(out).toContain('^^^^^^^^^^^^^');
    expect(out).toContain('did you mean `record.minutes`?');
    expect(out).toMatch(/\n\d+ errors?.* in \d files?\n$/);
  });

  test('a misspelt fact, for programs', async () => {
    const folder = await folderWith({ ...smallWorkspace, ...misspelt });
    const { out } = await call(folder, ['check', '--json', policyPath]);
    expect(JSON.parse(out).diagnostics[0]).toEqual({
      path: policyPath,
      line: 17,
      column: 16,
      endLine: 17,
      endColumn: 29,
      yamlPath: 'rules[0].require.record.minuts',
      code: 'unknown-fact',
      severity: 'error',
      message: expect.stringContaining('`record.minuts`'),
      help: 'did you mean `record.minutes`?',
    });
  });

  test('warnings alone are no refusal', async () => {
    const folder = await folderWith({
      ...smallWorkspace,
      [policyPath]: policy.replace('rules:', 'conditions:\n  spare: { line.units: 1 }\nrules:'),
    });
    const { code, out } = await call(folder, ['check']);
    expect(code).toBe(0);
    expect(out).toMatch(/\n1 warning in 1 file\n$/);
  });

  test('paths choose what is reported, and all is read', async () => {
    const folder = await folderWith({
      ...smallWorkspace,
      ...misspelt,
      'rules/broken.list.yaml': 'list: [\n',
    });
    expect((await checkJson(folder, policyPath)).found).toEqual([`${policyPath}:17 unknown-fact`]);
    expect((await checkJson(folder, 'rules/acme')).found).toEqual([`${policyPath}:17 unknown-fact`]);
    expect((await checkJson(folder, 'rules/sources')).code).toBe(0);
    // From within the workspace, paths are as they are from there.
    expect((await checkJson(path.join(folder, 'rules'), 'acme')).found).toEqual([
      `${policyPath}:17 unknown-fact`,
    ]);
    expect((await checkJson(path.join(folder, 'testcases'), folder)).found).toEqual(
      expect.arrayContaining([expect.stringMatching(/^rules\/broken.list.yaml:\d yaml-syntax$/)]),
    );
    const { out } = await call(path.join(folder, 'rules/acme'), ['check', '.']);
    expect(out).toContain('--> acme-time/2020-01-01.policy.yaml:17');
  });

  test('a workspace elsewhere', async () => {
    const folder = await folderWith(smallWorkspace);
    const elsewhere = await folderWith({});
    expect((await call(elsewhere, ['check', folder])).out).toBe('no problems in 6 files\n');
    expect((await call(elsewhere, ['check', path.join(folder, policyPath)])).out).toBe(
      'no problems in 1 file\n',
    );
  });

  test.each([
    [['nowhere.policy.yaml'], 'there is no file or folder `nowhere.policy.yaml`.'],
    [[''], 'there is no file or folder ``.'],
    [['README.md'], '`README.md` holds no file of the workspace'],
    [['docs'], '`docs` holds no file of the workspace'],
    [['..'], 'is not in a workspace'],
    [['nowhere\nnowhere'], 'there is no file or folder `nowhere\nnowhere`.'],
  ])('a path that leads nowhere: %j', async (paths, sentence) => {
    const folder = await folderWith({ ...smallWorkspace, 'README.md': '', 'docs/a.yaml': '' });
    const { code, out, err } = await call(folder, ['check', ...paths]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
  });

  test('two workspaces at once', async () => {
    const [one, other] = [await folderWith(smallWorkspace), await folderWith(smallWorkspace)];
    const { code, err } = await call(one, ['check', 'rules', other]);
    expect(code).toBe(2);
    expect(err).toContain('are in different workspaces');
  });

  test('no workspace', async () => {
    const { code, err } = await call(await folderWith({}), ['check']);
    expect(code).toBe(2);
    expect(err).toContain('there is no workspace here');
  });

  test('an empty workspace', async () => {
    const folder = await folderWith({});
    await mkdir(path.join(folder, 'rules'));
    expect(await call(folder, ['check'])).toEqual({ code: 0, out: 'no problems in 0 files\n', err: '' });
  });
});

describe('bad files', () => {
  test.each([
    ['broken YAML', 'policy: [a, {\n', 'yaml-syntax'],
    ['an empty file', '', 'yaml-empty'],
    ['ten megabytes', `policy: x\n${'# padding\n'.repeat(1_000_000)}`, 'file-too-large'],
    ['no text', Uint8Array.of(0xff, 0xfe, 0x00, 0xd8), 'file-unreadable'],
    ['an alias bomb', 'policy: &a [x]\ntitle: *a\n', 'yaml-anchor'],
    ['a key twice', 'policy: x\npolicy: y\n', 'yaml-duplicate-key'],
    ['a hundred levels', `policy: ${'['.repeat(500)}${']'.repeat(500)}\n`, 'yaml-too-deep'],
  ])('%s', async (_, content, code) => {
    const file = 'rules/acme/bad/2020-01-01.policy.yaml';
    const folder = await folderWith({ ...smallWorkspace, [file]: content });
    const all = await checkJson(folder);
    expect(all.code).toBe(1);
    expect(all.found.filter((one) => one.startsWith(`${file}:`)).join()).toContain(code);
    expect(all.found.filter((one) => !one.startsWith(`${file}:`))).toEqual([]);
    const { out } = await call(folder, ['check', file]);
    expect(out).toContain(`[${code}]`);
    expect(out.length).toBeLessThan(5000);
  });

  test('CRLF and a byte order mark are no mistakes', async () => {
    const files = Object.entries(smallWorkspace).map(([name, text]) => [
      name,
      `\ufeff${text.replaceAll('\n', '\r\n')}`,
    ]);
    const folder = await folderWith(Object.fromEntries(files));
    expect((await call(folder, ['check'])).out).toBe('no problems in 6 files\n');
    expect((await call(folder, ['test'])).code).toBe(0);
  });

  test('a link to a folder is told', async () => {
    const folder = await folderWith(smallWorkspace);
    await symlink(folder, path.join(folder, 'rules/loop'));
    expect((await checkJson(folder)).found).toEqual(['rules/loop:1 file-unreadable']);
  });
});
