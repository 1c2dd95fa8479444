import type { PlainTimeRule } from '../../intermediate/form.ts';
import type { Lists } from './write-test.ts';

/** The settings of a time rule; how it counts is in `unitsCode`. */
export function writeTimeRule(
  { method, codes, minutesPerUnit, minimumMinutes }: PlainTimeRule,
  lists: Lists,
): string {
  return `{ method: '${method}', codes: ${lists.nameOf('list', codes)}, minutesPerUnit: ${minutesPerUnit}, minimumMinutes: ${minimumMinutes} }`;
}

/** How minutes become units, in the steps of the intermediate form. */
export const unitsCode = String.raw`/** Units for minutes: none below the midpoint of a unit, and one more each time a midpoint is passed. */
function unitsFor(minutes, minutesPerUnit) {
  const midpoint = Math.floor(minutesPerUnit / 2) + 1;
  let units = 0;
  while (minutesPerUnit * units + midpoint <= minutes) units += 1;
  return units;
}

/** Supportable units of each line (undefined = unknown, null = not timed), and the figures of the visit. */
function applyTimeRule(rule, lines) {
  const figures = {};
  const units = lines.map(() => null);
  if (rule === null) return { units, figures };
  const timed = lines.flatMap((line, index) =>
    rule.codes.includes(line['line.code'])
      ? [{ index, code: line['line.code'], minutes: line['record.minutes'], billed: line['line.units'] ?? 0 }]
      : [],
  );
  const open = new Set(timed.filter(({ minutes }) => minutes === undefined).map(({ code }) => code));
  for (const { index } of timed) units[index] = undefined;
  const decidable =
    rule.method === 'total-time' && open.size > 0 ? [] : timed.filter(({ code }) => !open.has(code));

  const codes = [];
  for (const { code, minutes, billed } of decidable) {
    let known = codes.find((one) => one.code === code);
    if (!known) codes.push((known = { code, minutes: 0, billed: 0, first: codes.length, supported: 0 }));
    known.minutes += minutes ?? 0;
    known.billed += billed;
  }
  for (const code of codes) if (code.minutes < rule.minimumMinutes) code.minutes = 0;
  const total = codes.reduce((sum, { minutes }) => sum + minutes, 0);

  if (rule.method === 'per-service')
    for (const code of codes) code.supported = unitsFor(code.minutes, rule.minutesPerUnit);
  if (rule.method === 'full-units')
    for (const code of codes) code.supported = Math.floor(code.minutes / rule.minutesPerUnit);
  if (rule.method === 'total-time') {
    for (const code of codes) {
      code.supported = Math.floor(code.minutes / rule.minutesPerUnit);
      code.rest = code.minutes - code.supported * rule.minutesPerUnit;
      code.wanted = code.billed > code.supported ? 1 : 0;
    }
    const left =
      unitsFor(total, rule.minutesPerUnit) - codes.reduce((sum, { supported }) => sum + supported, 0);
    for (const code of codes) {
      code.above = codes.filter(({ rest }) => rest > code.rest).length;
      code.same = codes.filter(({ rest }) => rest === code.rest).length;
      code.tied = code.above < left && left < code.above + code.same;
    }
    const before = (code) =>
      codes.filter(
        (one) =>
          one.tied &&
          (one.wanted > code.wanted || (one.wanted === code.wanted && one.first < code.first)),
      ).length;
    const more = codes.filter(
      (code) => code.above + code.same <= left || (code.tied && before(code) < left - code.above),
    );
    for (const code of more) code.supported += 1;
  }

  for (const code of codes) {
    let rest = code.supported;
    const own = decidable.filter((line) => line.code === code.code);
    for (const { index, billed } of own) {
      units[index] = Math.min(billed, rest);
      rest -= units[index];
    }
    units[own[0].index] += rest;
  }
  const whole = open.size === 0;
  figures['visit.timedMinutes'] = whole ? total : undefined;
  figures['visit.supportableUnits'] = !whole
    ? undefined
    : rule.method === 'total-time'
      ? unitsFor(total, rule.minutesPerUnit)
      : codes.reduce((sum, { supported }) => sum + supported, 0);
  figures['visit.billedTimedUnits'] = timed.reduce((sum, { billed }) => sum + billed, 0);
  return { units, figures };
}`;
