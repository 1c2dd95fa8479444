import { compileCondition } from '../evaluate/compile-condition.ts';
import type { Context } from '../evaluate/compile-condition.ts';
import { contextFor } from '../evaluate/compile.ts';
import type { Epoch } from '../evaluate/compile.ts';
import { layoutOf } from '../evaluate/derive.ts';
import type { FactTable, FactValue, Vocabulary } from '../facts/encounter.ts';
import { ownerOf } from '../facts/fact-table.ts';
import { supplyOf } from '../facts/vocabulary.ts';
import type { Condition, FactRef } from '../model/condition.ts';
import { classAt } from '../regions/domain.ts';
import type { Constraint } from '../regions/regions.ts';
import type { Variable } from '../regions/space.ts';
import { anotherPayer } from './cells.ts';
import type { ChangedRegion, PolicyComparison } from './compare-policies.ts';

/** The first region in which an encounter lies, by any of its lines or as a visit; null: in none. */
export function regionOf(
  { regions, payers }: Pick<PolicyComparison, 'regions' | 'payers'>,
  table: FactTable,
  vocabulary: Vocabulary,
): ChangedRegion | null {
  return regions.find((region) => liesIn(region, payers, table, vocabulary)) ?? null;
}

/** Whether an encounter lies in a region, by any of its lines or as a visit. */
export function liesIn(
  region: ChangedRegion,
  payers: readonly string[],
  table: FactTable,
  vocabulary: Vocabulary,
): boolean {
  if (region.parts) return region.parts.some((part) => liesIn(part, payers, table, vocabulary));
  const payer = payers.includes(table.payer) ? table.payer : anotherPayer;
  if (!isThere(region, payer, table.day)) return false;
  const subjects = region.scope === 'visit' ? [-1] : table.lines.map((_, index) => index);
  return subjects.some((index) => holdsFor(region, table, index, vocabulary));
}

function isThere({ where }: ChangedRegion, payer: string, day: number): boolean {
  return where.some(
    (it) => it.payer === payer && it.days.some(({ from, to }) => from <= day && (to === null || day <= to)),
  );
}

function holdsFor(region: ChangedRegion, table: FactTable, index: number, vocabulary: Vocabulary): boolean {
  const contexts = new Map<Epoch, Context>();
  const contextOf = (epoch: Epoch): Context => {
    const known = contexts.get(epoch) ?? contextFor(table, epoch.figures(table));
    contexts.set(epoch, known);
    known.index = index;
    known.line = table.lines[index] ?? [];
    return known;
  };
  const epochOf = (side: 'before' | 'after' | null): Epoch =>
    (side === 'after' ? region.epochs.after : (region.epochs.before ?? region.epochs.after))!;

  const at = (variable: Variable): number => {
    switch (variable.kind) {
      case 'section':
        return isSupplied(variable.section, table, index, vocabulary) ? 1 : 0;
      case 'fact':
        return classAt(variable.classes, variable.tests, valueOf(variable.fact, table, index, vocabulary));
      case 'figure': {
        const epoch = epochOf(variable.side);
        return classAt(variable.classes, variable.tests, figureOf(variable.fact, epoch, contextOf(epoch)));
      }
      case 'relation':
        return truthOf(variable.test, epochOf(variable.side), contextOf);
      case 'others':
        return truthOf(variable.condition, epochOf(variable.side), contextOf);
      case 'minutes': {
        const minutes = minutesOfCode(table, index, vocabulary);
        return variable.classes.findIndex((it) =>
          it === null ? minutes === null : minutes !== null && minutes >= it.from && minutes <= it.to,
        );
      }
    }
  };
  return region.constraints.every(({ variable, classes }: Constraint) => classes.includes(at(variable)));
}

function truthOf(condition: Condition, epoch: Epoch, contextOf: (epoch: Epoch) => Context): number {
  return compileCondition(condition, layoutOf(epoch.policy, epoch.vocabulary)).test(contextOf(epoch));
}

type Slot = FactValue | undefined;

function valueOf({ path }: FactRef, table: FactTable, index: number, vocabulary: Vocabulary): Slot {
  const slot = vocabulary.slots.get(path)!;
  return ownerOf(path) === 'line' ? table.lines[index]?.[slot] : table.visit[slot];
}

function figureOf({ path }: FactRef, epoch: Epoch, context: Context): Slot {
  if (path === 'record.supportableUnits') return context.supportable[context.index];
  return context.derived[layoutOf(epoch.policy, epoch.vocabulary).derived.get(path)!];
}

function isSupplied(section: string, table: FactTable, index: number, vocabulary: Vocabulary): boolean {
  const fact = vocabulary.facts.find(({ path, computed }) => supplyOf(path) === section && !computed);
  if (!fact) return false;
  const slot = vocabulary.slots.get(fact.path)!;
  return (section === 'record' ? table.lines[index]?.[slot] : table.visit[slot]) !== undefined;
}

/** All minutes of the code of a line; null where the record of one of its lines was not supplied. */
function minutesOfCode(table: FactTable, index: number, vocabulary: Vocabulary): number | null {
  const [codeSlot, minutesSlot] = [
    vocabulary.slots.get('line.code')!,
    vocabulary.slots.get('record.minutes')!,
  ];
  const code = table.lines[index]?.[codeSlot];
  const minutes = table.lines.filter((line) => line[codeSlot] === code).map((line) => line[minutesSlot]);
  if (minutes.includes(undefined)) return null;
  return minutes.reduce<number>((sum, value) => sum + ((value as number | null) ?? 0), 0);
}
