import { expect, test } from 'vitest';

import type { Explanation, RuleOutcome, Truth } from '#engine';

import { lensWords, paintedLines, toMarker } from './to-monaco.ts';

const place = (line: number) => ({
  path: 'p',
  from: 0,
  to: 1,
  line,
  column: 1,
  endLine: line,
  endColumn: 2,
  yamlPath: '',
});

function explained(
  rule: string,
  line: number,
  outcome: RuleOutcome,
  tests: readonly (readonly [number, Truth, string])[],
): Explanation {
  return {
    rule,
    title: rule,
    line: 1,
    outcome,
    effect: 'deny',
    message: '',
    remedy: '',
    citations: [],
    place: place(line),
    parts: [
      {
        role: 'require',
        ifReceived: null,
        conditions: tests.map(([at, result, found]) => ({
          otherLine: null,
          sentence: '',
          runs: [],
          result,
          found,
          needs: null,
          place: place(at),
          children: [],
        })),
      },
    ],
  };
}

test('a problem is told in sentences, with its names in quotes', () => {
  const diagnostic = {
    code: 'unknown-key' as const,
    severity: 'error' as const,
    place: place(3),
    message: '`payer` is not known as a key of a policy',
    help: 'did you mean `payers`?',
  };
  expect(toMarker(diagnostic)).toEqual({
    startLineNumber: 3,
    startColumn: 1,
    endLineNumber: 3,
    endColumn: 2,
    severity: 8,
    message: '“payer” is not known as a key of a policy.\nDid you mean “payers”?',
  });
});

const painted = (explanations: readonly Explanation[]) =>
  paintedLines(explanations, 'p').map(
    ({ line, margin, after }) => `${line} ${margin ?? after?.replaceAll('\u00a0', ' ')}`,
  );

test('a rule in the margin, its values behind the conditions', () => {
  expect(painted([explained('a', 3, 'violated', [[5, false, '7 minutes']])])).toEqual([
    '3 violated',
    '5 ✗ 7 minutes',
  ]);
});

test('of several claim lines the gravest speaks', () => {
  expect(
    painted([explained('a', 3, 'met', [[5, true, '15']]), explained('a', 3, 'violated', [[5, false, '7']])]),
  ).toEqual(['3 violated', '5 ✗ 7']);
});

test('of several tests on one line the first that does not hold', () => {
  expect(
    painted([
      explained('a', 3, 'violated', [
        [4, true, '97530'],
        [4, false, '7'],
        [4, 'unknown', '–'],
      ]),
    ]),
  ).toEqual(['3 violated', '4 ✗ 7']);
});

test('a rule that does not apply paints nothing', () => {
  expect(painted([explained('a', 3, 'not-applicable', [[5, false, '97110']])])).toEqual([]);
});

test('a long value is cut, and whole for whoever points at it; all tests of the line are there', () => {
  const long = 'therapeutic exercise, gait training and manual therapy';
  const [, values] = paintedLines(
    [
      explained('a', 3, 'violated', [
        [5, true, '97530'],
        [5, false, long],
      ]),
    ],
    'p',
  );
  expect(values?.after?.replaceAll('\u00a0', ' ')).toBe('✗ therapeutic exercise, gait traini…');
  expect(values?.whole).toEqual(['✓ : 97530', `✗ : ${long}`]);
});

test.each([
  [{ met: 96, violated: 9, undetermined: 0, notApplicable: 20 }, 'met 96 · not met 9 · does not apply 20'],
  [{ met: 0, violated: 0, undetermined: 2, notApplicable: 0 }, 'needs record 2'],
  [{ met: 0, violated: 0, undetermined: 0, notApplicable: 5 }, 'applies to none of 5 saved encounters'],
  [{ met: 0, violated: 0, undetermined: 0, notApplicable: 0 }, 'no saved encounter asks this rule'],
])('%j', (counts, words) => {
  expect(lensWords({ rule: 'a', title: 'A', path: 'p', line: 1, ...counts })).toBe(words);
});
