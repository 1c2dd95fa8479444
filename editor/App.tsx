import type { ComponentType } from 'react';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { Group, Panel, Separator, useGroupRef } from 'react-resizable-panels';

import { allDialogs } from './panels/all-dialogs.ts';
import type { Page } from './panels/all-pages.ts';
import { allPages } from './panels/all-pages.ts';
import { parts } from './panels/all-parts.tsx';
import type { PartProps } from './panels/part.tsx';
import { Whole } from './panels/part.tsx';
import { commandOf } from './session/commands.ts';
import { useLook, useQuery } from './session/look.ts';
import type { ColumnId } from './session/places.ts';
import type { Session } from './session/session.ts';
import { useView } from './session/use-session.ts';
import type { Workbench } from './session/workbench.ts';
import { Button } from './ui/Button.tsx';
import { EmptyState } from './ui/EmptyState.tsx';
import { isMac } from './ui/platform.ts';
import './app.css';

/** The frame: which panel stands where. What each shows and does is its own, and so is when it is drawn again. */
export function App({ workbench }: { readonly workbench: Workbench }) {
  const { dialog, theme } = useView(workbench.store, (it) => ({
    dialog: it.dialog,
    theme: it.settings.theme,
  }));
  const look = useLook(theme);
  // Before the editors take their colours from the page, which they do once it is drawn.
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-contrast', look.startsWith('contrast'));
  }, [look]);
  useKeys(workbench);
  useWarningBeforeLeaving(workbench);

  const props = useMemo((): PartProps => ({ workbench, look }), [workbench, look]);
  return (
    <div className="app">
      <parts.TopBar {...props} />
      <Notices {...props} />
      <parts.Recovered {...props} />
      <main className="app-main">
        <Screen {...props} />
      </main>
      <parts.Conflict {...props} />
      {dialog === null ? null : <Whole Panel={allDialogs[dialog]} {...props} />}
    </div>
  );
}

function Screen(props: PartProps) {
  const phase = useView(props.workbench.store, (it) => it.phase);
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

function Workspace(props: PartProps) {
  // Below this the three columns have no room beside each other: a small window, or a large zoom.
  const narrow = useQuery('(max-width: 880px)');
  return narrow ? <OneColumn {...props} /> : <ThreeColumns {...props} />;
}

function ThreeColumns(props: PartProps) {
  const alone = useView(
    props.workbench.store,
    (it) => it.showing === 'page' && pageOf(it).beside === 'nothing',
  );
  const group = useGroupRef();
  // The files keep their width when the column at the right goes: all of its room is for the page.
  const files = useRef<{ width: number; kept: boolean } | null>(null);
  return (
    <Group
      orientation="horizontal"
      className="app-columns"
      groupRef={group}
      onLayoutChanged={({ side, verdicts }) => {
        if (side === undefined) return;
        if (verdicts !== undefined) files.current = { width: side, kept: false };
        else if (files.current?.kept === false) {
          files.current.kept = true;
          const { width } = files.current;
          group.current?.setLayout({ side: width, middle: 100 - width });
        }
      }}
    >
      <Panel id="side" defaultSize="18%" minSize="160px">
        <Side {...props} />
      </Panel>
      <Separator className="split-line" aria-label="Width of the files" />
      <Panel id="middle" defaultSize="47%" minSize="300px">
        <MiddleAndDock {...props} />
      </Panel>
      {alone ? null : (
        <>
          <Separator className="split-line" aria-label="Width of the saved encounters" />
          <Panel id="verdicts" defaultSize="35%" minSize="320px">
            <EncountersAndWhy {...props} />
          </Panel>
        </>
      )}
    </Group>
  );
}

const columns: readonly {
  readonly id: ColumnId;
  readonly title: string;
  readonly Column: ComponentType<PartProps>;
}[] = [
  { id: 'files', title: 'Files', Column: Side },
  { id: 'document', title: 'Open file', Column: MiddleAndDock },
  { id: 'encounters', title: 'Encounters and why', Column: EncountersAndWhy },
];

function OneColumn(props: PartProps) {
  const { workbench } = props;
  const shown = useView(workbench.store, (it) => it.column);
  return (
    <Tabs
      className="app-one"
      selectedKey={shown}
      onSelectionChange={(key) => {
        const column = columns.find((it) => it.id === key);
        if (column && column.id !== shown) workbench.showColumn(column.id);
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

function Side(props: PartProps) {
  return (
    <div className="side">
      <parts.Rail {...props} />
      <parts.Files {...props} />
    </div>
  );
}

function MiddleAndDock(props: PartProps) {
  return (
    <Group orientation="vertical">
      <Panel id="document" minSize="120px">
        <Middle {...props} />
      </Panel>
      <Separator className="split-line" aria-label="Height of the problems" />
      <Panel id="dock" defaultSize="17%" minSize="34px">
        <parts.Dock {...props} />
      </Panel>
    </Group>
  );
}

function EncountersAndWhy(props: PartProps) {
  const encounters = useView(
    props.workbench.store,
    (it) => it.showing === 'document' || pageOf(it).beside !== 'why',
  );
  return (
    <Group orientation="vertical">
      {encounters ? (
        <>
          <Panel id="encounters" defaultSize="48%" minSize="150px">
            <parts.Encounters {...props} />
          </Panel>
          <Separator className="split-line" aria-label="Height of the saved encounters" />
        </>
      ) : null}
      <Panel id="why" minSize="100px">
        <parts.Why {...props} />
      </Panel>
    </Group>
  );
}

/** A page of the rail, or the open file; the file stays in the page behind it, for its undo must survive. */
function Middle(props: PartProps) {
  const { page, showing, path } = useView(props.workbench.store, ({ page, showing, openPath, files }) => ({
    page,
    showing,
    path: openPath !== null && files.has(openPath) ? openPath : null,
  }));
  const { Panel: PagePanel } = pageOf({ page });
  const showsPage = showing === 'page' && PagePanel !== null;
  return (
    <>
      {showsPage ? <Whole Panel={PagePanel} {...props} /> : null}
      <div className="app-document" hidden={showsPage} inert={showsPage}>
        {path === null ? (
          <section className="document" data-pane="document" aria-label="No file is open">
            <EmptyState title="No file is open.">
              <p>Choose a policy on the left, or press Ctrl+K and type what you look for.</p>
            </EmptyState>
          </section>
        ) : (
          <parts.Document {...props} path={path} />
        )}
      </div>
    </>
  );
}

function pageOf({ page }: Pick<Session, 'page'>): Page {
  return allPages.find((it) => it.id === page)!;
}

function Notices({ workbench }: PartProps) {
  const { notice, unreadable, trouble } = useView(workbench.store, (session) => ({
    notice: session.notice,
    unreadable: session.unreadable,
    trouble: troubleWords(session),
  }));
  return (
    <div className="notices" role="alert">
      {notice === null ? null : (
        <div className={`notice notice-${notice.tone}`}>
          <span>{notice.text}</span>
          <Button look="quiet" onPress={() => workbench.leaveNotice()}>
            Understood
          </Button>
        </div>
      )}
      {trouble === null ? null : (
        <div className="notice notice-problem">
          <span>{trouble}</span>
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
