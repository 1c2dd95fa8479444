/**
 * The workspace that `proviso init` begins: one of each kind of file, small enough to read, and all of it invented.
 * It shows what every later policy needs: a number with its citation, a list, both sides of the threshold, and a record
 * that was never supplied.
 */
export const exampleWorkspace: Readonly<Record<string, string>> = {
  'rules/lists/payers.list.yaml': `list: payers
title: Payers
of: payer
remark: The names by which policies and encounters mean a payer. A new payer is a new line here.
entries:
  - { value: example-health, short: An invented payer, cite: example-manual#payer }
`,

  'rules/lists/timed-codes.list.yaml': `list: timed-codes
title: Services that are billed by time
of: code
cite: example-manual#timed
entries:
  - { value: 97110, short: Exercises for strength and movement }
  - { value: 97530, short: Practising everyday activities }
`,

  'rules/sources/example-manual.source.yaml': `source: example-manual
title: Manual of Example Health
remark: >-
  Invented, to show what a source looks like. For a real one, write down the page clause by clause in your own
  words, with its address and the day it was read.
clauses:
  - id: payer
    text: Claims of the members of Example Health follow this manual.
  - id: timed
    text: The manual names the services that are billed by time.
  - id: minimum
    text: A service that is billed by time takes 8 minutes at the least.
`,

  'rules/example-health/example-time/2024-01-01.policy.yaml': `policy: example-time
title: Time of a timed service
kind: time-threshold
payers: [example-health]
effective: { from: 2024-01-01 }
parameters:
  # Try another number, and see which encounters change.
  minimumMinutes: { value: 8, unit: minutes, cite: example-manual#minimum }
rules:
  - id: minimum-time
    title: A timed service takes long enough
    cite: example-manual#minimum
    when: { line.code: $timed-codes }
    require: { record.minutes: { atLeast: $minimumMinutes } }
    otherwise: deny
    message: "{line.code} took {record.minutes} minutes; {minimumMinutes} are needed."
    remedy: Do not bill this line.
`,

  'testcases/encounters/one-visit.encounter.yaml': `encounter: one-visit
title: One visit with one timed service
visit: { date: 2024-03-04, payer: example-health, diagnoses: [M54.50] }
lines:
  - code: 97530
    units: 1
    record: { minutes: 15, contact: one-on-one }
`,

  'testcases/example-time.suite.yaml': `suite: example-time
title: Time of a timed service
policies: [example-time]
base: encounters/one-visit.encounter.yaml
now: 2024-03-04
cases:
  - id: seven-minutes
    title: Seven minutes are too short
    given: { lines.1.record.minutes: 7 }
    expect:
      lines:
        1: { decision: deny, violates: [example-time/minimum-time] }
  - id: eight-minutes
    title: Eight minutes are enough
    given: { lines.1.record.minutes: 8 }
    expect: pay
  - id: nine-minutes
    title: Nine minutes are enough
    given: { lines.1.record.minutes: 9 }
    expect: pay
  - id: no-record
    title: Without the record nobody can say
    without: [lines.1.record]
    expect:
      lines:
        1: { decision: needs-record, undetermined: [example-time/minimum-time] }
  - id: the-day-before
    title: The policy does not yet apply the day before it begins
    given: { visit.date: 2023-12-31, lines.1.record.minutes: 7 }
    expect: pay
`,
};
