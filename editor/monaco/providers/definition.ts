import { monaco } from '../setup.ts';
import { toRange } from '../to-monaco.ts';
import { pathOf, uriOf } from '../places.ts';
import type { Provider } from './provider.ts';

/** From a name to where it is defined, in whichever file that is. */
export const definition: Provider = {
  register({ workbench, models }) {
    const provider = monaco.languages.registerDefinitionProvider('yaml', {
      async provideDefinition(model, position) {
        const found = await workbench.ask('definition', {
          path: pathOf(model.uri),
          offset: model.getOffsetAt(position),
        });
        if (!found || model.isDisposed()) return [];
        const { span } = found.word;
        const origin = monaco.Range.fromPositions(
          model.getPositionAt(span.from),
          model.getPositionAt(span.to),
        );
        return found.places.flatMap((place) => {
          // What is looked at beside the text needs its own.
          models.modelOf(place.path);
          const range = toRange(place);
          return [
            { originSelectionRange: origin, uri: uriOf(place.path), range, targetSelectionRange: range },
          ];
        });
      },
    });
    const opener = monaco.editor.registerEditorOpener({
      openCodeEditor(_source, uri, target) {
        const at =
          target === undefined
            ? null
            : 'startLineNumber' in target
              ? monaco.Range.getStartPosition(target)
              : target;
        workbench.jump({ path: pathOf(uri), line: at?.lineNumber ?? 1, column: at?.column ?? 1 });
        return true;
      },
    });
    return {
      dispose() {
        provider.dispose();
        opener.dispose();
      },
    };
  },
};
