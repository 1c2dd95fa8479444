import { editBetween } from '#engine';

import type { Session } from '../session/session.ts';
import type { Step } from '../session/steps.ts';
import { stepToRedo, stepToUndo } from '../session/steps.ts';
import type { Workbench } from '../session/workbench.ts';
import { monaco } from './setup.ts';
import { uriOf } from './places.ts';

/**
 * The texts in the editor, one model for each file that was looked at or is needed.
 *
 * The session is the truth and the models follow it. What is typed goes into the session; what changes there otherwise
 * (a form, a renaming, the disk) becomes the smallest edit of the model, so that it can be taken back like typing.
 * A step over several files is one element of each model's own history, and is taken back by that.
 */
export interface Models {
  /** The model of a file of the session; null where there is no such file. */
  readonly modelOf: (path: string) => monaco.editor.ITextModel | null;
  /** Takes back what was done last in a file: a step in all of its files, or what was typed. */
  readonly undo: (path: string) => void;
  readonly redo: (path: string) => void;
  readonly dispose: () => void;
}

/** Where a step stands in the history of a model: the version before it and the one after. */
interface Mark {
  readonly before: number;
  readonly after: number;
}

export function createModels(workbench: Workbench): Models {
  const { store } = workbench;
  const models = new Map<string, monaco.editor.ITextModel>();
  const marks = new WeakMap<Step, Map<string, Mark>>();
  let seen = store.get();
  /** While a model follows the session, its changes are not told to the session again. */
  let following = false;

  function modelOf(path: string): monaco.editor.ITextModel | null {
    const known = models.get(path);
    if (known) return known;
    const file = store.get().files.get(path);
    if (!file) return null;
    const model = monaco.editor.createModel(file.text, 'yaml', uriOf(path));
    model.onDidChangeContent(() => {
      if (!following) workbench.edit(path, model.getValue());
    });
    models.set(path, model);
    return model;
  }

  function follow(): void {
    const before = seen;
    const now = store.get();
    seen = now;
    if (now.files === before.files || following) return;
    following = true;
    const change = stepBetween(before, now);
    if (change?.way === 'done') for (const { path } of change.step.files) modelFromBefore(path, before);
    for (const [path, model] of models) {
      const file = now.files.get(path);
      if (!file) {
        models.delete(path);
        model.dispose();
      } else if (file !== before.files.get(path)) followFile(path, model, file.text, change);
    }
    following = false;
  }

  /** A model for a file that a step changes, so that it has something to take back. */
  function modelFromBefore(path: string, before: Session): void {
    const file = before.files.get(path);
    if (models.has(path) || !file) return;
    modelOf(path)?.setValue(file.text);
  }

  function followFile(
    path: string,
    model: monaco.editor.ITextModel,
    text: string,
    change: ReturnType<typeof stepBetween>,
  ): void {
    const mark = change && marks.get(change.step)?.get(path);
    const version = model.getAlternativeVersionId();
    if (change?.way === 'undone' && mark?.after === version) void model.undo();
    if (change?.way === 'redone' && mark?.before === version) void model.redo();
    pushText(model, text);
    if (change?.way === 'done') {
      const known = marks.get(change.step) ?? new Map<string, Mark>();
      marks.set(change.step, known.set(path, { before: version, after: model.getAlternativeVersionId() }));
    }
  }

  /** Whether the file is where a step left it, and nothing was typed since, not even something that was deleted again. */
  function stands(path: string, step: Step, at: keyof Mark): boolean {
    const model = models.get(path);
    const mark = marks.get(step)?.get(path);
    if (!model) return true;
    if (mark) return mark[at] === model.getAlternativeVersionId();
    return at === 'after' ? !model.canUndo() : !model.canRedo();
  }

  const unsubscribe = store.subscribe(follow);
  return {
    modelOf,

    undo(path) {
      const found = stepToUndo(store.get(), path);
      if (!found || !stands(path, found.step, 'after') || !workbench.undoStep(path))
        void models.get(path)?.undo();
    },

    redo(path) {
      const found = stepToRedo(store.get(), path);
      if (!found || !stands(path, found.step, 'before') || !workbench.redoStep(path))
        void models.get(path)?.redo();
    },

    dispose() {
      unsubscribe();
      for (const model of models.values()) model.dispose();
      models.clear();
    },
  };
}

/** The smallest edit that gives a model this text, as one element of its history. */
function pushText(model: monaco.editor.ITextModel, text: string): void {
  const edit = editBetween(model.getValue(), text);
  if (!edit) return;
  const range = monaco.Range.fromPositions(model.getPositionAt(edit.from), model.getPositionAt(edit.to));
  model.pushStackElement();
  model.pushEditOperations([], [{ range, text: edit.text }], () => null);
  model.pushStackElement();
}

/** The step that was taken, taken back or done again between two sessions. */
function stepBetween(
  before: Session,
  now: Session,
): { readonly way: 'done' | 'undone' | 'redone'; readonly step: Step } | null {
  if (before.steps === now.steps) return null;
  const undone = now.steps.undone.at(-1);
  if (undone && !before.steps.undone.includes(undone)) return { way: 'undone', step: undone };
  const done = now.steps.done.at(-1);
  if (!done || before.steps.done.includes(done)) return null;
  return { way: before.steps.undone.includes(done) ? 'redone' : 'done', step: done };
}
