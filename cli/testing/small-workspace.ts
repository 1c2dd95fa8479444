/** A further policy, for claims that are received from a day on. */
export function receivedFrom(day: string): Readonly<Record<string, string>> {
  return {
    'rules/acme/acme-limits/2020-01-01.policy.yaml': `policy: acme-limits
title: Limits
kind: billing
payers: [acme]
effective: { from: 2020-01-01 }
received: { from: ${day} }
rules:
  - { id: gp, title: GP, cite: manual#floor, require: { line.modifiers: { includes: GP } }, otherwise: review }
`,
  };
}

/** A whole workspace small enough to read: one policy of two rules, one encounter, one suite of three cases. */
export const smallWorkspace: Readonly<Record<string, string>> = {
  'rules/lists/payers.list.yaml': `list: payers
title: Payers
of: payer
entries:
  - { value: acme, short: Acme Health, cite: manual#payers }
`,
  'rules/lists/timed-codes.list.yaml': `list: timed-codes
title: Timed codes
of: code
cite: manual#timed
entries:
  - { value: 97110, short: Exercise }
  - { value: 97112, short: Balance }
  - { value: 97140, short: Manual therapy }
  - { value: 97530, short: Activities, from: 2000-01-01 }
  - { value: 97032, short: Once timed, to: 2001-01-01 }
`,
  'rules/sources/manual.source.yaml': `source: manual
title: Manual
clauses:
  - { id: payers, text: Who pays. }
  - { id: timed, text: Which codes are timed. }
  - { id: floor, text: Less than eight minutes are not billed. }
  - { id: goal, text: A goal is documented. }
`,
  'rules/acme/acme-time/2020-01-01.policy.yaml': `policy: acme-time
title: Time
kind: time-threshold
payers: [acme]
effective: { from: 2020-01-01 }
parameters:
  minimumMinutes: { value: 8, unit: minutes, cite: manual#floor }
timeRule:
  method: per-service
  codes: $timed-codes
  cite: manual#floor
rules:
  - id: floor
    title: At least eight minutes
    cite: manual#floor
    when: { line.code: $timed-codes }
    require: { record.minutes: { atLeast: $minimumMinutes } }
    otherwise: deny
    message: "{line.code} took {record.minutes} minutes; {minimumMinutes} are needed."
    remedy: Do not bill this line.
  - id: goal
    title: A goal is documented
    cite: manual#goal
    for: visit
    require: { plan.goals: { documented: true } }
    otherwise: review
    message: No goal is documented.
`,
  'testcases/encounters/visit.encounter.yaml': `encounter: visit
title: One therapy
visit: { date: 2024-03-04, payer: acme }
plan: { goals: lift a child }
lines:
  - code: 97530
    units: 1
    record: { minutes: 15 }
`,
  'testcases/time.suite.yaml': `suite: time
title: Time
base: encounters/visit.encounter.yaml
now: 2024-03-04
cases:
  - id: eight
    title: Eight minutes are enough
    given: { lines.1.record.minutes: 8 }
    expect: pay
  - id: seven
    title: Seven are not
    given: { lines.1.record.minutes: 7 }
    expect:
      lines:
        1: { decision: deny, violates: [acme-time/floor] }
  - id: unknown
    title: Without a record
    without: [lines.1.record]
    expect:
      lines:
        1: { decision: needs-record, undetermined: [acme-time/floor] }
`,
};
