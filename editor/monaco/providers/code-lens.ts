import { pathOf } from '../places.ts';
import { monaco } from '../setup.ts';
import { lensWords } from '../to-monaco.ts';
import type { Provider } from './provider.ts';

const command = 'proviso.showRule';

/** Above each rule: how the saved encounters come out; choosing it shows them. */
export const codeLens: Provider = {
  register(host) {
    monaco.editor.registerCommand(command, (_, rule: string) => host.showRule(rule));
    const changed = new monaco.Emitter<monaco.languages.CodeLensProvider>();
    const provider: monaco.languages.CodeLensProvider = {
      onDidChange: changed.event,
      provideCodeLenses(model) {
        const path = pathOf(model.uri);
        const lenses = host
          .knowledge()
          .rules.filter((count) => count.path === path && count.line <= model.getLineCount())
          .map((count) => ({
            range: { startLineNumber: count.line, startColumn: 1, endLineNumber: count.line, endColumn: 1 },
            command: { id: command, title: lensWords(count), arguments: [count.rule] },
          }));
        return { lenses, dispose: () => undefined };
      },
    };
    let rules = host.knowledge().rules;
    host.onKnowledge((next) => {
      if (next.rules !== rules) changed.fire(provider);
      rules = next.rules;
    });
    monaco.languages.registerCodeLensProvider('yaml', provider);
  },
};
