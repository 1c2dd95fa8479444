import { formatDay } from '../../base/calendar-date.ts';
import type { Day } from '../../base/calendar-date.ts';
import type { Policy } from '../../model/policy.ts';
import { policyWords } from '../../words/policy-words.ts';
import type { Naming } from '../../words/speaking.ts';
import type { Cell } from './csv.ts';

export const listColumns = ['List', 'Title', 'Value', 'With', 'Short', 'From', 'To'] as const;

/** One row per entry of every list that a sentence of the policies names. */
export function listRows(policies: readonly Policy[], naming: Naming): readonly (readonly Cell[])[] {
  const named = new Set(policies.flatMap((policy) => policyWords(policy, naming).lists.map(({ id }) => id)));
  return naming.lists
    .filter(({ id }) => named.has(id))
    .flatMap(({ id, title, entries }) =>
      entries.map(({ value, columnTwo, short, from, to }): readonly Cell[] => [
        id,
        title,
        value,
        columnTwo,
        short,
        day(from),
        day(to),
      ]),
    );
}

function day(value: Day | null): string | null {
  return value === null ? null : formatDay(value);
}
