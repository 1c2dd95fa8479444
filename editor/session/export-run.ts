import type {
  Exporting,
  ExportProgress,
  ExportRequest,
  ExportResult,
  ExportVersion,
  OfferedTarget,
  SigningKeys,
} from '../../publishing/exporting.ts';

/** What is to be exported, and how. It is kept while the author looks at other pages. */
export interface ExportChoices {
  /** Targets that are left out, by id: a target that is new comes along. */
  readonly left: ReadonlySet<string>;
  /** Null while nobody chose: the last release where there is one. */
  readonly version: ExportVersion | null;
  readonly mutants: boolean;
  readonly withoutSaved: boolean;
  /** The id of a key, which may have gone away since; null leaves the bundle unsigned. */
  readonly signWith: string | null;
}

/** One export as it goes on. It outlives the page that shows it, so that the author may look elsewhere meanwhile. */
export interface ExportState {
  /** Null until they are known. */
  readonly targets: readonly OfferedTarget[] | null;
  /** Null until they are known. */
  readonly keys: SigningKeys | null;
  readonly choices: ExportChoices;
  /** What the progress and the result are of; null before the first export. */
  readonly asked: ExportRequest | null;
  readonly isRunning: boolean;
  /** The latest of each target and engine, in the order in which they began. */
  readonly progress: readonly ExportProgress[];
  readonly result: ExportResult | null;
  /** Why there is no result, as a sentence. */
  readonly trouble: string | null;
}

export interface ExportRun {
  readonly unavailable: string | null;
  readonly get: () => ExportState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly readTargets: () => Promise<void>;
  /** Asked again each time the page opens: a key may have been made meanwhile. */
  readonly readKeys: () => Promise<void>;
  readonly choose: (what: Partial<ExportChoices>) => void;
  readonly start: (request: ExportRequest) => Promise<void>;
  readonly stop: () => void;
}

/** Before anything was looked up, chosen or exported. */
export const nothingExported: ExportState = {
  targets: null,
  keys: null,
  choices: { left: new Set(), version: null, mutants: false, withoutSaved: false, signWith: null },
  asked: null,
  isRunning: false,
  progress: [],
  result: null,
  trouble: null,
};

export function createExportRun(exporting: Exporting): ExportRun {
  let state = nothingExported;
  let stopping: AbortController | null = null;
  const listeners = new Set<() => void>();
  const change = (what: Partial<ExportState>) => {
    state = { ...state, ...what };
    for (const listener of listeners) listener();
  };
  const sentence = (error: unknown) =>
    error instanceof Error ? error.message : 'The export could not be done.';
  return {
    unavailable: exporting.unavailable,
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async readTargets() {
      if (exporting.unavailable !== null || state.targets !== null) return;
      try {
        change({ targets: await exporting.targets(), trouble: null });
      } catch (error) {
        change({ trouble: sentence(error) });
      }
    },
    async readKeys() {
      if (exporting.unavailable !== null) return;
      try {
        change({ keys: await exporting.keys() });
      } catch (error) {
        change({ trouble: sentence(error) });
      }
    },
    choose: (what) => change({ choices: { ...state.choices, ...what } }),
    async start(request) {
      if (stopping !== null) return;
      const own = new AbortController();
      stopping = own;
      change({ asked: request, isRunning: true, progress: [], result: null, trouble: null });
      try {
        const result = await exporting.run(
          request,
          (progress) => change({ progress: withLatest(state.progress, progress) }),
          own.signal,
        );
        change({ result });
      } catch (error) {
        change({ trouble: own.signal.aborted ? 'Stopped. Nothing was packed.' : sentence(error) });
      } finally {
        stopping = null;
        change({ isRunning: false });
      }
    },
    stop() {
      stopping?.abort(new Error('stopped'));
    },
  };
}

/** The progress with the latest of one target and engine in its place. */
export function withLatest(
  progress: readonly ExportProgress[],
  latest: ExportProgress,
): readonly ExportProgress[] {
  const at = progress.findIndex(
    ({ target, engine, stage }) =>
      target === latest.target && engine === latest.engine && stage === latest.stage,
  );
  return at === -1 ? [...progress, latest] : progress.with(at, latest);
}
