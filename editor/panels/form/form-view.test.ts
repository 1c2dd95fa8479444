import { expect, test } from 'vitest';

import type { BlockSubject, OperandForm, PolicyForm, WantedValue } from '#engine';
import { choicesFor, createWorkspace, fileForm } from '#engine';

import type { Why } from '../../session/session.ts';
import { pickerMatches } from '../../ui/picker-view.ts';
import {
  clauseItems,
  conditionItems,
  countWords,
  factItems,
  factsFor,
  foundIn,
  isWithin,
  parameterName,
  placeholderItems,
  problemCount,
  sourceItems,
  valueItems,
} from './form-view.ts';

const path = 'rules/a/2024-01-01.policy.yaml';
const policy = `policy: a
title: A
kind: time-threshold
effective: { from: 2024-01-01 }
parameters:
  minimumMinutes: { value: 8, unit: minutes }
derive:
  timedLines: { count: lines }
conditions:
  isTimed: { line.code: $timed }
rules:
  - id: r
    title: R
    when: { condition: isTimed, derived.timedLines: { atLeast: 1 } }
    require: { any: [{ record.minutes: { atLeast: $minimumMinutes } }, { not: { visit.payer: hns } }] }
    otherwise: deny
`;
const workspace = createWorkspace([
  { path, text: policy },
  {
    path: 'rules/lists/timed.list.yaml',
    text: 'list: timed\ntitle: Timed codes\nof: code\ncite: s#c\nentries: [{ value: 97530, short: Activities }]\n',
  },
  {
    path: 'rules/sources/s.source.yaml',
    text: 'source: s\ntitle: The page\nclauses: [{ id: c, text: Under 8 minutes nothing is billed }, { id: d, text: Else, basis: inferred }]\n',
  },
]);
const choices = choicesFor(workspace, path);
const form = fileForm(workspace, path) as PolicyForm;
const rule = form.rules[0]!;
const number: WantedValue = { type: 'number', unit: 'minutes', values: null, whole: true, min: 0, max: null };
const code: WantedValue = { type: 'code', unit: null, values: null, whole: false, min: null, max: null };

const subjects: readonly [BlockSubject, fits: readonly string[], not: readonly string[]][] = [
  ['line', ['line.code', 'visit.date', 'derived.timedLines'], ['other.line.code', 'prior.date']],
  ['visit', ['visit.date', 'plan.active', 'derived.timedLines'], ['line.code', 'record.minutes']],
  ['other-line', ['other.line.code', 'line.code'], ['prior.date']],
  ['figure-line', ['record.minutes'], ['derived.timedLines', 'prior.date']],
  ['figure-prior', ['prior.date', 'visit.date'], ['line.code']],
];

test.each(subjects)('the facts of a block of %s', (subject, fits, not) => {
  const facts = factsFor(choices, subject, true).map(({ written }) => written);
  expect(fits.filter((fact) => !facts.includes(fact))).toEqual([]);
  expect(not.filter((fact) => facts.includes(fact))).toEqual([]);
});

test('what a time rule yields is offered only where there is one', () => {
  const has = (rule: boolean) =>
    factsFor(choices, 'line', rule).some(({ written }) => written === 'record.supportableUnits');
  expect([has(true), has(false)]).toEqual([true, false]);
});

test('a fact is found by its meaning: “minutes” and “time” find the time of treatment', () => {
  const items = factItems(factsFor(choices, 'line', true));
  expect(pickerMatches(items, 'time')[0]!.id).toBe('record.minutes');
  expect(pickerMatches(items, 'minutes').map(({ id }) => id)).toContain('record.minutes');
});

test('conditions by name and groups can be added; other lines only where a line is judged', () => {
  const ids = (subject: BlockSubject) => conditionItems(choices, subject, true).map(({ id }) => id);
  expect(ids('line')).toEqual(expect.arrayContaining(['named isTimed', 'group any', 'group noOtherLine']));
  expect(ids('visit').filter((id) => id.startsWith('group'))).toEqual([
    'group any',
    'group all',
    'group not',
  ]);
});

test('codes by what they mean', () => {
  expect(pickerMatches(valueItems(choices, code), 'activ')).toEqual([
    { id: '97530', title: '97530', detail: 'Activities' },
  ]);
});

test('what a value can be compared with instead', () => {
  const ids = (wanted: WantedValue, kind: 'one' | 'several', operand: OperandForm) =>
    sourceItems(choices, 'line', true, { kind, value: wanted }, operand, 'record.minutes')
      .map(({ id }) => id)
      .filter((id) => !id.startsWith('fact') || id.includes('totalTreatment'));
  expect(ids(number, 'one', { kind: 'literal', text: '8' })).toEqual([
    'parameter',
    'name minimumMinutes',
    'fact note.totalTreatmentMinutes',
  ]);
  expect(ids(code, 'several', { kind: 'name', name: 'timed', refers: 'list' })).toEqual([
    'value',
    'name timed',
  ]);
});

test('a parameter is called after what it limits', () => {
  const fact = { written: 'record.minutes', words: '', meaning: '', unit: null };
  expect([
    parameterName({ operator: 'atLeast', fact }, []),
    parameterName({ operator: 'atLeast', fact }, ['minimumMinutes']),
    parameterName({ operator: 'is', fact }, []),
  ]).toEqual(['minimumMinutes', 'minimumMinutes2', 'minutes']);
});

test('clauses by what they say, without those that are cited', () => {
  expect(clauseItems(choices, ['s#c'])).toEqual([
    { id: 's#d', title: 'Else', detail: 'The page · s#d', note: 'inferred' },
  ]);
});

test('the facts of a rule come first among what its message can say', () => {
  const first = placeholderItems(choices, rule, true).filter(
    ({ section }) => section === 'Facts of this rule',
  );
  expect(first.map(({ id }) => id).toSorted()).toEqual([
    'derived.timedLines',
    'record.minutes',
    'visit.payer',
  ]);
});

test('what was found stands at the place of its condition, the same answer once for all its lines', () => {
  const place = { path, from: 7, to: 9, line: 1, column: 1, endLine: 1, endColumn: 1, yamlPath: '' };
  const condition = (found: string, result: boolean) => ({
    otherLine: null,
    sentence: '',
    runs: [],
    result,
    found,
    needs: null,
    place,
    children: [],
  });
  const explanation = (line: number, found: string, result: boolean) => ({
    line,
    parts: [{ role: 'when', conditions: [condition(found, result)] }],
  });
  const why = {
    caseKey: 'x',
    lines: [],
    explanations: [
      explanation(1, '7 minutes', false),
      explanation(2, '15 minutes', true),
      explanation(3, '7 minutes', false),
    ],
  } as unknown as Why;
  const places = new Map([
    ['the block', { from: 7, to: 30 }],
    ['the test', { from: 7, to: 8 }],
    ['elsewhere', { from: 8, to: 9 }],
  ]);
  const answers = [
    { whose: 'lines 1, 3', result: false, value: '7 minutes' },
    { whose: 'line 2', result: true, value: '15 minutes' },
  ];
  expect(foundIn(why, path, places)).toEqual({ 'the block': answers, 'the test': answers });
  expect(foundIn(why, 'another file', places)).toEqual({});
});

test('a rule counts the problems within it, and not those of its neighbour', () => {
  expect(isWithin('rules[1].when', 'rules[1]')).toBe(true);
  expect(isWithin('rules[10]', 'rules[1]')).toBe(false);
  expect(problemCount({ 'rules[1]': [1], 'rules[1].when': [1, 2], 'rules[10]': [1] }, 'rules[1]')).toBe(3);
});

test('counts in words', () => {
  const count = {
    rule: 'r',
    path,
    line: 1,
    title: '',
    met: 3,
    violated: 0,
    notApplicable: 9,
    undetermined: 1,
  };
  expect([countWords(count), countWords(undefined)]).toEqual(['met 3 · undetermined 1', '']);
});
