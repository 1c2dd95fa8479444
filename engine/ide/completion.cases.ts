import type { WorkspaceFile } from '../workspace/workspace.ts';

/** A small workspace in which there is one thing of each kind to propose. */
export const clinic: readonly WorkspaceFile[] = [
  {
    path: 'rules/lists/payers.list.yaml',
    text: 'list: payers\nof: payer\nentries:\n  - { value: hns, short: Health Network }\n  - { value: acme, short: Acme }\n',
  },
  {
    path: 'rules/lists/timed.list.yaml',
    text: 'list: timed\ntitle: Timed codes\nof: code\ncite: manual#eight\nentries:\n  - { value: 97530, short: Functional activities, cite: manual#eight }\n  - { value: 97110, short: Exercise, cite: manual#eight }\n',
  },
  {
    path: 'rules/lists/therapy.list.yaml',
    text: 'list: therapy\ntitle: Modifiers of therapy\nof: modifier\nentries:\n  - { value: GP, short: Physical therapy }\n',
  },
  {
    path: 'rules/lists/pairs.list.yaml',
    text: 'list: pairs\ntitle: Pairs of codes\nof: pair\nentries:\n  - { columnOne: 97530, columnTwo: 97140 }\n',
  },
  {
    path: 'rules/sources/manual.source.yaml',
    text: `source: manual
title: A manual
publisher: Health Network
address: https://example.org/manual
read: 2024-01-02
clauses:
  - { id: eight, text: A service of less than 8 minutes is not billed. }
  - { id: record, text: The record shows the time., basis: inferred }
`,
  },
  {
    path: 'rules/hns/base/2024-01-01.policy.yaml',
    text: `policy: base
title: The base
kind: time-threshold
payers: [hns]
effective: { from: 2024-01-01 }
parameters:
  least: { value: 8, unit: minutes, cite: manual#eight }
timeRule: { method: per-service, codes: $timed, minimumMinutes: $least, cite: manual#eight }
conditions:
  isTimed: { line.code: $timed }
rules:
  - id: minimum
    title: Eight minutes
    cite: manual#eight
    when: { condition: isTimed }
    require: { record.minutes: { atLeast: $least } }
    otherwise: deny
`,
  },
  {
    path: 'testcases/encounters/two-lines.encounter.yaml',
    text: `encounter: two-lines
title: Two services
visit: { date: 2024-03-04, payer: hns }
lines:
  - { code: 97530, units: 1, record: { minutes: 15 } }
  - { code: 97110, units: 2 }
`,
  },
];

/** The head of a policy under test; its rules follow. */
export const head = `policy: mine
title: Mine
kind: billing
effective: { from: 2024-01-01 }
parameters:
  least: { value: 8, unit: minutes, cite: manual#eight }
  days: { value: 28, unit: days, cite: manual#eight }
  start:
    - { from: 2024-01-01, value: 2024-01-15, cite: manual#record }
    - { from: 2025-01-01, value: 2025-01-15, cite: manual#record }
  codes: { value: [97530, 97110], cite: manual#record }
derive:
  services: { count: lines, where: { line.code: $timed } }
conditions:
  isTimed: { line.code: $timed }
rules:
`;

/** The head of a suite under test; its cases follow. */
export const suiteHead = `suite: mine
policies: [base]
base: encounters/two-lines.encounter.yaml
cases:
`;
