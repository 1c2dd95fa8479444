import { expect, test } from 'vitest';

import { createWorkspace } from '../workspace/workspace.ts';
import type { WorkspaceFile } from '../workspace/workspace.ts';
import { compareWorkspaces } from './compare-workspaces.ts';

/** Revisions of one policy of one rule; `early deny received: { to: 2024-03-10 }` is a file, an effect and a period. */
function versionOf(...revisions: readonly (readonly [name: string, effect: string, keys?: string])[]) {
  const files = revisions.map(([name, effect, keys = '']): WorkspaceFile => ({
    path: `rules/${name}.policy.yaml`,
    text: `policy: p\ntitle: P\nkind: billing\npayers: [q]\neffective: { from: 2024-01-01 }\n${keys}\nrules: [{ id: r, title: R, cite: s#c, when: { line.code: 97530 }, require: { line.units: { atMost: 1 } }, otherwise: ${effect} }]\n`,
  }));
  const source = {
    path: 'rules/s.source.yaml',
    text: 'source: s\ntitle: S\nclauses: [{ id: c, text: C }]\n',
  };
  const workspace = createWorkspace([source, ...files]);
  expect(workspace.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return workspace;
}

const early = 'received: { to: 2024-03-10 }';
const late = 'received: { from: 2024-03-11 }';
const many = 'the number of units billed is not stated or the number of units billed is at least 2';
const unknown = 'the date received was not supplied';

test.each([
  [
    'one revision becomes two, of which the earlier is milder',
    versionOf(['whole', 'deny']),
    versionOf(['early', 'advise', early], ['late', 'deny', late]),
    [
      `${many}, and the claim is received on or before 10 March 2024: was deny, now advise (looser).`,
      `${unknown}, and ${many}: was deny, now needs record (looser).`,
      `${unknown}, and the number of units billed is 1: was pay, now needs record (stricter).`,
    ],
  ],
  [
    'two revisions become one again',
    versionOf(['early', 'advise', early], ['late', 'deny', late]),
    versionOf(['whole', 'deny']),
    [
      `${many}, and the claim is received on or before 10 March 2024: was advise, now deny (stricter).`,
      `${unknown}, and ${many}: was needs record, now deny (stricter).`,
      `${unknown}, and the number of units billed is 1: was needs record, now pay (looser).`,
    ],
  ],
  [
    'the day between two revisions is moved',
    versionOf(['early', 'advise', early], ['late', 'deny', late]),
    versionOf(
      ['early', 'advise', 'received: { to: 2024-03-12 }'],
      ['late', 'deny', 'received: { from: 2024-03-13 }'],
    ),
    [
      `${many}, and the claim is received on or after 11 March 2024 and the claim is received on or before 12 March 2024: was deny, now advise (looser).`,
    ],
  ],
  [
    'a revision limited for the first time',
    versionOf(['whole', 'deny']),
    versionOf(['late', 'deny', late]),
    [
      `${many}, and the claim is received on or before 10 March 2024: was deny, now pay (looser).`,
      `${unknown}, and ${many}: was deny, now needs record (looser).`,
      `${unknown}, and the number of units billed is 1: was pay, now needs record (stricter).`,
    ],
  ],
])('%s', (_, before, after, expected) => {
  const { regions, uncovered } = compareWorkspaces(before, after);
  expect(uncovered).toEqual([]);
  const told = regions.map(({ sentence }) =>
    sentence.replace(', for dates of service from 1 January 2024', ''),
  );
  expect(told.map((it) => it.slice(it.indexOf(', where ') + 8)).toSorted()).toEqual(expected.toSorted());
  expect(regions.map(({ example }) => example !== null)).toEqual(regions.map(() => true));
});

test('the same revisions in other files and order are proven equal', () => {
  const one = versionOf(['early', 'advise', early], ['late', 'deny', late]);
  const other = versionOf(['a', 'deny', late], ['b', 'advise', early]);
  expect(compareWorkspaces(one, other)).toMatchObject({ equal: true, regions: [] });
});
