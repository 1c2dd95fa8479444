import { exportedPolicies } from '../exported-policies.ts';
import type { Target } from '../target.ts';
import { writeManual } from './write-manual.ts';

export const manual: Target = {
  id: 'manual',
  title: 'Policy manual',
  audience: 'Providers, billers and reviewers who read policies on paper or on the screen.',
  decides: false,
  write: (given) => ({
    files: [{ path: 'manual.html', text: writeManual(exportedPolicies(given), given.workspace) }],
    refused: [],
    losses: [],
  }),
};
