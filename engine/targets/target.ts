import type { Place } from '../base/source.ts';
import type { PlainProgram } from '../intermediate/form.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { KitLine } from './kit-line.ts';

/** What policies can be exported as. One folder each; `allTargets` lists them. */
export type TargetId =
  | 'javascript'
  | 'json-rules-engine'
  | 'sql'
  | 'cql'
  | 'gorules'
  | 'dmn'
  | 'opa'
  | 'decision-table'
  | 'manual';

/** One way to write policies for another system. Pure: the same policies always give the same bytes. */
export interface Target {
  readonly id: TargetId;
  /** Its name, as its makers write it: “GoRules JDM”. */
  readonly title: string;
  /** Who would use it, in one sentence. */
  readonly audience: string;
  /** Whether it decides encounters, and so is proven on an engine, or is there to be read. */
  readonly decides: boolean;
  readonly write: (given: ExportGiven) => TargetExport;
}

export interface ExportGiven {
  /** What is exported; `workspace` may hold more policies than this. */
  readonly program: PlainProgram;
  /** For the targets that people read: titles, sources, sentences. */
  readonly workspace: Workspace;
  /** Names the export in files that need a name: lower case, digits and hyphens. */
  readonly name: string;
  /** For a target with tests of its own kind: encounters with the expected answers. */
  readonly kit: readonly KitLine[];
}

export interface TargetExport {
  /** Files below `targets/<id>/`, in the order of their paths. Empty where it was refused. */
  readonly files: readonly TargetFile[];
  /** What the target cannot hold, so that there is no export: never approximated, never dropped. */
  readonly refused: readonly Shortfall[];
  /** What does not come along, without changing any decision: messages, say. */
  readonly losses: readonly Shortfall[];
}

export interface TargetFile {
  /** With slashes, relative: `policy.mjs`. */
  readonly path: string;
  readonly text: string;
}

export interface Shortfall {
  /** One plain sentence. */
  readonly what: string;
  readonly rule: string | null;
  readonly place: Place | null;
}

/** What no target that decides takes along. */
export const noMessages: Shortfall = {
  what: 'Messages with the values of the claim in them do not come along; findings name the rule.',
  rule: null,
  place: null,
};
