import { bytesOf } from './content.ts';
import { StorageError } from './storage.ts';
import { checkPath } from './workspace-path.ts';

/**
 * Unsaved texts, kept so that a crash, a closed tab or a lost server loses none.
 * Each tab keeps its own drafts under its own name, so that two tabs never write over each other.
 * What cannot be kept is thrown as a `StorageError`; its message is a sentence for the author.
 */
export interface DraftStore {
  /** Every draft there is, of every tab, in the order of the paths and then of the tabs. */
  load(): Promise<readonly FoundDraft[]>;

  /**
   * Keeps the draft in place of the tab's earlier one of the same file.
   * INVARIANT: once this has resolved, `load` gives the text until `remove` or a later `put`, whatever is killed in
   * between; and whatever is killed before, it gives the earlier text or this one, whole.
   */
  put(draft: Draft): Promise<void>;

  /** That there was none is no error. */
  remove(tab: string, path: string): Promise<void>;
}

export interface Draft {
  /** The tab that the text was typed in: letters, digits and dashes, from 8 to 64 of them. */
  readonly tab: string;
  readonly path: string;
  readonly text: string;
  /** The version of the file that the author began with; null: a file that was never saved. */
  readonly base: string | null;
  /** When it was typed, in ISO form with its time zone. */
  readonly at: string;
}

export interface FoundDraft extends Draft {
  /** The tab is known to be open still, so its draft is not to be taken over. False where the store cannot know. */
  readonly inUse: boolean;
}

/** Nobody edits so many files at once, and a page gone wild shall not fill the disk. */
export const maxDrafts = 500;

/** INVARIANT: what has passed is fit to become a part of a file's name and can be written as UTF-8. */
export function checkDraft({ tab, path, text, base, at }: Draft): void {
  checkTab(tab);
  checkPath(path);
  bytesOf(path, text);
  if (base !== null && !/^[0-9a-f]{64}$/.test(base)) {
    throw new StorageError('failed', `The draft of \`${path}\` says no version that it began with.`);
  }
  if (Number.isNaN(Date.parse(at)) || at.length > 40) {
    throw new StorageError('failed', `The draft of \`${path}\` does not say when it was typed.`);
  }
}

export function checkTab(tab: string): void {
  if (!/^[A-Za-z0-9-]{8,64}$/.test(tab)) {
    throw new StorageError('unsafe-path', 'The name of a tab is made of 8 to 64 letters, digits and dashes.');
  }
}

export function tooManyDrafts(): StorageError {
  return new StorageError(
    'failed',
    `There are ${maxDrafts} unsaved drafts already; save some of them first.`,
  );
}

export function byPathAndTab(a: Draft, b: Draft): number {
  return compare(a.path, b.path) || compare(a.tab, b.tab);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
