import { useState, useSyncExternalStore } from 'react';

import { sameData } from '#engine';

import type { Session } from './session.ts';
import type { Store } from './store.ts';

/** The one binding of the session to React: a component draws again when what it reads has changed. */
export function useSession<T>(store: Store, read: (session: Session) => T): T {
  return useSyncExternalStore(store.subscribe, () => read(store.get()));
}

/** What a view makes of the session: the very same value for as long as it says the same, so nothing is drawn again. */
export function useView<T>(store: Store, view: (session: Session) => T): T {
  const [kept] = useState(() => keeper<T>());
  return useSyncExternalStore(store.subscribe, () => kept(store.get(), view).seen);
}

/** The session as it was when `reads` last gave something else. */
export function useSteadySession(store: Store, reads: (session: Session) => unknown): Session {
  const [kept] = useState(() => keeper<unknown>());
  return useSyncExternalStore(store.subscribe, () => kept(store.get(), reads).session);
}

interface Kept<T> {
  readonly session: Session;
  readonly seen: T;
}

/** Looks at each session once, and gives back what it gave before while that says the same. */
export function keeper<T>(): (session: Session, view: (session: Session) => T) => Kept<T> {
  let latest: { readonly session: Session; readonly view: unknown } | null = null;
  let kept: Kept<T> | null = null;
  return (session, view) => {
    if (kept && latest?.session === session && latest.view === view) return kept;
    latest = { session, view };
    const seen = view(session);
    if (!kept || !sameData(kept.seen, seen)) kept = { session, seen };
    return kept;
  };
}
