import type { Effect, TimeMethod } from '../language/syntax.ts';
import type { DerivedFunction } from '../model/policy.ts';
import type { Place } from '../base/source.ts';

/**
 * The intermediate form: what the policies decide, with nothing left in it that engines answer differently.
 *
 * Every export is written from it. Four things are settled here, once, so that no target has to:
 *
 * - **Logic has two values.** A condition of our language is true, false or unknown. Here it is a pair of tests, one
 *   that holds only where it is certainly true, one only where it is certainly false; unknown is where neither holds.
 *   There is no `not`: each test is written for both sides.
 * - **Every test is total.** It is false unless everything that it reads is known and filled in; so a target tests
 *   that first and compares afterwards, and nothing rests on what it makes of a missing value.
 * - **Nothing is asked of the date received but whether it is filled in.** Left out it is not known, where other fields of
 *   the claim are empty; so no test asks whether it is `empty`, and it needs no mark of its own.
 * - **Types are few.** Text is compared for equality and beginnings only, codes are text, days are ISO 8601 text
 *   (`2024-03-04`), numbers are decimals of at most three places, which are added exactly: 0.1 and 0.2 make 0.3. There
 *   is no division and no rounding.
 *
 * It is plain data and can be written as JSON.
 */
export const semanticsVersion = 1;

export type Scalar = 'text' | 'number' | 'date' | 'boolean';

/** One fact that the policies read, as it stands in an encounter. */
export interface PlainField {
  /** Its path, as policies write it: `record.minutes`. */
  readonly path: string;
  readonly owner: 'visit' | 'line' | 'prior';
  /** The section in which it stands. `visit` and `line` are the claim, and always known. */
  readonly section: FieldSection;
  readonly scalar: Scalar;
  readonly list: boolean;
  /** Decimal places of a number: 0 where only whole ones are valid. */
  readonly places: 0 | 3;
  /** A list that, left out of a section that is there, says “none” (an empty list) and not “empty”. */
  readonly absentMeansNone: boolean;
}

/** `record` is known or not for each line; the others for the encounter as a whole. */
export type FieldSection =
  | 'visit'
  | 'line'
  | 'record'
  | 'note'
  | 'patient'
  | 'provider'
  | 'plan'
  | 'episode'
  | 'priorVisits';

/** Something with a value, which may be unknown (never supplied) or empty. */
export type Ref = {
  readonly scalar: Scalar;
  readonly list: boolean;
} & (
  | {
      readonly kind: 'field';
      /** Whose: the visit's, the judged line's (in a figure: the counted line's), another line's, a prior visit's. */
      readonly of: 'visit' | 'line' | 'other' | 'prior';
      readonly path: string;
    }
  /** A figure of the same policy and period: `visit.timedMinutes` and its kin, or `derived.<name>`. */
  | { readonly kind: 'figure'; readonly name: string }
  /** Units that the time rule of the same policy and period supports for a line; empty where the line is not timed. */
  | { readonly kind: 'units'; readonly of: 'line' | 'other' }
);

/** One value to compare with. Days are ISO text. */
export type Term =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  /** A value, and what is added to it: for a number so much, for a date so many days. Zero adds nothing. */
  | { readonly kind: 'ref'; readonly ref: Ref; readonly plus: number };

/** Several values to compare with. */
export type Terms =
  | { readonly kind: 'literals'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'ref'; readonly ref: Ref };

export type Comparison = 'equal' | 'notEqual' | 'less' | 'atMost' | 'atLeast' | 'more';

/**
 * A test of two values.
 *
 * The atoms from `compare` to `paired` are false unless every value that they read is known and not empty. Where that is
 * so, `holds: false` asks for the opposite. Lists are never empty-valued in them: an empty list is a value of size 0.
 */
export type PlainTest =
  | { readonly kind: 'always'; readonly value: boolean }
  /** At least two tests; every one, or at least one, holds. */
  | { readonly kind: 'all' | 'any'; readonly tests: readonly PlainTest[] }
  /** The value was supplied, or could be computed. */
  | { readonly kind: 'known'; readonly ref: Ref }
  /** Known, and there is no value in it (`null`). */
  | { readonly kind: 'empty'; readonly ref: Ref }
  /** Known, and there is a value in it; an empty list is one. */
  | { readonly kind: 'filled'; readonly ref: Ref }
  /** Text and booleans know `equal` and `notEqual` only. */
  | { readonly kind: 'compare'; readonly ref: Ref; readonly is: Comparison; readonly to: Term }
  | { readonly kind: 'oneOf'; readonly ref: Ref; readonly of: Terms; readonly holds: boolean }
  /** The two days lie at most so many days apart. */
  | {
      readonly kind: 'within';
      readonly ref: Ref;
      readonly days: number;
      readonly to: Term;
      readonly holds: boolean;
    }
  /** The list in `ref` holds the value. */
  | { readonly kind: 'contains'; readonly ref: Ref; readonly value: Term; readonly holds: boolean }
  /** The list in `ref` holds one, or all, of the values. */
  | {
      readonly kind: 'containsAny' | 'containsAll';
      readonly ref: Ref;
      readonly of: Terms;
      readonly holds: boolean;
    }
  /** The list in `ref` has so many values or more. */
  | { readonly kind: 'sizeAtLeast'; readonly ref: Ref; readonly size: Term; readonly holds: boolean }
  | { readonly kind: 'sizeAtMost'; readonly ref: Ref; readonly size: Term; readonly holds: boolean }
  /** The text in `ref` begins with these characters. */
  | { readonly kind: 'startsWith'; readonly ref: Ref; readonly text: Term; readonly holds: boolean }
  /** One of the pairs is [the value of `ref`, the value of `with`]. */
  | {
      readonly kind: 'paired';
      readonly ref: Ref;
      readonly with: Ref;
      readonly pairs: readonly (readonly [columnOne: string, columnTwo: string])[];
      readonly holds: boolean;
    }
  /** Over the other lines of the claim (for the visit: over all lines): for one of them, or for every one. */
  | { readonly kind: 'someOther' | 'everyOther'; readonly test: PlainTest };

/** A condition of three values as two tests. Both never hold at once. */
export interface Sides {
  readonly holds: PlainTest;
  readonly fails: PlainTest;
}

/**
 * One rule in one period. For a subject (a line, or the visit):
 *
 * - `applies.fails`: not applicable.
 * - `applies.holds` and `met.holds`: met.
 * - `applies.holds` and `met.fails`: violated.
 * - otherwise: undetermined.
 */
export interface PlainRule {
  /** `policy/rule`, unique in the workspace. */
  readonly id: string;
  readonly title: string;
  readonly scope: 'line' | 'visit';
  readonly effect: Effect;
  readonly applies: Sides;
  readonly met: Sides;
  readonly remedy: string;
  /** `source#clause`. */
  readonly cites: readonly string[];
  /** Where it is written, so that a refusal can point there. */
  readonly place: Place;
}

/**
 * `derived.<name>`: a figure over the lines, or over the prior visits. `where` and `ref` read the item as `line`, or `prior`.
 *
 * Unknown where prior visits were not supplied, where for any item neither side of `where` holds, or where for a counted
 * item `ref` is unknown. Otherwise over the counted items whose `ref` is not empty: `count` the counted items (empty ones
 * too; it has no `ref`), `countDistinct` different values, `sum` (0 of none), `min` and `max` (empty of none).
 */
export interface PlainFigure {
  readonly name: string;
  readonly calculation: DerivedFunction;
  readonly over: 'lines' | 'priorVisits';
  readonly ref: Ref | null;
  readonly where: Sides | null;
  readonly place: Place;
}

/**
 * How minutes become units. In terms of sums and counts, so that it can be said in any language:
 *
 * The *timed lines* are those with a code of `codes`. Their minutes (`record.minutes`) are unknown where the record was
 * not supplied, and 0 where they are empty. A code is *open* where the minutes of any of its lines are unknown.
 * With `total-time`, one open code leaves every timed line's units unknown; else only those of its own lines.
 * Only the lines that are left, the *decidable* ones, take part in what follows. With mpu = `minutesPerUnit`:
 *
 * 1. minutes(code) = sum over its lines; set to 0 where below `minimumMinutes`. total = sum over codes.
 * 2. units(m) = 0 below the midpoint ⌊mpu/2⌋+1, and one more each time a midpoint is passed:
 *    the largest u with mpu·(u−1) + midpoint ≤ m.
 * 3. `per-service`: supported(code) = units(minutes). `full-units`: supported(code) = ⌊minutes/mpu⌋.
 * 4. `total-time`: whole(code) = ⌊minutes/mpu⌋, rest(code) = minutes − mpu·whole. left = units(total) − Σ whole.
 *    above(code) = number of codes with a larger rest; same(code) = number with the same rest, itself included.
 *    The code has one more unit where above + same ≤ left. It is *tied* where above < left < above + same; of the tied
 *    codes the first (left − above) get one more, in this order: those that billed more than their whole units before the
 *    others, then by the first of their decidable lines in the claim. supported = whole + what they get.
 *    (That is the allocation kindest to what was billed: no claim is faulted for another equally right one.)
 * 5. Lines of a code share its supported units in the order of the claim: each line takes the lesser of its billed units
 *    (0 where empty) and what earlier lines of the code left; what no line billed goes to the first line of the code.
 *
 * Figures: `visit.timedMinutes` = total and `visit.supportableUnits` = units(total) for `total-time`, Σ supported for the
 * others; both unknown where any code is open. `visit.billedTimedUnits` = sum of billed units of all timed lines, always known.
 * Sources: see `facts/derived/time-rule.ts`.
 */
export interface PlainTimeRule {
  readonly method: TimeMethod;
  readonly codes: readonly string[];
  readonly minutesPerUnit: number;
  /** 0 where there is no floor. */
  readonly minimumMinutes: number;
  readonly place: Place;
}

/** A policy on days on which nothing that it reads changes; by date of service, both ends included, null = open. */
export interface PlainPeriod {
  readonly from: string;
  readonly to: string | null;
  readonly timeRule: PlainTimeRule | null;
  readonly figures: readonly PlainFigure[];
  readonly rules: readonly PlainRule[];
}

/** One revision of a policy. */
export interface PlainPolicy {
  readonly id: string;
  readonly title: string;
  /** Null = every payer. */
  readonly payers: readonly string[] | null;
  /** The policy whose place it takes while it is in force for the encounter. */
  readonly replaces: string | null;
  /** In order of time, never overlapping. */
  readonly periods: readonly PlainPeriod[];
}

/**
 * Everything that an export is written from.
 *
 * A policy is *in force* for an encounter where the payer is one of its own, the date of service lies in one of its
 * periods, and no other policy in force replaces it. That a policy is for some dates received only is part of `applies` of
 * its rules; such a policy has no time rule, so nothing else could tell. Decisions: a subject has the gravest effect of the rules that it
 * violates, but at least `needs-record` where any rule is undetermined, and `pay` where nothing is said; the claim has
 * the gravest decision of its lines and of the visit. Gravest first: deny, review, reduce, needs-record, advise, pay. Supportable units of a line:
 * the lowest known ones of the policies in force.
 */
export interface PlainProgram {
  readonly semantics: typeof semanticsVersion;
  readonly fields: readonly PlainField[];
  readonly policies: readonly PlainPolicy[];
}
