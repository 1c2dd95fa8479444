import { deflateSync } from 'fflate';

import { bytesOf } from '../../storage/content.ts';
import { byPath, StorageError } from '../../storage/storage.ts';
import { pathProblem } from '../../storage/workspace-path.ts';
import { crc32 } from './crc32.ts';
import { inflateWithin } from './inflate.ts';
import type { TextFile } from './workspace-zip.ts';

/**
 * What is shared by a link stands in its fragment, the part after `#`, which a browser never sends to any host:
 * `#share=1.<content>.<checksum>`, where the content is deflated JSON in base64url and 1 is the version of this format.
 */
export interface Shared {
  readonly title: string;
  readonly files: readonly TextFile[];
}

export type OpenedLink =
  /** The address has nothing to do with sharing. */
  | { readonly kind: 'none' }
  | { readonly kind: 'shared'; readonly shared: Shared }
  | { readonly kind: 'refused'; readonly reason: string };

const formatVersion = '1';
const mostLetters = 2_000_000;
const mostBytes = 10_000_000;
const mostFiles = 2000;
const longestTitle = 300;

/** The same content gives the same link. */
export function linkFragment({ title, files }: Shared): string {
  const content = [title, [...files].sort(byPath).map(({ path, text }) => [path, text])];
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const packed = deflateSync(bytes, { level: 9 });
  return `share=${formatVersion}.${toBase64Url(packed)}.${checksumOf(packed)}`;
}

/** `address` is that of the playground; what stands behind its `#` is replaced. */
export function linkTo(address: string, shared: Shared): string {
  return `${address.replace(/#.*$/s, '')}#${linkFragment(shared)}`;
}

/** Whatever the fragment is, with its `#` or without: what it holds, or one sentence why it cannot be opened. */
export function openLink(fragment: string): OpenedLink {
  const text = fragment.replace(/^#/, '');
  if (!text.startsWith('share=')) return { kind: 'none' };
  const refused = (reason: string): OpenedLink => ({ kind: 'refused', reason });
  if (text.length > mostLetters) return refused('This link is too long to be opened.');
  const parts = text.slice('share='.length).split('.');
  const [version, content, checksum] = parts;
  if (version !== formatVersion && /^\d{1,4}$/.test(version ?? ''))
    return refused('This link was made by a newer version of Proviso than this page.');
  if (parts.length !== 3 || version !== formatVersion) return refused(incomplete);
  const packed = fromBase64Url(content!);
  if (packed === null || checksumOf(packed) !== checksum) return refused(incomplete);
  const unpacked = inflateWithin(packed, mostBytes);
  if (unpacked.kind === 'too-large') return refused('What this link holds is too large to be opened.');
  if (unpacked.kind === 'damaged') return refused(incomplete);
  const shared = readShared(unpacked.bytes);
  return typeof shared === 'string' ? refused(shared) : { kind: 'shared', shared };
}

const incomplete =
  'This link is incomplete: a part of it was lost on the way. Ask for it again, or for a zip of the workspace.';
const foreign = 'This link was not made by Proviso, or was changed on the way.';

function readShared(bytes: Uint8Array): Shared | string {
  const content = parsed(bytes);
  if (!Array.isArray(content) || content.length !== 2) return foreign;
  const [title, files] = content as [unknown, unknown];
  if (typeof title !== 'string' || title.length > longestTitle || !Array.isArray(files)) return foreign;
  if (files.length === 0) return 'There is nothing in this link.';
  if (files.length > mostFiles) return 'This link holds too many files to be opened.';
  const found = new Map<string, TextFile>();
  for (const file of files as readonly unknown[]) {
    if (!Array.isArray(file) || file.length !== 2) return foreign;
    const [path, text] = file as [unknown, unknown];
    if (typeof path !== 'string' || typeof text !== 'string' || found.has(path)) return foreign;
    const problem = pathProblem(path) ?? problemOf(path, text);
    if (problem !== null) return `This link holds a file that cannot be kept. ${problem.message}`;
    found.set(path, { path, text });
  }
  return { title, files: [...found.values()].sort(byPath) };
}

function problemOf(path: string, text: string): StorageError | null {
  try {
    bytesOf(path, text);
    return null;
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return null;
  }
}

function checksumOf(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}

function toBase64Url(bytes: Uint8Array): string {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Null for what is no base64url. */
function fromBase64Url(text: string): Uint8Array | null {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return null;
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}
