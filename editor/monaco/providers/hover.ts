import { pathOf, rangeAt } from '../places.ts';
import { monaco } from '../setup.ts';
import type { Provider } from './provider.ts';

/** What the word under the pointer, or under Ctrl+K Ctrl+I, means. */
export const hover: Provider = {
  register(host) {
    monaco.languages.registerHoverProvider('yaml', {
      async provideHover(model, position, token) {
        const offset = model.getOffsetAt(position);
        const told = await host.ask('hover', { path: pathOf(model.uri), text: model.getValue(), offset });
        if (!told || token.isCancellationRequested || model.isDisposed()) return null;
        return { range: rangeAt(model, told.span), contents: [{ value: told.markdown }] };
      },
    });
  },
};
