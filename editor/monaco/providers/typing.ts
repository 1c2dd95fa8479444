import { enterRules } from '#engine';

import { monaco } from '../setup.ts';
import type { Provider } from './provider.ts';

/** What typing does: closing brackets, the column after Enter, and what counts as one word. */
export const typing: Provider = {
  register() {
    monaco.languages.setLanguageConfiguration('yaml', {
      comments: { lineComment: '#' },
      brackets: [
        ['{', '}'],
        ['[', ']'],
      ],
      autoClosingPairs: [
        { open: '{', close: '}' },
        { open: '[', close: ']' },
        { open: '"', close: '"' },
      ],
      surroundingPairs: [
        { open: '{', close: '}' },
        { open: '[', close: ']' },
        { open: '"', close: '"' },
        { open: "'", close: "'" },
      ],
      folding: { offSide: true },
      // `record.minutes`, `$timed-codes` and `hns-97530#under-8-minutes` are one word each.
      wordPattern: /[$\w][\w.$#/-]*/,
      onEnterRules: enterRules.map(({ before, deeper }) => ({
        beforeText: before,
        action: { indentAction: monaco.languages.IndentAction.None, appendText: ' '.repeat(deeper) },
      })),
    });
  },
};
