import { expect, test } from 'vitest';

import { createSession, update } from '../../session/session.ts';
import type { Action } from '../../session/session.ts';
import { usualSettings } from '../../session/settings.ts';
import { conflictView } from './conflict-view.ts';

const [a, b] = ['rules/a.list.yaml', 'rules/b.list.yaml'];
const opened: Action = {
  kind: 'opened',
  workspace: 'w',
  files: [
    { path: a, text: 'list: a\ntitle: First list\n', version: 'v1' },
    { path: b, text: 'list: b\ntitle: Second list\n', version: 'w1' },
  ],
  unreadable: [],
};
const edit = (path: string, text: string): Action => ({ kind: 'edited', path, text });
const disk = (path: string, text: string | null): Action => ({
  kind: 'disk-changed',
  path,
  disk: { text, version: text === null ? null : `version of ${text}` },
});
const settle = (path: string): Action => ({ kind: 'settling-started', path });
const view = (...actions: readonly Action[]) =>
  conflictView([opened, ...actions].reduce(update, createSession(usualSettings)));

const mine = edit(a, 'list: a\ntitle: First list\nremark: mine\n');

test('none', () => {
  expect(view()).toBe(null);
  expect(view(mine, disk(a, 'theirs'))).toBe(null);
});

test('changed on disk', () => {
  expect(view(mine, disk(a, 'theirs'), settle(a))).toEqual({
    path: a,
    heading: '“First list” was changed on disk meanwhile',
    note: 'Somebody, or another program, saved it after you began. Nothing is lost yet: keep one version, or make one of both at the right and save that.',
    removed: false,
    movedTo: null,
    theirs: 'theirs',
    mine: 'list: a\ntitle: First list\nremark: mine\n',
  });
});

test('removed on disk', () => {
  expect(view(mine, disk(a, null), settle(a))).toMatchObject({
    heading: '“First list” was removed on disk',
    note: 'Nothing of yours is lost yet. Write your version again, or let the file go.',
    removed: true,
    theirs: '',
  });
});

test('one of several', () => {
  const both = [mine, edit(b, 'mine of b'), disk(a, 'x'), disk(b, 'y')];
  expect(view(...both, settle(a))?.note).toMatch(/^Conflict 1 of 2\. Somebody/);
  expect(view(...both, settle(b))?.note).toMatch(/^Conflict 2 of 2\. Somebody/);
});

test('gone to another place', () => {
  const to = 'rules/new/a.list.yaml';
  const come: Action = {
    kind: 'disk-changed',
    path: to,
    disk: { text: 'list: a\ntitle: First list\n', version: 'v1' },
  };
  expect(view(mine, disk(a, null), come, settle(a))).toMatchObject({
    movedTo: to,
    note: `A file with the same text as the one you began with is now at ${to}; the file or its folder was probably renamed. Nothing of yours is lost yet.`,
  });
});
