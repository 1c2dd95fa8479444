import { expect, test } from 'vitest';

import type { ClauseState, ClauseUse, TrackedClause, TrackedSource } from '#engine';

import { citedHere, clauseRows, sourceRows, sourcesWords } from './sources-view.ts';

const place = (path: string, line: number) => ({
  path,
  from: line * 100,
  to: line * 100 + 1,
  line,
  column: 1,
  endLine: line,
  endColumn: 2,
  yamlPath: '',
});

const use = (kind: ClauseUse['kind'], name: string, title: string, line: number, count = 1): ClauseUse => ({
  kind,
  name,
  title,
  count,
  place: place('p', line),
});

const clause = (id: string, state: ClauseState, uses: readonly ClauseUse[] = []): TrackedClause => ({
  clause: {
    id,
    text: `${id}.`,
    basis: id === 'hearsay' ? 'unverified' : 'read',
    setAside: state === 'set-aside' ? 'It illustrates.' : null,
    place: place('s', 1),
  },
  state,
  uses,
});

function source(id: string, clauses: readonly TrackedClause[], read = '2026-11-23'): TrackedSource {
  const count = (state: ClauseState) => clauses.filter((it) => it.state === state).length;
  return {
    source: {
      id,
      title: id.toUpperCase(),
      publisher: 'HNS',
      address: 'https://example.org',
      read,
      clauses: clauses.map((it) => it.clause),
      place: place(id, 1),
    },
    clauses,
    counts: { implemented: count('implemented'), 'set-aside': count('set-aside'), open: count('open') },
  };
}

const sources = [
  source('a', [
    clause('under-8-minutes', 'implemented', [
      use('rule', 'p/time', 'Eight minutes', 10),
      use('parameter', 'minimumMinutes', 'Time', 3),
      use('entries', 'timed', 'Timed codes', 7, 4),
    ]),
    clause('example', 'set-aside'),
  ]),
  source(
    'b',
    [clause('hearsay', 'open'), clause('units', 'implemented', [use('rule', 'p/units', 'Units', 20)])],
    '',
  ),
];

test('what has open clauses stands first, and can be shown alone', () => {
  expect(
    sourceRows(sources, false).map(({ title, detail, words }) => `${title} | ${detail} | ${words}`),
  ).toEqual([
    'B | HNS · page not read | 1 implemented, 1 open',
    'A | HNS · read 2026-11-23 | 1 implemented, 1 set aside',
  ]);
  expect(sourceRows(sources, true).map(({ id }) => id)).toEqual(['b']);
  expect(sourcesWords(sources)).toBe('4 clauses in 2 sources, 1 open');
  expect(sourcesWords([sources[0]!])).toBe('2 clauses in 1 source, none open');
});

test('a clause says what implements it, or why nothing does', () => {
  const [first, second] = clauseRows(sources[0]!, []);
  expect([first!.name, ...first!.uses.map(({ words }) => words)]).toEqual([
    'Under 8 minutes',
    'Eight minutes',
    'Minimum minutes, in Time',
    '4 entries of the list “Timed codes”',
  ]);
  expect([second!.state, second!.setAside]).toEqual(['set-aside', 'It illustrates.']);
  expect(clauseRows(sources[1]!, ['open']).map(({ id, basis }) => [id, basis])).toEqual([
    ['hearsay', 'Not verified: nobody has read it on the page itself.'],
  ]);
});

const rules = [
  { rule: 'p/time', title: 'Eight minutes', path: 'p', line: 10 },
  { rule: 'p/silent', title: 'Cites nothing', path: 'p', line: 15 },
].map((it) => ({ ...it, met: 0, violated: 0, notApplicable: 0, undetermined: 0 }));

test.each([
  ['the rule in which the cursor stands', 12, 'Eight minutes: under-8-minutes'],
  ['the next one', 25, 'Units: units'],
  ['a parameter', 4, 'Time: under-8-minutes'],
  ['a rule that cites nothing shows nothing of the one before', 16, null],
  ['the head of the policy', 1, null],
])('%s', (_, line, expected) => {
  const cited = citedHere(sources, { path: 'p', line }, rules, null);
  expect(cited && `${cited.title}: ${cited.clauses.map((it) => it.clause.id).join(' ')}`).toBe(expected);
});
