import { describe, expect, test } from 'vitest';
import { call, folderWith } from './testing/run-cli.ts';
import { receivedFrom, smallWorkspace } from './testing/small-workspace.ts';

const suitePath = 'testcases/time.suite.yaml';
const policyPath = 'rules/acme/acme-time/2020-01-01.policy.yaml';
const suite = smallWorkspace[suitePath]!;

/** The small workspace with its suite (or another file) changed. */
function changed(change: (text: string) => string, file = suitePath) {
  return folderWith({ ...smallWorkspace, [file]: change(smallWorkspace[file]!) });
}

const failing = () => changed((text) => text.replace('minutes: 8 }', 'minutes: 6 }'));

describe('test', () => {
  test('all is well: one suite shows its cases', async () => {
    const folder = await folderWith(smallWorkspace);
    expect(await call(folder, ['test'])).toEqual({
      code: 0,
      out: `time ${suitePath}
  ✓ eight  Eight minutes are enough
  ✓ seven  Seven are not
  ✓ unknown  Without a record

3 passed, 0 failed
`,
      err: '',
    });
  });

  test('all is well: several suites take a line each', async () => {
    const folder = await folderWith({
      ...smallWorkspace,
      'testcases/other.suite.yaml': suite.replace('suite: time', 'suite: other'),
    });
    expect((await call(folder, ['test'])).out).toBe(
      '✓ other 3 cases\n✓ time 3 cases\n\n6 passed, 0 failed\n',
    );
    expect((await call(folder, ['test', 'testcases/other.suite.yaml'])).out).toMatch(
      /^other .*\n[^]*\n3 passed, 0 failed\n$/,
    );
  });

  test('a failure says what was expected and what came', async () => {
    const { code, out } = await call(await failing(), ['test']);
    expect(code).toBe(1);
    expect(out).toContain(`  ✗ eight  Eight minutes are enough
      ${suitePath}:6
      line 1 decision
        expected  pay
        actual    deny
      line 1 violates
        expected  nothing
        actual    acme-time/floor
`);
    expect(out).toMatch(/\n2 passed, 1 failed\n$/);
  });

  test('as JSON', async () => {
    const { code, out, err } = await call(await failing(), ['test', '--json', '--filter', 'EIGHT']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
      errored: 0,
      engine: 'compiled',
      cases: [
        {
          suite: 'time',
          id: 'eight',
          title: 'Eight minutes are enough',
          path: suitePath,
          line: 6,
          outcome: 'failed',
          reason: null,
          differences: [
            { at: 'line 1 decision', expected: 'pay', actual: 'deny' },
            { at: 'line 1 violates', expected: 'nothing', actual: 'acme-time/floor' },
            { at: 'visit decision', expected: 'pay', actual: 'deny' },
          ],
        },
      ],
      diagnostics: [],
    });
  });

  test('as JUnit', async () => {
    const folder = await changed((text) =>
      text.replace('minutes: 8 }', 'minutes: 6 }').replace('title: Eight', 'title: A "<&>" \\u0007 eight'),
    );
    const { code, out } = await call(folder, ['test', '--reporter', 'junit']);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="proviso" tests="3" failures="1" errors="0" skipped="0">\n/,
    );
    expect(out).toContain('<testcase classname="time" name="eight: A &quot;&lt;&amp;&gt;&quot;');
    expect(out).toContain('<failure message="line 1 decision: expected pay, actual deny">');
  });

  test('the reference engine gives the same', async () => {
    for (const folder of [await folderWith(smallWorkspace), await failing()]) {
      const compiled = await call(folder, ['test', '--json']);
      const reference = await call(folder, ['test', '--json', '--engine', 'json-rules-engine']);
      expect(reference.code).toBe(compiled.code);
      expect(JSON.parse(reference.out)).toEqual({ ...JSON.parse(compiled.out), engine: 'json-rules-engine' });
    }
  });
});

describe('nothing ran', () => {
  test.each([
    [['test', '--filter', 'no such'], 'no case holds the text `no such`\n0 passed, 0 failed\n'],
    [['test', 'rules'], 'the files named hold no case\n0 passed, 0 failed\n'],
  ])('%j', async (words, out) => {
    expect(await call(await folderWith(smallWorkspace), words)).toEqual({ code: 1, out, err: '' });
  });

  test('no suite at all', async () => {
    const { [suitePath]: _, ...files } = smallWorkspace;
    const { code, out } = await call(await folderWith(files), ['test']);
    expect({ code, out }).toEqual({
      code: 1,
      out: 'the workspace has no suite with a case\n0 passed, 0 failed\n',
    });
    const asJson = await call(await folderWith(files), ['test', '--json']);
    expect(asJson.code).toBe(1);
    expect(JSON.parse(asJson.out)).toMatchObject({ passed: 0, cases: [] });
  });

  test('a suite without cases', async () => {
    const { code, out } = await call(await changed((text) => text.replace(/cases:[^]*/, 'cases: []\n')), [
      'test',
    ]);
    expect(code).toBe(1);
    expect(out).toContain('the suite runs nothing');
  });

  test('every case is skipped', async () => {
    const folder = await changed((text) =>
      text.replaceAll('    expect:', '    skip: not today\n    expect:'),
    );
    const { code, out } = await call(folder, ['test']);
    expect(code).toBe(1);
    expect(out).toMatch(/\n0 passed, 0 failed, 3 skipped\n$/);
  });
});

describe('what cannot be relied on', () => {
  test('an error in a policy is said first, and nothing is all right', async () => {
    const folder = await changed(
      (text) => text.replace('kind: time-threshold', 'kind: nonsense'),
      policyPath,
    );
    const { code, out } = await call(folder, ['test']);
    expect(code).toBe(1);
    expect(out).toContain(`--> ${policyPath}:3`);
    expect(out).toContain('the results below are not to be relied on');
    const asJson = JSON.parse((await call(folder, ['test', '--json'])).out);
    expect(asJson.diagnostics[0]).toMatchObject({ path: policyPath, line: 3 });
    expect((await call(folder, ['test', '--reporter', 'junit'])).out).toContain('<testsuite name="check"');
  });

  test('a case that names a rule that does not exist is errored, never passed', async () => {
    const folder = await changed((text) =>
      text.replace('violates: [acme-time/floor]', 'violates: [acme-time/flor]'),
    );
    const { code, out } = await call(folder, ['test']);
    expect(code).toBe(1);
    expect(out).toContain('  ! seven  Seven are not');
    expect(out).toMatch(/\n2 passed, 0 failed, 1 could not be judged\n$/);
  });

  test('errors of another suite are no matter of this one', async () => {
    const folder = await folderWith({ ...smallWorkspace, 'testcases/other.suite.yaml': 'suite: other\n' });
    expect((await call(folder, ['test'])).code).toBe(1);
    expect((await call(folder, ['test', suitePath])).code).toBe(0);
  });
});

test('a known gap is shown, and expires', async () => {
  const folder = await changed((text) =>
    text.replace(
      'minutes: 8 }',
      'minutes: 6 }\n    knownGap: { owner: Ann, reason: still to do, until: 2024-06-30 }',
    ),
  );
  const before = await call(folder, ['test', '--today', '2024-06-30']);
  expect(before.code).toBe(0);
  expect(before.out).toContain('known gap of Ann until 2024-06-30: still to do');
  expect((await call(folder, ['test', '--today', '2024-07-01'])).code).toBe(1);
});

describe('as of another day, or by another version', () => {
  const dated = smallWorkspace[policyPath]!.replace(
    '{ value: 8, unit: minutes, cite: manual#floor }',
    '[{ from: 2020-01-01, value: 7, cite: manual#floor }, { from: 2024-01-01, value: 8, cite: manual#floor }]',
  );

  test('which cases would come out otherwise; that is no failure', async () => {
    const folder = await folderWith({ ...smallWorkspace, [policyPath]: dated });
    expect(await call(folder, ['test'])).toMatchObject({ code: 0 });
    expect(await call(folder, ['test', '--as-of', '2023-12-31'])).toEqual({
      code: 0,
      out: `Judged as if the date of service were 2023-12-31; everything else as it is.

time ${suitePath}
  ≠ seven  Seven are not
      line 1 decision: pay, in place of deny
      line 1 violates: nothing, in place of acme-time/floor

1 of 3 cases would come out otherwise than they expect. This is no failure: the cases are written for their own days and for the folder as it is.
`,
      err: '',
    });
    expect((await call(folder, ['test', '--as-of', '2024-01-01'])).out).toContain(
      '0 of 3 cases would come out',
    );
  });

  test('by the policies of another version; what differs anyway is told apart', async () => {
    const under = Object.entries(smallWorkspace).map(([file, text]) => [`published/${file}`, text]);
    const stricter = smallWorkspace[policyPath]!.replace('value: 8', 'value: 9');
    const folder = await folderWith({
      ...smallWorkspace,
      ...Object.fromEntries(under),
      [`published/${policyPath}`]: stricter,
      [suitePath]: suite.replace('minutes: 7 }', 'minutes: 10 }'),
    });
    const { code, out } = await call(folder, ['test', '--version', 'published', '--json']);
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toMatchObject({ version: 'published', same: 1, different: 2, skipped: 0, errored: 0 });
    expect(
      found.cases.map((one: { id: string; outcome: string; differsAnyway: boolean }) => [
        one.id,
        one.outcome,
        one.differsAnyway,
      ]),
    ).toEqual([
      ['eight', 'different', false],
      ['seven', 'different', true],
      ['unknown', 'same', false],
    ]);
  });

  test('a rule that the version does not have cannot be asked, and that is a no', async () => {
    const under = Object.entries(smallWorkspace).flatMap(([file, text]) =>
      file.startsWith('rules/') ? [[`published/${file}`, text]] : [],
    );
    const folder = await folderWith({
      ...smallWorkspace,
      ...Object.fromEntries(under),
      [`published/${policyPath}`]: smallWorkspace[policyPath]!.replaceAll('id: floor', 'id: least'),
    });
    const { code, out } = await call(folder, ['test', '--version', 'published']);
    expect(code).toBe(1);
    expect(out).toContain('  ! seven  Seven are not\n      `acme-time/floor` is not known as a rule');
    expect(out).toContain('0 of 1 case would come out otherwise than they expect, 2 could not be judged.');
  });

  test('received on another day', async () => {
    const folder = await folderWith({ ...smallWorkspace, ...receivedFrom('2024-05-01') });
    const different = async (received: string) =>
      JSON.parse((await call(folder, ['test', '--json', '--received', received])).out).different;
    expect([await different('2024-04-30'), await different('2024-05-01')]).toEqual([0, 3]);
  });

  test('JUnit has no word for it', async () => {
    const folder = await folderWith(smallWorkspace);
    const { code, err } = await call(folder, ['test', '--as-of', '2024-01-01', '--reporter', 'junit']);
    expect([code, err]).toEqual([2, expect.stringContaining('JUnit counts failures')]);
  });
});
