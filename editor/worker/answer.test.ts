import { describe, expect, test } from 'vitest';

import { dayOf } from '#engine';

import type { Untimed } from './answer.ts';
import { answer, answerInSteps } from './answer.ts';
import type { Judged } from './judged.ts';
import { readJudged } from './judged.ts';
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

/** What the page knows after an answer. */
type Known = ({ readonly kind: 'judged' } & Judged) | Exclude<Untimed, { kind: 'judged' }>;

/** Asks one question after the other; what is known after the last. */
function ask(...questions: readonly Asked[]): Known {
  return askOf(files, ...questions);
}

function askOf(onDisk: typeof files, ...questions: readonly Asked[]): Known {
  let memory: Memory | null = null;
  let judged: Judged | null = null;
  let last: Known | null = null;
  for (const question of [{ kind: 'open', files: onDisk } as const, ...questions]) {
    const result = answer(memory, { ...question, seq: 1 }, today);
    memory = result.memory;
    if (result.answer.kind === 'judged') judged = readJudged(judged, result.answer);
    last = result.answer.kind === 'judged' ? { kind: 'judged', ...judged! } : result.answer;
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
function rowsOf(told: Known): readonly string[] {
  if (told.kind !== 'judged') throw new Error(`expected verdicts, got ${JSON.stringify(told)}`);
  return told.cases.map(({ title, verdict, earlierDecision, changed, outcome }) => {
    const before = changed ? ` ← ${earlierDecision}` : '';
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
    policies: [{ path: policyPath, id: 'times', from: '2019-05-01', to: null, received: null }],
  });
});

test('a case is explained by what the author has now', () => {
  expect(ask(draft(policy('10')), { kind: 'explain', caseKey: 'times/nine' })).toMatchObject({
    kind: 'explained',
    explanations: [{ rule: 'times/long-enough', outcome: 'violated', message: '9 minutes; 10 are needed.' }],
    lines: [{ line: 1, code: '97530', units: 1 }],
  });
});

describe('what is told is only what is other than before', () => {
  /** What an answer holds, by its keys: `1 row, rules`. */
  function contents(...questions: readonly Asked[]): string {
    let memory: Memory | null = null;
    let words = '';
    for (const question of [{ kind: 'open', files } as const, ...questions]) {
      const result = answer(memory, { ...question, seq: 1 }, today);
      memory = result.memory;
      if (result.answer.kind !== 'judged') throw new Error(`expected verdicts, got ${result.answer.kind}`);
      const { rows, diagnostics, rules, policies, payers } = result.answer;
      const parts = Object.entries({ diagnostics, rules, policies, payers });
      const told = parts.flatMap(([name, part]) => (part === null ? [] : [name]));
      words = [`${rows.kind} ${rows.rows.filter((row) => typeof row !== 'number').length}`, ...told].join(
        ', ',
      );
    }
    return words;
  }

  test('at first everything', () => {
    expect(contents()).toBe('all 3, diagnostics, rules, policies, payers');
  });

  test('after a change of a threshold the rows that come out otherwise, and the counts', () => {
    expect(contents(draft(policy('9')))).toBe('some 0');
    expect(contents(draft(policy('10')))).toBe('some 1, rules');
  });

  test('after a remark nothing', () => {
    expect(contents(draft(`# A remark\n${policy('8')}`))).toBe('some 0, rules');
    expect(contents(draft(policy('8').replace('kind:', 'remark: New\nkind:')))).toBe('some 0, rules');
    expect(contents(draft(`${policy('8')}# A remark\n`))).toBe('some 0');
  });

  test('a save tells the rows that were changed before', () => {
    expect(contents(draft(policy('10')), save(policy('10')))).toBe('some 1');
  });

  test('a case that is removed moves the others, which are not told again', () => {
    const suite = files.at(-1)!;
    const text = suite.text.replace(/ {2}- \{ id: nine.*\n/, '');
    // Their places in the file are others now.
    expect(contents({ kind: 'change', saved: false, changes: [{ path: suite.path, text }] })).toBe(
      'all 2, rules',
    );
    const last = suite.text.slice(0, suite.text.indexOf('  - id: no-record'));
    expect(contents({ kind: 'change', saved: false, changes: [{ path: suite.path, text: last }] })).toBe(
      'all 0, rules',
    );
  });
});

describe('a question that takes longer', () => {
  test('says how far it is, and what it is doing', () => {
    const steps = [...answerInSteps(null, { kind: 'open', files, seq: 1 }, today)];
    expect(steps.map(({ doing, done, total }) => `${doing} ${done} of ${total}`)).toEqual([
      ...files.map((_, index) => `reading ${index} of ${files.length}`),
      `reading ${files.length} of ${files.length}`,
      'judging 0 of 3',
    ]);
  });

  test('broken off, it leaves the text that was typed, and the next answer is as if it had been waited for', () => {
    const opened = answer(null, { kind: 'open', files, seq: 1 }, today).memory;
    const steps = answerInSteps(opened, { ...draft(policy('10')), seq: 2 }, today);
    const step = steps.next();
    if (step.done) throw new Error('there was no pause');
    expect(step.value.memory!.draft.files.get(policyPath)).toBe(policy('10'));
    const suite = files.at(-1)!;
    const later: Question = {
      kind: 'change',
      saved: false,
      changes: [{ path: suite.path, text: `${suite.text}# done\n` }],
      seq: 3,
    };
    const waited = answer(
      answer(opened, { ...draft(policy('10')), seq: 2 }, today).memory,
      later,
      today,
    ).memory!;
    const brokenOff = answer(step.value.memory, later, today).memory!;
    expect(brokenOff.told!.rows.map(({ row }) => row)).toEqual(waited.told!.rows.map(({ row }) => row));
    expect(brokenOff.told!.rules).toEqual(waited.told!.rules);
  });
});
