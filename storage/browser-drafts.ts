import type { Database, DraftRecord } from './browser/database.ts';
import { asked, keysOf } from './browser/database.ts';
import { byPathAndTab, checkDraft, checkTab, maxDrafts, tooManyDrafts } from './drafts.ts';
import type { DraftStore } from './drafts.ts';
import { checkPath } from './workspace-path.ts';

/**
 * The drafts of one workspace in the browser's own database.
 * A page that keeps a draft also holds a lock in the name of its tab, which the browser takes from it when the page
 * ends, however it ends: so another page knows which tabs are still open.
 */
export function createBrowserDrafts(database: Database, workspace: string): DraftStore {
  const held = new Set<string>();
  const lockOf = (tab: string): string => `proviso-tab-${workspace}-${tab}`;

  function holdLock(tab: string): void {
    if (held.has(tab)) return;
    held.add(tab);
    // Never given back: the promise stays open as long as the page does.
    void navigator.locks.request(lockOf(tab), () => new Promise<never>(() => undefined));
  }

  return {
    async load() {
      const [records, locks] = await Promise.all([
        asked(() => database.getAll('drafts', keysOf(workspace))),
        navigator.locks.query(),
      ]);
      const open = new Set(locks.held?.map(({ name }) => name));
      return records
        .map(({ tab, path, text, base, at }) => ({
          tab,
          path,
          text,
          base,
          at,
          inUse: open.has(lockOf(tab)) && !held.has(tab),
        }))
        .sort(byPathAndTab);
    },

    async put(draft) {
      checkDraft(draft);
      const { tab, path, text, base, at } = draft;
      holdLock(tab);
      const record: DraftRecord = { workspace, tab, path, text, base, at };
      await asked(async () => {
        const work = database.transaction('drafts', 'readwrite', { durability: 'strict' });
        const [known, count] = await Promise.all([
          work.store.getKey([workspace, path, tab]),
          work.store.count(keysOf(workspace)),
        ]);
        const room = known !== undefined || count < maxDrafts;
        if (room) await work.store.put(record);
        await work.done;
        if (!room) throw tooManyDrafts();
      });
    },

    async remove(tab, path) {
      checkTab(tab);
      checkPath(path);
      await asked(() => database.delete('drafts', [workspace, path, tab]));
    },
  };
}
