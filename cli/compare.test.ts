import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { call, folderWith } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

const policy = 'rules/acme/acme-time/2020-01-01.policy.yaml';
const stricter = smallWorkspace[policy]!.replace('value: 8', 'value: 10');

/** Two workspaces side by side: `before` as it is, `after` with another text of the policy. */
const sideBySide = (text: string) => {
  const under = (name: string) =>
    Object.entries(smallWorkspace).map(([file, it]) => [`${name}/${file}`, it] as const);
  return folderWith({
    ...Object.fromEntries([...under('before'), ...under('after')]),
    [`after/${policy}`]: text,
  });
};

/** A workspace in a folder of a git repository, its files committed. */
async function repository() {
  const folder = await folderWith(
    Object.fromEntries(Object.entries(smallWorkspace).map(([file, text]) => [`policies/${file}`, text])),
  );
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], { cwd: folder });
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'First');
  return path.join(folder, 'policies');
}

describe('compare', () => {
  test('two folders, as JSON', async () => {
    const folder = await sideBySide(stricter);
    const { code, out, err } = await call(folder, ['compare', 'before', 'after', '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const found = JSON.parse(out);
    expect(Object.keys(found)).toEqual([
      'equal',
      'regions',
      'units',
      'uncovered',
      'directions',
      'encounters',
      'text',
    ]);
    expect(found.equal).toBe(false);
    expect(found.regions).toMatchObject([
      {
        when: 'Claim lines with 97110, 97112 or one of 2 other codes at Acme Health, where the treatment time is 8 or 9 minutes, for dates of service from 1 January 2020',
        before: ['pay'],
        after: 'deny',
        direction: 'stricter',
        policy: 'acme-time',
        rules: ['acme-time/floor'],
      },
    ]);
    expect(found.regions[0].witness).toContain('record: { minutes: 8 }');
    expect(found.encounters).toMatchObject([{ case: 'time/eight', before: 'pay', after: 'deny' }]);
    expect(found.text).toEqual([
      { path: policy, of: 'parameter minimumMinutes', at: 'value', before: '8', after: '10' },
    ]);
  });

  test('a draft against a git revision, in words', async () => {
    const folder = await repository();
    await writeFile(path.join(folder, policy), stricter);
    const { code, out, err } = await call(folder, ['compare', 'git:HEAD', 'draft']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`Decisions change in 1 region and nowhere else.

Claim lines with 97110, 97112 or one of 2 other codes at Acme Health, where the treatment time is 8 or 9 minutes, for dates of service from 1 January 2020: was pay, now deny (stricter).
  by the rule acme-time/floor: At least eight minutes
  for example:
    encounter: example
    title: Example of 2020-01-01
    visit: { date: 2020-01-01, payer: acme }
    lines:
      - code: 97110
        units: 1
        record: { minutes: 8 }

Direction by payer and code:
  Acme Health, stricter: 97110, 97112, 97140, 97530

1 saved encounter judged otherwise:
  Eight minutes are enough (time/eight): was pay, now deny
    line 1, acme-time/floor: met → violated; the treatment time must be at least 10 minutes, found: 8 minutes

Written otherwise:
  ${policy}: parameter minimumMinutes, value: 8 → 10
`);
  });

  test('proven equal, though a case that tries a number of its own comes out otherwise: said as what it is', async () => {
    const suite = 'testcases/trial.suite.yaml';
    const tried = `suite: trial
title: Trial
base: encounters/visit.encounter.yaml
now: 2024-03-04
cases:
  - id: twenty
    title: With twenty minutes
    with: { minimumMinutes: 20 }
    expect: { lines: { 1: { decision: deny, violates: [acme-time/floor] } } }
`;
    const folder = await sideBySide(
      smallWorkspace[policy]!.replace('atLeast: $minimumMinutes', 'moreThan: 7').replace(
        '{minimumMinutes}',
        '8',
      ),
    );
    for (const side of ['before', 'after']) await writeFile(path.join(folder, side, suite), tried);
    const { out } = await call(folder, ['compare', 'before', 'after']);
    expect(out).toContain(`Proven equal: no encounter is judged otherwise.

1 saved encounter judged otherwise all the same, which tries a number or says something of its own:
  With twenty minutes (trial/twenty): was deny, now pay
`);
  });

  test('a revision has only what was committed, and nothing is checked out', async () => {
    const folder = await repository();
    await mkdir(path.join(folder, 'rules/new'));
    await writeFile(path.join(folder, 'rules/new/a.policy.yaml'), 'not: [a policy');
    const { code, out } = await call(folder, ['compare', 'git:HEAD', 'git:HEAD']);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Proven equal: no encounter is judged otherwise.\n\n0 saved encounters judged otherwise.\n',
    });
  });

  test.each([
    ['changes', stricter, 1],
    ['stricter', stricter, 1],
    ['looser', stricter, 0],
    ['looser', smallWorkspace[policy]!.replace('value: 8', 'value: 7'), 1],
    ['changes', smallWorkspace[policy]!.replace('atLeast: $minimumMinutes', 'moreThan: 7'), 0],
  ])('--fail-on %s', async (what, text, expected) => {
    const folder = await sideBySide(text);
    const { code, err } = await call(folder, ['compare', 'before', 'after', '--fail-on', what]);
    expect({ code, err }).toEqual({ code: expected, err: '' });
  });

  test.each([
    [['before'], 'name two versions'],
    [['before', 'git:nothing'], 'is in no git repository'],
    [['before', 'after/rules'], '`after/rules` is a part of a workspace.'],
    [['before', 'nowhere'], 'there is no file or folder `nowhere`'],
  ])('%j cannot be compared', async (words, message) => {
    const folder = await sideBySide(stricter);
    const { code, out, err } = await call(folder, ['compare', ...words, '--workspace', 'before']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('a revision that git does not know, and one that would be an option', async () => {
    const folder = await repository();
    for (const revision of ['git:nothing', 'git:--all']) {
      const { code, err } = await call(folder, ['compare', revision, 'draft']);
      expect(code).toBe(2);
      expect(err).toContain(`git knows no revision \`${revision.slice(4)}\``);
    }
  });

  test('a version with mistakes is not compared', async () => {
    const folder = await sideBySide(smallWorkspace[policy]!.replace('record.minutes', 'record.minuts'));
    const { code, err } = await call(folder, ['compare', 'before', 'after']);
    expect(code).toBe(2);
    expect(err).toContain('`after` has 3 mistakes, the first in rules/acme/acme-time/2020-01-01.policy.yaml');
  });
});
