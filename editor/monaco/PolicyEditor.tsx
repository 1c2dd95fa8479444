import { useEffect, useRef } from 'react';

import type { Explanation } from '#engine';

import type { Look } from '../session/look.ts';
import type { Jump } from '../session/session.ts';
import type { Workbench } from '../session/workbench.ts';
import type { Models } from './models.ts';
import { createModels } from './models.ts';
import { providers } from './all-providers.ts';
import { pathOf } from './places.ts';
import { editorOptions, monaco, remeasureWhenFontsAreThere, setLook, sizesFor } from './setup.ts';
import { longestLine, paintedLines } from './to-monaco.ts';
import './monaco.css';

interface PolicyEditorProps {
  readonly workbench: Workbench;
  readonly path: string;
  readonly title: string;
  readonly look: Look;
  readonly textSize: number;
  readonly jump: Jump | null;
  readonly explanations: readonly Explanation[];
}

const noViewState: ReadonlyMap<string, monaco.editor.ICodeEditorViewState> = new Map();

/** One editor for all files: each has a model, so that undo and the place in the file survive a change of file. */
export default function PolicyEditor(props: PolicyEditorProps) {
  const { workbench, path, title, look, textSize, jump, explanations } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const models = useRef<Models | null>(null);
  const views = useRef(new Map(noViewState));

  useEffect(() => {
    const texts = createModels(workbench);
    const registered = providers.map(({ register }) => register({ workbench, models: texts }));
    const created = monaco.editor.create(host.current!, { ...editorOptions, model: null });
    for (const { attach } of providers) attach?.(created);
    keepUndoTogether(created, texts);
    models.current = texts;
    // Told once the cursor rests: nobody reads along while it travels.
    let resting: ReturnType<typeof setTimeout> | undefined;
    created.onDidChangeCursorPosition(({ position }) => {
      clearTimeout(resting);
      resting = setTimeout(() => {
        const model = created.getModel();
        if (model) workbench.moveCursor({ path: pathOf(model.uri), line: position.lineNumber });
      }, 150);
    });
    editor.current = created;
    void remeasureWhenFontsAreThere();
    return () => {
      clearTimeout(resting);
      created.dispose();
      for (const one of registered) one.dispose();
      texts.dispose();
      editor.current = null;
      models.current = null;
    };
  }, [workbench]);

  useEffect(() => setLook(look), [look]);

  useEffect(() => editor.current!.updateOptions(sizesFor(textSize)), [textSize]);

  useEffect(() => {
    const current = editor.current!;
    const before = current.getModel();
    const model = models.current!.modelOf(path);
    if (model !== before) {
      const view = current.saveViewState();
      if (before && view) views.current.set(pathOf(before.uri), view);
      current.setModel(model);
      current.restoreViewState(views.current.get(path) ?? null);
    }
    current.updateOptions({ ariaLabel: `${title}, text of the file` });
  }, [path, title]);

  useEffect(() => {
    if (!jump || jump.path !== path) return;
    const current = editor.current!;
    const position = { lineNumber: jump.line, column: jump.column };
    current.setPosition(position);
    current.revealPositionInCenterIfOutsideViewport(position);
    if (jump.focus) current.focus();
  }, [jump, path]);

  useEffect(() => {
    const model = editor.current!.getModel();
    if (!model) return undefined;
    const ids = model.deltaDecorations([], decorations(model, paintedLines(explanations, path)));
    return () => {
      if (!model.isDisposed()) model.deltaDecorations(ids, []);
    };
  }, [explanations, path]);

  return <div ref={host} className="monaco-host" />;
}

/** Undo and redo go through the models, which know what was one step over several files. */
function keepUndoTogether(editor: monaco.editor.IStandaloneCodeEditor, models: Models): void {
  const { CtrlCmd, Shift } = monaco.KeyMod;
  const { KeyY, KeyZ } = monaco.KeyCode;
  const here = (act: (path: string) => void) => () => {
    const model = editor.getModel();
    if (model) act(pathOf(model.uri));
  };
  // The text of the file alone: the find widget and the box of a new name have an undo of their own.
  editor.addCommand(CtrlCmd | KeyZ, here(models.undo), 'editorTextFocus');
  editor.addCommand(CtrlCmd | KeyY, here(models.redo), 'editorTextFocus');
  editor.addCommand(CtrlCmd | Shift | KeyZ, here(models.redo), 'editorTextFocus');
}

const marginWords = {
  violated: 'The chosen encounter does not meet this rule',
  undetermined: 'For the chosen encounter this rule needs what was not supplied',
  met: 'The chosen encounter meets this rule',
} as const;

function decorations(
  model: monaco.editor.ITextModel,
  painted: ReturnType<typeof paintedLines>,
): monaco.editor.IModelDeltaDecoration[] {
  return painted
    .filter(({ line }) => line <= model.getLineCount())
    .map(({ line, margin, after, result, whole }) => {
      const end = model.getLineMaxColumn(line);
      return {
        range: {
          startLineNumber: line,
          startColumn: Math.max(1, end - 1),
          endLineNumber: line,
          endColumn: end,
        },
        options: {
          stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
          showIfCollapsed: true,
          ...(margin === null
            ? {}
            : {
                glyphMarginClassName: `margin-${margin}`,
                glyphMarginHoverMessage: { value: marginWords[margin] },
              }),
          ...(whole.length === 0 ? {} : { hoverMessage: whole.map((value) => ({ value })) }),
          ...(after === null || model.getLineLength(line) > longestLine
            ? {}
            : {
                after: {
                  content: `\u2003${after}`,
                  inlineClassName: `value-${result}`,
                  inlineClassNameAffectsLetterSpacing: true,
                  cursorStops: monaco.editor.InjectedTextCursorStops.Left,
                },
              }),
        },
      };
    });
}
