import type { CodeList, PolicySource } from '../language/syntax.ts';
import type { Parameter } from '../model/policy.ts';

/** What gives names to things outside a policy: a workspace is one. */
export interface Naming {
  readonly lists: readonly CodeList[];
  readonly sources: readonly PolicySource[];
}

/** Who speaks: names of lists are told from names of parameters by the policy, and "the code" depends on the line. */
export interface Speaking {
  readonly naming: Naming;
  readonly parameters: readonly Parameter[];
  /** Within `anyOtherLine` and its kin: facts of the judged line are "this line's". */
  readonly other: boolean;
}

export function listNamed(name: string, { naming, parameters }: Speaking): CodeList | null {
  if (parameters.some((parameter) => parameter.name === name)) return null;
  return naming.lists.find(({ id }) => id === name) ?? null;
}
