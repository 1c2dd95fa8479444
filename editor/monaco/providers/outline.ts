import type { OutlineItem, OutlineKind } from '#engine';

import { monaco } from '../setup.ts';
import { toRange } from '../to-monaco.ts';
import { pathOf } from '../places.ts';
import type { Provider } from './provider.ts';

/** What stands in a file, for going to it by name (Ctrl+Shift+O). */
export const outline: Provider = {
  register({ workbench }) {
    return monaco.languages.registerDocumentSymbolProvider('yaml', {
      async provideDocumentSymbols(model) {
        const items = await workbench.ask('outline', { path: pathOf(model.uri) });
        return items.map(toSymbol);
      },
    });
  },
};

function toSymbol(item: OutlineItem): monaco.languages.DocumentSymbol {
  return {
    name: item.name,
    detail: item.detail,
    kind: kinds()[item.kind],
    tags: [],
    range: toRange(item.place),
    selectionRange: toRange(item.namePlace),
    children: item.children.map(toSymbol),
  };
}

const kinds = () =>
  ({
    group: monaco.languages.SymbolKind.Module,
    parameter: monaco.languages.SymbolKind.Constant,
    list: monaco.languages.SymbolKind.Array,
    figure: monaco.languages.SymbolKind.Number,
    condition: monaco.languages.SymbolKind.Boolean,
    rule: monaco.languages.SymbolKind.Function,
    case: monaco.languages.SymbolKind.Event,
    section: monaco.languages.SymbolKind.Object,
    line: monaco.languages.SymbolKind.Struct,
    clause: monaco.languages.SymbolKind.String,
    entry: monaco.languages.SymbolKind.EnumMember,
    fact: monaco.languages.SymbolKind.Field,
  }) as const satisfies Record<OutlineKind, monaco.languages.SymbolKind>;
