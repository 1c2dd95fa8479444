import { describe, expect, test } from 'vitest';

import type { PersonalFinding, Verdict } from '#engine';

import type { CaseRow, PolicyRow } from '../../worker/protocol.ts';
import {
  addressProblem,
  caseChoices,
  findingGroups,
  linkState,
  policyAtHand,
  policyChoices,
  zipName,
} from './share-view.ts';

describe('policies', () => {
  const policy = (id: string, title: string, from: string) =>
    ({ id, title, path: `rules/${id}/${from}.policy.yaml`, from }) as PolicyRow;
  const judged = {
    policies: [
      policy('b', 'Beta', '2020-01-01'),
      policy('b', 'Beta', '2021-01-01'),
      policy('a', 'Alpha', '2020-01-01'),
    ],
  } as never;

  test('each once, by title', () => {
    expect(policyChoices({ judged })).toEqual([
      { id: 'a', title: 'Alpha' },
      { id: 'b', title: 'Beta' },
    ]);
    expect(policyChoices({ judged: null })).toEqual([]);
  });

  test('that of the open file, else the first', () => {
    expect(policyAtHand({ judged, openPath: 'rules/b/2021-01-01.policy.yaml' })).toBe('b');
    expect(policyAtHand({ judged, openPath: 'rules/lists/x.list.yaml' })).toBe('a');
    expect(policyAtHand({ judged: null, openPath: null })).toBeNull();
  });
});

describe('cases', () => {
  const row = (key: string, violates?: string): CaseRow =>
    ({
      key,
      title: key.split('/')[1] ?? key,
      suite: 'Suite',
      verdict: violates
        ? ({
            visit: { violated: [], undetermined: [] },
            lines: [{ violated: [{ rule: violates }], undetermined: [] }],
          } as unknown as Verdict)
        : null,
    }) as CaseRow;
  const keys = (cases: readonly CaseRow[]) => cases.map(({ key }) => key);

  test('those of the policy first: of its suite, or with one of its rules', () => {
    const cases = [row('all/one'), row('all/two', 'time/minimum'), row('time/three')];
    expect(keys(caseChoices(cases, 'time', '').shown)).toEqual(['all/two', 'time/three', 'all/one']);
  });

  test('a search by every word, and no more in sight than can be read', () => {
    const cases = Array.from({ length: 100 }, (_, at) => row(`time/number-${at}`));
    expect(keys(caseChoices(cases, 'time', 'suite -77').shown)).toEqual(['time/number-77']);
    const { shown, more } = caseChoices(cases, 'time', '');
    expect([shown.length, more]).toEqual([40, 60]);
  });
});

test('what was found, the gravest first, each text once', () => {
  const found = (kind: PersonalFinding['kind'], text: string) => ({ kind, text }) as PersonalFinding;
  expect(
    findingGroups([
      found('free-text', 'a b'),
      found('name', 'Jane Doe'),
      found('name', 'Jane Doe'),
      found('name', 'Joe Doe'),
    ]),
  ).toEqual([
    { words: 'Looks like a name', texts: ['Jane Doe', 'Joe Doe'] },
    { words: 'Free text', texts: ['a b'] },
  ]);
});

test('a link that is too long says what to do instead', () => {
  expect(linkState(30_000)).toEqual({ words: '30,000 characters long.', tooLong: false });
  expect(linkState(30_001)).toEqual({
    words:
      '30,001 characters long. Mail and chat programs cut links of more than 30,000: send a zip instead.',
    tooLong: true,
  });
});

test.each([
  ['https://example.org/playground/', null],
  [' http://127.0.0.1:8080 ', null],
  ['', 'Write the address of the playground, for example https://example.org/playground/'],
  ['example.org', 'This is not the address of a page. It begins with https://'],
  ['javascript:alert(1)', 'This is not the address of a page. It begins with https://'],
])('the address %j', (address, problem) => {
  expect(addressProblem(address)).toBe(problem);
});

test('a zip is named for what is in it', () => {
  expect(zipName('Modifier GP: “BCBSNC”')).toBe('modifier-gp-bcbsnc.zip');
  expect(zipName('../..')).toBe('workspace.zip');
});
