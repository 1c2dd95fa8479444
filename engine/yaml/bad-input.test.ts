import { describe, expect, it } from 'vitest';
import { createWorkspace, formatYaml, hasErrors, runCases } from '../index.ts';
import type { Diagnostic, Workspace } from '../index.ts';

/** A small right workspace; each test lays one wrong file over it. */
const right: Readonly<Record<string, string>> = {
  'rules/sources/manual.source.yaml':
    'source: manual\ntitle: A manual\nclauses:\n  - { id: minutes, text: Eight minutes. }\n',
  'rules/lists/timed-codes.list.yaml':
    'list: timed-codes\nof: code\ncite: manual#minutes\nentries:\n  - { value: 97530 }\n  - { value: 97110 }\n',
  'rules/lists/payers.list.yaml':
    'list: payers\nof: payer\ncite: manual#minutes\nentries:\n  - { value: hns }\n',
  'rules/time.policy.yaml': `policy: time
title: Time
kind: time-threshold
payers: [hns]
effective: { from: 2020-01-01 }
timeRule: { method: per-service, codes: $timed-codes, cite: manual#minutes }
rules:
  - id: minimum
    title: Eight minutes
    cite: manual#minutes
    when: { line.code: $timed-codes }
    require: { record.minutes: { atLeast: 8 } }
    otherwise: deny
`,
  'testcases/visit.encounter.yaml': `encounter: visit
visit: { date: 2024-03-04, payer: hns }
lines:
  - { code: 97530, units: 1, record: { minutes: 15 } }
`,
  'testcases/time.suite.yaml': `suite: time
base: visit.encounter.yaml
cases:
  - { id: enough, expect: pay }
`,
};

function withFiles(changes: Readonly<Record<string, string>>): Workspace {
  return createWorkspace(Object.entries({ ...right, ...changes }).map(([path, text]) => ({ path, text })));
}

const policyPath = 'rules/time.policy.yaml';
const policy = right[policyPath]!;
const encounterPath = 'testcases/visit.encounter.yaml';

function show(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(
    ({ code, place, message }) => `${place.path}:${place.line}:${place.column} ${code}: ${message}`,
  );
}

function codes(workspace: Workspace): readonly string[] {
  return [...new Set(workspace.diagnostics.map(({ code }) => code))];
}

it('says nothing of a workspace that is right', () => {
  const workspace = withFiles({});
  expect(show(workspace.diagnostics)).toEqual([]);
  expect(runCases(workspace.cases, 20_000)).toMatchObject({ passed: 1, failed: 0, errored: 0, skipped: 0 });
});

describe('a file that is not what it should be', () => {
  const cases: readonly [name: string, text: string, code: string, place: string][] = [
    ['empty', '', 'yaml-empty', '1:1'],
    ['only a comment', '# nothing\n', 'yaml-empty', '1:1'],
    ['a list', '- a\n- b\n', 'wrong-type', '1:1'],
    ['a bare word', 'hello\n', 'wrong-type', '1:1'],
    ['an open quote', 'policy: "time\ntitle: x\n', 'yaml-syntax', '3:1'],
    ['an open bracket', 'policy: time\npayers: [hns\n', 'yaml-syntax', '3:1'],
    ['a tab for indentation', 'policy: time\neffective:\n\tfrom: 2020-01-01\n', 'yaml-syntax', '3:1'],
    ['two documents', `${policy}---\npolicy: other\n`, 'yaml-several-documents', '14:1'],
    ['binary rubbish', '\u0000\u0001\u0002\uFFFD{{{\n', 'wrong-type', '1:1'],
  ];
  it.each(cases)('%s', (_, text, code, place) => {
    const workspace = withFiles({ [policyPath]: text });
    const found = workspace.diagnostics.filter((diagnostic) => diagnostic.place.path === policyPath);
    expect(found.map((diagnostic) => diagnostic.code)).toContain(code);
    const first = found.find((diagnostic) => diagnostic.code === code)!;
    expect(`${first.place.line}:${first.place.column}`).toBe(place);
    expect(first.message).not.toBe('');
    expect(first.help).not.toBe('');
    // Nothing is lost: the text is still there, and so are the other files.
    expect(workspace.files.get(policyPath)).toBe(text);
    expect(workspace.lists).toHaveLength(2);
    if (code.startsWith('yaml-')) expect(formatYaml(policyPath, text).value).toBe(text);
  });
});

describe('a file made to exhaust its reader', () => {
  it.each([
    ['ten million characters', `${policy}# ${'x'.repeat(10_000_000)}`, 'file-too-large'],
    ['a million opening brackets', `policy: ${'['.repeat(1_000_000)}`, 'yaml-too-deep'],
    ['a thousand braces, closed', `policy: ${'{a: '.repeat(1000)}1${'}'.repeat(1000)}`, 'yaml-too-deep'],
    ['a thousand dashes', `policy:\n  ${'- '.repeat(1000)}x`, 'yaml-too-deep'],
    [
      'a block indented a thousand levels',
      Array.from({ length: 1000 }, (_, i) => `${'  '.repeat(i)}a:`).join('\n'),
      'yaml-too-deep',
    ],
    ['an alias bomb', `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\npolicy: [*c, *c]\n`, 'yaml-anchor'],
    ['an anchor', policy.replace('title: Time', 'title: &t Time'), 'yaml-anchor'],
    ['a tag', policy.replace('title: Time', 'title: !!js/function Time'), 'yaml-anchor'],
    ['a merge key', policy.replace('title: Time', 'title: Time\n<<: { kind: billing }'), 'unknown-key'],
  ])('%s', (_, text, code) => {
    expect(codes(withFiles({ [policyPath]: text }))).toContain(code);
  });
});

describe('keys', () => {
  it('says where a key stands twice, and uses the first', () => {
    const workspace = withFiles({ [policyPath]: policy.replace('title: Time', 'title: Time\ntitle: Tide') });
    expect(show(workspace.diagnostics)).toEqual([
      `${policyPath}:3:1 yaml-duplicate-key: \`title\` stands twice in this block; the first one is used`,
    ]);
    expect(workspace.policies[0]?.title).toBe('Time');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s is a key like any other, and unknown',
    (key) => {
      const workspace = withFiles({
        [policyPath]: policy.replace('title: Time', `title: Time\n${key}: { polluted: true }`),
        [encounterPath]: right[encounterPath]!.replace('minutes: 15', `minutes: 15, ${key}: 1`),
      });
      expect(codes(workspace)).toEqual(
        ['unknown-key', 'unknown-fact', 'unknown-encounter'].filter((code) =>
          codes(workspace).includes(code),
        ),
      );
      expect(workspace.diagnostics.map(({ place }) => place.path)).toEqual([policyPath, encounterPath]);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it.each([
    [
      'a misspelt fact',
      'record.minutes: {',
      'record.minuts: {',
      'unknown-fact',
      'did you mean `record.minutes`?',
    ],
    ['a misspelt operator', 'atLeast: 8', 'atLeest: 8', 'unknown-operator', 'did you mean `atLeast`?'],
    ['a misspelt rule key', 'otherwise: deny', 'otherwize: deny', 'unknown-key', 'did you mean `otherwise`?'],
    [
      'a misspelt list',
      '$timed-codes }\n    require',
      '$timed-code }\n    require',
      'unknown-name',
      'did you mean `$timed-codes`?',
    ],
    ['a misspelt outcome', 'otherwise: deny', 'otherwise: dney', 'unknown-value', 'did you mean `deny`?'],
    ['a misspelt payer', '[hns]', '[hsn]', 'unknown-payer', 'did you mean `hns`?'],
    [
      'a misspelt clause',
      'cite: manual#minutes\n    when',
      'cite: manual#minute\n    when',
      'unknown-clause',
      'did you mean `manual#minutes`?',
    ],
    ['an operator of another type', 'atLeast: 8', 'includes: 8', 'operator-type', 'it can be `is`'],
    [
      'a text for a number',
      'atLeast: 8',
      'atLeast: eight',
      'invalid-number',
      'write it in digits, for example 8',
    ],
    [
      'a fourth decimal place',
      'atLeast: 8',
      'atLeast: 8.0001',
      'invalid-number',
      'leave at most 3 digits behind the point',
    ],
    [
      'a fact added to a fact',
      '{ atLeast: 8 }',
      '{ atLeast: { fact: line.units, plus: { fact: line.units } } }',
      'operand-type',
      'write the number',
    ],
    ['a date that does not exist', '2020-01-01', '2020-02-30', 'invalid-date', 'write it as year-month-day'],
    ['a date the other way round', '2020-01-01', '01/01/2020', 'invalid-date', 'write it as year-month-day'],
  ])('%s', (_, from, to, code, help) => {
    expect(policy).toContain(from);
    const found = withFiles({ [policyPath]: policy.replace(from, to) }).diagnostics.filter(
      (diagnostic) => diagnostic.code === code,
    );
    expect(found.map((diagnostic) => diagnostic.help).join('\n')).toContain(help);
  });
});

describe('values of an encounter', () => {
  it.each([
    ['negative minutes', 'minutes: 15', 'minutes: -5', 'value-out-of-range'],
    ['a part of a minute', 'minutes: 15', 'minutes: 7.5', 'invalid-number'],
    ['a fourth decimal place', 'units: 1', 'units: 1, charge: 10.0001', 'invalid-number'],
    ['minutes in words', 'minutes: 15', 'minutes: fifteen', 'invalid-number'],
    ['minutes in scientific form', 'minutes: 15', 'minutes: 1e9', 'invalid-number'],
    ['a billion minutes', 'minutes: 15', 'minutes: 1000000000', 'value-out-of-range'],
    ['hexadecimal minutes', 'minutes: 15', 'minutes: 0x10', 'invalid-number'],
    ['a list of minutes', 'minutes: 15', 'minutes: [15]', 'wrong-type'],
    ['no units', 'units: 1', 'units: 0', 'value-out-of-range'],
    ['a date that does not exist', '2024-03-04', '2023-02-29', 'invalid-date'],
    ['a fact nobody knows', 'minutes: 15', 'minits: 15', 'unknown-fact'],
    ['a computed fact', 'minutes: 15', 'supportableUnits: 1', 'computed-fact'],
    ['a code in small letters', 'code: 97530', 'code: g0283', 'invalid-code'],
    ['no code at all', 'code: 97530, ', '', 'missing-key'],
    ['an empty code', 'code: 97530', 'code: null', 'missing-key'],
    ['an empty date', 'date: 2024-03-04', 'date: null', 'missing-key'],
    ['an empty payer', 'payer: hns', 'payer: null', 'missing-key'],
  ])('%s', (_, from, to, code) => {
    const text = right[encounterPath]!;
    expect(text).toContain(from);
    const workspace = withFiles({ [encounterPath]: text.replace(from, to) });
    expect(codes(workspace)).toContain(code);
    // An encounter with mistakes is never judged: its cases are errored, not passed.
    expect(hasErrors(workspace.diagnostics)).toBe(true);
    expect(runCases(workspace.cases, 20_000)).toMatchObject({ passed: 0, errored: 1 });
  });

  it('keeps every character of a code', () => {
    const workspace = withFiles({
      [encounterPath]: right[encounterPath]!.replace('code: 97530', 'code: 00100'),
    });
    expect(workspace.encounters[0]?.encounter?.lines[0]?.claim.get('line.code')).toBe('00100');
    const category3 = withFiles({
      [encounterPath]: right[encounterPath]!.replace('code: 97530', 'code: 0213T'),
    });
    expect(category3.encounters[0]?.encounter?.lines[0]?.claim.get('line.code')).toBe('0213T');
  });

  it('judges forty lines', () => {
    const lines = Array.from(
      { length: 40 },
      () => '  - { code: 97530, units: 1, record: { minutes: 15 } }',
    ).join('\n');
    const workspace = withFiles({
      [encounterPath]: `encounter: visit\nvisit: { date: 2024-03-04, payer: hns }\nlines:\n${lines}\n`,
    });
    expect(show(workspace.diagnostics)).toEqual([]);
    expect(runCases(workspace.cases, 20_000).cases[0]?.verdict?.lines).toHaveLength(40);
  });

  it('refuses more lines than a claim holds', () => {
    const lines = Array.from({ length: 51 }, () => '  - { code: 97530, units: 1 }').join('\n');
    const workspace = withFiles({
      [encounterPath]: `encounter: visit\nvisit: { date: 2024-03-04, payer: hns }\nlines:\n${lines}\n`,
    });
    expect(codes(workspace)).toContain('value-out-of-range');
  });
});

describe('how the text came', () => {
  it.each([
    ['carriage returns', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte-order mark', (text: string) => `\uFEFF${text}`],
    ['both', (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
    ['no last line end', (text: string) => text.trimEnd()],
  ])('%s makes no difference', (_, change) => {
    const workspace = createWorkspace(
      Object.entries(right).map(([path, text]) => ({ path, text: change(text) })),
    );
    expect(show(workspace.diagnostics)).toEqual([]);
    expect(runCases(workspace.cases, 20_000)).toMatchObject({ passed: 1 });
  });
});

describe('a case', () => {
  it.each([
    ['a date taken away', 'given: { visit.date: null }', 'missing-key'],
    ['a visit without date', 'given: { visit: { payer: hns } }', 'missing-key'],
    ['a code taken away', 'given: { lines.1.code: null }', 'missing-key'],
    ['a line that is not there', 'given: { lines.3.units: 1 }', 'unknown-line'],
    ['a path that leads nowhere', 'given: { minutes: 7 }', 'given-path'],
    ['a misspelt fact', 'given: { lines.1.record.minuts: 7 }', 'unknown-fact'],
    ['a section that is none', 'without: [recrod]', 'given-path'],
    ['a parameter that is none', 'with: { minimum: 7 }', 'unknown-name'],
    ['a base that is none', 'base: visitt.encounter.yaml', 'unknown-encounter'],
  ])('%s is errored, never passed', (_, line, code) => {
    const workspace = withFiles({
      'testcases/time.suite.yaml': `suite: time\nbase: visit.encounter.yaml\ncases:\n  - { id: one, ${line}, expect: pay }\n`,
    });
    expect(codes(workspace)).toEqual([code]);
    expect(runCases(workspace.cases, 20_000)).toMatchObject({ passed: 0, errored: 1 });
  });
  it.each([
    ['an expectation that says nothing', 'expect: {}', 'expectation-empty'],
    [
      'a rule that does not exist',
      'expect: { lines: { 1: { decision: deny, violates: [time/minimun] } } }',
      'unknown-rule',
    ],
    ['a line that does not exist', 'expect: { lines: { 2: { decision: deny } } }', 'unknown-line'],
    ['a decision that is none', 'expect: { lines: { 1: { decision: refuse } } }', 'unknown-value'],
    ['no expectation', 'title: nothing', 'missing-key'],
  ])('%s is errored, never passed', (_, line, code) => {
    const workspace = withFiles({
      'testcases/time.suite.yaml': `suite: time\nbase: visit.encounter.yaml\ncases:\n  - { id: one, ${line} }\n`,
    });
    expect(codes(workspace)).toEqual([code]);
    expect(runCases(workspace.cases, 20_000)).toMatchObject({ passed: 0, errored: 1 });
  });
  it('is missing from a suite that runs nothing', () => {
    expect(codes(withFiles({ 'testcases/time.suite.yaml': 'suite: time\ncases: []\n' }))).toEqual([
      'suite-empty',
    ]);
  });
});

it('gives a hundred diagnostics for a hundred mistakes', () => {
  const rules = Array.from(
    { length: 100 },
    (_, i) =>
      `  - id: rule-${i}\n    title: Rule ${i}\n    cite: manual#minutes\n    require: { record.minuts: { atLeast: 8 } }\n    otherwise: deny\n`,
  ).join('');
  const workspace = withFiles({ [policyPath]: policy.replace(/rules:\n[^]*/, `rules:\n${rules}`) });
  const unknown = workspace.diagnostics.filter(({ code }) => code === 'unknown-fact');
  expect(unknown).toHaveLength(100);
  expect(new Set(unknown.map(({ place }) => place.line)).size).toBe(100);
});

it('looks at the rules even where the head of the file is wrong', () => {
  const text = policy.replace('kind: time-threshold', 'kind: tim').replace('record.minutes', 'record.minuts');
  expect(codes(withFiles({ [policyPath]: text }))).toEqual(['unknown-value', 'unknown-fact']);
});

it('keeps the rules that are right beside one that is wrong', () => {
  const wrong =
    '  - id: wrong\n    title: Wrong\n    cite: manual#minutes\n    require: { record.minuts: 8 }\n    otherwise: deny\n';
  const workspace = withFiles({ [policyPath]: policy + wrong });
  expect(workspace.policies[0]?.rules.map(({ id }) => id)).toEqual(['time/minimum']);
});

it('never throws, whatever part of a file is missing', () => {
  for (let end = 0; end <= policy.length; end += 1) withFiles({ [policyPath]: policy.slice(0, end) });
  for (let end = 0; end <= policy.length; end += 7) withFiles({ [policyPath]: policy.slice(end) });
  const encounter = right[encounterPath]!;
  for (let end = 0; end <= encounter.length; end += 1)
    withFiles({ [encounterPath]: encounter.slice(0, end) });
});
