/** A file of a bundle; its path begins in the folder of the bundle. */
export interface BundleFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The SHA-256 of bytes, in lower-case hex. The host brings it: Node and browsers have one each. */
export type HashBytes = (bytes: Uint8Array) => Promise<string>;

/** A head of an archive has this much room for a path: a folder, a slash and a name. */
export const longestName = 100;
export const longestFolder = 155;

/** Names that Windows keeps for devices, whatever ending they have. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * What is wrong with a path in a bundle, as the end of a sentence; null for a good one.
 * INVARIANT: joined to a folder, a good path lies below it, on every system, and means the same file everywhere.
 */
export function pathProblem(path: string): string | null {
  if (path === '') return 'is empty';
  if (!/^[\x20-\x7e]*$/.test(path)) return 'has a sign outside of ASCII';
  if (path.includes('\\')) return 'has a backslash';
  if (path.startsWith('/')) return 'is absolute';
  if (/[:*?"<>|]/.test(path)) return 'has a sign that not every system allows in a name';
  const segments = path.split('/');
  if (segments.includes('..')) return 'climbs out of its folder with `..`';
  if (segments.includes('.')) return 'has a step `.`';
  if (segments.includes('')) return 'has nothing before, after or between its slashes';
  if (segments.some((segment) => /^ |[ .]$/.test(segment)))
    return 'has a name that begins or ends in a way not every system keeps';
  if (segments.some((segment) => deviceName.test(segment)))
    return 'has a name that Windows keeps for a device';
  return splitPath(path) === null ? 'is too long for an archive' : null;
}

/** The two parts under which a head holds a path: all of it as a name where that fits. Null where it does not. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } | null {
  if (path.length <= longestName) return { folder: '', name: path };
  const at = path.indexOf('/', path.length - longestName - 1);
  if (at === -1 || at > longestFolder) return null;
  return { folder: path.slice(0, at), name: path.slice(at + 1) };
}

/** Two paths that cannot lie in one folder on every system, as a whole sentence; null where all can. */
export function pathsClash(paths: readonly string[]): string | null {
  const known = new Map<string, string>();
  for (const path of paths) {
    const twin = known.get(path.toLowerCase());
    if (twin === path) return `\`${path}\` is there twice.`;
    if (twin !== undefined)
      return `\`${twin}\` and \`${path}\` differ in capitals alone, and are one file on some systems.`;
    known.set(path.toLowerCase(), path);
  }
  for (const path of paths) {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
      const above = known.get(path.slice(0, at).toLowerCase());
      if (above !== undefined) return `\`${above}\` is a file, and also the folder of \`${path}\`.`;
    }
  }
  return null;
}

export function inPathOrder(files: readonly { readonly path: string }[]): boolean {
  return files.every((file, index) => index === 0 || files[index - 1]!.path < file.path);
}
