import type { RuleCount } from '../../worker/protocol.ts';
import { monaco } from '../setup.ts';
import { lensWords } from '../to-monaco.ts';
import { pathOf } from '../places.ts';
import type { Provider } from './provider.ts';

const command = 'proviso.showRule';

/** Above each rule: how the saved encounters come out; choosing it shows them. */
export const codeLens: Provider = {
  register({ workbench }) {
    const { store } = workbench;
    const changed = new monaco.Emitter<monaco.languages.CodeLensProvider>();
    let rules: readonly RuleCount[] = [];
    const provider: monaco.languages.CodeLensProvider = {
      onDidChange: changed.event,
      provideCodeLenses(model) {
        const path = pathOf(model.uri);
        const own = rules.filter((count) => count.path === path && count.line <= model.getLineCount());
        return {
          lenses: own.map((count) => ({
            range: { startLineNumber: count.line, startColumn: 1, endLineNumber: count.line, endColumn: 1 },
            command: { id: command, title: lensWords(count), arguments: [count.rule] },
          })),
          dispose: () => undefined,
        };
      },
    };
    const follow = (): void => {
      const next = store.get().judged?.rules ?? [];
      if (next === rules) return;
      rules = next;
      changed.fire(provider);
    };
    follow();
    const all = [
      monaco.languages.registerCodeLensProvider('yaml', provider),
      monaco.editor.registerCommand(command, (_, rule: string) => {
        workbench.search('');
        workbench.filter('all');
        workbench.narrow({ rule });
      }),
      changed,
      { dispose: store.subscribe(follow) },
    ];
    return { dispose: () => all.forEach((one) => one.dispose()) };
  },
};
