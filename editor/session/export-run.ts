import type {
  Exporting,
  ExportProgress,
  ExportRequest,
  ExportResult,
  OfferedTarget,
  SigningKeys,
} from '../../publishing/exporting.ts';

/** One export as it goes on. It outlives the page that shows it, so that the author may look elsewhere meanwhile. */
export interface ExportState {
  /** Null until they are known. */
  readonly targets: readonly OfferedTarget[] | null;
  /** Null until they are known. */
  readonly keys: SigningKeys | null;
  readonly running: ExportRequest | null;
  /** The latest of each target and engine, in the order in which they began. */
  readonly progress: readonly ExportProgress[];
  readonly result: ExportResult | null;
  /** Why it could not be done, as a sentence. */
  readonly trouble: string | null;
}

export interface ExportRun {
  readonly unavailable: string | null;
  readonly get: () => ExportState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly readTargets: () => Promise<void>;
  /** Asked again each time the page opens: a key may have been made meanwhile. */
  readonly readKeys: () => Promise<void>;
  readonly start: (request: ExportRequest) => Promise<void>;
  readonly stop: () => void;
}

export function createExportRun(exporting: Exporting): ExportRun {
  let state: ExportState = {
    targets: null,
    keys: null,
    running: null,
    progress: [],
    result: null,
    trouble: null,
  };
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
    async start(request) {
      if (stopping !== null) return;
      const own = new AbortController();
      stopping = own;
      change({ running: request, progress: [], result: null, trouble: null });
      try {
        const result = await exporting.run(
          request,
          (progress) => change({ progress: withLatest(state.progress, progress) }),
          own.signal,
        );
        change({ result });
      } catch (error) {
        if (!own.signal.aborted) change({ trouble: sentence(error) });
      } finally {
        stopping = null;
        change({ running: null });
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
