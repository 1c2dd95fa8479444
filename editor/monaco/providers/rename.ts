import { count } from '../../marks/words.ts';
import { monaco } from '../setup.ts';
import { toRange } from '../to-monaco.ts';
import { pathOf } from '../places.ts';
import type { Provider } from './provider.ts';

/** Another name for a thing in every file at once; Ctrl+Z takes all of it back. */
export const rename: Provider = {
  register({ workbench }) {
    return monaco.languages.registerRenameProvider('yaml', {
      async resolveRenameLocation(model, position) {
        const found = await workbench.ask('renamable', {
          path: pathOf(model.uri),
          offset: model.getOffsetAt(position),
        });
        if ('problem' in found) {
          const nothing = new monaco.Range(
            position.lineNumber,
            position.column,
            position.lineNumber,
            position.column,
          );
          return { range: nothing, text: '', rejectReason: found.problem.replaceAll('`', '') };
        }
        return { range: toRange(found.place), text: found.text };
      },

      async provideRenameEdits(model, position, newName) {
        const before = workbench.store.get().files;
        const found = await workbench.ask('rename', {
          path: pathOf(model.uri),
          offset: model.getOffsetAt(position),
          newName: newName.trim(),
        });
        if ('problem' in found) return refuse(model, position, found.problem);
        const now = workbench.store.get().files;
        if (found.edits.some(({ path }) => before.get(path)?.text !== now.get(path)?.text))
          return refuse(model, position, 'The text has changed meanwhile. Please try again.');
        workbench.applyEdits(`Rename ${found.from} to ${newName.trim()}`, found.edits);
        const places = found.edits.reduce((sum, { edits }) => sum + edits.length, 0);
        const text = `“${found.from}” is “${newName.trim()}” now, in ${count(places, 'place')} of ${count(found.edits.length, 'file')}. Ctrl+Z takes it back everywhere.`;
        if (found.edits.length > 1) workbench.notice({ tone: 'plain', text });
        // The workbench has made the edits, also in files that no editor shows.
        return { edits: [] };
      },
    });
  },
};

/** The part of Monaco that shows a message at a place in the text. */
interface MessageController {
  showMessage(message: string, position: monaco.IPosition): void;
}

/** Says in the text itself why a name cannot be; Monaco would only write it into its log. */
function refuse(
  model: monaco.editor.ITextModel,
  position: monaco.IPosition,
  reason: string,
): monaco.languages.WorkspaceEdit {
  for (const editor of monaco.editor.getEditors()) {
    if (editor.getModel() !== model) continue;
    const messages: unknown = editor.getContribution('editor.contrib.messageController');
    (messages as MessageController).showMessage(reason.replaceAll('`', ''), position);
  }
  return { edits: [] };
}
