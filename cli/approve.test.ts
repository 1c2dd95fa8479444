import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { call, folderWith } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

const policyPath = 'rules/acme/acme-time/2020-01-01.policy.yaml';
const suitePath = 'testcases/time.suite.yaml';
const by = (who: string) => ['--who', who, '--why', 'Agreed'];

/** Release 1 asks for eight minutes, and the draft for seven; the case of seven minutes is paid now. */
async function looser(): Promise<string> {
  const folder = await folderWith(smallWorkspace);
  expect((await call(folder, ['publish', ...by('Ada')])).code).toBe(0);
  await writeFile(path.join(folder, policyPath), smallWorkspace[policyPath]!.replace('value: 8', 'value: 7'));
  const suite = smallWorkspace[suitePath]!.replace(
    'minutes: 7 }\n    expect:\n      lines:\n        1: { decision: deny, violates: [acme-time/floor] }',
    'minutes: 7 }\n    expect: pay',
  );
  await writeFile(path.join(folder, suitePath), suite);
  return folder;
}

interface Told {
  readonly approval: {
    readonly items: readonly { readonly id: string; readonly kind: string; readonly state: string }[];
  };
  readonly refusals: readonly { readonly what: string }[];
}

async function asJson(folder: string): Promise<Told> {
  return JSON.parse((await call(folder, ['approve', '--json'])).out) as Told;
}

describe('approve', () => {
  test('lists what changes, before and after', async () => {
    const folder = await looser();
    const { code, out, err } = await call(folder, ['approve']);
    expect([code, err]).toEqual([1, '']);
    expect(out.replaceAll(/-[0-9a-f]{12}/g, '-#'))
      .toBe(`Compared with release 1 of 2024-03-04T09:30:00.000Z by Ada: Agreed

Decisions that change
  region-#  not decided  looser
    Claim lines with 97110, 97112 or one of 2 other codes at Acme Health, where the treatment time is 7 minutes, for dates of service from 1 January 2020
    was deny, now pay
      acme-time/floor: At least eight minutes
    two approvers, because it is looser on payment

Saved encounters judged otherwise
  encounter-#  not decided  looser
    Seven are not
    was deny (line 1, 97530: deny, 0 units supported, acme-time/floor violated: deny), now pay (line 1, 97530: pay, 0 units supported)
      line 1, acme-time/floor: violated → met
    two approvers, because it is looser on payment
    goes with region-#

Cases and encounters that say something else
  case-#  not decided
    testcases/time.suite.yaml, case seven says something else
    was expect: { lines: { 1: { decision: deny, violates: acme-time/floor } } }, now expect: pay

3 items: 3 not decided
`);
  });

  test('one by one, by the beginning of a name, until the release is published', async () => {
    const folder = await looser();
    const accept = (items: string, who: string) => call(folder, ['approve', '--accept', items, ...by(who)]);
    expect((await accept('region', 'Ada')).out).toMatch(
      /^region-[0-9a-f]{12}: accepted\n\n3 items: 1 not decided, 2 needs/,
    );
    const again = await accept('region', 'ADA');
    expect([again.code, again.out]).toEqual([
      1,
      expect.stringContaining(
        'not accepted. Ada has accepted it already, and its second approver must be somebody else.',
      ),
    ]);
    expect((await accept('case', 'Ada')).code).toBe(0);
    expect((await call(folder, ['publish', ...by('Ada')])).out).toContain(
      'second-approver-missing: 1 change needs',
    );
    expect((await accept('all', 'Ben')).code).toBe(0);
    expect((await asJson(folder)).approval.items.map(({ state }) => state)).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ]);
    expect((await call(folder, ['approve'])).code).toBe(0);
    expect((await call(folder, ['publish', ...by('Cy')])).out).toMatch(/^release 2 published/);
  });

  test('what is rejected is not published', async () => {
    const folder = await looser();
    for (const who of ['Ada', 'Ben']) await call(folder, ['approve', '--accept', 'all', ...by(who)]);
    const rejected = await call(folder, ['approve', '--reject', 'case', '--who', 'Cy', '--why', 'Not yet']);
    expect([rejected.code, rejected.out]).toEqual([0, expect.stringContaining(': rejected\n')]);
    const { code, out } = await call(folder, ['publish', ...by('Ada')]);
    expect(code).toBe(1);
    expect(out).toContain('rejected: 1 change rejected\n');
    expect(out).toContain('(Cy: Not yet)\n  next: change the draft so that this is gone');
  });

  test('nothing to decide', async () => {
    const folder = await folderWith(smallWorkspace);
    await call(folder, ['publish', ...by('Ada')]);
    expect(await call(folder, ['approve'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing has to be decided: no decision changes\n') as string,
    });
  });

  test('a file with errors, and decisions that cannot be read, are told with the next move', async () => {
    const folder = await looser();
    await mkdir(path.join(folder, 'approvals'));
    await writeFile(path.join(folder, 'approvals/decisions.json'), '<<<<<<< HEAD\n');
    const unread = await call(folder, ['approve']);
    expect([unread.code, unread.err]).toEqual([
      2,
      expect.stringContaining('`approvals/decisions.json` is not JSON. Bring it back from git or a copy'),
    ]);
    await writeFile(path.join(folder, 'approvals/decisions.json'), '');
    expect((await call(folder, ['publish', ...by('Ada')])).code).toBe(2);
    expect(await readdir(path.join(folder, 'releases'))).not.toContain('2');
    await writeFile(path.join(folder, policyPath), 'policy: 1\n');
    await writeFile(
      path.join(folder, 'approvals/decisions.json'),
      await readFile(path.join(folder, 'releases/1/manifest.json')),
    );
    expect((await call(folder, ['approve'])).code).toBe(2);
  });

  test.each([
    [['--accept', 'all', '--why', 'x'], '`--who` is needed'],
    [['--accept', 'all', '--who', 'Ada'], '`--why` is needed'],
    [['--who', 'Ada'], '`--who` goes with `--accept` or `--reject`'],
    [['--accept', 'all', '--reject', 'all', ...by('Ada')], 'either accept or reject'],
    [['--accept', 'region-x', ...by('Ada')], 'there is nothing to decide that is called `region-x`'],
    [['--accept', '', ...by('Ada')], '`--accept` needs a value'],
    [['rules'], 'what is to be approved is always the whole workspace'],
  ])('%j is not understood', async (words, message) => {
    const folder = await looser();
    const { code, err } = await call(folder, ['approve', ...words]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('history', () => {
  test('lists releases with who, when, why, what changed and who approved', async () => {
    const folder = await looser();
    for (const who of ['Ada', 'Ben']) await call(folder, ['approve', '--accept', 'all', ...by(who)]);
    const words = ['publish', '--who', 'Cy', '--why', 'From May on'];
    expect((await call(folder, words, { now: '2024-04-01T08:00:00.000Z' })).code).toBe(0);
    expect(await call(folder, ['history'])).toEqual({
      code: 0,
      err: '',
      out: `2  2024-04-01T08:00:00.000Z  Cy: From May on
   decisions changed in 1 region, 1 saved encounter judged otherwise, 1 case changed
   approved by Ada (2 items), Ben (2 items)

1  2024-03-04T09:30:00.000Z  Ada: Agreed
   the first release
   approved by Ada (1 item)
`,
    });
    const { releases } = JSON.parse((await call(folder, ['history', '--json'])).out) as {
      releases: unknown[];
    };
    expect(releases).toMatchObject([
      {
        number: 2,
        asPublished: true,
        changes: { regions: 1, encounters: 1 },
        approvers: [{ who: 'Ada' }, { who: 'Ben' }],
      },
      { number: 1, changes: { first: true } },
    ]);
  });

  test('says what is not as it was published', async () => {
    const folder = await looser();
    expect((await call(await folderWith(smallWorkspace), ['history'])).out).toBe(
      'nothing has been published yet\n',
    );
    await writeFile(path.join(folder, 'releases/1/more.yaml'), '');
    const { code, out } = await call(folder, ['history']);
    expect([code, out]).toEqual([1, expect.stringContaining('not as it was published')]);
  });
});
