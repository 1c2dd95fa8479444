import { useEffect, useMemo, useState } from 'react';

import type { Workbench } from '../../session/workbench.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { FileForm } from '../../worker/queries/encounter-form.ts';
import type { FilePanelProps } from '../panel.ts';
import { createChangeQueue } from './change-queue.ts';
import type { ChangeQueue } from './change-queue.ts';
import { EncounterForm } from './EncounterForm.tsx';

/** An encounter file as a form. Every change is a small edit of its text. */
export default function EncounterFormView({ file, workbench }: FilePanelProps) {
  const { path, text } = file;
  const [state, setState] = useState<FileForm | null>(null);
  const queue = useMemo(() => queueFor(workbench, path, setState), [workbench, path]);
  useEffect(() => queue.follow(text), [queue, text]);
  if (!state) return <EmptyState title="Reading the encounter …" />;
  if (!state.form) {
    return (
      <EmptyState title="This text cannot be read as an encounter.">
        <p>Open it as YAML: the problems below say where to begin.</p>
      </EmptyState>
    );
  }
  return (
    // It scrolls, so the keyboard must be able to stop at it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="encounter-form-view" data-pane-focus="" tabIndex={0} aria-label="Form">
      <EncounterForm
        form={state.form}
        onChange={(change) => queue.add(change)}
        onPlace={(line) => workbench.jump({ path, line, column: 1 })}
      />
    </section>
  );
}

interface FileQueue extends ChangeQueue {
  /** The text may be changed elsewhere: by undoing, by a save of somebody else. */
  follow(text: string): void;
}

function queueFor(workbench: Workbench, path: string, show: (state: FileForm) => void): FileQueue {
  let known: string | null = null;
  const queue = createChangeQueue(async (changes) => {
    const state = await workbench.ask('encounterForm', { path, changes });
    known = state.text;
    if (state.edits.length > 0) workbench.applyEdits('Fill in the form', [{ path, edits: state.edits }]);
    return state;
  }, show);
  return { ...queue, follow: (text) => (text === known ? undefined : queue.refresh()) };
}
