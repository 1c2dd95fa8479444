import { monaco } from '../setup.ts';
import { toRange } from '../to-monaco.ts';
import { pathOf, uriOf } from '../places.ts';
import type { Provider } from './provider.ts';

/** Every place that names a thing, over all files. */
export const references: Provider = {
  register({ workbench, models }) {
    return monaco.languages.registerReferenceProvider('yaml', {
      async provideReferences(model, position, context) {
        const found = await workbench.ask('references', {
          path: pathOf(model.uri),
          offset: model.getOffsetAt(position),
        });
        return found.flatMap(({ role, place }) => {
          if (role === 'definition' && !context.includeDeclaration) return [];
          models.modelOf(place.path);
          return [{ uri: uriOf(place.path), range: toRange(place) }];
        });
      },
    });
  },
};
