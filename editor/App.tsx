import type { ReactNode } from 'react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';

import { titleIn } from './marks/title-in.ts';
import { ConflictDialog } from './panels/conflict/ConflictDialog.tsx';
import { DocumentPanel } from './panels/document/DocumentPanel.tsx';
import { clausePlace, documentHead } from './panels/document/document-view.ts';
import { EncountersPanel } from './panels/encounters/EncountersPanel.tsx';
import { ExplanationPanel } from './panels/explanation/ExplanationPanel.tsx';
import { FilesPanel } from './panels/files/FilesPanel.tsx';
import { ProblemsPanel } from './panels/problems/ProblemsPanel.tsx';
import { TopBar } from './panels/top-bar/TopBar.tsx';
import { standingOf, unsavedWords } from './panels/top-bar/top-bar-view.ts';
import { commandOf, commands, nextTheme } from './session/commands.ts';
import type { Session, Theme } from './session/session.ts';
import { unsavedFiles } from './session/session.ts';
import { useSession } from './session/use-session.ts';
import type { Workbench } from './session/workbench.ts';
import { Button } from './ui/Button.tsx';
import { EmptyState } from './ui/EmptyState.tsx';
import { isMac } from './ui/platform.ts';
import './app.css';

// The editor is most of what there is to load: the frame is painted before it.
const PolicyEditor = lazy(() => import('./monaco/PolicyEditor.tsx'));
const ConflictDiff = lazy(() => import('./monaco/ConflictDiff.tsx'));

/** The frame: which panel stands where, and which of the workbench's actions each is given. */
export function App({ workbench }: { readonly workbench: Workbench }) {
  const session = useSession(workbench.store, (it) => it);
  const dark = useDark(session.theme);
  useKeys(workbench);
  useWarningBeforeLeaving(unsavedFiles(session).length > 0);

  return (
    <div className="app">
      <TopBar
        workspace={session.workspace}
        standing={standingOf(session)}
        unsaved={unsavedWords(session)}
        theme={session.theme}
        onSave={() => void workbench.save()}
        onTheme={() => workbench.chooseTheme(nextTheme(session.theme))}
        onCommand={(id) => commands.find((command) => command.id === id)?.run(workbench)}
        onFailing={() => workbench.filter('failing')}
      />
      <Notices session={session} onLeave={() => workbench.leaveNotice()} />
      <main className="app-main">{screen(session, workbench, dark)}</main>
      <Settling session={session} workbench={workbench} dark={dark} />
    </div>
  );
}

function screen(session: Session, workbench: Workbench, dark: boolean): ReactNode {
  const { phase } = session;
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
      return <Workspace session={session} workbench={workbench} dark={dark} />;
  }
}

interface PartProps {
  readonly session: Session;
  readonly workbench: Workbench;
  readonly dark: boolean;
}

function Workspace({ session, workbench, dark }: PartProps) {
  const { files, judged, openPath, chosenCase, why } = session;
  const row = judged?.cases.find((it) => it.key === chosenCase) ?? null;
  return (
    <Group orientation="horizontal" className="app-columns">
      <Panel id="files" defaultSize="18%" minSize="160px">
        <FilesPanel
          files={files}
          judged={judged}
          openPath={openPath}
          onOpen={(path) => workbench.chooseFile(path)}
        />
      </Panel>
      <Separator className="split-line" aria-label="Width of the files" />
      <Panel id="middle" defaultSize="47%" minSize="300px">
        <Group orientation="vertical">
          <Panel id="editor" minSize="160px">
            <Editor session={session} workbench={workbench} dark={dark} />
          </Panel>
          <Separator className="split-line" aria-label="Height of the problems" />
          <Panel id="problems" defaultSize="15%" minSize="34px">
            <ProblemsPanel
              diagnostics={judged?.diagnostics ?? null}
              files={files}
              openPath={openPath}
              onJump={(place) => workbench.jump(place)}
            />
          </Panel>
        </Group>
      </Panel>
      <Separator className="split-line" aria-label="Width of the saved encounters" />
      <Panel id="verdicts" defaultSize="35%" minSize="320px">
        <Group orientation="vertical">
          <Panel id="encounters" defaultSize="48%" minSize="150px">
            <EncountersPanel
              judged={judged}
              filter={session.filter}
              search={session.search}
              chosen={chosenCase}
              onFilter={(filter) => workbench.filter(filter)}
              onSearch={(text) => workbench.search(text)}
              onChoose={(key) => workbench.chooseCase(key)}
            />
          </Panel>
          <Separator className="split-line" aria-label="Height of the saved encounters" />
          <Panel id="why" minSize="120px">
            <ExplanationPanel
              row={row}
              why={why}
              onJump={(place) => workbench.jump(place)}
              onCite={(cite) => {
                const place = clausePlace(files, cite);
                if (place) workbench.jump(place);
              }}
            />
          </Panel>
        </Group>
      </Panel>
    </Group>
  );
}

function Editor({ session, workbench, dark }: PartProps) {
  const { files, judged, openPath, why, chosenCase } = session;
  const file = openPath === null ? undefined : files.get(openPath);
  const on = useMemo(
    () => ({
      edit: (path: string, text: string) => workbench.edit(path, text),
      rule: (rule: string) => {
        workbench.filter('all');
        workbench.search(rule);
      },
    }),
    [workbench],
  );
  if (!file) {
    return (
      <section className="document" data-pane="editor" aria-label="No file is open">
        <EmptyState title="No file is open.">
          <p>Choose a policy on the left.</p>
        </EmptyState>
      </section>
    );
  }
  return (
    <DocumentPanel head={documentHead(file, judged)} onSettle={() => workbench.settle(file.path)}>
      <Suspense fallback={<EmptyState title="Making the editor ready …" />}>
        <PolicyEditor
          path={file.path}
          text={file.text}
          title={titleIn(file)}
          dark={dark}
          jump={session.jump}
          diagnostics={judged?.diagnostics ?? nothing}
          rules={judged?.rules ?? nothing}
          explanations={why && why.caseKey === chosenCase ? why.explanations : nothing}
          onEdit={on.edit}
          onRule={on.rule}
        />
      </Suspense>
    </DocumentPanel>
  );
}

const nothing: readonly never[] = [];

function Settling({ session, workbench, dark }: PartProps) {
  const file = session.settling === null ? undefined : session.files.get(session.settling);
  if (!file?.conflict) return null;
  return (
    <ConflictDialog
      title={titleIn(file)}
      removed={file.conflict.text === null}
      onMine={() => void workbench.keepMine(file.path)}
      onTheirs={() => workbench.takeTheirs(file.path)}
      onLeave={() => workbench.leaveSettling()}
    >
      <Suspense fallback={<EmptyState title="Comparing …" />}>
        <ConflictDiff mine={file.text} theirs={file.conflict.text ?? ''} dark={dark} />
      </Suspense>
    </ConflictDialog>
  );
}

function Notices({ session, onLeave }: { readonly session: Session; readonly onLeave: () => void }) {
  const { notice, watchTrouble, unreadable } = session;
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
      {watchTrouble === null ? null : (
        <div className="notice notice-problem">
          <span>Changes that others make may not appear here for now. {watchTrouble}</span>
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

function useDark(theme: Theme): boolean {
  const query = useMemo(() => matchMedia('(prefers-color-scheme: dark)'), []);
  const [systemDark, setSystemDark] = useState(query.matches);
  useEffect(() => {
    const onChange = () => setSystemDark(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, [query]);
  return theme === 'system' ? systemDark : theme === 'dark';
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

/** Encounters can hold what patients told in confidence: nothing is kept in the browser, so leaving asks first. */
function useWarningBeforeLeaving(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const onLeave = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', onLeave);
    return () => removeEventListener('beforeunload', onLeave);
  }, [unsaved]);
}
