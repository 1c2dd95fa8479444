import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
// Part of the whole editor, and missing from `register.all`.
import 'monaco-editor/editor/contrib/caretOperations/browser/caretOperations';
import 'monaco-editor/editor/contrib/dropOrPasteInto/browser/copyPasteContribution';
import 'monaco-editor/editor/contrib/gotoError/browser/markerSelectionStatus';
import 'monaco-editor/editor/contrib/semanticTokens/browser/documentSemanticTokens';
import 'monaco-editor/languages/definitions/yaml/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';

import { themeData } from './theme.ts';

globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };

/** The one door to Monaco: made ready once, when the first editor is drawn. */
export { monaco };

export const editorOptions = {
  automaticLayout: true,
  fixedOverflowWidgets: true,
  wordBasedSuggestions: 'off',
  // A browser cannot tell whether somebody listens, and 'auto' would leave the text out of what is read aloud.
  accessibilitySupport: 'on',
  // Without it the number of the last line is too faint to read.
  renderFinalNewline: 'on',
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  minimap: { enabled: false },
  fontFamily: "'JetBrains Mono Variable', monospace",
  fontSize: 13,
  lineHeight: 21,
  fontLigatures: false,
  scrollBeyondLastLine: false,
  glyphMargin: true,
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 6,
  folding: true,
  overviewRulerBorder: false,
  renderLineHighlight: 'line',
  padding: { top: 10, bottom: 16 },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  stickyScroll: { enabled: false },
  codeLensFontFamily: "'Inter Variable', sans-serif",
  codeLensFontSize: 12,
  wordWrap: 'on',
  wrappingIndent: 'indent',
  bracketPairColorization: { enabled: false },
  guides: { indentation: true },
} as const satisfies monaco.editor.IStandaloneEditorConstructionOptions;

/** Light and dark under names of our own, from the same tokens as the rest of the page. */
export function defineThemes(): void {
  monaco.editor.defineTheme('proviso-light', themeData('light'));
  monaco.editor.defineTheme('proviso-dark', themeData('dark'));
}

/** The letters are measured once; a font that arrives later would leave the caret beside its letter. */
export async function remeasureWhenFontsAreThere(): Promise<void> {
  await document.fonts.load("13px 'JetBrains Mono Variable'");
  monaco.editor.remeasureFonts();
}
