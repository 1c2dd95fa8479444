import type { Decision, RuleOutcome, Truth } from './outcome.ts';

/**
 * The meaning of the language as a table: tiny conditions, rules and policies, what is known, and what follows.
 * Everything was written by hand from the language reference; both evaluators must agree with it.
 *
 * Conditions, rules and encounters have the form they have in files. What is not given stands as `encounterOf` in
 * `conformance.test.ts` has it: one line, code 97530, 1 unit, of 2024-03-04, payer `p`, and nothing else supplied.
 */
export interface Given {
  /** The record of line 1; left out = never supplied. */
  readonly record?: object;
  /** More of line 1. */
  readonly line?: object;
  /** Further lines. */
  readonly others?: readonly object[];
  readonly visit?: object;
  readonly note?: object;
  readonly plan?: object;
  readonly episode?: object;
  readonly priorVisits?: readonly object[];
}

export type ConditionCase = readonly [condition: object, given: Given, result: Truth];

const T = true;
const F = false;
const U = 'unknown';

const minutes = (n: number | null): Given => ({ record: { minutes: n } });
const regions = (...names: readonly string[]): Given => ({ record: { regions: names } });
const nothing: Given = {};
const emptyRecord: Given = { record: {} };

/** What a condition says of line 1. */
export const conditionCases: Readonly<Record<string, readonly ConditionCase[]>> = {
  'scalars: is, isNot, oneOf, noneOf': [
    [{ 'line.code': '97530' }, nothing, T],
    [{ 'line.code': '97110' }, nothing, F],
    [{ 'line.code': ['97110', '97530'] }, nothing, T],
    [{ 'line.code': { isNot: '97110' } }, nothing, T],
    [{ 'line.code': { isNot: '97530' } }, nothing, F],
    [{ 'line.code': { noneOf: ['97110', '97140'] } }, nothing, T],
    [{ 'line.code': { noneOf: ['97110', '97530'] } }, nothing, F],
    [{ 'line.code': { oneOf: '$few' } }, nothing, T],
    [{ 'line.code': '00100' }, { line: { code: '00100' } }, T],
    [{ 'line.code': '0213T' }, { line: { code: '0213T' } }, T],
    [{ 'record.contact': 'group' }, { record: { contact: 'group' } }, T],
    [{ 'record.type': '8' }, { record: { type: '8' } }, T],
    [{ 'record.type': '8' }, { record: { type: '08' } }, F],
    [{ 'record.type': { oneOf: ['constructor'] } }, { record: { type: '__proto__' } }, F],
    [{ 'record.improvementExpected': true }, { record: { improvementExpected: false } }, F],
    [{ 'record.improvementExpected': false }, { record: { improvementExpected: false } }, T],
  ],
  'an empty field fails every test but documented: false': [
    [{ 'record.minutes': 8 }, emptyRecord, F],
    [{ 'record.minutes': { isNot: 8 } }, emptyRecord, F],
    [{ 'record.minutes': { oneOf: [8] } }, emptyRecord, F],
    [{ 'record.minutes': { noneOf: [8] } }, emptyRecord, F],
    [{ 'record.minutes': { lessThan: 8 } }, emptyRecord, F],
    [{ 'record.minutes': { atMost: 8 } }, emptyRecord, F],
    [{ 'record.minutes': { atLeast: 0 } }, emptyRecord, F],
    [{ 'record.minutes': { moreThan: 0 } }, emptyRecord, F],
    [{ 'record.minutes': { atMost: 8 } }, minutes(null), F],
    [{ 'record.improvementExpected': false }, emptyRecord, F],
    [{ 'record.regions': { includes: 'lumbar' } }, emptyRecord, F],
    [{ 'record.regions': { excludes: 'lumbar' } }, emptyRecord, F],
    [{ 'record.regions': { includesAny: ['lumbar'] } }, emptyRecord, F],
    [{ 'record.regions': { includesAll: ['lumbar'] } }, emptyRecord, F],
    [{ 'record.regions': { includesNone: ['lumbar'] } }, emptyRecord, F],
    [{ 'record.regions': { sizeAtLeast: 0 } }, emptyRecord, F],
    [{ 'record.regions': { sizeAtMost: 5 } }, emptyRecord, F],
    [{ 'record.regions': { includesNone: ['lumbar'] } }, regions(), F],
    [{ 'plan.start': { before: '2030-01-01' } }, { plan: {} }, F],
    [{ 'plan.start': { after: '1990-01-01' } }, { plan: {} }, F],
    [{ 'plan.start': { onOrBefore: '2030-01-01' } }, { plan: {} }, F],
    [{ 'plan.start': { onOrAfter: '1990-01-01' } }, { plan: {} }, F],
    [{ 'plan.start': { withinDaysOf: { date: '2024-03-04', days: 10_000 } } }, { plan: {} }, F],
    [{ 'record.minutes': { documented: true } }, emptyRecord, F],
    [{ 'record.minutes': { documented: false } }, emptyRecord, T],
    [{ 'record.type': { documented: true } }, { record: { type: '  ' } }, F],
    [{ 'record.regions': { documented: false } }, regions(), T],
    // The test is false, so its negation is true: emptiness is not the unknown.
    [{ not: { 'record.minutes': { atLeast: 8 } } }, emptyRecord, T],
  ],
  documented: [
    [{ 'record.minutes': { documented: true } }, minutes(0), T],
    [{ 'record.improvementExpected': { documented: true } }, { record: { improvementExpected: false } }, T],
    [{ 'record.regions': { documented: true } }, regions('lumbar'), T],
    [{ 'record.regions': { documented: false } }, regions('lumbar'), F],
    [{ 'record.minutes': { documented: true } }, nothing, U],
    [{ 'record.minutes': { documented: false } }, nothing, U],
  ],
  'a section that was never supplied leaves everything unknown': [
    [{ 'record.minutes': { atLeast: 8 } }, nothing, U],
    [{ 'record.minutes': { isNot: 8 } }, nothing, U],
    [{ 'record.regions': { excludes: 'lumbar' } }, nothing, U],
    [{ 'plan.active': true }, emptyRecord, U],
    [{ 'note.findings': { documented: false } }, emptyRecord, U],
    [{ not: { 'record.minutes': { atLeast: 8 } } }, nothing, U],
  ],
  'absence of a list on the claim says none': [
    [{ 'line.modifiers': { includes: 'GP' } }, nothing, F],
    [{ 'line.modifiers': { excludes: 'GP' } }, nothing, T],
    [{ 'line.modifiers': { includesNone: ['GP', 'GO'] } }, nothing, T],
    [{ 'line.modifiers': { includesAny: ['GP', 'GO'] } }, nothing, F],
    [{ 'line.modifiers': { sizeAtMost: 0 } }, nothing, T],
    [{ 'line.modifiers': { sizeAtLeast: 1 } }, nothing, F],
    [{ 'line.modifiers': { excludes: 'GP' } }, { line: { modifiers: ['GP'] } }, F],
    [{ 'line.modifiers': { sizeAtMost: 0 } }, { line: { modifiers: [] } }, T],
    [{ 'visit.diagnoses': { excludes: 'M54.50' } }, nothing, T],
    [{ 'line.diagnosisPointers': { includesNone: [1] } }, nothing, T],
    [{ 'line.modifiers': { documented: false } }, nothing, T],
    // Other fields of the claim are empty when they are absent.
    [{ 'line.placeOfService': { isNot: '11' } }, nothing, F],
    [{ 'line.charge': { atMost: 100 } }, nothing, F],
  ],
  'numbers at their limits': [
    [{ 'record.minutes': { lessThan: 8 } }, minutes(7), T],
    [{ 'record.minutes': { lessThan: 8 } }, minutes(8), F],
    [{ 'record.minutes': { atMost: 8 } }, minutes(8), T],
    [{ 'record.minutes': { atMost: 8 } }, minutes(9), F],
    [{ 'record.minutes': { atLeast: 8 } }, minutes(7), F],
    [{ 'record.minutes': { atLeast: 8 } }, minutes(8), T],
    [{ 'record.minutes': { moreThan: 8 } }, minutes(8), F],
    [{ 'record.minutes': { moreThan: 8 } }, minutes(9), T],
    [{ 'record.minutes': { atLeast: 8, lessThan: 23 } }, minutes(22), T],
    [{ 'record.minutes': { atLeast: 8, lessThan: 23 } }, minutes(23), F],
    [{ 'record.minutes': 0 }, minutes(0), T],
    [{ 'record.minutes': { atLeast: 9 } }, minutes(10), T],
    [{ 'line.charge': { atMost: 45.1 } }, { line: { charge: 45.1 } }, T],
  ],
  'days at their limits': [
    [{ 'visit.date': { before: '2024-03-04' } }, nothing, F],
    [{ 'visit.date': { before: '2024-03-05' } }, nothing, T],
    [{ 'visit.date': { onOrBefore: '2024-03-04' } }, nothing, T],
    [{ 'visit.date': { onOrBefore: '2024-03-03' } }, nothing, F],
    [{ 'visit.date': { onOrAfter: '2024-03-04' } }, nothing, T],
    [{ 'visit.date': { onOrAfter: '2024-03-05' } }, nothing, F],
    [{ 'visit.date': { after: '2024-03-04' } }, nothing, F],
    [{ 'visit.date': { after: '2024-03-03' } }, nothing, T],
    [{ 'visit.date': '2024-03-04' }, nothing, T],
    [{ 'visit.date': { isNot: '2024-03-04' } }, nothing, F],
    [{ 'visit.date': { after: '2023-12-31' } }, nothing, T],
    [
      { 'plan.start': { withinDaysOf: { date: '2024-02-28', days: 2 } } },
      { plan: { start: '2024-03-01' } },
      T,
    ],
    [
      { 'plan.start': { withinDaysOf: { date: '2024-02-28', days: 1 } } },
      { plan: { start: '2024-03-01' } },
      F,
    ],
    [
      { 'plan.start': { withinDaysOf: { date: '2024-03-01', days: 2 } } },
      { plan: { start: '2024-02-28' } },
      T,
    ],
    [
      { 'plan.start': { withinDaysOf: { date: '2024-03-01', days: 0 } } },
      { plan: { start: '2024-03-01' } },
      T,
    ],
  ],
  lists: [
    [{ 'record.regions': { includes: 'lumbar' } }, regions('thoracic', 'lumbar'), T],
    [{ 'record.regions': { includes: 'lumbar' } }, regions('thoracic'), F],
    [{ 'record.regions': { excludes: 'lumbar' } }, regions('thoracic'), T],
    [{ 'record.regions': { includesAny: ['lumbar', 'sacral'] } }, regions('sacral', 'head'), T],
    [{ 'record.regions': { includesAny: ['lumbar', 'sacral'] } }, regions('head'), F],
    [{ 'record.regions': { includesAll: ['lumbar', 'sacral'] } }, regions('sacral', 'head', 'lumbar'), T],
    [{ 'record.regions': { includesAll: ['lumbar', 'sacral'] } }, regions('sacral', 'head'), F],
    [{ 'record.regions': { includesNone: ['lumbar', 'sacral'] } }, regions('head'), T],
    [{ 'record.regions': { includesNone: ['lumbar', 'sacral'] } }, regions('head', 'lumbar'), F],
    [{ 'record.regions': { sizeAtLeast: 2 } }, regions('head', 'lumbar'), T],
    [{ 'record.regions': { sizeAtLeast: 2 } }, regions('head'), F],
    [{ 'record.regions': { sizeAtMost: 1 } }, regions('head'), T],
    [{ 'record.regions': { sizeAtMost: 1 } }, regions('head', 'lumbar'), F],
  ],
  'codes: startsWith and pairedWith': [
    [{ 'line.code': { startsWith: '975' } }, nothing, T],
    [{ 'line.code': { startsWith: '971' } }, nothing, F],
    [{ 'line.code': { startsWith: '97530' } }, nothing, T],
    [
      { anyOtherLine: { 'line.code': { pairedWith: { fact: 'other.line.code', in: '$pairs' } } } },
      { others: [{ code: '97116' }] },
      T,
    ],
    // This line must be column one, and the other column two.
    [
      { anyOtherLine: { 'other.line.code': { pairedWith: { fact: 'line.code', in: '$pairs' } } } },
      { others: [{ code: '97116' }] },
      F,
    ],
    [
      { anyOtherLine: { 'line.code': { pairedWith: { fact: 'other.line.code', in: '$pairs' } } } },
      { others: [{ code: '97140' }] },
      F,
    ],
    // A pair that is in force only from the day after.
    [
      { anyOtherLine: { 'line.code': { pairedWith: { fact: 'other.line.code', in: '$pairs' } } } },
      { others: [{ code: '97112' }] },
      F,
    ],
  ],
  'compared with another fact: false where either side is empty, else unknown where either is': [
    [
      { 'record.minutes': { atMost: { fact: 'note.totalTreatmentMinutes' } } },
      { record: { minutes: 8 }, note: { totalTreatmentMinutes: 8 } },
      T,
    ],
    [
      { 'record.minutes': { atMost: { fact: 'note.totalTreatmentMinutes' } } },
      { record: { minutes: 9 }, note: { totalTreatmentMinutes: 8 } },
      F,
    ],
    [
      { 'record.minutes': { atMost: { fact: 'note.totalTreatmentMinutes' } } },
      { record: { minutes: 8 }, note: {} },
      F,
    ],
    [
      { 'record.minutes': { isNot: { fact: 'note.totalTreatmentMinutes' } } },
      { record: { minutes: 8 }, note: {} },
      F,
    ],
    [
      { 'record.minutes': { moreThan: { fact: 'note.totalTreatmentMinutes' } } },
      { record: { minutes: 8 }, note: {} },
      F,
    ],
    [{ 'record.minutes': { atMost: { fact: 'note.totalTreatmentMinutes' } } }, { record: {}, note: {} }, F],
    [{ 'record.minutes': { atMost: { fact: 'note.totalTreatmentMinutes' } } }, { record: {} }, F],
    [{ 'record.minutes': { atMost: { fact: 'note.totalTreatmentMinutes' } } }, { note: {} }, F],
    [{ 'record.minutes': { atMost: { fact: 'note.totalTreatmentMinutes' } } }, { record: { minutes: 8 } }, U],
    [
      { 'record.minutes': { atMost: { fact: 'note.totalTreatmentMinutes' } } },
      { note: { totalTreatmentMinutes: 8 } },
      U,
    ],
    [{ 'record.minutes': { atMost: { fact: 'note.totalTreatmentMinutes' } } }, nothing, U],
    [
      { 'line.units': { atMost: { fact: 'plan.visits', plus: 1 } } },
      { line: { units: 3 }, plan: { visits: 2 } },
      T,
    ],
    [
      { 'line.units': { atMost: { fact: 'plan.visits', plus: 1 } } },
      { line: { units: 4 }, plan: { visits: 2 } },
      F,
    ],
    [{ 'line.units': { atMost: { fact: 'plan.visits', plus: 1 } } }, { plan: {} }, F],
    [
      { 'note.outcomeScore': { is: { fact: 'episode.baselineScore', plus: 0.1 } } },
      { note: { outcomeScore: 0.3 }, episode: { baselineScore: 0.2 } },
      T,
    ],
    [
      { 'note.outcomeScore': { lessThan: { fact: 'episode.baselineScore', plus: -0.1 } } },
      { note: { outcomeScore: 0.2 }, episode: { baselineScore: 0.3 } },
      F,
    ],
    [
      { 'visit.date': { onOrBefore: { fact: 'plan.start', plusDays: 4 } } },
      { plan: { start: '2024-02-29' } },
      T,
    ],
    [
      { 'visit.date': { onOrBefore: { fact: 'plan.start', plusDays: 3 } } },
      { plan: { start: '2024-02-29' } },
      F,
    ],
    [
      { 'visit.date': { withinDaysOf: { fact: 'episode.lastEvaluation', days: 28 } } },
      { episode: { lastEvaluation: '2024-02-05' } },
      T,
    ],
    [
      { 'visit.date': { withinDaysOf: { fact: 'episode.lastEvaluation', days: 27 } } },
      { episode: { lastEvaluation: '2024-02-05' } },
      F,
    ],
    [{ 'visit.date': { withinDaysOf: { fact: 'episode.lastEvaluation', days: 28 } } }, { episode: {} }, F],
    [{ 'visit.date': { withinDaysOf: { fact: 'episode.lastEvaluation', days: 28 } } }, nothing, U],
    [{ 'line.code': { oneOf: { fact: 'plan.therapies' } } }, { plan: { therapies: ['97110', '97530'] } }, T],
    [{ 'line.code': { noneOf: { fact: 'plan.therapies' } } }, { plan: { therapies: [] } }, F],
    [{ 'line.code': { noneOf: { fact: 'plan.therapies' } } }, nothing, U],
  ],
  'all: false if any is false, true if all are true, else unknown': [
    [{ all: [{ 'line.units': 1 }, { 'line.code': '97530' }] }, nothing, T],
    [{ all: [{ 'line.units': 1 }, { 'line.code': '97110' }] }, nothing, F],
    [{ all: [{ 'line.units': 1 }, { 'plan.active': true }] }, nothing, U],
    [{ all: [{ 'line.units': 2 }, { 'plan.active': true }] }, nothing, F],
    [{ all: [{ 'plan.active': true }, { 'line.units': 2 }] }, nothing, F],
    [{ all: [{ 'plan.active': true }, { 'note.findings': 'x' }] }, nothing, U],
    [{ 'plan.active': true, 'line.units': 2 }, nothing, F],
  ],
  'any: true if any is true, false if all are false, else unknown': [
    [{ any: [{ 'line.units': 1 }, { 'line.code': '97110' }] }, nothing, T],
    [{ any: [{ 'line.units': 2 }, { 'line.code': '97110' }] }, nothing, F],
    [{ any: [{ 'line.units': 2 }, { 'plan.active': true }] }, nothing, U],
    [{ any: [{ 'line.units': 1 }, { 'plan.active': true }] }, nothing, T],
    [{ any: [{ 'plan.active': true }, { 'line.units': 1 }] }, nothing, T],
    [{ any: [{ 'plan.active': true }, { 'note.findings': 'x' }] }, nothing, U],
  ],
  'not, and names': [
    [{ not: { 'line.units': 1 } }, nothing, F],
    [{ not: { 'line.units': 2 } }, nothing, T],
    [{ not: { 'plan.active': true } }, nothing, U],
    [{ not: { all: [{ 'line.units': 2 }, { 'plan.active': true }] } }, nothing, T],
    [{ not: { not: { 'line.units': 1 } } }, nothing, T],
    [{ condition: 'isShort' }, minutes(7), T],
    [{ condition: 'isShort' }, minutes(8), F],
    [{ condition: 'isShort' }, nothing, U],
    [{ not: { condition: 'isShort' } }, minutes(7), F],
  ],
  'other lines': [
    [{ anyOtherLine: { 'other.line.code': '97110' } }, nothing, F],
    [{ everyOtherLine: { 'other.line.code': '97110' } }, nothing, T],
    [{ noOtherLine: { 'other.line.code': '97110' } }, nothing, T],
    // A line is not its own other.
    [{ anyOtherLine: { 'other.line.code': '97530' } }, nothing, F],
    [{ anyOtherLine: { 'other.line.code': '97530' } }, { others: [{ code: '97530' }] }, T],
    [{ anyOtherLine: { 'other.line.code': '97110' } }, { others: [{ code: '97140' }, { code: '97110' }] }, T],
    [
      { everyOtherLine: { 'other.line.code': '97110' } },
      { others: [{ code: '97140' }, { code: '97110' }] },
      F,
    ],
    [
      { everyOtherLine: { 'other.line.code': '97110' } },
      { others: [{ code: '97110' }, { code: '97110' }] },
      T,
    ],
    [{ noOtherLine: { 'other.line.code': '97110' } }, { others: [{ code: '97140' }, { code: '97110' }] }, F],
    [{ anyOtherLine: { 'other.record.minutes': { atLeast: 8 } } }, { others: [{ code: '97110' }] }, U],
    [
      { anyOtherLine: { 'other.record.minutes': { atLeast: 8 } } },
      { others: [{ code: '97110' }, { code: '97140', record: { minutes: 8 } }] },
      T,
    ],
    [
      { anyOtherLine: { 'other.record.minutes': { atLeast: 8 } } },
      { others: [{ code: '97110' }, { code: '97140', record: { minutes: 7 } }] },
      U,
    ],
    [
      { everyOtherLine: { 'other.record.minutes': { atLeast: 8 } } },
      { others: [{ code: '97110' }, { code: '97140', record: { minutes: 7 } }] },
      F,
    ],
    [
      { everyOtherLine: { 'other.record.minutes': { atLeast: 8 } } },
      { others: [{ code: '97110' }, { code: '97140', record: { minutes: 8 } }] },
      U,
    ],
    [
      { noOtherLine: { 'other.record.minutes': { atLeast: 8 } } },
      { others: [{ code: '97110' }, { code: '97140', record: { minutes: 8 } }] },
      F,
    ],
    [{ noOtherLine: { 'other.record.minutes': { atLeast: 8 } } }, { others: [{ code: '97110' }] }, U],
    // Inside, this line is still this line.
    [
      { anyOtherLine: { 'record.regions': { includesAny: { fact: 'other.record.regions' } } } },
      {
        record: { regions: ['lumbar'] },
        others: [{ code: '98941', record: { regions: ['thoracic', 'lumbar'] } }],
      },
      T,
    ],
    [
      { anyOtherLine: { 'record.regions': { includesAny: { fact: 'other.record.regions' } } } },
      {
        record: { regions: ['head'] },
        others: [{ code: '98941', record: { regions: ['thoracic', 'lumbar'] } }],
      },
      F,
    ],
    [
      { anyOtherLine: { 'record.regions': { includesAny: { fact: 'other.record.regions' } } } },
      { record: {}, others: [{ code: '98941' }] },
      F,
    ],
    [
      { anyOtherLine: { 'line.units': { lessThan: { fact: 'other.line.units' } } } },
      { others: [{ code: '97110', units: 2 }] },
      T,
    ],
    // `not` around and `not` inside are different questions.
    [
      { not: { anyOtherLine: { 'other.line.code': '97110' } } },
      { others: [{ code: '97110' }, { code: '97140' }] },
      F,
    ],
    [
      { anyOtherLine: { not: { 'other.line.code': '97110' } } },
      { others: [{ code: '97110' }, { code: '97140' }] },
      T,
    ],
  ],
  figures: [
    [{ 'derived.lines': 3 }, { others: [{ code: '97110' }, { code: '97530' }] }, T],
    [{ 'derived.distinctCodes': 2 }, { others: [{ code: '97110' }, { code: '97530' }] }, T],
    [
      { 'derived.totalUnits': 6 },
      {
        others: [
          { code: '97110', units: 2 },
          { code: '97530', units: 3 },
        ],
      },
      T,
    ],
    [
      { 'derived.longLines': 1 },
      { record: { minutes: 15 }, others: [{ code: '97110', record: { minutes: 14 } }] },
      T,
    ],
    // Whether a line counts is unknown, and so is the count.
    [{ 'derived.longLines': { atLeast: 1 } }, { record: { minutes: 15 }, others: [{ code: '97110' }] }, U],
    [{ 'derived.allMinutes': 22 }, { record: { minutes: 22 }, others: [{ code: '97110', record: {} }] }, T],
    [{ 'derived.allMinutes': { atLeast: 0 } }, { record: { minutes: 22 }, others: [{ code: '97110' }] }, U],
    [{ 'derived.mostPriorTherapies': 4 }, { priorVisits: [{ therapies: 3 }, { therapies: 4 }, {}] }, T],
    [{ 'derived.mostPriorTherapies': { atLeast: 0 } }, { priorVisits: [] }, F],
    [{ 'derived.mostPriorTherapies': { documented: false } }, { priorVisits: [] }, T],
    [{ 'derived.mostPriorTherapies': { documented: false } }, nothing, U],
    [{ 'derived.priorWithTraction': 0 }, { priorVisits: [{}, { codes: ['97110'] }] }, T],
    [{ 'derived.priorWithTraction': 1 }, { priorVisits: [{}, { codes: ['97012'] }] }, T],
    [
      { 'derived.firstPrior': { before: '2024-03-01' } },
      { priorVisits: [{ date: '2024-03-02' }, { date: '2024-02-29' }] },
      T,
    ],
  ],
  'units under the time rule: per service, a floor of 8, codes 97110 and 97530': [
    [{ 'record.supportableUnits': 0 }, minutes(7), T],
    [{ 'record.supportableUnits': 1 }, minutes(8), T],
    [{ 'record.supportableUnits': 1 }, minutes(22), T],
    [{ 'record.supportableUnits': 2 }, minutes(23), T],
    // Supplied and empty is no minutes; never supplied is unknown.
    [{ 'record.supportableUnits': 0 }, emptyRecord, T],
    [{ 'record.supportableUnits': 0 }, nothing, U],
    // Of a line that is not timed there is nothing to say.
    [{ 'record.supportableUnits': { atLeast: 0 } }, { ...minutes(15), line: { code: '97012' } }, F],
    [{ 'record.supportableUnits': { documented: false } }, { line: { code: '97012' } }, T],
    // Minutes of one code are pooled: 10 and 15 are 25 minutes, two units, one for each line that billed one.
    [
      { 'record.supportableUnits': 1 },
      { ...minutes(10), others: [{ code: '97530', record: { minutes: 15 } }] },
      T,
    ],
    [
      { 'visit.supportableUnits': 2 },
      { ...minutes(10), others: [{ code: '97530', record: { minutes: 15 } }] },
      T,
    ],
    // 7 minutes of another code are below the floor and set aside.
    [{ 'visit.timedMinutes': 8 }, { ...minutes(8), others: [{ code: '97110', record: { minutes: 7 } }] }, T],
    [
      { 'visit.supportableUnits': 1 },
      { ...minutes(8), others: [{ code: '97110', record: { minutes: 7 } }] },
      T,
    ],
    // Another code without its record leaves the visit open, and this line as it is.
    [{ 'record.supportableUnits': 1 }, { ...minutes(8), others: [{ code: '97110' }] }, T],
    [{ 'visit.supportableUnits': 1 }, { ...minutes(8), others: [{ code: '97110' }] }, U],
    [
      { 'visit.billedTimedUnits': 3 },
      {
        others: [
          { code: '97110', units: 2 },
          { code: '97012', units: 4 },
        ],
      },
      T,
    ],
  ],
};

export type RuleCase = readonly [title: string, rule: object, given: Given, outcome: RuleOutcome];

const holds = { 'line.units': 1 };
const fails = { 'line.units': 2 };
const isOpen = { 'plan.active': true };
const requirement = { otherwise: 'deny' };
const prohibition = { then: 'deny' };

/** What becomes of a rule: for a line, or for the visit where the rule says so. */
export const ruleCases: readonly RuleCase[] = [
  ['a requirement that holds', { require: holds, ...requirement }, nothing, 'met'],
  ['a requirement that fails', { require: fails, ...requirement }, nothing, 'violated'],
  ['a requirement of which nothing is known', { require: isOpen, ...requirement }, nothing, 'undetermined'],
  ['does not apply', { when: fails, require: fails, ...requirement }, nothing, 'not-applicable'],
  [
    'does not apply, though nothing is known of what it requires',
    { when: fails, require: isOpen, ...requirement },
    nothing,
    'not-applicable',
  ],
  ['may apply', { when: isOpen, require: fails, ...requirement }, nothing, 'undetermined'],
  [
    'may apply, and its requirement holds anyway',
    { when: isOpen, require: holds, ...requirement },
    nothing,
    'undetermined',
  ],
  ['applies and holds', { when: holds, require: holds, ...requirement }, nothing, 'met'],
  ['applies and fails', { when: holds, require: fails, ...requirement }, nothing, 'violated'],
  ['fails with an exception that holds', { require: fails, unless: holds, ...requirement }, nothing, 'met'],
  [
    'fails with an exception that fails',
    { require: fails, unless: fails, ...requirement },
    nothing,
    'violated',
  ],
  [
    'fails with an exception of which nothing is known',
    { require: fails, unless: isOpen, ...requirement },
    nothing,
    'undetermined',
  ],
  [
    'unknown with an exception that holds',
    { require: isOpen, unless: holds, ...requirement },
    nothing,
    'met',
  ],
  [
    'unknown with an exception that fails',
    { require: isOpen, unless: fails, ...requirement },
    nothing,
    'undetermined',
  ],
  [
    'an exception excuses nobody whom the rule does not concern',
    { when: fails, require: fails, unless: holds, ...requirement },
    nothing,
    'not-applicable',
  ],
  ['a prohibition that applies', { when: holds, ...prohibition }, nothing, 'violated'],
  ['a prohibition that does not', { when: fails, ...prohibition }, nothing, 'not-applicable'],
  ['a prohibition that may', { when: isOpen, ...prohibition }, nothing, 'undetermined'],
  [
    'a prohibition with an exception that holds',
    { when: holds, unless: holds, ...prohibition },
    nothing,
    'met',
  ],
  [
    'a prohibition with an exception that fails',
    { when: holds, unless: fails, ...prohibition },
    nothing,
    'violated',
  ],
  [
    'a prohibition with an exception of which nothing is known',
    { when: holds, unless: isOpen, ...prohibition },
    nothing,
    'undetermined',
  ],
  [
    'a rule for the visit',
    { for: 'visit', require: { 'plan.active': true }, ...requirement },
    { plan: { active: false } },
    'violated',
  ],
  [
    'a rule for the visit that asks for a figure',
    { for: 'visit', require: { 'derived.lines': { atMost: 1 } }, ...requirement },
    { others: [{ code: '97110' }] },
    'violated',
  ],
  [
    'a rule for the visit whose section is missing',
    { for: 'visit', require: { 'plan.active': true }, ...requirement },
    nothing,
    'undetermined',
  ],
];

/** `received: { from: 2024-03-05, to: 2024-03-10 }` of a rule, by the date received. */
const inMarch = { received: { from: '2024-03-05', to: '2024-03-10' } };
export const receivedCases: readonly RuleCase[] = (
  [
    ['the day before', '2024-03-04', 'not-applicable'],
    ['the first day', '2024-03-05', 'violated'],
    ['the last day', '2024-03-10', 'violated'],
    ['the day after', '2024-03-11', 'not-applicable'],
    ['not supplied', null, 'undetermined'],
  ] as const
).flatMap(([when, received, outcome]): readonly RuleCase[] => [
  [
    `received on ${when}`,
    { ...inMarch, require: { 'line.units': 2 }, ...requirement },
    { visit: { received } },
    outcome,
  ],
  [
    `received on ${when}, and not what the rule is about`,
    { ...inMarch, when: { 'line.code': '97110' }, require: { 'line.units': 2 }, ...requirement },
    { visit: { received } },
    'not-applicable',
  ],
]);

/** Effects of violated rules (and `open` for an undetermined one) and what they come to. */
export const gravityCases: readonly (readonly [
  rules: readonly (Exclude<Decision, 'pay' | 'needs-record'> | 'open')[],
  decision: Decision,
])[] = [
  [[], 'pay'],
  [['advise'], 'advise'],
  [['open'], 'needs-record'],
  [['advise', 'open'], 'needs-record'],
  [['reduce', 'open'], 'reduce'],
  [['open', 'reduce', 'advise'], 'reduce'],
  [['reduce', 'review'], 'review'],
  [['review', 'open', 'deny'], 'deny'],
];

export interface PolicyCase {
  readonly title: string;
  readonly policies: readonly object[];
  /** Date of service, date received where it is known, and payer. */
  readonly on: string;
  readonly received?: string;
  readonly payer: string;
  readonly violates: readonly string[];
}

const limit = (id: string) => ({
  id,
  title: id,
  cite: 's#c',
  require: { 'line.units': { atMost: '$limit' } },
  otherwise: 'deny',
});
const never = (id: string) => ({ id, title: id, cite: 's#c', when: { 'line.units': 3 }, then: 'deny' });
const policy = (id: string, more: object) => ({
  policy: id,
  title: id,
  kind: 'billing',
  effective: { from: '2020-01-01' },
  ...more,
});
const value = (n: number) => ({ value: n, cite: 's#c' });

const dated = policy('dated', {
  parameters: {
    limit: [
      { from: '2020-01-01', ...value(2) },
      { from: '2024-01-01', ...value(3) },
    ],
  },
  rules: [limit('units')],
});
const short = policy('short', {
  effective: { from: '2024-01-01', to: '2024-03-04' },
  rules: [never('units')],
});
const forP = policy('for-p', { payers: ['p'], rules: [never('units')] });
const base = policy('base', { parameters: { limit: value(2) }, rules: [limit('units'), never('three')] });
const overlay = policy('overlay', {
  payers: ['q'],
  extends: 'base',
  effective: { from: '2024-01-01' },
  parameters: { limit: value(5) },
});
const replacing = policy('overlay', {
  payers: ['q'],
  extends: 'base',
  rules: [{ ...never('units'), when: { 'line.code': '97530' } }],
});
const revisions = [
  policy('twice', { effective: { from: '2020-01-01', to: '2023-12-31' }, rules: [never('old')] }),
  policy('twice', { effective: { from: '2024-01-01' }, rules: [never('new')] }),
];

const byReceived = [
  policy('twice', { received: { to: '2024-03-10' }, rules: [never('early')] }),
  policy('twice', { received: { from: '2024-03-11' }, rules: [never('late')] }),
];
const overReceived = policy('overlay', { payers: ['p'], extends: 'twice', rules: [never('more')] });

/** Which policies are in force, with which values; the encounter bills 3 units of 97530. */
export const policyCases: readonly PolicyCase[] = [
  {
    title: 'a dated parameter on the last day of its first value',
    policies: [dated],
    on: '2023-12-31',
    payer: 'p',
    violates: ['dated/units'],
  },
  {
    title: 'a dated parameter on the first day of its second value',
    policies: [dated],
    on: '2024-01-01',
    payer: 'p',
    violates: [],
  },
  {
    title: 'a policy on the day before its first',
    policies: [short],
    on: '2023-12-31',
    payer: 'p',
    violates: [],
  },
  {
    title: 'a policy on its first day',
    policies: [short],
    on: '2024-01-01',
    payer: 'p',
    violates: ['short/units'],
  },
  {
    title: 'a policy on its last day',
    policies: [short],
    on: '2024-03-04',
    payer: 'p',
    violates: ['short/units'],
  },
  {
    title: 'a policy on the day after its last',
    policies: [short],
    on: '2024-03-05',
    payer: 'p',
    violates: [],
  },
  {
    title: 'a policy of this payer',
    policies: [forP],
    on: '2024-03-04',
    payer: 'p',
    violates: ['for-p/units'],
  },
  { title: 'a policy of another payer', policies: [forP], on: '2024-03-04', payer: 'q', violates: [] },
  {
    title: 'a policy of every payer',
    policies: [short],
    on: '2024-03-04',
    payer: 'q',
    violates: ['short/units'],
  },
  {
    title: 'the earlier revision',
    policies: revisions,
    on: '2023-12-31',
    payer: 'p',
    violates: ['twice/old'],
  },
  { title: 'the later revision', policies: revisions, on: '2024-01-01', payer: 'p', violates: ['twice/new'] },
  {
    title: 'the revision for claims received early, on its last day',
    policies: byReceived,
    on: '2024-03-04',
    received: '2024-03-10',
    payer: 'p',
    violates: ['twice/early'],
  },
  {
    title: 'the revision for claims received late, on its first day',
    policies: byReceived,
    on: '2024-03-04',
    received: '2024-03-11',
    payer: 'p',
    violates: ['twice/late'],
  },
  {
    title: 'neither of two revisions, as long as the date received is not known',
    policies: byReceived,
    on: '2024-03-04',
    payer: 'p',
    violates: [],
  },
  {
    title: 'an overlay for the dates received of its base',
    policies: [...byReceived, overReceived],
    on: '2024-03-04',
    received: '2024-03-11',
    payer: 'p',
    violates: ['overlay/late', 'overlay/more'],
  },
  {
    title: 'two policies in the order of their names',
    policies: [short, forP],
    on: '2024-03-04',
    payer: 'p',
    violates: ['for-p/units', 'short/units'],
  },
  {
    title: 'an overlay does not concern other payers',
    policies: [base, overlay],
    on: '2024-03-04',
    payer: 'p',
    violates: ['base/units', 'base/three'],
  },
  {
    title: 'an overlay in force takes the place of its base, with its own value',
    policies: [base, overlay],
    on: '2024-03-04',
    payer: 'q',
    violates: ['overlay/three'],
  },
  {
    title: 'an overlay not yet in force leaves its base',
    policies: [base, overlay],
    on: '2023-12-31',
    payer: 'q',
    violates: ['base/units', 'base/three'],
  },
  {
    title: 'a rule of an overlay replaces the rule of the same name where it stood',
    policies: [base, replacing],
    on: '2024-03-04',
    payer: 'q',
    violates: ['overlay/units', 'overlay/three'],
  },
];
