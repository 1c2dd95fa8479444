import { appendFile, chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '#engine';
import { asOrdinaryUser } from '../storage/disk/as-ordinary-user.ts';
import { appFolder, call, folderWith, start } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

const policyPath = 'rules/acme/acme-time/2020-01-01.policy.yaml';
const suitePath = 'testcases/time.suite.yaml';
const named = ['publish', '--who', 'Ada', '--why', 'First'];

/** Two releases: the workspace as it is, and with a remark. */
async function publishedTwice(): Promise<string> {
  const folder = await folderWith(smallWorkspace);
  expect((await call(folder, named)).code).toBe(0);
  await appendFile(path.join(folder, policyPath), '# a remark\n');
  const second = ['publish', '--who', 'Ben', '--why', 'A remark'];
  expect((await call(folder, second, { now: '2024-04-01T08:00:00.000Z' })).code).toBe(0);
  return folder;
}

async function manifestOf(folder: string, number: number): Promise<Manifest> {
  return JSON.parse(
    await readFile(path.join(folder, `releases/${number}/manifest.json`), 'utf8'),
  ) as Manifest;
}

describe('publish', () => {
  test('freezes everything, and says by which hash it is known', async () => {
    const folder = await folderWith(smallWorkspace);
    const { code, out, err } = await call(folder, named);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^release 1 published: 6 files, 0 overrides, 0 known gaps\nsha256 of its manifest: [0-9a-f]{64}\n$/,
    );
    const manifest = await manifestOf(folder, 1);
    expect({ ...manifest, files: manifest.files.map((file) => file.path) }).toEqual({
      format: 'proviso-release-1',
      number: 1,
      previous: null,
      who: 'Ada',
      why: 'First',
      when: '2024-03-04T09:30:00.000Z',
      files: Object.keys(smallWorkspace).toSorted(),
      checks: { warnings: 0, notes: 0 },
      suites: [{ suite: 'time', title: 'Time', passed: 3, failed: 0, skipped: 0 }],
      failed: [],
      knownGaps: [],
      overrides: [],
      approvals: [
        {
          item: expect.stringMatching(/^first-release-[0-9a-f]{12}$/) as string,
          title: 'Everything is new: nothing was published before',
          before: null,
          after: '1 policy, 3 cases',
          direction: null,
          secondFor: [],
          through: [],
          decisions: [
            {
              who: 'Ada',
              why: 'First',
              when: '2024-03-04T09:30:00.000Z',
              files: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
            },
          ],
        },
      ],
    });
  });

  test('what was published is a workspace in itself, with the same results', async () => {
    const folder = await publishedTwice();
    const copy = path.join(folder, 'releases/2/files');
    expect((await call(copy, ['test'])).code).toBe(0);
    expect(await readFile(path.join(copy, policyPath), 'utf8')).toContain('# a remark');
  });

  test('layout alone makes no new release', async () => {
    const folder = await folderWith(smallWorkspace);
    await call(folder, named);
    const text = smallWorkspace[policyPath]!;
    await writeFile(
      path.join(folder, policyPath),
      text.replaceAll('\n', '\r\n').replace('payers: [acme]', 'payers:   [ acme ]'),
    );
    const { code, out } = await call(folder, [...named, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      published: false,
      refusals: [{ what: 'nothing-changed', found: 'every file is as it is in release 1' }],
    });
  });

  test('a failing case holds it back, with the next move; overridden, the reason stays in the release', async () => {
    const suite = smallWorkspace[suitePath]!.replace('minutes: 8 }', 'minutes: 7 }');
    const folder = await folderWith({ ...smallWorkspace, [suitePath]: suite });
    const refused = await call(folder, named);
    expect(refused).toEqual({
      code: 1,
      err: '',
      out: [
        'failing-cases: 1 case came out otherwise than expected',
        '  time/eight: Eight minutes are enough',
        '  next: mend the policy or what the case expects',
        '  or publish all the same: --override failing-cases --because <reason>',
        '',
        'not published',
        '',
      ].join('\n'),
    });
    expect(await readdir(folder)).not.toContain('releases');

    const words = [...named, '--override', 'failing-cases', '--because', 'Payer confirms on Friday'];
    expect((await call(folder, words)).code).toBe(0);
    const { failed, overrides } = await manifestOf(folder, 1);
    expect(failed).toMatchObject([{ suite: 'time', id: 'eight' }]);
    expect(failed[0]!.differences).toContainEqual({ at: 'line 1 decision', expected: 'pay', actual: 'deny' });
    expect(overrides).toEqual([
      {
        what: 'failing-cases',
        found: '1 case came out otherwise than expected\ntime/eight: Eight minutes are enough',
        reason: 'Payer confirms on Friday',
        who: 'Ada',
      },
    ]);
  });

  test('an open known gap is recorded, an expired one holds it back', async () => {
    const suite = smallWorkspace[suitePath]!.replace(
      'minutes: 8 }\n    expect: pay',
      'minutes: 7 }\n    expect: pay\n    knownGap: { owner: Ada, until: 2024-03-04, reason: Asked the payer. }',
    );
    const folder = await folderWith({ ...smallWorkspace, [suitePath]: suite });
    const late = await call(folder, [...named, '--json'], { today: '2024-03-05' });
    expect(JSON.parse(late.out)).toMatchObject({ published: false, refusals: [{ what: 'failing-cases' }] });
    expect((await call(folder, named)).out).toContain('1 known gap\n');
    expect((await manifestOf(folder, 1)).knownGaps).toEqual([
      {
        suite: 'time',
        id: 'eight',
        title: 'Eight minutes are enough',
        owner: 'Ada',
        until: '2024-03-04',
        reason: 'Asked the payer.',
      },
    ]);
  });

  test('errors, and rules without citation, hold it back whatever is overridden', async () => {
    const policy = smallWorkspace[policyPath]!.replace('    cite: manual#goal\n', '').replace(
      'record.minutes: {',
      'record.minuts: {',
    );
    const folder = await folderWith({ ...smallWorkspace, [policyPath]: policy });
    const words = [...named, '--override', 'failing-cases', '--because', 'So be it', '--json'];
    const { code, out } = await call(folder, words);
    expect(code).toBe(1);
    const { refusals } = JSON.parse(out) as { refusals: { what: string }[] };
    expect(refusals.map(({ what }) => what)).toEqual(expect.arrayContaining(['errors', 'no-citation']));
    expect(await readdir(folder)).not.toContain('releases');
  });

  test('a clock that went back is told, and recorded where it is overridden', async () => {
    const folder = await publishedTwice();
    await appendFile(path.join(folder, policyPath), '# another\n');
    const { code, out } = await call(folder, named);
    expect(code).toBe(1);
    expect(out).toContain(
      'clock-went-back: the clock says 2024-03-04T09:30:00.000Z, and release 2 was published at 2024-04-01T08:00:00.000Z\n',
    );
    const words = [...named, '--override', 'clock-went-back', '--because', 'Its battery was flat'];
    expect((await call(folder, words)).code).toBe(0);
    expect((await manifestOf(folder, 3)).overrides).toMatchObject([{ what: 'clock-went-back' }]);
    expect((await call(folder, ['verify'])).code).toBe(0);
  });

  test('nothing follows a release that was changed', async () => {
    const folder = await publishedTwice();
    await changeFile(folder, `releases/1/files/${policyPath}`, (text) => `${text}# later\n`);
    await appendFile(path.join(folder, policyPath), '# another\n');
    const { code, out } = await call(folder, named, { now: '2024-05-01T08:00:00.000Z' });
    expect(code).toBe(1);
    expect(out).toContain(`  \`releases/1/files/${policyPath}\` was changed since it was published.\n`);
    expect(await readdir(path.join(folder, 'releases'))).not.toContain('3');
  });

  test.each([
    [['publish', '--why', 'First'], '`--who` is needed'],
    [['publish', '--who', ' ', '--why', 'First'], '`--who` is needed'],
    [['publish', '--who', 'Ada'], '`--why` is needed'],
    [[...named, '--because', 'x'], '`--because` goes with `--override`'],
    [[...named, '--override', 'failing-cases'], '`--because` is needed'],
    [[...named, '--override', 'failing-case', '--because', 'x'], 'did you mean `failing-cases`?'],
    [[...named, '--override', 'errors', '--because', 'x'], '`errors` cannot be overridden'],
    [[...named, 'rules'], 'a release always holds the whole workspace'],
  ])('%j is not understood', async (words, message) => {
    const folder = await folderWith(smallWorkspace);
    const { code, err } = await call(folder, words);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    expect(await readdir(folder)).not.toContain('releases');
  });

  test('a folder that may only be read: a clear error', async () => {
    const folder = await folderWith(smallWorkspace);
    await chmod(folder, 0o555);
    await asOrdinaryUser(async () => {
      const { code, err } = await call(folder, named);
      expect(code).toBe(2);
      expect(err).toContain('The system does not permit access to `releases/1`.');
    });
    await chmod(folder, 0o755);
  });

  test('two at once, as people start them: one release, one clear error', async () => {
    const folder = await folderWith(smallWorkspace);
    const answers = await Promise.all([start(folder, named).ended, start(folder, named).ended]);
    expect(answers.filter(({ code }) => code === 0)).toHaveLength(1);
    const other = answers.find(({ code }) => code !== 0)!;
    expect(other.out + other.err).toMatch(/at this moment|meanwhile|nothing-changed/);
    expect((await call(folder, ['verify'])).out).toContain('1 release, all as published\n');
  });

  test('the shipped workspace can be published', async () => {
    const folder = await folderWith({});
    for (const name of ['rules', 'testcases'])
      await cp(path.join(appFolder, name), path.join(folder, name), { recursive: true });
    expect(await call(folder, named)).toMatchObject({ code: 0, err: '' });
    expect((await call(folder, ['verify'])).code).toBe(0);
  });
});

describe('verify', () => {
  test('tells every release with who, when and why', async () => {
    const folder = await publishedTwice();
    const { code, out } = await call(folder, ['verify']);
    expect(code).toBe(0);
    expect(out.replaceAll(/[0-9a-f]{64}/g, '#')).toBe(
      [
        '1  as published  2024-03-04T09:30:00.000Z  Ada: First',
        '   #',
        '2  as published  2024-04-01T08:00:00.000Z  Ben: A remark',
        '   #',
        '',
        '2 releases, all as published',
        '',
      ].join('\n'),
    );
  });

  test('names what was changed, missing, added and exchanged', async () => {
    const folder = await publishedTwice();
    const at = (file: string) => path.join(folder, 'releases', file);
    await changeFile(folder, `releases/1/files/${policyPath}`, (text) =>
      text.replace('value: 8', 'value: 9'),
    );
    await rm(at(`1/files/${suitePath}`));
    await mkdir(at('1/files/rules/more'));
    await writeFile(at('1/files/rules/more/x.yaml'), 'x');
    await rename(at('2/files/rules/lists/payers.list.yaml'), at('2/x'));
    await rename(at('2/files/rules/lists/timed-codes.list.yaml'), at('2/files/rules/lists/payers.list.yaml'));
    await rename(at('2/x'), at('2/files/rules/lists/timed-codes.list.yaml'));
    const { code, out } = await call(folder, ['verify', '--json']);
    expect(code).toBe(1);
    const { problems } = JSON.parse(out) as { problems: { kind: string; path: string }[] };
    expect(problems.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      `tampered releases/1/files/${policyPath}`,
      `missing releases/1/files/${suitePath}`,
      'added releases/1/files/rules/more/x.yaml',
      'moved releases/2/files/rules/lists/payers.list.yaml',
      'moved releases/2/files/rules/lists/timed-codes.list.yaml',
    ]);
  });

  test('a hash kept elsewhere vouches for the last release', async () => {
    const folder = await publishedTwice();
    const { releases } = JSON.parse((await call(folder, ['verify', '--json'])).out) as {
      releases: { sha256: string }[];
    };
    const [first, second] = releases.map(({ sha256 }) => sha256) as [string, string];
    expect((await call(folder, ['verify', '--hash', second.toUpperCase()])).code).toBe(0);
    expect((await call(folder, ['verify', '--hash', first])).out).toContain(
      'The hash given is that of release 1, and release 2 is the last one.',
    );
    // By somebody who knows how manifests are written.
    await changeFile(folder, 'releases/2/manifest.json', (text) => text.replace('A remark', 'No remark'));
    expect((await call(folder, ['verify'])).code).toBe(0);
    expect((await call(folder, ['verify', '--hash', second])).code).toBe(1);
    expect((await call(folder, ['verify', '--hash', 'x'])).code).toBe(2);
  });

  test('nothing published yet', async () => {
    const folder = await folderWith(smallWorkspace);
    expect(await call(folder, ['verify'])).toEqual({
      code: 1,
      out: 'nothing has been published yet\n',
      err: '',
    });
  });

  test('what an interrupted publish left is told, is no problem, and goes with the next publish', async () => {
    const folder = await publishedTwice();
    // No process has this number: it is above what any system gives out.
    const left = path.join(folder, 'releases/.3.999999999-abcdef/files');
    await mkdir(left, { recursive: true });
    await writeFile(path.join(left, 'half.yaml'), 'ha');
    const { code, out } = await call(folder, ['verify']);
    expect(code).toBe(0);
    expect(out).toContain('Publishing release 3 was interrupted earlier, and nothing came of it; ');
    await appendFile(path.join(folder, policyPath), '# another\n');
    const next = await call(folder, named, { now: '2024-05-01T08:00:00.000Z' });
    expect(next.out).toMatch(/^Publishing release 3 was interrupted earlier.*removed\.\nrelease 3 published/);
    expect((await readdir(path.join(folder, 'releases'))).toSorted()).toEqual([
      '.gitattributes',
      '1',
      '2',
      '3',
    ]);
  });
});

async function changeFile(folder: string, file: string, change: (text: string) => string): Promise<void> {
  const at = path.join(folder, file);
  const text = await readFile(at, 'utf8');
  expect(change(text)).not.toBe(text);
  await chmod(at, 0o644);
  await writeFile(at, change(text));
}
