/**
 * Every fact a policy may mention: its path, type, unit, meaning and example, and where it stands on a claim.
 *
 * Everything else that knows facts is derived from this table: completion, hover, the encounter reader, JSON Schema.
 * Positions in 837P are of X12 005010X222A1, boxes are of CMS-1500 (02/12), elements are of FHIR R4.
 * A dash means that the form does not carry the fact: minutes and documentation stand in the health record alone.
 */

/** What kind of value a fact holds. `code`, `diagnosis`, `modifier`, `payer`, `choice` and `text` are all text. */
export type ScalarType =
  | 'code'
  | 'diagnosis'
  | 'modifier'
  | 'payer'
  | 'choice'
  | 'text'
  | 'number'
  | 'date'
  | 'boolean';

export interface FactType {
  readonly scalar: ScalarType;
  readonly list: boolean;
}

/** A section is supplied or not as a whole. `line` and `visit` are the claim itself and always supplied. */
export type Section =
  | 'visit'
  | 'line'
  | 'record'
  | 'note'
  | 'patient'
  | 'provider'
  | 'plan'
  | 'episode'
  | 'priorVisits'
  | 'derived';

export interface FactForms {
  readonly x12: string;
  readonly cms1500: string;
  readonly fhir: string;
}

export interface Fact {
  /** How a policy writes it: `record.minutes`. */
  readonly path: string;
  readonly type: FactType;
  /** One word for a number's unit, shown beside its value. */
  readonly unit?: string;
  readonly meaning: string;
  /** Other words under which people look for it. */
  readonly alsoCalled?: readonly string[];
  readonly example: string;
  /** The allowed values of a `choice`. */
  readonly values?: readonly string[];
  /** Numbers: whole numbers only, and the bounds beyond which a value is a slip of the pen. */
  readonly whole?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** A list on the claim whose absence means "none", so that tests for absence can hold. */
  readonly absentMeansNone?: boolean;
  /** Of the claim, and yet not stated by who sends it: left out, or left empty, it is not known. */
  readonly absentMeansUnknown?: boolean;
  /** Computed by Proviso; an encounter may not state it. */
  readonly computed?: boolean;
  readonly forms: FactForms;
}

const scalar = (type: ScalarType): FactType => ({ scalar: type, list: false });
const listOf = (type: ScalarType): FactType => ({ scalar: type, list: true });

const recordOnly: FactForms = { x12: '–', cms1500: '–', fhir: '–' };

export const performers = [
  'chiropractor',
  'physician',
  'physical-therapist',
  'occupational-therapist',
  'therapist-assistant',
  'chiropractic-assistant',
  'athletic-trainer',
  'massage-therapist',
  'other',
] as const;

export const regions = [
  'head',
  'cervical',
  'thoracic',
  'lumbar',
  'sacral',
  'pelvic',
  'rib-cage',
  'abdomen',
  'upper-extremity',
  'lower-extremity',
] as const;

/** The built-in vocabulary, in the order in which people read a claim: header, line, record, then the rest of the chart. */
export const vocabulary: readonly Fact[] = [
  {
    path: 'visit.date',
    type: scalar('date'),
    meaning: 'The date of service. It decides which revision of a policy is in force.',
    alsoCalled: ['date of service', 'DOS', 'day'],
    example: '2024-03-04',
    forms: { x12: '2400 DTP*472', cms1500: '24A', fhir: 'Claim.item.servicedDate' },
  },
  {
    path: 'visit.received',
    type: scalar('date'),
    meaning:
      'The date received: the day on which the payer received the claim. The payer stamps it; no form of the sender carries it, so where it is left out it is not known.',
    alsoCalled: ['date received', 'date of receipt', 'receipt date', 'filed', 'submitted'],
    example: '2024-03-11',
    absentMeansUnknown: true,
    forms: recordOnly,
  },
  {
    path: 'visit.payer',
    type: scalar('payer'),
    meaning: 'The payer, by its id in the list of payers.',
    alsoCalled: ['insurer', 'carrier', 'insurance'],
    example: 'hns',
    forms: { x12: '2010BB NM109', cms1500: '11C', fhir: 'Claim.insurer' },
  },
  {
    path: 'visit.placeOfService',
    type: scalar('text'),
    meaning: 'The place of service of the claim, as its two-digit code.',
    alsoCalled: ['POS', 'location'],
    example: '11',
    forms: { x12: '2300 CLM05-1', cms1500: '24B', fhir: 'Claim.item.locationCodeableConcept' },
  },
  {
    path: 'visit.diagnoses',
    type: listOf('diagnosis'),
    meaning: 'The diagnoses on the claim, the first one primary.',
    alsoCalled: ['ICD', 'dx', 'condition'],
    example: '[M54.50, M25.651]',
    absentMeansNone: true,
    forms: { x12: '2300 HI*ABK/ABF', cms1500: '21', fhir: 'Claim.diagnosis' },
  },
  {
    path: 'visit.timedMinutes',
    type: scalar('number'),
    unit: 'minutes',
    meaning: 'All minutes of the timed codes of the visit that count under the time rule of the policy.',
    alsoCalled: ['total time'],
    example: '40',
    computed: true,
    forms: recordOnly,
  },
  {
    path: 'visit.supportableUnits',
    type: scalar('number'),
    unit: 'units',
    meaning:
      'The units of timed codes that the minutes of the visit support under the time rule of the policy.',
    alsoCalled: ['allowed units'],
    example: '3',
    computed: true,
    forms: recordOnly,
  },
  {
    path: 'visit.billedTimedUnits',
    type: scalar('number'),
    unit: 'units',
    meaning: 'The units of timed codes that the claim bills for the visit.',
    example: '3',
    computed: true,
    forms: recordOnly,
  },
  {
    path: 'line.code',
    type: scalar('code'),
    meaning: 'The procedure code of the claim line.',
    alsoCalled: ['CPT', 'HCPCS', 'procedure', 'service'],
    example: '97530',
    forms: { x12: '2400 SV101-2', cms1500: '24D', fhir: 'Claim.item.productOrService' },
  },
  {
    path: 'line.modifiers',
    type: listOf('modifier'),
    meaning: 'The modifiers of the claim line; a line holds four.',
    example: '[GP, "59"]',
    absentMeansNone: true,
    forms: { x12: '2400 SV101-3..-6', cms1500: '24D', fhir: 'Claim.item.modifier' },
  },
  {
    path: 'line.units',
    type: scalar('number'),
    unit: 'units',
    whole: true,
    min: 1,
    max: 999,
    meaning: 'The units billed on the claim line.',
    alsoCalled: ['quantity', 'how many'],
    example: '2',
    forms: { x12: '2400 SV104', cms1500: '24G', fhir: 'Claim.item.quantity.value' },
  },
  {
    path: 'line.charge',
    type: scalar('number'),
    unit: 'dollars',
    min: 0,
    max: 1_000_000,
    meaning: 'The amount charged for the claim line.',
    alsoCalled: ['amount', 'price', 'fee'],
    example: '45.00',
    forms: { x12: '2400 SV102', cms1500: '24F', fhir: 'Claim.item.net' },
  },
  {
    path: 'line.diagnosisPointers',
    type: listOf('number'),
    whole: true,
    min: 1,
    max: 12,
    meaning: 'Which diagnoses of the claim the line points to, by position, the first one primary.',
    alsoCalled: ['dx pointers'],
    example: '[1, 2]',
    absentMeansNone: true,
    forms: { x12: '2400 SV107', cms1500: '24E', fhir: 'Claim.item.diagnosisSequence' },
  },
  {
    path: 'line.placeOfService',
    type: scalar('text'),
    meaning: 'The place of service of the line, where it differs from the claim.',
    example: '12',
    forms: { x12: '2400 SV105', cms1500: '24B', fhir: 'Claim.item.locationCodeableConcept' },
  },
  {
    path: 'record.minutes',
    type: scalar('number'),
    unit: 'minutes',
    whole: true,
    min: 0,
    max: 1440,
    meaning: 'The whole minutes of direct treatment that the health record states for the service.',
    alsoCalled: ['time', 'duration'],
    example: '15',
    forms: { x12: '–', cms1500: '–', fhir: 'Procedure.performedPeriod' },
  },
  {
    path: 'record.contact',
    type: scalar('choice'),
    values: ['one-on-one', 'group', 'supervised', 'unattended'],
    meaning: 'How the provider was in contact with the patient during the service.',
    alsoCalled: ['one-on-one', 'direct contact', 'group', 'attendance'],
    example: 'one-on-one',
    forms: recordOnly,
  },
  {
    path: 'record.performedBy',
    type: scalar('choice'),
    values: performers,
    meaning: 'Who performed the service.',
    alsoCalled: ['who', 'therapist', 'clinician'],
    example: 'chiropractor',
    forms: { x12: '2310B/2420A NM1*82', cms1500: '24J', fhir: 'Procedure.performer.function' },
  },
  {
    path: 'record.type',
    type: scalar('text'),
    meaning: 'The type of therapy or modality, as the record names it.',
    alsoCalled: ['modality'],
    example: 'therapeutic activities',
    forms: { x12: '–', cms1500: '–', fhir: 'Procedure.code.text' },
  },
  {
    path: 'record.rationale',
    type: scalar('text'),
    meaning: 'Why this therapy was chosen for this patient.',
    alsoCalled: ['reason', 'why'],
    example: 'restore lifting tolerance after lumbar strain',
    forms: { x12: '–', cms1500: '–', fhir: 'Procedure.reasonCode.text' },
  },
  {
    path: 'record.regions',
    type: listOf('choice'),
    values: regions,
    meaning: 'The regions of the body to which the service was applied.',
    alsoCalled: ['body area', 'site', 'spine'],
    example: '[lumbar]',
    forms: { x12: '–', cms1500: '–', fhir: 'Procedure.bodySite' },
  },
  {
    path: 'record.setting',
    type: scalar('text'),
    meaning: 'The setting of the device or exercise, where one applies.',
    alsoCalled: ['intensity', 'dosage'],
    example: '1 MHz, 1.2 W/cm2',
    forms: { x12: '–', cms1500: '–', fhir: 'Procedure.note' },
  },
  {
    path: 'record.frequency',
    type: scalar('text'),
    meaning: 'The frequency of the application, where one applies.',
    alsoCalled: ['how often'],
    example: 'twice a week',
    forms: { x12: '–', cms1500: '–', fhir: 'CarePlan.activity.detail.scheduledTiming' },
  },
  {
    path: 'record.settingApplies',
    type: scalar('boolean'),
    meaning: 'Whether this therapy has a setting and a frequency to record at all.',
    example: 'true',
    forms: recordOnly,
  },
  {
    path: 'record.activities',
    type: listOf('choice'),
    values: [
      'bending',
      'lifting',
      'carrying',
      'reaching',
      'catching',
      'overhead',
      'pushing',
      'pulling',
      'throwing',
      'squatting',
      'climbing',
      'transferring',
      'passive-movement',
      'isolated-exercise',
      'other',
    ],
    meaning: 'The activities that the patient performed.',
    alsoCalled: ['exercises', 'movements'],
    example: '[lifting, carrying]',
    forms: { x12: '–', cms1500: '–', fhir: 'Procedure.note' },
  },
  {
    path: 'record.deficits',
    type: listOf('choice'),
    values: ['mobility', 'strength', 'balance', 'coordination', 'pain', 'other'],
    meaning: 'What the patient has lost or is restricted in.',
    alsoCalled: ['loss', 'restriction'],
    example: '[strength, mobility]',
    forms: { x12: '–', cms1500: '–', fhir: 'Procedure.reasonReference' },
  },
  {
    path: 'record.functionalImpairment',
    type: scalar('text'),
    meaning:
      'The functional impairment that the service addresses: what the patient cannot do in daily life.',
    alsoCalled: ['limitation', 'disability'],
    example: 'cannot lift a child from the floor',
    forms: { x12: '–', cms1500: '–', fhir: 'Procedure.reasonReference' },
  },
  {
    path: 'record.functionalGoal',
    type: scalar('text'),
    meaning: 'The specific functional need or goal to which the service is directed.',
    alsoCalled: ['goal', 'objective', 'need'],
    example: 'lift 12 kg from floor to waist',
    forms: { x12: '–', cms1500: '–', fhir: 'Goal.description' },
  },
  {
    path: 'record.outcome',
    type: scalar('text'),
    meaning: 'The outcome expected of the service, or reached by it.',
    alsoCalled: ['result', 'progress'],
    example: 'independent in household lifting in four weeks',
    forms: { x12: '–', cms1500: '–', fhir: 'Goal.target' },
  },
  {
    path: 'record.skilledNeed',
    type: scalar('text'),
    meaning: 'Why the service needs the professional skills of the provider.',
    alsoCalled: ['skills'],
    example: 'continuous correction of spinal posture under load',
    forms: recordOnly,
  },
  {
    path: 'record.improvementExpected',
    type: scalar('boolean'),
    meaning:
      'Whether the record shows a condition for which the service can be expected to restore or improve function.',
    alsoCalled: ['restorative'],
    example: 'true',
    forms: recordOnly,
  },
  {
    path: 'record.needsDirectSupervision',
    type: scalar('boolean'),
    meaning:
      'Whether the patient can do the activity only under the direct supervision of the treating professional.',
    alsoCalled: ['supervised'],
    example: 'true',
    forms: recordOnly,
  },
  {
    path: 'record.correlation',
    type: scalar('text'),
    meaning: 'How the activity relates to the underlying condition for which it was prescribed.',
    alsoCalled: ['relation'],
    example: 'lifting drill loads the strained lumbar extensors as in the work task',
    forms: recordOnly,
  },
  {
    path: 'record.medicallyNecessary',
    type: scalar('boolean'),
    meaning: 'Whether the record supports the medical necessity of the service.',
    alsoCalled: ['medical necessity'],
    example: 'true',
    forms: recordOnly,
  },
  {
    path: 'record.consistentWith',
    type: listOf('choice'),
    values: ['complaint', 'findings', 'diagnoses', 'plan'],
    meaning: 'With which parts of the record the service is consistent.',
    alsoCalled: ['consistency'],
    example: '[complaint, findings, diagnoses, plan]',
    forms: recordOnly,
  },
  {
    path: 'record.separateInterval',
    type: scalar('boolean'),
    meaning:
      'Whether the service was performed in 15-minute intervals of its own, apart from the other services.',
    alsoCalled: ['distinct service', 'separate time'],
    example: 'true',
    forms: recordOnly,
  },
  {
    path: 'record.supportableUnits',
    type: scalar('number'),
    unit: 'units',
    meaning: 'The units that the recorded minutes support for the line under the time rule of the policy.',
    alsoCalled: ['allowed units'],
    example: '1',
    computed: true,
    forms: recordOnly,
  },
  {
    path: 'note.chiefComplaint',
    type: scalar('text'),
    meaning: 'The chief complaint of the visit.',
    alsoCalled: ['symptom', 'reason for visit'],
    example: 'low back pain when lifting',
    forms: { x12: '–', cms1500: '–', fhir: 'Encounter.reasonCode' },
  },
  {
    path: 'note.findings',
    type: scalar('text'),
    meaning: 'The objective findings of the visit.',
    alsoCalled: ['examination', 'objective'],
    example: 'lumbar flexion 40 degrees, extensor strength 4/5',
    forms: { x12: '–', cms1500: '–', fhir: 'Observation' },
  },
  {
    path: 'note.phaseOfCare',
    type: scalar('choice'),
    values: ['initial', 'continued', 'maintenance'],
    meaning: 'The phase of care that the record names for the visit.',
    example: 'initial',
    forms: { x12: '–', cms1500: '–', fhir: 'CarePlan.activity (extension)' },
  },
  {
    path: 'note.outcomeScore',
    type: scalar('number'),
    unit: 'points',
    min: 0,
    max: 100,
    meaning:
      'The disability score of the standardised outcome tool at this visit, in percent: lower is better.',
    alsoCalled: ['disability score'],
    example: '36',
    forms: { x12: '–', cms1500: '–', fhir: 'Observation.valueQuantity' },
  },
  {
    path: 'note.totalTreatmentMinutes',
    type: scalar('number'),
    unit: 'minutes',
    whole: true,
    min: 0,
    max: 1440,
    meaning: 'The total treatment minutes that the record states for the visit, timed and untimed.',
    alsoCalled: ['total time'],
    example: '55',
    forms: { x12: '–', cms1500: '–', fhir: 'Encounter.length' },
  },
  {
    path: 'note.frequencyJustification',
    type: scalar('text'),
    meaning: 'Why the patient is seen more often than usual.',
    alsoCalled: ['reason'],
    example: 'acute flare after a fall',
    forms: recordOnly,
  },
  {
    path: 'patient.age',
    type: scalar('number'),
    unit: 'years',
    whole: true,
    min: 0,
    max: 130,
    meaning: 'The age of the patient at the date of service. Encounters hold no date of birth.',
    example: '46',
    forms: { x12: '2010BA DMG02', cms1500: '3', fhir: 'Patient.birthDate' },
  },
  {
    path: 'provider.type',
    type: scalar('choice'),
    values: performers,
    meaning: 'The profession of the rendering provider.',
    alsoCalled: ['profession', 'licence'],
    example: 'chiropractor',
    forms: { x12: '2310B PRV03', cms1500: '24J', fhir: 'Claim.careTeam.qualification' },
  },
  {
    path: 'plan.active',
    type: scalar('boolean'),
    meaning: 'Whether a treatment plan is active on the date of service.',
    alsoCalled: ['treatment plan'],
    example: 'true',
    forms: { x12: '–', cms1500: '–', fhir: 'CarePlan.status' },
  },
  {
    path: 'plan.start',
    type: scalar('date'),
    meaning: 'The first day of the treatment plan.',
    alsoCalled: ['begins'],
    example: '2024-02-26',
    forms: { x12: '–', cms1500: '–', fhir: 'CarePlan.period.start' },
  },
  {
    path: 'plan.through',
    type: scalar('date'),
    meaning: 'The last day of the treatment plan.',
    alsoCalled: ['ends', 'expires', 'until'],
    example: '2024-03-24',
    forms: { x12: '–', cms1500: '–', fhir: 'CarePlan.period.end' },
  },
  {
    path: 'plan.visits',
    type: scalar('number'),
    unit: 'visits',
    whole: true,
    min: 0,
    max: 366,
    meaning: 'The number of visits that the treatment plan foresees.',
    alsoCalled: ['how many'],
    example: '12',
    forms: { x12: '–', cms1500: '–', fhir: 'CarePlan.activity.detail.scheduledTiming' },
  },
  {
    path: 'plan.therapies',
    type: listOf('code'),
    meaning: 'The codes of the therapies and modalities that the treatment plan prescribes.',
    alsoCalled: ['prescribed', 'ordered'],
    example: '[97530, 97110]',
    forms: { x12: '–', cms1500: '–', fhir: 'CarePlan.activity.detail.code' },
  },
  {
    path: 'plan.goals',
    type: scalar('text'),
    meaning: 'The measurable functional goals of the treatment plan.',
    example: 'disability score below 20 percent in four weeks',
    forms: { x12: '–', cms1500: '–', fhir: 'CarePlan.goal' },
  },
  {
    path: 'plan.visitsPerWeek',
    type: scalar('number'),
    unit: 'visits',
    whole: true,
    min: 0,
    max: 21,
    meaning: 'The visits a week that the treatment plan foresees.',
    alsoCalled: ['frequency', 'how often'],
    example: '3',
    forms: { x12: '–', cms1500: '–', fhir: 'CarePlan.activity.detail.scheduledTiming' },
  },
  {
    path: 'episode.visitNumber',
    type: scalar('number'),
    unit: 'visits',
    whole: true,
    min: 1,
    max: 1000,
    meaning: 'The number of this visit within the episode of care, the first one being 1.',
    example: '3',
    forms: { x12: '–', cms1500: '–', fhir: 'EpisodeOfCare (extension)' },
  },
  {
    path: 'episode.firstVisit',
    type: scalar('date'),
    meaning: 'The date of the first visit of the episode of care.',
    alsoCalled: ['initial visit', 'onset'],
    example: '2024-02-26',
    forms: { x12: '2300 DTP*454', cms1500: '15', fhir: 'EpisodeOfCare.period.start' },
  },
  {
    path: 'episode.lastEvaluation',
    type: scalar('date'),
    meaning: 'The date of the latest evaluation or re-evaluation on or before the visit.',
    alsoCalled: ['re-evaluation', 'assessment'],
    example: '2024-02-26',
    forms: { x12: '2300 DTP*304', cms1500: '–', fhir: 'Encounter.period' },
  },
  {
    path: 'episode.visitsSinceEvaluation',
    type: scalar('number'),
    unit: 'visits',
    whole: true,
    min: 0,
    max: 1000,
    meaning: 'The visits since the latest evaluation, this one included.',
    example: '3',
    forms: recordOnly,
  },
  {
    path: 'episode.baselineScore',
    type: scalar('number'),
    unit: 'points',
    min: 0,
    max: 100,
    meaning:
      'The disability score of the standardised outcome tool at the start of the episode, in percent: lower is better.',
    alsoCalled: ['initial score'],
    example: '48',
    forms: { x12: '–', cms1500: '–', fhir: 'Observation.valueQuantity' },
  },
  {
    path: 'prior.date',
    type: scalar('date'),
    meaning: 'The date of an earlier visit of the episode.',
    example: '2024-02-28',
    forms: { x12: '–', cms1500: '–', fhir: 'Encounter.period' },
  },
  {
    path: 'prior.visitNumber',
    type: scalar('number'),
    unit: 'visits',
    whole: true,
    min: 1,
    max: 1000,
    meaning: 'The number of an earlier visit within the episode of care.',
    example: '1',
    forms: recordOnly,
  },
  {
    path: 'prior.codes',
    type: listOf('code'),
    meaning: 'The procedure codes of an earlier visit.',
    example: '[98940, 97014]',
    absentMeansNone: true,
    forms: { x12: '–', cms1500: '–', fhir: 'Procedure.code' },
  },
  {
    path: 'prior.therapies',
    type: scalar('number'),
    unit: 'therapies',
    whole: true,
    min: 0,
    max: 50,
    meaning: 'The number of distinct therapies and modalities performed at an earlier visit.',
    example: '2',
    forms: recordOnly,
  },
  {
    path: 'prior.outcomeScore',
    type: scalar('number'),
    unit: 'points',
    min: 0,
    max: 100,
    meaning: 'The disability score at an earlier visit, in percent: lower is better.',
    example: '44',
    forms: { x12: '–', cms1500: '–', fhir: 'Observation.valueQuantity' },
  },
];

/** The section to which a fact path belongs: `prior.date` belongs to `priorVisits`, all others to their first word. */
export function sectionOf(path: string): Section {
  const head = path.slice(0, path.indexOf('.'));
  return head === 'prior' ? 'priorVisits' : (head as Section);
}

/** The date received: what `received:` of policies and rules speaks of. */
export const dateReceived = 'visit.received';

/** What is supplied or not: a section as a whole, or a fact of the claim that its sender does not state. */
export type Supply = Section | typeof dateReceived;

/** What must have been supplied before a fact is known. */
export function supplyOf(path: string): Supply {
  return path === dateReceived ? path : sectionOf(path);
}
