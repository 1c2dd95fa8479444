import type { CompletionItem, CompletionKind } from '#engine';

import { pathOf, rangeAt } from '../places.ts';
import { monaco } from '../setup.ts';
import type { Provider } from './provider.ts';

/** Every key and value that can stand at the cursor, as the engine proposes them. */
export const completion: Provider = {
  register(host) {
    return monaco.languages.registerCompletionItemProvider('yaml', {
      triggerCharacters: [' ', '-', '$', '{', '[', ',', '.', '#', '/'],
      async provideCompletionItems(model, position, _, token) {
        const offset = model.getOffsetAt(position);
        const items = await host.workbench.ask('completion', {
          path: pathOf(model.uri),
          text: model.getValue(),
          offset,
        });
        if (token.isCancellationRequested || model.isDisposed()) return { suggestions: [] };
        return { suggestions: items.map((item) => toSuggestion(item, model)) };
      },
    });
  },

  attach(editor) {
    showDocumentation(editor);
    // From one place of a skeleton to the next, with the proposals for it.
    editor.addAction({
      id: 'proviso.nextPlace',
      label: 'Go to the next place to fill in',
      keybindings: [monaco.KeyCode.Tab],
      precondition: 'editorTextFocus && inSnippetMode && hasNextTabstop && !suggestWidgetVisible',
      run: () => {
        editor.trigger('proviso', 'jumpToNextSnippetPlaceholder', {});
        editor.trigger('proviso', 'editor.action.triggerSuggest', { auto: true });
      },
    });
  },
};

function toSuggestion(
  {
    label,
    kind,
    detail,
    documentation,
    insertText,
    replace,
    filterText,
    sortText,
    retrigger,
  }: CompletionItem,
  model: monaco.editor.ITextModel,
): monaco.languages.CompletionItem {
  return {
    label: { label, description: detail },
    kind: kinds[kind],
    documentation: { value: documentation },
    insertText,
    // The engine has indented what it puts in.
    insertTextRules:
      monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet |
      monaco.languages.CompletionItemInsertTextRule.KeepWhitespace,
    range: rangeAt(model, replace),
    filterText,
    sortText,
    ...(retrigger
      ? { command: { id: 'editor.action.triggerSuggest', title: 'Propose what comes next' } }
      : {}),
  };
}

const { CompletionItemKind } = monaco.languages;

/** Monaco draws and reads aloud a kind from its own list; each of ours takes the nearest. */
const kinds = {
  key: CompletionItemKind.Keyword,
  fact: CompletionItemKind.Field,
  figure: CompletionItemKind.Field,
  operator: CompletionItemKind.Operator,
  word: CompletionItemKind.Value,
  code: CompletionItemKind.Value,
  list: CompletionItemKind.Reference,
  parameter: CompletionItemKind.Constant,
  condition: CompletionItemKind.Reference,
  rule: CompletionItemKind.Reference,
  clause: CompletionItemKind.Reference,
  policy: CompletionItemKind.File,
  payer: CompletionItemKind.Value,
  encounter: CompletionItemKind.File,
  line: CompletionItemKind.Value,
  template: CompletionItemKind.Snippet,
} as const satisfies Record<CompletionKind, monaco.languages.CompletionItemKind>;

/** The part of Monaco's own list of proposals that opens the page beside it. */
interface SuggestController {
  readonly widget: {
    readonly value: { _isDetailsVisible(): boolean; _setDetailsVisible(is: boolean): void };
  };
}

/** What a proposal means stands beside the list from the beginning, and not only once somebody finds the key for it. */
function showDocumentation(editor: monaco.editor.IStandaloneCodeEditor): void {
  const controller: unknown = editor.getContribution('editor.contrib.suggestController');
  const { value } = (controller as SuggestController).widget;
  if (!value._isDetailsVisible()) value._setDetailsVisible(true);
}
