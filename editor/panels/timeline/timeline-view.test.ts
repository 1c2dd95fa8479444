import { expect, test } from 'vitest';

import { createWorkspace, parseDay, timelineOf } from '#engine';

import { timelineView } from './timeline-view.ts';

const payers = [{ id: 'hns', title: 'Health Network Solutions' }];

/** `a hns 2019-01-01 2019-12-31` is a revision of the policy `a` for HNS; `*` is every payer. */
function workspaceOf(revisions: readonly string[]) {
  return createWorkspace([
    ...revisions.map((written) => {
      const [id, payer, from, to] = written.split(' ') as [string, string, string, string?];
      return {
        path: `rules/${id}/${from}.policy.yaml`,
        text: `policy: ${id}
title: ${id}
kind: billing
${payer === '*' ? '' : `payers: [${payer}]`}
effective: { from: ${from}${to === undefined ? '' : `, to: ${to}`} }
rules: [{ id: r, title: R, cite: s#c, when: { line.code: $codes }, require: { line.units: 1 }, otherwise: deny }]
`,
      };
    }),
    { path: 'rules/s.source.yaml', text: 'source: s\ntitle: S\nclauses: [{ id: c, text: C }]\n' },
    {
      path: 'rules/codes.list.yaml',
      text: 'list: codes\ntitle: T\nof: code\ncite: s#c\nentries: [{ value: 97530 }, { value: 97110, from: 2020-07-01 }]\n',
    },
  ]);
}

/** The lanes as text, with places rounded to whole per cent. */
function drawn(revisions: readonly string[], day = '2020-06-01'): readonly string[] {
  const at = ({ words, left, width }: { words: string; left: number; width: number }) =>
    `${words} @${Math.round(left)}+${Math.round(width)}`;
  const on = parseDay(day)!;
  const lanes = timelineOf(workspaceOf(revisions), { payer: null, policy: null, code: null, on });
  return timelineView(lanes, payers, day).groups.flatMap(({ title, lanes: rows }) => [
    title,
    ...rows.flatMap((row) => [
      `  ${row.title}: ${row.revisions.map((it) => `${at(it)}${it.current ? ' now' : ''}`).join('; ')}`,
      ...row.revisions.flatMap(({ changes }) => changes.map((it) => `    change @${Math.round(it.left)}`)),
      ...row.gaps.map((it) => `    gap ${at(it)}`),
      ...row.overlaps.map((it) => `    overlap ${at(it)}`),
      ...row.notes.map((it) => `    ${it}`),
    ]),
  ]);
}

test('revisions that adjoin leave no gap; a list that changes inside one is told', () => {
  expect(drawn(['a hns 2019-01-01 2019-12-31', 'a hns 2020-01-01'])).toEqual([
    'Health Network Solutions',
    '  a: 2019-01-01 to 2019-12-31 @0+50; since 2020-01-01 @50+50 now',
    '    change @75',
    '    on 2020-07-01: “T” with 97110',
  ]);
});

test('a gap and an overlap, with their exact days', () => {
  expect(
    drawn([
      'a hns 2019-01-01 2019-12-30',
      'a hns 2020-01-01 2020-06-30',
      'b hns 2019-01-01 2020-06-30',
      'b hns 2020-01-01 2020-06-15',
    ]),
  ).toEqual([
    'Health Network Solutions',
    '  a: 2019-01-01 to 2019-12-30 @0+50; 2020-01-01 to 2020-06-30 @50+25 now',
    '    gap no revision on 2019-12-31 @50+0',
    '  b: 2019-01-01 to 2020-06-30 @0+75 now; 2020-01-01 to 2020-06-15 @50+23 now',
    '    overlap two revisions from 2020-01-01 to 2020-06-15 @50+23',
  ]);
});

test('payers by name, and every payer among them', () => {
  const titles = drawn(['a medicare 2021-01-01', 'b * 2021-01-01', 'c hns 2021-01-01'], '2021-06-01');
  expect(titles.map((line) => line.split(':')[0])).toEqual([
    'Every payer',
    '  b',
    'Health Network Solutions',
    '  c',
    'medicare',
    '  a',
  ]);
});

test('years and the chosen day stand on one scale', () => {
  const lanes = timelineOf(workspaceOf(['a * 2019-05-01']), { payer: null, policy: null, code: null, on: 0 });
  const { years, day } = timelineView(lanes, payers, '2020-07-02');
  expect([years.map(({ year, left }) => [year, Math.round(left)]), Math.round(day.left)]).toEqual([
    [
      [2019, 0],
      [2020, 50],
    ],
    75,
  ]);
});
