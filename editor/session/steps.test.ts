import { expect, test } from 'vitest';

import { usualSettings } from './settings.ts';
import type { Action, Session } from './session.ts';
import { createSession, stepToTake, update } from './session.ts';

const insert = (label: string, ...files: readonly (readonly [path: string, text: string])[]): Action => ({
  kind: 'edits-applied',
  label,
  edits: files.map(([path, text]) => ({ path, edits: [{ from: 0, to: 0, text }] })),
});

/** The texts of all files after some actions, beginning with a=1 and b=2. */
function after(...actions: readonly Action[]): Session {
  const opened: Action = {
    kind: 'opened',
    workspace: 'w',
    files: ['a', 'b'].map((path, at) => ({ path, text: String(at + 1), version: 'v' })),
    unreadable: [],
  };
  return [opened, ...actions].reduce(update, createSession(usualSettings));
}

const texts = ({ files }: Session) =>
  [...files.values()].map(({ path, text }) => `${path}=${text}`).join(' ');
const back: Action = { kind: 'step-undone' };
const again: Action = { kind: 'step-redone' };

const cases: readonly [name: string, actions: readonly Action[], expected: string][] = [
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
];

test.each(cases)('%s', (_, actions, expected) => {
  expect(texts(after(...actions))).toBe(expected);
});

test('says which step it would be', () => {
  const session = after(insert('Add a rule', ['a', '0']));
  expect([stepToTake(session, true)?.label, stepToTake(session, false)]).toEqual(['Add a rule', null]);
});
