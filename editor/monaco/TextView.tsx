import { titleIn } from '../marks/title-in.ts';
import type { FilePanelProps } from '../panels/panel.ts';
import PolicyEditor from './PolicyEditor.tsx';

const nothing: readonly never[] = [];

/** The open file as the text that it is. */
export default function TextView({ session, workbench, look, file }: FilePanelProps) {
  const { why, chosenCase, settings, jump } = session;
  return (
    <PolicyEditor
      workbench={workbench}
      path={file.path}
      title={titleIn(file)}
      look={look}
      textSize={settings.textSize}
      jump={jump}
      explanations={why && why.caseKey === chosenCase ? why.explanations : nothing}
    />
  );
}
