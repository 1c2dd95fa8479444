import { parseDay } from '../base/calendar-date.ts';
import type { FactTable, FactValue, Vocabulary } from '../facts/encounter.ts';
import { ownerOf } from '../facts/fact-table.ts';
import { dateReceived } from '../facts/vocabulary.ts';
import type { Input, InputValues } from '../intermediate/document.ts';

/** A document behind the boundary, laid out for the compiled evaluator. What no policy reads is not in it. */
export function createTableOf(vocabulary: Vocabulary): (input: Input) => FactTable {
  const facts = (owner: 'visit' | 'line' | 'prior') =>
    vocabulary.facts
      .filter(({ path }) => ownerOf(path) === owner)
      .map(({ path, type, absentMeansUnknown }) => ({
        path,
        isDay: type.scalar === 'date',
        // The date received: it is left out where it is not known, and never empty.
        unknown: absentMeansUnknown === true,
      }));
  const [ofVisit, ofLine, ofPrior] = [facts('visit'), facts('line'), facts('prior')];
  const vector = (of: typeof ofVisit, values: InputValues) =>
    of.map(({ path, isDay, unknown }): FactValue | undefined => {
      const value = values.get(path);
      if (unknown && value === null) return undefined;
      return isDay && value != null ? day(value) : value;
    });
  return ({ id, day: date, payer, visit, lines, prior }) => ({
    id,
    day: parseDay(date)!,
    received: receivedIn(visit),
    payer,
    visit: vector(ofVisit, visit),
    lines: lines.map((line) => vector(ofLine, line)),
    prior: prior && prior.map((item) => vector(ofPrior, item)),
  });
}

function receivedIn(visit: InputValues): number | null {
  const text = visit.get(dateReceived);
  return typeof text === 'string' ? parseDay(text) : null;
}

function day(value: FactValue): FactValue {
  return Array.isArray(value) ? value.map((one) => parseDay(String(one))!) : parseDay(String(value));
}
