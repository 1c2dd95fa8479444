import { describe, expect, test } from 'vitest';

import type { CaseRow } from '../worker/protocol.ts';
import type { Action, Session } from './session.ts';
import { createSession, update } from './session.ts';
import { usualSettings } from './settings.ts';
import { chooseOnceJudged, placeOfCase, subjectOf, subjectOfRow, subjectTitle } from './subjects.ts';
import type { Workbench } from './workbench.ts';

const suitePath = 'testcases/times.suite.yaml';
const visitPath = 'testcases/encounters/visit.encounter.yaml';
const opened: Action = {
  kind: 'opened',
  workspace: 'proviso',
  files: [
    { path: suitePath, text: 'suite: times\ncases:\n  - id: seven\n    expect: pay\n', version: '1' },
    { path: visitPath, text: 'encounter: visit\ntitle: A visit\n', version: '1' },
  ],
  unreadable: [],
};
const row = (key: string, path: string, title: string): CaseRow => ({
  key,
  suite: 'Times',
  title,
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
});
const judged = (...cases: readonly CaseRow[]): Action => ({
  kind: 'judged',
  judged: { diagnostics: [], cases, rules: [], policies: [], payers: [], stale: false },
});
const seven = row('times/seven', suitePath, 'Seven minutes');
const visit = row(visitPath, visitPath, 'A visit');

const after = (...actions: readonly Action[]): Session =>
  [opened, ...actions].reduce(update, createSession(usualSettings));

describe('which encounter is meant', () => {
  test('a case of a suite, or a file of its own', () => {
    expect(subjectOfRow(seven)).toEqual({ kind: 'case', suite: 'times', id: 'seven' });
    expect(subjectOfRow(visit)).toEqual({ kind: 'encounter', path: visitPath });
  });

  test('none, the chosen one, and before it the one that is open', () => {
    const chosen = [judged(seven), { kind: 'case-chosen', key: 'times/seven' }] as const;
    expect(subjectOf(after())).toBeNull();
    expect(subjectOf(after(...chosen))).toEqual({ kind: 'case', suite: 'times', id: 'seven' });
    expect(subjectOf(after(...chosen, { kind: 'file-chosen', path: visitPath }))).toEqual({
      kind: 'encounter',
      path: visitPath,
    });
  });

  test('by its title', () => {
    const session = after(judged(seven));
    expect(subjectTitle(session, { kind: 'case', suite: 'times', id: 'seven' })).toBe('Seven minutes');
    expect(subjectTitle(session, { kind: 'encounter', path: visitPath })).toBe('A visit');
  });
});

test('a case is found in the text of its suite', () => {
  expect(placeOfCase(after(), suitePath, 'seven')).toEqual({ path: suitePath, line: 3, column: 5 });
  expect(placeOfCase(after(), suitePath, 'eight')).toBeNull();
});

describe('an encounter that was written just now', () => {
  /** A workbench of which only what is used here is there. */
  function watched(begin: Session) {
    let session = begin;
    const listeners = new Set<() => void>();
    const chosen: string[] = [];
    const dispatch = (action: Action) => {
      session = update(session, action);
      for (const listener of listeners) listener();
    };
    const workbench = {
      store: {
        get: () => session,
        dispatch,
        subscribe: (listener: () => void) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
      chooseCase: (key: string) => {
        chosen.push(key);
        dispatch({ kind: 'case-chosen', key });
      },
    } as unknown as Workbench;
    return { workbench, chosen, dispatch, listeners };
  }

  test('is chosen once it is judged, and only once', () => {
    const { workbench, chosen, dispatch, listeners } = watched(after(judged(visit)));
    chooseOnceJudged(workbench, 'times/seven');
    dispatch({ kind: 'searched', text: 'x' });
    expect(chosen).toEqual([]);
    dispatch(judged(visit, seven));
    dispatch(judged(visit, seven));
    expect(chosen).toEqual(['times/seven']);
    expect(listeners.size).toBe(0);
  });

  test('is left alone where the author has chosen another meanwhile', () => {
    const { workbench, chosen, dispatch, listeners } = watched(after(judged(visit)));
    chooseOnceJudged(workbench, 'times/seven');
    dispatch({ kind: 'case-chosen', key: visitPath });
    dispatch(judged(visit, seven));
    expect(chosen).toEqual([]);
    expect(listeners.size).toBe(0);
  });
});
