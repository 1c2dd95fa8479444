import type { PlainTimeRule } from '../../intermediate/form.ts';
import { comment, text } from './names.ts';

/** A query with a name: a common table expression, or a table that is kept. */
export interface Step {
  readonly name: string;
  readonly sql: string;
  /** Said above it. */
  readonly why?: string;
}

/** A query with the common table expressions that it reads. */
export function withSteps(steps: readonly Step[], query: string): string {
  return steps.length === 0 ? query : `WITH\n${steps.map(stepText).join(',\n')}\n${query}`;
}

function stepText({ name, sql, why }: Step): string {
  return `${why ? `${comment(why)}\n` : ''}${name} AS (\n  ${sql}\n)`;
}

/** Units of so many minutes: one more each time the midpoint of a unit is passed. Whole numbers, and no remainder is lost. */
function unitsOf(minutes: string, minutesPerUnit: number): string {
  const midpoint = Math.floor(minutesPerUnit / 2) + 1;
  const moved = `(${minutes} + ${minutesPerUnit - midpoint})`;
  return `CASE WHEN ${minutes} < ${midpoint} THEN 0 ELSE ${wholeOf(moved, minutesPerUnit)} END`;
}

/** How often a whole number goes into another: the remainder is taken off first, so every dialect divides alike. */
function wholeOf(number: string, by: number): string {
  return `CAST((${number} - ${number} % ${by}) / ${by} AS INTEGER)`;
}

/**
 * The time rule of a period, step by step as `PlainTimeRule` tells it, in tables of their own: `<prefix>_timed` has the
 * timed lines, `<prefix>_supported` the units of each code, `<prefix>_units` those of each timed line (not known where the
 * record was not supplied), and `<prefix>_timed_visit` the three figures of each visit.
 */
export function unitTables(
  { method, codes, minutesPerUnit: mpu, minimumMinutes }: PlainTimeRule,
  visit: Step,
  prefix: string,
): readonly Step[] {
  const total = method === 'total-time';
  const [timed, supported] = [`${prefix}_timed`, `${prefix}_supported`];
  const decidable: readonly Step[] = [
    {
      name: 'missing',
      why: total
        ? 'one open line leaves all units of the visit unknown'
        : 'an open line leaves its code unknown',
      sql: `SELECT encounter_id, ${total ? '' : 'code, '}MAX(open) AS open
  FROM ${timed} GROUP BY encounter_id${total ? '' : ', code'}`,
    },
    {
      name: 'decidable',
      sql: `SELECT t.encounter_id, t.line, t.code, t.billed, t.minutes
  FROM ${timed} t
  JOIN missing x ON x.encounter_id = t.encounter_id${total ? '' : ' AND x.code = t.code'}
  WHERE x.open = 0`,
    },
  ];
  const coded: Step = {
    name: 'coded',
    why:
      minimumMinutes > 0 ? `fewer than ${minimumMinutes} minutes of a code are set aside` : 'minutes by code',
    sql: `SELECT encounter_id, code, CASE WHEN SUM(minutes) >= ${minimumMinutes} THEN SUM(minutes) ELSE 0 END AS minutes,
    SUM(billed) AS billed, MIN(line) AS first_line
  FROM decidable GROUP BY encounter_id, code`,
  };
  const whole = total ? sharedTotal(mpu) : ownMinutes(method, mpu);
  return [
    {
      name: timed,
      why: 'timed lines; open where the record was not supplied',
      sql: withSteps(
        [visit],
        `SELECT l.encounter_id, l.line, l.line_code AS code, COALESCE(l.line_units, 0) AS billed,
  COALESCE(l.record_minutes, 0) AS minutes, CASE WHEN l.record_supplied = TRUE THEN 0 ELSE 1 END AS open
FROM visit e
JOIN proviso_line l ON l.encounter_id = e.encounter_id
WHERE l.line_code IN (${codes.map(text).join(', ') || 'NULL'})`,
      ),
    },
    {
      name: supported,
      why: 'minutes and units of each code',
      sql: withSteps([...decidable, coded, ...whole.steps], whole.query),
    },
    {
      name: `${prefix}_units`,
      why: 'units of each timed line: lines take what they billed in the order of the claim, the first what none billed',
      sql: withSteps(
        [
          ...decidable,
          {
            name: 'earlier',
            why: 'units billed on earlier lines of the code',
            sql: `SELECT d.encounter_id, d.line, COALESCE(SUM(f.billed), 0) AS billed
  FROM decidable d
  LEFT JOIN decidable f ON f.encounter_id = d.encounter_id AND f.code = d.code AND f.line < d.line
  GROUP BY d.encounter_id, d.line`,
          },
          {
            name: 'shared',
            sql: `SELECT d.encounter_id, d.line,
    CASE WHEN s.units - b.billed < 0 THEN 0
      WHEN d.billed < s.units - b.billed THEN d.billed
      ELSE s.units - b.billed END
    + CASE WHEN d.line = s.first_line AND s.units > s.billed THEN s.units - s.billed ELSE 0 END AS units
  FROM decidable d
  JOIN ${supported} s ON s.encounter_id = d.encounter_id AND s.code = d.code
  JOIN earlier b ON b.encounter_id = d.encounter_id AND b.line = d.line`,
          },
        ],
        `SELECT t.encounter_id, t.line, CASE WHEN u.line IS NULL THEN 0 ELSE 1 END AS known, u.units
FROM ${timed} t
LEFT JOIN shared u ON u.encounter_id = t.encounter_id AND u.line = t.line`,
      ),
    },
    {
      name: `${prefix}_timed_visit`,
      why: 'the figures of the time rule',
      sql: withSteps(
        [
          visit,
          {
            name: 'billed',
            sql: `SELECT encounter_id, MAX(open) AS open, SUM(billed) AS billed FROM ${timed} GROUP BY encounter_id`,
          },
          {
            name: 'totals',
            sql: `SELECT encounter_id, SUM(minutes) AS minutes, ${total ? unitsOf('SUM(minutes)', mpu) : 'SUM(units)'} AS units
  FROM ${supported} GROUP BY encounter_id`,
          },
        ],
        `SELECT e.encounter_id,
  CASE WHEN COALESCE(b.open, 0) = 0 THEN 1 ELSE 0 END AS visit_timed_minutes_known,
  COALESCE(t.minutes, 0) AS visit_timed_minutes,
  CASE WHEN COALESCE(b.open, 0) = 0 THEN 1 ELSE 0 END AS visit_supportable_units_known,
  COALESCE(t.units, 0) AS visit_supportable_units,
  1 AS visit_billed_timed_units_known, COALESCE(b.billed, 0) AS visit_billed_timed_units
FROM visit e
LEFT JOIN billed b ON b.encounter_id = e.encounter_id
LEFT JOIN totals t ON t.encounter_id = e.encounter_id`,
      ),
    },
  ];
}

interface Units {
  readonly steps: readonly Step[];
  /** encounter_id, code, minutes, billed, first_line, units. */
  readonly query: string;
}

/** Each code stands on its own minutes. */
function ownMinutes(method: PlainTimeRule['method'], mpu: number): Units {
  const units = method === 'per-service' ? unitsOf('minutes', mpu) : wholeOf('minutes', mpu);
  return {
    steps: [],
    query: `SELECT encounter_id, code, minutes, billed, first_line, ${units} AS units
FROM coded`,
  };
}

/** Units of the total; what is left beyond whole units goes to the largest remainders. */
function sharedTotal(mpu: number): Units {
  const steps: readonly Step[] = [
    {
      name: 'split',
      sql: `SELECT encounter_id, code, minutes, billed, first_line, ${wholeOf('minutes', mpu)} AS whole, minutes % ${mpu} AS rest
  FROM coded`,
    },
    {
      name: 'spare',
      why: 'units of the total that are not whole units of a code',
      sql: `SELECT encounter_id, ${unitsOf('SUM(minutes)', mpu)} - SUM(whole) AS remaining
  FROM split GROUP BY encounter_id`,
    },
    {
      name: 'standing',
      why: 'how many codes have a larger rest, and how many the same',
      sql: `SELECT c.encounter_id, c.code, SUM(CASE WHEN d.rest > c.rest THEN 1 ELSE 0 END) AS above,
    SUM(CASE WHEN d.rest = c.rest THEN 1 ELSE 0 END) AS same
  FROM split c
  JOIN split d ON d.encounter_id = c.encounter_id
  GROUP BY c.encounter_id, c.code`,
    },
    {
      name: 'tie',
      why: 'equal rests that cannot all have one: those that billed more than their whole units come first',
      sql: `SELECT w.*, r.above, r.same, x.remaining,
    CASE WHEN w.billed > w.whole THEN 1 ELSE 0 END AS wanted,
    CASE WHEN r.above < x.remaining AND x.remaining < r.above + r.same THEN 1 ELSE 0 END AS tied
  FROM split w
  JOIN standing r ON r.encounter_id = w.encounter_id AND r.code = w.code
  JOIN spare x ON x.encounter_id = w.encounter_id`,
    },
    {
      name: 'place',
      why: 'how many of the tied codes come before',
      sql: `SELECT c.encounter_id, c.code,
    SUM(CASE WHEN d.tied = 1 AND (d.wanted > c.wanted OR (d.wanted = c.wanted AND d.first_line < c.first_line)) THEN 1 ELSE 0 END) AS before_it
  FROM tie c
  JOIN tie d ON d.encounter_id = c.encounter_id
  GROUP BY c.encounter_id, c.code`,
    },
  ];
  return {
    steps,
    query: `SELECT c.encounter_id, c.code, c.minutes, c.billed, c.first_line, c.whole
  + CASE WHEN c.above + c.same <= c.remaining THEN 1
    WHEN c.tied = 1 AND p.before_it < c.remaining - c.above THEN 1
    ELSE 0 END AS units
FROM tie c
JOIN place p ON p.encounter_id = c.encounter_id AND p.code = c.code`,
  };
}
