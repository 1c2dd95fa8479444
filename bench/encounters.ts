import { dayOf } from '#engine';
import type { Encounter, FactValue } from '#engine';
import { diceOf } from './dice.ts';
import type { Dice } from './dice.ts';

/** Synthetic encounters of one to six lines, always the same for one seed. Nothing in them comes from a person. */
export function syntheticEncounters(howMany: number, seed: number): readonly Encounter[] {
  const dice = diceOf(seed);
  return Array.from({ length: howMany }, (_, index) => encounterOf(dice, `synthetic-${index + 1}`));
}

const payers = [
  'hns',
  'hns',
  'hns',
  'hns',
  'medicare',
  'medicare',
  'medicare',
  'bcbsnc',
  'united-healthcare',
];
const codes = [
  '97530',
  '97530',
  '97110',
  '97110',
  '97112',
  '97140',
  '97140',
  '97116',
  '97035',
  '97124',
  '97150',
  '97012',
  '97014',
  'G0283',
  '97010',
  '98940',
  '98941',
  '97161',
  '97164',
  '97039',
  '97113',
  '97750',
  '97033',
  '99213',
];
const modifiers = ['GP', 'GP', 'GP', '59', 'XS', 'AT', 'GO', 'GA'];
const regions = ['cervical', 'thoracic', 'lumbar', 'sacral', 'lower-extremity'];
const performers = ['chiropractor', 'chiropractor', 'physical-therapist', 'chiropractic-assistant'];
const years = [2019, 2020, 2020, 2021, 2022, 2023, 2024];

function encounterOf(dice: Dice, id: string): Encounter {
  // Few days, as in a month's claims: policies are bound once for each.
  const day = dayOf(
    dice.pick(years),
    dice.pick([8, 10, 11]) - (dice.chance(30) ? 7 : 0),
    dice.pick([6, 15, 28]),
  );
  const howMany = 1 + dice.below(6);
  const section = (fields: Record<string, FactValue>) => (dice.chance(93) ? filled(dice, fields) : null);
  return {
    id,
    title: id,
    visit: new Map<string, FactValue>([
      ['visit.date', day],
      ['visit.received', day + dice.below(400)],
      ['visit.payer', dice.pick(payers)],
      ['visit.placeOfService', '11'],
      ['visit.diagnoses', ['M54.50', 'M99.03']],
    ]),
    note: section({
      'note.chiefComplaint': 'low back pain',
      'note.findings': 'flexion 40 degrees',
      'note.phaseOfCare': dice.pick(['initial', 'initial', 'continued', 'maintenance']),
      'note.outcomeScore': dice.below(60),
      'note.totalTreatmentMinutes': dice.below(120),
      'note.frequencyJustification': dice.chance(20) ? 'flare after a fall' : null,
    }),
    patient: section({ 'patient.age': 20 + dice.below(60) }),
    provider: section({ 'provider.type': dice.pick(performers) }),
    plan: section({
      'plan.active': dice.chance(90),
      'plan.start': day - dice.below(40),
      'plan.through': day + dice.below(30) - 3,
      'plan.visits': 4 + dice.below(12),
      'plan.therapies': ['97530', '97110', '97140', '97012', '97014'],
      'plan.goals': 'disability below 20 percent',
      'plan.visitsPerWeek': 1 + dice.below(4),
    }),
    episode: section({
      'episode.visitNumber': 1 + dice.below(18),
      'episode.firstVisit': day - dice.below(60),
      'episode.lastEvaluation': day - dice.below(35),
      'episode.visitsSinceEvaluation': dice.below(15),
      'episode.baselineScore': 30 + dice.below(40),
    }),
    priorVisits: dice.chance(90)
      ? Array.from({ length: dice.below(6) }, (_, index) =>
          filled(dice, {
            'prior.date': day - dice.below(9),
            'prior.visitNumber': index + 1,
            'prior.codes': [dice.pick(codes), dice.pick(codes)],
            'prior.therapies': dice.below(4),
            'prior.outcomeScore': 40,
          }),
        )
      : null,
    lines: Array.from({ length: howMany }, () => lineOf(dice)),
  };
}

function lineOf(dice: Dice): Encounter['lines'][number] {
  const claim = new Map<string, FactValue>([
    ['line.code', dice.pick(codes)],
    ['line.units', 1 + (dice.chance(30) ? dice.below(3) : 0)],
    ['line.charge', 40 + dice.below(40)],
    ['line.modifiers', Array.from({ length: dice.below(3) }, () => dice.pick(modifiers))],
    ['line.diagnosisPointers', [1]],
  ]);
  if (dice.chance(5)) return { claim, record: null, place: null };
  const record = filled(dice, {
    'record.minutes': dice.below(46),
    'record.contact': dice.pick(['one-on-one', 'one-on-one', 'group', 'supervised']),
    'record.performedBy': dice.pick(performers),
    'record.type': 'exercise',
    'record.rationale': 'restore function',
    'record.regions': [dice.pick(regions), dice.pick(regions)],
    'record.setting': 'knee high',
    'record.frequency': 'three times a week',
    'record.settingApplies': dice.chance(40),
    'record.activities': [dice.pick(['lifting', 'bending', 'reaching', 'climbing'])],
    'record.deficits': [dice.pick(['mobility', 'strength', 'pain'])],
    'record.functionalImpairment': 'cannot lift',
    'record.functionalGoal': 'lift 10 kg',
    'record.outcome': 'lifts 5 kg',
    'record.skilledNeed': 'grading of the load',
    'record.improvementExpected': dice.chance(95),
    'record.needsDirectSupervision': dice.chance(90),
    'record.correlation': 'lifting at work',
    'record.medicallyNecessary': dice.chance(95),
    'record.consistentWith': ['complaint', 'findings', 'diagnoses', 'plan'],
    'record.separateInterval': dice.chance(50),
  });
  return { claim, record, place: null };
}

/** One field in twelve is supplied and empty. */
function filled(dice: Dice, fields: Record<string, FactValue>): ReadonlyMap<string, FactValue> {
  return new Map(Object.entries(fields).map(([path, value]) => [path, dice.chance(8) ? null : value]));
}
