import { expect, test } from 'vitest';

import { parseDay } from '#engine';

import type { PolicyRow } from '../../worker/protocol.ts';
import { firstChoice, policyChoices, revisionWords } from './new-revision-view.ts';

const row = (id: string, from: string, title: string): PolicyRow => ({
  path: `rules/${id}/${from}.policy.yaml`,
  id,
  title,
  kind: 'billing',
  payers: null,
  from,
  to: null,
  received: null,
});
const rows = [
  row('b', '2021-01-01', 'Units, new'),
  row('b', '2020-01-01', 'Units'),
  row('a', '2020-01-01', 'Codes'),
];

test('each policy once, by the title of its last revision; the open one is chosen', () => {
  expect(policyChoices(rows)).toEqual([
    { id: 'a', title: 'Codes' },
    { id: 'b', title: 'Units, new' },
  ]);
  expect(firstChoice(rows, 'rules/a/2020-01-01.policy.yaml')).toBe('a');
  expect(firstChoice(rows, null)).toBe('b');
  expect(firstChoice([], null)).toBeNull();
});

test.each([
  ['while it is not known', null, []],
  [
    'refused, with the next move',
    { kind: 'refused', message: 'a revision begins on 2020-01-01 already.', help: 'Choose another day.' },
    ['A revision begins on 2020-01-01 already.', 'Choose another day.'],
  ],
  [
    'one goes on until then',
    {
      kind: 'written',
      path: 'n.policy.yaml',
      edits: [],
      copied: { path: 'o.policy.yaml', closed: parseDay('2026-12-31') },
      to: null,
    },
    [
      'n.policy.yaml begins as a copy of o.policy.yaml.',
      'o.policy.yaml ends on 2026-12-31.',
      'No claim is decided otherwise until you change the copy.',
    ],
  ],
  [
    'in a gap',
    {
      kind: 'written',
      path: 'n.policy.yaml',
      edits: [],
      copied: { path: 'o.policy.yaml', closed: null },
      to: parseDay('2027-12-31'),
    },
    [
      'n.policy.yaml begins as a copy of o.policy.yaml, and ends on 2027-12-31.',
      'No revision is in force on that day now, so nothing ends.',
      'No claim is decided otherwise until you change the copy.',
    ],
  ],
] as const)('in words: %s', (_, made, expected) => {
  expect(revisionWords(made)).toEqual(expected);
});
