import { describe, expect, test } from 'vitest';

import type { Subject } from '#engine';

import type { CaseFilters } from './case-filters.ts';
import { everyCase } from './case-filters.ts';
import type { Action, Session } from './session.ts';
import { usualSettings } from './settings.ts';
import { conflictedFiles, createSession, movedTo, recoveredFiles, unsavedFiles, update } from './session.ts';

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
        earlierDecision: null,
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

  test('an answer that says nothing new leaves the very same session', () => {
    const why = (): Action => ({ kind: 'explained', why: { caseKey: 'b', explanations: [], lines: [] } });
    const told = judged(['a', 'b']);
    const session = after(told, { kind: 'case-chosen', key: 'b' }, why());
    expect(update(session, told)).toBe(session);
    expect(update(session, why())).toBe(session);
    expect(update(session, judged(['a', 'b']))).not.toBe(session);
  });
});

describe('several conflicts', () => {
  const b = 'rules/hns/b/2019-01-01.policy.yaml';
  const both: Action = {
    kind: 'opened',
    workspace: 'proviso',
    files: [
      { path, text: 'one', version: 'v1' },
      { path: b, text: 'one of b', version: 'w1' },
    ],
    unreadable: [],
  };
  const conflicted = [
    both,
    edited('mine'),
    { kind: 'edited', path: b, text: 'mine of b' },
    disk('theirs', 'v2'),
    { kind: 'disk-changed', path: b, disk: { text: null, version: null } },
    { kind: 'settling-started', path },
  ] satisfies readonly Action[];

  test('the next one comes up when one is settled, whichever way', () => {
    const saved: Action = { kind: 'saved', path, text: 'merged', version: 'v3' };
    for (const settled of [saved, { kind: 'theirs-taken', path }] satisfies readonly Action[]) {
      const session = after(...conflicted, settled);
      expect(session.settling).toBe(b);
      expect(update(session, { kind: 'theirs-taken', path: b }).settling).toBe(null);
    }
  });

  test('deciding later leaves all of them', () => {
    const session = after(...conflicted, { kind: 'settling-left' });
    expect([session.settling, conflictedFiles(session).map((it) => it.path)]).toEqual([null, [path, b]]);
  });

  test('one that is changed back on disk is none any more, and the next comes up', () => {
    const session = after(...conflicted, disk('one', 'v1'));
    expect(file(session)).toMatchObject({ text: 'mine', saved: 'one', version: 'v1', conflict: null });
    expect(session.settling).toBe(b);
  });

  test('the disk comes to say what the author wrote: nothing is left to settle', () => {
    const session = after(...conflicted, disk('mine', 'v9'));
    expect(file(session)).toMatchObject({ text: 'mine', saved: 'mine', version: 'v9', conflict: null });
    expect(session.settling).toBe(b);
  });
});

describe('a renamed folder', () => {
  const to = 'rules/hns/new/2019-01-01.policy.yaml';
  const gone = disk(null, null);
  const come: Action = { kind: 'disk-changed', path: to, disk: { text: 'one', version: 'v1' } };
  const chosen: Action = { kind: 'file-chosen', path };

  test('the open file is opened under its new name, in whichever order it is told', () => {
    expect(after(chosen, gone, come).openPath).toBe(to);
    expect(after(chosen, come, gone).openPath).toBe(to);
  });

  test('but not if the author has gone elsewhere meanwhile, or it never comes', () => {
    const other: Action = {
      kind: 'disk-changed',
      path: 'rules/x.list.yaml',
      disk: { text: 'x', version: 'x' },
    };
    const elsewhere: Action = { kind: 'file-chosen', path: 'rules/x.list.yaml' };
    expect(after(other, chosen, gone, elsewhere, come).openPath).toBe('rules/x.list.yaml');
    expect(after(chosen, gone, other).openPath).toBe(null);
  });

  test('unsaved text is a conflict until it goes along', () => {
    const session = after(chosen, edited('mine'), gone, come, { kind: 'settling-started', path });
    expect(file(session)).toMatchObject({ text: 'mine', conflict: { text: null } });
    expect(movedTo(session, path)).toBe(to);
    const moved = update(session, { kind: 'moved-along', from: path, to });
    expect([...moved.files.keys()]).toEqual([to]);
    expect(moved.files.get(to)).toMatchObject({ text: 'mine', saved: 'one', version: 'v1', conflict: null });
    expect([moved.openPath, moved.settling]).toEqual([to, null]);
  });

  test('a file that was only removed has gone nowhere', () => {
    expect(movedTo(after(edited('mine'), gone), path)).toBe(null);
    expect(movedTo(after(edited('mine'), disk('theirs', 'v2'), come), path)).toBe(null);
  });
});

describe('drafts of an earlier page', () => {
  const at = '2026-11-24T11:02:00.000Z';
  const recovered = (draft: {
    readonly path?: string;
    readonly text?: string;
    readonly base: string | null;
  }) => ({ kind: 'drafts-recovered', drafts: [{ path, text: 'typed', at, ...draft }] }) satisfies Action;

  test('the disk is as it was: unsaved text, to be kept, saved or thrown away', () => {
    const session = after(recovered({ base: 'v1' }));
    expect(file(session)).toMatchObject({ text: 'typed', saved: 'one', version: 'v1', conflict: null });
    expect(recoveredFiles(session)).toMatchObject([{ path, at }]);
    expect(recoveredFiles(update(session, { kind: 'drafts-accepted', paths: [path] }))).toEqual([]);
    const thrown = update(session, { kind: 'draft-thrown-away', path });
    expect([file(thrown)?.text, thrown.recovered]).toEqual(['one', []]);
    const saved = update(session, { kind: 'saved', path, text: 'typed', version: 'v2' });
    expect(recoveredFiles(saved)).toEqual([]);
  });

  test('the disk has changed since: a conflict, and both are there', () => {
    const session = after(recovered({ base: 'v0' }));
    expect(file(session)).toMatchObject({
      text: 'typed',
      version: 'v0',
      conflict: { text: 'one', version: 'v1' },
    });
    const thrown = update(session, { kind: 'draft-thrown-away', path });
    expect(file(thrown)).toMatchObject({ text: 'one', saved: 'one', version: 'v1', conflict: null });
  });

  test('the file is gone since: a conflict with nothing', () => {
    const other = 'rules/gone.list.yaml';
    const session = after(recovered({ path: other, base: 'v0' }));
    expect(session.files.get(other)).toMatchObject({
      text: 'typed',
      conflict: { text: null, version: null },
    });
    expect(update(session, { kind: 'draft-thrown-away', path: other }).files.has(other)).toBe(false);
  });

  test('a new file that was never saved', () => {
    const other = 'rules/new.list.yaml';
    const session = after(recovered({ path: other, base: null }));
    expect(session.files.get(other)).toMatchObject({
      text: 'typed',
      saved: '',
      version: null,
      conflict: null,
    });
    expect(unsavedFiles(session).map((it) => it.path)).toEqual([other]);
    expect(update(session, { kind: 'draft-thrown-away', path: other }).files.has(other)).toBe(false);
  });

  test('a new file whose name was taken since', () => {
    expect(file(after(recovered({ base: null })))).toMatchObject({
      text: 'typed',
      version: null,
      conflict: { text: 'one', version: 'v1' },
    });
  });
});

describe('filters of the saved encounters', () => {
  const filters = (...parts: readonly Partial<CaseFilters>[]) =>
    after(...parts.map((part) => ({ kind: 'filters-chosen', filters: part }) as const)).filters;

  test('one more is added to those there are', () => {
    expect(filters({ shows: ['deny'] }, { rule: 'a/b' }, { payer: 'hns' }, { rule: null })).toEqual({
      ...everyCase,
      shows: ['deny'],
      payer: 'hns',
    });
  });
});

describe('what is tried in an encounter', () => {
  const visit = { kind: 'encounter', path: 'a' } as const;
  const seven = { kind: 'case', suite: 's', id: 'seven' } as const;
  const begun = (subject: Subject): Action => ({ kind: 'trial-begun', subject });
  const changed: Action = { kind: 'trial-changed', text: 'changed' };

  test('goes on where the same one is tried again, also under another object', () => {
    expect(after(begun(seven), changed, begun({ ...seven })).trial?.text).toBe('changed');
  });

  test('begins anew with another one, and when it is ended', () => {
    expect(after(begun(seven), changed, begun(visit)).trial).toEqual({ subject: visit, text: null });
    expect(after(begun(seven), changed, { kind: 'trial-ended' }).trial).toBeNull();
  });

  test('is not changed where nothing is tried', () => {
    expect(after(changed).trial).toBeNull();
  });
});
