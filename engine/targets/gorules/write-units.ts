import type { NamedPeriod } from '../write-plain-period.ts';
import { rows } from './rows.ts';

/** The time rules of all periods. This alone cannot be said in expressions that anybody would read: units left over go round. */
export function timeFunction(periods: readonly NamedPeriod[]): string {
  const rules = periods.flatMap(({ key, period: { timeRule } }) => {
    if (!timeRule) return [];
    const { method, codes, minutesPerUnit, minimumMinutes } = timeRule;
    return [{ key, method, codes, minutesPerUnit, minimumMinutes }];
  });
  return `// How minutes become units, for each policy and period with timed codes.
const rules = ${rows(rules)};

const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

// One unit at the midpoint of the first, and one more each time a midpoint is passed.
function unitsOf(minutes, mpu) {
  const midpoint = Math.floor(mpu / 2) + 1;
  return minutes < midpoint ? 0 : Math.floor((minutes - midpoint) / mpu) + 1;
}

function compute(rule, all) {
  const mpu = rule.minutesPerUnit;
  const timed = all.filter((line) => rule.codes.includes(line.line_code));
  const open = new Set(timed.filter((line) => !line.record_supplied).map((line) => line.line_code));
  const isOpen = (line) => (rule.method === 'total-time' ? open.size > 0 : open.has(line.line_code));
  const decidable = timed.filter((line) => !isOpen(line));
  const billed = (line) => line.line_units ?? 0;
  const codes = [...new Set(decidable.map((line) => line.line_code))].map((code, first) => {
    const lines = decidable.filter((line) => line.line_code === code);
    const raw = sum(lines.map((line) => line.record_minutes ?? 0));
    const minutes = raw < rule.minimumMinutes ? 0 : raw;
    const whole = Math.floor(minutes / mpu);
    return { first, lines, minutes, whole, rest: minutes - mpu * whole, billed: sum(lines.map(billed)) };
  });
  const total = sum(codes.map((code) => code.minutes));
  const left = unitsOf(total, mpu) - sum(codes.map((code) => code.whole));
  for (const code of codes) {
    if (rule.method === 'per-service') code.units = unitsOf(code.minutes, mpu);
    if (rule.method === 'full-units') code.units = code.whole;
    if (rule.method !== 'total-time') continue;
    // Units left over go to the largest rests; of equal ones first to those that billed more than their whole units.
    const isBefore = (other) =>
      other.rest !== code.rest
        ? other.rest > code.rest
        : other.billed > other.whole !== code.billed > code.whole
          ? other.billed > other.whole
          : other.first < code.first;
    code.units = code.whole + (codes.filter((other) => other !== code && isBefore(other)).length < left ? 1 : 0);
  }
  const units = new Map();
  for (const code of codes) {
    let remaining = code.units;
    for (const line of code.lines) {
      const taken = Math.min(billed(line), remaining);
      units.set(line.position, taken);
      remaining -= taken;
    }
    const first = code.lines[0].position;
    units.set(first, units.get(first) + remaining);
  }
  const known = open.size === 0;
  const supported = rule.method === 'total-time' ? unitsOf(total, mpu) : sum(codes.map((code) => code.units));
  return {
    lines: all.map((line) => {
      const isTimed = timed.includes(line);
      return { units: units.get(line.position) ?? null, known: !isTimed || units.has(line.position) };
    }),
    figures: {
      visit_timedMinutes_known: known,
      visit_timedMinutes: known ? total : null,
      visit_supportableUnits_known: known,
      visit_supportableUnits: known ? supported : null,
      visit_billedTimedUnits_known: true,
      visit_billedTimedUnits: sum(timed.map(billed)),
    },
  };
}

export const handler = async (input) => {
  const results = rules.map((rule) => ({ key: rule.key, ...compute(rule, input.lines) }));
  return {
    ...input,
    lines: input.lines.map((line, at) => ({
      ...line,
      ...Object.fromEntries(
        results.flatMap(({ key, lines }) => [
          [key + '_units', lines[at].units],
          [key + '_units_known', lines[at].known],
        ]),
      ),
    })),
    time: Object.fromEntries(results.map(({ key, figures }) => [key, figures])),
  };
};
`;
}
