import { useEffect, useRef } from 'react';

import type { Diagnostic, Explanation } from '#engine';
import { editBetween } from '#engine';

import type { Look } from '../session/look.ts';
import type { Jump } from '../session/session.ts';
import type { RuleCount } from '../worker/protocol.ts';
import { attachProviders, markModel, setKnowledge, setListener } from './language.ts';
import { pathOf, uriOf } from './places.ts';
import type { Host } from './providers/provider.ts';
import { editorOptions, monaco, remeasureWhenFontsAreThere, setLook, sizesFor } from './setup.ts';
import { paintedLines } from './to-monaco.ts';
import './monaco.css';

interface PolicyEditorProps {
  readonly path: string;
  readonly text: string;
  readonly title: string;
  readonly look: Look;
  readonly textSize: number;
  readonly jump: Jump | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly rules: readonly RuleCount[];
  readonly explanations: readonly Explanation[];
  readonly onEdit: (path: string, text: string) => void;
  readonly onRule: (rule: string) => void;
  /** Asks the worker what a word means and what can stand at the cursor. */
  readonly ask: Host['ask'];
  readonly onCursor: (path: string, line: number) => void;
  /** The text of a file as the session has it now, which may be newer than what is drawn. */
  readonly textOf: (path: string) => string | null;
}

const noViewState: ReadonlyMap<string, monaco.editor.ICodeEditorViewState> = new Map();

/** One editor for all files: each has a model, so that undo and the place in the file survive a change of file. */
export default function PolicyEditor(props: PolicyEditorProps) {
  const { path, text, title, look, textSize, jump, diagnostics, rules, explanations } = props;
  const { onEdit, onRule, onCursor, ask, textOf } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const views = useRef(new Map(noViewState));
  const listener = useRef(onEdit);
  const cursorListener = useRef(onCursor);
  /** Texts that come from outside must not be told to the outside again. */
  const applying = useRef(false);

  useEffect(() => {
    listener.current = onEdit;
    cursorListener.current = onCursor;
    setListener({ ask, showRule: onRule });
  }, [onEdit, onRule, onCursor, ask]);

  useEffect(() => {
    const created = monaco.editor.create(host.current!, { ...editorOptions, model: null });
    attachProviders(created);
    created.onDidChangeModelContent(() => {
      const model = created.getModel();
      if (model && !applying.current) listener.current(pathOf(model.uri), model.getValue());
    });
    // Told once the cursor rests: nobody reads along while it travels.
    let resting: ReturnType<typeof setTimeout> | undefined;
    created.onDidChangeCursorPosition(({ position }) => {
      clearTimeout(resting);
      resting = setTimeout(() => {
        const model = created.getModel();
        if (model) cursorListener.current(pathOf(model.uri), position.lineNumber);
      }, 150);
    });
    editor.current = created;
    void remeasureWhenFontsAreThere();
    return () => {
      clearTimeout(resting);
      created.dispose();
      editor.current = null;
      for (const model of monaco.editor.getModels()) model.dispose();
    };
  }, []);

  useEffect(() => setLook(look), [look]);

  useEffect(() => editor.current!.updateOptions(sizesFor(textSize)), [textSize]);

  useEffect(() => {
    const current = editor.current!;
    const before = current.getModel();
    const uri = uriOf(path);
    const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, 'yaml', uri);
    if (model !== before) {
      const view = current.saveViewState();
      if (before && view) views.current.set(pathOf(before.uri), view);
      current.setModel(model);
      current.restoreViewState(views.current.get(path) ?? null);
      markModel(model);
    }
    current.updateOptions({ ariaLabel: `${title}, text of the file` });
    // INVARIANT: what is typed while this waits to run is never taken back. The session knows of every key at once;
    // the text that was drawn may be older than what stands in the editor.
    const edit = editBetween(model.getValue(), textOf(path) ?? text);
    if (edit) {
      const [from, to] = [model.getPositionAt(edit.from), model.getPositionAt(edit.to)];
      applying.current = true;
      model.pushStackElement();
      model.pushEditOperations(
        [],
        [{ range: monaco.Range.fromPositions(from, to), text: edit.text }],
        () => null,
      );
      model.pushStackElement();
      applying.current = false;
    }
  }, [path, text, title, textOf]);

  useEffect(() => {
    setKnowledge({ diagnostics, rules });
  }, [diagnostics, rules]);

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

const marginWords = {
  violated: 'The chosen encounter does not meet this rule',
  undetermined: 'For the chosen encounter this rule needs the health record',
  met: 'The chosen encounter meets this rule',
} as const;

function decorations(
  model: monaco.editor.ITextModel,
  painted: ReturnType<typeof paintedLines>,
): monaco.editor.IModelDeltaDecoration[] {
  return painted
    .filter(({ line }) => line <= model.getLineCount())
    .map(({ line, margin, after, result }) => {
      const end = model.getLineMaxColumn(line);
      return {
        range: { startLineNumber: line, startColumn: end, endLineNumber: line, endColumn: end },
        options: {
          stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
          showIfCollapsed: true,
          ...(margin === null
            ? {}
            : {
                glyphMarginClassName: `margin-${margin}`,
                glyphMarginHoverMessage: { value: marginWords[margin] },
              }),
          ...(after === null
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
