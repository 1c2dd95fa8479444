import { expect, test } from 'vitest';

import { createSession } from '../../session/session.ts';
import { usualSettings } from '../../session/settings.ts';
import { workspaceMenu } from './workspace-menu-view.ts';

const session = createSession(usualSettings);

test('before anything is known', () => {
  expect(workspaceMenu(session)).toEqual({ name: 'Workspace', here: null, others: [] });
});

test('this folder, and the others in their order', () => {
  const folder = (id: string, isHere = false) => ({ id, name: id, folder: `/home/anna/${id}`, isHere });
  expect(
    workspaceMenu({
      ...session,
      workspace: 'two',
      folders: [folder('one'), folder('two', true), folder('three')],
    }),
  ).toEqual({
    name: 'two',
    here: '/home/anna/two',
    others: [
      { id: 'one', name: 'one', place: '/home/anna/one' },
      { id: 'three', name: 'three', place: '/home/anna/three' },
    ],
  });
});
