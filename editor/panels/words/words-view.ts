import { nameWords } from '#engine';
import type { PolicyWords, RuleOutcome, Sentence, WordsList } from '#engine';

import { outcomeWords } from '../../marks/words.ts';

/** A policy in words as it stands on the page: sections, paragraphs, sentences. */
export interface WordsPage {
  readonly title: string;
  readonly sections: readonly WordsPart[];
  readonly lists: readonly WordsList[];
  /** How many rules came out how in the chosen encounter; null where none is chosen. */
  readonly summary: string | null;
}

export interface WordsPart {
  readonly id: string;
  /** Null for the head, which needs none. */
  readonly title: string | null;
  readonly paragraphs: readonly WordsParagraph[];
}

export interface WordsParagraph {
  readonly key: string;
  readonly title: string | null;
  readonly outcome: RuleOutcome | null;
  readonly sentences: readonly Sentence[];
}

export function wordsPage(words: PolicyWords, outcomes: Readonly<Record<string, RuleOutcome>>): WordsPage {
  const seen = Object.values(outcomes);
  const count = (outcome: RuleOutcome): string | null => {
    const n = seen.filter((it) => it === outcome).length;
    return n === 0 ? null : `${n} ${outcomeWords[outcome].toLowerCase()}`;
  };
  const summary = (['violated', 'undetermined', 'met', 'not-applicable'] as const)
    .map(count)
    .filter((it) => it !== null)
    .join(', ');
  return {
    title: words.title,
    sections: words.sections.map(({ id, title, paragraphs }) => ({
      id,
      title: id === 'head' ? null : title,
      paragraphs: paragraphs.map(({ rule, title: name, sentences }, at) => ({
        key: rule ?? `${id}.${at}`,
        title: name,
        outcome: rule === null ? null : (outcomes[rule] ?? null),
        sentences,
      })),
    })),
    lists: words.lists,
    summary: summary === '' ? null : summary,
  };
}

/** What a run does where it is pressed: a list unfolds, a clause is opened; everything else belongs to its sentence. */
export function tipOf(run: Sentence['runs'][number]): string | null {
  switch (run.kind) {
    case 'parameter':
      return nameWords(run.name);
    case 'term':
      return 'Explained below';
    case 'text':
    case 'fact':
    case 'value':
    case 'list':
    case 'citation':
      return null;
  }
}
