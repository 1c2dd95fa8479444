/** The four steps of the tour: which pane each is about, and what to know there. */
export interface TourStep {
  readonly pane: string;
  readonly title: string;
  readonly text: string;
}

export const tourSteps: readonly TourStep[] = [
  {
    pane: 'files',
    title: 'Policies stand here, by payer',
    text: 'Each says what a payer publishes: what a code means, how many minutes bill, what must be documented. Choose “Therapeutic activities (97530) and other timed services, time” below Health Network Solutions.',
  },
  {
    pane: 'editor',
    title: 'Change a number',
    text: 'Find “minimumMinutes” and make 8 a 10. Nothing is saved until you say so, and Ctrl+Z takes it back.',
  },
  {
    pane: 'encounters',
    title: 'See whom it touches',
    text: 'Every saved encounter is judged again at each key. “Changed” shows the ones that are decided otherwise now.',
  },
  {
    pane: 'why',
    title: 'Ask why',
    text: 'Choose an encounter. Here you read what was found, what was needed, and the clause of the payer’s page that says so; each leads to its place.',
  },
];
