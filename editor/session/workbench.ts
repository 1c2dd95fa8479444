import type { Exporting } from '../../publishing/exporting.ts';
import { createNoExporting } from '../../publishing/no-exporting.ts';
import { createNoPublishing } from '../../publishing/no-publishing.ts';
import type { Publishing } from '../../publishing/publishing.ts';
import type { Storage, StorageChange } from '../../storage/storage.ts';
import { StorageError } from '../../storage/storage.ts';

import type { DiagnosticCode, FileEdits, Subject } from '#engine';

import type { QueryName, QueryParams, QueryResult } from '../worker/all-queries.ts';
import type { Client } from '../worker/client.ts';
import { readJudged } from '../worker/judged.ts';
import type { Answer } from '../worker/protocol.ts';
import { everyCase } from './case-filters.ts';
import type { CaseFilters, CaseOrder } from './case-filters.ts';
import { createDraftKeeper } from './draft-keeper.ts';
import type { DraftOutside } from './draft-keeper.ts';
import type { Folders } from './folders.ts';
import type { ColumnId, DialogId, DockId, PageId, ViewId } from './places.ts';
import { planRecovery } from './recovery.ts';
import type { Against, Jump, Notice, Session, WorkFile } from './session.ts';
import { createExportRun } from './export-run.ts';
import type { ExportRun } from './export-run.ts';
import { conflictedFiles, unsavedFiles } from './session.ts';
import type { CaseFilter, ClauseChoice, Cursor, DiskState } from './session.ts';
import type { Settings } from './settings.ts';
import { stepToRedo, stepToUndo } from './steps.ts';
import type { Store } from './store.ts';

/** What the author can do: each changes the session and tells the worker and the storage what they must know. */
export interface Workbench {
  readonly store: Store;
  /** The address of this page where it is itself a playground, which shared links open in; null: a setting says which. */
  readonly playground: string | null;
  /** What has to be decided before a release, deciding it, and publishing. */
  readonly publishing: Publishing;
  /** The policies for other systems, as they are written and proven. */
  readonly exports: ExportRun;
  open(path: string | null): Promise<void>;
  /** Reads what is published; `thenCompare` says whether everything is compared with the last release from now on. */
  readReleases(thenCompare: boolean): Promise<void>;
  /** `shown`: the release whose changes are looked at; left out: what the author has now. */
  compareWith(against: Against, shown?: number | null): Promise<void>;
  answered(answer: Answer): void;
  /** Gives up the judging that is going on; the last verdicts stay until the next change. */
  stopJudging(): void;
  chooseFile(path: string): void;
  jump(place: Omit<Jump, 'focus'>, focus?: boolean): void;
  /** To where the author was before the last change of file, and forward again. */
  goBack(): void;
  goForward(): void;
  edit(path: string, text: string): void;
  save(): Promise<void>;
  settle(path: string): void;
  /** Begins with the first of all conflicts; says so if there is none. */
  settleNext(): void;
  leaveSettling(): void;
  /** Settles the conflict with the text given, as a rule what the author had or what was made of both. */
  settleWith(path: string, text: string): Promise<void>;
  takeTheirs(path: string): void;
  /** The file has another name on disk: the unsaved text goes along. */
  moveAlong(from: string, to: string): void;
  /** Drafts that were brought back stay, as unsaved text like any other. */
  acceptDrafts(paths: readonly string[]): void;
  throwAwayDraft(path: string): void;
  /** Whether nothing that was typed is lost if the page ends now. */
  allKept(): boolean;
  listFolders(): Promise<void>;
  /** Opens a folder of the list beside this one. */
  openFolder(id: string): Promise<void>;
  format(): Promise<void>;
  chooseCase(key: string): void;
  /** Shows only these encounters, whatever was filtered before. */
  filter(filter: CaseFilter): void;
  /** One filter more, or another: filters combine. */
  narrow(filters: Partial<CaseFilters>): void;
  sortCases(order: CaseOrder): void;
  /** Something is tried in an encounter, without saving it; what was tried in it before goes on. */
  tryOut(subject: Subject): void;
  /** The same from the beginning, to be kept as a case of its own. */
  duplicate(subject: Subject): void;
  /** An encounter becomes a case as it is. */
  saveAsCase(subject: Subject): void;
  /** Null: as it was saved. */
  changeTrial(text: string | null): void;
  endTrial(): void;
  search(text: string): void;
  /** One step over several files, of which some may be new. `label` says what it did, for undoing it. */
  applyEdits(label: string, edits: readonly FileEdits[]): void;
  /**
   * Takes back the newest step, or the newest that changed this file; false: there is none, or the file was typed in since.
   * Where another of its files was changed since, it says so and changes nothing.
   */
  undoStep(path?: string | null): boolean;
  redoStep(path?: string | null): boolean;
  /** Asks the worker, which has every change typed so far. */
  ask<Name extends QueryName>(name: Name, params: QueryParams<Name>): Promise<QueryResult<Name>>;
  showPage(page: PageId): void;
  showView(view: ViewId): void;
  showDock(dock: DockId): void;
  showColumn(column: ColumnId): void;
  /** The page of the sources: at a clause, at a source, or at all of them. */
  showClause(clause: ClauseChoice | null): void;
  moveCursor(cursor: Cursor): void;
  showDialog(dialog: DialogId): void;
  /** Shows what there is to say of a kind of problem; null: all kinds, to choose from. */
  readAbout(code: DiagnosticCode | null): void;
  leaveDialog(): void;
  change(settings: Partial<Settings>): void;
  /** Says something above everything else. */
  notice(notice: Notice): void;
  leaveNotice(): void;
}

export interface Outside {
  readonly store: Store;
  readonly storage: Storage;
  readonly client: Client;
  /** The name under which the author knows the folder. */
  readonly workspaceName: () => Promise<string>;
  readonly playground?: string;
  /** Left out: what is typed and not saved is lost with the page, and leaving it asks first. */
  readonly drafting?: DraftOutside;
  /** Left out: there are no other folders. */
  readonly folders?: Folders;
  /** Left out: nothing can be approved or published from here. */
  readonly publishing?: Publishing;
  /** Left out: nothing can be exported from here. */
  readonly exporting?: Exporting;
}

export function createWorkbench(outside: Outside): Workbench {
  const { store, storage, client, workspaceName } = outside;
  const { playground = null, drafting = null, folders = null } = outside;
  const { publishing = createNoPublishing(), exporting = createNoExporting() } = outside;
  const keeper = drafting === null ? null : createDraftKeeper(store, drafting);
  const session = (): Session => store.get();
  const fileAt = (path: string): WorkFile | undefined => session().files.get(path);

  function tellDraft(path: string): void {
    tellDrafts([{ path }]);
  }

  function tellDrafts(files: readonly { readonly path: string }[]): void {
    const changes = files.map(({ path }) => ({ path, text: fileAt(path)?.text ?? null }));
    client.ask({ kind: 'change', saved: false, changes });
  }

  function step(way: 'undo' | 'redo', path: string | null): boolean {
    const found = way === 'undo' ? stepToUndo(session(), path) : stepToRedo(session(), path);
    if (!found) return false;
    const { step: it, changed } = found;
    if (changed) {
      const since = way === 'undo' && fileAt(changed.path)?.text === changed.after ? 'saved' : 'changed';
      const text = `“${it.label}” cannot be ${way === 'undo' ? 'taken back' : 'done again'}: ${changed.path} has been ${since} since. Nothing is changed.`;
      store.dispatch({ kind: 'noticed', notice: { tone: 'problem', text } });
      return true;
    }
    store.dispatch({ kind: way === 'undo' ? 'step-undone' : 'step-redone', step: it });
    tellDrafts(it.files);
    const files = it.files.length === 1 ? '' : ` in ${it.files.length} files`;
    const text = `${way === 'undo' ? 'Taken back' : 'Done again'}${files}: ${it.label}.`;
    if (it.files.length > 1) store.dispatch({ kind: 'noticed', notice: { tone: 'plain', text } });
    return true;
  }

  function tellSaved(path: string, text: string | null): void {
    client.ask({ kind: 'change', saved: true, changes: [{ path, text }] });
    // The author may be ahead of the disk: what is shown is always judged by the author's text.
    if ((fileAt(path)?.text ?? null) !== text) tellDraft(path);
  }

  async function write(file: WorkFile, expected: string | null): Promise<void> {
    store.dispatch({ kind: 'save-started', path: file.path });
    try {
      const result = await storage.write(file.path, file.text, expected);
      if (result.kind === 'written') {
        store.dispatch({ kind: 'saved', path: file.path, text: file.text, version: result.version });
        tellSaved(file.path, file.text);
      } else {
        const disk: DiskState = result.current ?? { text: null, version: null };
        store.dispatch({ kind: 'save-conflicted', path: file.path, disk });
      }
    } catch (error) {
      store.dispatch({ kind: 'save-failed', path: file.path, message: messageOf(error) });
    }
  }

  async function diskChanged(change: StorageChange): Promise<void> {
    if (change.kind === 'unreadable') {
      store.dispatch({ kind: 'noticed', notice: { tone: 'problem', text: change.reason } });
      return;
    }
    let disk: DiskState = { text: null, version: null };
    if (change.kind === 'written') {
      if (fileAt(change.path)?.version === change.version) return;
      try {
        disk = await storage.read(change.path);
      } catch (error) {
        store.dispatch({ kind: 'noticed', notice: { tone: 'problem', text: messageOf(error) } });
        return;
      }
    }
    store.dispatch({ kind: 'disk-changed', path: change.path, disk });
    tellSaved(change.path, disk.text);
  }

  /** What earlier pages left unsaved. It stays where it was until it is kept as a draft of this page. */
  async function bringBack({ drafts, tab, openTabs }: DraftOutside): Promise<void> {
    try {
      const [found, open] = await Promise.all([drafts.load(), openTabs()]);
      const texts = new Map([...session().files].map(([path, file]) => [path, file.text]));
      const recovery = planRecovery(found, tab, open, texts);
      store.dispatch({ kind: 'drafts-recovered', drafts: recovery.drafts });
      for (const { path } of recovery.drafts) tellDraft(path);
      await keeper?.settled();
      if (keeper?.allKept() !== true) return;
      const taken = recovery.drafts.filter((draft) => draft.tab !== tab);
      for (const draft of [...taken, ...recovery.done]) await drafts.remove(draft.tab, draft.path);
    } catch (error) {
      store.dispatch({ kind: 'drafts-troubled', message: messageOf(error) });
    }
  }

  /** What this page publishes; who asked it to says so and reads it. */
  let ownPublish: Promise<unknown> = Promise.resolve();
  const own = new Set<number>();
  const publishingHere: Publishing = {
    ...publishing,
    publish(request) {
      const answer = publishing.publish(request);
      ownPublish = answer.then(
        ({ published, number }) => published && own.add(number),
        () => undefined,
      );
      return answer;
    },
  };

  /** Somebody decided or published: this page, another window, the command line. */
  async function standingChanged(workbench: Workbench): Promise<void> {
    // It may be told before this page has its own answer.
    await ownPublish;
    const { releases, against, shown } = session();
    // Until it has been read there is nothing that could be old.
    if (releases === null) return;
    const before = releases.releases.at(-1)?.number ?? null;
    await workbench.readReleases(false);
    const last = session().releases?.releases.at(-1);
    if (!last || last.number === before || own.has(last.number)) return;
    // Who looks at something else goes on looking at it.
    const follows =
      shown === null && (against.kind === 'saved' ? before === null : against.number === before);
    const isSound = session().releases?.problems.every(({ release }) => release !== last.number);
    if (follows && isSound === true) await workbench.compareWith({ kind: 'release', number: last.number });
    const by = last.manifest === null ? '' : ` by ${last.manifest.who}`;
    const then = follows && isSound === true ? ' Everything is compared with it from now on.' : '';
    const text = `Release ${last.number} has been published${by}.${then}`;
    store.dispatch({ kind: 'noticed', notice: { tone: 'plain', text } });
  }

  function explain(): void {
    const { chosenCase } = session();
    if (chosenCase !== null) client.ask({ kind: 'explain', caseKey: chosenCase });
  }

  return {
    store,
    playground,
    publishing: publishingHere,
    exports: createExportRun(exporting),

    async readReleases(thenCompare) {
      try {
        const history = await publishing.history();
        store.dispatch({
          kind: 'releases-read',
          releases: { ...history, unavailable: publishing.unavailable },
        });
        const last = history.releases.at(-1);
        const isSound = history.problems.every(({ release }) => release !== last?.number);
        if (thenCompare && last && isSound) await this.compareWith({ kind: 'release', number: last.number });
      } catch (error) {
        store.dispatch({ kind: 'noticed', notice: { tone: 'problem', text: messageOf(error) } });
      }
    },

    async compareWith(against, shown = null) {
      const filesOf = async (number: number) => (await publishing.release(number)).files;
      try {
        const files = against.kind === 'saved' ? null : await filesOf(against.number);
        client.ask({ kind: 'against', files, shown: shown === null ? null : await filesOf(shown) });
        store.dispatch({ kind: 'against-chosen', against, shown });
      } catch (error) {
        const text = `The release cannot be compared. ${messageOf(error)}`;
        store.dispatch({ kind: 'noticed', notice: { tone: 'problem', text } });
      }
    },

    async open(path) {
      publishing.watch((standing) => {
        const before = session().standing;
        if (standing === before) return;
        store.dispatch({ kind: 'standing-told', standing });
        if (before !== null) void standingChanged(this);
      });
      const early: StorageChange[] = [];
      let hear = (change: StorageChange): void => void early.push(change);
      storage.watch(
        (change) => hear(change),
        (trouble) => store.dispatch({ kind: 'watch-troubled', message: trouble?.message ?? null }),
      );
      try {
        const [{ files, unreadable }, workspace] = await Promise.all([storage.readAll(), workspaceName()]);
        store.dispatch({ kind: 'opened', workspace, files, unreadable });
        client.ask({ kind: 'open', files: files.map(({ path, text }) => ({ path, text })) });
        void this.readReleases(true).then(() => {
          const text = startWords(session());
          if (text !== null && session().notice === null) store.dispatch({ kind: 'noticed', notice: text });
        });
        const first = files.find((file) => file.path === path) ?? files.find(isPolicy) ?? files[0];
        if (first) store.dispatch({ kind: 'file-chosen', path: first.path });
        // The tour tells of the shipped policies; in a folder of one's own it would speak of what is not there.
        const tellsOf = files.some((file) => file.path.startsWith('rules/hns/hns-97530-time/'));
        if (tellsOf && !session().settings.tourSeen) store.dispatch({ kind: 'dialog-shown', dialog: 'tour' });
      } catch (error) {
        store.dispatch({ kind: 'opening-failed', message: messageOf(error) });
        return;
      }
      if (drafting !== null) await bringBack(drafting);
      if (path !== null && session().openPath !== path) store.dispatch({ kind: 'file-chosen', path });
      hear = (change) => void diskChanged(change);
      for (const change of early) void diskChanged(change);
    },

    answered(answer) {
      switch (answer.kind) {
        case 'judged': {
          store.dispatch({ kind: 'judged', judged: readJudged(session().judged, answer) });
          explain();
          return;
        }
        case 'explained': {
          const { caseKey, explanations, lines } = answer;
          store.dispatch({ kind: 'explained', why: { caseKey, explanations, lines } });
          return;
        }
        case 'progress': {
          const { doing, done, total } = answer;
          store.dispatch({ kind: 'progressed', progress: { doing, done, total } });
          return;
        }
        case 'stopped':
          store.dispatch({ kind: 'judging-stopped' });
          return;
        case 'told':
          // Queries are answered to whoever asked.
          return;
        case 'failed':
          store.dispatch({ kind: 'progressed', progress: null });
          store.dispatch({ kind: 'noticed', notice: { tone: 'problem', text: answer.message } });
      }
    },

    stopJudging() {
      client.ask({ kind: 'stop' });
    },

    chooseFile(path) {
      store.dispatch({ kind: 'file-chosen', path });
    },

    jump(place, focus = true) {
      const { path, line, column } = place;
      store.dispatch({ kind: 'jumped', place: { path, line, column }, focus });
    },

    goBack() {
      store.dispatch({ kind: 'went-back' });
    },

    goForward() {
      store.dispatch({ kind: 'went-forward' });
    },

    edit(path, text) {
      if (fileAt(path)?.text === text) return;
      store.dispatch({ kind: 'edited', path, text });
      tellDraft(path);
    },

    async save() {
      // One after the other, so that a conflict is settled before the next file asks.
      for (const file of unsavedFiles(session())) {
        if (file.saving) continue;
        if (file.conflict) {
          store.dispatch({ kind: 'settling-started', path: file.path });
          return;
        }
        await write(file, file.version);
        if (session().settling !== null) return;
      }
    },

    settle(path) {
      store.dispatch({ kind: 'settling-started', path });
    },

    settleNext() {
      const [first] = conflictedFiles(session());
      if (first) store.dispatch({ kind: 'settling-started', path: first.path });
      else {
        const text = 'Nothing was changed on disk under what you typed.';
        store.dispatch({ kind: 'noticed', notice: { tone: 'plain', text } });
      }
    },

    leaveSettling() {
      store.dispatch({ kind: 'settling-left' });
    },

    async settleWith(path, text) {
      this.edit(path, text);
      const file = fileAt(path);
      if (file?.conflict) await write(file, file.conflict.version);
    },

    takeTheirs(path) {
      const disk = fileAt(path)?.conflict;
      if (!disk) return;
      store.dispatch({ kind: 'theirs-taken', path });
      tellSaved(path, disk.text);
    },

    moveAlong(from, to) {
      store.dispatch({ kind: 'moved-along', from, to });
      tellDraft(from);
      tellDraft(to);
    },

    acceptDrafts(paths) {
      store.dispatch({ kind: 'drafts-accepted', paths });
    },

    throwAwayDraft(path) {
      store.dispatch({ kind: 'draft-thrown-away', path });
      tellDraft(path);
    },

    allKept: () => keeper?.allKept() ?? unsavedFiles(session()).length === 0,

    async listFolders() {
      if (folders === null) return;
      try {
        store.dispatch({ kind: 'folders-listed', folders: await folders.list() });
      } catch (error) {
        store.dispatch({ kind: 'noticed', notice: { tone: 'problem', text: messageOf(error) } });
      }
    },

    async openFolder(id) {
      if (folders === null) return;
      try {
        await folders.open(id);
      } catch (error) {
        store.dispatch({ kind: 'noticed', notice: { tone: 'problem', text: messageOf(error) } });
        // A folder that is not there any more shall not be offered again.
        if (error instanceof StorageError && error.code === 'not-found')
          await folders.forget(id).catch(() => undefined);
      }
      await this.listFolders();
    },

    async format() {
      const file = fileAt(session().openPath ?? '');
      if (!file) return;
      const text = await client.query('format', { path: file.path, text: file.text });
      // An answer that comes too late is not used.
      if (fileAt(file.path)?.text === file.text) this.edit(file.path, text);
    },

    chooseCase(key) {
      store.dispatch({ kind: 'case-chosen', key });
      explain();
    },

    filter(filter) {
      const shows = filter === 'all' ? [] : [filter];
      store.dispatch({ kind: 'filters-chosen', filters: { ...everyCase, shows } });
    },

    narrow(filters) {
      store.dispatch({ kind: 'filters-chosen', filters });
    },

    sortCases(order) {
      store.dispatch({ kind: 'order-chosen', order });
    },

    tryOut(subject) {
      store.dispatch({ kind: 'trial-begun', subject });
      store.dispatch({ kind: 'dialog-shown', dialog: 'what-if' });
    },

    duplicate(subject) {
      store.dispatch({ kind: 'trial-ended' });
      this.tryOut(subject);
    },

    saveAsCase(subject) {
      store.dispatch({ kind: 'trial-ended' });
      store.dispatch({ kind: 'trial-begun', subject });
      store.dispatch({ kind: 'dialog-shown', dialog: 'save-case' });
    },

    changeTrial(text) {
      store.dispatch({ kind: 'trial-changed', text });
    },

    endTrial() {
      store.dispatch({ kind: 'trial-ended' });
    },

    search(text) {
      store.dispatch({ kind: 'searched', text });
    },

    applyEdits(label, edits) {
      store.dispatch({ kind: 'edits-applied', label, edits });
      tellDrafts(edits);
    },

    undoStep: (path = null) => step('undo', path),
    redoStep: (path = null) => step('redo', path),

    ask: (name, params) => client.query(name, params),

    showPage(page) {
      store.dispatch({ kind: 'page-chosen', page });
    },

    showView(view) {
      store.dispatch({ kind: 'view-chosen', view });
    },

    showDock(dock) {
      store.dispatch({ kind: 'dock-chosen', dock });
    },

    showClause(clause) {
      store.dispatch({ kind: 'clause-chosen', clause });
    },

    moveCursor(cursor) {
      store.dispatch({ kind: 'cursor-moved', cursor });
    },

    showColumn(column) {
      store.dispatch({ kind: 'column-chosen', column });
    },

    readAbout(code) {
      store.dispatch({ kind: 'problem-asked-about', code });
    },

    showDialog(dialog) {
      store.dispatch({ kind: 'dialog-shown', dialog });
    },

    leaveDialog() {
      store.dispatch({ kind: 'dialog-left' });
    },

    change(settings) {
      store.dispatch({ kind: 'settings-changed', settings });
    },

    notice(notice) {
      store.dispatch({ kind: 'noticed', notice });
    },

    leaveNotice() {
      store.dispatch({ kind: 'notice-left' });
    },
  };
}

/** What somebody who opens the folder must know of its releases: one was changed, or publishing was cut short. */
function startWords({ releases }: Session): Notice | null {
  const [problem, ...others] = releases?.problems ?? [];
  if (problem) {
    const more = others.length === 0 ? '' : ` And ${others.length} more.`;
    return { tone: 'problem', text: `${problem.message}${more} The page Releases tells all of it.` };
  }
  const [number] = releases?.interrupted.releases ?? [];
  if (number !== undefined) {
    return {
      tone: 'plain',
      text: `Publishing release ${number} was interrupted earlier, and nothing came of it. What it left goes with the next publish.`,
    };
  }
  if (releases?.interrupted.decisions === true) {
    const text =
      'Writing down what was decided was interrupted earlier. What stood there before still holds; look at Approve.';
    return { tone: 'plain', text };
  }
  return null;
}

const isPolicy = (file: { readonly path: string }): boolean => file.path.endsWith('.policy.yaml');

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
