import { describe, expect, test } from 'vitest';

import { createWorkspace, trialText, tryText } from '#engine';

import { suggestedTitle, trialView } from './trial-view.ts';

const workspace = createWorkspace([
  {
    path: 'rules/hns/times/2019-05-01.policy.yaml',
    text: `policy: times
title: Times
kind: time-threshold
effective: { from: 2019-05-01 }
timeRule: { method: per-service, codes: [97530], cite: page#short }
rules:
  - id: long-enough
    title: At least 8 minutes
    cite: page#short
    when: { line.code: 97530 }
    require: { record.minutes: { atLeast: 8 } }
    otherwise: deny
    message: "{record.minutes} minutes are too few."
    remedy: Do not bill this line.
  - { id: plan, title: There is a plan, cite: page#short, for: visit, require: { plan.active: true }, otherwise: review }
`,
  },
  {
    path: 'testcases/visit.encounter.yaml',
    text: `encounter: visit
visit: { date: 2024-03-04, payer: hns }
plan: { active: true }
lines:
  - { code: 97530, units: 1, record: { minutes: 7 } }
`,
  },
]);
const subject = { kind: 'encounter', path: 'testcases/visit.encounter.yaml' } as const;
const text = trialText(workspace, subject)!;
const tried = (from: string, to: string) => tryText(workspace, subject, text.replace(from, to));

test('a change with what comes of it', () => {
  expect(trialView(tried('minutes: 7', 'minutes: 8'))).toEqual({
    decision: 'pay',
    before: 'deny',
    facts: ['Line 1 · Minutes: 8 minutes (was 7 minutes)'],
    effects: [
      { where: 'The encounter', before: 'deny', after: 'pay', notes: [] },
      {
        where: 'Line 1',
        before: 'deny',
        after: 'pay',
        notes: ['No longer: At least 8 minutes', 'Supports 1 unit, not 0 units'],
      },
    ],
    subjects: [{ title: 'Line 1 · 97530 ×1', decision: 'pay', rules: [] }],
  });
});

test('what is not met says why, and what was never supplied is said of the visit', () => {
  const view = trialView(tried('plan: { active: true }\n', ''));
  expect([view.decision, view.before]).toEqual(['deny', null]);
  expect(view.facts).toEqual(['Treatment plan: not supplied (was supplied)']);
  expect(view.subjects).toEqual([
    {
      title: 'Visit',
      decision: null,
      rules: [
        {
          rule: 'times/plan',
          title: 'There is a plan',
          decision: 'needs-record',
          message: 'This depends on what was never supplied.',
          remedy: '',
        },
      ],
    },
    {
      title: 'Line 1 · 97530 ×1',
      decision: 'deny',
      rules: [
        {
          rule: 'times/long-enough',
          title: 'At least 8 minutes',
          decision: 'deny',
          message: '7 minutes are too few.',
          remedy: 'Do not bill this line.',
        },
      ],
    },
  ]);
});

describe('a title for the case', () => {
  const title = (from: string, to: string) => suggestedTitle(tried(from, to).facts);
  test.each([
    ['nothing changed', 'x', 'x', ''],
    ['a number that says of what', 'minutes: 7', 'minutes: 9', '9 minutes on line 1'],
    ['a number that does not', 'units: 1', 'units: 2', 'Units billed 2 units on line 1'],
    ['a section', 'plan: { active: true }\n', '', 'Treatment plan not supplied'],
  ])('%s', (_, from, to, wanted) => {
    expect(title(from, to)).toBe(wanted);
  });
});
