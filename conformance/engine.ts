import type { ExpectedAnswer, PlainProgram, TargetFile, TargetId } from '#engine';

/**
 * A real engine on which exports of one target are run.
 *
 * `npm` engines come with `npm ci` and prove in `npm test`; `machine` engines need another runtime or a server, and prove
 * in `npm run conformance` where the machine has it.
 */
export interface ConformanceEngine {
  readonly target: TargetId;
  /** Unique among the engines: `duckdb`. */
  readonly id: string;
  readonly title: string;
  readonly from: 'npm' | 'machine';
  /** How many encounters it is best given at once, where that is many: it begins anew for each such batch. */
  readonly atOnce?: number;
  readonly start: () => Promise<StartedEngine | NotHere>;
}

export interface NotHere {
  /** Why it cannot run here, and what would help, in one sentence. */
  readonly missing: string;
}

export interface StartedEngine {
  readonly missing: null;
  /** As the engine states it: `1.5.6`. */
  readonly version: string;
  readonly load: (files: readonly TargetFile[], program: PlainProgram) => Promise<LoadedExport>;
  /** Ends everything that runs for it, also what has not answered yet. */
  readonly stop: () => Promise<void>;
}

export interface LoadedExport {
  /** Answers in the order of the encounters. */
  readonly judge: (encounters: readonly unknown[]) => Promise<readonly EngineAnswer[]>;
  readonly unload: () => Promise<void>;
}

/** An encounter that the input of the target cannot hold is reported, and never dropped. */
export type EngineAnswer =
  | (ExpectedAnswer & { readonly cannotHold?: undefined })
  | { readonly cannotHold: string };
