import type { Diagnostic } from '#engine';

import { monaco } from '../setup.ts';
import { toMarker } from '../to-monaco.ts';
import { pathOf } from '../places.ts';
import type { Provider } from './provider.ts';

const owner = 'proviso';

/** Underlines what is wrong, in every text that is there. Each problem leads to the page on its kind. */
export const markers: Provider = {
  register({ workbench }) {
    const { store } = workbench;
    let shown: readonly Diagnostic[] = [];
    const mark = (model: monaco.editor.ITextModel): void => {
      const path = pathOf(model.uri);
      const own = shown.filter(({ place }) => place.path === path);
      monaco.editor.setModelMarkers(
        model,
        owner,
        own.map((diagnostic) => ({
          ...toMarker(diagnostic),
          code: { value: 'read more', target: aboutUri(diagnostic.code) },
        })),
      );
    };
    const follow = (): void => {
      const diagnostics = store.get().judged?.diagnostics ?? [];
      if (diagnostics === shown) return;
      shown = diagnostics;
      for (const model of monaco.editor.getModels()) mark(model);
    };
    follow();
    const unsubscribe = store.subscribe(follow);
    const created = monaco.editor.onDidCreateModel(mark);
    const opener = monaco.editor.registerLinkOpener({
      open(uri) {
        if (uri.scheme !== aboutScheme) return false;
        workbench.readAbout(uri.path as Diagnostic['code']);
        return true;
      },
    });
    return {
      dispose() {
        unsubscribe();
        created.dispose();
        opener.dispose();
      },
    };
  },
};

const aboutScheme = 'proviso-about';

function aboutUri(code: string): monaco.Uri {
  return monaco.Uri.from({ scheme: aboutScheme, path: code });
}
