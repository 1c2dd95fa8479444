import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { call, folderWith } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

/** What was begun is sound: no problems, every case passes, nothing to format. */
async function expectSound(folder: string, files: number) {
  expect(await call(folder, ['check'])).toEqual({ code: 0, out: `no problems in ${files} files\n`, err: '' });
  expect(await call(folder, ['format', '--check'])).toMatchObject({ code: 0 });
}

describe('new', () => {
  test('a policy with its source', async () => {
    const folder = await folderWith(smallWorkspace);
    const { code, out } = await call(folder, ['new', 'policy', 'acme-limits', '--payer', 'acme']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^rules\/acme\/acme-limits\/2024-03-04.policy.yaml\nrules\/sources\/acme-limits.source.yaml\n\nNext: /,
    );
    await expectSound(folder, 8);
    expect((await call(folder, ['test'])).code).toBe(0);
  });

  test('a policy for every payer, in a workspace that holds nothing yet', async () => {
    const folder = await folderWith({});
    await mkdir(path.join(folder, 'rules'));
    const { out } = await call(folder, ['new', 'policy', 'limits', '--json']);
    expect(JSON.parse(out)).toEqual({
      created: ['rules/every-payer/limits/2024-03-04.policy.yaml', 'rules/sources/limits.source.yaml'],
    });
    expect((await call(folder, ['new', 'suite', 'limits'])).code).toBe(0);
    await expectSound(folder, 4);
    expect(await call(folder, ['test'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 passed, 0 failed'),
    });
  });

  test('an encounter', async () => {
    const folder = await folderWith(smallWorkspace);
    const { out } = await call(folder, ['new', 'encounter', 'second-visit']);
    expect(out).toMatch(/^testcases\/encounters\/second-visit.encounter.yaml\n\nNext: /);
    await expectSound(folder, 7);
    expect((await call(folder, ['run', 'testcases/encounters/second-visit.encounter.yaml'])).out).toContain(
      'second-visit  acme, 2024-03-04',
    );
  });

  test('a suite of a policy states what the policy says today', async () => {
    const folder = await folderWith(smallWorkspace);
    expect((await call(folder, ['new', 'suite', 'acme-time'])).out).toMatch(
      /^testcases\/encounters\/acme-time.encounter.yaml\ntestcases\/acme-time.suite.yaml\n/,
    );
    const text = await readFile(path.join(folder, 'testcases/acme-time.suite.yaml'), 'utf8');
    expect(text).toContain('policies: [acme-time]\n');
    expect(text).toContain('      visit:\n        undetermined:\n          - acme-time/goal\n');
    await expectSound(folder, 8);
    expect((await call(folder, ['test'])).out).toContain('4 passed, 0 failed');
  });

  test('a suite starts from the encounter of its name where there is one, and lists its lines', async () => {
    const folder = await folderWith(smallWorkspace);
    await call(folder, ['new', 'encounter', 'short-visit']);
    const encounter = path.join(folder, 'testcases/encounters/short-visit.encounter.yaml');
    await writeFile(encounter, (await readFile(encounter, 'utf8')).replace('minutes: 15', 'minutes: 5'));
    expect((await call(folder, ['new', 'suite', 'short-visit', '--json'])).out).not.toContain('encounters/');
    const text = await readFile(path.join(folder, 'testcases/short-visit.suite.yaml'), 'utf8');
    expect(text).toContain(
      '        1:\n          decision: deny\n          violates:\n            - acme-time/floor\n',
    );
    await expectSound(folder, 8);
    expect((await call(folder, ['test'])).out).toContain('4 passed, 0 failed');
  });
});

describe('what it will not do', () => {
  test.each([
    [
      ['policy', 'acme-time'],
      'there is a policy `acme-time` already, in rules/acme/acme-time/2020-01-01.policy.yaml.',
    ],
    [['policy', 'manual'], 'there is a source `manual` already'],
    [['suite', 'time'], 'there is a suite `time` already'],
    [
      ['encounter', 'visit'],
      '`testcases/encounters/visit.encounter.yaml` exists, and nothing is overwritten.',
    ],
    [['policy', 'limits', '--payer', 'acne'], 'there is no payer `acne`; did you mean `acme`?'],
    [['policy', 'a', 'b'], 'begin one file at a time.'],
  ])('%j', async (words, sentence) => {
    const folder = await folderWith(smallWorkspace);
    const { code, out, err } = await call(folder, ['new', ...words]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
    expect((await call(folder, ['check'])).out).toBe('no problems in 6 files\n');
  });

  test('a file in the way is not overwritten, even one that cannot be read', async () => {
    const file = 'testcases/encounters/next.encounter.yaml';
    const folder = await folderWith({ ...smallWorkspace, [file]: Uint8Array.of(0xff) });
    expect((await call(folder, ['new', 'encounter', 'next'])).code).toBe(2);
    expect([...(await readFile(path.join(folder, file)))]).toEqual([0xff]);
  });
});

describe('new revision', () => {
  const old = 'rules/acme/acme-time/2020-01-01.policy.yaml';
  const next = 'rules/acme/acme-time/2025-01-01.policy.yaml';

  test('the copy begins on its day, and the present one ends the day before', async () => {
    const folder = await folderWith(smallWorkspace);
    const words = ['new', 'revision', 'acme-time', '--from', '2025-01-01'];
    const { code, out, err } = await call(folder, words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      `${next}: from 2025-01-01, a copy of ${old}\n${old}: now ends on 2024-12-31\n\nNext: change the copy; \`proviso timeline\` shows both, and \`proviso compare\` what the change does.\n`,
    );
    const text = smallWorkspace[old]!;
    expect(await readFile(path.join(folder, next), 'utf8')).toBe(text.replace('2020-01-01', '2025-01-01'));
    expect(await readFile(path.join(folder, old), 'utf8')).toBe(
      text.replace('{ from: 2020-01-01 }', '{ from: 2020-01-01, to: 2024-12-31 }'),
    );
    await expectSound(folder, 7);
    expect((await call(folder, words)).err).toContain(`a revision begins on 2025-01-01 already, in ${next}.`);
    const again = await call(folder, [...words.slice(0, -1), '2024-06-01', '--json']);
    expect(JSON.parse(again.out)).toEqual({
      created: ['rules/acme/acme-time/2024-06-01.policy.yaml'],
      changed: [old],
    });
  });

  test.each([
    [['revision', 'acme-time'], 'say from which date of service the new revision is'],
    [['revision', 'acme-tim', '--from', '2025-01-01'], 'there is no policy `acme-tim` that can be read.'],
    [['revision', 'acme-time', '--from', '2025-02-30'], '`--from` cannot be `2025-02-30`'],
    [['policy', 'other', '--from', '2025-01-01'], '`--from` goes with `new revision`.'],
  ])('%j is refused', async (words, message) => {
    const folder = await folderWith(smallWorkspace);
    const { code, err } = await call(folder, ['new', ...words]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
