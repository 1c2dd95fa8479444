import type { Section } from '../facts/vocabulary.ts';
import { capital, nameWords } from '../words/runs.ts';

/** Where the last word of a path does not yet say what a field of a form is, under the heading of its section. */
const labels: Readonly<Record<string, string>> = {
  'visit.date': 'Date of service',
  'visit.received': 'Date received',
  'line.code': 'Procedure code',
  'line.units': 'Units billed',
  'record.type': 'Type of therapy',
  'record.settingApplies': 'Has a setting and frequency',
  'record.separateInterval': 'In intervals of its own',
  'record.consistentWith': 'Consistent with',
  'note.findings': 'Objective findings',
  'provider.type': 'Profession',
  'plan.start': 'First day',
  'plan.through': 'Last day',
  'plan.visits': 'Visits planned',
  'plan.visitsPerWeek': 'Visits a week',
  'plan.therapies': 'Therapies prescribed',
  'episode.visitNumber': 'Number of this visit',
  'episode.visitsSinceEvaluation': 'Visits since the evaluation',
  'episode.lastEvaluation': 'Latest evaluation',
  'prior.visitNumber': 'Number of the visit',
  'prior.codes': 'Procedure codes',
};

/** A fact as a form calls it: `record.functionalGoal` is “Functional goal”. */
export function factLabel(path: string): string {
  return labels[path] ?? capital(nameWords(path.slice(path.lastIndexOf('.') + 1)));
}

/** The heading of a section. */
export const sectionTitles = {
  visit: 'Claim',
  line: 'Claim line',
  record: 'Health record of the line',
  note: 'Note of the visit',
  patient: 'Patient',
  provider: 'Provider',
  plan: 'Treatment plan',
  episode: 'Episode of care',
  priorVisits: 'Earlier visits',
  derived: 'Figures',
} as const satisfies Record<Section, string>;
