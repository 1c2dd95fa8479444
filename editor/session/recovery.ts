import type { Draft, FoundDraft } from '../../storage/drafts.ts';

export interface Recovery {
  /** What is brought back: of each file the draft of this tab, or else the newest of a tab that is gone. */
  readonly drafts: readonly Draft[];
  /** What is on disk to the letter already, and needs no keeping. */
  readonly done: readonly Draft[];
}

/**
 * Which of the drafts found are to be brought back into this tab.
 * Where two tabs that are gone left drafts of one file, the older one stays where it is, and comes back once the newer
 * one is saved or thrown away.
 */
export function planRecovery(
  found: readonly FoundDraft[],
  own: string,
  openTabs: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
): Recovery {
  const ours = found.filter(({ tab, inUse }) => tab === own || (!inUse && !openTabs.has(tab)));
  const done = ours.filter(({ path, text }) => texts.get(path) === text);
  const chosen = new Map<string, FoundDraft>();
  for (const draft of ours) {
    if (done.includes(draft)) continue;
    const other = chosen.get(draft.path);
    if (other === undefined || goesBefore(draft, other, own)) chosen.set(draft.path, draft);
  }
  return { drafts: [...chosen.values()], done };
}

function goesBefore(draft: Draft, other: Draft, own: string): boolean {
  if (draft.tab === own || other.tab === own) return draft.tab === own;
  return Date.parse(draft.at) > Date.parse(other.at);
}
