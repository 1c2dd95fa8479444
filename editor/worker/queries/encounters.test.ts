import { describe, expect, test } from 'vitest';

import { applyTextEdits, createWorkspace } from '#engine';
import type { Subject } from '#engine';

import type { Memory } from '../memory.ts';
import { encounterForm } from './encounter-form.ts';
import { templates } from './encounter-templates.ts';
import { newEncounter } from './new-encounter.ts';
import { suites } from './suites.ts';
import { trial } from './trial.ts';
import { writeCase } from './write-case.ts';

const visitPath = 'testcases/hns/encounters/visit.encounter.yaml';
const suitePath = 'testcases/hns/times.suite.yaml';
const draft = createWorkspace([
  {
    path: 'rules/hns/times/2019-05-01.policy.yaml',
    text: `policy: times
title: Times
kind: billing
effective: { from: 2019-05-01 }
rules:
  - { id: least, title: At least 8, cite: a#b, when: { line.code: 97530 }, require: { record.minutes: { atLeast: 8 } }, otherwise: deny }
`,
  },
  {
    path: visitPath,
    text: `encounter: visit # made up
title: A visit
visit: { date: 2024-03-04, payer: hns }
lines:
  - { code: 97530, units: 1, record: { minutes: 15 } }
`,
  },
  {
    path: suitePath,
    text: `suite: times
title: Times
base: encounters/visit.encounter.yaml
cases:
  - id: seven
    title: Seven minutes
    given: { lines.1.record.minutes: 7 }
    expect: { lines: { 1: { decision: deny, violates: [times/least] } } }
`,
  },
]);
// Queries about encounters read the draft alone.
const memory = { draft } as Memory;
const seven: Subject = { kind: 'case', suite: 'times', id: 'seven' };
const minutes = (value: string) => ({ kind: 'set', path: ['lines', 0, 'record', 'minutes'], value }) as const;

test('a file as a form: several changes are one edit of its text, and the form is that of the text after', () => {
  const { edits, text, form } = encounterForm(memory, {
    path: visitPath,
    changes: [minutes('1'), minutes('12'), { kind: 'supply', path: ['plan'] }],
  });
  expect(edits).toHaveLength(1);
  expect(applyTextEdits(draft.files.get(visitPath)!, edits)).toBe(text);
  expect(text).toBe(`encounter: visit # made up
title: A visit
visit: { date: 2024-03-04, payer: hns }
plan: {}
lines:
  - { code: 97530, units: 1, record: { minutes: 12 } }
`);
  expect(form?.sections.find(({ section }) => section === 'plan')?.supplied).toBe(true);
  expect(encounterForm(memory, { path: visitPath, changes: [] }).edits).toEqual([]);
});

describe('a trial', () => {
  test('begins as the case has it, and goes on from a text', () => {
    const begun = trial(memory, { subject: seven, text: null, changes: [] })!;
    expect([begun.trial.verdict?.decision, begun.trial.facts]).toEqual(['deny', []]);
    const tried = trial(memory, { subject: seven, text: begun.text, changes: [minutes('8')] })!;
    expect([tried.trial.verdict?.decision, tried.trial.before?.decision]).toEqual(['pay', 'deny']);
    expect(tried.trial.facts.map(({ what, before, after }) => [what, before, after])).toEqual([
      ['Minutes', '7 minutes', '8 minutes'],
    ]);
  });

  test('there is none of what is gone', () => {
    const gone: Subject = { kind: 'case', suite: 'times', id: 'gone' };
    expect(trial(memory, { subject: gone, text: null, changes: [] })).toBeNull();
  });
});

describe('a case', () => {
  const request = {
    from: seven,
    suite: 'times',
    title: 'Once more',
    detail: { units: true, messages: false },
  };
  test('of the subject as it is, or of a changed text', () => {
    const text = trial(memory, { subject: seven, text: null, changes: [minutes('6')] })!.text;
    const given = (from: string | null) => writeCase(memory, { ...request, text: from }).written?.text;
    expect(given(null)).toContain('given: { lines.1.record.minutes: 7 }');
    expect(given(text)).toContain('given: { lines.1.record.minutes: 6 }');
  });

  test('nothing is written into a suite that is gone', () => {
    expect(writeCase(memory, { ...request, suite: 'gone', text: null })).toEqual({
      written: null,
      diagnostics: [],
    });
  });

  test('the suites there are', () => {
    expect(suites(memory)).toEqual([{ id: 'times', title: 'Times', path: suitePath, cases: 1 }]);
  });
});

describe('a new encounter', () => {
  const wanted = { title: 'A new one', payer: 'hns', date: '2025-03-04' };
  test('from a template, plain or saved, or from a text', () => {
    expect(templates(memory).map(({ id, payer }) => [id, payer])).toEqual([
      ['therapy-visit', null],
      ['first-visit', null],
      ['claim-only', null],
      [visitPath, 'hns'],
    ]);
    for (const from of [
      { template: 'claim-only' },
      { template: visitPath },
      { text: draft.files.get(visitPath)! },
    ]) {
      const { path, edits } = newEncounter(memory, { from, ...wanted })!;
      expect(path).toBe('testcases/hns/encounters/a-new-one.encounter.yaml');
      expect(applyTextEdits('', edits)).toMatch(
        /^encounter: a-new-one( # made up)?\ntitle: A new one\nvisit: \{ date: 2025-03-04/,
      );
    }
  });

  test('none where the template is gone', () => {
    expect(newEncounter(memory, { from: { template: 'gone' }, ...wanted })).toBeNull();
  });
});
