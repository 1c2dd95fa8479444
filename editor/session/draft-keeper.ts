import type { DraftStore } from '../../storage/drafts.ts';
import { isUnsaved } from './session.ts';
import type { Session } from './session.ts';
import type { Store } from './store.ts';

/** Where unsaved texts are kept, and under which name. */
export interface DraftOutside {
  readonly drafts: DraftStore;
  readonly tab: string;
  /** The tabs that are known to be open; this one among them or not. */
  readonly openTabs: () => Promise<ReadonlySet<string>>;
  /** The time, in ISO form. */
  readonly now: () => string;
}

/** Follows the session: what is unsaved is kept shortly after it was typed, and what was saved is kept no longer. */
export interface DraftKeeper {
  /** Whether every unsaved text is kept, to the last letter: nothing is lost if the page ends now. */
  allKept(): boolean;
  /** Resolves when all is kept that was typed before, or cannot be for now. */
  settled(): Promise<void>;
}

/** Typing is faster than disks; all in all a letter is kept well within 300 ms. */
const pauseMilliseconds = 100;
/** After that, what could not be kept is tried again. */
const patienceMilliseconds = 2000;

export function createDraftKeeper(store: Store, { drafts, tab, now }: DraftOutside): DraftKeeper {
  /** What the store is known to hold of this tab. */
  const kept = new Map<string, Wanted>();
  let working: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  store.subscribe(() => {
    if (working === null && timer === undefined && nextStep(wantedIn(store.get()), kept) !== null)
      later(pauseMilliseconds);
  });

  function later(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void work(), milliseconds);
  }

  function work(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return (working ??= workThrough().finally(() => {
      working = null;
    }));
  }

  async function workThrough(): Promise<void> {
    try {
      for (;;) {
        const step = nextStep(wantedIn(store.get()), kept);
        if (step === null) break;
        await take(step);
      }
      store.dispatch({ kind: 'drafts-troubled', message: null });
    } catch (error) {
      store.dispatch({
        kind: 'drafts-troubled',
        message: error instanceof Error ? error.message : String(error),
      });
      later(patienceMilliseconds);
    }
  }

  async function take({ path, wanted }: Step): Promise<void> {
    if (wanted === null) {
      await drafts.remove(tab, path);
      kept.delete(path);
    } else {
      await drafts.put({ tab, path, ...wanted, at: now() });
      kept.set(path, wanted);
    }
  }

  return {
    allKept: () => {
      const step = nextStep(wantedIn(store.get()), kept);
      return step === null || step.wanted === null;
    },
    settled: () => work(),
  };
}

interface Wanted {
  readonly text: string;
  readonly base: string | null;
}

interface Step {
  readonly path: string;
  /** Null: it is to be kept no longer. */
  readonly wanted: Wanted | null;
}

function wantedIn(session: Session): ReadonlyMap<string, Wanted> {
  const unsaved = [...session.files.values()].filter(isUnsaved);
  return new Map(unsaved.map(({ path, text, version }) => [path, { text, base: version }]));
}

/** First what could be lost, then what is only too much. */
function nextStep(wanted: ReadonlyMap<string, Wanted>, kept: ReadonlyMap<string, Wanted>): Step | null {
  for (const [path, draft] of wanted) {
    const known = kept.get(path);
    if (known?.text !== draft.text || known.base !== draft.base) return { path, wanted: draft };
  }
  for (const path of kept.keys()) if (!wanted.has(path)) return { path, wanted: null };
  return null;
}
