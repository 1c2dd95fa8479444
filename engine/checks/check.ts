import type { Reporter } from '../diagnostics/diagnostic.ts';
import type { CodeList, PolicySource } from '../language/syntax.ts';
import type { Policy } from '../model/policy.ts';

/** What a check looks at: everything resolved, and a reporter for each file. */
export interface CheckInput {
  readonly policies: readonly Policy[];
  readonly lists: readonly CodeList[];
  readonly sources: readonly PolicySource[];
  readonly reporterFor: (path: string) => Reporter;
}

/** One kind of mistake that files have together, though each may be right alone. */
export type Check = (input: CheckInput) => void;
