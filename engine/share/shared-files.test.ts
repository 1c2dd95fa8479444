import { describe, expect, test } from 'vitest';
import { createWorkspace, judge, verdictOf } from '../index.ts';
import type { ReadyCase, Workspace } from '../index.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { sharedFiles } from './shared-files.ts';
import { withoutComments } from './without-comments.ts';

const shipped = createWorkspace(shippedFiles());

const keyOf = ({ suite, id }: ReadyCase): string => `${suite}/${id}`;

describe('the shipped policies, each given away alone', () => {
  const ids = [...new Set(shipped.policies.map(({ id }) => id))];

  test.each(ids)('%s: nothing is missing, and no encounter is in it', (id) => {
    const files = sharedFiles(shipped, { policies: [id], cases: [] });
    expect(createWorkspace(files).diagnostics).toEqual([]);
    expect(files.filter(({ path }) => path.startsWith('testcases/'))).toEqual([]);
  });
});

test('the first and last case of every shipped suite, given away alone: the same verdict, and no other case', () => {
  const ends = shipped.cases.filter(
    ({ suite }, at) => shipped.cases[at - 1]?.suite !== suite || shipped.cases[at + 1]?.suite !== suite,
  );
  const wrong = ends.filter((suiteCase) => {
    const key = keyOf(suiteCase);
    const opened = createWorkspace(sharedFiles(shipped, { policies: [], cases: [key] }));
    const [only, ...others] = opened.cases;
    return (
      others.length > 0 ||
      only === undefined ||
      keyOf(only) !== key ||
      opened.encounters.length !== 1 ||
      opened.diagnostics.length > 0 ||
      JSON.stringify(verdictOfCase(only)) !== JSON.stringify(verdictOfCase(suiteCase))
    );
  });
  expect(wrong.map(keyOf)).toEqual([]);
});

function verdictOfCase({ ready }: ReadyCase): unknown {
  return ready ? verdictOf(judge(ready.program, ready.table)) : 'not ready';
}

describe('a small workspace', () => {
  const files: Readonly<Record<string, string>> = {
    'rules/times.policy.yaml': policy('times', {
      when: '{ line.code: $codes, record.pain: { atLeast: 3 } }',
    }),
    'rules/times-later.policy.yaml': policy('times', { from: '2021-01-01', to: '' }),
    'rules/stricter.policy.yaml': policy('stricter', { more: 'extends: times\n' }),
    'rules/others.policy.yaml': policy('others', { cite: 'other-page#clause' }),
    'rules/codes.list.yaml':
      'list: codes\ntitle: Codes\nof: code\ncite: list-page#clause\nentries: [{ value: 97530 }]\n',
    'rules/unused.list.yaml': 'list: unused\ntitle: Unused\nof: code\ncite: page#clause\nentries: []\n',
    'rules/payers.list.yaml':
      'list: payers\ntitle: Payers\nof: payer\ncite: page#clause\nentries: [{ value: hns }]\n',
    'rules/page.source.yaml': source('page'),
    'rules/list-page.source.yaml': source('list-page'),
    'rules/other-page.source.yaml': source('other-page'),
    'rules/pain.vocabulary.yaml':
      'facts:\n  - { path: record.pain, type: number, meaning: Pain, example: 3 }\n',
    'rules/mood.vocabulary.yaml':
      'facts:\n  - { path: record.mood, type: number, meaning: Mood, example: 3 }\n',
    'testcases/a.encounter.yaml':
      '# called Jane at home\nencounter: a\ntitle: A # of hers\nvisit: { date: 2024-03-04 }\nlines: []\n',
    'testcases/b.encounter.yaml': 'encounter: b\ntitle: B\nvisit: { date: 2024-03-04 }\nlines: []\n',
    'testcases/s.suite.yaml': `suite: s
title: S
policies: [times]
base: a.encounter.yaml
cases:
  # Jane's first visit
  - id: one
    expect: pay
  # Joe's visit
  - id: two
    base: b.encounter.yaml
    with: { others.minimum: 3 }
    expect: pay # as he said
  - { id: three, expect: { lines: { 1: { decision: deny, violates: [stricter/rule] } } } }
`,
  };
  const workspace: Workspace = createWorkspace(Object.entries(files).map(([path, text]) => ({ path, text })));
  const pathsOf = (policies: readonly string[], cases: readonly string[]) =>
    sharedFiles(workspace, { policies, cases }).map(({ path }) =>
      path.replace('testcases/', 't/').replace('rules/', ''),
    );

  const plain = [
    'codes.list.yaml',
    'list-page.source.yaml',
    'page.source.yaml',
    'pain.vocabulary.yaml',
    'payers.list.yaml',
  ];
  const times = ['times-later.policy.yaml', 'times.policy.yaml'];

  test('every revision, its list with its page, its page, the fact it uses, the payers', () => {
    expect(pathsOf(['times'], [])).toEqual([...plain, ...times]);
  });

  test('an overlay brings what it extends', () => {
    expect(pathsOf(['stricter'], [])).toEqual([...plain, 'stricter.policy.yaml', ...times]);
  });

  test('a case brings its encounter and its policies, and a policy that its expectation or parameters name', () => {
    expect(pathsOf([], ['s/one'])).toEqual(
      [...plain, 't/a.encounter.yaml', 't/s.suite.yaml', ...times].sort(byTop),
    );
    expect(pathsOf([], ['s/two'])).toContain('others.policy.yaml');
    expect(pathsOf([], ['s/two'])).toContain('t/b.encounter.yaml');
    expect(pathsOf([], ['s/two'])).not.toContain('t/a.encounter.yaml');
    expect(pathsOf([], ['s/three'])).toContain('stricter.policy.yaml');
  });

  test('an encounter alone', () => {
    expect(pathsOf([], ['testcases/b.encounter.yaml'])).toEqual([
      'page.source.yaml',
      'payers.list.yaml',
      't/b.encounter.yaml',
    ]);
  });

  test('of a suite only what was chosen, and no comment of anybody', () => {
    const textOf = (cases: readonly string[]) =>
      sharedFiles(workspace, { policies: [], cases }).find(({ path }) => path.endsWith('.suite.yaml'))?.text;
    expect(textOf(['s/two'])).toBe(`suite: s
title: S
policies: [times]
base: a.encounter.yaml
cases:
  - id: two
    base: b.encounter.yaml
    with: { others.minimum: 3 }
    expect: pay
`);
    expect(textOf(['s/one', 's/three'])).not.toMatch(/Jane|Joe|two|#/);
  });

  test('what does not exist is not shared', () => {
    expect(pathsOf(['nothing'], ['s/nothing', 'testcases/nothing.yaml', 'rules/codes.list'])).toEqual([
      'page.source.yaml',
      'payers.list.yaml',
    ]);
  });

  function byTop(a: string, b: string): number {
    const full = (path: string) => path.replace(/^(?!t\/)/, 'rules/').replace('t/', 'testcases/');
    return full(a) < full(b) ? -1 : 1;
  }
});

describe('comments', () => {
  test.each([
    ['a: 1 # one\nb: 2\n', 'a: 1\nb: 2\n'],
    ['# one\n\n  # two\na: 1\n', '\na: 1\n'],
    ['a: 1\r\n# one\r\nb: 2\r\n', 'a: 1\r\nb: 2\r\n'],
    ['a: 1\n# one', 'a: 1\n'],
    ['a: "1 # one"\nb: a#b\n', 'a: "1 # one"\nb: a#b\n'],
    ["a: '# b' # c # d\n", "a: '# b'\n"],
    ['a: |\n  # text\n  more\n# comment\nb: 1\n', 'a: |\n  # text\n  more\nb: 1\n'],
    ['a: >-\n  one # two\nb: 1\n', 'a: >-\n  one # two\nb: 1\n'],
    ['a: [1, # one\n  2]\n', 'a: [1,\n  2]\n'],
    ['- a # b\n- c\n', '- a\n- c\n'],
    ['a:\n  # only\n  b: 1\n', 'a:\n  b: 1\n'],
  ])('%j', (text, without) => {
    expect(withoutComments(text)).toBe(without);
  });

  test('of a text that cannot be read nothing is told', () => {
    expect(withoutComments('a: [1 # one\n')).toBeNull();
  });
});

function policy(
  id: string,
  {
    when = '{ line.code: "97530" }',
    cite = 'page#clause',
    from = '2019-01-01',
    to = ', to: 2020-12-31',
    more = '',
  } = {},
): string {
  return `policy: ${id}
title: ${id}
kind: billing
${more}effective: { from: ${from}${to} }
parameters:
  minimum: { value: 8, unit: minutes, cite: ${cite} }
rules:
  - id: rule
    title: Rule
    cite: ${cite}
    when: ${when}
    require: { record.minutes: { atLeast: $minimum } }
    otherwise: review
    message: Short.
    remedy: None.
`;
}

function source(id: string): string {
  return `source: ${id}\ntitle: A page\npublisher: Somebody\naddress: https://example.org\nread: 2026-11-23\nclauses: [{ id: clause, text: Words. }]\n`;
}
