import { decisions } from '../../evaluate/outcome.ts';
import type { PlainProgram } from '../../intermediate/form.ts';
import { nameOf, sectionsRead, suppliedName } from '../write-plain-test.ts';

/** One policy in one period, with the name under which its node answers. */
export interface NamedPeriod {
  readonly key: string;
  readonly policy: PlainProgram['policies'][number];
  readonly period: PlainProgram['policies'][number]['periods'][number];
}

/** Reads an encounter: one flat name for each fact, days as day numbers, null where nothing is, and what was supplied at all. */
export function readFunction(program: PlainProgram): string {
  const sections = sectionsRead(program);
  const fields = program.fields.map(({ path, section, owner, scalar, list, absentMeansNone }) => ({
    name: nameOf(path),
    key: path.slice(path.indexOf('.') + 1),
    section,
    owner,
    isDay: scalar === 'date',
    list,
    none: absentMeansNone,
  }));
  return `// Reads an encounter: one flat name for each fact, days as numbers since 1970-01-01, null where there is no value.
const fields = ${rows(fields)};
const sections = ${JSON.stringify(sections.map((section) => ({ section, name: suppliedName(section) })))};

const isBlank = (value) => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
const dayNumber = (day) => Date.parse(day + 'T00:00:00Z') / 86400000;

function valueOf(values, field) {
  const value = Object.hasOwn(values, field.key) ? values[field.key] : null;
  if (field.list) {
    if (value === null || value === undefined || (value.length === 0 && !field.none)) return field.none ? [] : null;
    return value.map((one) => (field.isDay ? dayNumber(one) : one));
  }
  if (isBlank(value)) return null;
  return field.isDay ? dayNumber(value) : value;
}

// A section that is left out was never supplied; one that is null is there, and empty.
function read(owner, sectionOf) {
  const found = {};
  for (const field of fields) {
    if (field.owner !== owner) continue;
    const values = sectionOf(field.section);
    found[field.name] = values === undefined ? null : valueOf(values ?? {}, field);
  }
  return found;
}

export const handler = async (input) => {
  const encounter = read('visit', (section) => (section === 'visit' ? (input.visit ?? {}) : input[section]));
  for (const { section, name } of sections) if (section !== 'record') encounter[name] = input[section] !== undefined;
  return {
    encounter,
    lines: input.lines.map((line, at) => ({
      position: at + 1,
      record_supplied: line.record !== undefined,
      ...read('line', (section) => (section === 'record' ? line.record : line)),
    })),
    priorVisits: (input.priorVisits ?? []).map((visit, at) => ({ position: at + 1, ...read('prior', () => visit) })),
  };
};
`;
}

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

/** One row a line, so that the table is legible in the editor. */
function rows(of: readonly unknown[]): string {
  return `[\n${of.map((one) => `  ${JSON.stringify(one)},\n`).join('')}]`;
}
