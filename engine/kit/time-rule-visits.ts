import type { DocumentLine, EncounterDocument } from '../intermediate/document.ts';
import type { PlainPeriod } from '../intermediate/form.ts';
import { minutesAtEdges } from './moves.ts';

/**
 * Visits with timed services at every edge of how minutes become units: one code, two in every pair of minutes, three with
 * equal remainders, one code on two lines; without minutes, without a record, without units.
 */
export function* timeRuleVisits(
  { timeRule }: PlainPeriod,
  date: string,
  payer: string,
): Generator<EncounterDocument> {
  if (!timeRule) return;
  const [one, two = one, three = two] = timeRule.codes;
  if (one === undefined || two === undefined || three === undefined) return;
  const line = (
    code: string,
    minutes: number | null | undefined,
    units: number | null = 1,
  ): DocumentLine => ({
    code,
    ...(units === null ? {} : { units }),
    ...(minutes === undefined ? {} : { record: { minutes } }),
  });
  const visit = (...lines: readonly DocumentLine[]): EncounterDocument => ({
    encounter: '',
    visit: { date, payer, received: date },
    lines,
  });
  const edges = minutesAtEdges(timeRule);
  const { minutesPerUnit: mpu } = timeRule;
  const midpoint = Math.floor(mpu / 2) + 1;
  for (const minutes of edges) for (const units of [0, 1, 2, 3]) yield visit(line(one, minutes, units));
  for (const minutes of [
    2 * mpu + midpoint - 1,
    2 * mpu + midpoint,
    3 * mpu + midpoint - 1,
    3 * mpu + midpoint,
  ])
    for (const units of [2, 3, 4]) yield visit(line(one, minutes, units));
  for (const a of edges) for (const b of edges) yield visit(line(one, a), line(two, b));
  const rests = [midpoint - 1, midpoint, mpu + 2, mpu + midpoint - 1, mpu + midpoint];
  for (const a of rests)
    for (const b of rests) {
      yield visit(line(one, a), line(two, b), line(three, a));
      yield visit(line(one, a, 1), line(two, a, 2), line(three, b, 2));
      yield visit(line(one, a, 1), line(one, b, 1), line(two, b, 2));
    }
  for (const missing of [null, undefined]) {
    yield visit(line(one, missing));
    yield visit(line(one, missing), line(two, mpu));
    yield visit(line(two, mpu), line(one, missing));
    yield visit(line(one, missing), line(one, mpu));
    yield visit(line(one, mpu), line(one, missing), line(two, midpoint));
  }
  yield visit(line(one, mpu, null));
  yield visit(line(one, mpu, null), line(one, mpu, 2));
  yield visit(line(one, 3 * mpu, 1), line(one, 0, 2), line(two, midpoint, null));
}
