import type { TriedOutcome, UntriedRule } from '#engine';

import type { RuleCount } from '../../worker/protocol.ts';
import { monaco } from '../setup.ts';
import { lensWords, untriedWords } from '../to-monaco.ts';
import { pathOf } from '../places.ts';
import type { Host, Provider } from './provider.ts';

const showRule = 'proviso.showRule';
const addCase = 'proviso.addMissingCase';

/** Above each rule: how the saved encounters come out, and what no case tries; choosing it shows them, or adds a case. */
export const codeLens: Provider = {
  register({ workbench }) {
    const { store } = workbench;
    const changed = new monaco.Emitter<monaco.languages.CodeLensProvider>();
    let rules: readonly RuleCount[] = [];
    const provider: monaco.languages.CodeLensProvider = {
      onDidChange: changed.event,
      async provideCodeLenses(model) {
        const path = pathOf(model.uri);
        const own = rules.filter((count) => count.path === path);
        const open: readonly UntriedRule[] = own.length === 0 ? [] : await workbench.ask('untried', { path });
        const lines = model.isDisposed() ? 0 : model.getLineCount();
        const lenses = own
          .filter(({ line }) => line <= lines)
          .flatMap((count) => {
            const wants = open.find(({ rule }) => rule === count.rule)?.wants ?? [];
            const commands = [
              { id: showRule, title: lensWords(count), arguments: [count.rule] },
              ...wants.map((wanted) => ({
                id: addCase,
                title: untriedWords[wanted],
                arguments: [count.rule, wanted],
              })),
            ];
            const range = new monaco.Range(count.line, 1, count.line, 1);
            return commands.map((command) => ({ range, command }));
          });
        return { lenses, dispose: () => undefined };
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
      monaco.editor.registerCommand(showRule, (_, rule: string) => {
        workbench.search('');
        workbench.filter('all');
        workbench.narrow({ rule });
      }),
      monaco.editor.registerCommand(addCase, (_, rule: string, wanted: TriedOutcome) => {
        void addMissingCase(workbench, rule, wanted);
      }),
      changed,
      { dispose: store.subscribe(follow) },
    ];
    return { dispose: () => all.forEach((one) => one.dispose()) };
  },
};

async function addMissingCase(
  workbench: Host['workbench'],
  rule: string,
  wanted: TriedOutcome,
): Promise<void> {
  const before = workbench.store.get().files;
  const found = await workbench.ask('addMissingCase', { rule, wanted });
  if (!found) {
    const text =
      'No small change of what a saved encounter records brings this about. Write the case by hand, with another encounter.';
    workbench.notice({ tone: 'plain', text });
    return;
  }
  const now = workbench.store.get().files;
  if (found.edits.some(({ path }) => before.get(path)?.text !== now.get(path)?.text)) return;
  workbench.applyEdits(`Add the case “${found.title}”`, found.edits);
  const text = `The case “${found.title}” stands in ${found.path} now, with what is decided today. Look at it, and save it with Ctrl+S.`;
  workbench.notice({ tone: 'plain', text });
}
