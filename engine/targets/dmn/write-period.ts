import { decisions } from '../../evaluate/outcome.ts';
import type { PlainField, PlainFigure, PlainPeriod, PlainPolicy } from '../../intermediate/form.ts';
import type { PlainProgram, PlainRule } from '../../intermediate/form.ts';
import { writeInForce } from '../write-in-force.ts';
import { and, nameOf, seek, suppliedName, writePlainTest } from '../write-plain-test.ts';
import type { Writing } from '../write-plain-test.ts';
import { feel, those } from './feel.ts';
import type { Entry } from './write-xml.ts';

/** One policy in one period; `key` names its decision, and `<key>_time` that of its time rule. */
export interface NamedPeriod {
  readonly key: string;
  readonly policy: PlainPolicy;
  readonly period: PlainPeriod;
}

/** Gravest first, from 1. */
export const rankOf = (decision: (typeof decisions)[number]) => decisions.indexOf(decision) + 1;

/** A policy in one period as a context: whether it is in force, its figures, each rule, and what all of it finds. */
export function periodContext({ key, policy, period }: NamedPeriod, program: PlainProgram): readonly Entry[] {
  const fields: ReadonlyMap<string, PlainField> = new Map(program.fields.map((field) => [field.path, field]));
  const time = `${key}_time`;
  const writing = (item: Writing['item']): Writing => ({
    dialect: feel,
    fields,
    period,
    item,
    figure: (name) => {
      const isTime = name.startsWith('visit.');
      const isThere = isTime ? period.timeRule !== null : period.figures.some((one) => one.name === name);
      if (!isThere) return { known: 'false', value: 'null' };
      const value = `${isTime ? `${time}.` : ''}${nameOf(name)}`;
      return { known: `${value}_known`, value };
    },
    units: (of) => ({ known: `${time}.known[${of}.position]`, value: `${time}.units[${of}.position]` }),
  });
  const rules = period.rules.map((rule, at) => ({ rule, name: `rule_${at + 1}` }));
  const found = (scope: PlainRule['scope']) =>
    feel.list(
      rules
        .filter(({ rule }) => rule.scope === scope)
        .map(
          ({ rule, name }) =>
            `{rule_id: ${feel.text(rule.id)}, gravity: ${rankOf(rule.effect)}, outcome: ${name}}`,
        ),
    );
  const finding = (outcome: string, position: string) =>
    `if ${outcome} = "violated" then [{position: ${position}, rule_id: row.rule_id, outcome: "violated", gravity: row.gravity}] else if ${outcome} = "undetermined" then [{position: ${position}, rule_id: row.rule_id, outcome: "undetermined", gravity: ${rankOf('needs-record')}}] else []`;
  return [
    {
      name: 'in_force',
      says: 'by payer and date of service',
      feel: writeInForce(policy, period, program, feel),
    },
    ...period.figures.flatMap((figure) => figureEntries(figure, writing)),
    ...rules.map(({ rule, name }): Entry => {
      const one = outcome(rule, writing(rule.scope === 'line' ? 'line' : null));
      return {
        name,
        says: `${rule.id}: ${rule.title}`,
        feel:
          rule.scope === 'line'
            ? `if in_force then (for line in lines return ${one}) else []`
            : `if in_force then (${one}) else "not-applicable"`,
      };
    }),
    { name: 'line_rules', feel: found('line') },
    { name: 'visit_rules', feel: found('visit') },
    {
      name: null,
      feel: `{in_force: in_force, units: ${period.timeRule ? `if in_force then ${time}.units else []` : '[]'}, findings: if in_force then concatenate(flatten(for row in line_rules return for line in lines return ${finding('row.outcome[line.position]', 'line.position')}), flatten(for row in visit_rules return ${finding('row.outcome', '0')})) else []}`,
    },
  ];
}

/** What the policies in force say together: the gravest decision, the rules, and the lowest supportable units. */
export function answerContext(periods: readonly NamedPeriod[]): readonly Entry[] {
  const keys = periods.map(({ key }) => key);
  const names = feel.list(decisions.map(feel.text));
  const of = (position: string) => `finding.position = ${position}`;
  const rank = (test: string) =>
    `min(concatenate([${rankOf('pay')}], ${those('findings', 'finding', test, 'finding.gravity')}))`;
  const ids = (position: string, outcome: string) =>
    those('findings', 'finding', `${of(position)} and finding.outcome = "${outcome}"`, 'finding.rule_id');
  const subject = (position: string) =>
    `violated: ${ids(position, 'violated')}, undetermined: ${ids(position, 'undetermined')}`;
  return [
    { name: 'findings', feel: `flatten([${keys.map((key) => `${key}.findings`).join(', ')}])` },
    { name: 'all_units', feel: `[${keys.map((key) => `{units: ${key}.units}`).join(', ')}]` },
    { name: 'decision_names', says: 'gravest first', feel: names },
    {
      name: null,
      feel: `{decision: decision_names[${rank('true')}], lines: for claim_line in lines return {line: claim_line.position, decision: decision_names[${rank(of('claim_line.position'))}], supported: ${those('all_units', 'one', 'one.units[claim_line.position] != null', 'one.units[claim_line.position]')}, supportableUnits: if count(supported) = 0 then null else min(supported), ${subject('claim_line.position')}}, visit: {${subject('0')}}}`,
    },
  ];
}

function outcome({ applies, met }: PlainRule, writing: Writing): string {
  const test = (of: PlainRule['met']['holds']) => writePlainTest(of, writing);
  return [
    `if ${test(applies.fails)} then "not-applicable"`,
    `if ${feel.not(test(applies.holds))} then "undetermined"`,
    `if ${test(met.holds)} then "met"`,
    `if ${test(met.fails)} then "violated"`,
    '"undetermined"',
  ].join(' else ');
}

function figureEntries(
  { name, over, ref, where, calculation }: PlainFigure,
  writingOf: (item: Writing['item']) => Writing,
): readonly Entry[] {
  const [list, as] = over === 'lines' ? (['lines', 'line'] as const) : (['priorVisits', 'prior'] as const);
  const writing = writingOf(as);
  const own = nameOf(name);
  const holds = where ? writePlainTest(where.holds, writing) : 'true';
  const found = ref ? seek(ref, writing) : null;
  const fails = where ? writePlainTest(where.fails, writing) : 'false';
  const isKnown = feel.or([fails, and([holds, found?.known ?? 'true'], feel)]);
  const values = `${own}_values`;
  const calculations = {
    count: `count(${values})`,
    countDistinct: `count(distinct values(${values}))`,
    sum: `sum(concatenate([0], ${values}))`,
    min: `if count(${values}) = 0 then null else min(${values})`,
    max: `if count(${values}) = 0 then null else max(${values})`,
  };
  return [
    {
      name: `${own}_known`,
      feel: and(
        [
          ...(over === 'priorVisits' ? [`encounter.${suppliedName('priorVisits')}`] : []),
          feel.every(list, as, isKnown),
        ],
        feel,
      ),
    },
    {
      name: values,
      feel: `if ${own}_known then ${those(list, as, and([holds, ...(found ? [feel.isThere(found.value)] : [])], feel), found?.value ?? '1')} else []`,
    },
    { name: own, says: name, feel: `if ${own}_known then (${calculations[calculation]}) else null` },
  ];
}
