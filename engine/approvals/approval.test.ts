import { describe, expect, test } from 'vitest';
import type { Decision as Outcome, LineVerdict, Verdict } from '../evaluate/outcome.ts';
import type { ApprovalItem } from './approval-item.ts';
import { approvalRefusals } from './approval-refusals.ts';
import { approvalOf } from './approval.ts';
import type { Approval } from './approval.ts';
import { decide } from './decide.ts';
import { decisionsText, noDecisions, readDecisions } from './decision.ts';
import type { Decision, Decisions } from './decision.ts';
import { samePerson } from './same-person.ts';
import { directionBetween, verdictWords } from './verdict-change.ts';

const release = { number: 1, sha256: 'first' };

/** `region a` or `encounter c in a b`; `!` behind the name: it needs two approvers. */
function item(written: string): ApprovalItem {
  const [kind, name, , ...partOf] = written.split(' ') as [
    ApprovalItem['kind'],
    string,
    string?,
    ...string[],
  ];
  const id = name.replace('!', '');
  return {
    id,
    sha256: `hash of ${id}`,
    kind,
    title: `Title of ${id}`,
    before: 'pay',
    after: 'deny',
    direction: 'stricter',
    subjects: ['payment'],
    secondFor: name.endsWith('!') ? ['stricter-on-payment'] : [],
    partOf,
    details: [],
    at: null,
    override: null,
    isOld: false,
  };
}

/** `Ada+a`: Ada accepts a; `Ben-a`: Ben rejects it. */
function decision(written: string): Decision {
  const [, who, sign, of] = /^(.+)([+-])(.+)$/.exec(written)!;
  return {
    item: of!,
    sha256: `hash of ${of}`,
    title: `Title of ${of}`,
    verdict: sign === '+' ? 'accept' : 'reject',
    who: who!,
    why: 'Because',
    when: '2024-03-04T09:30:00.000Z',
    files: 'files',
  };
}

const decisionsOf = (written: readonly string[]): Decisions => ({
  against: release,
  decisions: written.map(decision),
});

function approval(items: readonly string[], decided: readonly string[]): Approval {
  return approvalOf(items.map(item), decisionsOf(decided), { against: release, files: 'files' });
}

describe('how it stands', () => {
  const two = ['region a', 'region b', 'encounter c in a b'];

  test.each([
    ['nobody has decided', ['region a'], [], 'a undecided'],
    ['one accepts', ['region a'], ['Ada+a'], 'a accepted'],
    ['one of two accepts', ['region a!'], ['Ada+a'], 'a second-missing'],
    ['two accept', ['region a!'], ['Ada+a', 'Ben+a'], 'a accepted'],
    ['one accepts twice', ['region a!'], ['Ada+a', ' ADA+a'], 'a second-missing'],
    ['one rejects', ['region a'], ['Ada+a', 'Ben-a'], 'a rejected'],
    ['of something else', ['region a'], ['Ada+b'], 'a undecided'],
    ['one region of an encounter is accepted', two, ['Ada+a'], 'a accepted, b undecided, c undecided'],
    ['both are', two, ['Ada+a', 'Ada+b'], 'a accepted, b accepted, c accepted'],
    ['both are, by two people', two, ['Ada+a', 'Ben+b'], 'a accepted, b accepted, c undecided'],
    ['one is rejected', two, ['Ada+a', 'Ada-b'], 'a accepted, b rejected, c rejected'],
    ['the encounter by itself', two, ['Ada+c'], 'a undecided, b undecided, c accepted'],
    ['the encounter rejected', two, ['Ada+a', 'Ada+b', 'Ben-c'], 'a accepted, b accepted, c rejected'],
    [
      'an encounter that needs more than its region',
      ['region a', 'encounter c! in a'],
      ['Ada+a'],
      'a accepted, c second-missing',
    ],
    [
      'its second approver accepts it alone',
      ['region a', 'encounter c! in a'],
      ['Ada+a', 'Ben+c'],
      'a accepted, c accepted',
    ],
  ])('%s', (_, items, decided, expected) => {
    const { items: found } = approval(items, decided);
    expect(found.map(({ id, state }) => `${id} ${state}`).join(', ')).toBe(expected);
  });

  test('beside another release nothing counts, and it is told', () => {
    const other = { number: 2, sha256: 'second' };
    const found = approvalOf([item('region a')], decisionsOf(['Ada+a']), { against: other, files: 'files' });
    expect(found.items[0]!.state).toBe('undecided');
    expect(found.outdated).toEqual([decision('Ada+a')]);
  });

  test('what the last release has already needs no decision, and can be rejected all the same', () => {
    const old = { ...item('known-gap a'), isOld: true };
    const state = (decided: readonly string[]) =>
      approvalOf([old], decisionsOf(decided), { against: release, files: 'files' }).items[0]!.state;
    expect([state([]), state(['Ada-a'])]).toEqual(['decided-before', 'rejected']);
  });
});

describe('what holds a release back', () => {
  test.each([
    ['all is accepted', ['region a'], ['Ada+a'], []],
    ['undecided', ['region a', 'region b'], ['Ada+a'], ['undecided: nobody has decided 1 change']],
    [
      'waiting with its region',
      ['region a', 'encounter c in a'],
      [],
      ['undecided: nobody has decided 1 change'],
    ],
    ['rejected', ['region a'], ['Ada-a'], ['rejected: 1 change rejected']],
    ['one of two', ['region a!'], ['Ada+a'], ['second-approver-missing: 1 change needs a second approver']],
    [
      'the same twice',
      ['region a!'],
      ['Ada+a', 'ada+a'],
      ['same-approver-twice: 1 change accepted twice by one and the same person'],
    ],
    ['an override speaks for itself', ['override a'], [], []],
    ['a rejected override', ['override a'], ['Ada-a'], ['rejected: 1 change rejected']],
    ['a first release, and what goes with it', ['first-release a', 'known-gap b in a'], [], []],
  ])('%s', (_, items, decided, expected) => {
    const refusals = approvalRefusals(approval(items, decided));
    expect(refusals.map(({ what, found }) => `${what}: ${found}`)).toEqual(expected);
  });
});

describe('deciding', () => {
  const by = (who: string, verdict: 'accept' | 'reject', items: readonly string[] | 'all') => ({
    who,
    why: 'Because',
    verdict,
    items,
  });
  /** The decisions afterwards, in the notation of `decision`. */
  function after(
    items: readonly string[],
    decided: readonly string[],
    request: Parameters<typeof decide>[2],
  ) {
    const made = decide(approval(items, decided), decisionsOf(decided), request, '2024-03-05T09:30:00.000Z');
    const written = made.decisions.decisions.map(
      ({ who, verdict, item: of }) => `${who}${verdict === 'accept' ? '+' : '-'}${of}`,
    );
    return [written, made.refused.map(({ item: of }) => of)];
  }

  test.each([
    ['one', ['region a', 'region b'], [], by('Ada', 'accept', ['a']), ['Ada+a'], []],
    ['another mind', ['region a'], ['Ada+a'], by(' ada ', 'reject', ['a']), ['ada-a'], []],
    ['a second person', ['region a'], ['Ada-a'], by('Ben', 'accept', ['a']), ['Ada-a', 'Ben+a'], []],
    ['the same as second', ['region a!'], ['Ada+a'], by('ADA', 'accept', ['a']), ['Ada+a'], ['a']],
    ['what is not there', ['region a'], [], by('Ada', 'accept', ['x', 'a']), ['Ada+a'], ['x']],
    [
      'all: not what goes along, and not what speaks against publishing',
      ['region a', 'encounter c in a', 'override d', 'case e'],
      [],
      by('Ada', 'accept', 'all'),
      ['Ada+a', 'Ada+e'],
      [],
    ],
    ['of what is otherwise now', ['region a'], ['Ada+b'], by('Ada', 'accept', ['a']), ['Ada+b', 'Ada+a'], []],
  ])('%s', (_, items, decided, request, expected, refused) => {
    expect(after(items, decided, request)).toEqual([expected, refused]);
  });
});

test('what was decided beside another release goes', () => {
  const other = { number: 2, sha256: 'second' };
  const found = approvalOf([item('region a')], decisionsOf(['Ada+a']), { against: other, files: 'files' });
  const request = { who: 'Ben', why: 'Because', verdict: 'accept', items: ['a'] } as const;
  const made = decide(found, decisionsOf(['Ada+a']), request, '2024-03-04T09:30:00.000Z');
  expect(made.decisions).toEqual({ against: other, decisions: [decision('Ben+a')] });
});

describe('the file', () => {
  test('is read as it was written', () => {
    const decisions = decisionsOf(['Ada+a', 'Ben-b']);
    expect(readDecisions(decisionsText(decisions))).toEqual({ decisions, problem: null });
    expect(readDecisions(decisionsText(noDecisions)).decisions).toEqual(noDecisions);
  });

  test.each([
    ['<<<<<<< HEAD', 'is not JSON'],
    ['[]', 'does not say `"format": "proviso-decisions-1"`'],
    ['{ "format": "proviso-decisions-1" }', 'has no sound `against`'],
    ['{ "format": "proviso-decisions-1", "against": null, "decisions": [{}] }', 'has no sound `decisions`'],
  ])('%s', (text, problem) => {
    expect(readDecisions(text)).toEqual({ decisions: null, problem });
  });
});

test.each([
  ['Ada', 'Ada', true],
  ['Ada', ' ada  ', true],
  ['R. Alvarez', 'r.  ALVAREZ', true],
  ['José', 'Jose\u0301', true],
  ['Ada', 'Ada B.', false],
  ['Ada', 'Ben', false],
])('%s and %s', (one, other, same) => {
  expect(samePerson(one, other)).toBe(same);
});

/** `deny` is a visit; `deny | pay 2, deny` one with lines, each with its supported units. */
function verdict(written: string): Verdict {
  const [decision, lines = ''] = written.split(' | ') as [Outcome, string?];
  return {
    encounter: 'e',
    decision,
    lines: (lines === '' ? [] : lines.split(', ')).map((line, at): LineVerdict => {
      const [own, units] = line.split(' ') as [Outcome, string?];
      const supportableUnits = units === undefined ? null : Number(units);
      return { line: at + 1, code: '97530', decision: own, supportableUnits, violated: [], undetermined: [] };
    }),
    visit: { violated: [], undetermined: [] },
  };
}

test.each([
  ['pay', 'deny', 'stricter', 'pay', 'deny'],
  ['deny', 'needs-record', 'looser', 'deny', 'needs record'],
  ['pay', 'pay', 'neutral', 'pay', 'pay'],
  [
    'pay | pay 2',
    'pay | pay 1',
    'stricter',
    'pay (line 1, 97530: pay, 2 units supported)',
    'pay (line 1, 97530: pay, 1 unit supported)',
  ],
  [
    'pay | pay 1',
    'pay | pay 2',
    'looser',
    'pay (line 1, 97530: pay, 1 unit supported)',
    'pay (line 1, 97530: pay, 2 units supported)',
  ],
  [
    'deny | deny, pay',
    'deny | pay, deny',
    'both',
    'deny (line 1, 97530: deny; line 2, 97530: pay)',
    'deny (line 1, 97530: pay; line 2, 97530: deny)',
  ],
])('%s, then %s', (before, after, direction, was, is) => {
  const [one, other] = [verdict(before), verdict(after)];
  expect([directionBetween(one, other), ...verdictWords(one, other)]).toEqual([direction, was, is]);
});
