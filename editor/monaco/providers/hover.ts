import { pathOf, rangeAt } from '../places.ts';
import { monaco } from '../setup.ts';
import type { Provider } from './provider.ts';

/** What the word under the pointer or the cursor means. */
export const hover: Provider = {
  register(host) {
    return monaco.languages.registerHoverProvider('yaml', {
      async provideHover(model, position, token) {
        const offset = model.getOffsetAt(position);
        const told = await host.workbench.ask('hover', {
          path: pathOf(model.uri),
          text: model.getValue(),
          offset,
        });
        if (!told || token.isCancellationRequested || model.isDisposed()) return null;
        return { range: rangeAt(model, told.span), contents: [{ value: told.markdown }] };
      },
    });
  },

  attach(editor) {
    // Monaco's own key begins with Ctrl+K, which finds and runs commands here.
    editor.addAction({
      id: 'proviso.explainWord',
      label: 'Say what this word means',
      keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyI],
      precondition: 'editorTextFocus',
      run: () => editor.trigger('proviso', 'editor.action.showHover', {}),
    });
  },
};
