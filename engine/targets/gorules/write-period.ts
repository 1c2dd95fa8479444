import type { PlainField, PlainFigure, PlainProgram, PlainRule } from '../../intermediate/form.ts';
import { writeInForce } from '../write-in-force.ts';
import { and, nameOf, seek, suppliedName, writePlainTest } from '../write-plain-test.ts';
import type { Writing } from '../write-plain-test.ts';
import type { NamedPeriod } from './write-functions.ts';
import { zen } from './zen.ts';

/** One line of an expression node; later ones read earlier ones as `$.<key>`. */
export interface Expression {
  readonly key: string;
  readonly value: string;
}

/** A policy in one period: whether it is in force, its figures, and the outcome of each rule. */
export function writePeriod(named: NamedPeriod, program: PlainProgram): readonly Expression[] {
  const { key, period } = named;
  const fields: ReadonlyMap<string, PlainField> = new Map(program.fields.map((field) => [field.path, field]));
  const writing = (item: Writing['item']): Writing => ({
    dialect: zen,
    fields,
    period,
    item,
    figure: (name) => {
      const isTime = name.startsWith('visit.');
      const isThere = isTime ? period.timeRule !== null : period.figures.some((one) => one.name === name);
      if (!isThere) return { known: 'false', value: 'null' };
      const value = `${isTime ? 'time' : '$'}.${key}${isTime ? '' : '.figures'}.${nameOf(name)}`;
      return { known: `${value}_known`, value };
    },
    units: (of) => ({ known: `${of}.${key}_units_known`, value: `${of}.${key}_units` }),
  });
  const rules = period.rules.map((rule): Expression => {
    const one = outcome(rule, writing(rule.scope === 'line' ? 'line' : null));
    const all = rule.scope === 'line' ? `map(lines as line, ${one})` : one;
    return {
      key: `${key}.${rule.scope === 'line' ? 'lines' : 'visit'}.${rule.id}`,
      value: `$.${key}.inForce ? ${all} : ${rule.scope === 'line' ? '[]' : '"not-applicable"'}`,
    };
  });
  return [
    { key: `${key}.inForce`, value: writeInForce(named.policy, period, program, zen) },
    ...period.figures.flatMap((figure) =>
      figureExpressions(figure, `${key}.figures.${nameOf(figure.name)}`, writing),
    ),
    ...rules,
  ];
}

function outcome({ applies, met }: PlainRule, writing: Writing): string {
  const test = (of: PlainRule['met']['holds']) => writePlainTest(of, writing);
  return [
    `${test(applies.fails)} ? "not-applicable"`,
    `${zen.not(test(applies.holds))} ? "undetermined"`,
    `${test(met.holds)} ? "met"`,
    `${test(met.fails)} ? "violated" : "undetermined"`,
  ].join(' : ');
}

function figureExpressions(
  { over, ref, where, calculation }: PlainFigure,
  key: string,
  writingOf: (item: Writing['item']) => Writing,
): readonly Expression[] {
  const [list, as] = over === 'lines' ? (['lines', 'line'] as const) : (['priorVisits', 'prior'] as const);
  const writing = writingOf(as);
  const holds = where ? writePlainTest(where.holds, writing) : 'true';
  const found = ref ? seek(ref, writing) : null;
  const isKnown = [
    ...(over === 'priorVisits' ? [`encounter.${suppliedName('priorVisits')}`] : []),
    zen.every(
      list,
      as,
      zen.or([
        where ? writePlainTest(where.fails, writing) : 'false',
        and([holds, found?.known ?? 'true'], zen),
      ]),
    ),
  ];
  const counted = `filter(${list} as ${as}, ${and([holds, ...(found ? [zen.isThere(found.value)] : [])], zen)})`;
  const values = found ? `map(${counted} as ${as}, ${found.value})` : counted;
  const of = `$.${key}_values`;
  const numbered = `map(${counted} as ${as}, {position: ${as}.position, value: ${found?.value}})`;
  const isRepeated = `some(${of} as earlier, earlier.position < one.position and earlier.value == one.value)`;
  const calculations = {
    count: `len(${of})`,
    countDistinct: `len(filter(${of} as one, not(${isRepeated})))`,
    sum: `sum(${of})`,
    min: `len(${of}) == 0 ? null : min(${of})`,
    max: `len(${of}) == 0 ? null : max(${of})`,
  };
  return [
    { key: `${key}_known`, value: and(isKnown, zen) },
    {
      key: `${key}_values`,
      value: `$.${key}_known ? ${calculation === 'countDistinct' ? numbered : values} : []`,
    },
    { key, value: `$.${key}_known ? (${calculations[calculation]}) : null` },
  ];
}
