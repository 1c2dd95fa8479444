import { pathOf } from '../places.ts';
import { monaco } from '../setup.ts';
import { toRange } from '../to-monaco.ts';
import type { Provider } from './provider.ts';

/** The one likely correction of a problem, where there is one. */
export const codeActions: Provider = {
  register(host) {
    monaco.languages.registerCodeActionProvider('yaml', {
      provideCodeActions(model, range, context) {
        const path = pathOf(model.uri);
        const mended = host
          .knowledge()
          .diagnostics.filter(
            ({ place, fix }) =>
              fix && place.path === path && monaco.Range.areIntersectingOrTouching(toRange(place), range),
          );
        const actions = mended.map(({ place, code, fix }): monaco.languages.CodeAction => {
          const textEdit = { range: toRange(place), text: fix!.text };
          return {
            title: fix!.title,
            kind: 'quickfix',
            isPreferred: true,
            diagnostics: context.markers.filter((marker) => marker.code === code),
            edit: { edits: [{ resource: model.uri, versionId: model.getVersionId(), textEdit }] },
          };
        });
        return { actions, dispose: () => undefined };
      },
    });
  },
};
