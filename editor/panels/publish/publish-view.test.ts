import { expect, test } from 'vitest';

import type { DecidedItem, PublishRefusal } from '#engine';

import { blocking, refusalRows, willPublish } from './publish-view.ts';

const refusals: readonly PublishRefusal[] = [
  {
    what: 'failing-cases',
    found: '8 cases came out otherwise than expected',
    details: Array.from({ length: 8 }, (_, at) => `times/case-${at}: Case ${at}`),
    next: 'mend the policy or what the case expects',
  },
  {
    what: 'second-approver-missing',
    found: '1 change needs a second approver',
    details: ['units-da7b3091290f: Other units (looser-on-payment; accepted by Ada)'],
    next: 'run `proviso approve`',
  },
];

test('what holds it back, in the words of the screen, and where it can be mended', () => {
  expect(refusalRows({ refusals })).toEqual([
    {
      what: 'failing-cases',
      sentence: '8 cases came out otherwise than expected.',
      details: ['Case 0', 'Case 1', 'Case 2', 'Case 3', 'Case 4', 'Case 5'],
      more: 2,
      next: 'Mend the policy or what the case expects.',
      leads: 'failing',
      override: 'failing-cases',
    },
    {
      what: 'second-approver-missing',
      sentence: '1 change needs a second approver.',
      details: ['Other units (looser on payment; accepted by Ada)'],
      more: 0,
      next: 'Ask a second person to accept it.',
      leads: 'approve',
      override: null,
    },
  ]);
});

test('what somebody answers for is out of the way once there is a reason', () => {
  const rows = refusalRows({ refusals });
  const left = (reason: string) =>
    blocking(rows, new Map([['failing-cases', reason]])).map(({ what }) => what);
  expect([left(' '), left('Until Friday')]).toEqual([
    ['failing-cases', 'second-approver-missing'],
    ['second-approver-missing'],
  ]);
});

test('what will be published', () => {
  const item = (kind: DecidedItem['kind'], direction: DecidedItem['direction'] = null) =>
    ({ kind, direction }) as DecidedItem;
  const approval = (...items: readonly DecidedItem[]) => ({ against: null, files: '', items, outdated: [] });
  const last = { number: 3, who: 'Ada', why: '', when: '' };
  const told = (page: Parameters<typeof willPublish>[0]) => {
    const { number, lines } = willPublish(page, 12, { passed: 9, failed: 1 });
    return [number, ...lines.map(({ what, words }) => `${what}: ${words}`)];
  };
  expect(told({ approval: approval(item('first-release')), last: null })).toEqual([
    1,
    'Files: 12, as they are saved',
    'Suites: 9 as expected, 1 not as expected',
    'Known gaps: none',
    'Before it: nothing: this is the first release',
  ]);
  const changed = approval(
    item('region', 'stricter'),
    item('region', 'looser'),
    item('region', 'stricter'),
    item('encounter'),
    item('known-gap'),
  );
  expect(told({ approval: changed, last }).slice(3)).toEqual([
    'Changes: 3 kinds of claim: 2 stricter, 1 looser; 1 saved encounter',
    'Known gaps: 1',
    'Before it: release 3 by Ada',
  ]);
});
