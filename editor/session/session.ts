import type { BilledLine, Decision, DiagnosticCode, Explanation, FileEdits, Subject } from '#engine';
import { sameData } from '#engine';

import type { History } from '../../publishing/publishing.ts';
import type { Draft } from '../../storage/drafts.ts';
import type { Judged } from '../worker/judged.ts';
import type { Progress } from '../worker/protocol.ts';
import type { CaseFilters, CaseOrder } from './case-filters.ts';
import { everyCase } from './case-filters.ts';
import type { ColumnId, DialogId, DockId, PageId, ViewId } from './places.ts';
import { pageOf } from './places.ts';
import type { Settings } from './settings.ts';
import type { Step, Steps } from './steps.ts';
import { noSteps, redoStep, takeStep, undoStep } from './steps.ts';

export type { Judged } from '../worker/judged.ts';

/** Everything the screen shows, as one value. It changes by `update` alone. */
export interface Session {
  readonly workspace: string;
  readonly phase: Phase;
  readonly files: ReadonlyMap<string, WorkFile>;
  /** Files on disk that cannot be read, with the reason. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  readonly openPath: string | null;
  /** What can be taken back over several files at once. */
  readonly steps: Steps;
  /** Which page of the rail is chosen, and whether the middle shows it or the open file. */
  readonly page: PageId;
  readonly showing: 'page' | 'document';
  /** How the open file is looked at; a view that does not fit it gives way to its text. */
  readonly view: ViewId;
  readonly dock: DockId;
  /** The source that its page shows, and the clause of it that is looked at; null: all sources. */
  readonly clause: ClauseChoice | null;
  /** Where the cursor of the editor is: the file and its line. */
  readonly cursor: Cursor | null;
  readonly dialog: DialogId | null;
  /** The kind of problem that the dialog on problems tells of; null: it lists all kinds. */
  readonly problem: DiagnosticCode | null;
  /** Which column is shown where there is no room for all three. */
  readonly column: ColumnId;
  /** Where the editor is asked to go; a new object is a new request. */
  readonly jump: Jump | null;
  /** Where the author was before, and before going back; the latest last. */
  readonly trail: { readonly back: readonly Cursor[]; readonly forward: readonly Cursor[] };
  readonly judged: Judged | null;
  /** What is published, as it was last read; null: not read yet. */
  readonly releases: Releases | null;
  /** How decisions and releases stood when that was last told; another word says that somebody decided or published. */
  readonly standing: string | null;
  /** What everything is compared with: the list of encounters, the changes, the text of a file. */
  readonly against: Against;
  /** The release whose changes are looked at; null: what the author has now. */
  readonly shown: number | null;
  /** How far the reading or judging is, where it takes longer than one notices. */
  readonly progress: Progress | null;
  readonly chosenCase: string | null;
  readonly why: Why | null;
  readonly filters: CaseFilters;
  readonly search: string;
  readonly order: CaseOrder;
  /** The encounter in which something is tried out; it stays until another is tried. */
  readonly trial: TrialDraft | null;
  readonly settings: Settings;
  /** The file whose conflict is being settled in the dialog. */
  readonly settling: string | null;
  /** Drafts that an earlier page left, now in the files again, until the author has said what is to become of them. */
  readonly recovered: readonly Recovered[];
  /** What is typed is not safe from a crash; null: it is. */
  readonly draftTrouble: string | null;
  /** The version of the open file that was removed on disk: if it comes back under another name, it is opened again. */
  readonly lostVersion: string | null;
  /** The folders that were opened last, for the menu. */
  readonly folders: readonly FolderEntry[];
  readonly notice: Notice | null;
  /** Changes on disk may go unnoticed; null: all is well. */
  readonly watchTrouble: string | null;
}

export type Against = { readonly kind: 'saved' } | { readonly kind: 'release'; readonly number: number };

export interface Releases extends History {
  /** Why nothing can be approved or published from here, in a sentence; null: it can. */
  readonly unavailable: string | null;
}

export type Phase =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open' }
  | { readonly kind: 'failed'; readonly message: string };

export interface WorkFile {
  readonly path: string;
  /** As it is on disk, as far as we know. */
  readonly saved: string;
  readonly version: string | null;
  /** As the author has it; equal to `saved` when nothing is unsaved. */
  readonly text: string;
  /** What somebody else put on disk while there were unsaved changes; null text: the file was removed. */
  readonly conflict: DiskState | null;
  readonly saving: boolean;
}

export interface DiskState {
  readonly text: string | null;
  readonly version: string | null;
}

export interface Recovered {
  readonly path: string;
  /** When it was typed, in ISO form. */
  readonly at: string;
}

/** A workspace folder that can be opened beside this one. */
export interface FolderEntry {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly isHere: boolean;
}

export interface Jump {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly focus: boolean;
}

export interface ClauseChoice {
  readonly source: string;
  readonly clause: string | null;
}

export interface Cursor {
  readonly path: string;
  readonly line: number;
}

export interface Why {
  readonly caseKey: string;
  readonly explanations: readonly Explanation[];
  readonly lines: readonly BilledLine[];
}

export type CaseFilter = 'all' | 'changed' | 'failing' | Decision;

/** A changed encounter that is no file. */
export interface TrialDraft {
  readonly subject: Subject;
  /** Null: unchanged, as the subject has it. */
  readonly text: string | null;
}

export interface Notice {
  readonly tone: 'plain' | 'problem';
  readonly text: string;
}

export type Action =
  | {
      readonly kind: 'opened';
      readonly workspace: string;
      readonly files: readonly { readonly path: string; readonly text: string; readonly version: string }[];
      readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
    }
  | { readonly kind: 'opening-failed'; readonly message: string }
  | { readonly kind: 'file-chosen'; readonly path: string }
  | { readonly kind: 'jumped'; readonly place: Omit<Jump, 'focus'>; readonly focus: boolean }
  | { readonly kind: 'went-back' }
  | { readonly kind: 'went-forward' }
  | { readonly kind: 'edited'; readonly path: string; readonly text: string }
  | { readonly kind: 'save-started'; readonly path: string }
  | { readonly kind: 'saved'; readonly path: string; readonly text: string; readonly version: string }
  | { readonly kind: 'save-conflicted'; readonly path: string; readonly disk: DiskState }
  | { readonly kind: 'save-failed'; readonly path: string; readonly message: string }
  | { readonly kind: 'disk-changed'; readonly path: string; readonly disk: DiskState }
  | { readonly kind: 'settling-started'; readonly path: string }
  | { readonly kind: 'settling-left' }
  | { readonly kind: 'theirs-taken'; readonly path: string }
  | { readonly kind: 'moved-along'; readonly from: string; readonly to: string }
  | { readonly kind: 'drafts-recovered'; readonly drafts: readonly Omit<Draft, 'tab'>[] }
  | { readonly kind: 'drafts-accepted'; readonly paths: readonly string[] }
  | { readonly kind: 'draft-thrown-away'; readonly path: string }
  | { readonly kind: 'drafts-troubled'; readonly message: string | null }
  | { readonly kind: 'folders-listed'; readonly folders: readonly FolderEntry[] }
  | { readonly kind: 'judged'; readonly judged: Judged }
  | { readonly kind: 'progressed'; readonly progress: Progress | null }
  | { readonly kind: 'judging-stopped' }
  | { readonly kind: 'explained'; readonly why: Why }
  | { readonly kind: 'releases-read'; readonly releases: Releases }
  | { readonly kind: 'standing-told'; readonly standing: string }
  | { readonly kind: 'against-chosen'; readonly against: Against; readonly shown: number | null }
  | { readonly kind: 'case-chosen'; readonly key: string }
  | { readonly kind: 'filters-chosen'; readonly filters: Partial<CaseFilters> }
  | { readonly kind: 'order-chosen'; readonly order: CaseOrder }
  | { readonly kind: 'trial-begun'; readonly subject: Subject }
  | { readonly kind: 'trial-changed'; readonly text: string | null }
  | { readonly kind: 'trial-ended' }
  | { readonly kind: 'searched'; readonly text: string }
  | { readonly kind: 'edits-applied'; readonly label: string; readonly edits: readonly FileEdits[] }
  | { readonly kind: 'step-undone'; readonly step: Step }
  | { readonly kind: 'step-redone'; readonly step: Step }
  | { readonly kind: 'page-chosen'; readonly page: PageId }
  | { readonly kind: 'view-chosen'; readonly view: ViewId }
  | { readonly kind: 'dock-chosen'; readonly dock: DockId }
  | { readonly kind: 'clause-chosen'; readonly clause: ClauseChoice | null }
  | { readonly kind: 'cursor-moved'; readonly cursor: Cursor }
  | { readonly kind: 'column-chosen'; readonly column: ColumnId }
  | { readonly kind: 'dialog-shown'; readonly dialog: DialogId }
  | { readonly kind: 'problem-asked-about'; readonly code: DiagnosticCode | null }
  | { readonly kind: 'dialog-left' }
  | { readonly kind: 'settings-changed'; readonly settings: Partial<Settings> }
  | { readonly kind: 'noticed'; readonly notice: Notice }
  | { readonly kind: 'notice-left' }
  | { readonly kind: 'watch-troubled'; readonly message: string | null };

export function createSession(settings: Settings): Session {
  return {
    workspace: '',
    phase: { kind: 'opening' },
    files: new Map(),
    unreadable: [],
    openPath: null,
    steps: noSteps,
    page: 'policies',
    showing: 'document',
    view: 'text',
    dock: 'problems',
    clause: null,
    cursor: null,
    dialog: null,
    problem: null,
    column: 'document',
    jump: null,
    trail: { back: [], forward: [] },
    judged: null,
    releases: null,
    standing: null,
    against: { kind: 'saved' },
    shown: null,
    progress: null,
    chosenCase: null,
    why: null,
    filters: everyCase,
    search: '',
    order: null,
    trial: null,
    settings,
    settling: null,
    recovered: [],
    draftTrouble: null,
    lostVersion: null,
    folders: [],
    notice: null,
    watchTrouble: null,
  };
}

export function update(session: Session, action: Action): Session {
  switch (action.kind) {
    case 'opened': {
      const files = new Map(
        action.files.map(({ path, text, version }) => [
          path,
          { path, saved: text, version, text, conflict: null, saving: false } satisfies WorkFile,
        ]),
      );
      const { workspace, unreadable } = action;
      return { ...session, phase: { kind: 'open' }, workspace, files, unreadable };
    }
    case 'opening-failed':
      return { ...session, phase: { kind: 'failed', message: action.message } };
    case 'file-chosen':
      return session.files.has(action.path)
        ? showFile(leavePlace(session, action.path), action.path)
        : session;
    case 'jumped':
      return session.files.has(action.place.path)
        ? jumpTo(leavePlace(session, action.place.path), action.place, action.focus)
        : session;
    case 'went-back':
      return followTrail(session, 'back');
    case 'went-forward':
      return followTrail(session, 'forward');
    case 'edited':
      return withFile(session, action.path, (file) => ({ ...file, text: action.text }));
    case 'save-started':
      return { ...withFile(session, action.path, (file) => ({ ...file, saving: true })), notice: null };
    case 'saved': {
      // The author may have gone on typing while the file was being written: `text` stays.
      const saved = { saved: action.text, version: action.version, conflict: null, saving: false };
      return leaveSettling(
        withFile(session, action.path, (file) => ({ ...file, ...saved })),
        action.path,
      );
    }
    case 'save-conflicted':
      return {
        ...withFile(session, action.path, (file) => ({ ...file, saving: false, conflict: action.disk })),
        settling: action.path,
      };
    case 'save-failed': {
      const notice: Notice = { tone: 'problem', text: action.message };
      return { ...withFile(session, action.path, (file) => ({ ...file, saving: false })), notice };
    }
    case 'disk-changed':
      return diskChanged(session, action.path, action.disk);
    case 'settling-started':
      return session.files.get(action.path)?.conflict ? { ...session, settling: action.path } : session;
    case 'settling-left':
      return { ...session, settling: null };
    case 'theirs-taken': {
      const disk = session.files.get(action.path)?.conflict;
      return disk ? leaveSettling(fromDisk(session, action.path, disk), action.path) : session;
    }
    case 'moved-along':
      return movedAlong(session, action.from, action.to);
    case 'drafts-recovered':
      return action.drafts.reduce(withDraft, session);
    case 'drafts-accepted': {
      const { paths } = action;
      return { ...session, recovered: session.recovered.filter(({ path }) => !paths.includes(path)) };
    }
    case 'draft-thrown-away':
      return thrownAway(session, action.path);
    case 'drafts-troubled':
      return session.draftTrouble === action.message ? session : { ...session, draftTrouble: action.message };
    case 'folders-listed':
      return { ...session, folders: action.folders };
    case 'judged': {
      const { judged } = action;
      if (judged === session.judged && session.progress === null) return session;
      const chosen = judged.cases.some((row) => row.key === session.chosenCase) ? session.chosenCase : null;
      const why = chosen === null ? null : session.why;
      return { ...session, judged, progress: null, chosenCase: chosen, why };
    }
    case 'progressed':
      if (session.progress === action.progress) return session;
      return { ...session, progress: action.progress };
    case 'judging-stopped': {
      const text = 'Judging was stopped. The encounters are judged again at the next change.';
      return { ...session, progress: null, notice: { tone: 'plain', text } };
    }
    case 'explained':
      return action.why.caseKey === session.chosenCase && !sameData(action.why, session.why)
        ? { ...session, why: action.why }
        : session;
    case 'releases-read':
      return { ...session, releases: action.releases };
    case 'standing-told':
      return { ...session, standing: action.standing };
    case 'against-chosen':
      return { ...session, against: action.against, shown: action.shown };
    case 'case-chosen':
      return { ...session, chosenCase: action.key, column: 'encounters' };
    case 'filters-chosen':
      return { ...session, filters: { ...session.filters, ...action.filters }, column: 'encounters' };
    case 'order-chosen':
      return { ...session, order: action.order };
    case 'trial-begun':
      // What was tried before on the same encounter goes on.
      return sameSubject(session.trial?.subject ?? null, action.subject)
        ? session
        : { ...session, trial: { subject: action.subject, text: null } };
    case 'trial-changed':
      return session.trial ? { ...session, trial: { ...session.trial, text: action.text } } : session;
    case 'trial-ended':
      return { ...session, trial: null };
    case 'searched':
      return { ...session, search: action.text };
    case 'edits-applied':
      return takeStep(session, action.label, action.edits);
    case 'step-undone':
      return undoStep(session, action.step);
    case 'step-redone':
      return redoStep(session, action.step);
    case 'page-chosen':
      return { ...session, page: action.page, showing: 'page', column: 'files' };
    case 'view-chosen':
      return { ...session, view: action.view, showing: 'document', column: 'document' };
    case 'dock-chosen':
      return { ...session, dock: action.dock, column: 'document' };
    case 'clause-chosen':
      return { ...session, clause: action.clause, page: 'sources', showing: 'page', column: 'document' };
    case 'cursor-moved': {
      const { path, line } = action.cursor;
      const same = session.cursor?.path === path && session.cursor.line === line;
      return same ? session : { ...session, cursor: action.cursor };
    }
    case 'column-chosen':
      return { ...session, column: action.column };
    case 'dialog-shown':
      return { ...session, dialog: action.dialog };
    case 'problem-asked-about':
      return { ...session, dialog: 'about-problem', problem: action.code };
    case 'dialog-left':
      return { ...session, dialog: null };
    case 'settings-changed':
      return { ...session, settings: { ...session.settings, ...action.settings } };
    case 'noticed':
      return { ...session, notice: action.notice };
    case 'notice-left':
      return { ...session, notice: null };
    case 'watch-troubled':
      return { ...session, watchTrouble: action.message };
  }
}

export function sameSubject(a: Subject | null, b: Subject | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'encounter' || b.kind === 'encounter')
    return a.kind === 'encounter' && b.kind === 'encounter' && a.path === b.path;
  return a.suite === b.suite && a.id === b.id;
}

export function isUnsaved(file: WorkFile): boolean {
  return file.text !== file.saved || file.version === null;
}

export function unsavedFiles(session: Session): readonly WorkFile[] {
  return [...session.files.values()].filter(isUnsaved);
}

function jumpTo(session: Session, place: Omit<Jump, 'focus'>, focus: boolean): Session {
  return { ...showFile(session, place.path), view: 'text', jump: { ...place, focus } };
}

/** Places beyond this are forgotten. */
const longestTrail = 100;

/** Where the author is now; null where no file is open. */
function placeOf({ openPath, cursor }: Session): Cursor | null {
  if (openPath === null) return null;
  return cursor?.path === openPath ? cursor : { path: openPath, line: 1 };
}

/** Remembers where the author was, on the way to another file; within one file the text itself is the way back. */
function leavePlace(session: Session, to: string): Session {
  const here = placeOf(session);
  if (!here || here.path === to) return session;
  return { ...session, trail: { back: [...session.trail.back.slice(-longestTrail), here], forward: [] } };
}

/** One place back, or forward again; places in files that are gone are passed over. */
function followTrail(session: Session, way: 'back' | 'forward'): Session {
  const there = session.trail[way].findLast(({ path }) => session.files.has(path));
  if (!there) return session;
  const here = placeOf(session);
  const left = session.trail[way].slice(0, session.trail[way].lastIndexOf(there));
  const right = here ? [...session.trail[way === 'back' ? 'forward' : 'back'], here] : [];
  const trail = way === 'back' ? { back: left, forward: right } : { back: right, forward: left };
  return { ...jumpTo(session, { ...there, column: 1 }, true), trail };
}

/** The file in the middle; the rail follows, so that it always shows where one is. */
function showFile(session: Session, path: string): Session {
  return { ...session, openPath: path, showing: 'document', page: pageOf(path), column: 'document' };
}

/** An untouched file follows the disk; unsaved changes are never overwritten, they become a conflict. */
function diskChanged(session: Session, path: string, disk: DiskState): Session {
  const file = session.files.get(path);
  if (file && disk.version !== null && disk.version === file.version) {
    // Changed, and changed back: what the author began with is there again.
    if (!file.conflict) return session;
    return leaveSettling(
      withFile(session, path, (it) => ({ ...it, conflict: null })),
      path,
    );
  }
  if (file && isUnsaved(file) && disk.text !== file.text) {
    return withFile(session, path, (it) => ({ ...it, conflict: disk }));
  }
  return leaveSettling(fromDisk(session, path, disk), path);
}

function fromDisk(session: Session, path: string, disk: DiskState): Session {
  const files = new Map(session.files);
  if (disk.text === null) {
    const lostVersion = session.openPath === path ? (files.get(path)?.version ?? null) : session.lostVersion;
    files.delete(path);
    return followLost({
      ...session,
      files,
      openPath: session.openPath === path ? null : session.openPath,
      lostVersion,
    });
  }
  const { text, version } = disk;
  files.set(path, { path, saved: text, version, text, conflict: null, saving: false });
  return followLost({ ...session, files });
}

/** A folder was renamed under the author: the same file is opened under its new name, unless another was chosen. */
function followLost(session: Session): Session {
  const { lostVersion, openPath, files } = session;
  if (lostVersion === null) return session;
  if (openPath !== null) return { ...session, lostVersion: null };
  const found = [...files.values()].find((file) => file.version === lostVersion);
  return found ? { ...session, openPath: found.path, lostVersion: null } : session;
}

/** Where the file of a conflict seems to be now: an untouched file with what the author began with; null: nowhere. */
export function movedTo(session: Session, path: string): string | null {
  const file = session.files.get(path);
  if (file?.conflict?.text !== null || file.version === null) return null;
  const others = [...session.files.values()].filter((other) => other.path !== path && !isUnsaved(other));
  return others.find((other) => other.version === file.version)?.path ?? null;
}

function movedAlong(session: Session, from: string, to: string): Session {
  const file = session.files.get(from);
  const target = session.files.get(to);
  if (!file || !target) return session;
  const files = new Map(session.files).set(to, { ...target, text: file.text });
  files.delete(from);
  const openPath = session.openPath === from ? to : session.openPath;
  return leaveSettling({ ...session, files, openPath }, from);
}

/** A draft of an earlier page becomes unsaved text again; what happened on disk since makes it a conflict. */
function withDraft(session: Session, { path, text, base, at }: Omit<Draft, 'tab'>): Session {
  const onDisk = session.files.get(path);
  const version = onDisk?.version ?? null;
  const disk: DiskState = { text: onDisk?.saved ?? null, version };
  const file: WorkFile = {
    path,
    saved: disk.text ?? '',
    version: base,
    text,
    conflict: base === version ? null : disk,
    saving: false,
  };
  return {
    ...session,
    files: new Map(session.files).set(path, file),
    recovered: [...session.recovered.filter((it) => it.path !== path), { path, at }],
  };
}

function thrownAway(session: Session, path: string): Session {
  const file = session.files.get(path);
  const recovered = session.recovered.filter((it) => it.path !== path);
  if (!file) return { ...session, recovered };
  // A new file that no disk has goes as a whole.
  const disk = file.conflict ?? { text: file.version === null ? null : file.saved, version: file.version };
  return leaveSettling({ ...fromDisk(session, path, disk), recovered }, path);
}

/** Drafts that were brought back and of which nothing was decided yet: what is saved meanwhile needs no decision. */
export function recoveredFiles(session: Session): readonly (Recovered & { readonly file: WorkFile })[] {
  return session.recovered.flatMap((it) => {
    const file = session.files.get(it.path);
    return file && isUnsaved(file) ? [{ ...it, file }] : [];
  });
}

/** Files that were changed on disk under unsaved changes, in the order of their paths. */
export function conflictedFiles(session: Session): readonly WorkFile[] {
  return [...session.files.values()]
    .filter((file) => file.conflict !== null)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** One conflict is settled: the next one comes up, until there are none. */
function leaveSettling(session: Session, path: string): Session {
  if (session.settling !== path) return session;
  return { ...session, settling: conflictedFiles(session)[0]?.path ?? null };
}

function withFile(session: Session, path: string, change: (file: WorkFile) => WorkFile): Session {
  const file = session.files.get(path);
  if (!file) return session;
  return { ...session, files: new Map(session.files).set(path, change(file)) };
}
