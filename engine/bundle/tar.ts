import { longestFolder, longestName, pathProblem, pathsClash, splitPath } from './bundle-file.ts';
import type { BundleFile } from './bundle-file.ts';
import type { BundleProblem } from './problem.ts';
import { problem } from './problem.ts';

/**
 * Tar archives of the one form that bundles have: POSIX ustar, regular files only, in the order of their paths, all of
 * mode 0644, owner 0, time 0 and without names of owners. So equal files give equal bytes.
 *
 * Written here because no library gives this: tar-stream needs Node's streams, nanotar cuts paths at 100 characters,
 * and what both read they repair where it must be refused.
 *
 * The format is `pax`, "ustar Interchange Format", in POSIX.1-2017.
 */

const blockSize = 512;
const magic = 'ustar\x0000';

export function writeTar(files: readonly BundleFile[]): Uint8Array {
  const size = files.reduce((sum, { bytes }) => sum + blockSize + padded(bytes.length), 2 * blockSize);
  const tar = new Uint8Array(size);
  let at = 0;
  for (const { path, bytes } of files) {
    tar.set(headOf(path, bytes.length), at);
    tar.set(bytes, at + blockSize);
    at += blockSize + padded(bytes.length);
  }
  return tar;
}

export type ReadFiles =
  | { readonly files: readonly BundleFile[]; readonly problem: null }
  | { readonly files: null; readonly problem: BundleProblem };

/** Reads what `writeTar` writes, and nothing else: what deviates in one byte is refused, with the first reason. */
export function readTar(tar: Uint8Array): ReadFiles {
  const files: BundleFile[] = [];
  let at = 0;
  for (;;) {
    if (at + blockSize > tar.length) return refuse('truncated', null, endsEarly);
    const head = tar.subarray(at, at + blockSize);
    if (isZero(head)) break;
    const read = readHead(head, files.length + 1);
    if (read.problem) return read;
    const { path, size } = read;
    at += blockSize;
    if (at + padded(size) > tar.length) return refuse('truncated', path, endsEarly);
    const bytes = tar.subarray(at, at + size);
    if (!isZero(tar.subarray(at + size, at + padded(size))))
      return refuse('not-canonical', path, `There are hidden bytes behind the end of \`${path}\`.`);
    files.push({ path, bytes });
    at += padded(size);
  }
  if (at + 2 * blockSize > tar.length) return refuse('truncated', null, endsEarly);
  if (at + 2 * blockSize < tar.length || !isZero(tar.subarray(at)))
    return refuse('trailing', null, 'Something follows the end of the archive.');
  const clash = pathsClash(files.map(({ path }) => path));
  if (clash !== null) return refuse('duplicate', null, clash);
  for (const [index, { path }] of files.entries()) {
    const before = files[index - 1];
    if (before && before.path > path)
      return refuse(
        'reordered',
        path,
        `\`${path}\` stands behind \`${before.path}\`: the files are not in the order of their paths.`,
      );
  }
  return { files, problem: null };
}

const endsEarly = 'The archive ends too early: it did not arrive whole.';

function padded(size: number): number {
  return Math.ceil(size / blockSize) * blockSize;
}

function headOf(path: string, size: number): Uint8Array {
  const parts = splitPath(path);
  if (parts === null) throw new Error(`no head can hold the path ${path}`);
  const head = new Uint8Array(blockSize);
  for (const [name, value] of Object.entries({
    ...constants,
    name: parts.name,
    size: octal(size, 11),
    folder: parts.folder,
  })) {
    put(head, fields[name as Field].at, value);
  }
  put(head, fields.checksum.at, `${octal(checksumOf(head), 6)}\0 `);
  return head;
}

/** The fields of a head, and what is told of one that is not as it must be. */
const fields = {
  name: { at: 0, size: longestName, told: 'a name that is not written as it must be' },
  mode: { at: 100, size: 8, told: 'permissions of its own' },
  owner: { at: 108, size: 8, told: 'the number of an owner' },
  group: { at: 116, size: 8, told: 'the number of a group' },
  size: { at: 124, size: 12, told: 'a size that is not written as it must be' },
  time: { at: 136, size: 12, told: 'a time' },
  checksum: { at: 148, size: 8, told: 'a checksum that is not written as it must be' },
  type: { at: 156, size: 1, told: 'a type' },
  linkTo: { at: 157, size: 100, told: 'the target of a link' },
  magic: { at: 257, size: 8, told: 'another format' },
  ownerName: { at: 265, size: 32, told: 'the name of an owner' },
  groupName: { at: 297, size: 32, told: 'the name of a group' },
  deviceMajor: { at: 329, size: 8, told: 'the number of a device' },
  deviceMinor: { at: 337, size: 8, told: 'the number of a device' },
  folder: { at: 345, size: longestFolder, told: 'a folder that is not written as it must be' },
  rest: { at: 500, size: 12, told: 'hidden bytes' },
} as const;

type Field = keyof typeof fields;

const constants: Readonly<Partial<Record<Field, string>>> = {
  mode: '0000644\0',
  owner: '0000000\0',
  group: '0000000\0',
  time: '00000000000\0',
  type: '0',
  magic,
  deviceMajor: '0000000\0',
  deviceMinor: '0000000\0',
};

/** What a head may stand for that no bundle has, by its type. */
const foreignTypes: Readonly<Record<string, string>> = {
  '\0': 'a file of an old format',
  '1': 'a link to another file',
  '2': 'a symbolic link',
  '3': 'a device',
  '4': 'a device',
  '5': 'a folder',
  '6': 'a pipe',
  '7': 'a file of a special kind',
  g: 'an extended head, which can rename what follows',
  x: 'an extended head, which can rename what follows',
  L: 'a long name, which renames what follows',
  K: 'a long name, which renames what follows',
  S: 'a file with holes, which grows when it is unpacked',
};

type ReadHead =
  | { readonly path: string; readonly size: number; readonly problem: null }
  | { readonly files: null; readonly problem: BundleProblem };

function readHead(head: Uint8Array, position: number): ReadHead {
  const text = (field: Field) => {
    const { at, size } = fields[field];
    return latin(head.subarray(at, at + size));
  };
  const which = `File ${position} of the archive`;
  if (text('magic') !== magic)
    return position === 1
      ? refuse(
          'not-an-archive',
          null,
          'It holds no archive of the kind that bundles are (tar, in the form ustar).',
        )
      : refuse('not-canonical', null, `${which} is written in another form of archive.`);
  const sum = `${octal(checksumOf(head), 6)}\0 `;
  if (text('checksum') !== sum)
    return refuse(
      'damaged',
      null,
      `${which} does not match its checksum: the archive was damaged or changed.`,
    );
  const path = [text('folder'), text('name')].map(untilZero).filter(Boolean).join('/');
  const type = text('type');
  if (type !== '0')
    return refuse(
      'not-a-file',
      path,
      `\`${shown(path)}\` is ${foreignTypes[type] ?? 'of an unknown kind'}; a bundle holds files only.`,
    );
  const wrong = pathProblem(path);
  if (wrong !== null) return refuse('unsafe-path', path, `The path \`${shown(path)}\` ${wrong}.`);
  const written = text('size');
  if (!/^[0-7]{11}\0$/.test(written))
    return refuse('damaged', path, `\`${path}\` carries ${fields.size.told}.`);
  const size = Number.parseInt(written, 8);
  const canonical = headOf(path, size);
  const other = (Object.keys(fields) as Field[]).find((field) => {
    const { at, size } = fields[field];
    return (
      field !== 'checksum' &&
      head.subarray(at, at + size).some((byte, index) => byte !== canonical[at + index])
    );
  });
  return other === undefined
    ? { path, size, problem: null }
    : refuse('not-canonical', path, `\`${path}\` carries ${fields[other].told}, and a bundle carries none.`);
}

/** The sum of all bytes, with the checksum itself read as spaces. */
function checksumOf(head: Uint8Array): number {
  const { at, size } = fields.checksum;
  return head.reduce((sum, byte, index) => sum + (index >= at && index < at + size ? 0x20 : byte), 0);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function put(bytes: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) bytes[at + index] = text.charCodeAt(index);
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function untilZero(text: string): string {
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}

/** A path as it may stand in a sentence. */
function shown(path: string): string {
  return path.replace(/[^\x20-\x7e]/g, '\ufffd');
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function refuse(kind: BundleProblem['kind'], path: string | null, message: string) {
  return { files: null, problem: problem(kind, path, message) } as const;
}
