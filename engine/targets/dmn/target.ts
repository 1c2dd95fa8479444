import type { PlainProgram } from '../../intermediate/form.ts';
import { noMessages } from '../target.ts';
import type { Target } from '../target.ts';
import { namedPeriods } from '../write-plain-period.ts';
import { dmnInput } from './write-input.ts';
import { writeReadme } from './write-readme.ts';
import { answerContext, periodContext } from './write-rules.ts';
import { timeContext } from './write-units.ts';
import { writeXml } from './write-xml.ts';
import type { Decision, InputData } from './write-xml.ts';

export { dmnInput };

export const dmn: Target = {
  id: 'dmn',
  title: 'DMN 1.3',
  audience: 'Teams whose decisions are models that business and engineering both read, on any DMN engine.',
  decides: true,
  write: ({ program, name }) => ({
    files: [
      { path: 'README.md', text: writeReadme() },
      { path: 'policy.dmn', text: writeModel(program, name) },
    ],
    refused: [],
    losses: [noMessages],
  }),
};

/** Inputs below, time rules above them, then one decision for each policy and period, and the answer on top. */
function writeModel(program: PlainProgram, name: string): string {
  const named = namedPeriods(program);
  const data = (id: string, title: string, column: number): InputData => ({ id, title, row: 3, column });
  const inputs = [
    data('encounter', 'The visit, its note and what was supplied', 0),
    data('lines', 'Lines of the claim with their records', 1),
    data('priorVisits', 'Visits before', 2),
  ];
  const periods = named.flatMap((one, column): readonly Decision[] => {
    const { key, policy, period } = one;
    const days = `${period.from} to ${period.to ?? 'further notice'}`;
    const time = `${key}_time`;
    return [
      ...(period.timeRule
        ? [
            {
              id: time,
              title: `${policy.title}, ${days}: minutes to units`,
              row: 2,
              column,
              reads: ['lines'],
              entries: timeContext(period.timeRule),
            },
          ]
        : []),
      {
        id: key,
        title: `${policy.title}, ${days}`,
        row: 1,
        column,
        reads: ['encounter', 'lines', 'priorVisits', ...(period.timeRule ? [time] : [])],
        entries: periodContext(one, program),
      },
    ];
  });
  const answer: Decision = {
    id: 'answer',
    title: 'Decision of the claim and of each line',
    row: 0,
    column: 0,
    reads: ['lines', ...named.map(({ key }) => key)],
    entries: answerContext(named),
  };
  return writeXml(name, [...periods, answer], inputs);
}
