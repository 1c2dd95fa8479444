import { expect, test } from 'vitest';

import { titleIn } from '../../marks/title-in.ts';
import type { WorkFile } from '../../session/session.ts';
import type { PolicyRow } from '../../worker/protocol.ts';
import { pageIds } from '../../session/places.ts';
import type { Scope } from './files-view.ts';
import { fileGroups, nothingInScope } from './files-view.ts';

const everything: Scope = { payer: null, asOf: null };

const file = (path: string, text = '', more: Partial<WorkFile> = {}): WorkFile => ({
  path,
  text,
  saved: text,
  version: 'v',
  conflict: null,
  saving: false,
  ...more,
});

const policy = (
  path: string,
  payers: readonly string[] | null,
  more: Partial<PolicyRow> = {},
): PolicyRow => ({
  path,
  id: 'p',
  title: path,
  kind: 'time-threshold',
  payers,
  from: '2019-05-01',
  to: null,
  received: null,
  ...more,
});

/** The groups as an outline. */
function outline(
  files: readonly WorkFile[],
  policies: readonly PolicyRow[],
  scope: Scope = everything,
): readonly string[] {
  const judged = {
    policies,
    diagnostics: [],
    cases: [],
    rules: [],
    payers: [{ id: 'hns', title: 'Health Network Solutions' }],
    stale: false,
  };
  const groups = pageIds.flatMap((page) =>
    fileGroups(new Map(files.map((it) => [it.path, it])), judged, page, scope),
  );
  return groups.flatMap((group) => [
    group.title,
    ...group.files.map((row) => `  ${row.title}${row.detail ? ` (${row.detail})` : ''}`),
  ]);
}

test('policies stand under each of their payers, those of every payer last', () => {
  const files = ['rules/a.policy.yaml', 'rules/b.policy.yaml', 'rules/c.policy.yaml'].map((path) =>
    file(path),
  );
  expect(
    outline(files, [
      policy('rules/a.policy.yaml', null, { title: 'A' }),
      policy('rules/b.policy.yaml', ['hns', 'medicare'], { title: 'B', kind: 'billing' }),
      policy('rules/c.policy.yaml', ['hns'], { title: 'C', to: '2020-12-31' }),
    ]),
  ).toEqual([
    'Health Network Solutions',
    '  B (Billing · since 2019-05-01)',
    '  C (Time · 2019-05-01 to 2020-12-31)',
    'MEDICARE',
    '  B (Billing · since 2019-05-01)',
    'Every payer',
    '  A (Time · since 2019-05-01)',
  ]);
});

test('revisions for other dates received say so', () => {
  const windows = [
    { from: null, to: '2020-03-31' },
    { from: '2020-04-01', to: '2020-04-30' },
    { from: '2020-05-01', to: null },
  ];
  const paths = windows.map((_, at) => `rules/${at}.policy.yaml`);
  expect(
    outline(
      paths.map((path) => file(path)),
      windows.map((received, at) => policy(paths[at]!, null, { title: `${at}`, received })),
    ),
  ).toEqual([
    'Every payer',
    '  0 (Time · since 2019-05-01, received up to 2020-03-31)',
    '  1 (Time · since 2019-05-01, received 2020-04-01 to 2020-04-30)',
    '  2 (Time · since 2019-05-01, received from 2020-05-01)',
  ]);
});

test('with a payer and a date of service, the revisions in force for them', () => {
  const paths = ['a', 'b', 'c', 'd'].map((name) => `rules/${name}.policy.yaml`);
  const [a, b, c, d] = paths as [string, string, string, string];
  const policies = [
    policy(a, ['hns'], { to: '2020-12-31' }),
    policy(b, ['hns', 'medicare'], { from: '2021-01-01' }),
    policy(c, null),
    policy(d, ['medicare']),
  ];
  const shown = (scope: Scope) =>
    outline(
      paths.map((path) => file(path)),
      policies,
      scope,
    ).map((it) => it.trim().split(' ')[0]);
  expect(shown({ payer: 'hns', asOf: '2020-12-31' })).toEqual(['Health', a, 'Every', c]);
  expect(shown({ payer: 'hns', asOf: '2021-01-01' })).toEqual(['Health', b, 'Every', c]);
  expect(shown({ payer: null, asOf: '2018-01-01' })).toEqual([]);
});

test('other files stand by what they are, a policy that cannot be read among the first', () => {
  const files = [
    file('rules/sources/s.source.yaml', 'source: s\ntitle: The page'),
    file('rules/hns/x/2019-01-01.policy.yaml', 'title: "Broken"'),
    file('testcases/t.suite.yaml', 'title: Times'),
  ];
  expect(outline(files, [])).toEqual([
    'Policies with problems',
    '  Broken',
    'Suites',
    '  Times',
    'Sources',
    '  The page',
  ]);
});

test('a payer without a policy on the date leaves nothing to show, whatever other files there are', () => {
  const narrowed = { payer: 'hns', asOf: '2018-06-01' };
  expect(nothingInScope([{ id: 'others' }], narrowed)).toBe(true);
  expect(nothingInScope([], narrowed)).toBe(true);
  expect(nothingInScope([{ id: 'unread' }, { id: 'others' }], narrowed)).toBe(false);
  expect(nothingInScope([{ id: 'others' }], { payer: null, asOf: null })).toBe(false);
});

test('a file in conflict says so rather than that it is unsaved', () => {
  const files = [
    file('rules/a.list.yaml', 'title: A', { text: 'title: B' }),
    file('rules/b.list.yaml', 'title: C', { text: 'title: D', conflict: { text: 'x', version: 'y' } }),
  ];
  const [lists] = fileGroups(new Map(files.map((it) => [it.path, it])), null, 'lists', everything);
  expect(lists?.files.map((row) => row.state)).toEqual(['unsaved', 'conflict']);
});

test('a file without a title goes by its name', () => {
  expect(titleIn({ path: 'rules/lists/timed-codes.list.yaml', text: 'list: timed-codes' })).toBe(
    'timed-codes',
  );
});
