import { expect, test } from 'vitest';

import { usualSettings } from './settings.ts';
import type { Action, Session } from './session.ts';
import { createSession, update } from './session.ts';

/** `open b` chooses a file, `at 7` moves the cursor, `to c:3` jumps, `<` goes back, `>` forward, `gone b` removes a file. */
function walk(steps: string): string {
  const files = ['a', 'b', 'c'].map((path) => ({ path, text: '', version: 'v' }));
  const opened: Action = { kind: 'opened', workspace: 'w', files, unreadable: [] };
  const session = steps
    .split(', ')
    .reduce<Session>(
      (before, step) => update(before, actionOf(step, before)),
      update(createSession(usualSettings), opened),
    );
  const { openPath, jump } = session;
  return jump?.path === openPath ? `${openPath}:${jump?.line}` : `${openPath}`;
}

function actionOf(step: string, { openPath }: Session): Action {
  const [word = '', rest = ''] = step.split(' ');
  if (word === '<') return { kind: 'went-back' };
  if (word === '>') return { kind: 'went-forward' };
  if (word === 'open') return { kind: 'file-chosen', path: rest };
  if (word === 'at') return { kind: 'cursor-moved', cursor: { path: openPath!, line: Number(rest) } };
  if (word === 'gone') return { kind: 'disk-changed', path: rest, disk: { text: null, version: null } };
  const [path = '', line = ''] = rest.split(':');
  return { kind: 'jumped', place: { path, line: Number(line), column: 1 }, focus: true };
}

test.each([
  ['open a, at 7, to b:3, <', 'a:7'],
  ['open a, at 7, to b:3, at 4, <, >', 'b:4'],
  ['open a, at 2, open b, at 5, open c, <, <', 'a:2'],
  ['open a, at 2, open b, at 5, open c, <, <, >', 'b:5'],
  ['open a, to b:3, <, <', 'a:1'],
  ['open a, at 2, to b:3, <, open c, >', 'c'],
  ['open a, at 2, to b:3, to c:4, gone b, <', 'a:2'],
  ['open a, at 9, to a:3, <', 'a:3'],
])('%s: is at %s', (steps, expected) => {
  expect(walk(steps)).toBe(expected);
});
