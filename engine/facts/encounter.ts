import type { Day } from '../base/calendar-date.ts';
import type { Place } from '../base/source.ts';
import type { Fact } from './vocabulary.ts';

/**
 * A value of a fact: days as day numbers, everything textual as text.
 * `null` is a field that is supplied and empty. Absence of a whole section says that it was never supplied.
 */
export type FactValue = string | number | boolean | readonly (string | number)[] | null;

/** The facts of one section by their full path (`record.minutes`). A section that was not supplied is null. */
export type SectionFacts = ReadonlyMap<string, FactValue> | null;

export interface ClaimLine {
  readonly claim: ReadonlyMap<string, FactValue>;
  readonly record: SectionFacts;
  readonly place: Place | null;
}

/** What a claim says and what the health record says of one visit. Plain data; judged only when it was read without errors. */
export interface Encounter {
  readonly id: string;
  readonly title: string;
  readonly visit: ReadonlyMap<string, FactValue>;
  readonly note: SectionFacts;
  readonly patient: SectionFacts;
  readonly provider: SectionFacts;
  readonly plan: SectionFacts;
  readonly episode: SectionFacts;
  readonly priorVisits: readonly ReadonlyMap<string, FactValue>[] | null;
  readonly lines: readonly ClaimLine[];
}

/** Sections of the visit that may be missing as a whole. */
export const optionalSections = ['note', 'patient', 'provider', 'plan', 'episode'] as const;
export type OptionalSection = (typeof optionalSections)[number];

/** The vocabulary with its look-ups: built-in facts and those of the workspace. */
export interface Vocabulary {
  readonly facts: readonly Fact[];
  readonly byPath: ReadonlyMap<string, Fact>;
  /** Position of a fact in the vector of its owner: the visit, a line (with its record), a prior visit. */
  readonly slots: ReadonlyMap<string, number>;
}

/** One encounter laid out in vectors, so that judging it is array look-ups. `undefined` = never supplied. */
export interface FactTable {
  readonly id: string;
  readonly day: Day;
  /** The date received; null where it was not supplied. */
  readonly received: Day | null;
  readonly payer: string;
  readonly visit: readonly (FactValue | undefined)[];
  readonly lines: readonly (readonly (FactValue | undefined)[])[];
  /** Null where prior visits were never supplied. */
  readonly prior: readonly (readonly (FactValue | undefined)[])[] | null;
}
