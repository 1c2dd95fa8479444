import { literalValue } from '../../model/bind.ts';
import type { TimeMethod } from '../../model/policy.ts';
import { citationWords } from '../../words/citations.ts';
import { payerWords } from '../../words/policy-words.ts';
import { textOf } from '../../words/runs.ts';
import type { Naming } from '../../words/speaking.ts';
import { minimumOf, unitsTable } from '../units-table.ts';
import type { Cell } from './csv.ts';
import type { BoundPeriod } from './write-rules.ts';

export const unitColumns = [
  'Policy',
  'Policy title',
  'From',
  'To',
  'Payers',
  'Timed codes',
  'Minutes of',
  'Least minutes of a code',
  'Minutes from',
  'Minutes to',
  'Units',
  'Sources',
] as const;

const minutesOf: Readonly<Record<TimeMethod, string>> = {
  'per-service': 'each code, its lines added up',
  'total-time': 'all timed codes of the visit, added up',
  'full-units': 'each code, its lines added up; only completed units count',
};

/** One row per number of units and period. */
export function unitRows({ policy, from, to }: BoundPeriod, naming: Naming): readonly (readonly Cell[])[] {
  const { timeRule } = policy;
  if (timeRule === null) return [];
  const codes = [literalValue(timeRule.codes)].flat().map(String).toSorted().join('; ');
  return unitsTable(timeRule).map((row) => [
    policy.id,
    policy.title,
    from,
    to,
    payerWords(policy.payers, naming),
    codes,
    minutesOf[timeRule.method],
    minimumOf(timeRule),
    row.from,
    row.to,
    row.units,
    textOf(citationWords(timeRule.cites, naming)),
  ]);
}
