import type { Span } from '../base/span.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Situation } from './context.ts';
import { withoutTitle } from './words.ts';

/** One thing that may be put in at the cursor, as any editor can show it. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label. */
  readonly detail: string;
  /** What it means, in Markdown; what the label and the detail say is not said again. */
  readonly documentation: string;
  /** A snippet: `$1`, `${1:word}` and `$0` are places to go to; lines are indented as they must be. */
  readonly insertText: string;
  /** What of the text it takes the place of. */
  readonly replace: Span;
  /** By what it is found: its name, other words for it, and words of its meaning. */
  readonly filterText: string;
  readonly sortText: string;
  /** Whether the next thing to choose should be offered at once. */
  readonly retrigger: boolean;
}

export type CompletionKind =
  | 'key'
  | 'fact'
  | 'figure'
  | 'operator'
  | 'word'
  | 'code'
  | 'list'
  | 'parameter'
  | 'condition'
  | 'rule'
  | 'clause'
  | 'policy'
  | 'payer'
  | 'encounter'
  | 'line'
  | 'template';

/** An item before it knows where it goes. */
export interface Draft {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string;
  readonly documentation?: string;
  readonly insert: string;
  /** Further words by which it is found. */
  readonly foundBy?: string;
  /** Small numbers stand first. */
  readonly rank: number;
  readonly retrigger?: boolean;
}

/** Everything that a list of proposals is made from. */
export interface Ask {
  readonly workspace: Workspace;
  readonly path: string;
  readonly text: string;
  readonly at: Situation;
  /** Whether a word stands in the text already. */
  readonly isUsed: (word: string) => boolean;
}

/** What an editor compares a typed word with is cut off behind so many characters. */
const longestFilter = 120;

export function finish(drafts: readonly Draft[], { at: { cursor } }: Ask): readonly CompletionItem[] {
  const replace = cursor.placeholder?.span ?? cursor.span;
  const seen = new Set<string>();
  return drafts
    .map((draft, index) => ({ draft, index }))
    .toSorted((a, b) => a.draft.rank - b.draft.rank || a.index - b.index)
    .filter(({ draft: { label, insert } }) => {
      const known = seen.has(`${label}\n${insert}`);
      seen.add(`${label}\n${insert}`);
      return !known;
    })
    .map(({ draft }, index) => ({
      label: draft.label,
      kind: draft.kind,
      detail: draft.detail ?? '',
      documentation: withoutTitle(draft.documentation ?? ''),
      insertText: `${cursor.pad}${cursor.lacksDash && !draft.insert.startsWith('- ') ? '- ' : ''}${draft.insert}`,
      replace,
      filterText: [draft.label, draft.foundBy ?? ''].join(' ').slice(0, longestFilter).trimEnd(),
      sortText: String(index).padStart(4, '0'),
      retrigger: draft.retrigger ?? false,
    }));
}

/** Text that a snippet puts in as it is. */
export function literally(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** Words that tell nothing, when something is looked for by its meaning. */
const emptyWords = new Set(
  'a an and any are as at be been but by can for from has have how in is it its no not of on one or other so such than that the them there they this to was were what where whether which who why with whom'.split(
    ' ',
  ),
);

/** The telling words of a sentence. */
export function tellingWords(sentence: string): string {
  const words = sentence.toLowerCase().match(/[a-z0-9][a-z0-9-]*/g) ?? [];
  return [...new Set(words.filter((word) => !emptyWords.has(word)))].join(' ');
}

/** Whether a word stands in a text: facts, codes, lists and citations count as words. */
export function usageOf(text: string): (word: string) => boolean {
  let words: Set<string> | null = null;
  return (word) => {
    words ??= new Set(text.match(/[\w$][\w.$#/-]*/g) ?? []);
    return words.has(word);
  };
}
