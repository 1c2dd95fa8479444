import { describe, expect, test } from 'vitest';

import type { Action, Session } from './session.ts';
import { usualSettings } from './settings.ts';
import { createSession, unsavedFiles, update } from './session.ts';

const path = 'rules/hns/a/2019-01-01.policy.yaml';
const opened: Action = {
  kind: 'opened',
  workspace: 'proviso',
  files: [{ path, text: 'one', version: 'v1' }],
  unreadable: [],
};

function after(...actions: readonly Action[]): Session {
  return [opened, ...actions].reduce(update, createSession(usualSettings));
}

const file = (session: Session) => session.files.get(path);
const edited = (text: string): Action => ({ kind: 'edited', path, text });
const disk = (text: string | null, version: string | null): Action => ({
  kind: 'disk-changed',
  path,
  disk: { text, version },
});

describe('unsaved changes', () => {
  test('an edit is unsaved until it is saved', () => {
    expect(unsavedFiles(after(edited('two'))).map((it) => it.text)).toEqual(['two']);
    expect(unsavedFiles(after(edited('two'), { kind: 'saved', path, text: 'two', version: 'v2' }))).toEqual(
      [],
    );
  });

  test('typing back what was there leaves nothing to save', () => {
    expect(unsavedFiles(after(edited('two'), edited('one')))).toEqual([]);
  });

  test('what was typed while the file was being written stays unsaved', () => {
    const session = after(edited('two'), { kind: 'save-started', path }, edited('three'), {
      kind: 'saved',
      path,
      text: 'two',
      version: 'v2',
    });
    expect(file(session)).toEqual({
      path,
      saved: 'two',
      version: 'v2',
      text: 'three',
      conflict: null,
      saving: false,
    });
  });
});

describe('changes on disk', () => {
  test('an untouched file follows the disk', () => {
    expect(file(after(disk('theirs', 'v2')))).toMatchObject({
      text: 'theirs',
      saved: 'theirs',
      version: 'v2',
    });
  });

  test('unsaved changes are kept and the file is in conflict', () => {
    expect(file(after(edited('mine'), disk('theirs', 'v2')))).toMatchObject({
      text: 'mine',
      saved: 'one',
      version: 'v1',
      conflict: { text: 'theirs', version: 'v2' },
    });
  });

  test('the same words on both sides are no conflict', () => {
    const session = after(edited('same'), disk('same', 'v2'));
    expect(file(session)).toMatchObject({ text: 'same', saved: 'same', version: 'v2', conflict: null });
  });

  test('the echo of a version we know changes nothing', () => {
    const before = after(edited('mine'));
    expect(update(before, disk('one', 'v1'))).toBe(before);
  });

  test('an untouched file that is removed goes away, a changed one stays in conflict', () => {
    expect(after(disk(null, null)).files.size).toBe(0);
    expect(file(after(edited('mine'), disk(null, null)))?.conflict).toEqual({ text: null, version: null });
  });

  test('a new file appears', () => {
    const other: Action = {
      kind: 'disk-changed',
      path: 'rules/b.list.yaml',
      disk: { text: 'b', version: 'b1' },
    };
    expect([...after(other).files.keys()]).toEqual([path, 'rules/b.list.yaml']);
  });
});

describe('settling a conflict', () => {
  const conflicted = [
    edited('mine'),
    { kind: 'save-conflicted', path, disk: { text: 'theirs', version: 'v2' } },
  ] as const satisfies readonly Action[];

  test('a refused save opens the dialog and keeps the text', () => {
    const session = after(...conflicted);
    expect(session.settling).toBe(path);
    expect(file(session)?.text).toBe('mine');
  });

  test('taking theirs puts the text of the disk in place and closes the dialog', () => {
    const session = after(...conflicted, { kind: 'theirs-taken', path });
    expect(session.settling).toBe(null);
    expect(file(session)).toMatchObject({ text: 'theirs', saved: 'theirs', version: 'v2', conflict: null });
  });

  test('leaving the dialog loses nothing: the conflict stays', () => {
    const session = after(...conflicted, { kind: 'settling-left' });
    expect(session.settling).toBe(null);
    expect(file(session)).toMatchObject({ text: 'mine', conflict: { text: 'theirs', version: 'v2' } });
  });

  test('keeping mine ends in an ordinary save', () => {
    const session = after(...conflicted, { kind: 'saved', path, text: 'mine', version: 'v3' });
    expect(session.settling).toBe(null);
    expect(file(session)).toMatchObject({ saved: 'mine', version: 'v3', conflict: null });
  });
});

describe('the chosen case', () => {
  const judged = (keys: readonly string[]): Action => ({
    kind: 'judged',
    judged: {
      diagnostics: [],
      rules: [],
      policies: [],
      payers: [],
      stale: false,
      cases: keys.map((key) => ({
        key,
        suite: 's',
        title: key,
        path,
        place: { line: 1, column: 1 },
        payer: 'hns',
        date: '2024-03-04',
        outcome: 'passed',
        reason: null,
        differences: [],
        verdict: null,
        expected: null,
        judgedBy: null,
        savedDecision: null,
        changed: false,
      })),
    },
  });

  test('it stays chosen while it is there', () => {
    const choose: Action = { kind: 'case-chosen', key: 'b' };
    expect(after(judged(['a', 'b']), choose, judged(['b'])).chosenCase).toBe('b');
    expect(after(judged(['a', 'b']), choose, judged(['a'])).chosenCase).toBe(null);
  });

  test('an answer about another case than the chosen one is dropped', () => {
    const session = after(
      judged(['a', 'b']),
      { kind: 'case-chosen', key: 'b' },
      { kind: 'explained', why: { caseKey: 'a', explanations: [], lines: [] } },
    );
    expect(session.why).toBe(null);
  });
});
