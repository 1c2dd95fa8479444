import { useState } from 'react';
import { FileTrigger, Input, Label, TextField } from 'react-aria-components';

import type { PlaygroundHome } from '../../session/playground-home.ts';
import type { UnpackedZip } from '../../share/workspace-zip.ts';
import { count } from '../../marks/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Quoted } from '../../ui/Quoted.tsx';
import { kindsIn, leftOutShown, nameOfArchive, speaksOfVisits } from './import-view.ts';

interface ImportDialogProps {
  readonly home: PlaygroundHome;
  readonly onLeave: () => void;
}

type State =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'read'; readonly unpacked: Extract<UnpackedZip, { kind: 'unpacked' }> };

/** A zip becomes a workspace of its own beside the others, so it can never write over one. */
export function ImportDialog({ home, onLeave }: ImportDialogProps) {
  const [state, setState] = useState<State>({ kind: 'choosing' });
  const [name, setName] = useState('');

  async function read(file: File | undefined): Promise<void> {
    if (!file) return;
    setState({ kind: 'reading' });
    setName(nameOfArchive(file.name));
    try {
      const { unpackZip } = await import('../../share/workspace-zip.ts');
      const unpacked = await unpackZip(new Uint8Array(await file.arrayBuffer()));
      setState(unpacked.kind === 'unpacked' ? { kind: 'read', unpacked } : unpacked);
    } catch {
      setState({ kind: 'refused', reason: 'The file cannot be read. Is it still where it was?' });
    }
  }

  async function keep(): Promise<void> {
    if (state.kind !== 'read') return;
    try {
      location.assign(await home.keepAs('imported', name, state.unpacked.files));
    } catch (error) {
      setState({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  return (
    <Dialog
      title="Import a workspace from a zip"
      note="It becomes a new workspace in this browser. No other workspace is changed, and nothing is sent anywhere."
      onLeave={onLeave}
      buttons={
        <>
          <Button look="quiet" onPress={onLeave}>
            Cancel
          </Button>
          <Button look="main" disabled={state.kind !== 'read'} onPress={() => void keep()}>
            Make a new workspace of it
          </Button>
        </>
      }
    >
      <div className="playground-body">
        <FileTrigger
          acceptedFileTypes={['.zip', 'application/zip']}
          onSelect={(files) => void read(files?.[0])}
        >
          <Button onPress={() => undefined}>Choose a zip…</Button>
        </FileTrigger>
        <output>
          {state.kind === 'reading' ? 'Reading the archive …' : null}
          {state.kind === 'refused' ? (
            <span className="playground-problem">
              <Quoted text={state.reason} />
            </span>
          ) : null}
        </output>
        {state.kind === 'read' ? (
          <>
            <TextField className="field" value={name} onChange={setName}>
              <Label className="field-label">Name</Label>
              <Input className="input" />
            </TextField>
            <Found unpacked={state.unpacked} />
          </>
        ) : null}
      </div>
    </Dialog>
  );
}

function Found({ unpacked }: { readonly unpacked: Extract<UnpackedZip, { kind: 'unpacked' }> }) {
  const { files, leftOut, folder } = unpacked;
  const { shown, more } = leftOutShown(leftOut);
  return (
    <>
      <p>
        {count(files.length, 'file')}
        {folder === '' ? '' : ` in ${folder}`}: {kindsIn(files).join(', ')}.
      </p>
      {speaksOfVisits(files) ? (
        <p className="playground-warning">
          Encounters can hold what patients told in confidence. They are kept in this browser, where everybody
          who uses it on this computer can read them, until you remove the workspace.
        </p>
      ) : null}
      {leftOut.length === 0 ? null : (
        <details className="playground-left-out">
          <summary>{count(leftOut.length, 'file is', 'files are')} left out</summary>
          <ul>
            {shown.map(({ path, reason }, at) => (
              <li key={at}>
                <code className="quoted">{path}</code> <Quoted text={reason} />
              </li>
            ))}
            {more === 0 ? null : <li>And {more} more.</li>}
          </ul>
        </details>
      )}
    </>
  );
}
