import type { FileEdits } from '#engine';
import { applyTextEdits } from '#engine';

import type { Session, WorkFile } from './session.ts';

/** What one step changed, over all its files: a renaming, a quick fix, an edit of the form. Typing is not one. */
export interface Step {
  /** What it did, in words: `Rename minimum-time to enough-time`. */
  readonly label: string;
  readonly files: readonly StepFile[];
}

export interface StepFile {
  readonly path: string;
  /** Null: the file was not there. */
  readonly before: string | null;
  readonly after: string;
}

/** Steps that can be taken back and steps that can be done again; the last of each is the newest. */
export interface Steps {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

export const noSteps: Steps = { done: [], undone: [] };
/** Steps beyond this are forgotten. */
const most = 200;

/** The session after edits, with the step remembered. Edits that change nothing are no step. */
export function takeStep(session: Session, label: string, edits: readonly FileEdits[]): Session {
  const after = new Map<string, string>();
  for (const { path, edits: own } of edits)
    after.set(path, applyTextEdits(after.get(path) ?? session.files.get(path)?.text ?? '', own));
  const files = [...after].flatMap(([path, text]): StepFile[] => {
    const before = session.files.get(path)?.text ?? null;
    return before === text ? [] : [{ path, before, after: text }];
  });
  if (files.length === 0) return session;
  const step = { label, files };
  const done = [...session.steps.done.slice(1 - most), step];
  return { ...withTexts(session, files, 'after'), steps: { done, undone: [] } };
}

/** A step to take back or to do again, and what stands in the way: the first file that is not as the step left it. */
export interface Found {
  readonly step: Step;
  readonly changed: StepFile | null;
}

/** The newest step that could be taken back; in a file, the newest that changed it, as long as it is as that left it. */
export function stepToUndo(session: Session, path: string | null): Found | null {
  return find(session, session.steps.done, path, 'after');
}

export function stepToRedo(session: Session, path: string | null): Found | null {
  return find(session, session.steps.undone, path, 'before');
}

function find(
  session: Session,
  steps: readonly Step[],
  path: string | null,
  as: 'before' | 'after',
): Found | null {
  const step = steps.findLast(({ files }) => path === null || files.some((file) => file.path === path));
  if (!step) return null;
  const changed = step.files.filter((file) => !isAs(session.files.get(file.path), file, as));
  // In this file somebody has typed since: that comes first, and the editor knows how.
  if (changed.some((file) => file.path === path)) return null;
  return { step, changed: changed[0] ?? null };
}

function isAs(file: WorkFile | undefined, step: StepFile, as: 'before' | 'after'): boolean {
  if (as === 'before') return (file?.text ?? null) === step.before;
  // A file that the step made and that is on disk by now cannot be unmade.
  return file?.text === step.after && !(step.before === null && file.version !== null);
}

export function undoStep(session: Session, step: Step): Session {
  const { done, undone } = session.steps;
  const steps = { done: done.filter((other) => other !== step), undone: [...undone, step] };
  return { ...withTexts(session, step.files, 'before'), steps };
}

export function redoStep(session: Session, step: Step): Session {
  const { done, undone } = session.steps;
  const steps = { done: [...done, step], undone: undone.filter((other) => other !== step) };
  return { ...withTexts(session, step.files, 'after'), steps };
}

function withTexts(session: Session, changes: readonly StepFile[], as: 'before' | 'after'): Session {
  const files = new Map(session.files);
  for (const change of changes) {
    const text = change[as];
    if (text === null) files.delete(change.path);
    else files.set(change.path, { ...(files.get(change.path) ?? newFile(change.path)), text });
  }
  const openPath = session.openPath !== null && files.has(session.openPath) ? session.openPath : null;
  return { ...session, files, openPath };
}

/** A file that no disk has yet. */
function newFile(path: string): WorkFile {
  return { path, saved: '', version: null, text: '', conflict: null, saving: false };
}
