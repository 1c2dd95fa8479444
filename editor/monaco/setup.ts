import * as monaco from 'monaco-editor/editor';
import { language } from 'monaco-editor/languages/definitions/yaml/yaml';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';

import type { Look } from '../session/look.ts';
import './features.ts';
import { themeData } from './theme.ts';

globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() };

// Not by Monaco's own `yaml/register`: what it says of indentation would come late, and in place of ours.
monaco.languages.register({ id: 'yaml', extensions: ['.yaml', '.yml'] });
monaco.languages.setMonarchTokensProvider('yaml', language);

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
  // These two alone would load Monaco's own worker with the first file; our checks find wrong letters in codes.
  links: false,
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  minimap: { enabled: false },
  fontFamily: "'JetBrains Mono Variable', monospace",
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
  wordWrap: 'on',
  wrappingIndent: 'indent',
  bracketPairColorization: { enabled: false },
  guides: { indentation: true },
  // Values are words as well, and to the colouring they are all strings.
  quickSuggestions: { other: true, comments: false, strings: true },
  // The engine has put the likeliest first.
  suggestSelection: 'first',
  acceptSuggestionOnCommitCharacter: false,
  suggest: { showWords: false, showStatusBar: true },
} as const satisfies monaco.editor.IStandaloneEditorConstructionOptions;

/** The look of every editor of the page, from the same tokens as the rest. */
export function setLook(look: Look): void {
  const name = `proviso-${look}`;
  monaco.editor.defineTheme(name, themeData(look));
  monaco.editor.setTheme(name);
}

/** The letters are measured once; a font that arrives later would leave the caret beside its letter. */
export async function remeasureWhenFontsAreThere(): Promise<void> {
  await document.fonts.load("13px 'JetBrains Mono Variable'");
  monaco.editor.remeasureFonts();
}

/** The text of an editor grows with the text of the page. */
export function sizesFor(textSize: number): monaco.editor.IEditorOptions {
  return {
    fontSize: textSize,
    lineHeight: Math.round((textSize * 21) / 13),
    codeLensFontSize: Math.round((textSize * 12) / 13),
  };
}
