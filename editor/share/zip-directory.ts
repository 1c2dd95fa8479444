/** One entry of the directory at the end of a zip archive, as it claims to be. */
export interface ZipEntry {
  readonly name: string;
  /** The name is no UTF-8, and `name` shows it with replacement characters. */
  readonly garbledName: boolean;
  readonly encrypted: boolean;
  /** 0 stored, 8 deflated; others are not read. */
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** A symbolic link of Unix. */
  readonly link: boolean;
  readonly headerAt: number;
}

export type ZipDirectory =
  | { readonly kind: 'directory'; readonly entries: readonly ZipEntry[] }
  | { readonly kind: 'refused'; readonly reason: string };

const notAZip = 'This file is not a zip archive.';
const damaged = 'The archive is damaged or incomplete. Make it again, or download it again.';

/**
 * The directory of a zip archive (PKWARE APPNOTE 6.3.3), which says of every entry what it is before anything is unpacked.
 * The package that inflates also reads archives, but it tells neither encryption, nor links, nor damage.
 */
export function readZipDirectory(bytes: Uint8Array, mostEntries: number): ZipDirectory {
  const refused = (reason: string): ZipDirectory => ({ kind: 'refused', reason });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === null) return refused(startsLikeZip(view) ? damaged : notAZip);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff)
    return refused('The archive is of the kind for very large files (zip64), which this page does not read.');
  if (count !== view.getUint16(end + 8, true))
    return refused('The archive is one part of several. Join them first.');
  if (count > mostEntries)
    return refused(`The archive has ${count} files; the most that can be imported is ${mostEntries}.`);

  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) return refused(damaged);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      view.getUint16(at + offset, true),
    );
    const next = at + 46 + nameLength! + extraLength! + commentLength!;
    if (next > end) return refused(damaged);
    entries.push(entryAt(view, at, bytes.subarray(at + 46, at + 46 + nameLength!)));
    at = next;
  }
  // Entries that share their bytes are how a small archive becomes an endless one.
  const packed = entries.reduce((sum, { packedSize }) => sum + packedSize, 0);
  if (packed > bytes.length) return refused(damaged);
  return { kind: 'directory', entries };
}

/** The packed bytes of an entry; null where the archive does not have what its directory says. */
export function packedBytesOf(bytes: Uint8Array, { headerAt, packedSize }: ZipEntry): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (headerAt + 30 > bytes.length || view.getUint32(headerAt, true) !== 0x04034b50) return null;
  const from = headerAt + 30 + view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true);
  return from + packedSize <= bytes.length ? bytes.subarray(from, from + packedSize) : null;
}

/** The last record of an archive stands before a comment of at most 65,535 bytes. */
function endOf(view: DataView): number | null {
  for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 22 - 0xffff; at -= 1) {
    if (
      view.getUint32(at, true) === 0x06054b50 &&
      at + 22 + view.getUint16(at + 20, true) === view.byteLength
    )
      return at;
  }
  return null;
}

function startsLikeZip(view: DataView): boolean {
  return view.byteLength >= 4 && view.getUint32(0, true) === 0x04034b50;
}

function entryAt(view: DataView, at: number, nameBytes: Uint8Array): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const madeOnUnix = view.getUint8(at + 5) === 3;
  const unixKind = (view.getUint32(at + 38, true) >>> 16) & 0xf000;
  const name = decodedName(nameBytes);
  return {
    ...name,
    encrypted: (flags & 0x0041) !== 0,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    link: madeOnUnix && unixKind === 0xa000,
    headerAt: view.getUint32(at + 42, true),
  };
}

function decodedName(bytes: Uint8Array): Pick<ZipEntry, 'name' | 'garbledName'> {
  try {
    return { name: new TextDecoder('utf-8', { fatal: true }).decode(bytes), garbledName: false };
  } catch {
    return { name: new TextDecoder().decode(bytes), garbledName: true };
  }
}
