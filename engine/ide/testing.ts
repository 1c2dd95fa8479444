import type { WorkspaceFile } from '../workspace/workspace.ts';

/** A small workspace in which every kind of name stands, most of them in several files. */
export const family: readonly WorkspaceFile[] = [
  {
    path: 'rules/lists/payers.list.yaml',
    text: 'list: payers\nof: payer\ncite: manual#who\nentries:\n  - { value: hns }\n  - { value: acme }\n',
  },
  {
    path: 'rules/lists/insurers.list.yaml',
    text: 'list: insurers\nof: payer\ncite: manual#who\nentries:\n  - { value: acme }\n',
  },
  {
    path: 'rules/lists/timed.list.yaml',
    text: 'list: timed\nof: code\ncite: manual#time\nentries:\n  - { value: 97530, cite: "manual#who" }\n',
  },
  {
    path: 'rules/lists/pairs.list.yaml',
    text: 'list: pairs\nof: pair\ncite: manual#time\nentries:\n  - { columnOne: 97530, columnTwo: 97140 }\n',
  },
  {
    path: 'rules/sources/manual.source.yaml',
    text: 'source: manual\ntitle: A manual\nclauses:\n  - { id: time, text: Eight minutes. }\n  - { id: who, text: Who pays. }\n',
  },
  {
    path: 'rules/own.vocabulary.yaml',
    text: `vocabulary: own
facts:
  - { path: record.equipment, type: text, meaning: What was used. }
  - { path: prior.equipment, type: text, meaning: What was used then. }
  - { path: visit.second, type: payer, meaning: Who pays the rest. }
`,
  },
  {
    path: 'rules/hns/base/2024-01-01.policy.yaml',
    text: `policy: base
title: The base
kind: billing
payers: [hns]
effective: { from: 2024-01-01 }
parameters:
  minimum: { value: 8, cite: manual#time }
  insurer: { value: hns, cite: manual#who }
timeRule: { method: per-service, codes: $timed, minimumMinutes: $minimum, cite: manual#time }
derive:
  services: { count: lines, where: { line.code: $timed, record.equipment: { documented: true } } }
  tools: { countDistinct: prior.equipment }
conditions:
  isLong: { record.minutes: { atLeast: $minimum } }
rules:
  - id: minimum-time
    title: Eight minutes
    cite: manual#time
    when: { line.code: $timed, visit.payer: $insurer }
    require: { condition: isLong }
    otherwise: deny
    message: >-
      {record.minutes} of {minimum} minutes,
      {derived.services} services with {record.equipment}.
  - id: equipment
    title: The equipment is stated
    cite: [manual#time, 'manual#who']
    when: { any: [{ visit.second: { oneOf: [hns, acme] } }, { line.code: 97530 }] }
    require:
      record.equipment: { documented: true }
      anyOtherLine: { other.record.equipment: { is: { fact: record.equipment } } }
      line.units: { atMost: { fact: derived.services, plus: $minimum } }
    unless: { derived.tools: { moreThan: 3 } }
    otherwise: review
  - id: pairs
    title: Nothing is paired
    cite: manual#who
    when: { line.code: { pairedWith: { fact: line.code, in: $pairs } }, visit.payer: $insurers }
    then: advise
`,
  },
  {
    path: 'rules/acme/over/2024-01-01.policy.yaml',
    text: `policy: over
title: The overlay
kind: billing
payers: [acme]
effective: { from: 2024-01-01 }
extends: base
parameters:
  minimum: { value: 10, cite: manual#time }
rules:
  - id: minimum-time
    title: Ten minutes
    cite: manual#time
    require: { condition: isLong }
    otherwise: review
    message: "{minimum} minutes; {derived.services}"
`,
  },
  {
    path: 'testcases/visit.encounter.yaml',
    text: `encounter: visit
visit: { date: 2024-03-04, payer: hns, second: acme }
priorVisits:
  - { date: 2024-03-01, equipment: ball }
lines:
  - { code: 97530, units: 1, record: { minutes: 15, equipment: ball } }
`,
  },
  {
    path: 'testcases/example.suite.yaml',
    text: `suite: example
policies: [base, over]
base: visit.encounter.yaml
cases:
  - id: plain
    expect:
      lines:
        1: { decision: review, violates: [base/equipment], outcomes: { base/minimum-time: met } }
  - id: short
    given: { lines.1.record.minutes: 7, lines.1.record.equipment: null, priorVisits: [{ date: 2024-03-01, equipment: rope }] }
    with: { base.minimum: 9, base.insurer: hns }
    expect:
      lines:
        1: { decision: deny, violates: ["base/minimum-time", base/equipment] }
  - id: other-payer
    base: ./visit.encounter.yaml
    given: { visit: { date: 2024-03-04, payer: acme }, lines.2: { code: 97140, units: 1, record: { minutes: 9, equipment: ball } } }
    without: [lines.1.record]
    expect:
      lines:
        1: { decision: needs-record, undetermined: [over/minimum-time, over/equipment] }
        2: { decision: review, violates: [over/minimum-time] }
`,
  },
  {
    path: 'testcases/alone.suite.yaml',
    text: `suite: alone
policies: [base]
base: visit.encounter.yaml
cases:
  - id: another-insurer
    with: { insurer: acme }
    expect:
      lines:
        1: { decision: review, violates: [base/equipment], outcomes: { base/minimum-time: not-applicable } }
`,
  },
];
