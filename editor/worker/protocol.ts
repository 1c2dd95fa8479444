import type { BilledLine, Decision, Diagnostic, Explanation, LineVerdict } from '#engine';

import type { QueryName } from './all-queries.ts';
import type { RowChanges } from './judged.ts';

/** Messages between the page and the worker that judges. A change that comes while another is judged takes its place. */
export type Question =
  /** All files of the workspace, as they are on disk. */
  | { readonly kind: 'open'; readonly seq: number; readonly files: readonly { path: string; text: string }[] }
  /** Files as the author has them now; null = removed. `saved` says that this is also what is on disk. */
  | {
      readonly kind: 'change';
      readonly seq: number;
      readonly changes: readonly { path: string; text: string | null }[];
      readonly saved: boolean;
    }
  /**
   * What everything is compared with from now on: the files of a release; null: the files on disk.
   * `shown` are those of the release whose changes are looked at; null: what the author has.
   */
  | {
      readonly kind: 'against';
      readonly seq: number;
      readonly files: readonly { path: string; text: string }[] | null;
      readonly shown: readonly { path: string; text: string }[] | null;
    }
  /** Whatever is being judged is given up; the last verdicts stay. */
  | { readonly kind: 'stop'; readonly seq: number }
  /** Why one case is judged as it is. */
  | { readonly kind: 'explain'; readonly seq: number; readonly caseKey: string }
  /** One of `all-queries.ts`; the answer is what it gives. */
  | { readonly kind: 'query'; readonly seq: number; readonly name: QueryName; readonly params: unknown };

export type Answer =
  | {
      readonly kind: 'judged';
      readonly seq: number;
      readonly rows: RowChanges;
      /** Null: as told before. */
      readonly diagnostics: readonly Diagnostic[] | null;
      readonly rules: readonly RuleCount[] | null;
      readonly policies: readonly PolicyRow[] | null;
      readonly payers: readonly PayerRow[] | null;
      /** A changed file has errors: cases and rules are those of the last text without. */
      readonly stale: boolean;
      /** Worker time of the whole question, in milliseconds. */
      readonly milliseconds: number;
    }
  | {
      readonly kind: 'explained';
      readonly seq: number;
      readonly caseKey: string;
      readonly explanations: readonly Explanation[];
      readonly lines: readonly BilledLine[];
    }
  | { readonly kind: 'told'; readonly seq: number; readonly result: unknown }
  /** A question that takes longer is still being worked on. */
  | ({ readonly kind: 'progress'; readonly seq: number } & Progress)
  | { readonly kind: 'stopped'; readonly seq: number }
  | { readonly kind: 'failed'; readonly seq: number; readonly message: string };

/** How far something is that takes longer. */
export interface Progress {
  readonly doing: 'reading' | 'judging';
  readonly done: number;
  readonly total: number;
}

/** One saved case (or a saved encounter outside any suite), with its verdict now and the one it is compared with. */
export interface CaseRow {
  readonly key: string;
  readonly suite: string;
  readonly title: string;
  readonly path: string;
  readonly place: { readonly line: number; readonly column: number };
  readonly payer: string;
  /** ISO date of service. */
  readonly date: string;
  /** passed / failed against its expectation; unchecked = an encounter without one; errored = cannot be judged. */
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'errored' | 'unchecked';
  readonly reason: string | null;
  readonly differences: readonly { at: string; expected: string; actual: string }[];
  readonly verdict: RowVerdict | null;
  /** What must come out for the whole encounter; null where nothing is expected. */
  readonly expected: Decision | null;
  /** The policies that alone judge it, by id; null: every policy in force. */
  readonly judgedBy: readonly string[] | null;
  /** Decision by what everything is compared with, a release or the files on disk; null where there was none. */
  readonly earlierDecision: Decision | null;
  /** Decision, violated rules or supportable units differ from that. */
  readonly changed: boolean;
}

/** What of a verdict stands in a row. Its words come with the explanation: rows by the thousand have no use for them. */
export interface RowVerdict {
  readonly decision: Decision;
  readonly lines: readonly (RowFindings &
    Pick<LineVerdict, 'line' | 'code' | 'decision' | 'supportableUnits'>)[];
  readonly visit: RowFindings;
}

export interface RowFindings {
  readonly violated: readonly { readonly rule: string }[];
  readonly undetermined: readonly { readonly rule: string }[];
}

/** How often a rule came out how over all cases, for the lens above the rule. */
export interface RuleCount {
  readonly rule: string;
  readonly title: string;
  readonly path: string;
  readonly line: number;
  readonly met: number;
  readonly violated: number;
  readonly notApplicable: number;
  readonly undetermined: number;
}

export interface PolicyRow {
  readonly path: string;
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly payers: readonly string[] | null;
  readonly from: string;
  readonly to: string | null;
  /** The dates received that it is for; null: all. */
  readonly received: { readonly from: string | null; readonly to: string | null } | null;
}

/** A payer as the list of payers names it. */
export interface PayerRow {
  readonly id: string;
  readonly title: string;
}
