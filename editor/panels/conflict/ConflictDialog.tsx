import type { ReactNode } from 'react';

import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import './conflict.css';

interface ConflictDialogProps {
  readonly title: string;
  /** The file is gone from the disk, so there is nothing to compare with. */
  readonly removed: boolean;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
  readonly onLeave: () => void;
  /** The comparison. */
  readonly children: ReactNode;
}

export function ConflictDialog({ title, removed, onMine, onTheirs, onLeave, children }: ConflictDialogProps) {
  return (
    <Dialog
      role="alertdialog"
      size="large"
      title={removed ? `“${title}” was removed on disk` : `“${title}” was changed on disk meanwhile`}
      note={
        removed
          ? 'Nothing of yours is lost yet. Write your version again, or let the file go.'
          : 'Somebody, or another program, saved it after you opened it. Nothing is lost yet: compare, then choose which version stays.'
      }
      onLeave={onLeave}
      buttons={
        <>
          <Button onPress={onLeave} look="quiet">
            Decide later
          </Button>
          <Button onPress={onTheirs}>{removed ? 'Let it go' : 'Take the version on disk'}</Button>
          <Button look="main" onPress={onMine}>
            {removed ? 'Write mine again' : 'Keep mine'}
          </Button>
        </>
      }
    >
      <div className="conflict">
        <div className="conflict-sides">
          <span>On disk</span>
          <span>Yours, not saved</span>
        </div>
        <div className="conflict-diff">{children}</div>
      </div>
    </Dialog>
  );
}
