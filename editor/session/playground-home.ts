import type { Database, WorkspaceRecord } from '../../storage/browser/database.ts';
import type { TextFile } from '../../storage/browser/workspaces.ts';
import { createBrowserWorkspaces } from '../../storage/browser/workspaces.ts';
import type { Folders } from './folders.ts';

/** The workspaces of this browser, one of which is open. What changes them ends with an address to go to. */
export interface PlaygroundHome {
  readonly current: WorkspaceRecord;
  /** All of them, for the menu of workspaces; each opens in a tab of its own. */
  readonly folders: Folders;
  /** A new workspace beside the others; a name that is taken gets a number. Gives its address. */
  keepAs(origin: 'imported' | 'shared', name: string, files: readonly TextFile[]): Promise<string>;
  /** The example as it was shipped, in place of what was made of it. */
  startOver(): Promise<string>;
  removeCurrent(): Promise<string>;
}

const example: WorkspaceRecord = { id: 'example', name: 'Example', origin: 'example', made: 0 };
const lastKey = 'proviso.playground.workspace';

/** Opens the workspace that the address names, else the last one; makes the example where there is none yet. */
export async function openHome(
  database: Database,
  { withExample = true }: { readonly withExample?: boolean } = {},
): Promise<PlaygroundHome> {
  const workspaces = createBrowserWorkspaces(database);
  if (withExample && !(await workspaces.list()).some(({ id }) => id === example.id)) {
    await workspaces.replace(example, await exampleFiles());
  }
  const all = await workspaces.list();
  const asked = new URLSearchParams(location.search).get('workspace') ?? localStorage.getItem(lastKey);
  const current = all.find(({ id }) => id === asked) ?? example;
  if (withExample) localStorage.setItem(lastKey, current.id);
  const addressOf = ({ id }: Pick<WorkspaceRecord, 'id'>): string =>
    `${location.pathname}?workspace=${encodeURIComponent(id)}`;

  return {
    current,
    folders: {
      list: async () =>
        (await workspaces.list()).map((workspace) => ({
          id: workspace.id,
          name: workspace.name,
          folder: originWords(workspace),
          isHere: workspace.id === current.id,
        })),
      open: async (id) => void window.open(addressOf({ id })),
      // Nothing is taken off the list by itself: a workspace goes only when its author removes it.
      forget: async () => undefined,
    },
    async keepAs(origin, name, files) {
      const now = await workspaces.list();
      const workspace = { id: crypto.randomUUID(), name: freeName(name, now), origin, made: Date.now() };
      await workspaces.create(workspace, files);
      // Asked where it matters: what somebody imports should not go when the disk gets full.
      await navigator.storage.persist();
      return addressOf(workspace);
    },
    async startOver() {
      await workspaces.replace(example, await exampleFiles());
      return addressOf(example);
    },
    async removeCurrent() {
      await workspaces.remove(current.id);
      return addressOf(example);
    },
  };
}

/** Where a workspace comes from: `From a zip, 2026-11-24`. */
export function originWords({ origin, made }: Pick<WorkspaceRecord, 'origin' | 'made'>): string {
  if (origin === 'example') return 'Came with this page';
  const day = new Date(made).toLocaleDateString('sv-SE');
  return origin === 'imported' ? `From a zip, ${day}` : `From a link, ${day}`;
}

export function freeName(name: string, taken: readonly { readonly name: string }[]): string {
  const wanted = name.trim() === '' ? 'Workspace' : name.trim();
  const names = new Set(taken.map((it) => it.name));
  if (!names.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    if (!names.has(`${wanted} (${number})`)) return `${wanted} (${number})`;
  }
}

/** A file beside the page, and the only thing that the page ever fetches. */
async function exampleFiles(): Promise<readonly TextFile[]> {
  const response = await fetch(new URL('./example.zip', document.baseURI), { cache: 'no-cache' });
  const { unpackZip } = await import('../share/workspace-zip.ts');
  const unpacked = response.ok ? await unpackZip(new Uint8Array(await response.arrayBuffer())) : null;
  if (unpacked?.kind === 'unpacked') return unpacked.files;
  throw new Error('The example is missing beside this page. Tell whoever put the playground on this host.');
}
