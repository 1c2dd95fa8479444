import { gzipSync } from 'fflate';
import type { BundleFile } from './bundle-file.ts';
import { problem } from './problem.ts';
import type { BundleProblem } from './problem.ts';
import { readTar, writeTar } from './tar.ts';
import type { ReadFiles } from './tar.ts';

/** In bytes. No bundle comes near it; a larger one is not even read. */
export const largestBundle = 256 * 1024 * 1024;

/**
 * The bundle as one file, a gzip archive that is not compressed: programs differ in how they compress, and the same
 * files shall be the same bytes everywhere. There is no clock and no host in it either.
 * Files come in the order of their paths.
 */
export function packArchive(files: readonly BundleFile[]): Uint8Array {
  return gzipSync(writeTar(files), { level: 0, mtime: 0 });
}

/**
 * Reads what `packArchive` writes, and nothing else.
 * INVARIANT: files that are given back pack to the very same bytes, so no byte of an archive is without meaning.
 * Nothing can grow while it is unpacked, because what is compressed is refused.
 */
export function unpackArchive(bytes: Uint8Array): ReadFiles {
  if (bytes.length > largestBundle) return refuse('too-large', tooLarge);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)
    return refuse(
      bytes.length < 2 ? 'truncated' : 'not-an-archive',
      bytes.length < 2 ? endsEarly : 'It is no gzip archive.',
    );
  const stored = storedIn(bytes);
  if (stored.problem) return { files: null, problem: stored.problem };
  const read = readTar(stored.content);
  if (read.problem) return read;
  return same(packArchive(read.files), bytes)
    ? read
    : refuse('damaged', 'The archive does not match its checksum: it was damaged or changed.');
}

export const tooLarge = `It is larger than ${largestBundle / 1024 / 1024} MiB, which no bundle is.`;
const endsEarly = 'The archive ends too early: it did not arrive whole.';

/** No name, no time, the method “deflate”; RFC 1952, section 2.3. */
const head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 3];
const trailer = 8;

type Stored =
  | { readonly content: Uint8Array; readonly problem: null }
  | { readonly content: null; readonly problem: BundleProblem };

/** The content of stored blocks; RFC 1951, section 3.2.4. */
function storedIn(bytes: Uint8Array): Stored {
  const no = (kind: BundleProblem['kind'], message: string): Stored => ({
    content: null,
    problem: problem(kind, null, message),
  });
  if (bytes.length < head.length) return no('truncated', endsEarly);
  if (head.some((byte, index) => bytes[index] !== byte))
    return no(
      'not-canonical',
      'The archive was packed by another program, which noted a name, a time or a system.',
    );
  const parts: Uint8Array[] = [];
  let at = head.length;
  for (let last = false; !last;) {
    const first = bytes[at];
    if (first === undefined) return no('truncated', endsEarly);
    if (first > 1)
      return no(
        'compressed',
        'The archive is compressed; that of a bundle is not, so that it cannot grow when it is unpacked.',
      );
    if (at + 5 > bytes.length) return no('truncated', endsEarly);
    const length = bytes[at + 1]! + 256 * bytes[at + 2]!;
    const inverse = bytes[at + 3]! + 256 * bytes[at + 4]!;
    if (length + inverse !== 0xffff)
      return no('damaged', 'The archive contradicts itself: it was damaged or changed.');
    at += 5;
    if (at + length > bytes.length) return no('truncated', endsEarly);
    parts.push(bytes.subarray(at, at + length));
    at += length;
    last = first === 1;
  }
  if (at + trailer > bytes.length) return no('truncated', endsEarly);
  if (at + trailer < bytes.length) return no('trailing', 'Something follows the end of the archive.');
  return { content: joined(parts), problem: null };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function refuse(kind: BundleProblem['kind'], message: string): ReadFiles {
  return { files: null, problem: problem(kind, null, message) };
}
