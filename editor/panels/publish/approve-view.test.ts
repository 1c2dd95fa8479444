import { expect, test } from 'vitest';

import type { Approval, ApprovalDecision, DecidedItem } from '#engine';

import { itemGroups, openItems, standingWords } from './approve-view.ts';
import type { ItemRow } from './approve-view.ts';

const decision = (verdict: 'accept' | 'reject', who: string, why: string): ApprovalDecision => ({
  item: '',
  sha256: '',
  title: '',
  verdict,
  who,
  why,
  when: '2024-03-04T09:30:00.000Z',
  files: '',
});

const item = (id: string, more: Partial<DecidedItem> = {}): DecidedItem => ({
  id,
  sha256: id,
  kind: 'region',
  title: id,
  before: 'pay',
  after: 'deny',
  direction: 'stricter',
  subjects: [],
  secondFor: [],
  partOf: [],
  details: [],
  at: null,
  override: null,
  isOld: false,
  state: 'undecided',
  decisions: [],
  acceptedBy: [],
  ...more,
});

const approval = (...items: readonly DecidedItem[]): Approval => ({
  against: null,
  files: '',
  items,
  outdated: [],
});

/** Each row by its change and how it stands, its parts below it. */
function told(rows: readonly ItemRow[], indent = ''): readonly string[] {
  return rows.flatMap(({ item: { title }, change, stateWords, second, parts }) => [
    `${indent}${title}: ${change}. ${stateWords}${second === null ? '' : ` [${second}]`}`,
    ...told(parts, `${indent}  `),
  ]);
}

const all = approval(
  item('eight', { state: 'accepted', acceptedBy: ['Ada'], decisions: [decision('accept', 'Ada', 'Agreed')] }),
  item('units', {
    kind: 'units',
    before: 'these units',
    after: 'other units',
    secondFor: ['looser-on-payment'],
    state: 'second-missing',
    acceptedBy: ['Ada'],
    decisions: [decision('accept', 'Ada', 'Agreed')],
  }),
  item('visit', {
    kind: 'encounter',
    partOf: ['eight'],
    before: 'pay (line 1, 97530: pay, 1 unit supported)',
    after: 'deny (line 1, 97530: deny)',
    details: ['line 1, times/least: met → violated'],
    state: 'accepted',
    acceptedBy: ['Ada'],
  }),
  item('stray', { kind: 'encounter', before: 'deny (a)', after: 'deny (b)' }),
  item('wrong', { state: 'rejected', decisions: [decision('reject', 'Ben', 'It was 12 minutes')] }),
  item('gap', { kind: 'known-gap', before: null, after: 'known gap of Ada', state: 'decided-before' }),
  item('failing', {
    kind: 'override',
    before: null,
    after: 'published all the same',
    override: 'failing-cases',
  }),
);

test('what has to be decided, by what it is; an encounter stands in its kind of claim', () => {
  expect(itemGroups(all).map(({ id, items }) => [id, told(items)])).toEqual([
    [
      'region',
      [
        'eight: was pay, now deny. Accepted by Ada: Agreed',
        '  visit: was pay, now deny. Accepted by Ada',
        'wrong: was pay, now deny. Rejected by Ben: It was 12 minutes',
      ],
    ],
    [
      'units',
      [
        'units: was these units, now other units. Accepted by Ada. A second person must accept it, too. [Looser on payment: two people must accept it]',
      ],
    ],
    ['encounter', ['stray: deny as before, for other reasons. Open']],
    ['known-gap', ['gap: known gap of Ada. Decided with an earlier release']],
    ['override', ['failing: published all the same. Open']],
  ]);
});

test('what makes the difference is told as the screen tells it elsewhere', () => {
  const [region] = itemGroups(all)[0]!.items;
  expect(region!.parts[0]!.exactly).toEqual(['line 1, times/least: met → not met']);
});

test('what is open can be chosen at once, but not what somebody must answer for', () => {
  expect(openItems(itemGroups(all))).toEqual(['units', 'stray']);
});

test.each([
  [all, '3 of 6 things decided; 1 waits for a second person; 1 rejected'],
  [approval(item('a')), '0 of 1 thing decided'],
  [approval(), 'There is nothing to decide.'],
])('%#', (found, words) => expect(standingWords(found)).toBe(words));
