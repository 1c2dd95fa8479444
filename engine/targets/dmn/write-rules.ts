import { decisions } from '../../evaluate/outcome.ts';
import type { PlainFigure, PlainProgram, PlainRule } from '../../intermediate/form.ts';
import { writeInForce } from '../write-in-force.ts';
import { figureParts, writeOutcome, writingIn } from '../write-plain-period.ts';
import type { NamedPeriod, WritingOf } from '../write-plain-period.ts';
import { nameOf } from '../write-plain-test.ts';
import { feel, those } from './feel.ts';
import type { Entry } from './write-xml.ts';

/** Gravest first, from 1. */
export const rankOf = (decision: (typeof decisions)[number]) => decisions.indexOf(decision) + 1;

/** A policy in one period as a context: whether it is in force, its figures, each rule, and what all of it finds. */
export function periodContext(named: NamedPeriod, program: PlainProgram): readonly Entry[] {
  const { key, policy, period } = named;
  const time = `${key}_time`;
  const writingOf = writingIn(named, program, feel, {
    figure: (name, of) => `${of === 'time rule' ? `${time}.` : ''}${nameOf(name)}`,
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
    ...period.figures.flatMap((figure) => figureEntries(figure, writingOf)),
    ...rules.map(({ rule, name }): Entry => {
      const one = writeOutcome(rule, writingOf);
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

function figureEntries(figure: PlainFigure, writingOf: WritingOf): readonly Entry[] {
  const { list, as, isKnown, counts, value } = figureParts(figure, writingOf);
  const own = nameOf(figure.name);
  const values = `${own}_values`;
  const calculations = {
    count: `count(${values})`,
    countDistinct: `count(distinct values(${values}))`,
    sum: `sum(concatenate([0], ${values}))`,
    min: `if count(${values}) = 0 then null else min(${values})`,
    max: `if count(${values}) = 0 then null else max(${values})`,
  };
  return [
    { name: `${own}_known`, feel: isKnown },
    { name: values, feel: `if ${own}_known then ${those(list, as, counts, value ?? '1')} else []` },
    {
      name: own,
      says: figure.name,
      feel: `if ${own}_known then (${calculations[figure.calculation]}) else null`,
    },
  ];
}
