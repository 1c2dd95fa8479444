import { useEffect, useRef } from 'react';

import type { Look } from '../session/look.ts';
import { keepHovers } from './keep-hovers.ts';
import { editorOptions, monaco, setLook, sizesFor } from './setup.ts';
import './monaco.css';

interface TextReadProps {
  readonly text: string;
  /** What it is, for those who listen. */
  readonly name: string;
  readonly look: Look;
  readonly textSize: number;
}

/** A text to be read, with the colours of our files; nobody can change it. */
export default function TextRead({ text, name, look, textSize }: TextReadProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { automaticLayout, fontFamily, minimap } = editorOptions;
    const model = monaco.editor.createModel(text, 'yaml');
    const editor = monaco.editor.create(host.current!, {
      automaticLayout,
      fontFamily,
      minimap,
      ...sizesFor(textSize),
      model,
      ariaLabel: name,
      readOnly: true,
      domReadOnly: true,
      tabFocusMode: true,
      wordWrap: 'on',
      accessibilitySupport: 'on',
      scrollBeyondLastLine: false,
    });
    keepHovers();
    return () => {
      editor.dispose();
      model.dispose();
    };
  }, [text, name, textSize]);
  useEffect(() => setLook(look), [look]);
  return <div ref={host} className="monaco-host" />;
}
