import { expect, test } from 'vitest';

import { createSession, update } from './session.ts';
import type { Action, Session } from './session.ts';
import { usualSettings } from './settings.ts';
import { keeper } from './use-session.ts';

const opened: Action = {
  kind: 'opened',
  workspace: 'w',
  files: [{ path: 'a', text: 'one two', version: 'v' }],
  unreadable: [],
};
const edited = (text: string): Action => ({ kind: 'edited', path: 'a', text });
const after = (...actions: readonly Action[]): Session =>
  [opened, ...actions].reduce(update, createSession(usualSettings));

const words = ({ files }: Session) => ({ count: files.get('a')!.text.split(' ').length });

test('a view that says the same is the same value, and the session that of the time when it was made', () => {
  const kept = keeper<ReturnType<typeof words>>();
  const first = kept(after(), words);
  const same = kept(after(edited('one 2')), words);
  expect(same).toBe(first);
  const other = kept(after(edited('one 2 three')), words);
  expect(other.seen).toEqual({ count: 3 });
  expect(other.session.files.get('a')!.text).toBe('one 2 three');
});

test('another view is looked at, though the session is the same', () => {
  const kept = keeper<unknown>();
  const session = after();
  kept(session, words);
  expect(kept(session, () => 'other').seen).toBe('other');
});

test('maps are told apart by what they are, since nobody looks into them', () => {
  const kept = keeper<unknown>();
  const files = (session: Session) => session.files;
  kept(after(), files);
  const next = after(edited('one 2'));
  expect(kept(next, files).seen).toBe(next.files);
});
