import type { FactRef } from '../model/condition.ts';
import { nameWords } from './runs.ts';

/** What people call a fact, with its article, and whether it is spoken of as several. */
export interface Noun {
  readonly text: string;
  readonly plural: boolean;
}

const one = (text: string): Noun => ({ text, plural: false });
const many = (text: string): Noun => ({ text, plural: true });

/** The built-in facts, in the order of the vocabulary. A fact of the workspace is called by the words of its path. */
export const nouns: Readonly<Record<string, Noun>> = {
  'visit.date': one('the date of service'),
  'visit.received': one('the date received'),
  'visit.payer': one('the payer'),
  'visit.placeOfService': one('the place of service'),
  'visit.diagnoses': many('the diagnoses'),
  'visit.timedMinutes': one('the total of the timed minutes'),
  'visit.supportableUnits': one('the number of timed units that the minutes of the visit support'),
  'visit.billedTimedUnits': one('the number of timed units billed'),
  'line.code': one('the procedure code'),
  'line.modifiers': many('the modifiers'),
  'line.units': one('the number of units billed'),
  'line.charge': one('the charge'),
  'line.diagnosisPointers': many('the diagnosis pointers'),
  'line.placeOfService': one('the place of service of the line'),
  'record.minutes': one('the treatment time'),
  'record.contact': one('the contact'),
  'record.performedBy': one('the performer of the service'),
  'record.type': one('the type of therapy'),
  'record.rationale': one('the rationale for the therapy'),
  'record.regions': many('the treated regions'),
  'record.setting': one('the setting'),
  'record.frequency': one('the frequency of application'),
  'record.settingApplies': one('whether a setting and a frequency apply'),
  'record.activities': many('the activities performed'),
  'record.deficits': many('the deficits'),
  'record.functionalImpairment': one('the functional impairment'),
  'record.functionalGoal': one('the functional goal'),
  'record.outcome': one('the outcome'),
  'record.skilledNeed': one('the need for professional skills'),
  'record.improvementExpected': one('whether improvement can be expected'),
  'record.needsDirectSupervision': one('the need for direct supervision'),
  'record.correlation': one('the relation of the activity to the condition'),
  'record.medicallyNecessary': one('the medical necessity'),
  'record.consistentWith': many('the parts of the record that agree with the service'),
  'record.separateInterval': one('whether the service had intervals of its own'),
  'record.supportableUnits': one('the number of units that the minutes support'),
  'note.chiefComplaint': one('the chief complaint'),
  'note.findings': many('the objective findings'),
  'note.phaseOfCare': one('the phase of care'),
  'note.outcomeScore': one('the outcome score of the visit'),
  'note.totalTreatmentMinutes': one('the total treatment time of the visit'),
  'note.frequencyJustification': one('the justification of the frequency'),
  'patient.age': one('the age of the patient'),
  'provider.type': one('the profession of the provider'),
  'plan.active': one('whether a treatment plan is active'),
  'plan.start': one('the first day of the plan'),
  'plan.through': one('the last day of the plan'),
  'plan.visits': one('the number of visits planned'),
  'plan.therapies': many('the therapies in the plan'),
  'plan.goals': many('the goals of the plan'),
  'plan.visitsPerWeek': one('the number of visits planned for a week'),
  'episode.visitNumber': one('the number of this visit in the episode'),
  'episode.firstVisit': one('the first visit of the episode'),
  'episode.lastEvaluation': one('the latest evaluation'),
  'episode.visitsSinceEvaluation': one('the number of visits since the latest evaluation'),
  'episode.baselineScore': one('the outcome score at the start of the episode'),
  'prior.date': one('the date'),
  'prior.visitNumber': one('the number of the visit'),
  'prior.codes': many('the procedure codes'),
  'prior.therapies': one('the number of therapies'),
  'prior.outcomeScore': one('the outcome score'),
};

/** What follows "the record shows that" where a yes-or-no fact of the record is yes, and where it is no. */
export const shownFacts: Readonly<Record<string, { readonly yes: string; readonly no: string }>> = {
  'record.settingApplies': {
    yes: 'the therapy has a setting and a frequency',
    no: 'the therapy has no setting and no frequency',
  },
  'record.improvementExpected': {
    yes: 'improvement of function can be expected',
    no: 'improvement of function cannot be expected',
  },
  'record.needsDirectSupervision': {
    yes: 'the patient can do the activity only under direct supervision',
    no: 'the patient can do the activity without direct supervision',
  },
  'record.medicallyNecessary': {
    yes: 'the service is medically necessary',
    no: 'the service is not medically necessary',
  },
  'record.separateInterval': {
    yes: 'the service had 15-minute intervals of its own',
    no: 'the service had no 15-minute intervals of its own',
  },
};

/** The sections of an encounter, by what people call them. */
export const sectionNouns: Readonly<Record<string, string>> = {
  visit: 'the claim',
  line: 'the claim line',
  record: 'the health record of the line',
  note: 'the note of the visit',
  patient: 'the patient data',
  provider: 'the provider data',
  plan: 'the treatment plan',
  episode: 'the data of the episode',
  priorVisits: 'the earlier visits',
  'visit.received': 'the date received',
};

export function nounOf(fact: Pick<FactRef, 'path' | 'type'>): Noun {
  const known = nouns[fact.path];
  if (known) return known;
  return {
    text: `the ${nameWords(fact.path.slice(fact.path.lastIndexOf('.') + 1))}`,
    plural: fact.type.list,
  };
}
