import { useEffect, useRef, useState } from 'react';

import type { Look } from '../session/look.ts';
import { keepHovers } from './keep-hovers.ts';
import { editorOptions, monaco, setLook, sizesFor } from './setup.ts';
import './monaco.css';

interface TextDiffProps {
  readonly left: string;
  readonly leftName: string;
  readonly right: string;
  readonly rightName: string;
  readonly look: Look;
  readonly textSize: number;
  readonly sideBySide?: boolean;
  /** Makes the right text one to be edited; called with the whole of it. */
  readonly onEdit?: (text: string) => void;
  /** Called once with what can be done from outside. */
  readonly onReady?: (diff: DiffHandle) => void;
}

export interface DiffHandle {
  /** Goes to the next difference; from the last to the first. */
  readonly goTo: (which: 'next' | 'previous') => void;
  /** Puts what stands at the left in the place of the difference at the caret of the right. */
  readonly takeLeft: () => void;
}

/** Two versions of a text, what stayed folded away. */
export default function TextDiff({
  left,
  leftName,
  right,
  rightName,
  look,
  textSize,
  sideBySide = true,
  onEdit,
  onReady,
}: TextDiffProps) {
  const host = useRef<HTMLDivElement>(null);
  const editable = onEdit !== undefined;
  const listener = useRef(onEdit);
  const ready = useRef(onReady);
  /** Texts that come from outside must not be told to the outside again. */
  const applying = useRef(false);
  /** Until then the texts are still being compared by Monaco's worker, which takes their going for an error. */
  const settled = useRef(Promise.resolve());
  const [{ original, modified }] = useState(() => ({
    original: monaco.editor.createModel('', 'yaml'),
    modified: monaco.editor.createModel('', 'yaml'),
  }));

  useEffect(() => {
    listener.current = onEdit;
    ready.current = onReady;
  }, [onEdit, onReady]);

  useEffect(() => {
    const { automaticLayout, fixedOverflowWidgets, fontFamily, minimap } = editorOptions;
    const frame = document.createElement('div');
    frame.className = 'monaco-host';
    host.current!.append(frame);
    const diff = monaco.editor.createDiffEditor(frame, {
      automaticLayout,
      fixedOverflowWidgets,
      fontFamily,
      minimap,
      ...sizesFor(textSize),
      readOnly: !editable,
      originalEditable: false,
      renderMarginRevertIcon: editable,
      renderSideBySide: sideBySide,
      wordWrap: 'on',
      useInlineViewWhenSpaceIsLimited: false,
      hideUnchangedRegions: { enabled: true },
      diffAlgorithm: 'advanced',
      renderOverviewRuler: false,
      accessibilitySupport: 'on',
      renderFinalNewline: 'on',
      scrollBeyondLastLine: false,
    });
    keepHovers();
    const comparing = followComparing(diff, [original, modified]);
    diff.setModel({ original, modified });
    // The options for these names do not reach the two editors.
    diff.getOriginalEditor().updateOptions({ ariaLabel: leftName });
    // Tab leads out of the text: in a dialog one wants to come to the buttons.
    diff.getModifiedEditor().updateOptions({ ariaLabel: rightName, tabFocusMode: true });
    const heard = modified.onDidChangeContent(() => {
      if (!applying.current) listener.current?.(modified.getValue());
    });
    // Before the two texts are there and compared, there is no difference to go to.
    const compared = diff.onDidUpdateDiff(() => {
      const changes = diff.getLineChanges();
      const same = original.getValue() === modified.getValue();
      // What was compared may still be the two empty texts from before.
      if (changes === null || original.getValueLength() + modified.getValueLength() === 0) return;
      if (changes.length === 0 && !same) return;
      compared.dispose();
      ready.current?.({
        goTo: walkOf(diff),
        takeLeft: () => takeLeft(diff, original, modified),
      });
    });
    return () => {
      heard.dispose();
      compared.dispose();
      frame.remove();
      settled.current = comparing().then(() => diff.dispose());
    };
  }, [original, modified, leftName, rightName, sideBySide, textSize, editable]);

  useEffect(() => {
    applying.current = true;
    if (original.getValue() !== left) original.setValue(left);
    if (modified.getValue() !== right) modified.setValue(right);
    applying.current = false;
  }, [original, modified, left, right]);

  useEffect(() => setLook(look), [look]);

  // Last, because what is declared first is also taken down first, and the editors still hold the texts.
  useEffect(
    () => () => {
      void settled.current.then(() => {
        // A comparison that was begun before the texts came may still be under way, and takes their going for an error.
        setTimeout(() => {
          original.dispose();
          modified.dispose();
        }, 2_000);
      });
    },
    [original, modified],
  );

  return <div ref={host} className="monaco-host" />;
}
/** Follows a comparison: what it gives back waits until the texts as they then are have been compared. */
function followComparing(
  diff: monaco.editor.IStandaloneDiffEditor,
  texts: readonly monaco.editor.ITextModel[],
): () => Promise<void> {
  let compared = false;
  for (const text of texts) text.onDidChangeContent(() => (compared = false));
  diff.onDidUpdateDiff(() => (compared = true));
  return () =>
    compared
      ? Promise.resolve()
      : new Promise((resolve) => {
          const heard = diff.onDidUpdateDiff(() => {
            heard.dispose();
            resolve();
          });
        });
}

/**
 * From difference to difference, the first one first: where the caret was put by Monaco itself does not count.
 * Once the author has moved it, the way goes on from there.
 */
function walkOf(diff: monaco.editor.IStandaloneDiffEditor): DiffHandle['goTo'] {
  let last: { readonly at: number; readonly line: number } | null = null;
  return (which) => {
    const editor = diff.getModifiedEditor();
    const starts = (diff.getLineChanges() ?? []).map((it) => Math.max(1, it.modifiedStartLineNumber));
    if (starts.length === 0) return;
    const line = editor.getPosition()?.lineNumber ?? 1;
    const step = which === 'next' ? 1 : -1;
    const following =
      which === 'next' ? starts.findIndex((it) => it > line) : starts.findLastIndex((it) => it < line);
    const wanted = last === null ? (step === 1 ? 0 : -1) : last.line === line ? last.at + step : following;
    const at = wanted < 0 || wanted >= starts.length ? (step === 1 ? 0 : starts.length - 1) : wanted;
    last = { at, line: starts[at]! };
    editor.setPosition({ lineNumber: last.line, column: 1 });
    editor.revealLineInCenterIfOutsideViewport(last.line);
    editor.focus();
  };
}

/** The difference at the caret, or the next one after it, as one step that can be undone. */
function takeLeft(
  diff: monaco.editor.IStandaloneDiffEditor,
  original: monaco.editor.ITextModel,
  modified: monaco.editor.ITextModel,
): void {
  const editor = diff.getModifiedEditor();
  const line = editor.getPosition()?.lineNumber ?? 1;
  const changes = diff.getLineChanges() ?? [];
  const change = changes.find((it) => lastLine(it) >= line) ?? changes.at(-1);
  if (!change) return;
  editor.pushUndoStop();
  editor.executeEdits('take-left', [
    {
      range: linesOf(modified, change.modifiedStartLineNumber, change.modifiedEndLineNumber),
      text: original.getValueInRange(
        linesOf(original, change.originalStartLineNumber, change.originalEndLineNumber),
      ),
    },
  ]);
  editor.pushUndoStop();
  editor.focus();
}

function lastLine({ modifiedStartLineNumber, modifiedEndLineNumber }: monaco.editor.ILineChange): number {
  return Math.max(modifiedStartLineNumber, modifiedEndLineNumber);
}

/** Whole lines with their breaks; an end of 0 means the empty place after the first line given. */
function linesOf(model: monaco.editor.ITextModel, from: number, to: number): monaco.IRange {
  const [start, end] = to === 0 ? [from + 1, from] : [from, to];
  const at = (line: number) =>
    line <= model.getLineCount()
      ? { line, column: 1 }
      : { line: model.getLineCount(), column: model.getLineMaxColumn(model.getLineCount()) };
  const [first, last] = [at(start), at(end + 1)];
  return {
    startLineNumber: first.line,
    startColumn: first.column,
    endLineNumber: last.line,
    endColumn: last.column,
  };
}
