import { useEffect, useRef } from 'react';

import { defineThemes, editorOptions, monaco } from './setup.ts';
import './monaco.css';

interface ConflictDiffProps {
  readonly mine: string;
  readonly theirs: string;
  readonly dark: boolean;
}

/** Left what is on disk, right what the author has. */
export default function ConflictDiff({ mine, theirs, dark }: ConflictDiffProps) {
  const host = useRef<HTMLDivElement>(null);

  useEffect(() => {
    defineThemes();
    const { automaticLayout, fixedOverflowWidgets, fontFamily, fontSize, lineHeight, minimap } =
      editorOptions;
    const original = monaco.editor.createModel(theirs, 'yaml');
    const modified = monaco.editor.createModel(mine, 'yaml');
    const diff = monaco.editor.createDiffEditor(host.current!, {
      automaticLayout,
      fixedOverflowWidgets,
      fontFamily,
      fontSize,
      lineHeight,
      minimap,
      readOnly: true,
      originalEditable: false,
      renderSideBySide: true,
      wordWrap: 'on',
      useInlineViewWhenSpaceIsLimited: false,
      hideUnchangedRegions: { enabled: true },
      diffAlgorithm: 'advanced',
      renderOverviewRuler: false,
      accessibilitySupport: 'on',
      renderFinalNewline: 'on',
      scrollBeyondLastLine: false,
    });
    diff.setModel({ original, modified });
    // The options for these names do not reach the two editors.
    diff.getOriginalEditor().updateOptions({ ariaLabel: 'The version on disk' });
    diff.getModifiedEditor().updateOptions({ ariaLabel: 'Your version' });
    return () => {
      diff.dispose();
      original.dispose();
      modified.dispose();
    };
  }, [mine, theirs]);

  useEffect(() => {
    monaco.editor.setTheme(dark ? 'proviso-dark' : 'proviso-light');
  }, [dark]);

  return <div ref={host} className="monaco-host" />;
}
