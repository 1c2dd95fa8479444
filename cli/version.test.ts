import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from './command.ts';
import { call, folderWith } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';
import { versionOf } from './version.ts';

const policyPath = 'rules/acme/acme-time/2020-01-01.policy.yaml';
const withMinimum = (minutes: number) => smallWorkspace[policyPath]!.replace('value: 8', `value: ${minutes}`);

/** Release 1 asks for 8 minutes, release 2 for 9, the draft for 10. */
async function releasedTwice(): Promise<string> {
  const folder = await folderWith(smallWorkspace);
  for (const minutes of [8, 9]) {
    await writeFile(path.join(folder, policyPath), withMinimum(minutes));
    await call(folder, ['approve', '--accept', 'all', '--who', 'Ada', '--why', 'Agreed']);
    const words = ['publish', '--who', 'Ada', '--why', `${minutes} minutes`];
    expect(await call(folder, [...words, '--override', 'failing-cases', '--because', 'x'])).toMatchObject({
      code: 0,
    });
  }
  await writeFile(path.join(folder, policyPath), withMinimum(10));
  return folder;
}

/** The minimum of minutes in the version, or the sentence that says why there is none. */
async function minimumIn(written: string, folder: string | null, cwd: string): Promise<string> {
  try {
    const { files } = await versionOf(written, folder, { cwd });
    return /minimumMinutes: \{ value: (\d+)/.exec(files.get(policyPath)!)![1]!;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

describe('a written version', () => {
  test('draft, a release by number, the latest one, a folder', async () => {
    const folder = await releasedTwice();
    const cases: readonly (readonly [string, string])[] = [
      ['draft', '10'],
      ['release:1', '8'],
      ['release:2', '9'],
      ['release:latest', '9'],
      ['.', '10'],
      ['releases/1/files', '8'],
      ['release:3', 'there is no release `3`; the last one is 2.'],
      ['release:', 'there is no release ``; the last one is 2.'],
      ['release:../1', 'there is no release `../1`; the last one is 2.'],
    ];
    for (const [written, expected] of cases)
      expect([written, await minimumIn(written, null, folder)]).toEqual([written, expected]);
    expect(await minimumIn('release:1', folder, '/')).toBe('8');
    expect((await call(folder, ['compare', 'release:latest', 'draft'])).out).toContain('was pay, now deny');
  });

  test('no release before the first was published', async () => {
    const folder = await folderWith(smallWorkspace);
    expect(await minimumIn('release:latest', null, folder)).toBe(
      'nothing has been published yet, so there is no release.',
    );
  });

  test('a release that was changed is not taken for it; the others are', async () => {
    const folder = await releasedTwice();
    await writeFile(path.join(folder, 'releases/1/added.yaml'), '');
    expect(await minimumIn('release:1', null, folder)).toBe(
      'Release 1 is not as it was published: `releases/1/added.yaml` was added: the release was published without it.',
    );
    expect(await minimumIn('release:2', null, folder)).toBe('9');
  });

  test('with mistakes', async () => {
    const folder = await folderWith(smallWorkspace);
    await appendFile(path.join(folder, policyPath), 'colour: red\n');
    expect(await minimumIn('draft', null, folder)).toBe(
      `\`draft\` has 1 mistake, the first in ${policyPath}, and is not used.`,
    );
  });
});
