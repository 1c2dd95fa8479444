import { monaco } from '../setup.ts';
import { pathOf } from '../places.ts';
import type { Provider } from './provider.ts';

/** What can be folded away: rules, cases, long texts, comments. */
export const folding: Provider = {
  register({ workbench }) {
    return monaco.languages.registerFoldingRangeProvider('yaml', {
      async provideFoldingRanges(model) {
        const ranges = await workbench.ask('folding', { path: pathOf(model.uri) });
        return ranges.map(({ from, to, kind }) => ({
          start: from,
          end: to,
          ...(kind === 'comment' ? { kind: monaco.languages.FoldingRangeKind.Comment } : {}),
        }));
      },
    });
  },
};
