import type { Notice, NoticeBlock, Step } from '#engine';
import { hasErrors, noticeHtml, noticeInSteps, noticeMarkdown, noticePage, payerName } from '#engine';

import { earlierOf } from '../memory.ts';
import type { Memory } from '../memory.ts';

export interface NoticeParams {
  /** A payer by id: only what concerns it; null: every payer that something changes for. */
  readonly payer: string | null;
}

export type NoticeAnswer =
  /** What it is compared with has mistakes itself, and nothing can be told of it. */
  | { readonly kind: 'unsound' }
  /** Nothing changes for any claim (to this payer), so there is nothing to tell. */
  | { readonly kind: 'nothing' }
  | WrittenNotice;

export interface WrittenNotice {
  readonly kind: 'written';
  readonly title: string;
  /** The page from top to bottom, for showing it. */
  readonly blocks: readonly NoticeBlock[];
  /** The same as a file to send. */
  readonly markdown: string;
  /** The same as a file to print: whole in itself. */
  readonly html: string;
  /** Clauses that are cited and say the number from before: for the author, and no part of the page. */
  readonly oldFigures: Notice['oldFigures'];
  /** The payers that are told of something, for choosing one. */
  readonly payers: readonly { readonly id: string; readonly title: string }[];
}

/** What providers are told of the last text without mistakes, against the release or the files on disk. */
export function* notice(memory: Memory, { payer }: NoticeParams): Generator<Step, NoticeAnswer> {
  const before = earlierOf(memory);
  const after = memory.shown ?? memory.judged.workspace;
  if (hasErrors(before.diagnostics)) return { kind: 'unsound' };
  const written: Notice | null = yield* noticeInSteps(before, after, payer);
  if (written === null) return { kind: 'nothing' };
  return {
    kind: 'written',
    title: written.title,
    blocks: noticePage(written),
    markdown: noticeMarkdown(written),
    html: noticeHtml(written),
    oldFigures: written.oldFigures,
    payers: written.payerIds.map((id) => ({ id, title: payerName(id, after.lists) })),
  };
}
