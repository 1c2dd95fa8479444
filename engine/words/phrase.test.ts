import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../workspace/workspace.ts';
import { nouns } from './nouns.ts';
import { operatorNames } from '../model/operators.ts';
import { vocabulary } from '../facts/vocabulary.ts';
import { phraseOf } from './phrase.ts';
import type { Phrase } from './phrase.ts';
import { textOf } from './runs.ts';

const source = 'source: s\ntitle: S\nclauses:\n  - { id: c, text: A clause. }\n';
const list = 'list: timed\ntitle: Timed codes\nof: code\ncite: s#c\nentries: [{ value: 97530 }]\n';
const pairs =
  'list: pairs\ntitle: Pairs\nof: pair\ncite: s#c\nentries: [{ columnOne: 97530, columnTwo: 97140 }]\n';

/** A condition as written in a policy, in words: told, demanded, and denied. */
function say(condition: string): { is: string; must: string; not: string } {
  const policy = `policy: p
title: P
kind: time-threshold
effective: { from: 2020-01-01 }
timeRule: { method: per-service, codes: $timed, cite: s#c }
parameters:
  least: { value: 8, unit: minutes, cite: s#c }
  lowerLimit: [{ from: 2020-01-01, to: 2020-12-31, value: 8, cite: s#c }, { from: 2021-01-01, value: 10, cite: s#c }]
  people: { value: [chiropractor, physician], cite: s#c }
derive:
  lines: { count: lines }
conditions:
  early: { episode.visitNumber: { atMost: 3 } }
  planned: { plan.active: true, plan.goals: { documented: true }, episode.visitNumber: 1, plan.visits: 2 }
rules:
  - { id: r, title: R, cite: s#c, when: ${condition}, then: review }
`;
  const workspace = createWorkspace([
    { path: 'rules/p.policy.yaml', text: policy },
    { path: 'rules/s.source.yaml', text: source },
    { path: 'rules/timed.list.yaml', text: list },
    { path: 'rules/pairs.list.yaml', text: pairs },
  ]);
  const wrong = workspace.diagnostics.filter(({ severity }) => severity === 'error');
  if (wrong.length > 0) throw new Error(wrong.map(({ message }) => message).join('; '));
  const [resolved] = workspace.policies;
  const node = resolved!.rules[0]!.when!;
  const speaking = { naming: workspace, parameters: resolved!.parameters, other: false };
  return {
    is: flat(phraseOf(node, 'is', speaking)),
    must: flat(phraseOf(node, 'must', speaking)),
    not: flat(phraseOf({ kind: 'not', condition: node, place: node.place }, 'is', speaking)),
  };
}

const flat = ({ runs, items }: Phrase): string =>
  textOf(runs) + (items.length > 0 ? ` [${items.map(flat).join(' | ')}]` : '');

/** The condition, told, demanded, denied. */
const sentences: readonly (readonly [string, string, string, string])[] = [
  [
    '{ line.code: 97530 }',
    'the procedure code is 97530',
    'the procedure code must be 97530',
    'the procedure code is not 97530',
  ],
  [
    '{ line.code: { isNot: 97530 } }',
    'the procedure code is not 97530',
    'the procedure code must not be 97530',
    'the procedure code is 97530',
  ],
  [
    '{ line.code: [97530, 97140] }',
    'the procedure code is 97530 or 97140',
    'the procedure code must be 97530 or 97140',
    'the procedure code is not 97530 or 97140',
  ],
  [
    '{ line.code: $timed }',
    'the procedure code is on the list “Timed codes”',
    'the procedure code must be on the list “Timed codes”',
    'the procedure code is not on the list “Timed codes”',
  ],
  [
    '{ line.code: { noneOf: $timed } }',
    'the procedure code is not on the list “Timed codes”',
    'the procedure code must not be on the list “Timed codes”',
    'the procedure code is on the list “Timed codes”',
  ],
  [
    '{ line.code: { startsWith: 97 } }',
    'the procedure code starts with 97',
    'the procedure code must start with 97',
    'the procedure code does not start with 97',
  ],
  [
    '{ line.units: { documented: true } }',
    'the number of units billed is stated',
    'the number of units billed must be stated',
    'the number of units billed is not stated',
  ],
  [
    '{ line.units: { atMost: { fact: record.supportableUnits } } }',
    'the number of units billed is at most the number of units that the minutes support',
    'the number of units billed must be at most the number of units that the minutes support',
    'the number of units billed is not at most the number of units that the minutes support',
  ],
  [
    '{ record.minutes: { atLeast: $least } }',
    'the treatment time is at least 8 minutes',
    'the treatment time must be at least 8 minutes',
    'the treatment time is not at least 8 minutes',
  ],
  [
    '{ record.minutes: { atLeast: $lowerLimit } }',
    'the treatment time is at least the lower limit',
    'the treatment time must be at least the lower limit',
    'the treatment time is not at least the lower limit',
  ],
  [
    '{ record.minutes: { lessThan: 23, moreThan: 1 } }',
    'the treatment time is less than 23 minutes and more than 1 minute',
    'the treatment time must be less than 23 minutes and more than 1 minute',
    'the treatment time is not less than 23 minutes or not more than 1 minute',
  ],
  [
    '{ record.contact: one-on-one }',
    'the record shows one-on-one contact',
    'the record must show one-on-one contact',
    'the record does not show one-on-one contact',
  ],
  [
    '{ record.contact: { isNot: group } }',
    'the contact is documented and is not group',
    'the contact must be documented and must not be group',
    'the contact is not documented or is group',
  ],
  [
    '{ record.performedBy: $people }',
    'the service is performed by a chiropractor or a physician',
    'the service must be performed by a chiropractor or a physician',
    'the service is not performed by a chiropractor or a physician',
  ],
  [
    '{ record.performedBy: { noneOf: [therapist-assistant, other] } }',
    'the performer of the service is documented and is not therapist assistant or other',
    'the performer of the service must be documented and must not be therapist assistant or other',
    'the performer of the service is not documented or is therapist assistant or other',
  ],
  [
    '{ record.rationale: { documented: true } }',
    'the rationale for the therapy is documented',
    'the rationale for the therapy must be documented',
    'the rationale for the therapy is not documented',
  ],
  [
    '{ record.rationale: { documented: false } }',
    'the rationale for the therapy is not documented',
    'the rationale for the therapy must not be documented',
    'the rationale for the therapy is documented',
  ],
  [
    '{ record.regions: { documented: true } }',
    'the treated regions are documented',
    'the treated regions must be documented',
    'the treated regions are not documented',
  ],
  [
    '{ record.regions: { sizeAtLeast: 2 } }',
    'the treated regions number at least 2',
    'the treated regions must number at least 2',
    'the treated regions do not number at least 2',
  ],
  [
    '{ record.regions: { sizeAtMost: 2 } }',
    'the treated regions number at most 2',
    'the treated regions must number at most 2',
    'the treated regions do not number at most 2',
  ],
  [
    '{ record.regions: { includesNone: [rib-cage, head] } }',
    'the treated regions are documented and do not include rib cage or head',
    'the treated regions must be documented and must not include rib cage or head',
    'the treated regions are not documented or include rib cage or head',
  ],
  [
    '{ record.activities: { includesAny: [lifting, carrying] } }',
    'the activities performed include lifting or carrying',
    'the activities performed must include lifting or carrying',
    'the activities performed do not include lifting or carrying',
  ],
  [
    '{ record.consistentWith: { includesAll: [complaint, plan] } }',
    'the service is consistent with the complaint and plan',
    'the service must be consistent with the complaint and plan',
    'the service is not consistent with the complaint and plan',
  ],
  [
    '{ record.medicallyNecessary: true }',
    'the record shows that the service is medically necessary',
    'the record must show that the service is medically necessary',
    'the record does not show that the service is medically necessary',
  ],
  [
    '{ plan.active: { isNot: true } }',
    'the treatment plan is recorded as not active',
    'the treatment plan must be recorded as not active',
    'the treatment plan is not recorded as not active',
  ],
  [
    '{ line.modifiers: { includes: GP } }',
    'the modifiers include GP',
    'the modifiers must include GP',
    'the modifiers do not include GP',
  ],
  [
    '{ line.modifiers: { excludes: GA } }',
    'the modifiers do not include GA',
    'the modifiers must not include GA',
    'the modifiers include GA',
  ],
  [
    '{ plan.therapies: { includesAny: $timed } }',
    'the therapies in the plan include at least one entry of the list “Timed codes”',
    'the therapies in the plan must include at least one entry of the list “Timed codes”',
    'the therapies in the plan do not include any entry of the list “Timed codes”',
  ],
  [
    '{ plan.therapies: { includes: { fact: line.code } } }',
    'the therapies in the plan include the procedure code',
    'the therapies in the plan must include the procedure code',
    'the therapies in the plan do not include the procedure code',
  ],
  [
    '{ plan.through: { before: { fact: plan.start, plusDays: 28 } } }',
    'the last day of the plan is earlier than 28 days after the first day of the plan',
    'the last day of the plan must be earlier than 28 days after the first day of the plan',
    'the last day of the plan is not earlier than 28 days after the first day of the plan',
  ],
  [
    '{ visit.date: { onOrAfter: 2024-03-04 } }',
    'the date of service is no earlier than 4 March 2024',
    'the date of service must be no earlier than 4 March 2024',
    'the date of service is not on or after 4 March 2024',
  ],
  [
    '{ visit.date: { onOrBefore: 2024-03-04 } }',
    'the date of service is no later than 4 March 2024',
    'the date of service must be no later than 4 March 2024',
    'the date of service is not on or before 4 March 2024',
  ],
  [
    '{ visit.date: { after: { fact: plan.through } } }',
    'the date of service is later than the last day of the plan',
    'the date of service must be later than the last day of the plan',
    'the date of service is not later than the last day of the plan',
  ],
  [
    '{ visit.date: { withinDaysOf: { fact: episode.firstVisit, days: 28 } } }',
    'the date of service is within 28 days of the first visit of the episode',
    'the date of service must be within 28 days of the first visit of the episode',
    'the date of service is not within 28 days of the first visit of the episode',
  ],
  [
    '{ derived.lines: { atLeast: 2 } }',
    'the figure “lines” is at least 2',
    'the figure “lines” must be at least 2',
    'the figure “lines” is not at least 2',
  ],
  [
    '{ condition: early }',
    'the number of this visit in the episode is at most 3',
    'the number of this visit in the episode must be at most 3',
    'the number of this visit in the episode is not at most 3',
  ],
  ['{ condition: planned }', '“planned” holds', '“planned” must hold', '“planned” does not hold'],
  [
    '{ not: { condition: planned } }',
    '“planned” does not hold',
    '“planned” must not hold',
    '“planned” holds',
  ],
  [
    '{ line.code: 97530, note.phaseOfCare: initial }',
    'the procedure code is 97530 and the phase of care is initial',
    'the procedure code must be 97530 and the phase of care must be initial',
    'the procedure code is not 97530 or the phase of care is not initial',
  ],
  [
    '{ any: [{ line.code: 97530 }, { note.phaseOfCare: initial }] }',
    'the procedure code is 97530 or the phase of care is initial',
    'at least one of these must hold: [the procedure code is 97530 | the phase of care is initial]',
    'the procedure code is not 97530 and the phase of care is not initial',
  ],
  [
    '{ anyOtherLine: { other.line.code: 98940 } }',
    'there is another line of the visit on which the procedure code is 98940',
    'there must be another line of the visit on which the procedure code is 98940',
    'there is no other line of the visit on which the procedure code is 98940',
  ],
  [
    '{ noOtherLine: { other.line.code: { is: { fact: line.code } } } }',
    'there is no other line of the visit on which the procedure code is the same as that of this line',
    'there must be no other line of the visit on which the procedure code is the same as that of this line',
    'there is another line of the visit on which the procedure code is the same as that of this line',
  ],
  [
    '{ everyOtherLine: { other.line.code: { noneOf: $timed } } }',
    'on every other line of the visit, the procedure code is not on the list “Timed codes”',
    'on every other line of the visit, the procedure code must not be on the list “Timed codes”',
    'there is another line of the visit on which it is not so that the procedure code is not on the list “Timed codes”',
  ],
  [
    '{ anyOtherLine: { other.record.regions: { includesAny: { fact: record.regions } } } }',
    'there is another line of the visit on which the treated regions include at least one of those of this line',
    'there must be another line of the visit on which the treated regions include at least one of those of this line',
    'there is no other line of the visit on which the treated regions include at least one of those of this line',
  ],
  [
    '{ anyOtherLine: { other.line.code: { pairedWith: { fact: line.code, in: $pairs } } } }',
    'there is another line of the visit on which the procedure code is column one of a pair whose column two is this line’s procedure code, on the list “Pairs”',
    'there must be another line of the visit on which the procedure code is column one of a pair whose column two is this line’s procedure code, on the list “Pairs”',
    'there is no other line of the visit on which the procedure code is column one of a pair whose column two is this line’s procedure code, on the list “Pairs”',
  ],
];

describe('a condition in words', () => {
  it.each(sentences)('%s', (condition, is, must, not) => {
    expect(say(condition)).toEqual({ is, must, not });
  });

  it('has an example of every operator', () => {
    const text = sentences.map(([condition]) => condition).join(' ');
    const shorthand = ['is', 'oneOf'];
    expect(operatorNames.filter((name) => !shorthand.includes(name) && !text.includes(`${name}:`))).toEqual(
      [],
    );
  });
});

it('every built-in fact has a name that people use', () => {
  expect(vocabulary.filter(({ path }) => !(path in nouns)).map(({ path }) => path)).toEqual([]);
  expect(Object.keys(nouns).filter((path) => !vocabulary.some((fact) => fact.path === path))).toEqual([]);
});
