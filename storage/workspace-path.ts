import { StorageError } from './storage.ts';

/** The folders of a workspace that hold its files. Everything else in the folder is not ours to read or write. */
export const workspaceFolders = ['rules', 'testcases'] as const;

/** Only YAML: policies, lists, sources, encounters and suites all are, and nothing else may be reached through us. */
export const workspaceSuffix = '.yaml';

/**
 * What is wrong with a path as a name alone; null for the path of a workspace file.
 * INVARIANT: joined to the workspace folder, a path without a problem lies below it (links apart; the disk checks those).
 */
export function pathProblem(path: string): StorageError | null {
  const shown = path.replace(/\p{Control}/gu, '\ufffd');
  const unsafe = (why: string) => new StorageError('unsafe-path', `\`${shown}\` ${why}.`);
  const foreign = (why: string) => new StorageError('not-a-workspace-file', `\`${shown}\` ${why}.`);

  if (path === '') return new StorageError('unsafe-path', 'The path of the file is empty.');
  // Control characters (NUL among them) end or garble names; `:` opens a second stream of a file on Windows.
  if (/\p{Control}/u.test(path)) return unsafe('has a control character in its name');
  if (/\p{Surrogate}/u.test(path)) return unsafe('has half a character in its name');
  if (path.includes('\\')) return unsafe('has a backslash; folders are separated by `/`');
  if (path.includes(':')) return unsafe('has a colon, which not every system allows in a name');
  if (path.startsWith('/')) return unsafe('is an absolute path; paths begin at the workspace folder');
  const segments = path.split('/');
  if (segments.includes('..')) return unsafe('climbs out of a folder with `..`');
  if (segments.includes('')) return unsafe('has nothing between two slashes');
  if (segments.includes('.')) return unsafe('has a step `.`; a file has one name only');
  if (segments.some((segment) => segment.startsWith('.')))
    return foreign('is hidden by the dot before its name');

  if (!(workspaceFolders as readonly string[]).includes(segments[0]!) || segments.length < 2) {
    return foreign('is not under `rules/` or `testcases/`');
  }
  if (!path.endsWith(workspaceSuffix)) return foreign('does not end in `.yaml`');
  return null;
}

export function checkPath(path: string): void {
  const problem = pathProblem(path);
  if (problem !== null) throw problem;
}
