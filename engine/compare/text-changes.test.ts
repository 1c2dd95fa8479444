import { expect, test } from 'vitest';

import { textChanges } from './text-changes.ts';

const policy = `policy: small
title: Small
effective: { from: 2020-01-01 }
parameters:
  floor: { value: 8, cite: manual#floor }
rules:
  - id: one
    title: One
    cite: [manual#floor, manual#goal]
    require: { record.minutes: { atLeast: $floor } }
  - id: two
    title: Two
`;

const changes = (before: string, after: string) =>
  textChanges(new Map([['a.yaml', before]]), new Map([['a.yaml', after]]));

test('layout, comments and order are no change', () => {
  const other = `# A comment.
title: Small
policy: "small"
rules:
- {title: Two, id: two}
- id: one
  require:
    record.minutes:
      atLeast: $floor
  cite:
    - manual#goal
    - manual#floor
  title: >-
    One
parameters: { floor: { cite: [manual#floor], value: 8 } }
effective: { from: 2020-01-01 }
`;
  expect(changes(policy, other)).toEqual([]);
});

test.each([
  [
    'a parameter',
    'value: 8',
    'value: 10',
    [{ of: 'parameter floor', at: 'value', before: '8', after: '10' }],
  ],
  [
    'an operator',
    'atLeast: $floor',
    'moreThan: 7',
    [
      { of: 'rule one', at: 'require, record.minutes, atLeast', before: '$floor', after: null },
      { of: 'rule one', at: 'require, record.minutes, moreThan', before: null, after: '7' },
    ],
  ],
  [
    'a rule that goes',
    '  - id: two\n    title: Two\n',
    '',
    [{ of: 'rule two', at: '', before: '{ id: two, title: Two }', after: null }],
  ],
  [
    'a day',
    'from: 2020-01-01',
    'from: 2020-01-02',
    [{ of: 'file', at: 'effective, from', before: '2020-01-01', after: '2020-01-02' }],
  ],
])('%s', (_, from, to, expected) => {
  expect(changes(policy, policy.replace(from, to))).toEqual(
    expected.map((change) => ({ path: 'a.yaml', ...change })),
  );
});

test('entries of lists by their values, and files that come and go', () => {
  const list = 'list: codes\nentries:\n  - { value: 97110, short: A }\n  - { value: 97112, short: B }\n';
  expect(changes(list, list.replace('short: B', 'short: C'))).toEqual([
    { path: 'a.yaml', of: 'entry 97112', at: 'short', before: 'B', after: 'C' },
  ]);
  expect(textChanges(new Map([['a.yaml', list]]), new Map([['b.yaml', list]]))).toEqual([
    { path: 'a.yaml', of: 'file', at: '', before: 'this file', after: null },
    { path: 'b.yaml', of: 'file', at: '', before: null, after: 'a new file' },
  ]);
});
