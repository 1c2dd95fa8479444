import { useState } from 'react';

import type { PlaygroundHome } from '../../session/playground-home.ts';
import type { Workbench } from '../../session/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ImportDialog } from './ImportDialog.tsx';

interface PlaygroundBarProps {
  readonly home: PlaygroundHome;
  readonly workbench: Workbench;
}

/** What a playground is, above everything: where the files are, how to get them out, and how to begin again. */
export function PlaygroundBar({ home, workbench }: PlaygroundBarProps) {
  const [open, setOpen] = useState<'import' | 'leaving' | null>(null);
  const { current } = home;
  const isExample = current.origin === 'example';
  return (
    <aside className="playground-bar" aria-label="Playground">
      <p>
        <strong>Playground.</strong> Everything stays in this browser and is sent nowhere. To keep it, or to
        pass it on, export it.
      </p>
      <div className="playground-tools">
        <Button look="quiet" onPress={() => setOpen('import')}>
          Import…
        </Button>
        <Button look="quiet" onPress={() => workbench.showDialog('export')}>
          Export…
        </Button>
        <Button look="quiet" onPress={() => workbench.showDialog('share')}>
          Share…
        </Button>
        <Button look="quiet" onPress={() => setOpen('leaving')}>
          {isExample ? 'Start over…' : 'Remove…'}
        </Button>
      </div>
      {open === 'import' ? <ImportDialog home={home} onLeave={() => setOpen(null)} /> : null}
      {open === 'leaving' ? (
        <LeavingDialog
          home={home}
          onExport={() => {
            setOpen(null);
            workbench.showDialog('export');
          }}
          onLeave={() => setOpen(null)}
        />
      ) : null}
    </aside>
  );
}

interface LeavingDialogProps {
  readonly home: PlaygroundHome;
  readonly onExport: () => void;
  readonly onLeave: () => void;
}

function LeavingDialog({ home, onExport, onLeave }: LeavingDialogProps) {
  const { current } = home;
  const isExample = current.origin === 'example';
  const [trouble, setTrouble] = useState<string | null>(null);

  async function leave(): Promise<void> {
    try {
      const address = await (isExample ? home.startOver() : home.removeCurrent());
      location.assign(address);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <Dialog
      title={isExample ? 'Start over with the example?' : `Remove “${current.name}” from this browser?`}
      note={
        isExample
          ? 'The example becomes what it was at first. What you changed in it is lost, saved or not.'
          : 'All its files are lost, saved or not. There is no copy anywhere else.'
      }
      role="alertdialog"
      onLeave={onLeave}
      buttons={
        <>
          <Button look="quiet" onPress={onLeave}>
            Cancel
          </Button>
          <Button onPress={onExport}>Export it first…</Button>
          <Button look="main" onPress={() => void leave()}>
            {isExample ? 'Start over' : 'Remove it'}
          </Button>
        </>
      }
    >
      <div className="playground-body">
        <p>Other workspaces in this browser stay as they are.</p>
        {trouble === null ? null : <output className="playground-problem">{trouble}</output>}
      </div>
    </Dialog>
  );
}
