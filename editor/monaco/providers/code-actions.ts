import type { Diagnostic, FileEdits } from '#engine';

import type { Session } from '../../session/session.ts';
import { monaco } from '../setup.ts';
import { toMarker, toRange } from '../to-monaco.ts';
import { pathOf } from '../places.ts';
import type { Provider } from './provider.ts';

const apply = 'proviso.applyFix';
const readAbout = 'proviso.readAbout';

/** Ways to mend what is wrong where the caret stands, and the page that says more of it. */
export const codeActions: Provider = {
  register({ workbench }) {
    const provider = monaco.languages.registerCodeActionProvider(
      'yaml',
      {
        async provideCodeActions(model, range, context) {
          const path = pathOf(model.uri);
          const near = (workbench.store.get().judged?.diagnostics ?? []).filter(
            ({ place }) =>
              place.path === path && monaco.Range.areIntersectingOrTouching(toRange(place), range),
          );
          const none = { actions: [], dispose: () => undefined };
          if (near.length === 0) return none;
          const from = model.getOffsetAt(monaco.Range.getStartPosition(range));
          const to = model.getOffsetAt(monaco.Range.getEndPosition(range));
          const { files } = workbench.store.get();
          const mended = await workbench.ask('fixes', { path, from, to });
          const marked = (code: Diagnostic['code']) => {
            const messages = near.filter((one) => one.code === code).map((one) => toMarker(one).message);
            return context.markers.filter(({ message }) => messages.includes(message));
          };
          const actions = mended.flatMap(({ code, about, fixes }) => [
            ...fixes.map((fix, position) => ({
              title: fix.title,
              kind: 'quickfix',
              isPreferred: position === 0,
              diagnostics: marked(code),
              command: { id: apply, title: fix.title, arguments: [fix.title, fix.edits, files] },
            })),
            {
              title: `Read more: ${about}`,
              kind: 'quickfix',
              diagnostics: marked(code),
              command: { id: readAbout, title: about, arguments: [code] },
            },
          ]);
          return { actions, dispose: () => undefined };
        },
      },
      { providedCodeActionKinds: ['quickfix'] },
    );
    const commands = [
      monaco.editor.registerCommand(
        apply,
        (_, label: string, edits: readonly FileEdits[], before: Session['files']) => {
          const now = workbench.store.get().files;
          const stale = edits.some((file) => before.get(file.path)?.text !== now.get(file.path)?.text);
          if (stale)
            workbench.notice({ tone: 'plain', text: 'The text has changed meanwhile. Please try again.' });
          else workbench.applyEdits(label, edits);
        },
      ),
      monaco.editor.registerCommand(readAbout, (_, code: Diagnostic['code']) => workbench.readAbout(code)),
    ];
    return { dispose: () => [provider, ...commands].forEach((one) => one.dispose()) };
  },
};
