import { decisions } from '../../evaluate/outcome.ts';
import type { NamedPeriod } from '../write-plain-period.ts';
import { rows } from './rows.ts';

/** What the policies in force say together. */
export function decideFunction(periods: readonly NamedPeriod[]): string {
  const of = periods.map(({ key, policy, period }) => ({
    key,
    policy: policy.id,
    timed: period.timeRule !== null,
    effects: Object.fromEntries(period.rules.map(({ id, effect }) => [id, effect])),
  }));
  return `// What the policies in force say together: the gravest decision, the rules, and the lowest supportable units.
const periods = ${rows(of)};
const gravestFirst = ${JSON.stringify(decisions)};

const gravest = (some) => gravestFirst.find((one) => some.includes(one)) ?? 'pay';

function subject(outcomes) {
  const having = (which) => outcomes.filter(({ outcome }) => outcome === which);
  const undetermined = having('undetermined');
  const effects = having('violated').map(({ effect }) => effect);
  return {
    decision: gravest(undetermined.length > 0 ? [...effects, 'needs-record'] : effects),
    violated: having('violated').map(({ rule }) => rule).sort(),
    undetermined: undetermined.map(({ rule }) => rule).sort(),
  };
}

export const handler = async (input) => {
  const inForce = periods.filter(({ key }) => input[key].inForce);
  const outcomes = (at) =>
    inForce.flatMap(({ key, effects }) =>
      Object.entries((at === null ? input[key].visit : input[key].lines) ?? {}).map(([rule, found]) => ({
        rule,
        effect: effects[rule],
        outcome: at === null ? found : found[at],
      })),
    );
  const lines = input.lines.map((line, at) => {
    const units = inForce
      .filter(({ timed }) => timed)
      .map(({ key }) => line[key + '_units'])
      .filter((one) => one !== null && one !== undefined);
    const { decision, violated, undetermined } = subject(outcomes(at));
    const supportableUnits = units.length === 0 ? null : Math.min(...units);
    return { line: at + 1, decision, supportableUnits, violated, undetermined };
  });
  const { decision, violated, undetermined } = subject(outcomes(null));
  return {
    decision: gravest([decision, ...lines.map((line) => line.decision)]),
    lines,
    visit: { violated, undetermined },
  };
};
`;
}
