import { StorageError } from './storage.ts';
import type { StoredText } from './storage.ts';

/** Files over 2 MB are refused: nobody writes a policy of that size, and parsing one would freeze the editor. */
export const maxFileBytes = 2_000_000;

/** The bytes of a file as text with its version; throws for what is no text of ours. */
export async function textOf(path: string, bytes: Uint8Array): Promise<StoredText> {
  checkSize(path, bytes.length);
  return { text: decode(path, bytes), version: await versionOf(bytes) };
}

/** The bytes to write for a text: INVARIANT: `textOf` of them gives the same text again. */
export function bytesOf(path: string, text: string): Uint8Array<ArrayBuffer> {
  // Half of a surrogate pair has no UTF-8 and would silently become U+FFFD.
  if (/\p{Surrogate}/u.test(text)) {
    throw new StorageError(
      'not-utf8',
      `The text for \`${path}\` has half a character in it and cannot be stored.`,
    );
  }
  const bytes = new TextEncoder().encode(text);
  checkSize(path, bytes.length);
  return bytes;
}

export function checkSize(path: string, length: number): void {
  if (length > maxFileBytes) {
    throw new StorageError('too-large', `\`${path}\` is larger than 2 MB, the most that a file may have.`);
  }
}

export async function versionOf(bytes: Uint8Array): Promise<string> {
  // The copy costs nothing that matters and gives the digest the plain buffer that its type asks for.
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    // A byte order mark stays in the text, so that saving an untouched file does not change it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new StorageError('not-utf8', `\`${path}\` is not UTF-8 text.`, { cause: error });
  }
}
