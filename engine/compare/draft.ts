import { formatDay } from '../base/calendar-date.ts';
import { optionalSections } from '../facts/encounter.ts';
import type { ClaimLine, Encounter, FactValue, OptionalSection, Vocabulary } from '../facts/encounter.ts';
import { dateReceived } from '../facts/vocabulary.ts';
import type { FactRef } from '../model/condition.ts';
import type { ValueClass } from '../regions/domain.ts';
import type { Constraint } from '../regions/regions.ts';

export type Facts = Map<string, FactValue>;

/** An encounter in the making: what its first line and the visit say, by section. */
export interface Draft {
  readonly visit: Facts;
  readonly sections: Map<OptionalSection, Facts>;
  readonly claim: Facts;
  record: Facts | null;
  /** Minutes of further lines of the same code; null: a line without its record. */
  readonly sameCode: (number | null)[];
  /** Null: the earlier visits were never supplied. */
  readonly prior: readonly Facts[] | null;
}

/** What every case of a small part of a region says; null where it does not fit together. */
export function draftOf(
  sample: readonly Constraint[],
  payer: string,
  day: number,
  code: string,
  vocabulary: Vocabulary,
): Draft | null {
  const draft: Draft = {
    visit: new Map<string, FactValue>([
      ['visit.date', day],
      ['visit.payer', payer],
    ]),
    sections: new Map(),
    claim: claimOf(code),
    record: null,
    sameCode: [],
    prior: null,
  };
  // Sections first, so that facts find the section they belong to.
  for (const { variable, classes } of sample) {
    if (variable.kind !== 'section' || classes[0] !== 1) continue;
    if (variable.section === 'record') draft.record = new Map();
    // On whatever day it may be received, as far as nothing more is said of it.
    else if (variable.section === dateReceived) draft.visit.set(dateReceived, day);
    else draft.sections.set(variable.section as OptionalSection, new Map());
  }
  for (const { variable, classes } of sample) {
    if (variable.kind !== 'fact') continue;
    const found = variable.classes[classes[0]!]!;
    const isDay = variable.fact.type.scalar === 'date' && !variable.fact.type.list;
    const example = isDay ? dayNear(found, day) : found.example;
    if (['line.code', 'visit.payer', 'visit.date'].includes(variable.fact.path)) continue;
    if (!place(draft, variable.fact, example)) return null;
  }
  addMinutes(draft, sample);
  return vocabulary.slots.has('line.code') ? draft : null;
}

/** Of a class of days the one that is nearest to the visit: no claim is received before it, and plans begin about then. */
function dayNear({ shape, example }: ValueClass, day: number): FactValue {
  return shape.kind === 'range' ? Math.min(Math.max(shape.from, day), shape.to) : example;
}

export function place(draft: Draft, { path, section, owner }: FactRef, value: FactValue): boolean {
  if (owner === 'line') {
    if (section === 'record') {
      draft.record?.set(path, value);
      return draft.record !== null;
    }
    draft.claim.set(path, value);
    return true;
  }
  if (section === 'visit') {
    draft.visit.set(path, value);
    return true;
  }
  const facts = draft.sections.get(section as OptionalSection);
  facts?.set(path, value);
  return facts !== undefined;
}

/** Minutes of the code as a whole: on the line where it says nothing of them, else on a further line of the code. */
function addMinutes(draft: Draft, sample: readonly Constraint[]): void {
  const found = sample.find(({ variable }) => variable.kind === 'minutes');
  if (found?.variable.kind !== 'minutes') return;
  const wanted = found.variable.classes[found.classes[0]!];
  if (wanted == null) {
    // Unknown for the code while the line itself has its record.
    if (draft.record !== null) draft.sameCode.push(null);
    return;
  }
  draft.record ??= new Map();
  const own = draft.record.get('record.minutes');
  if (own == null) draft.record.set('record.minutes', wanted.from);
  else if (typeof own === 'number' && own < wanted.from) draft.sameCode.push(wanted.from - own);
}

/** A line of a claim bills at least one unit, whatever else it says. */
export function claimOf(code: string, more: readonly [string, FactValue][] = []): Map<string, FactValue> {
  return new Map<string, FactValue>([['line.code', code], ['line.units', 1], ...more]);
}

export function lineOf(code: string, more: readonly [string, FactValue][], record: boolean): ClaimLine {
  return {
    claim: claimOf(code, more),
    record: record ? new Map<string, FactValue>([['record.minutes', 15]]) : null,
    place: null,
  };
}

export function titleOf(visit: Encounter['visit']): string {
  return `Example of ${formatDay(visit.get('visit.date') as number)}`;
}

export function encounterOf(draft: Draft, others: readonly ClaimLine[]): Encounter {
  const section = (name: OptionalSection) => draft.sections.get(name) ?? null;
  const code = draft.claim.get('line.code') as string;
  const [note, patient, provider, plan, episode] = optionalSections.map(section);
  return {
    id: 'example',
    title: titleOf(draft.visit),
    visit: draft.visit,
    note: note ?? null,
    patient: patient ?? null,
    provider: provider ?? null,
    plan: plan ?? null,
    episode: episode ?? null,
    priorVisits: draft.prior,
    lines: [
      { claim: draft.claim, record: draft.record, place: null },
      ...draft.sameCode.map((minutes): ClaimLine => ({
        claim: claimOf(code),
        record: minutes === null ? null : new Map<string, FactValue>([['record.minutes', minutes]]),
        place: null,
      })),
      ...others,
    ],
  };
}

/** A copy of which everything can be changed. */
export function copyOf(draft: Draft): Draft {
  return {
    visit: new Map(draft.visit),
    sections: new Map([...draft.sections].map(([name, facts]) => [name, new Map(facts)])),
    claim: new Map(draft.claim),
    record: draft.record && new Map(draft.record),
    sameCode: [...draft.sameCode],
    prior: draft.prior,
  };
}
