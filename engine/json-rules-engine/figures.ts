import { decimal } from '../base/decimal.ts';
import type { FactTable, Vocabulary } from '../facts/encounter.ts';
import { allocateUnits, supportableUnits } from '../facts/derived/time-rule.ts';
import { literalValue } from '../model/bind.ts';
import type { Value } from '../model/condition.ts';
import type { DerivedFigure, Policy, TimeRule } from '../model/policy.ts';
import { createConditionJudge } from './judge-conditions.ts';
import { valueOf } from './subject.ts';
import type { Figures, Subject } from './subject.ts';

export type FigureJudge = (table: FactTable) => Promise<Figures>;

/** The figures of a bound policy: the time rule's, then those of `derive:`, whose conditions the engine judges. */
export function createFigureJudge(policy: Policy, vocabulary: Vocabulary): FigureJudge {
  const figures = policy.derived.map((figure) => ({ figure, calculate: createFigure(figure, vocabulary) }));
  return async (table) => {
    const timed = policy.timeRule ? timeFigures(policy.timeRule, table, vocabulary) : noTimeRule(table);
    const visit = new Map(timed.visit);
    for (const { figure, calculate } of figures)
      visit.set(`derived.${figure.name}`, await calculate(table, timed));
    return { visit, supportableUnits: timed.supportableUnits };
  };
}

function noTimeRule(table: FactTable): Figures {
  return { visit: new Map(), supportableUnits: table.lines.map(() => null) };
}

/** The units that the minutes support. An empty field is no minutes; a record that was not supplied leaves them unknown. */
function timeFigures(rule: TimeRule, table: FactTable, vocabulary: Vocabulary): Figures {
  const read = (line: number, path: string) => table.lines[line]![vocabulary.slots.get(path)!];
  const codes = literalValue(rule.codes) as readonly string[];
  const lines = table.lines.map((_, index) => ({
    index,
    code: read(index, 'line.code') as string,
    billed: (read(index, 'line.units') ?? null) as number | null,
    minutes: read(index, 'record.minutes') as number | null | undefined,
  }));
  const timed = lines.filter(({ code }) => codes.includes(code));
  const isOpen = (code: string) => timed.some((line) => line.code === code && line.minutes === undefined);
  const anyOpen = timed.some(({ code }) => isOpen(code));
  const settled = timed.filter(({ code }) => (rule.method === 'total-time' ? !anyOpen : !isOpen(code)));
  const settings = {
    method: rule.method,
    minutesPerUnit: rule.minutesPerUnit,
    minimumMinutes: rule.minimumMinutes === null ? null : (literalValue(rule.minimumMinutes) as number),
  };
  const allocation = allocateUnits(
    settings,
    settled.map(({ code, minutes }) => ({ code, minutes: minutes ?? 0 })),
  );
  const units = supportableUnits(allocation, settled);
  return {
    visit: new Map<string, Value>([
      ['visit.timedMinutes', anyOpen ? undefined : allocation.totalMinutes],
      ['visit.supportableUnits', anyOpen ? undefined : allocation.totalUnits],
      ['visit.billedTimedUnits', timed.reduce((sum, { billed }) => sum + (billed ?? 0), 0)],
    ]),
    supportableUnits: lines.map((line): Value => {
      if (!codes.includes(line.code)) return null;
      const position = settled.indexOf(line);
      return position === -1 ? undefined : units[position];
    }),
  };
}

/** Unknown where prior visits are, or where of any item it is unknown whether it counts or what its value is. */
function createFigure(figure: DerivedFigure, vocabulary: Vocabulary) {
  const judge = createConditionJudge(
    figure.where ? [{ name: 'where', condition: figure.where }] : [],
    vocabulary,
  );
  return async (table: FactTable, figures: Figures): Promise<Value> => {
    const items = figure.over === 'lines' ? table.lines : table.prior;
    if (items === null) return undefined;
    const subjects: Subject[] = [];
    for (let index = 0; index < items.length; index += 1) {
      const isLine = figure.over === 'lines';
      const subject: Subject = {
        table,
        vocabulary,
        figures,
        line: isLine ? index : null,
        other: null,
        prior: isLine ? null : index,
      };
      const counts = figure.where ? (await judge(subject)).get('where')!.result : true;
      if (counts === 'unknown') return undefined;
      if (counts) subjects.push(subject);
    }
    if (figure.calculation === 'count') return subjects.length;
    const values = subjects.map((subject) => valueOf(figure.fact!, subject));
    return values.includes(undefined)
      ? undefined
      : calculate(
          figure.calculation,
          values.filter((value) => value !== null),
        );
  };
}

function calculate(
  calculation: Exclude<DerivedFigure['calculation'], 'count'>,
  values: readonly Value[],
): Value {
  if (calculation === 'countDistinct')
    return values.filter((value, index) => values.indexOf(value) === index).length;
  const numbers = values as readonly number[];
  if (calculation === 'sum') return numbers.reduce((sum, value) => decimal(sum + value), 0);
  const sorted = numbers.toSorted((a, b) => a - b);
  return (calculation === 'min' ? sorted[0] : sorted.at(-1)) ?? null;
}
