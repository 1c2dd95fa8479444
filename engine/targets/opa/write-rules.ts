import { parseDay } from '../../base/calendar-date.ts';
import { optionalSections } from '../../facts/encounter.ts';
import type { PlainFigure, PlainPeriod, PlainProgram, PlainRule, Scalar } from '../../intermediate/form.ts';
import { functionOf, place, text } from './write-test.ts';
import type { RegoWriting } from './write-test.ts';

/** A name for a period, by which the tables and the functions of the package find each other. */
function keyOf(policy: number, period: number): string {
  return `p${policy + 1}_${period + 1}`;
}

/** Figures and rules of every policy and period, as functions of the subject that is judged. */
export function writeRules(program: PlainProgram, packageName: string): string {
  const fields = new Map(program.fields.map((field) => [field.path, field]));
  const parts = program.policies.flatMap((policy, at) =>
    policy.periods.map((period, periodAt) => {
      const key = keyOf(at, periodAt);
      const title = `# ${oneLine(policy.title)}: ${period.from} to ${period.to ?? 'further notice'}`;
      return `${title}\n\n${writePeriod(period, key, fields)}`;
    }),
  );
  const none = [
    'line_outcomes("none", _) := set()',
    'visit_outcomes("none", _) := set()',
    'figures("none", _) := {}',
  ].join('\n\n');
  return `${[`package ${packageName}`, 'import rego.v1', none, ...parts].join('\n\n')}\n`;
}

function writePeriod(period: PlainPeriod, key: string, fields: RegoWriting['fields']): string {
  const writing: RegoWriting = {
    functions: [],
    fields,
    period,
    prefix: `t_${key}`,
    count: { names: 0, variables: 0 },
  };
  const figures = period.figures.map((figure, at) => writeFigure(figure, `figure_${key}_${at + 1}`, writing));
  const names = period.figures.map((_, at) => `figure_${key}_${at + 1}(s)`);
  const all = `figures(${text(key)}, s) := object.union_n([${['s.figures', ...names].join(', ')}])`;
  const outcomes = (['line', 'visit'] as const).map((scope) => {
    const rules = period.rules.filter((rule) => rule.scope === scope);
    if (rules.length === 0) return `${scope}_outcomes(${text(key)}, _) := set()`;
    const written = rules.map((rule) => writeRule(rule, writing));
    return `${scope}_outcomes(${text(key)}, s) := {\n${written.map((one) => `\t${one},`).join('\n')}\n}`;
  });
  return [...writing.functions, ...figures, all, ...outcomes].join('\n\n');
}

/** The finding of a rule: what it is and what became of it. */
function writeRule({ id, title, effect, applies, met }: PlainRule, writing: RegoWriting): string {
  const [fails, holds, isMet, isNotMet] = [applies.fails, applies.holds, met.holds, met.fails].map((test) =>
    functionOf([test], writing),
  );
  const name = `rule_${writing.prefix.slice(2)}_${(writing.count.names += 1)}`;
  writing.functions.push(
    [
      `# ${oneLine(id)}: ${oneLine(title)}`,
      `${name}(s) := "not-applicable" if {\n\t${fails}(s)\n} else := "undetermined" if {\n\tnot ${holds}(s)\n} else := "met" if {\n\t${isMet}(s)\n} else := "violated" if {\n\t${isNotMet}(s)\n} else := "undetermined"`,
    ].join('\n'),
  );
  return `{"rule": ${text(id)}, "effect": ${text(effect)}, "outcome": ${name}(s)}`;
}

/** A figure as an object with its name, or without where it is unknown. */
function writeFigure(
  { name, calculation, over, ref, where }: PlainFigure,
  own: string,
  writing: RegoWriting,
): string {
  const items =
    over === 'lines'
      ? '[object.union(s, {"line": line, "index": i}) | some i, line in lines]'
      : '[object.union(s, {"prior": prior}) | some prior in prior_visits]';
  const holds = where ? functionOf([where.holds], writing) : null;
  const fails = where ? functionOf([where.fails], writing) : null;
  const known = ref ? functionOf([{ kind: 'known', ref }], writing) : null;
  // A function, because a comprehension over what is undefined would be empty, and not undefined.
  const itemsOf = `${own}_items(s) := ${over === 'lines' ? items : `${items} if prior_visits`}`;
  const counted = holds ? `[item | some item in items; ${holds}(item)]` : 'items';
  const values = ref ? `[value | some item in counted; value := ${place(ref, 'item')}; value != null]` : '[]';
  const unsure = holds
    ? [`\tcount([item | some item in items; not ${holds}(item); not ${fails}(item)]) == 0`]
    : [];
  const unknown = known ? [`\tcount([item | some item in counted; not ${known}(item)]) == 0`] : [];
  const result = {
    count: 'count(counted)',
    countDistinct: 'count({value | some value in values})',
    sum: 'sum(values)',
    min: 'least(values)',
    max: 'greatest(values)',
  }[calculation];
  return [
    itemsOf,
    [
      `${own}(s) := {${text(name)}: result} if {`,
      `\titems := ${own}_items(s)`,
      ...unsure,
      `\tcounted := ${counted}`,
      ...unknown,
      ...(calculation === 'count' ? [] : [`\tvalues := ${values}`]),
      `\tresult := ${result}`,
      '} else := {}',
    ].join('\n'),
  ].join('\n\n');
}

/** What the library reads: fields, policies and their periods, and time rules. Days are numbers since 1970-01-01. */
export function tablesOf({ fields, policies }: PlainProgram) {
  const plurals: Readonly<Record<Scalar, string>> = {
    text: 'texts',
    number: 'numbers',
    date: 'days',
    boolean: 'true and false',
  };
  const keyed = policies.flatMap((policy, at) =>
    policy.periods.map((period, periodAt) => ({ key: keyOf(at, periodAt), timeRule: period.timeRule })),
  );
  return {
    optional_sections: optionalSections,
    fields: fields.map(({ path, section, scalar, list, places, absentMeansNone }) => ({
      path,
      section,
      key: path.slice(path.indexOf('.') + 1),
      scalar,
      plural: plurals[scalar],
      list,
      places,
      absentMeansNone,
    })),
    policies: policies.map(({ id, payers, replaces, periods }, at) => ({
      id,
      payers,
      replaces,
      periods: periods.map(({ from, to }, periodAt) => ({
        key: keyOf(at, periodAt),
        from: parseDay(from)!,
        to: to === null ? null : parseDay(to)!,
      })),
    })),
    time_rules: Object.fromEntries(
      keyed.flatMap(({ key, timeRule }) => {
        if (!timeRule) return [];
        const { method, codes, minutesPerUnit, minimumMinutes } = timeRule;
        return [[key, { method, codes, minutesPerUnit, minimumMinutes }]];
      }),
    ),
  };
}

function oneLine(words: string): string {
  return words.replaceAll(/\s+/g, ' ');
}
