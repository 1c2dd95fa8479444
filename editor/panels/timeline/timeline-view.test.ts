import { expect, test } from 'vitest';

import type { PolicyRow } from '../../worker/protocol.ts';
import { timelineOf } from './timeline-view.ts';

const row = (id: string, from: string, to: string | null, payers: readonly string[] | null): PolicyRow => ({
  path: `rules/${id}/${from}.policy.yaml`,
  id,
  title: id,
  kind: 'billing',
  payers,
  from,
  to,
});

const payers = [{ id: 'hns', title: 'Health Network Solutions' }];

/** The lanes as text, with places rounded to whole per cent. */
function drawn(
  rows: readonly PolicyRow[],
  payer: string | null = null,
  day = '2020-06-01',
): readonly string[] {
  const at = ({
    words,
    left,
    width,
    current,
  }: {
    words: string;
    left: number;
    width: number;
    current: boolean;
  }) => `${words} @${Math.round(left)}+${Math.round(width)}${current ? ' now' : ''}`;
  return timelineOf(rows, payers, payer, day).groups.flatMap(({ title, lanes }) => [
    title,
    ...lanes.flatMap((lane) => [
      `  ${lane.title}: ${lane.revisions.map(at).join('; ')}`,
      ...lane.gaps.map((it) => `    gap ${at(it)}`),
      ...lane.overlaps.map((it) => `    overlap ${at(it)}`),
    ]),
  ]);
}

test('revisions that adjoin leave no gap', () => {
  expect(
    drawn([row('a', '2019-01-01', '2019-12-31', ['hns']), row('a', '2020-01-01', null, ['hns'])]),
  ).toEqual(['Health Network Solutions', '  a: 2019-01-01 to 2019-12-31 @0+50; since 2020-01-01 @50+50 now']);
});

test('a gap and an overlap, with their exact days', () => {
  expect(
    drawn([
      row('a', '2019-01-01', '2019-12-30', ['hns']),
      row('a', '2020-01-01', null, ['hns']),
      row('b', '2019-01-01', null, ['hns']),
      row('b', '2020-01-01', '2020-12-31', ['hns']),
    ]),
  ).toEqual([
    'Health Network Solutions',
    '  a: 2019-01-01 to 2019-12-30 @0+50; since 2020-01-01 @50+50 now',
    '    gap no revision from 2019-12-31 to 2019-12-31 @50+0',
    '  b: since 2019-01-01 @0+100 now; 2020-01-01 to 2020-12-31 @50+50 now',
    '    overlap two revisions from 2020-01-01 to 2020-12-31 @50+50 now',
  ]);
});

test('with a payer: its own lanes and those of every payer', () => {
  const rows = [
    row('a', '2019-01-01', null, ['medicare']),
    row('b', '2019-01-01', null, null),
    row('c', '2019-01-01', null, ['hns', 'medicare']),
  ];
  expect(
    drawn(rows, 'hns')
      .filter((line) => !line.startsWith('    '))
      .map((line) => line.split(':')[0]),
  ).toEqual(['Every payer', '  b', 'Health Network Solutions', '  c']);
});

test('years and the chosen day stand on one scale', () => {
  const { years, day } = timelineOf([row('a', '2019-05-01', null, null)], payers, null, '2020-07-02');
  expect([years.map(({ year, left }) => [year, Math.round(left)]), Math.round(day.left)]).toEqual([
    [
      [2019, 0],
      [2020, 50],
    ],
    75,
  ]);
});
