import { decisions } from '../../evaluate/outcome.ts';
import type {
  PlainFigure,
  PlainPeriod,
  PlainPolicy,
  PlainProgram,
  PlainRule,
} from '../../intermediate/form.ts';
import type { Shortfall } from '../target.ts';
import { comment, snake, tables, text } from './names.ts';
import type { InputNames, Owner } from './names.ts';
import { and, day, figureColumn, sizeColumn, subjectKeys, value, writeTest } from './write-test.ts';
import type { Asked, ListQuestion, Question, Subject, Writing } from './write-test.ts';
import { unitTables, withSteps } from './write-units.ts';
import type { Step } from './write-units.ts';

/** Everything that was found. */
const resultTable = 'proviso_result';

/** SQLite joins no more, in any build of it. */
const mostTables = 64;
/** So many rules are judged by one query, so that what they ask of other lines and lists is seldom more than that. */
const rulesAtOnce = 20;

export interface WrittenRules {
  readonly sql: string;
  /** The policies that SQLite cannot run, where there are any. */
  readonly tooWide: readonly Shortfall[];
}

/**
 * The whole policy as statements that judge every encounter at once: tables that all policies read, then one statement for
 * each policy in each period, then everything that they found, and views that say what it means.
 */
export function writeRules(program: PlainProgram, names: InputNames): WrittenRules {
  const lists = new Map<string, ListQuestion>();
  const tooWide: Shortfall[] = [];
  const periods = program.policies.flatMap((policy) =>
    policy.periods.map((period, at) => {
      const { kept, widest } = writePeriod(policy, period, prefixOf(policy, at, program), names, lists);
      if (widest > mostTables)
        tooWide.push({
          what: `SQLite joins no more than ${mostTables} tables in a query, and ${policy.title}, from ${period.from}, needs ${widest} for its figures or for what its rules ask of other lines and lists. The other databases have no such bound; on SQLite this export does not run.`,
          rule: null,
          place: (period.figures[0] ?? period.rules[0])?.place ?? null,
        });
      return kept;
    }),
  );
  const kept = [
    ...summaries(names, lists),
    inForce(program),
    ...periods.flat(),
    {
      name: resultTable,
      sql: unionAll(periods.map((one) => `SELECT * FROM ${one.at(-1)!.name}`)),
      why: 'a violated or undetermined rule, or the units of a line; line 0 is the visit',
    },
  ];
  const views = [
    { name: 'proviso_line_answer', sql: lineAnswer },
    { name: 'proviso_encounter_answer', sql: encounterAnswer },
    { name: 'proviso_finding', sql: findings },
  ];
  const statements = [
    // What an earlier run left: views first, since they read the tables.
    ...views.map(({ name }) => `DROP VIEW IF EXISTS ${name};`),
    ...kept.map(({ name }) => `DROP TABLE IF EXISTS ${name};`),
    ...kept.map(({ name, sql, why }) => `${why ? `${comment(why)}\n` : ''}CREATE TABLE ${name} AS\n${sql};`),
    ...views.map(({ name, sql }) => `CREATE VIEW ${name} AS\n${sql};`),
  ];
  return { sql: `${statements.join('\n\n')}\n`, tooWide };
}

/** SQLite takes 500 queries in a union. */
const mostInUnion = 400;

/** All of their rows; of many, each part is a query by itself. */
function unionAll(selects: readonly string[]): string {
  if (selects.length === 0) return nothing;
  if (selects.length <= mostInUnion) return selects.join('\nUNION ALL\n');
  return unionAll(
    Array.from({ length: Math.ceil(selects.length / mostInUnion) }, (_, at) => {
      const part = selects.slice(at * mostInUnion, (at + 1) * mostInUnion);
      return `SELECT * FROM (\n${unionAll(part)}\n) part_${at + 1}`;
    }),
  );
}

const nothing = `SELECT encounter_id, 0 AS line, '' AS kind, '' AS rule_id, '' AS effect, CAST(NULL AS BIGINT) AS units FROM encounter WHERE 1 = 0`;

/**
 * A name for a policy in a period, unique by the number that stands first. PostgreSQL cuts names off at 63 characters, and
 * the names of its tables begin with this one.
 */
function prefixOf(policy: PlainPolicy, at: number, { policies }: PlainProgram): string {
  const before = policies
    .slice(0, policies.indexOf(policy))
    .reduce((sum, { periods }) => sum + periods.length, 0);
  return `proviso_${before + at + 1}_${snake(policy.id).slice(0, 30)}`;
}

/** Every table with the sizes of its lists and what is asked of their items. */
function summaries(names: InputNames, lists: ReadonlyMap<string, ListQuestion>): readonly Step[] {
  const owners: readonly Owner[] = ['visit', 'line', 'prior'];
  return owners.flatMap((owner): readonly Step[] => {
    const { table, keys } = tables[owner];
    const own = names.fields.filter((field) => field.owner === owner && field.list);
    const questionsOf = (path: string) => [...lists.values()].filter((one) => one.path === path);
    const steps = own.map(({ path }): Step => ({
      name: `${names.of(path)}_summary`,
      sql: `SELECT ${[
        ...keys,
        'COUNT(*) AS size',
        ...questionsOf(path).map(({ column, sql }) => `${sql} AS ${column}`),
      ].join(', ')}\n  FROM ${names.of(path)} GROUP BY ${keys.join(', ')}`,
    }));
    const columns = own.flatMap(({ path }, at) => [
      `COALESCE(s${at}.size, 0) AS ${sizeColumn(path, names)}`,
      ...questionsOf(path).map(({ column }) => `COALESCE(s${at}.${column}, 0) AS ${column}`),
    ]);
    const joins = own.map(({ path }, at) => {
      const on = keys.map((key) => `s${at}.${key} = x.${key}`).join(' AND ');
      return `\n  LEFT JOIN ${names.of(path)}_summary s${at} ON ${on}`;
    });
    const query = `SELECT ${['x.*', ...columns].join(', ')}\nFROM ${table} x${joins.join('')}`;
    return [
      {
        name: `proviso_${table}`,
        sql: withSteps(steps, query),
        why: `${table} with what is asked of its lists`,
      },
    ];
  });
}

/** Which periods are in force for which encounter: by payer and date of service; an overlay takes the place of its base. */
function inForce(program: PlainProgram): Step {
  const date = 'e.visit_date_day';
  const selects = program.policies.flatMap((policy) =>
    policy.periods.map(({ from, to }, at) => {
      const conditions = [
        ...(policy.payers ? [`e.visit_payer IN (${policy.payers.map(text).join(', ') || 'NULL'})`] : []),
        `${date} >= ${day(from)}`,
        ...(to ? [`${date} <= ${day(to)}`] : []),
      ];
      const replaces = policy.replaces === null ? `''` : text(policy.replaces);
      return `SELECT e.encounter_id, ${text(prefixOf(policy, at, program))} AS period, ${text(policy.id)} AS policy_id, ${replaces} AS replaces
  FROM encounter e WHERE ${conditions.join(' AND ')}`;
    }),
  );
  const none = `SELECT encounter_id, '' AS period, '' AS policy_id, '' AS replaces FROM encounter WHERE 1 = 0`;
  const candidates = unionAll(selects.length > 0 ? selects : [none]);
  const hasOverlays = program.policies.some(({ replaces }) => replaces !== null);
  const name = 'proviso_in_force';
  const why = 'policies in force, by payer and date of service';
  if (!hasOverlays) return { name, why, sql: candidates };
  const query = `SELECT c.encounter_id, c.period, c.policy_id
FROM candidate c
LEFT JOIN (SELECT DISTINCT encounter_id, replaces FROM candidate) o ON o.encounter_id = c.encounter_id AND o.replaces = c.policy_id
WHERE o.encounter_id IS NULL`;
  return {
    name,
    why: `${why}; an overlay takes the place of the policy that it extends`,
    sql: withSteps([{ name: 'candidate', sql: candidates }], query),
  };
}

/** Tables of one policy in one period, of which the last one holds what it finds, and how many tables one query joins at most. */
function writePeriod(
  policy: PlainPolicy,
  period: PlainPeriod,
  prefix: string,
  names: InputNames,
  lists: Map<string, ListQuestion>,
): { readonly kept: readonly Step[]; readonly widest: number } {
  // Figures are joined with the visits, which SQLite makes two tables of again, and with the figures of a time rule.
  let widest = period.figures.length + 2 + (period.timeRule ? 1 : 0);
  const asked: Asked = { lists, questions: new Map(), prefix: 'question' };
  const visit: Step = {
    name: 'visit',
    sql: `SELECT e.* FROM proviso_encounter e
  JOIN proviso_in_force f ON f.encounter_id = e.encounter_id AND f.period = ${text(prefix)}`,
  };
  /** The queries of one statement, over the visits that it is about. */
  const statement = (figures: 'timed_visit' | 'figures') => {
    const steps: Step[] = [visit];
    const done = new Set<Question>();
    /** A query over the rows of a subject, after the steps that answer what it asks. */
    const query = (
      subject: Subject,
      make: (writing: Writing) => { readonly select: string; readonly rest?: string },
    ): string => {
      const writing: Writing = { names, period, subject, asked, uses: new Set() };
      const { select, rest = '' } = make(writing);
      for (const question of writing.uses) {
        if (done.has(question)) continue;
        done.add(question);
        const sql = query(question.subject, (inner) => answer(question, inner));
        steps.push({ name: question.name, sql });
      }
      const joins = [...writing.uses].map(
        (question) => `LEFT JOIN ${question.name} ON ${keysJoin(question)}`,
      );
      const from = fromOf(subject, period, prefix, figures);
      widest = Math.max(widest, from.length + 1 + joins.length);
      return [`SELECT ${select}`, ...from, ...joins, ...(rest ? [rest] : [])].join('\n  ');
    };
    return { steps, query };
  };

  const kept: Step[] = [];
  if (period.timeRule !== null || period.figures.length > 0) {
    const { steps, query } = statement('timed_visit');
    period.figures.forEach((figure, at) => {
      const sql = query(figure.over === 'lines' ? 'line' : 'prior', (writing) =>
        figureAnswer(figure, writing),
      );
      steps.push({ name: `figure_${at + 1}`, why: figure.name, sql });
    });
    kept.push({ name: `${prefix}_figures`, sql: withSteps(steps, figuresQuery(period, prefix)) });
  }

  const selects: string[] = [];
  for (const scope of ['line', 'visit'] as const) {
    const rules = period.rules.filter((rule) => rule.scope === scope);
    for (let from = 0; from < rules.length; from += rulesAtOnce) {
      const columns = rules
        .slice(from, from + rulesAtOnce)
        .map((rule, at) => ({ rule, column: `rule_${from + at + 1}` }));
      const { steps, query } = statement('figures');
      const sql = query(scope, (writing) => ({
        select: [
          `e.encounter_id, ${scope === 'line' ? 'l.line' : '0 AS line'}`,
          ...columns.map(
            ({ rule, column }) =>
              `\n    ${comment(`${rule.id}: ${rule.title}`)}\n    ${outcome(rule, writing)} AS ${column}`,
          ),
        ].join(','),
      }));
      const name = `${prefix}_${scope}_outcome${from === 0 ? '' : `_${from + 1}`}`;
      kept.push({
        name,
        why: 'for each rule: 0 settled, 1 violated, 2 undetermined',
        sql: withSteps(steps, sql),
      });
      selects.push(
        ...columns.map(
          ({ rule, column }) =>
            `SELECT encounter_id, line, CASE WHEN ${column} = 1 THEN 'violated' ELSE 'undetermined' END AS kind, ${text(rule.id)} AS rule_id, ${text(rule.effect)} AS effect, CAST(NULL AS BIGINT) AS units FROM ${name} WHERE ${column} <> 0`,
        ),
      );
    }
  }
  if (period.timeRule)
    selects.push(
      `SELECT encounter_id, line, 'units' AS kind, '' AS rule_id, '' AS effect, units FROM ${prefix}_units WHERE known = 1 AND units IS NOT NULL`,
    );
  const all = [
    ...(period.timeRule ? unitTables(period.timeRule, visit, prefix) : []),
    ...kept,
    {
      name: prefix,
      why: `${policy.title}, ${period.from} to ${period.to ?? 'further notice'}`,
      sql: unionAll(selects),
    },
  ];
  return { kept: all, widest };
}

function outcome({ applies, met }: PlainRule, writing: Writing): string {
  const [fails, holds] = [writeTest(applies.fails, writing), writeTest(applies.holds, writing)];
  const [isMet, isNotMet] = [writeTest(met.holds, writing), writeTest(met.fails, writing)];
  return `CASE
      WHEN ${fails} THEN 0
      WHEN NOT (${holds}) THEN 2
      WHEN ${isMet} THEN 0
      WHEN ${isNotMet} THEN 1
      ELSE 2 END`;
}

function fromOf(
  subject: Subject,
  period: PlainPeriod,
  prefix: string,
  figures: 'timed_visit' | 'figures',
): readonly string[] {
  const hasFigures = period.timeRule !== null || (figures === 'figures' && period.figures.length > 0);
  const units = (alias: string, of: string) =>
    period.timeRule
      ? [
          `LEFT JOIN ${prefix}_units ${alias} ON ${alias}.encounter_id = ${of}.encounter_id AND ${alias}.line = ${of}.line`,
        ]
      : [];
  const line = ['JOIN proviso_line l ON l.encounter_id = e.encounter_id', ...units('lu', 'l')];
  const other = (than: string) => [
    `JOIN proviso_line o ON o.encounter_id = e.encounter_id${than}`,
    ...units('ou', 'o'),
  ];
  return [
    'FROM visit e',
    ...(hasFigures ? [`LEFT JOIN ${prefix}_${figures} g ON g.encounter_id = e.encounter_id`] : []),
    ...(subject === 'line' || subject === 'pair' ? line : []),
    ...(subject === 'pair' ? other(' AND o.line <> l.line') : []),
    ...(subject === 'visit-pair' ? other('') : []),
    ...(subject === 'prior' ? ['JOIN proviso_prior_visit p ON p.encounter_id = e.encounter_id'] : []),
  ];
}

/** The columns by which the rows of a question's answer are found: for one over other lines, those of the line (or visit). */
function keysOf({
  kind,
  subject,
}: Question): readonly (readonly [alias: string, column: string, as: string])[] {
  const of = kind === 'match' ? subject : subject === 'pair' ? 'line' : 'visit';
  return subjectKeys[of].map(([alias, column]) => [alias, column, alias === 'o' ? 'other_line' : column]);
}

function keysJoin(question: Question): string {
  return keysOf(question)
    .map(([alias, column, as]) => `${question.name}.${as} = ${alias}.${column}`)
    .join(' AND ');
}

function answer(question: Question, writing: Writing): { readonly select: string; readonly rest: string } {
  const keys = keysOf(question);
  const columns = keys.map(([alias, column, as]) => `${alias}.${column} AS ${as}`).join(', ');
  if (question.kind === 'match')
    return {
      select: `DISTINCT ${columns}`,
      rest: [...question.joins, `WHERE ${question.where}`].join('\n  '),
    };
  const holds = `CASE WHEN ${writeTest(question.test, writing)} THEN 1 ELSE 0 END`;
  return {
    select: `${columns}, ${question.kind === 'someOther' ? 'MAX' : 'MIN'}(${holds}) AS answer`,
    rest: `GROUP BY ${keys.map(([alias, column]) => `${alias}.${column}`).join(', ')}`,
  };
}

/** A figure by encounter; an encounter without any item has no row. */
function figureAnswer({ calculation, ref, where }: PlainFigure, writing: Writing) {
  const holds = where ? writeTest(where.holds, writing) : '1 = 1';
  const unsure = where ? `NOT (${holds}) AND NOT (${writeTest(where.fails, writing)})` : '1 = 0';
  const valueKnown = ref ? writeTest({ kind: 'known', ref }, writing) : '1 = 1';
  const isIn = and([holds, ...(ref ? [`${value(ref, writing)} IS NOT NULL`] : [])]);
  const counted = ref ? `CASE WHEN ${isIn} THEN ${value(ref, writing)} END` : '';
  const calculations = {
    count: `SUM(CASE WHEN ${holds} THEN 1 ELSE 0 END)`,
    countDistinct: `COUNT(DISTINCT ${counted})`,
    sum: `COALESCE(SUM(${counted}), 0)`,
    min: `MIN(${counted})`,
    max: `MAX(${counted})`,
  };
  return {
    select: `e.encounter_id,
    CASE WHEN SUM(CASE WHEN (${unsure}) OR (${holds} AND NOT (${valueKnown})) THEN 1 ELSE 0 END) = 0 THEN 1 ELSE 0 END AS known,
    ${calculations[calculation]} AS value`,
    rest: 'GROUP BY e.encounter_id',
  };
}

/** All figures of a period, one row for each visit. */
function figuresQuery({ timeRule, figures }: PlainPeriod, prefix: string): string {
  const columns = figures.flatMap(({ name, over, calculation }, at) => {
    const known = `COALESCE(f${at + 1}.known, 1)`;
    const none =
      calculation === 'min' || calculation === 'max' ? `f${at + 1}.value` : `COALESCE(f${at + 1}.value, 0)`;
    return [
      `${over === 'lines' ? known : `CASE WHEN e.prior_visits_supplied = TRUE THEN ${known} ELSE 0 END`} AS ${figureColumn(name)}_known`,
      `${none} AS ${figureColumn(name)}`,
    ];
  });
  const timeColumns = timeRule
    ? ['visit.timedMinutes', 'visit.supportableUnits', 'visit.billedTimedUnits'].flatMap((name) => [
        `t.${figureColumn(name)}_known`,
        `t.${figureColumn(name)}`,
      ])
    : [];
  return [
    `SELECT ${['e.encounter_id', ...timeColumns, ...columns].join(', ')}`,
    'FROM visit e',
    ...(timeRule ? [`LEFT JOIN ${prefix}_timed_visit t ON t.encounter_id = e.encounter_id`] : []),
    ...figures.map(
      (_, at) => `LEFT JOIN figure_${at + 1} f${at + 1} ON f${at + 1}.encounter_id = e.encounter_id`,
    ),
  ].join('\n  ');
}

// ------------------------------------------------------------------------------------- answers

const rankOf = (decision: (typeof decisions)[number]) => decisions.indexOf(decision) + 1;

/** Gravest first, so that the lowest number is the decision. */
const rank = `CASE
      WHEN r.kind = 'undetermined' THEN ${rankOf('needs-record')}
      ${decisions
        .filter((it) => it !== 'needs-record' && it !== 'pay')
        .map((it) => `WHEN r.kind = 'violated' AND r.effect = ${text(it)} THEN ${rankOf(it)}`)
        .join('\n      ')}
      ELSE ${rankOf('pay')} END`;

const decisionOf = (number: string) =>
  `CASE ${number} ${decisions.map((it) => `WHEN ${rankOf(it)} THEN ${text(it)}`).join(' ')} END`;

const lineAnswer = `SELECT l.encounter_id, l.line, ${decisionOf(`MIN(${rank})`)} AS decision,
  MIN(CASE WHEN r.kind = 'units' THEN r.units END) AS supportable_units
FROM line l
LEFT JOIN ${resultTable} r ON r.encounter_id = l.encounter_id AND r.line = l.line
GROUP BY l.encounter_id, l.line`;

const encounterAnswer = `SELECT e.encounter_id, ${decisionOf(`MIN(${rank})`)} AS decision
FROM encounter e
LEFT JOIN ${resultTable} r ON r.encounter_id = e.encounter_id
GROUP BY e.encounter_id`;

const findings = `SELECT encounter_id, line, kind, rule_id, effect
FROM ${resultTable}
WHERE kind <> 'units'`;
