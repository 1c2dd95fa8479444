import type { Action, Session } from './session.ts';
import { update } from './session.ts';

/** Holds the one session of the page and tells those who watch it. */
export interface Store {
  readonly get: () => Session;
  readonly dispatch: (action: Action) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStore(initial: Session): Store {
  let session = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => session,
    dispatch(action) {
      const next = update(session, action);
      if (next === session) return;
      session = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
