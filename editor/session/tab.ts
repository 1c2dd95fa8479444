/**
 * The name of this tab, under which its drafts are kept: it outlives a reload, and no other page has it.
 * A page holds a lock in its name, which the browser takes from it when the page ends, however it ends.
 * A duplicated tab begins with the name of its model; it finds the lock taken, and gets a name of its own.
 */
export async function ownTab(): Promise<string> {
  const kept = sessionStorage.getItem(key);
  // The page before a reload may still be going.
  if (kept !== null && (await holdLock(kept, 500))) return kept;
  const fresh = crypto.randomUUID();
  sessionStorage.setItem(key, fresh);
  await holdLock(fresh, 500);
  return fresh;
}

/** The tabs of this browser that are open, as far as they come from the same address. */
export async function openTabs(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  const names = held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  return new Set(names);
}

const key = 'proviso.tab';
const prefix = 'proviso-draft-';

/** Whether the lock was free, or became so within this time; it is then never given back. */
function holdLock(tab: string, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = navigator.locks.request(
      `${prefix}${tab}`,
      { signal: AbortSignal.timeout(milliseconds) },
      () => {
        resolve(true);
        return new Promise<never>(() => undefined);
      },
    );
    asked.catch(() => resolve(false));
  });
}
