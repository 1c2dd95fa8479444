import { expect, test } from 'vitest';

import type { Manifest, ReleaseProblem } from '#engine';

import type { Releases } from '../../session/session.ts';
import { chainWords, otherProblems, releaseDetail, releaseRows } from './releases-view.ts';

const decided = (who: string, why: string) => ({ who, why, when: '2024-03-04T09:30:00.000Z', files: '' });

const manifest = (number: number, more: Partial<Manifest> = {}): Manifest => ({
  format: 'proviso-release-1',
  number,
  previous: number === 1 ? null : { number: number - 1, sha256: '' },
  who: 'R. Alvarez',
  why: `Reason ${number}`,
  // Noon everywhere but at the ends of the world is on the same day.
  when: `2024-03-0${number}T12:00:00.000Z`,
  files: [{ path: 'rules/a.policy.yaml', sha256: '' }],
  checks: { warnings: 0, notes: 0 },
  suites: [{ suite: 's', title: 'S', passed: 9, failed: 1, skipped: 2 }],
  failed: [],
  knownGaps: [],
  overrides: [],
  approvals: [],
  ...more,
});

const problem = (release: number | null, message: string): ReleaseProblem => ({
  kind: 'tampered',
  release,
  path: '',
  message,
});

const releases = (problems: readonly ReleaseProblem[] = []): Releases => ({
  unavailable: null,
  releases: [
    { number: 1, manifest: manifest(1), sha256: 'one' },
    { number: 2, manifest: null, sha256: null },
  ],
  problems,
  interrupted: { releases: [], decisions: false },
});

test('the newest first, each with what is not as it was published', () => {
  const found = releases([problem(2, 'The manifest was changed.'), problem(3, 'Release 3 was removed.')]);
  expect(releaseRows(found)).toEqual([
    { number: 2, byline: null, why: null, problems: ['The manifest was changed.'] },
    {
      number: 1,
      byline: expect.stringMatching(/^by R\. Alvarez, 1 March 2024, \d\d:\d\d$/),
      why: 'Reason 1',
      problems: [],
    },
  ]);
  expect(otherProblems(found)).toEqual(['Release 3 was removed.']);
  expect([chainWords(found), chainWords(releases())]).toEqual([
    '2 things are not as they were published.',
    'All 2 are as they were published, and each vouches for those before it.',
  ]);
});

test('a release in full: who decided what, also along with something else', () => {
  const approval = {
    item: 'region-1',
    title: 'Eight minutes',
    before: 'pay',
    after: 'deny',
    direction: 'stricter',
    secondFor: [],
    through: [],
    decisions: [decided('Ada', 'Agreed'), decided('Ben', 'Agreed, too')],
  };
  const through = {
    ...approval,
    item: 'encounter-1',
    title: 'A visit',
    before: 'pay (line 1: pay)',
    after: 'deny (line 1: deny)',
    through: ['region-1'],
    decisions: [],
  };
  const gap = { suite: 's', id: 'g', title: 'A gap', owner: 'Ada', until: '2024-12-31', reason: 'Waits' };
  const detail = releaseDetail({
    number: 2,
    sha256: 'two',
    manifest: manifest(2, {
      approvals: [
        approval,
        through,
        // The same person, as the second approver of one item sees it, too.
        { ...approval, item: 'known-gap-1', decisions: [decided(' ada', 'Agreed')] },
      ],
      knownGaps: [gap],
      overrides: [{ what: 'failing-cases', found: '1 case\ns/c: C', reason: 'Until Friday', who: 'Ada' }],
    }),
  });
  expect(detail).toEqual({
    number: 2,
    sha256: 'two',
    previous: 1,
    suites: '9 as expected, 1 not as expected, 2 known gaps',
    approvals: [
      {
        title: 'Eight minutes',
        change: 'was pay, now deny',
        direction: 'stricter',
        by: ['Ada: Agreed', 'Ben: Agreed, too'],
      },
    ],
    encounters: [
      {
        title: 'A visit',
        change: 'was pay, now deny',
        direction: 'stricter',
        by: ['Ada: Agreed', 'Ben: Agreed, too'],
      },
    ],
    approvers: ['Ada', 'Ben'],
    overrides: [{ title: '1 case', words: 'Published all the same by Ada: Until Friday' }],
    gaps: [{ title: 'A gap', words: 'Ada, until 2024-12-31: Waits' }],
    files: ['rules/a.policy.yaml'],
  });
});
