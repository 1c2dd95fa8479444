import type { Encounter, FactValue } from '#engine';

/** A fact that is supplied and empty is null. A section that was never supplied is undefined. */
type Field<T> = T | null;

/** An encounter as somebody would lay it out who writes the rules by hand, or hands it to a rule engine for JSON. */
export interface PlainEncounter {
  readonly visit: { readonly date: number; readonly received: Field<number>; readonly payer: string };
  readonly note: PlainNote | undefined;
  readonly provider: { readonly type: Field<string> } | undefined;
  readonly plan: PlainPlan | undefined;
  readonly episode: PlainEpisode | undefined;
  readonly priorVisits: readonly PlainPrior[] | undefined;
  readonly lines: readonly PlainLine[];
}

export interface PlainNote {
  readonly phaseOfCare: Field<string>;
  readonly outcomeScore: Field<number>;
  readonly totalTreatmentMinutes: Field<number>;
  readonly frequencyJustification: Field<string>;
}

export interface PlainPlan {
  readonly active: Field<boolean>;
  readonly start: Field<number>;
  readonly through: Field<number>;
  readonly visits: Field<number>;
  readonly therapies: Field<readonly string[]>;
  readonly goals: Field<string>;
  readonly visitsPerWeek: Field<number>;
}

export interface PlainEpisode {
  readonly visitNumber: Field<number>;
  readonly firstVisit: Field<number>;
  readonly lastEvaluation: Field<number>;
  readonly visitsSinceEvaluation: Field<number>;
  readonly baselineScore: Field<number>;
}

export interface PlainPrior {
  readonly date: Field<number>;
  readonly visitNumber: Field<number>;
  readonly codes: readonly string[];
  readonly therapies: Field<number>;
}

export interface PlainLine {
  readonly code: string;
  readonly units: Field<number>;
  readonly modifiers: readonly string[];
  readonly record: PlainRecord | undefined;
}

export interface PlainRecord {
  readonly minutes: Field<number>;
  readonly contact: Field<string>;
  readonly performedBy: Field<string>;
  readonly type: Field<string>;
  readonly rationale: Field<string>;
  readonly regions: Field<readonly string[]>;
  readonly setting: Field<string>;
  readonly frequency: Field<string>;
  readonly settingApplies: Field<boolean>;
  readonly activities: Field<readonly string[]>;
  readonly deficits: Field<readonly string[]>;
  readonly functionalImpairment: Field<string>;
  readonly functionalGoal: Field<string>;
  readonly outcome: Field<string>;
  readonly skilledNeed: Field<string>;
  readonly improvementExpected: Field<boolean>;
  readonly needsDirectSupervision: Field<boolean>;
  readonly correlation: Field<string>;
  readonly medicallyNecessary: Field<boolean>;
  readonly consistentWith: Field<readonly string[]>;
  readonly separateInterval: Field<boolean>;
}

const fields = {
  visit: ['date', 'received', 'payer'],
  note: ['phaseOfCare', 'outcomeScore', 'totalTreatmentMinutes', 'frequencyJustification'],
  provider: ['type'],
  plan: ['active', 'start', 'through', 'visits', 'therapies', 'goals', 'visitsPerWeek'],
  episode: ['visitNumber', 'firstVisit', 'lastEvaluation', 'visitsSinceEvaluation', 'baselineScore'],
  prior: ['date', 'visitNumber', 'codes', 'therapies'],
  line: ['code', 'units', 'modifiers'],
  record: [
    'minutes',
    'contact',
    'performedBy',
    'type',
    'rationale',
    'regions',
    'setting',
    'frequency',
    'settingApplies',
    'activities',
    'deficits',
    'functionalImpairment',
    'functionalGoal',
    'outcome',
    'skilledNeed',
    'improvementExpected',
    'needsDirectSupervision',
    'correlation',
    'medicallyNecessary',
    'consistentWith',
    'separateInterval',
  ],
} as const;

export function plainEncounter(encounter: Encounter): PlainEncounter {
  const section = (name: keyof typeof fields, values: ReadonlyMap<string, FactValue> | null) =>
    values === null
      ? undefined
      : Object.fromEntries(
          fields[name].map((field) => [
            field,
            values.get(`${name}.${field}`) ?? (field === 'modifiers' || field === 'codes' ? [] : null),
          ]),
        );
  return {
    visit: section('visit', encounter.visit),
    note: section('note', encounter.note),
    provider: section('provider', encounter.provider),
    plan: section('plan', encounter.plan),
    episode: section('episode', encounter.episode),
    priorVisits: encounter.priorVisits?.map((prior) => section('prior', prior)),
    lines: encounter.lines.map(({ claim, record }) => ({
      ...section('line', claim),
      record: section('record', record),
    })),
  } as unknown as PlainEncounter;
}
