import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { call, folderWith } from './testing/run-cli.ts';
import { receivedFrom, smallWorkspace } from './testing/small-workspace.ts';

const encounterPath = 'testcases/encounters/visit.encounter.yaml';
const sevenMinutes = smallWorkspace[encounterPath]!.replace('minutes: 15', 'minutes: 7').replace(
  /plan:.*\n/,
  '',
);

describe('run', () => {
  test('for programs', async () => {
    const folder = await folderWith(smallWorkspace);
    const { code, out, err } = await call(folder, ['run', '-', '--json'], { input: sevenMinutes });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      encounter: 'visit',
      decision: 'deny',
      payer: 'acme',
      policies: ['acme-time'],
      lines: [
        {
          line: 1,
          code: '97530',
          decision: 'deny',
          supportableUnits: 0,
          violated: ['acme-time/floor'],
          undetermined: [],
          findings: [
            {
              rule: 'acme-time/floor',
              effect: 'deny',
              message: '97530 took 7 minutes; 8 are needed.',
              remedy: 'Do not bill this line.',
              cites: ['manual#floor'],
            },
          ],
          missing: [],
        },
      ],
      visit: {
        violated: [],
        undetermined: ['acme-time/goal'],
        findings: [],
        missing: [{ rule: 'acme-time/goal', needs: ['plan'] }],
      },
    });
  });

  test('for people', async () => {
    const folder = await folderWith(smallWorkspace);
    const { code, out } = await call(folder, ['run', '-'], { input: sevenMinutes });
    expect(code).toBe(0);
    expect(out).toBe(`visit  acme, 2024-03-04
decision: deny

line   code  decision  supportable units  violated  undetermined
   1  97530  deny                      0         1             0

line 1, 97530
  deny  97530 took 7 minutes; 8 are needed.
    Do not bill this line.
    acme-time/floor (manual#floor)

visit
  needs-record  never supplied: plan
    acme-time/goal
`);
  });

  test('with the trace in words', async () => {
    const folder = await folderWith(smallWorkspace);
    const { out } = await call(folder, ['run', '-', '--explain'], { input: sevenMinutes });
    expect(out).toMatch(/violated {2}At least eight minutes\n {4}acme-time\/floor \(manual#floor\)\n/);
    expect(out).toMatch(
      /\n {4}require\n {6}✗ .* at least 8 minutes\n {10}found: 7 minutes; needed: at least 8 minutes \(.*\)\n/,
    );
    const { explanations } = JSON.parse(
      (await call(folder, ['run', '-', '--explain', '--json'], { input: sevenMinutes })).out,
    );
    expect(explanations[0]).toMatchObject({
      rule: 'acme-time/floor',
      line: 1,
      outcome: 'violated',
      at: { path: 'rules/acme/acme-time/2020-01-01.policy.yaml', line: 13 },
      parts: [
        { role: 'when', conditions: [{ result: true }] },
        { role: 'require', conditions: [{ result: false, found: '7 minutes' }] },
      ],
    });
  });

  test('a rule of two revisions is named once, as long as the date received is not known', async () => {
    const revision = (received: string, least: number) =>
      `policy: p\ntitle: P\nkind: billing\neffective: { from: 2020-01-01 }\nreceived: { ${received} }\nrules:\n  - { id: r, title: R, cite: manual#floor, when: { line.code: 97530 }, require: { record.minutes: { atLeast: ${least} } }, otherwise: deny }\n`;
    const folder = await folderWith({
      'rules/s.source.yaml':
        'source: manual\ntitle: M\nclauses: [{ id: floor, text: At least so many minutes. }]\n',
      'rules/early.policy.yaml': revision('to: 2024-03-10', 8),
      'rules/late.policy.yaml': revision('from: 2024-03-11', 10),
      'testcases/e.encounter.yaml':
        'encounter: e\nvisit: { date: 2024-03-04, payer: p }\nlines: [{ code: 97530, units: 1 }]\n',
      'testcases/s.suite.yaml':
        'suite: s\ntitle: S\npolicies: [p]\ncases:\n  - { id: open, title: Open, base: e.encounter.yaml, expect: { lines: { 1: { decision: needs-record, undetermined: [p/r] } } } }\n',
    });
    const { out } = await call(folder, ['run', 'testcases/e.encounter.yaml', '--explain']);
    expect(out.slice(out.indexOf('line 1, 97530'))).toBe(`line 1, 97530
  needs-record  never supplied: record, date received
    p/r

line 1
  undetermined  R
    p/r (manual#floor)
    when, if the claim is received on or before 10 March 2024
      ✓ the procedure code is 97530
          found: 97530
      ? the claim is received on or before 10 March 2024
          found: not known; needed: received on or before 10 March 2024
    require, if the claim is received on or before 10 March 2024
      ? the treatment time must be at least 8 minutes
          found: the health record of the line was not supplied; needed: at least 8 minutes
    when, if the claim is received on or after 11 March 2024
      ✓ the procedure code is 97530
          found: 97530
      ? the claim is received on or after 11 March 2024
          found: not known; needed: received on or after 11 March 2024
    require, if the claim is received on or after 11 March 2024
      ? the treatment time must be at least 10 minutes
          found: the health record of the line was not supplied; needed: at least 10 minutes
`);
    const json = JSON.parse((await call(folder, ['run', 'testcases/e.encounter.yaml', '--json'])).out);
    expect(json.lines[0]).toMatchObject({
      undetermined: ['p/r'],
      missing: [{ rule: 'p/r', needs: ['record', 'visit.received'] }],
    });
    expect((await call(folder, ['test'])).code).toBe(0);
  });

  test('a file of the workspace, and one from anywhere', async () => {
    const folder = await folderWith(smallWorkspace);
    const elsewhere = await folderWith({ 'claim.yaml': sevenMinutes });
    expect((await call(folder, ['run', encounterPath])).out).toContain('decision: pay');
    expect((await call(folder, ['run', path.join(elsewhere, 'claim.yaml')])).out).toContain('decision: deny');
    expect((await call(elsewhere, ['run', 'claim.yaml', '--workspace', folder])).out).toContain(
      'decision: deny',
    );
    const without = await call(elsewhere, ['run', 'claim.yaml']);
    expect(without.code).toBe(2);
    expect(without.err).toContain('there is no workspace here');
  });

  test('--as-of judges as if the date of service were another day, and says so', async () => {
    const folder = await folderWith(smallWorkspace);
    const { out } = await call(folder, ['run', '-', '--as-of', '2019-12-31'], { input: sevenMinutes });
    expect(out).toContain(
      'visit  acme, 2024-03-04\njudged as if the date of service were 2019-12-31; everything else as it is\ndecision: pay\n',
    );
    expect(out).toContain('No policy is in force for acme on 2019-12-31, so nothing was asked.');
    const json = JSON.parse(
      (await call(folder, ['run', '-', '--json', '--as-of', '2019-12-31'], { input: sevenMinutes })).out,
    );
    expect(json).toMatchObject({ asOf: '2019-12-31', policies: [], decision: 'pay' });
  });

  test('--received chooses by the day on which the payer received the claim', async () => {
    const folder = await folderWith({ ...smallWorkspace, ...receivedFrom('2024-04-01') });
    const decision = async (received: string) => {
      const input = sevenMinutes.replace('minutes: 7', 'minutes: 15');
      const { out } = await call(folder, ['run', '-', '--json', '--received', received], { input });
      return JSON.parse(out).lines[0].decision;
    };
    expect(await decision('2024-03-31')).toBe('pay');
    expect(await decision('2024-04-01')).toBe('review');
  });

  test('--version judges by the policies of another version, whatever state those of the folder are in', async () => {
    const policy = 'rules/acme/acme-time/2020-01-01.policy.yaml';
    const under = Object.entries(smallWorkspace).map(([file, text]) => [`published/${file}`, text]);
    const folder = await folderWith({
      ...smallWorkspace,
      ...Object.fromEntries(under),
      [`published/${policy}`]: smallWorkspace[policy]!.replace('value: 8', 'value: 6'),
      [policy]: 'policy: [',
    });
    const { code, out } = await call(folder, ['run', '-', '--version', 'published'], { input: sevenMinutes });
    expect(code).toBe(0);
    expect(out).toContain('judged by the policies of published; everything else as it is\ndecision: ');
    expect(out).not.toContain('acme-time/floor');
    const wrong = await call(folder, ['run', '-', '--version', 'release:1'], { input: sevenMinutes });
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('nothing has been published yet')]);
  });
});

describe('an encounter that cannot be judged', () => {
  test.each([
    ['broken YAML', 'encounter: [', 'yaml-syntax'],
    ['nothing', '', 'yaml-empty'],
    ['negative minutes', sevenMinutes.replace('minutes: 7', 'minutes: -7'), 'value-out-of-range'],
    ['fractional minutes', sevenMinutes.replace('minutes: 7', 'minutes: 7.5'), 'invalid-number'],
    ['minutes in words', sevenMinutes.replace('minutes: 7', 'minutes: seven'), 'invalid-number'],
    ['far too many minutes', sevenMinutes.replace('minutes: 7', 'minutes: 1e9'), 'invalid-number'],
    ['a day that does not exist', sevenMinutes.replace('2024-03-04', '2024-02-30'), 'invalid-date'],
    ['no units', sevenMinutes.replace('units: 1', 'units: 0'), 'value-out-of-range'],
    ['an unknown payer', sevenMinutes.replace('acme', 'acne'), 'unknown-payer'],
    ['a hostile key', `${sevenMinutes}__proto__: { polluted: true }\n`, 'unknown-key'],
  ])('%s', async (_, input, code) => {
    const folder = await folderWith(smallWorkspace);
    const forPeople = await call(folder, ['run', '-'], { input });
    expect({ code: forPeople.code, out: forPeople.out }).toEqual({ code: 2, out: '' });
    expect(forPeople.err).toContain(`[${code}]\n`);
    expect(forPeople.err).toContain('--> standard input:');
    expect(forPeople.err).toMatch(/\nthe encounter has \d+ errors? and cannot be judged.\n$/);
    const { out, err } = await call(folder, ['run', '-', '--json'], { input });
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      error: { message: expect.any(String) },
      diagnostics: expect.arrayContaining([expect.objectContaining({ path: '-', code })]),
    });
  });

  test.each([
    ['ten megabytes', new Uint8Array(10_000_000).fill(35), 'is larger than 2 MB'],
    ['no text', Uint8Array.of(0xff, 0xfe), 'is not UTF-8 text'],
  ])('%s', async (_, content, sentence) => {
    const folder = await folderWith({ ...smallWorkspace, 'claim.yaml': content });
    for (const [words, input] of [
      [['run', 'claim.yaml'], ''],
      [['run', '-'], content],
    ] as const) {
      const { code, err } = await call(folder, words, { input });
      expect(code).toBe(2);
      expect(err).toContain(sentence);
    }
  });

  test('a folder, or nothing at all', async () => {
    const folder = await folderWith(smallWorkspace);
    expect((await call(folder, ['run', 'rules'])).err).toContain('`rules` is not a file.');
    expect((await call(folder, ['run', 'nowhere'])).err).toContain('there is no file `nowhere`.');
  });

  test('CRLF and a byte order mark are no hindrance', async () => {
    const folder = await folderWith(smallWorkspace);
    const input = `\ufeff${sevenMinutes.replaceAll('\n', '\r\n')}`;
    expect((await call(folder, ['run', '-'], { input })).out).toContain('decision: deny');
  });

  test('policies with errors judge nothing, since a rule might be missing from the verdict', async () => {
    const file = 'rules/acme/acme-time/2020-01-01.policy.yaml';
    const folder = await folderWith({
      ...smallWorkspace,
      [file]: smallWorkspace[file]!.replace('atLeast', 'atLest'),
    });
    const { code, out, err } = await call(folder, ['run', encounterPath]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`--> ${file}:17`);
    expect(err).toContain('nothing is judged until they are mended.');
  });

  test('mistakes in other encounters and suites are no hindrance', async () => {
    const folder = await folderWith({
      ...smallWorkspace,
      'testcases/other.encounter.yaml': 'nonsense',
      'testcases/time.suite.yaml': '',
    });
    expect((await call(folder, ['run', encounterPath])).code).toBe(0);
  });
});
