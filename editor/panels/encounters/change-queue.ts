import type { FormChange } from '#engine';

/** Carries what is done in a form to where it is worked out, one batch at a time, and never loses the last key. */
export interface ChangeQueue {
  add(change: FormChange): void;
  /** Asks for the state as it is now, without a change. */
  refresh(): void;
}

/** `send` works out the text after some changes; `show` is given what came of the latest. */
export function createChangeQueue<State>(
  send: (changes: readonly FormChange[]) => Promise<State>,
  show: (state: State) => void,
): ChangeQueue {
  let waiting: readonly FormChange[] = [];
  let wanted = false;
  let busy = false;

  async function next(): Promise<void> {
    if (busy || !wanted) return;
    busy = true;
    const changes = waiting;
    waiting = [];
    wanted = false;
    try {
      show(await send(changes));
    } finally {
      busy = false;
    }
    await next();
  }

  return {
    add(change) {
      waiting = merged(waiting, change);
      wanted = true;
      void next();
    },
    refresh() {
      wanted = true;
      void next();
    },
  };
}

/** Of several values typed into one field only the last counts. */
export function merged(waiting: readonly FormChange[], change: FormChange): readonly FormChange[] {
  const last = waiting.at(-1);
  const replaces =
    last !== undefined &&
    (last.kind === 'set' || last.kind === 'clear') &&
    (change.kind === 'set' || change.kind === 'clear') &&
    last.path.join('.') === change.path.join('.');
  return replaces ? [...waiting.slice(0, -1), change] : [...waiting, change];
}
