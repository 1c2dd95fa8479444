import type { ComponentType, ReactNode } from 'react';
import { useEffect } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Group, Panel, Separator } from 'react-resizable-panels';

import { allDialogs } from './panels/all-dialogs.ts';
import { allPages } from './panels/all-pages.ts';
import { ConflictDialog } from './panels/conflict/ConflictDialog.tsx';
import { DockPanel } from './panels/dock/DockPanel.tsx';
import { DocumentPanel } from './panels/document/DocumentPanel.tsx';
import { clausePlace } from './panels/document/document-view.ts';
import { EncountersPanel } from './panels/encounters/EncountersPanel.tsx';
import { ExplanationPanel } from './panels/explanation/ExplanationPanel.tsx';
import { FilesPanel } from './panels/files/FilesPanel.tsx';
import type { PanelProps } from './panels/panel.ts';
import { Rail } from './panels/rail/Rail.tsx';
import { RecoveredPanel } from './panels/recovered/RecoveredPanel.tsx';
import { TopBar } from './panels/top-bar/TopBar.tsx';
import { commandOf } from './session/commands.ts';
import { useLook, useQuery } from './session/look.ts';
import type { ColumnId } from './session/places.ts';
import type { Session } from './session/session.ts';
import { useSession } from './session/use-session.ts';
import type { Workbench } from './session/workbench.ts';
import { Button } from './ui/Button.tsx';
import { EmptyState } from './ui/EmptyState.tsx';
import { isMac } from './ui/platform.ts';
import './app.css';

/** The frame: which panel stands where. What each shows and does is its own. */
export function App({ workbench }: { readonly workbench: Workbench }) {
  const session = useSession(workbench.store, (it) => it);
  const look = useLook(session.settings.theme);
  useKeys(workbench);
  useWarningBeforeLeaving(workbench);

  const props: PanelProps = { session, workbench, look };
  const OpenDialog = session.dialog === null ? null : allDialogs[session.dialog];
  return (
    <div className="app">
      <TopBar {...props} />
      <Notices session={session} onLeave={() => workbench.leaveNotice()} />
      <RecoveredPanel {...props} />
      <main className="app-main">{screen(props)}</main>
      <ConflictDialog {...props} />
      {OpenDialog === null ? null : <OpenDialog {...props} />}
    </div>
  );
}

function screen(props: PanelProps): ReactNode {
  const { phase } = props.session;
  switch (phase.kind) {
    case 'opening':
      return <EmptyState title="Opening the folder …" />;
    case 'failed':
      return (
        <EmptyState title="The folder could not be opened.">
          <p>{phase.message}</p>
          <Button look="main" onPress={() => location.reload()}>
            Try again
          </Button>
        </EmptyState>
      );
    case 'open':
      return <Workspace {...props} />;
  }
}

function Workspace(props: PanelProps) {
  // Below this the three columns have no room beside each other: a small window, or a large zoom.
  const narrow = useQuery('(max-width: 880px)');
  return narrow ? <OneColumn {...props} /> : <ThreeColumns {...props} />;
}

function ThreeColumns(props: PanelProps) {
  return (
    <Group orientation="horizontal" className="app-columns">
      <Panel id="side" defaultSize="18%" minSize="160px">
        <Side {...props} />
      </Panel>
      <Separator className="split-line" aria-label="Width of the files" />
      <Panel id="middle" defaultSize="47%" minSize="300px">
        <MiddleAndDock {...props} />
      </Panel>
      <Separator className="split-line" aria-label="Width of the saved encounters" />
      <Panel id="verdicts" defaultSize="35%" minSize="320px">
        <EncountersAndWhy {...props} />
      </Panel>
    </Group>
  );
}

const columns: readonly {
  readonly id: ColumnId;
  readonly title: string;
  readonly Column: ComponentType<PanelProps>;
}[] = [
  { id: 'files', title: 'Files', Column: Side },
  { id: 'document', title: 'Open file', Column: MiddleAndDock },
  { id: 'encounters', title: 'Encounters and why', Column: EncountersAndWhy },
];

function OneColumn(props: PanelProps) {
  const { session, workbench } = props;
  return (
    <Tabs
      className="app-one"
      selectedKey={session.column}
      onSelectionChange={(key) => {
        const column = columns.find((it) => it.id === key);
        if (column && column.id !== session.column) workbench.showColumn(column.id);
      }}
    >
      <TabList className="tabs app-one-tabs" aria-label="Parts of the screen">
        {columns.map(({ id, title }) => (
          <Tab key={id} id={id} className="tab">
            {title}
          </Tab>
        ))}
      </TabList>
      {columns.map(({ id, Column }) => (
        // The text keeps its undo, the lists their place.
        <TabPanel key={id} id={id} className="app-one-part" shouldForceMount>
          <Column {...props} />
        </TabPanel>
      ))}
    </Tabs>
  );
}

function Side(props: PanelProps) {
  return (
    <div className="side">
      <Rail {...props} />
      <FilesPanel {...props} />
    </div>
  );
}

function MiddleAndDock(props: PanelProps) {
  return (
    <Group orientation="vertical">
      <Panel id="document" minSize="120px">
        <Middle {...props} />
      </Panel>
      <Separator className="split-line" aria-label="Height of the problems" />
      <Panel id="dock" defaultSize="17%" minSize="34px">
        <DockPanel {...props} />
      </Panel>
    </Group>
  );
}

function EncountersAndWhy(props: PanelProps) {
  const { session } = props;
  const page = allPages.find((it) => it.id === session.page)!;
  const encounters = session.showing === 'document' || page.Panel === null || page.encounters;
  return (
    <Group orientation="vertical">
      {encounters ? (
        <>
          <Panel id="encounters" defaultSize="48%" minSize="150px">
            <EncountersPanel {...props} />
          </Panel>
          <Separator className="split-line" aria-label="Height of the saved encounters" />
        </>
      ) : null}
      <Panel id="why" minSize="100px">
        <Why {...props} />
      </Panel>
    </Group>
  );
}

/** A page of the rail, or the open file; the file stays in the page behind it, for its undo must survive. */
function Middle(props: PanelProps) {
  const { session } = props;
  const { Panel: PagePanel } = allPages.find((it) => it.id === session.page)!;
  const showsPage = session.showing === 'page' && PagePanel !== null;
  const file = session.openPath === null ? undefined : session.files.get(session.openPath);
  return (
    <>
      {showsPage ? <PagePanel {...props} /> : null}
      <div className="app-document" hidden={showsPage} inert={showsPage}>
        {file ? (
          <DocumentPanel {...props} file={file} />
        ) : (
          <section className="document" data-pane="document" aria-label="No file is open">
            <EmptyState title="No file is open.">
              <p>Choose a policy on the left, or press Ctrl+K and type what you look for.</p>
            </EmptyState>
          </section>
        )}
      </div>
    </>
  );
}

function Why({ session, workbench }: PanelProps) {
  const { judged, chosenCase, why, files } = session;
  return (
    <ExplanationPanel
      row={judged?.cases.find((it) => it.key === chosenCase) ?? null}
      why={why}
      onJump={(place) => workbench.jump(place)}
      onCite={(cite) => {
        const place = clausePlace(files, cite);
        if (place) workbench.jump(place);
      }}
    />
  );
}

function Notices({ session, onLeave }: { readonly session: Session; readonly onLeave: () => void }) {
  const { notice, unreadable } = session;
  return (
    <div className="notices" role="alert">
      {notice === null ? null : (
        <div className={`notice notice-${notice.tone}`}>
          <span>{notice.text}</span>
          <Button look="quiet" onPress={onLeave}>
            Understood
          </Button>
        </div>
      )}
      {troubleWords(session) === null ? null : (
        <div className="notice notice-problem">
          <span>{troubleWords(session)}</span>
        </div>
      )}
      {unreadable.length === 0 ? null : (
        <div className="notice notice-plain">
          <span>
            Left out, because it cannot be read:{' '}
            {unreadable.map(({ path, reason }) => `${path} (${reason})`).join('; ')}
          </span>
        </div>
      )}
    </div>
  );
}

/** What does not work for now, and why; null: all is well. */
function troubleWords({ watchTrouble, draftTrouble }: Session): string | null {
  const watch = watchTrouble === null ? null : 'Changes that others make may not appear here for now.';
  const drafts = draftTrouble === null ? null : 'What you type is not safe from a crash for now: save often.';
  const parts = [watch, drafts, watchTrouble, draftTrouble === watchTrouble ? null : draftTrouble];
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : said.join(' ');
}

function useKeys(workbench: Workbench): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const command = commandOf(event, isMac);
      if (!command) return;
      event.preventDefault();
      event.stopPropagation();
      command.run(workbench);
    };
    // Before the editor sees the key, which has meanings of its own for some.
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [workbench]);
}

/**
 * What is typed is kept as a draft a moment later, and comes back when the folder is opened again; so leaving asks only
 * in that moment, or where drafts cannot be kept.
 */
function useWarningBeforeLeaving(workbench: Workbench): void {
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!workbench.allKept()) event.preventDefault();
    };
    addEventListener('beforeunload', onLeave);
    return () => removeEventListener('beforeunload', onLeave);
  }, [workbench]);
}
