import type { PlainFigure, PlainProgram } from '../../intermediate/form.ts';
import { writeInForce } from '../write-in-force.ts';
import { figureParts, writeOutcome, writingIn } from '../write-plain-period.ts';
import type { NamedPeriod, WritingOf } from '../write-plain-period.ts';
import { nameOf } from '../write-plain-test.ts';
import { zen } from './zen.ts';

/** One line of an expression node; later ones read earlier ones as `$.<key>`. */
export interface Expression {
  readonly key: string;
  readonly value: string;
}

/** A policy in one period: whether it is in force, its figures, and the outcome of each rule. */
export function writePeriod(named: NamedPeriod, program: PlainProgram): readonly Expression[] {
  const { key, policy, period } = named;
  const writingOf = writingIn(named, program, zen, {
    figure: (name, of) => `${of === 'time rule' ? `time.${key}` : `$.${key}.figures`}.${nameOf(name)}`,
    units: (of) => ({ known: `${of}.${key}_units_known`, value: `${of}.${key}_units` }),
  });
  const rules = period.rules.map((rule): Expression => {
    const one = writeOutcome(rule, writingOf);
    const all = rule.scope === 'line' ? `map(lines as line, ${one})` : one;
    return {
      key: `${key}.${rule.scope === 'line' ? 'lines' : 'visit'}.${rule.id}`,
      value: `$.${key}.inForce ? ${all} : ${rule.scope === 'line' ? '[]' : '"not-applicable"'}`,
    };
  });
  return [
    { key: `${key}.inForce`, value: writeInForce(policy, period, program, zen) },
    ...period.figures.flatMap((figure) =>
      figureExpressions(figure, `${key}.figures.${nameOf(figure.name)}`, writingOf),
    ),
    ...rules,
  ];
}

function figureExpressions(figure: PlainFigure, key: string, writingOf: WritingOf): readonly Expression[] {
  const { list, as, isKnown, counts, value } = figureParts(figure, writingOf);
  const { calculation } = figure;
  const counted = `filter(${list} as ${as}, ${counts})`;
  const values = value === null ? counted : `map(${counted} as ${as}, ${value})`;
  const numbered = `map(${counted} as ${as}, {position: ${as}.position, value: ${value}})`;
  const of = `$.${key}_values`;
  const isRepeated = `some(${of} as earlier, earlier.position < one.position and earlier.value == one.value)`;
  const calculations = {
    count: `len(${of})`,
    countDistinct: `len(filter(${of} as one, not(${isRepeated})))`,
    sum: `sum(${of})`,
    min: `len(${of}) == 0 ? null : min(${of})`,
    max: `len(${of}) == 0 ? null : max(${of})`,
  };
  return [
    { key: `${key}_known`, value: isKnown },
    {
      key: `${key}_values`,
      value: `$.${key}_known ? ${calculation === 'countDistinct' ? numbered : values} : []`,
    },
    { key, value: `$.${key}_known ? (${calculations[calculation]}) : null` },
  ];
}
