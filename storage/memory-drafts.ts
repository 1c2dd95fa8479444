import { byPathAndTab, checkDraft, checkTab, maxDrafts, tooManyDrafts } from './drafts.ts';
import type { Draft, DraftStore } from './drafts.ts';
import { checkPath } from './workspace-path.ts';

/** Drafts that live as long as this value: for tests, and for workspaces that are themselves in memory. */
export function createMemoryDrafts(kept: readonly Draft[] = []): DraftStore {
  const drafts = new Map(kept.map((draft) => [keyOf(draft.tab, draft.path), draft]));
  return {
    async load() {
      return [...drafts.values()].map((draft) => ({ ...draft, inUse: false })).sort(byPathAndTab);
    },
    async put(draft) {
      checkDraft(draft);
      const key = keyOf(draft.tab, draft.path);
      if (!drafts.has(key) && drafts.size >= maxDrafts) throw tooManyDrafts();
      const { tab, path, text, base, at } = draft;
      drafts.set(key, { tab, path, text, base, at });
    },
    async remove(tab, path) {
      checkTab(tab);
      checkPath(path);
      drafts.delete(keyOf(tab, path));
    },
  };
}

function keyOf(tab: string, path: string): string {
  return `${tab} ${path}`;
}
