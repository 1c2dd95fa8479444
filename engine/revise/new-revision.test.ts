import { describe, expect, test } from 'vitest';

import { formatDay, parseDay } from '../base/calendar-date.ts';
import { applyTextEdits } from '../base/text-edit.ts';
import { compareWorkspaces } from '../compare/compare-workspaces.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { timelineOf } from '../timeline/timeline.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { newRevision } from './new-revision.ts';

const day = (text: string) => parseDay(text)!;
const shipped = createWorkspace(shippedFiles());
const time = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';

/** The workspace with the new revision in it, and its path; or the sentence that says why there is none. */
function revised(workspace: Workspace, policy: string, from: string) {
  const made = newRevision(workspace, policy, day(from));
  if (made.kind === 'refused') return made.message;
  const changes = made.edits.map(({ path, edits }) => ({
    path,
    text: applyTextEdits(workspace.files.get(path) ?? '', edits),
  }));
  return { ...made, after: updateWorkspace(workspace, changes) };
}

/** The periods of a policy, as its timeline has them. */
function periods(workspace: Workspace, policy: string): readonly string[] {
  const [lane] = timelineOf(workspace, { payer: null, policy, code: null, on: 0 });
  return lane!.revisions.map(
    ({ path, from, to }) => `${path} ${formatDay(from)}–${to === null ? '' : formatDay(to)}`,
  );
}

/** A revision of the policy `a` for each period, in a file of the given name. */
const own = (...files: readonly (readonly [name: string, effective: string])[]) =>
  createWorkspace([
    ...files.map(([name, effective]) => ({
      path: `rules/${name}.policy.yaml`,
      text: `# What it is for.\npolicy: a\ntitle: A\nkind: billing\neffective: ${effective}\nrules:\n  - { id: r, title: R, cite: s#c, require: { line.units: 1 }, otherwise: deny } # why\n`,
    })),
    { path: 'rules/s.source.yaml', text: 'source: s\ntitle: S\nclauses: [{ id: c, text: C }]\n' },
  ]);

test('the present revision ends the day before, and its copy begins; no claim is decided otherwise by that', () => {
  const made = revised(shipped, 'hns-97530-time', '2027-01-01');
  if (typeof made === 'string') throw new Error(made);
  const next = 'rules/hns/hns-97530-time/2027-01-01.policy.yaml';
  expect([made.path, made.copied, made.to]).toEqual([next, { path: time, closed: day('2026-12-31') }, null]);
  expect(periods(made.after, 'hns-97530-time')).toEqual([
    `${time} 2019-05-01–2026-12-31`,
    `${next} 2027-01-01–`,
  ]);
  const text = shipped.files.get(time)!;
  expect(made.after.files.get(time)).toBe(
    text.replace('{ from: 2019-05-01 }', '{ from: 2019-05-01, to: 2026-12-31 }'),
  );
  expect(made.after.files.get(next)).toBe(text.replace('{ from: 2019-05-01 }', '{ from: 2027-01-01 }'));
  expect(made.after.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual(
    shipped.diagnostics.filter(({ severity }) => severity !== 'info'),
  );
  expect(compareWorkspaces(shipped, made.after)).toMatchObject({ equal: true, encounters: [] });
});

describe('files', () => {
  test.each([
    [
      'a revision that ends is divided, and its copy keeps the last day',
      [['2020-01-01', '{ from: 2020-01-01, to: 2020-12-31 }'] as const],
      [
        'rules/2020-01-01.policy.yaml 2020-01-01–2020-05-31',
        'rules/2020-06-01.policy.yaml 2020-06-01–2020-12-31',
      ],
    ],
    [
      'written as a block',
      [['a', '\n  from: 2020-01-01 # first'] as const],
      ['rules/a.policy.yaml 2020-01-01–2020-05-31', 'rules/a-2020-06-01.policy.yaml 2020-06-01–'],
    ],
    [
      'in a gap: the latest is copied until the next begins',
      [
        ['a-2020-01-01', '{ from: 2020-01-01, to: 2020-03-31 }'],
        ['a-2021-01-01', '{ from: 2021-01-01 }'],
      ] as const,
      [
        'rules/a-2020-01-01.policy.yaml 2020-01-01–2020-03-31',
        'rules/a-2020-06-01.policy.yaml 2020-06-01–2020-12-31',
        'rules/a-2021-01-01.policy.yaml 2021-01-01–',
      ],
    ],
    [
      'after the last one: it is open again',
      [['2020-01-01', '{ from: 2020-01-01, to: 2020-03-31 }'] as const],
      ['rules/2020-01-01.policy.yaml 2020-01-01–2020-03-31', 'rules/2020-06-01.policy.yaml 2020-06-01–'],
    ],
  ])('%s', (_, files, expected) => {
    const made = revised(own(...files), 'a', '2020-06-01');
    if (typeof made === 'string') throw new Error(made);
    expect(periods(made.after, 'a')).toEqual(expected);
    expect(made.after.files.get(made.path)).toMatch(/^# What it is for\.\n.* # why\n$/s);
  });
});

test.each([
  ['b', '2020-06-01', 'there is no policy `b` that can be read.'],
  ['a', '2020-01-01', 'a revision begins on 2020-01-01 already, in rules/a.policy.yaml.'],
  ['a', '2019-12-31', 'the first revision begins on 2020-01-01, so on 2019-12-31 there is none to copy.'],
  [
    'a',
    '2022-01-01',
    'rules/a.policy.yaml and rules/b.policy.yaml are both in force on 2022-01-01, and it is not clear which goes on.',
  ],
  ['a', '2020-07-01', '`rules/a-2020-07-01.policy.yaml` exists, and nothing is overwritten.'],
])('refused: %s from %s', (policy, from, message) => {
  const workspace = updateWorkspace(own(['a', '{ from: 2020-01-01 }'], ['b', '{ from: 2021-01-01 }']), [
    { path: 'rules/a-2020-07-01.policy.yaml', text: 'policy: c\n' },
  ]);
  expect(revised(workspace, policy, from)).toBe(message);
});
