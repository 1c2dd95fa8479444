import path from 'node:path';
import { createWorkspace, hasErrors } from '#engine';
import type { Workspace } from '#engine';
import type { Arguments, Context } from './command.ts';
import { InputError } from './command.ts';
import { filesAtRevision } from './git-revision.ts';
import { plural } from './print/terminal.ts';
import { releaseFilesIn } from '../publishing/read-releases.ts';
import { inOwnWords, openReleases } from './releases.ts';
import { openWorkspace } from './workspace.ts';

/** How a version is written on the command line, for the notes of commands that take one. */
export const versionNote =
  '`draft` (the folder as it is), `release:<number>` or `release:latest`, a workspace folder, or `git:<revision>`';

/**
 * The workspace that a written version means, free of errors: `draft`, `release:2`, `release:latest`, `git:HEAD`, or a
 * folder. `folder` is the workspace that all but a folder of its own belong to; null: the one we are in.
 * What cannot be had, or has mistakes, is an `InputError`: a rule with a mistake would be left out, and nothing proven
 * of the rest would hold for the whole.
 */
export async function versionOf(
  written: string,
  folder: string | null,
  context: Pick<Context, 'cwd'>,
): Promise<Workspace> {
  const workspace = await readVersion(written, folder, context.cwd);
  if (hasErrors(workspace.diagnostics)) {
    const errors = workspace.diagnostics.filter(({ severity }) => severity === 'error');
    throw new InputError(
      `\`${written}\` has ${plural(errors.length, 'mistake')}, the first in ${errors[0]!.place.path}, and is not used.`,
      '`proviso check` says what is wrong.',
    );
  }
  return workspace;
}

/** The two versions that a command compares, the one before and the one after: `<a> <b>`, of the workspace of `--workspace`. */
export async function twoVersionsOf(
  args: Arguments,
  context: Context,
  hint: string,
): Promise<readonly [before: Workspace, after: Workspace]> {
  const [a, b, ...more] = args.positionals;
  if (a === undefined || b === undefined || more.length > 0)
    throw new InputError('name two versions: the one before and the one after.', hint);
  const folder = args.value('workspace');
  return [await versionOf(a, folder, context), await versionOf(b, folder, context)];
}

/**
 * The release that a written version means; where none is written, the latest if there is any. Null: it means no release.
 * Whether the release is as it was published, `versionOf` says.
 */
export async function releaseOf(
  written: string | null,
  folder: string | null,
  context: Pick<Context, 'cwd'>,
): Promise<{ readonly number: number; readonly sha256: string } | null> {
  const name = /^release:(.*)$/s.exec(written ?? 'release:latest')?.[1];
  if (name === undefined) return null;
  const open = await openWorkspace(folder === null ? [] : [folder], context.cwd);
  const { releases } = await openReleases(open.folder);
  const release =
    name === 'latest' ? releases.at(-1) : releases.find(({ number }) => String(number) === name);
  return release?.sha256 ? { number: release.number, sha256: release.sha256 } : null;
}

async function readVersion(written: string, folder: string | null, cwd: string): Promise<Workspace> {
  const [, kind, name] = /^(release|git):(.*)$/s.exec(written) ?? [];
  if (kind === undefined && written !== 'draft') {
    const open = await openWorkspace([written], cwd);
    if (!open.selectsAll)
      throw new InputError(
        `\`${written}\` is a part of a workspace.`,
        'Name the folder that holds `rules/`.',
      );
    refuseUnreadable(open.contents.unreadable, written);
    return open.workspace;
  }
  const open = await openWorkspace(folder === null ? [] : [folder], cwd);
  switch (kind) {
    case 'release':
      return workspaceOfRelease(open.folder, name!);
    case 'git':
      return workspaceAtRevision(open.folder, name!);
    default:
      refuseUnreadable(open.contents.unreadable, written);
      return open.workspace;
  }
}

/** The files of a release as they were published; what was changed since is not taken for it. */
async function workspaceOfRelease(folder: string, name: string): Promise<Workspace> {
  const read = await openReleases(folder);
  const last = read.found.releases.at(-1);
  if (!last)
    throw new InputError(
      'nothing has been published yet, so there is no release.',
      '`proviso publish` makes one.',
    );
  const number = name === 'latest' ? last.number : /^\d{1,9}$/.test(name) ? Number(name) : null;
  if (number === null || !read.found.releases.some((one) => one.number === number))
    throw new InputError(
      `there is no release \`${name}\`; the last one is ${last.number}.`,
      'Write `release:<number>` or `release:latest`; `proviso history` lists them.',
    );
  const { files } = await inOwnWords(async () => releaseFilesIn(read, number));
  return createWorkspace(files);
}

async function workspaceAtRevision(folder: string, revision: string): Promise<Workspace> {
  const files = await filesAtRevision(path.resolve(folder), revision);
  if (files.length === 0)
    throw new InputError(`\`git:${revision}\` holds no policies: there is no file under \`rules/\` in it.`);
  return createWorkspace(files);
}

function refuseUnreadable(unreadable: readonly { readonly path: string }[], written: string): void {
  const [first] = unreadable;
  if (first)
    throw new InputError(
      `\`${first.path}\` of \`${written}\` cannot be read, and so nothing is said of the whole.`,
      '`proviso check` says why.',
    );
}
