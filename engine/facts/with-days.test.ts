import { expect, test } from 'vitest';

import { parseDay } from '../base/calendar-date.ts';
import { judge } from '../evaluate/compile.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { withDays } from './with-days.ts';

const day = (text: string) => parseDay(text)!;
const policy = (from: string, rules: readonly string[]) => ({
  path: `rules/${from}.policy.yaml`,
  text: `policy: a\ntitle: A\nkind: billing\neffective: { from: ${from}${from === '2020-01-01' ? ', to: 2020-12-31' : ''} }\nrules:\n${rules.join('\n')}\n`,
});
const rule = (id: string, require: string) =>
  `  - { id: ${id}, title: R, cite: s#c, for: visit, require: { ${require} }, otherwise: deny }`;
const workspace = createWorkspace([
  policy('2020-01-01', [rule('old', 'visit.placeOfService: "99"')]),
  policy('2021-01-01', [
    rule('not-before', 'visit.date: { onOrAfter: { fact: plan.start } }'),
    rule('in-time', 'visit.received: { onOrBefore: 2021-06-30 }'),
  ]),
  { path: 'rules/s.source.yaml', text: 'source: s\ntitle: S\nclauses: [{ id: c, text: C }]\n' },
  {
    path: 'testcases/v.encounter.yaml',
    text: 'encounter: v\ntitle: V\nvisit: { payer: p, date: 2020-06-01, received: 2020-06-05, placeOfService: "11" }\nplan: { start: 2021-03-01 }\nlines: [{ code: 97530, units: 1 }]\n',
  },
]);

/** What is violated as of these days. */
function violated(dateOfService: string | null, received: string | null): readonly string[] {
  const { table } = workspace.encounters[0]!;
  const days = {
    dateOfService: dateOfService === null ? null : day(dateOfService),
    received: received === null ? null : day(received),
  };
  const asked = withDays(table!, days, workspace.vocabulary);
  return verdictOf(judge(workspace.program, asked)).visit.violated.map(({ rule: id }) => id);
}

test.each([
  ['as it is', null, null, ['a/old']],
  [
    'another revision, and the date of service before the plan, which stays',
    '2021-02-28',
    null,
    ['a/not-before'],
  ],
  ['on the first day of the plan', '2021-03-01', null, []],
  ['received in time, and a day too late', '2021-03-01', '2021-06-30', []],
  ['received in time, and a day too late', '2021-03-01', '2021-07-01', ['a/in-time']],
])('%s', (_, dateOfService, received, expected) => {
  expect(workspace.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(violated(dateOfService, received)).toEqual(expected);
});
