import { lstat, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { StorageError } from '../storage.ts';
import { checkPath, pathProblem } from '../workspace-path.ts';
import { unlessSystemSays } from './system-error.ts';

/**
 * Where the bytes of a workspace file lie (or would lie) on the disk. `root` must be a real path itself.
 * INVARIANT: every folder of the answer between `root` and the file is a real folder or does not exist yet, so that
 * no link can lead a read or a write out of the workspace.
 * A link to another workspace file is that file: saving writes through it. Any other link is refused.
 */
export async function locate(root: string, path: string): Promise<string> {
  checkPath(path);
  const segments = path.split('/');
  let place = root;
  for (const [index, segment] of segments.entries()) {
    place = join(place, segment);
    const found = await statusOf(place);
    if (found === null) return join(root, ...segments);
    const isLast = index === segments.length - 1;
    if (found.isSymbolicLink()) {
      if (isLast) return followLink(root, path, place);
      throw new StorageError(
        'link',
        `\`${path}\` lies behind a link to a folder; such links are not followed.`,
      );
    }
    if (!isLast && !found.isDirectory()) {
      const file = segments.slice(0, index + 1).join('/');
      throw new StorageError('not-a-file', `\`${path}\` cannot be there: \`${file}\` is not a folder.`);
    }
  }
  return place;
}

async function followLink(root: string, path: string, link: string): Promise<string> {
  const target = await unlessSystemSays(['ENOENT', 'ENOTDIR', 'ELOOP'], null, () => realpath(link));
  if (target === null) throw new StorageError('link', `\`${path}\` is a link that leads nowhere.`);
  const inside = relative(root, target).split(sep).join('/');
  if (pathProblem(inside) !== null) {
    throw new StorageError(
      'link',
      `\`${path}\` is a link to something that is no workspace file; it is not followed.`,
    );
  }
  return target;
}

async function statusOf(place: string) {
  return unlessSystemSays(['ENOENT'], null, () => lstat(place));
}
