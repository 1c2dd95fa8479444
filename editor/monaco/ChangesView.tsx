import { AgainstPicker } from '../marks/AgainstPicker.tsx';
import { againstTitle, againstWords } from '../marks/against.ts';
import type { FilePanelProps } from '../panels/panel.ts';
import { useAnswer } from '../session/use-answer.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import TextDiff from './TextDiff.tsx';

/** The open file beside what it is compared with: a release, or what was saved. */
export default function ChangesView({ file, session, workbench, look }: FilePanelProps) {
  const { against, releases, settings } = session;
  const title = againstTitle(against);
  const texts = useAnswer(workbench, 'bothTexts', { path: file.path }, `${title} ${file.version}`);
  if (texts === undefined) return <EmptyState title="Comparing …" />;
  const { before } = texts;
  if (before === file.text) {
    return (
      <EmptyState title="Nothing is changed in this file.">
        <p>What you change appears here, beside {againstWords(against)}.</p>
        <AgainstPicker against={against} releases={releases} workbench={workbench} />
      </EmptyState>
    );
  }
  return (
    <div className="changes">
      <div className="changes-sides">
        <span className="changes-side-before">
          {before === null ? `Not in ${againstWords(against)}` : title}
          <AgainstPicker against={against} releases={releases} workbench={workbench} />
        </span>
        <span className="changes-side-now">
          As it is now
          <Button look="quiet" onPress={() => workbench.showPage('changes')}>
            What does it do?
          </Button>
        </span>
      </div>
      <TextDiff
        left={before ?? ''}
        leftName={title}
        right={file.text}
        rightName="As it is now"
        look={look}
        textSize={settings.textSize}
      />
    </div>
  );
}
