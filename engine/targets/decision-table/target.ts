import { exportedPolicies } from '../exported-policies.ts';
import type { Target } from '../target.ts';
import { csv } from './csv.ts';
import { listColumns, listRows } from './write-lists.ts';
import { writeReadme } from './write-readme.ts';
import { boundPeriods, ruleColumns, ruleRows, termColumns, termRows } from './write-rules.ts';
import { unitColumns, unitRows } from './write-units.ts';

export const decisionTable: Target = {
  id: 'decision-table',
  title: 'Decision table',
  audience: 'Claim-edit vendors and auditors who read rules in a spreadsheet.',
  decides: false,
  write: (given) => {
    const { workspace } = given;
    const policies = exportedPolicies(given);
    const periods = boundPeriods(policies);
    return {
      files: [
        { path: 'README.md', text: writeReadme() },
        { path: 'lists.csv', text: csv(listColumns, listRows(policies, workspace)) },
        {
          path: 'rules.csv',
          text: csv(
            ruleColumns,
            periods.flatMap((period) => ruleRows(period, workspace)),
          ),
        },
        {
          path: 'terms.csv',
          text: csv(
            termColumns,
            periods.flatMap((period) => termRows(period, workspace)),
          ),
        },
        {
          path: 'units.csv',
          text: csv(
            unitColumns,
            periods.flatMap((period) => unitRows(period, workspace)),
          ),
        },
      ],
      refused: [],
      losses: [],
    };
  },
};
