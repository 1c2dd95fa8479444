import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { createWorkspace, sortDiagnostics } from '#engine';
import type { Diagnostic, Workspace } from '#engine';
import { openDiskStorage } from '../storage/disk.ts';
import { unreadableDiagnostic } from '../publishing/unreadable.ts';
import type { Contents, Storage } from '../storage/storage.ts';
import { InputError } from './command.ts';

/** A workspace on disk with everything that was read of it. */
export interface OpenWorkspace {
  /** Absolute, links resolved. */
  readonly folder: string;
  readonly storage: Storage;
  readonly contents: Contents;
  readonly workspace: Workspace;
  /** Those of the engine, and one for each file that could not be read at all. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether a file, by its path in the workspace, is among those the user named. Without names, every file is. */
  readonly selects: (path: string) => boolean;
  readonly selectsAll: boolean;
}

/** Reads the workspace that the paths mean: a workspace folder, or files and folders of one, or the current one. */
export async function openWorkspace(paths: readonly string[], cwd: string): Promise<OpenWorkspace> {
  const { folder, selected } = await locate(paths, cwd);
  const storage = await openDiskStorage(folder);
  const contents = await storage.readAll();
  const known = [...contents.files, ...contents.unreadable].map((file) => file.path);
  for (const { written, inside } of selected) {
    if (!known.some((file) => isWithin(file, inside))) {
      throw new InputError(
        `\`${written}\` holds no file of the workspace: its files end in \`.yaml\` and are under \`rules/\` or \`testcases/\`.`,
      );
    }
  }
  const workspace = createWorkspace(contents.files);
  const selectsAll = selected.length === 0;
  return {
    folder,
    storage,
    contents,
    workspace,
    diagnostics: sortDiagnostics([
      ...workspace.diagnostics,
      ...contents.unreadable.map(unreadableDiagnostic),
    ]),
    selects: (file) => selectsAll || selected.some(({ inside }) => isWithin(file, inside)),
    selectsAll,
  };
}

/** The workspace folder, for what is about all of it; `why` is said where a part of one was named. */
export async function wholeWorkspace(paths: readonly string[], cwd: string, why: string): Promise<string> {
  const { folder, selected } = await locate(paths, cwd);
  if (selected.length > 0) throw new InputError(why, 'Name the workspace folder, or none.');
  return folder;
}

/** The same, or null where there is no workspace at all, for commands that can do without. */
export async function openWorkspaceIfAny(folder: string): Promise<OpenWorkspace | null> {
  return (await nearestWorkspace(folder)) === null ? null : openWorkspace([], folder);
}

interface Located {
  readonly folder: string;
  readonly selected: readonly { readonly written: string; readonly inside: string }[];
}

async function locate(paths: readonly string[], cwd: string): Promise<Located> {
  if (paths.length === 0) {
    const folder = await nearestWorkspace(cwd);
    if (folder === null) {
      throw new InputError(
        'there is no workspace here: neither this folder nor one above it holds `rules/`.',
        'Name a workspace folder, or go to one; `proviso init` begins a new one.',
      );
    }
    return { folder, selected: [] };
  }
  const found: { written: string; absolute: string; folder: string }[] = [];
  for (const written of paths) {
    const absolute = await existing(written, cwd);
    const folder = await nearestWorkspace(absolute);
    if (folder === null) {
      throw new InputError(`\`${written}\` is not in a workspace: no folder above it holds \`rules/\`.`);
    }
    found.push({ written, absolute, folder });
  }
  const { folder } = found[0]!;
  const other = found.find((one) => one.folder !== folder);
  if (other)
    throw new InputError(
      `\`${found[0]!.written}\` and \`${other.written}\` are in different workspaces; name one at a time.`,
    );
  // The workspace folder itself, beside other paths, means all of it.
  if (found.some(({ absolute }) => absolute === folder)) return { folder, selected: [] };
  return {
    folder,
    selected: found.map(({ written, absolute }) => ({
      written,
      inside: path.relative(folder, absolute).split(path.sep).join('/'),
    })),
  };
}

/** The folder that the workbench is to be opened on; null: the workspace one is in. What is wrong with it is said. */
export async function folderToOpen(written: string | null, cwd: string): Promise<string> {
  if (written === null) return (await locate([], cwd)).folder;
  const absolute = path.resolve(cwd, written);
  const status = await stat(absolute).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES' || error.code === 'EPERM') throw notReadable(written);
    throw new InputError(
      `there is no folder \`${written}\`.`,
      `\`proviso init ${quoted(written)}\` makes one, with a small example.`,
    );
  });
  if (!status.isDirectory()) {
    throw new InputError(
      `\`${written}\` is a file, not a folder.`,
      'Name the workspace folder that it is in.',
    );
  }
  // To look into a folder and to go into it are two permissions.
  for (const look of [() => readdir(absolute), () => stat(path.join(absolute, 'rules'))]) {
    await look().catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES' || error.code === 'EPERM') throw notReadable(written);
    });
  }
  const real = await realpath(absolute);
  const folder = await nearestWorkspace(real);
  // A folder beside `rules/` is not what the author means by the workspace above it.
  const inside = folder === null ? [] : path.relative(folder, real).split(path.sep);
  if (folder !== null && ['', 'rules', 'testcases'].includes(inside[0]!)) return folder;
  throw new InputError(
    `\`${written}\` holds no policies: there is no \`rules\` folder in it.`,
    `\`proviso init ${quoted(written)}\` begins a workspace there, with a small example.`,
  );
}

function notReadable(written: string): InputError {
  return new InputError(
    `\`${written}\` cannot be read: the system does not permit it.`,
    'Look who owns the folder and what its permissions are.',
  );
}

/** As it must be typed again. */
export function quoted(written: string): string {
  return /^[\w./~-]+$/.test(written) ? written : `"${written}"`;
}

/** The nearest folder, from here upwards, that holds `rules/`. */
export async function nearestWorkspace(from: string): Promise<string | null> {
  for (let folder = await realpath(from).catch(() => from); ; folder = path.dirname(folder)) {
    if (await isWorkspace(folder)) return folder;
    if (path.dirname(folder) === folder) return null;
  }
}

export async function isWorkspace(folder: string): Promise<boolean> {
  return isFolder(path.join(folder, 'rules'));
}

/** A link to a file keeps its own name, since the workspace knows it by that; the folders above it are resolved. */
async function existing(written: string, cwd: string): Promise<string> {
  const absolute = path.resolve(cwd, written);
  if (written === '' || (await stat(absolute).catch(() => null)) === null) {
    throw new InputError(`there is no file or folder \`${written}\`.`);
  }
  if (await isFolder(absolute)) return realpath(absolute);
  return path.join(await realpath(path.dirname(absolute)), path.basename(absolute));
}

async function isFolder(absolute: string): Promise<boolean> {
  return (await stat(absolute).catch(() => null))?.isDirectory() ?? false;
}

function isWithin(file: string, inside: string): boolean {
  return file === inside || file.startsWith(`${inside}/`);
}
