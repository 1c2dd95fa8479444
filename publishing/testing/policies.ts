/** For tests alone: a workspace of two policies, one about payment and one about coverage, that can be changed in one word. */
export interface Knobs {
  /** Payment: minutes below which a service is denied. */
  readonly minutes?: number;
  /** Coverage: what becomes of a visit without a goal. */
  readonly withoutGoal?: 'deny' | 'review' | 'advise';
  /** What the case of eight minutes expects. */
  readonly eight?: 'pay' | 'deny';
  /** Further files, and such as are to be otherwise. */
  readonly more?: Readonly<Record<string, string>>;
}

export function policies({
  minutes = 8,
  withoutGoal = 'review',
  eight = 'pay',
  more = {},
}: Knobs = {}): Readonly<Record<string, string>> {
  const denied = '{ lines: { 1: { decision: deny, violates: [time/floor] } } }';
  return {
    'rules/lists/payers.list.yaml': `list: payers
title: Payers
of: payer
cite: manual#payers
entries:
  - { value: acme, short: Acme Health }
`,
    'rules/sources/manual.source.yaml': `source: manual
title: Manual
clauses:
  - { id: payers, text: Who pays. }
  - { id: floor, text: How many minutes a service needs. }
  - { id: goal, text: A goal is documented. }
`,
    'rules/time.policy.yaml': `policy: time
title: Time
kind: time-threshold
payers: [acme]
effective: { from: 2020-01-01 }
rules:
  - id: floor
    title: Enough minutes
    cite: manual#floor
    when: { line.code: 97530 }
    require: { record.minutes: { atLeast: ${minutes} } }
    otherwise: deny
    message: Too few minutes.
`,
    'rules/goals.policy.yaml': `policy: goals
title: Goals
kind: documentation
payers: [acme]
effective: { from: 2020-01-01 }
rules:
  - id: goal
    title: A goal is documented
    cite: manual#goal
    for: visit
    require: { plan.goals: { documented: true } }
    otherwise: ${withoutGoal}
    message: No goal is documented.
`,
    'testcases/visit.encounter.yaml': `encounter: visit
title: A visit
visit: { date: 2024-03-04, payer: acme }
plan: { goals: lift a child }
lines:
  - code: 97530
    units: 1
    record: { minutes: 20 }
`,
    'testcases/time.suite.yaml': `suite: time
title: Time
base: visit.encounter.yaml
cases:
  - id: eight
    title: Eight minutes
    given: { lines.1.record.minutes: 8 }
    expect: ${eight === 'pay' ? 'pay' : denied}
  - id: twenty
    title: Twenty minutes
    expect: pay
`,
    ...more,
  };
}
