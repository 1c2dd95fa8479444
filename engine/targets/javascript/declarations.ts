/** The types of the module. */
export const declarations = `/** Decisions, gravest first: deny, review, reduce, needs-record, advise, pay. */
export type Decision = 'deny' | 'review' | 'reduce' | 'needs-record' | 'advise' | 'pay';

export interface LineAnswer {
  /** 1-based position on the claim. */
  readonly line: number;
  readonly decision: Decision;
  /** Units that the record supports; null where the line is not timed, or it is unknown. */
  readonly supportableUnits: number | null;
  /** Ids of the rules that are violated, in the order of their letters. */
  readonly violated: readonly string[];
  /** Ids of the rules that cannot be decided, because something was never supplied. */
  readonly undetermined: readonly string[];
}

export interface Answer {
  readonly decision: Decision;
  readonly lines: readonly LineAnswer[];
  readonly visit: Pick<LineAnswer, 'violated' | 'undetermined'>;
}

/** Something in an encounter that keeps it from being judged, and where: \`lines[0].record.minutes\`. */
export interface Problem {
  readonly at: string;
  readonly problem: string;
}

/** The meaning of the rules, as the makers of Proviso number it. */
export declare const semantics: number;

/** What the policies say of one encounter, which may be anything that JSON can hold. */
export declare function judge(encounter: unknown): Answer | { readonly refused: readonly Problem[] };
`;
