import type { Day } from '../base/calendar-date.ts';
import type { Place, Source } from '../base/source.ts';
import type { Decision, RuleOutcome } from '../evaluate/outcome.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';

/** A file of saved expectations: cases that start from a saved encounter and say what must be decided. */
export interface Suite {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  /** Policies by id that alone judge; null = every policy in force. */
  readonly policies: readonly TextNode[] | null;
  readonly base: TextNode | null;
  readonly now: Day | null;
  readonly cases: readonly SuiteCase[];
  readonly place: Place;
}

export interface TextNode {
  readonly text: string;
  readonly node: YamlNode;
}

export interface SuiteCase {
  readonly id: string;
  readonly title: string;
  readonly base: TextNode | null;
  readonly given: readonly { readonly path: string; readonly at: YamlNode; readonly value: YamlNode }[];
  readonly without: readonly TextNode[];
  readonly with: readonly { readonly name: string; readonly value: YamlNode }[];
  /** Null where it was written wrongly: the case is then errored, never passed. */
  readonly expect: Expectation | null;
  readonly skip: string | null;
  readonly knownGap: KnownGap | null;
  readonly place: Place;
  readonly node: YamlNode;
}

export interface KnownGap {
  readonly owner: string;
  readonly reason: string;
  readonly until: Day;
}

export interface Expectation {
  /** By line number; a line that is not here must be paid with nothing violated or undetermined. */
  readonly lines: ReadonlyMap<number, SubjectExpectation>;
  readonly visit: SubjectExpectation;
}

export interface SubjectExpectation {
  /** Null = not compared (the visit's alone may be left out). */
  readonly decision: Decision | null;
  readonly violates: readonly TextNode[];
  readonly undetermined: readonly TextNode[];
  readonly supportableUnits: number | null;
  readonly messages: readonly string[] | null;
  readonly outcomes: readonly {
    readonly rule: string;
    readonly at: YamlNode;
    readonly outcome: RuleOutcome;
  }[];
  readonly node: YamlNode | null;
}
