import { expect, test } from 'vitest';

import { createSession, update } from '../../session/session.ts';
import type { Action } from '../../session/session.ts';
import { usualSettings } from '../../session/settings.ts';
import { recoveredView, whenWords } from './recovered-view.ts';

// Months from 0: the 24th of November 2026, in the time of the place.
const at = (hours: number, minutes: number, day = 24, year = 2026) => new Date(year, 10, day, hours, minutes);
const now = at(14, 30);

const opened: Action = {
  kind: 'opened',
  workspace: 'w',
  files: ['a', 'b'].map((name) => ({ path: `rules/${name}.list.yaml`, text: name, version: 'v1' })),
  unreadable: [],
};
const draft = (name: string, when: Date, base: string | null = 'v1') => ({
  path: `rules/${name}.list.yaml`,
  text: `title: List ${name}\n`,
  base,
  at: when.toISOString(),
});
const view = (...drafts: readonly ReturnType<typeof draft>[]) =>
  recoveredView(
    [opened, { kind: 'drafts-recovered', drafts } satisfies Action].reduce(
      update,
      createSession(usualSettings),
    ),
    now,
  );

test('none', () => expect(view()).toBe(null));

test.each([
  [[draft('a', at(11, 2))], '1 unsaved draft from 11:02 was brought back.'],
  [[draft('a', at(11, 2)), draft('b', at(11, 2))], '2 unsaved drafts from 11:02 were brought back.'],
  [[draft('a', at(11, 2)), draft('b', at(9, 5))], '2 unsaved drafts from 09:05 to 11:02 were brought back.'],
])('%#: %s', (drafts, sentence) => expect(view(...drafts)?.sentence).toBe(sentence));

test('what happened to the file since', () => {
  const rows = view(
    draft('a', at(11, 2)),
    draft('b', at(11, 2), 'v0'),
    draft('gone', at(11, 2), 'v0'),
    draft('new', at(11, 2), null),
  )?.rows;
  expect(rows?.map(({ title, note, isConflict }) => [title, note, isConflict])).toEqual([
    ['List a', null, false],
    ['List b', 'changed on disk meanwhile', true],
    ['List gone', 'removed on disk meanwhile', true],
    ['List new', 'a new file', false],
  ]);
});

test.each([
  [at(11, 2), '11:02'],
  [at(23, 59, 23), '23 November 2026, 23:59'],
  [at(8, 0, 24, 2025), '24 November 2025, 08:00'],
])('%s is said as %s', (when, words) => expect(whenWords(when, now)).toBe(words));
