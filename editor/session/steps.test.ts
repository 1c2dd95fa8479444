import { expect, test } from 'vitest';

import { usualSettings } from './settings.ts';
import type { Action, Session } from './session.ts';
import { createSession, update } from './session.ts';
import { stepToRedo, stepToUndo } from './steps.ts';

const insert = (label: string, ...files: readonly (readonly [path: string, text: string])[]): Action => ({
  kind: 'edits-applied',
  label,
  edits: files.map(([path, text]) => ({ path, edits: [{ from: 0, to: 0, text }] })),
});

/** The texts of all files after some actions, beginning with a=1 and b=2. */
function after(...actions: readonly (Action | Move)[]): Session {
  const opened: Action = {
    kind: 'opened',
    workspace: 'w',
    files: ['a', 'b'].map((path, at) => ({ path, text: String(at + 1), version: 'v' })),
    unreadable: [],
  };
  return [opened, ...actions].reduce<Session>((session, next) => {
    const action = typeof next === 'function' ? next(session) : next;
    return action ? update(session, action) : session;
  }, createSession(usualSettings));
}

const texts = ({ files }: Session) =>
  [...files.values()].map(({ path, text }) => `${path}=${text}`).join(' ');

/** As the workbench does it: only where the files stand as the step left them. */
type Move = (session: Session) => Action | null;
const back: Move = (session) => {
  const found = stepToUndo(session, null);
  return found && !found.changed ? { kind: 'step-undone', step: found.step } : null;
};
const again: Move = (session) => {
  const found = stepToRedo(session, null);
  return found && !found.changed ? { kind: 'step-redone', step: found.step } : null;
};
const saved = (path: string, text: string): Action => ({ kind: 'saved', path, text, version: 'w' });
const typed = (path: string, text: string): Action => ({ kind: 'edited', path, text });

const cases: readonly [name: string, actions: readonly (Action | Move)[], expected: string][] = [
  ['a step over two files is taken back whole', [insert('x', ['a', '0'], ['b', '0']), back], 'a=1 b=2'],
  ['and done again', [insert('x', ['a', '0'], ['b', '0']), back, again], 'a=01 b=02'],
  ['one after the other', [insert('x', ['a', '0']), insert('y', ['a', '9']), back], 'a=01 b=2'],
  ['all of them', [insert('x', ['a', '0']), insert('y', ['b', '9']), back, back], 'a=1 b=2'],
  ['a new file goes', [insert('x', ['c', 'new']), back], 'a=1 b=2'],
  ['and comes', [insert('x', ['c', 'new']), back, again], 'a=1 b=2 c=new'],
  [
    'what was typed since stays',
    [insert('x', ['a', '0']), { kind: 'edited', path: 'a', text: 'mine' }, back],
    'a=mine b=2',
  ],
  [
    'a new step ends what was taken back',
    [insert('x', ['a', '0']), back, insert('y', ['b', '9']), again],
    'a=1 b=92',
  ],
  ['nothing to take back', [back, again], 'a=1 b=2'],
  [
    'one file of two was changed since',
    [insert('x', ['a', '0'], ['b', '0']), typed('b', 'mine'), back],
    'a=01 b=mine',
  ],
  [
    'a new file that is on disk by now stays',
    [insert('x', ['c', 'new']), saved('c', 'new'), back],
    'a=1 b=2 c=new',
  ],
  ['a file that was saved since goes back', [insert('x', ['a', '0']), saved('a', '01'), back], 'a=1 b=2'],
  [
    'edits that change nothing are no step',
    [insert('x', ['a', '0']), insert('y', ['a', '']), back],
    'a=1 b=2',
  ],
];

test.each(cases)('%s', (_, actions, expected) => {
  expect(texts(after(...actions))).toBe(expected);
});

test('of a file, the newest step that changed it', () => {
  const session = after(insert('Add a rule', ['a', '0']), insert('Add a list', ['b', '0']));
  const label = (path: string | null, it = session) => stepToUndo(it, path)?.step.label ?? null;
  expect([label(null), label('a'), label('b'), label('c')]).toEqual([
    'Add a list',
    'Add a rule',
    'Add a list',
    null,
  ]);
  // What was typed in the file itself comes first; what was typed in another stands in the way.
  const both = after(insert('Rename', ['a', '0'], ['b', '0']), typed('b', 'mine'));
  expect([label('b', both), stepToUndo(both, 'a')?.changed?.path]).toEqual([null, 'b']);
});
