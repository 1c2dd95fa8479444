import { expect, test } from 'vitest';

import type { Action } from '../../session/session.ts';
import { usualSettings } from '../../session/settings.ts';
import { createSession, update } from '../../session/session.ts';
import { standingOf } from '../../session/standing.ts';
import { progressWords, unsavedWords } from './top-bar-view.ts';

const opened: Action = {
  kind: 'opened',
  workspace: 'w',
  files: ['a', 'b'].map((path) => ({ path, text: '1', version: 'v' })),
  unreadable: [],
};
const edited = (path: string): Action => ({ kind: 'edited', path, text: '2' });
const conflict: Action = { kind: 'disk-changed', path: 'a', disk: { text: '3', version: 'v3' } };

test.each([
  [[opened], null],
  [[opened, edited('a')], '1 file not saved'],
  [[opened, edited('a'), edited('b')], '2 files not saved'],
  [[opened, edited('a'), conflict], '1 file not saved, 1 changed on disk'],
] as const)('what is not saved: %#', (actions, words) => {
  expect(unsavedWords((actions as readonly Action[]).reduce(update, createSession(usualSettings)))).toBe(
    words,
  );
});

test('before the first verdicts the screen says that it waits', () => {
  expect(standingOf({ judged: null })).toEqual({ kind: 'waiting' });
});

test('what takes longer says how far it is', () => {
  expect(progressWords({ doing: 'judging', done: 4_000, total: 10_000 })).toBe(
    'Judging the encounters: 4,000 of 10,000',
  );
  expect(progressWords({ doing: 'reading', done: 3, total: 80 })).toBe('Reading the files: 3 of 80');
});
