import type { DraftStore, FoundDraft } from './drafts.ts';
import { checkDraft, checkTab } from './drafts.ts';
import { answerIn, createRequest } from './http-request.ts';
import type { HttpOptions } from './http-request.ts';
import { createQueue } from './queue.ts';
import { checkPath } from './workspace-path.ts';

/** The drafts behind the local server, which keeps them in the workspace folder. */
export function createHttpDrafts(options: HttpOptions = {}): DraftStore {
  const request = createRequest(options);
  // Requests overtake each other on their way, and an earlier text must not be kept over a later one.
  const inTurn = createQueue();
  return {
    async load() {
      const answer = await answerIn(await request('GET', '/api/drafts'));
      return (answer as { readonly drafts: readonly FoundDraft[] }).drafts;
    },
    async put(draft) {
      checkDraft(draft);
      const { tab, path, text, base, at } = draft;
      await inTurn(() => request('PUT', addressOf(tab, path), { text, base, at }));
    },
    async remove(tab, path) {
      checkTab(tab);
      checkPath(path);
      await inTurn(() => request('DELETE', addressOf(tab, path)));
    },
  };
}

function addressOf(tab: string, path: string): string {
  return `/api/draft?tab=${encodeURIComponent(tab)}&path=${encodeURIComponent(path)}`;
}
