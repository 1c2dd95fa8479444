import { zipSync } from 'fflate';

import { bytesOf, maxFileBytes, textOf } from '../../storage/content.ts';
import { byPath, StorageError } from '../../storage/storage.ts';
import { pathProblem } from '../../storage/workspace-path.ts';
import { crc32 } from './crc32.ts';
import { inflateWithin } from './inflate.ts';
import type { ZipEntry } from './zip-directory.ts';
import { packedBytesOf, readZipDirectory } from './zip-directory.ts';

/** A whole workspace as one zip archive, out of the browser and in again. */

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface LeftOut {
  /** As it stands in the archive. */
  readonly path: string;
  /** A whole sentence for the author. */
  readonly reason: string;
}

export type UnpackedZip =
  | {
      readonly kind: 'unpacked';
      readonly files: readonly TextFile[];
      readonly leftOut: readonly LeftOut[];
      /** The folder of the archive in which the workspace lies; empty: at its top. */
      readonly folder: string;
    }
  | { readonly kind: 'refused'; readonly reason: string };

export interface ZipLimits {
  readonly archiveBytes: number;
  readonly files: number;
  /** All workspace files together, unpacked. */
  readonly totalBytes: number;
}

export const zipLimits: ZipLimits = { archiveBytes: 50_000_000, files: 20_000, totalBytes: 100_000_000 };

/** The same files give the same bytes, wherever and whenever they are packed. */
export function packZip(files: readonly TextFile[]): Uint8Array<ArrayBuffer> {
  // A zip archive keeps local time; the first day it can say is the same one everywhere.
  const mtime = new Date(1980, 0, 1);
  const sorted = [...files].sort(byPath);
  return zipSync(
    Object.fromEntries(sorted.map(({ path, text }) => [path, [bytesOf(path, text), { mtime, level: 9 }]])),
  );
}

/** Whatever the bytes are, the answer is files that can be kept and reasons for the others, or one sentence why nothing can. */
export async function unpackZip(bytes: Uint8Array, limits: ZipLimits = zipLimits): Promise<UnpackedZip> {
  const refused = (reason: string): UnpackedZip => ({ kind: 'refused', reason });
  if (bytes.length > limits.archiveBytes)
    return refused(
      `The archive is larger than ${megabytes(limits.archiveBytes)}, the most that can be imported.`,
    );
  const directory = readZipDirectory(bytes, limits.files);
  if (directory.kind === 'refused') return directory;
  const named = directory.entries
    .map((entry) => ({ ...entry, name: entry.name.replaceAll('\\', '/') }))
    .filter(({ name }) => !name.endsWith('/'));
  const folder = workspaceFolderIn(named);
  if (folder === null)
    return refused(
      'There is no workspace in this archive: no folder `rules` or `testcases` with `.yaml` files.',
    );

  const leftOut: LeftOut[] = [];
  const files = new Map<string, TextFile>();
  let total = 0;
  for (const entry of named) {
    const path = pathIn(folder, entry);
    const reason =
      path === null ? outsideReason(folder, entry) : (problemOf(path, entry) ?? twice(files, path));
    if (path === null || reason !== null) {
      leftOut.push({ path: entry.name, reason: reason ?? '' });
      continue;
    }
    total += entry.size;
    if (total > limits.totalBytes)
      return refused(
        `The workspace is larger than ${megabytes(limits.totalBytes)} when it is unpacked, the most that can be imported.`,
      );
    const content = contentOf(bytes, entry);
    if (content === null)
      return refused(`The archive is damaged at \`${entry.name}\`. Make it again, or download it again.`);
    try {
      files.set(path, { path, text: (await textOf(path, content)).text });
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      leftOut.push({ path: entry.name, reason: error.message });
    }
  }
  if (files.size === 0)
    return refused(`Nothing in this archive can be imported. ${leftOut[0]?.reason ?? ''}`.trim());
  return { kind: 'unpacked', files: [...files.values()].sort(byPath), leftOut, folder };
}

/** Where the layout's root is: the least deep folder with workspace files in it, of several the one with the most. */
function workspaceFolderIn(entries: readonly ZipEntry[]): string | null {
  const counts = new Map<string, number>();
  for (const { name } of entries) {
    if (pathProblem(name)?.code === 'unsafe-path') continue;
    const segments = name.split('/');
    const at = segments.findIndex((_, index) => pathProblem(segments.slice(index).join('/')) === null);
    if (at === -1) continue;
    const folder = segments
      .slice(0, at)
      .map((segment) => `${segment}/`)
      .join('');
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const depth = (folder: string): number => folder.split('/').length;
  const [best] = [...counts].sort(
    ([a, ofA], [b, ofB]) => depth(a) - depth(b) || ofB - ofA || (a < b ? -1 : 1),
  );
  return best?.[0] ?? null;
}

function pathIn(folder: string, { name }: ZipEntry): string | null {
  return name.startsWith(folder) ? name.slice(folder.length) : null;
}

function outsideReason(folder: string, { name }: ZipEntry): string {
  const problem = pathProblem(name);
  if (problem?.code === 'unsafe-path') return problem.message;
  return `It lies outside of \`${folder}\`, where the workspace is.`;
}

function problemOf(path: string, entry: ZipEntry): string | null {
  if (entry.garbledName) return 'Its name is not UTF-8.';
  const problem = pathProblem(path);
  if (problem !== null) return problem.message;
  if (entry.encrypted) return `\`${path}\` is locked with a password. Make the archive again without one.`;
  if (entry.link) return `\`${path}\` is a link to another file, which is not followed.`;
  if (entry.method !== 0 && entry.method !== 8)
    return `\`${path}\` is packed in a way that this page does not read. Make the archive again as an ordinary zip.`;
  // Said by the archive, and believed only in this direction.
  if (entry.size > maxFileBytes) return `\`${path}\` is larger than 2 MB, the most that a file may have.`;
  return null;
}

function twice(files: ReadonlyMap<string, TextFile>, path: string): string | null {
  return files.has(path) ? `\`${path}\` stands twice in the archive; the first one is taken.` : null;
}

/** The unpacked bytes; null where they are not what the archive says of them. */
function contentOf(bytes: Uint8Array, entry: ZipEntry): Uint8Array | null {
  const packed = packedBytesOf(bytes, entry);
  if (packed === null) return null;
  const content = entry.method === 0 ? packed : inflated(packed, entry.size);
  return content?.length === entry.size && crc32(content) === entry.crc ? content : null;
}

function inflated(packed: Uint8Array, size: number): Uint8Array | null {
  const result = inflateWithin(packed, size);
  return result.kind === 'inflated' ? result.bytes : null;
}

function megabytes(bytes: number): string {
  return `${bytes / 1_000_000} MB`;
}
