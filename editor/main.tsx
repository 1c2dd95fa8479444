import { createRoot } from 'react-dom/client';

import { createHttpExporting } from '../publishing/http-exporting.ts';
import { createHttpPublishing } from '../publishing/http-publishing.ts';
import { createHttpDrafts } from '../storage/http-drafts.ts';
import { createHttpStorage } from '../storage/http.ts';
import { App } from './App.tsx';
import { createHttpFolders } from './session/folders.ts';
import { createSession } from './session/session.ts';
import { pathInAddress } from './session/path-in-address.ts';
import { createStore } from './session/store.ts';
import { openTabs, ownTab } from './session/tab.ts';
import { keepSettings, keptSettings } from './session/keep-settings.ts';
import type { Workbench } from './session/workbench.ts';
import { createWorkbench } from './session/workbench.ts';
import { createClient } from './worker/client.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';

/** Wires the real storage and the real worker to the session, and draws it. */
const store = createStore(createSession(keptSettings()));
const port = new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' });
const client = createClient(port, (answer) => workbench.answered(answer));
const tab = await ownTab();
// By the same name, so that the server knows of which tabs the drafts are that it keeps.
const storage = createHttpStorage({ client: tab });
const workbench: Workbench = createWorkbench({
  store,
  storage,
  client,
  publishing: createHttpPublishing({ client: tab, hear: storage.hear }),
  exporting: createHttpExporting({ client: tab }),
  drafting: { drafts: createHttpDrafts(), tab, openTabs, now: () => new Date().toISOString() },
  folders: createHttpFolders((address) => {
    // A browser that lets no new tab come up goes there in this one: what is unsaved is kept.
    if (window.open(address) === null) location.assign(address);
  }),
  workspaceName: async () => ((await (await fetch('/api/workspace')).json()) as { name: string }).name,
});

// The open file stands in the address, so that a reload and a bookmark come back to it.
store.subscribe(() => {
  const { openPath, settings } = store.get();
  keepSettings(settings);
  const hash = openPath === null ? '' : `#${openPath}`;
  if (location.hash !== hash) history.replaceState(null, '', hash === '' ? location.pathname : hash);
});

keepSettings(store.get().settings);
createRoot(document.getElementById('root')!).render(<App workbench={workbench} />);
void workbench.open(pathInAddress(location.hash));
