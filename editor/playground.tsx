import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

import { createBrowserDrafts } from '../storage/browser-drafts.ts';
import { createBrowserStorage } from '../storage/browser.ts';
import type { Database } from '../storage/browser/database.ts';
import { openDatabase } from '../storage/browser/database.ts';
import { App } from './App.tsx';
import { PlaygroundBar } from './panels/playground/PlaygroundBar.tsx';
import { SharedPage } from './panels/playground/SharedPage.tsx';
import { openHome } from './session/playground-home.ts';
import { keepSettings, keptSettings } from './session/keep-settings.ts';
import { createSession } from './session/session.ts';
import { pathInAddress } from './session/path-in-address.ts';
import { createStore } from './session/store.ts';
import { openTabs, ownTab } from './session/tab.ts';
import type { Workbench } from './session/workbench.ts';
import { createWorkbench } from './session/workbench.ts';
import type { Shared } from './share/link.ts';
import { openLink } from './share/link.ts';
import { EmptyState } from './ui/EmptyState.tsx';
import { createClient } from './worker/client.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './panels/playground/playground.css';

/** The same workbench for any web host: the files are in the browser's own database, and no server is asked for anything. */
const root = createRoot(document.getElementById('root')!);
const settings = keptSettings();
keepSettings(settings);
void start().catch((error: unknown) => root.render(failure(error)));

async function start(): Promise<void> {
  // A link that is pasted into the address of an open page loads nothing anew by itself.
  addEventListener('hashchange', () => {
    if (openLink(location.hash).kind !== 'none') location.reload();
  });
  // Digests, locks and the clipboard are given to such pages only.
  if (!isSecureContext) throw new Error('Open it by an address that begins with https://.');
  const database = await openDatabase();
  const link = openLink(location.hash);
  if (link.kind === 'none') await openWorkspace(database);
  else showLink(database, link);
}

async function openWorkspace(database: Database): Promise<void> {
  const home = await openHome(database);
  const { current } = home;
  const store = createStore(createSession(settings));
  const client = createClient(newWorker(), (answer) => workbench.answered(answer));
  const workbench: Workbench = createWorkbench({
    store,
    storage: createBrowserStorage(database, current.id),
    client,
    workspaceName: async () => current.name,
    playground: ownAddress(),
    folders: home.folders,
    drafting: {
      drafts: createBrowserDrafts(database, current.id),
      tab: await ownTab(),
      openTabs,
      now: () => new Date().toISOString(),
    },
  });
  store.subscribe(() => {
    const { openPath, settings: now } = store.get();
    keepSettings(now);
    const hash = openPath === null ? '' : `#${openPath}`;
    if (location.hash !== hash) history.replaceState(null, '', location.pathname + location.search + hash);
  });
  root.render(
    <div className="playground">
      <PlaygroundBar home={home} workbench={workbench} />
      <App workbench={workbench} />
    </div>,
  );
  await workbench.open(pathInAddress(location.hash));
}

/** What a link holds is shown, and kept only if that is wanted: nothing is stored before. */
function showLink(database: Database, link: Exclude<ReturnType<typeof openLink>, { kind: 'none' }>): void {
  const leave = (): void => location.replace(ownAddress());
  const keep = async (shared: Shared): Promise<void> => {
    const home = await openHome(database, { withExample: false });
    location.replace(await home.keepAs('shared', shared.title, shared.files));
  };
  root.render(<SharedPage link={link} newWorker={newWorker} onKeep={keep} onLeave={leave} />);
}

function newWorker(): Worker {
  return new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' });
}

function ownAddress(): string {
  return location.origin + location.pathname;
}

function failure(error: unknown): ReactNode {
  return (
    <main>
      <EmptyState title="The playground cannot begin.">
        <p>{error instanceof Error ? error.message : String(error)}</p>
      </EmptyState>
    </main>
  );
}
