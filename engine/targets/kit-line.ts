import type { Answer } from '../intermediate/answer.ts';
import type { DocumentProblem } from '../intermediate/document.ts';

/** One encounter of the conformance kit and what every export must answer to it. */
export interface KitLine {
  /** Unique in the kit. */
  readonly id: string;
  /** Why it is there: `saved`, `boundary`, `date`, `list`, `section-absent`, `field-empty`, `pair`, `wrong-type`, … */
  readonly tag: string;
  /** An `EncounterDocument`; where it is to be refused, anything. */
  readonly encounter: unknown;
  readonly expected: ExpectedAnswer;
}

/** An answer, or a refusal at the boundary with the places that are wrong. */
export type ExpectedAnswer =
  | { readonly answer: Answer; readonly refused: null }
  | { readonly answer: null; readonly refused: readonly DocumentProblem[] };
