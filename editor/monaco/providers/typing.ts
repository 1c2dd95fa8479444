import { enterRules } from '#engine';

import { monaco } from '../setup.ts';
import type { Provider } from './provider.ts';

/** What typing does: closing brackets, the column after Enter, and what counts as one word. */
export const typing: Provider = {
  register() {
    return monaco.languages.setLanguageConfiguration('yaml', {
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

  attach(editor) {
    // Monaco keeps to the rules of Enter only in lines that it has coloured, and it colours when it finds time.
    editor.onKeyDown(({ keyCode }) => {
      const line = editor.getPosition()?.lineNumber;
      if (keyCode !== monaco.KeyCode.Enter || line === undefined) return;
      const model: unknown = editor.getModel();
      (model as Coloured).tokenization.forceTokenization(line);
    });
  },
};

/** The part of Monaco's own model that colours up to a line at once. */
interface Coloured {
  readonly tokenization: { forceTokenization(line: number): void };
}
