import { useSyncExternalStore } from 'react';

import type { Session } from './session.ts';
import type { Store } from './store.ts';

/** The one binding of the session to React: a component draws again when what it reads has changed. */
export function useSession<T>(store: Store, read: (session: Session) => T): T {
  return useSyncExternalStore(store.subscribe, () => read(store.get()));
}
