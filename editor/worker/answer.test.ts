import { describe, expect, test } from 'vitest';

import { dayOf } from '#engine';

import type { Untimed } from './answer.ts';
import { answer } from './answer.ts';
import type { Memory } from './memory.ts';
import type { Question } from './protocol.ts';

const today = dayOf(2026, 11, 23);
const policyPath = 'rules/hns/times/2019-05-01.policy.yaml';

const policy = (minutes: string) => `policy: times
title: Times
kind: billing
payers: [hns]
effective: { from: 2019-05-01 }
parameters:
  minimum: { value: ${minutes}, unit: minutes, cite: page#short }
rules:
  - id: long-enough
    title: Long enough
    cite: page#short
    when: { line.code: "97530" }
    require: { record.minutes: { atLeast: $minimum } }
    otherwise: deny
    message: "{record.minutes} minutes; {minimum} are needed."
    remedy: Do not bill this line.
`;

const files = [
  { path: policyPath, text: policy('8') },
  {
    path: 'rules/lists/payers.list.yaml',
    text: `list: payers
title: Payers
of: payer
cite: page#short
entries:
  - { value: hns, short: "Health Network, its policies" }
`,
  },
  {
    path: 'rules/sources/page.source.yaml',
    text: `source: page
title: A page
publisher: Somebody
address: https://example.org
read: 2026-11-23
clauses:
  - { id: short, text: Short services are not billed. }
`,
  },
  {
    path: 'testcases/base.encounter.yaml',
    text: `encounter: base
title: Base
visit: { date: 2024-03-04, received: 2024-03-11, payer: hns, placeOfService: "11", diagnoses: [M54.50] }
lines:
  - { code: 97530, units: 1, charge: 45.00, modifiers: [GP], diagnosisPointers: [1], record: { minutes: 15 } }
`,
  },
  {
    path: 'testcases/times.suite.yaml',
    text: `suite: times
title: Times
base: base.encounter.yaml
now: 2024-03-04
cases:
  - { id: nine, title: Nine minutes, given: { lines.1.record.minutes: 9 }, expect: pay }
  - id: seven
    title: Seven minutes
    given: { lines.1.record.minutes: 7 }
    expect: { lines: { 1: { decision: deny, violates: [times/long-enough] } } }
  - id: no-record
    title: No record
    without: [lines.1.record]
    expect: { lines: { 1: { decision: needs-record, undetermined: [times/long-enough] } } }
`,
  },
];

type Asked = Question extends infer Q ? (Q extends Question ? Omit<Q, 'seq'> : never) : never;

/** Asks one question after the other; the last answer. */
function ask(...questions: readonly Asked[]): Untimed {
  return askOf(files, ...questions);
}

function askOf(onDisk: typeof files, ...questions: readonly Asked[]): Untimed {
  let memory: Memory | null = null;
  let last: Untimed | null = null;
  for (const question of [{ kind: 'open', files: onDisk } as const, ...questions]) {
    const result = answer(memory, { ...question, seq: 1 }, today);
    memory = result.memory;
    last = result.answer;
  }
  return last!;
}

const draft = (text: string): Asked => ({
  kind: 'change',
  saved: false,
  changes: [{ path: policyPath, text }],
});
const save = (text: string): Asked => ({
  kind: 'change',
  saved: true,
  changes: [{ path: policyPath, text }],
});

/** The rows as text: `Nine minutes: deny ← pay, failed`. */
function rowsOf(told: Untimed): readonly string[] {
  if (told.kind !== 'judged') throw new Error(`expected verdicts, got ${JSON.stringify(told)}`);
  return told.cases.map(({ title, verdict, savedDecision, changed, outcome }) => {
    const before = changed ? ` ← ${savedDecision}` : '';
    return `${title}: ${verdict?.decision}${before}, ${outcome}`;
  });
}

describe('the saved encounters', () => {
  test('as on disk: nothing has changed', () => {
    const told = ask();
    expect(told.kind === 'judged' && told.diagnostics).toEqual([]);
    expect(rowsOf(told)).toEqual([
      'Nine minutes: pay, passed',
      'Seven minutes: deny, passed',
      'No record: needs-record, passed',
    ]);
  });

  test('a changed threshold shows which verdict changes', () => {
    expect(rowsOf(ask(draft(policy('10'))))).toEqual([
      'Nine minutes: deny ← pay, failed',
      'Seven minutes: deny, passed',
      'No record: needs-record, passed',
    ]);
  });

  test('a change that is taken back changes nothing', () => {
    expect(rowsOf(ask(draft(policy('10')), draft(policy('8'))))).toEqual(rowsOf(ask()));
  });

  test('after a save the new verdicts are what later changes are measured against', () => {
    expect(rowsOf(ask(draft(policy('10')), save(policy('10'))))[0]).toBe('Nine minutes: deny, failed');
    expect(rowsOf(ask(save(policy('10')), draft(policy('8'))))[0]).toBe('Nine minutes: pay ← deny, passed');
  });

  test('while a file has an error the last verdicts stay, marked as such', () => {
    const told = ask(draft(policy('10')), draft(policy('[10')));
    expect(told).toMatchObject({ kind: 'judged', stale: true });
    expect(rowsOf(told)[0]).toBe('Nine minutes: deny ← pay, failed');
    expect(told.kind === 'judged' && told.diagnostics.length).toBeGreaterThan(0);
  });

  test('what follows from a broken policy elsewhere is not told on top of it', () => {
    const told = ask(draft(policy('[10')));
    const paths = told.kind === 'judged' ? told.diagnostics.map(({ place }) => place.path) : [];
    expect(new Set(paths)).toEqual(new Set([policyPath]));
  });

  test('a change that is sound in itself and breaks another file tells what it breaks', () => {
    const told = ask(draft(policy('8').replace('id: long-enough', 'id: renamed')));
    const paths = told.kind === 'judged' ? told.diagnostics.map(({ place }) => place.path) : [];
    expect(new Set(paths)).toEqual(new Set(['testcases/times.suite.yaml']));
    expect(told).toMatchObject({ stale: true });
  });
});

test('so it does where the changed file had an error all along', () => {
  const flawed = policy('8').replace('    cite: page#short\n', '');
  const onDisk = files.map((file) => (file.path === policyPath ? { ...file, text: flawed } : file));
  const told = askOf(onDisk, draft(flawed.replace('id: long-enough', 'id: renamed')));
  const paths = told.kind === 'judged' ? told.diagnostics.map(({ place }) => place.path) : [];
  expect(new Set(paths)).toEqual(new Set([policyPath, 'testcases/times.suite.yaml']));
});

test('each rule with how often it came out how', () => {
  const told = ask();
  expect(told.kind === 'judged' && told.rules).toEqual([
    {
      rule: 'times/long-enough',
      title: 'Long enough',
      path: policyPath,
      line: 9,
      met: 1,
      violated: 1,
      notApplicable: 0,
      undetermined: 1,
    },
  ]);
});

test('payers by the name before the comma, policies with their period', () => {
  expect(ask()).toMatchObject({
    payers: [{ id: 'hns', title: 'Health Network' }],
    policies: [{ path: policyPath, id: 'times', from: '2019-05-01', to: null }],
  });
});

test('a case is explained by what the author has now', () => {
  expect(ask(draft(policy('10')), { kind: 'explain', caseKey: 'times/nine' })).toMatchObject({
    kind: 'explained',
    explanations: [{ rule: 'times/long-enough', outcome: 'violated', message: '9 minutes; 10 are needed.' }],
    lines: [{ line: 1, code: '97530', units: 1 }],
  });
});
