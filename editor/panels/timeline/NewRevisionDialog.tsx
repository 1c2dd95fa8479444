import { useMemo, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';

import { useAnswer } from '../../session/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import type { PanelProps } from '../panel.ts';
import { firstChoice, policyChoices, revisionWords } from './new-revision-view.ts';
import './timeline.css';

/** A new revision of a policy from a day: the present one ends the day before. What that does to the files is said first. */
export function NewRevisionDialog({ session, workbench }: PanelProps) {
  const policies = session.judged?.policies;
  const choices = useMemo(() => policyChoices(policies ?? []), [policies]);
  const [chosen, choose] = useState(() => firstChoice(policies ?? [], session.openPath));
  const [from, setFrom] = useState(session.settings.asOf ?? '');
  const ready = chosen !== null && from !== '';
  const answer = useAnswer(workbench, 'newRevision', ready ? { policy: chosen, from } : null, session.judged);
  const made = answer ?? null;

  function begin(): void {
    if (made?.kind !== 'written') return;
    const title = choices.find(({ id }) => id === chosen)?.title ?? '';
    workbench.leaveDialog();
    workbench.applyEdits(`New revision of “${title}” from ${from}`, made.edits);
    workbench.chooseFile(made.path);
  }

  return (
    <Dialog
      title="New revision"
      note="Two files change in one step, which can be taken back. Nothing is written to disk before you save."
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          <Button onPress={() => workbench.leaveDialog()}>Cancel</Button>
          <Button look="main" disabled={made?.kind !== 'written'} onPress={begin}>
            Begin the revision
          </Button>
        </>
      }
    >
      <div className="new-revision">
        {chosen === null ? (
          <p>There are no policies yet.</p>
        ) : (
          <Select label="Policy" choices={choices} chosen={chosen} onChoose={choose} />
        )}
        <TextField className="field" type="date" value={from} onChange={setFrom}>
          <Label className="field-label">First date of service</Label>
          <Input className="input" />
        </TextField>
        <output
          className={
            made?.kind === 'refused' ? 'new-revision-words new-revision-refused' : 'new-revision-words'
          }
        >
          {made === null ? (
            <span>Type the day from which the new revision is in force.</span>
          ) : (
            revisionWords(made).map((words) => <span key={words}>{words}</span>)
          )}
        </output>
      </div>
    </Dialog>
  );
}
