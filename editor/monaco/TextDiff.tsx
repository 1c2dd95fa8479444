import { useEffect, useRef, useState } from 'react';

import type { Look } from '../session/look.ts';
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
}: TextDiffProps) {
  const host = useRef<HTMLDivElement>(null);
  const [{ original, modified }] = useState(() => ({
    original: monaco.editor.createModel('', 'yaml'),
    modified: monaco.editor.createModel('', 'yaml'),
  }));

  useEffect(() => {
    const { automaticLayout, fixedOverflowWidgets, fontFamily, minimap } = editorOptions;
    const diff = monaco.editor.createDiffEditor(host.current!, {
      automaticLayout,
      fixedOverflowWidgets,
      fontFamily,
      minimap,
      ...sizesFor(textSize),
      readOnly: true,
      originalEditable: false,
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
    diff.setModel({ original, modified });
    // The options for these names do not reach the two editors.
    diff.getOriginalEditor().updateOptions({ ariaLabel: leftName });
    diff.getModifiedEditor().updateOptions({ ariaLabel: rightName });
    return () => diff.dispose();
  }, [original, modified, leftName, rightName, sideBySide, textSize]);

  useEffect(() => {
    if (original.getValue() !== left) original.setValue(left);
    if (modified.getValue() !== right) modified.setValue(right);
  }, [original, modified, left, right]);

  useEffect(() => setLook(look), [look]);

  // Last, because what is declared first is also taken down first, and the editors still hold the texts.
  useEffect(
    () => () => {
      original.dispose();
      modified.dispose();
    },
    [original, modified],
  );

  return <div ref={host} className="monaco-host" />;
}
