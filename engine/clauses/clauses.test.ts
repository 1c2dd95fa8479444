import { expect, it } from 'vitest';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { trackSources } from './clauses.ts';

const files = {
  'rules/sources/s.source.yaml': `source: s
title: S
clauses:
  - { id: minutes, text: Eight minutes. }
  - { id: codes, text: These codes. }
  - { id: example, text: An example. , setAside: It illustrates. }
  - { id: forgotten, text: Nobody cites it. }
`,
  'rules/lists/timed.list.yaml':
    'list: timed\ntitle: Timed\nof: code\ncite: s#codes\nentries:\n  - { value: 97530, cite: s#codes }\n  - { value: 97140, cite: s#codes }\n',
  'rules/p.policy.yaml': `policy: p
title: P
kind: time-threshold
effective: { from: 2020-01-01 }
parameters:
  least: { value: 8, unit: minutes, cite: s#minutes }
timeRule: { method: per-service, codes: $timed, minimumMinutes: $least, cite: s#minutes }
rules:
  - id: time
    title: Eight minutes
    cite: [s#minutes, s#codes]
    require: { record.minutes: { atLeast: $least } }
    otherwise: deny
`,
  'rules/q.policy.yaml': `policy: q
title: Q
kind: time-threshold
payers: [x]
effective: { from: 2021-01-01 }
extends: p
`,
};

it('every clause with what cites it, once', () => {
  const workspace = createWorkspace(Object.entries(files).map(([path, text]) => ({ path, text })));
  const [tracked] = trackSources(workspace);
  expect(
    tracked!.clauses.map(({ clause, state, uses }) => [
      clause.id,
      state,
      ...uses.map(({ kind, name, count, place }) => `${kind} ${name} ×${count} ${place.path}:${place.line}`),
    ]),
  ).toEqual([
    [
      'minutes',
      'implemented',
      'rule p/time ×1 rules/p.policy.yaml:9',
      'parameter least ×1 rules/p.policy.yaml:6',
      'time-rule timeRule ×1 rules/p.policy.yaml:7',
    ],
    [
      'codes',
      'implemented',
      'rule p/time ×1 rules/p.policy.yaml:9',
      'list timed ×1 rules/lists/timed.list.yaml:1',
      'entries timed ×2 rules/lists/timed.list.yaml:6',
    ],
    ['example', 'set-aside'],
    ['forgotten', 'open'],
  ]);
  expect(tracked!.counts).toEqual({ implemented: 2, 'set-aside': 1, open: 1 });
});

it('no clause of a shipped source is forgotten', () => {
  const open = trackSources(createWorkspace(shippedFiles())).flatMap(({ source, clauses }) =>
    clauses.filter(({ state }) => state === 'open').map(({ clause }) => `${source.id}#${clause.id}`),
  );
  expect(open).toEqual([]);
});
