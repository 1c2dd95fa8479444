import type { FilePanelProps } from '../panels/panel.ts';
import { isUnsaved } from '../session/session.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import TextDiff from './TextDiff.tsx';

/** What is unsaved in the open file, beside what was saved. */
export default function ChangesView({ file, session, look }: FilePanelProps) {
  if (!isUnsaved(file)) {
    return (
      <EmptyState title="Nothing is changed in this file.">
        <p>What you change and have not saved yet appears here, beside what was saved.</p>
      </EmptyState>
    );
  }
  return (
    <div className="changes">
      <div className="changes-sides" aria-hidden="true">
        <span>As saved</span>
        <span>As it is now</span>
      </div>
      <TextDiff
        left={file.saved}
        leftName="As saved"
        right={file.text}
        rightName="As it is now"
        look={look}
        textSize={session.settings.textSize}
      />
    </div>
  );
}
