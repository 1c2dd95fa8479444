import { lazy, Suspense, useState } from 'react';

import type { DiffHandle } from '../../monaco/TextDiff.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { PanelProps } from '../panel.ts';
import { conflictView } from './conflict-view.ts';
import type { ConflictView } from './conflict-view.ts';
import './conflict.css';

const TextDiff = lazy(() => import('../../monaco/TextDiff.tsx'));

/** Two versions of one file: keep one, or make one of both. Whatever is done at the right is unsaved text, and kept as such. */
export function ConflictDialog(props: PanelProps) {
  const view = conflictView(props.session);
  // By path: the next conflict begins with what the author has there.
  return view === null ? null : <OneConflict key={view.path} {...props} view={view} />;
}

function OneConflict({ session, workbench, look, view }: PanelProps & { readonly view: ConflictView }) {
  const { path, heading, note, removed, movedTo, theirs, mine } = view;
  const [before] = useState(mine);
  const [diff, setDiff] = useState<DiffHandle | null>(null);
  const merged = mine !== before;
  return (
    <Dialog
      role="alertdialog"
      size="large"
      title={heading}
      note={note}
      onLeave={() => workbench.leaveSettling()}
      buttons={
        <>
          <Button onPress={() => workbench.leaveSettling()} look="quiet">
            Decide later
          </Button>
          <Button onPress={() => workbench.takeTheirs(path)}>
            {removed ? 'Let it go' : 'Take the version on disk'}
          </Button>
          {movedTo === null ? null : (
            <Button onPress={() => workbench.moveAlong(path, movedTo)}>Take my changes there</Button>
          )}
          {removed ? (
            <Button look="main" onPress={() => void workbench.settleWith(path, mine)}>
              Write mine again
            </Button>
          ) : (
            <>
              <Button
                look={merged ? 'plain' : 'main'}
                onPress={() => void workbench.settleWith(path, before)}
              >
                Keep mine
              </Button>
              <Button
                look={merged ? 'main' : 'plain'}
                disabled={!merged}
                onPress={() => void workbench.settleWith(path, mine)}
              >
                Save the merged text
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="conflict">
        <div className={removed ? 'conflict-sides conflict-alone' : 'conflict-sides'}>
          {removed ? null : <span>On disk</span>}
          <span className="conflict-mine">
            <span>{merged ? 'Merged by you, not saved' : 'Yours, not saved'}</span>
            {removed || diff === null ? null : (
              <span className="conflict-tools">
                <Button look="quiet" onPress={() => diff.goTo('previous')}>
                  Previous difference
                </Button>
                <Button look="quiet" onPress={() => diff.goTo('next')}>
                  Next difference
                </Button>
                <Button look="quiet" onPress={() => diff.takeLeft()}>
                  Take this one from the disk
                </Button>
              </span>
            )}
          </span>
        </div>
        <div className="conflict-diff">
          <Suspense fallback={<EmptyState title="Comparing …" />}>
            <TextDiff
              left={theirs}
              leftName="The version on disk"
              right={mine}
              rightName="Your version"
              look={look}
              textSize={session.settings.textSize}
              sideBySide={!removed}
              onEdit={(text) => workbench.edit(path, text)}
              onReady={setDiff}
            />
          </Suspense>
        </div>
      </div>
    </Dialog>
  );
}
