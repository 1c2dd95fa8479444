import { formatDay } from '../base/calendar-date.ts';
import type { Encounter } from '../facts/encounter.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Something to begin a new encounter from. */
export interface EncounterTemplate {
  readonly id: string;
  readonly title: string;
  /** What is special about it, in a sentence. */
  readonly words: string;
  /** The payer of a saved encounter; null: it is for any payer. */
  readonly payer: string | null;
  readonly text: string;
}

/** The plain ones first, then every encounter of the workspace that can be judged. */
export function encounterTemplates(workspace: Workspace): readonly EncounterTemplate[] {
  return [
    ...plainTemplates,
    ...workspace.encounters.flatMap(({ path, encounter }) =>
      encounter
        ? [
            {
              id: path,
              title: encounter.title === '' ? encounter.id : encounter.title,
              words: summaryOf(encounter),
              payer: String(encounter.visit.get('visit.payer') ?? ''),
              text: workspace.files.get(path)!,
            },
          ]
        : [],
    ),
  ];
}

/** `hns, 2024-03-04, 97530 and 97110`. */
function summaryOf({ visit, lines }: Encounter): string {
  const codes = lines.map(({ claim }) => String(claim.get('line.code') ?? '')).filter(Boolean);
  const few = codes.length > 4 ? [...codes.slice(0, 3), `${codes.length - 3} more`] : codes;
  const day = visit.get('visit.date');
  return [visit.get('visit.payer'), typeof day === 'number' ? formatDay(day) : null, few.join(', ')]
    .filter(Boolean)
    .join(' · ');
}

/**
 * Small made-up visits that hold for no payer in particular; payer and day are set when one is used.
 * The codes, times and words are those of the shipped test cases; nothing here states a rule.
 */
const plainTemplates: readonly EncounterTemplate[] = [
  {
    id: 'therapy-visit',
    title: 'Therapy visit',
    words: 'Two timed therapies with their health record, a treatment plan and earlier visits.',
    payer: null,
    text: `encounter: therapy-visit
title: Therapy visit
visit: { date: 2024-03-04, received: 2024-03-11, payer: other, placeOfService: "11", diagnoses: [M54.50] }
note:
  chiefComplaint: low back pain when lifting
  findings: lumbar flexion 40 degrees, extensor strength 4/5
  phaseOfCare: initial
  outcomeScore: 46
  totalTreatmentMinutes: 35
patient: { age: 46 }
provider: { type: chiropractor }
plan:
  active: true
  start: 2024-02-26
  through: 2024-03-24
  visits: 8
  visitsPerWeek: 2
  therapies: [97530, 97110]
  goals: lift 12 kg from floor to waist without pain
episode:
  visitNumber: 3
  firstVisit: 2024-02-26
  lastEvaluation: 2024-02-26
  visitsSinceEvaluation: 3
  baselineScore: 48
priorVisits:
  - { date: 2024-02-26, visitNumber: 1, codes: [98940], therapies: 0, outcomeScore: 48 }
  - { date: 2024-02-29, visitNumber: 2, codes: [97530, 97110], therapies: 2, outcomeScore: 48 }
lines:
  - code: 97530
    units: 1
    modifiers: [GP]
    diagnosisPointers: [1]
    record:
      minutes: 15
      contact: one-on-one
      performedBy: chiropractor
      type: therapeutic activities
      rationale: restore lifting tolerance after lumbar strain
      regions: [lumbar]
      settingApplies: false
      activities: [lifting, carrying]
      deficits: [strength, mobility]
      functionalImpairment: cannot lift a child from the floor
      functionalGoal: lift 12 kg from floor to waist
      outcome: independent in household lifting in four weeks
      skilledNeed: continuous correction of spinal posture under load
      improvementExpected: true
      needsDirectSupervision: true
      correlation: the drill loads the strained lumbar extensors as lifting at home does
      medicallyNecessary: true
      consistentWith: [complaint, findings, diagnoses, plan]
  - code: 97110
    units: 1
    modifiers: [GP]
    diagnosisPointers: [1]
    record:
      minutes: 15
      contact: one-on-one
      performedBy: chiropractor
      type: therapeutic exercise
      rationale: regain extensor strength
      regions: [lumbar]
      settingApplies: false
      medicallyNecessary: true
      consistentWith: [complaint, findings, diagnoses, plan]
`,
  },
  {
    id: 'first-visit',
    title: 'First visit',
    words: 'An office visit and a manipulation on the first day of an episode; there are no earlier visits.',
    payer: null,
    text: `encounter: first-visit
title: First visit
visit: { date: 2024-03-04, received: 2024-03-11, payer: other, placeOfService: "11", diagnoses: [M54.50] }
note: { chiefComplaint: acute low back pain, phaseOfCare: initial, outcomeScore: 56, totalTreatmentMinutes: 40 }
patient: { age: 29 }
provider: { type: chiropractor }
plan: { active: true, start: 2024-03-04, through: 2024-03-31, visits: 10, visitsPerWeek: 3 }
episode:
  visitNumber: 1
  firstVisit: 2024-03-04
  lastEvaluation: 2024-03-04
  visitsSinceEvaluation: 1
  baselineScore: 56
priorVisits: []
lines:
  - { code: 99203, units: 1, modifiers: ["25"], diagnosisPointers: [1], record: {} }
  - code: 98940
    units: 1
    diagnosisPointers: [1]
    record: { regions: [lumbar], type: manipulation, performedBy: chiropractor, medicallyNecessary: true }
`,
  },
  {
    id: 'claim-only',
    title: 'Claim only',
    words: 'A claim that arrived without its health record: what depends on the record stays undecided.',
    payer: null,
    text: `encounter: claim-only
title: Claim only
visit: { date: 2024-03-04, received: 2024-03-11, payer: other, placeOfService: "11", diagnoses: [M54.50] }
lines:
  - { code: 97530, units: 1, modifiers: [GP], diagnosisPointers: [1] }
  - { code: 98940, units: 1, diagnosisPointers: [1] }
`,
  },
];
