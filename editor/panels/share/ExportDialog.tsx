import { useState } from 'react';

import { unsavedFiles } from '../../session/session.ts';
import { count } from '../../marks/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { download } from '../../ui/download.ts';
import { Radios } from '../../ui/Radios.tsx';
import type { PanelProps } from '../panel.ts';
import { zipName } from './share-view.ts';
import './share.css';

const choices = [
  { id: 'edited', title: 'As you have it now' },
  { id: 'saved', title: 'As it was last saved' },
] as const;

/** The whole workspace as a zip. Which version goes into it is asked whenever there are two. */
export function ExportDialog({ session, workbench }: PanelProps) {
  const unsaved = unsavedFiles(session);
  const [as, setAs] = useState<'edited' | 'saved'>('edited');
  const [state, setState] = useState<'asking' | 'packing' | 'failed'>('asking');

  async function save(): Promise<void> {
    setState('packing');
    try {
      download(zipName(session.workspace), await workbench.ask('workspaceZip', { as }));
      workbench.leaveDialog();
    } catch {
      setState('failed');
    }
  }

  return (
    <Dialog
      title="Export the whole workspace"
      note={`A zip of ${count(session.files.size, 'file')}, encounters included. Unpacked, it is a folder that Proviso opens.`}
      onLeave={() => workbench.leaveDialog()}
      buttons={
        <>
          <Button look="quiet" onPress={() => workbench.leaveDialog()}>
            Cancel
          </Button>
          <Button look="main" disabled={state === 'packing'} onPress={() => void save()}>
            Download the zip
          </Button>
        </>
      }
    >
      <div className="share">
        {unsaved.length === 0 ? (
          <p>Everything is saved, so there is one version.</p>
        ) : (
          <>
            <p>{count(unsaved.length, 'file has', 'files have')} changes that are not saved.</p>
            <Radios label="Which version" choices={choices} chosen={as} onChoose={setAs} />
          </>
        )}
        <p className="share-warning">
          Encounters can hold what patients told in confidence. Whoever has the zip can read them.
        </p>
        <output>
          {state === 'packing' ? 'Packing …' : null}
          {state === 'failed' ? 'The zip could not be made. Save your changes and try again.' : null}
        </output>
      </div>
    </Dialog>
  );
}
