import type { Session } from '../session/session.ts';
import { filesOf } from '../session/places.ts';
import { recoveredFiles } from '../session/session.ts';
import { ConflictDialog } from './conflict/ConflictDialog.tsx';
import { conflictView } from './conflict/conflict-view.ts';
import { allDocks } from './all-docks.ts';
import { DockPanel } from './dock/DockPanel.tsx';
import { DocumentPanel } from './document/DocumentPanel.tsx';
import { documentHead } from './document/document-view.ts';
import { EncountersPanel } from './encounters/EncountersPanel.tsx';
import { ExplanationPanel } from './explanation/ExplanationPanel.tsx';
import { FilesPanel } from './files/FilesPanel.tsx';
import { fileGroups } from './files/files-view.ts';
import { filePart, part, partInSteps } from './part.tsx';
import { Rail } from './rail/Rail.tsx';
import { railCounts } from './rail/rail-view.ts';
import { RecoveredPanel } from './recovered/RecoveredPanel.tsx';
import { standingOf } from '../session/standing.ts';
import { scopeWords, unsavedWords } from './top-bar/top-bar-view.ts';
import { TopBar } from './top-bar/TopBar.tsx';
import { workspaceMenu } from './top-bar/workspace-menu-view.ts';

/** The parts of the frame that are always there, each with everything that it reads of the session. */
export const parts = {
  TopBar: part(TopBar, (session) => [
    workspaceMenu(session),
    standingOf(session),
    unsavedWords(session),
    scopeWords(session),
    session.progress,
  ]),
  Recovered: part(RecoveredPanel, recoveredFiles),
  Conflict: part(ConflictDialog, (session) => [conflictView(session), session.settings.textSize]),
  Rail: part(Rail, ({ page, files, judged, releases }) => [page, railCounts(files, judged, releases)]),
  Files: part(FilesPanel, ({ files, judged, page, showing, openPath, settings }) => [
    fileGroups(files, judged, filesOf(page), settings),
    [page, showing],
    openPath,
    settings.payer,
    settings.asOf,
  ]),
  Document: filePart(DocumentPanel, ({ files, judged, view }, path) => {
    const file = files.get(path);
    return [file && documentHead(file, judged), view];
  }),
  Dock: part(DockPanel, (session) => [
    session.dock,
    allDocks.map(({ note }) => note(session)),
    allDocks.find(({ id }) => id === session.dock)!.reads(session),
  ]),
  Encounters: part(
    EncountersPanel,
    ({ judged, against, filters, search, order, chosenCase, openPath, settings }) => [
      judged && [judged.cases, judged.policies, judged.payers, judged.stale],
      [against, filters, search, order, chosenCase, openPath],
      [settings.payer, settings.textSize],
    ],
  ),
  Why: partInSteps(ExplanationPanel, (session) => [chosenRow(session), session.why]),
} as const;

function chosenRow({ judged, chosenCase }: Session) {
  return judged?.cases.find(({ key }) => key === chosenCase) ?? null;
}
