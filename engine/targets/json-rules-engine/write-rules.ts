import type {
  PlainFigure,
  PlainPeriod,
  PlainProgram,
  PlainRule,
  PlainTest,
} from '../../intermediate/form.ts';
import { all, factOf, writeTest } from './write-test.ts';
import type { Beside, Condition, FactValue } from './write-test.ts';

/** A rule as json-rules-engine takes it. */
interface EngineRule {
  readonly name: string;
  readonly conditions: { readonly all: readonly Condition[] };
  readonly event: {
    readonly type: string;
    readonly params?: Readonly<Record<string, string | FactValue>>;
  };
}

/** A condition over other lines; `fact` is the name under which its answer is given to the rules. */
interface OverOthers {
  readonly fact: string;
  readonly take: 'some' | 'every';
  readonly rules: readonly EngineRule[];
}

/** Everything that the policies say, as data: `facts.mjs` reads it and nothing else. */
export function writeRules({ fields, policies, semantics }: PlainProgram) {
  const named = new Map<string, string>();
  const lists: Record<string, readonly unknown[]> = {};
  const nameOf: Beside['nameOf'] = (kind, values) => {
    const key = kind + JSON.stringify(values);
    let name = named.get(key);
    if (name === undefined) {
      name = `${kind}${named.size + 1}`;
      named.set(key, name);
      lists[name] = values;
    }
    return name;
  };
  const written = policies.map(({ id, title, payers, replaces, periods }) => ({
    id,
    title,
    payers,
    replaces,
    periods: periods.map((period) => writePeriod(period, nameOf)),
  }));
  return { semantics, fields: fields.map(fieldOf), lists, policies: written };
}

/** As the boundary reads it. */
function fieldOf({ path, section, scalar, list, places, absentMeansNone }: PlainProgram['fields'][number]) {
  return { path, section, key: path.slice(path.indexOf('.') + 1), scalar, list, places, absentMeansNone };
}

function writePeriod({ from, to, timeRule, figures, rules }: PlainPeriod, nameOf: Beside['nameOf']) {
  return {
    from,
    to,
    timeRule: timeRule && {
      method: timeRule.method,
      codes: timeRule.codes,
      minutesPerUnit: timeRule.minutesPerUnit,
      minimumMinutes: timeRule.minimumMinutes,
    },
    figures: figures.map((figure) => writeFigure(figure, nameOf)),
    line: writeScope(
      rules.filter(({ scope }) => scope === 'line'),
      nameOf,
    ),
    visit: writeScope(
      rules.filter(({ scope }) => scope === 'visit'),
      nameOf,
    ),
  };
}

function writeScope(rules: readonly PlainRule[], nameOf: Beside['nameOf']) {
  const others = new Map<string, OverOthers>();
  const beside: Beside = {
    nameOf,
    others(take, condition) {
      const key = take + JSON.stringify(condition);
      const found = others.get(key);
      if (found) return found.fact;
      const fact = `others${others.size + 1}`;
      others.set(key, { fact, take, rules: [engineRule(fact, 'holds', [condition])] });
      return fact;
    },
  };
  const written = rules.flatMap((rule) => writeRule(rule, beside));
  return {
    outcomes: rules.map(({ id, effect }) => ({ id, effect })),
    others: [...others.values()],
    rules: written,
  };
}

/** Three rules of the engine for one of ours; where none of them holds, it cannot be decided. */
function writeRule({ id, effect, applies, met }: PlainRule, beside: Beside): readonly EngineRule[] {
  const write = (tests: readonly PlainTest[]) => tests.map((one) => writeTest(one, beside));
  const params = { rule: id, effect, line: { fact: 'line' } };
  return [
    engineRule(`${id}: violated`, 'violated', write([applies.holds, met.fails]), params),
    engineRule(`${id}: met`, 'met', write([applies.holds, met.holds]), params),
    engineRule(`${id}: not applicable`, 'not-applicable', write([applies.fails]), params),
  ];
}

function engineRule(
  name: string,
  type: string,
  conditions: readonly Condition[],
  params?: EngineRule['event']['params'],
): EngineRule {
  return { name, conditions: all(conditions), event: params ? { type, params } : { type } };
}

function writeFigure({ name, calculation, over, ref, where }: PlainFigure, nameOf: Beside['nameOf']) {
  const beside: Beside = {
    nameOf,
    others() {
      throw new Error(`the figure ${name} asks about other lines`);
    },
  };
  return {
    name,
    calculation,
    over,
    value: ref && factOf(ref),
    rules: where && [
      engineRule(`${name}: counted`, 'counted', [writeTest(where.holds, beside)]),
      engineRule(`${name}: left out`, 'left-out', [writeTest(where.fails, beside)]),
    ],
  };
}
