import { describe, expect, test } from 'vitest';

import type { ComparedVersions, EncounterChange, RegionRow } from '../../worker/queries/compare.ts';
import {
  codesWords,
  encounterRow,
  everyRegion,
  fileBeside,
  fileChanges,
  regionsFor,
  summaryOf,
  waysIn,
} from './changes-view.ts';

/** `stricter hns 97530,97110`: a region in three words; `*` is any other code. */
function region(words: string): RegionRow {
  const [direction, payers, codes] = words.split(' ') as [RegionRow['direction'], string, string];
  return {
    key: words,
    when: words,
    sentence: words,
    before: ['pay'],
    after: 'deny',
    direction,
    policy: 'times',
    payers: payers.split(','),
    codes: codes.split(',').map((code) => (code === '*' ? null : code)),
    rules: [],
    example: null,
  };
}

const change: EncounterChange = {
  key: 'times/eight',
  path: 'testcases/times.suite.yaml',
  title: 'Eight minutes',
  before: 'pay',
  after: 'deny',
  causes: [],
};

function compared(more: Partial<ComparedVersions>): ComparedVersions {
  return {
    kind: 'compared',
    stale: false,
    equal: false,
    regions: [],
    units: [],
    uncovered: [],
    directions: [],
    payers: [],
    encounters: [],
    moreEncounters: 0,
    comparedEncounters: 540,
    text: [],
    ...more,
  };
}

const written = [
  { path: 'rules/a.policy.yaml', of: 'parameter least', at: 'value', before: '8', after: '10' },
];

describe('the summary in one sentence', () => {
  const of = (more: Partial<ComparedVersions>) => {
    const { kind, sentence } = summaryOf(compared(more), 'release 3');
    return `${kind}: ${sentence}`;
  };

  test.each([
    [{ equal: true }, 'nothing: Nothing is changed against release 3.'],
    [
      { equal: true, text: written },
      'equal: Proven equal to release 3: no claim there can be is judged otherwise.',
    ],
    [
      { regions: [region('stricter hns 97530')], encounters: [change] },
      'changes: Against release 3: 1 kind of claim is judged otherwise, stricter; 1 of 540 saved encounters changes.',
    ],
    [
      {
        regions: [region('stricter hns 97530'), region('stricter hns 97110')],
        encounters: [change],
        moreEncounters: 3,
      },
      'changes: Against release 3: 2 kinds of claim are judged otherwise, both stricter; 4 of 540 saved encounters change.',
    ],
    [
      { regions: ['stricter', 'looser', 'neutral', 'stricter'].map((way) => region(`${way} hns 97530`)) },
      'changes: Against release 3: 4 kinds of claim are judged otherwise, 2 stricter, 1 looser and 1 for another reason; none of 540 saved encounters changes.',
    ],
    [
      { units: ['other units'] },
      'changes: Against release 3: no decision changes, but minutes support other units; none of 540 saved encounters changes.',
    ],
    [
      { uncovered: ['a rule'] },
      'open: Against release 3: no change of a decision was found; none of 540 saved encounters changes.',
    ],
    // Equal for every claim, and a case that sets a parameter by itself comes out otherwise all the same.
    [
      { equal: true, text: written, encounters: [change] },
      'equal: Proven equal to release 3: no claim there can be is judged otherwise.',
    ],
  ])('%#', (more, expected) => expect(of(more)).toBe(expected));

  test('what was not covered is told, and that nothing was left out', () => {
    const note = (more: Partial<ComparedVersions>) => summaryOf(compared(more), 'release 3').note;
    expect(note({ regions: [region('stricter hns 97530')] })).toMatch(/nothing else changes/);
    expect(note({ equal: true, text: written, encounters: [change] })).toMatch(
      /1 saved case comes out otherwise all the same/,
    );
    expect(note({ regions: [region('stricter hns 97530')], uncovered: ['a rule'] })).toMatch(
      /^Not everything/,
    );
  });
});

describe('the filter', () => {
  const all = ['stricter hns 97530,97110', 'looser hns,bcbs 97140', 'stricter bcbs *'].map(region);
  const left = (filter: Partial<typeof everyRegion>) =>
    regionsFor(all, { ...everyRegion, ...filter }).map(({ key }) => key);

  test.each([
    [{}, all.map(({ key }) => key)],
    [{ payer: 'bcbs' }, ['looser hns,bcbs 97140', 'stricter bcbs *']],
    [{ ways: ['looser'] }, ['looser hns,bcbs 97140']],
    // A region of any other code holds whatever code is asked for.
    [{ code: ' 9753' }, ['stricter hns 97530,97110', 'stricter bcbs *']],
    [{ payer: 'hns', code: '99999' }, []],
  ] as const)('%j', (filter, expected) => expect(left(filter)).toEqual(expected));

  test('counts the ways that there are', () => {
    expect(waysIn(all)).toEqual([
      { id: 'stricter', count: 2 },
      { id: 'looser', count: 1 },
    ]);
  });
});

test('many codes are counted up as far as one reads them', () => {
  expect(codesWords(['97530', null])).toBe('97530, any other code');
  const many = Array.from({ length: 20 }, (_, at) => `${97000 + at}`);
  expect(codesWords(many)).toMatch(/^97000, .*97011 and 8 more$/);
});

test('what made the difference, once for all lines to which it happens', () => {
  const cause = {
    rule: 'times/least',
    title: 'At least 10',
    before: 'met',
    after: 'violated',
    conditions: [
      {
        before: null,
        after: {
          sentence: 'the treatment time must be at least 10 minutes',
          result: false,
          found: '8 minutes',
        },
      },
    ],
  } as const;
  const gone = { ...cause, title: 'Gone', after: null, conditions: [] } as const;
  const causes = [
    { ...cause, line: 1 },
    { ...cause, line: 2 },
    { ...gone, line: null },
  ];
  expect(encounterRow({ ...change, causes }).causes).toEqual([
    'At least 10: was met, now not met; the treatment time must be at least 10 minutes, found 8 minutes',
    'Gone: was met, now not in force',
  ]);
});

test('the file beside it: the one asked for, the open one, a policy, the first', () => {
  const files = fileChanges([
    { path: 'rules/a.list.yaml', of: 'file', at: '', before: null, after: 'a new file' },
    ...written,
    { ...written[0]!, of: 'file', at: 'title' },
  ]);
  expect(files).toEqual([
    { path: 'rules/a.list.yaml', rows: [{ what: 'the file', before: null, after: 'a new file' }] },
    {
      path: 'rules/a.policy.yaml',
      rows: [
        { what: 'parameter least, value', before: '8', after: '10' },
        { what: 'title', before: '8', after: '10' },
      ],
    },
  ]);
  const [list, policy] = files.map(({ path }) => path);
  expect([
    fileBeside(files, list!, policy!),
    fileBeside(files, 'rules/untouched.policy.yaml', list!),
    fileBeside(files, null, null),
    fileBeside([], list!, policy!),
  ]).toEqual([list, list, policy, null]);
});
