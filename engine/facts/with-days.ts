import type { Day } from '../base/calendar-date.ts';
import type { FactTable, Vocabulary } from './encounter.ts';
import { dateReceived } from './vocabulary.ts';

/** The days as which an encounter is to be judged; null: as it says itself. */
export interface OtherDays {
  readonly dateOfService: Day | null;
  readonly received: Day | null;
}

/** The encounter as if it were of another date of service, or received on another day. All its other dates stay as they are. */
export function withDays(
  table: FactTable,
  { dateOfService, received }: OtherDays,
  { slots }: Pick<Vocabulary, 'slots'>,
): FactTable {
  const put = (visit: FactTable['visit'], path: string, day: Day | null): FactTable['visit'] =>
    day === null ? visit : visit.with(slots.get(path)!, day);
  return {
    ...table,
    day: dateOfService ?? table.day,
    received: received ?? table.received,
    visit: put(put(table.visit, 'visit.date', dateOfService), dateReceived, received),
  };
}
