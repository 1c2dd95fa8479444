import { expect, test } from 'vitest';

import type { Explanation, RuleOutcome } from '#engine';

import type { CaseRow } from '../../worker/protocol.ts';
import { nodesWithChildren, nodeText, whyView } from './explanation-view.ts';

const place = { path: 'p', from: 0, to: 1, line: 3, column: 1, endLine: 3, endColumn: 2, yamlPath: '' };

function explained(rule: string, line: number | null, outcome: RuleOutcome): Explanation {
  const condition = {
    otherLine: null,
    sentence: 'the recorded time must be at least 8 minutes',
    runs: [],
    result: outcome === 'met',
    found: '7 minutes',
    needs: 'at least 8 minutes',
    place,
    children: [],
  };
  return {
    rule,
    title: rule,
    line,
    outcome,
    effect: 'deny',
    message: outcome === 'violated' ? 'Too short.' : '',
    remedy: '',
    citations: [
      { source: 'hns-97530', clause: 'under-8-minutes', title: '', text: '', basis: null, place: null },
    ],
    place,
    parts: [
      {
        role: 'when',
        ifReceived: null,
        conditions: [{ ...condition, sentence: 'the procedure code is 97530', result: true }],
      },
      { role: 'require', ifReceived: null, conditions: [condition] },
    ],
  };
}

const line = (number: number) => ({
  line: number,
  code: '97530',
  decision: 'deny' as const,
  supportableUnits: 0,
  violated: [],
  undetermined: [],
});

const row: CaseRow = {
  key: 's/seven',
  suite: 's',
  title: 'Seven minutes',
  path: 'testcases/s.suite.yaml',
  place: { line: 1, column: 1 },
  payer: 'hns',
  date: '2024-03-04',
  outcome: 'failed',
  reason: null,
  differences: [{ at: 'line 1 decision', expected: 'pay', actual: 'deny' }],
  verdict: {
    decision: 'deny',
    lines: [line(1), line(2)],
    visit: { violated: [], undetermined: [] },
  },
  expected: null,
  judgedBy: null,
  earlierDecision: 'pay',
  changed: true,
};

/** The view as an outline. */
function outline(explanations: readonly Explanation[]): readonly string[] {
  const view = whyView(row, {
    caseKey: row.key,
    explanations,
    lines: [{ line: 1, code: '97530', units: 1 }],
  });
  return view.subjects.flatMap((subject) => [
    [subject.title, subject.detail, subject.decision].filter(Boolean).join(' | '),
    ...subject.groups.map(
      (group) =>
        `  ${group.open ? 'open' : 'folded'} ${group.title}: ${group.rules.map((it) => it.id).join(' ')}`,
    ),
  ]);
}

test('for each line: what is not met first, then what needs the record, the rest folded', () => {
  expect(
    outline([
      explained('a/met', 1, 'met'),
      explained('a/open', 1, 'undetermined'),
      explained('a/broken', 1, 'violated'),
      explained('a/silent', 2, 'not-applicable'),
      explained('b/frequency', null, 'met'),
    ]),
  ).toEqual([
    'Line 1 · 97530 | 1 unit billed, 0 supported by the record | deny',
    '  open Not met: a/broken',
    '  open Needs what was not supplied: a/open',
    '  folded Met: a/met',
    'Line 2 · 97530 | 0 supported by the record | deny',
    '  folded Does not apply: a/silent',
    'The visit as a whole',
    '  folded Met: b/frequency',
  ]);
});

test('conditions stand below the part they play, and are heard with their values', () => {
  const view = whyView(row, {
    caseKey: row.key,
    explanations: [explained('a/broken', 1, 'violated')],
    lines: [],
  });
  const [rule] = view.subjects[0]!.groups[0]!.rules;
  expect(rule?.parts.flatMap((part) => [nodeText(part), ...part.children.map(nodeText)])).toEqual([
    'Applies when',
    'holds: The procedure code is 97530; found 7 minutes, needs at least 8 minutes; line 3',
    'Must hold',
    'does not hold: The recorded time must be at least 8 minutes; found 7 minutes, needs at least 8 minutes; line 3',
  ]);
  expect(nodesWithChildren(rule!.parts)).toEqual(['when', 'require']);
  expect(rule?.citations).toEqual([
    {
      source: 'hns-97530',
      clause: 'under-8-minutes',
      words: 'hns-97530: under 8 minutes',
      text: null,
      basis: null,
    },
  ]);
});

test('both decisions and what was expected', () => {
  const view = whyView(row, null);
  expect([view.decision, view.before, view.differences]).toEqual([
    'deny',
    'pay',
    ['line 1 decision: expected pay, found deny'],
  ]);
});

test('the answer about another case is not shown under this one', () => {
  const other = { caseKey: 'other', explanations: [explained('a/met', 1, 'met')], lines: [] };
  expect(whyView(row, other).subjects.map((subject) => subject.groups)).toEqual([[], []]);
});
