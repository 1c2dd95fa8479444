import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { gunzipSync as nodeGunzip, gzipSync as nodeGzip } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packArchive, largestBundle, unpackArchive } from './archive.ts';
import { pathProblem, pathsClash, splitPath } from './bundle-file.ts';
import type { BundleFile } from './bundle-file.ts';
import { readTar, writeTar } from './tar.ts';

const text = (path: string, content = path): BundleFile => ({
  path,
  bytes: new TextEncoder().encode(content),
});

const long = `${'folder/'.repeat(20)}${'n'.repeat(90)}`;
const files = [text('a.txt', 'x'.repeat(512)), text('b/c.json', '{}'), text(long), text('z', '')];
const archive = packArchive(files);

describe('an archive', () => {
  test('is these bytes, on every machine', () => {
    expect(
      createHash('sha256')
        .update(packArchive([text('a', 'b')]))
        .digest('hex'),
    ).toBe('eca5b39a5410578df52ebc55ce4a471f30953723b742b6502512d75b9b1b7e74');
  });

  test('gives its files back, also those of more than one block', () => {
    const large = { path: 'large', bytes: new Uint8Array(200_000).map((_, index) => index * 7) };
    expect(unpackArchive(packArchive([large, text('small')]))).toEqual({
      files: [large, text('small')],
      problem: null,
    });
    expect(unpackArchive(archive)).toEqual({ files, problem: null });
  });

  test('is read by GNU tar, as files of nobody from 1970', () => {
    const env = { ...process.env, TZ: 'UTC', LC_ALL: 'C' };
    const list = execFileSync('tar', ['-tvzf', '-', '--numeric-owner'], { input: archive, env }).toString();
    expect(list.trimEnd().split('\n')).toEqual(
      files.map(
        ({ path, bytes }) => `-rw-r--r-- 0/0 ${String(bytes.length).padStart(15)} 1970-01-01 00:00 ${path}`,
      ),
    );
    const content = execFileSync('tar', ['-xOzf', '-', long], { input: archive, env });
    expect(content.toString()).toBe(long);
  });

  test('that is cut off anywhere is refused', () => {
    for (let length = 0; length < archive.length; length += 64) {
      expect([length, unpackArchive(archive.subarray(0, length)).problem?.kind]).toEqual([
        length,
        'truncated',
      ]);
    }
  });

  test('with a single bit turned is refused', () => {
    fc.assert(
      fc.property(fc.nat(archive.length * 8 - 1), (bit) => {
        const turned = archive.slice();
        turned[bit >> 3]! ^= 1 << (bit & 7);
        expect(unpackArchive(turned).problem).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [
      'is something else',
      new TextEncoder().encode('PK\u0003\u0004 and so on'),
      'not-an-archive',
      'It is no gzip archive.',
    ],
    [
      'is compressed',
      nodeGzip(nodeGunzip(archive)),
      'not-canonical',
      'The archive was packed by another program',
    ],
    [
      'would grow',
      patched(nodeGzip(new Uint8Array(1_000_000)), (bytes) => bytes.set([0, 0, 0, 0, 0, 4, 3], 3)),
      'compressed',
      'The archive is compressed; that of a bundle is not, so that it cannot grow when it is unpacked.',
    ],
    ['goes on', joined(archive, new Uint8Array(8)), 'trailing', 'Something follows the end of the archive.'],
    ['holds two', joined(archive, archive), 'trailing', 'Something follows the end of the archive.'],
    [
      'has a wrong checksum',
      patched(archive, (bytes) => (bytes[bytes.length - 5]! ^= 1)),
      'damaged',
      'does not match its checksum',
    ],
    [
      'holds no tar',
      gzip(new Uint8Array(2048).fill(65)),
      'not-an-archive',
      'It holds no archive of the kind that bundles are',
    ],
  ])('that %s is refused', (_, bytes, kind, message) => {
    const { problem } = unpackArchive(bytes);
    expect(problem?.kind).toBe(kind);
    expect(problem?.message).toContain(message);
  });

  test('of impossible size is not even looked at', () => {
    expect(unpackArchive({ length: largestBundle + 1 } as Uint8Array).problem?.kind).toBe('too-large');
  });
});

describe('the inside of an archive', () => {
  const tar = writeTar(files);
  const head = (bytes: Uint8Array) => bytes.subarray(0, 512);
  /** The first head changed, with its checksum made right again, as an attacker would. */
  const changed = (change: (head: Uint8Array) => void) =>
    patched(tar, (bytes) => {
      change(head(bytes));
      const sum = head(bytes).reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
      bytes.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    });
  const at = (offset: number, written: string) =>
    changed((head) => head.set(new TextEncoder().encode(written), offset));

  test.each<[string, Uint8Array, string, string]>([
    [
      'a path that climbs out',
      at(0, '../../a'),
      'unsafe-path',
      'The path `../../a` climbs out of its folder with `..`.',
    ],
    [
      'a path that climbs out by its folder',
      at(345, '..'),
      'unsafe-path',
      'The path `../a.txt` climbs out of its folder with `..`.',
    ],
    ['an absolute path', at(0, '/etc/cron'), 'unsafe-path', 'The path `/etc/cron` is absolute.'],
    ['an absolute folder', at(345, '/etc'), 'unsafe-path', 'The path `/etc/a.txt` is absolute.'],
    ['a backslash', at(0, '..\\a'), 'unsafe-path', 'The path `..\\at` has a backslash.'],
    ['a drive', at(0, 'C:a'), 'unsafe-path', 'has a sign that not every system allows'],
    ['a name beyond ASCII', at(0, 'ä'), 'unsafe-path', 'has a sign outside of ASCII'],
    [
      'a line break in a name',
      at(0, 'a\nb'),
      'unsafe-path',
      'The path `a\ufffdbxt` has a sign outside of ASCII.',
    ],
    ['no name', changed((head) => head.fill(0, 0, 100)), 'unsafe-path', 'The path `` is empty.'],
    [
      'a second name behind the first',
      at(50, 'b'),
      'not-canonical',
      'a name that is not written as it must be',
    ],
    [
      'a folder where the name has room',
      at(345, 'b'),
      'not-canonical',
      'a name that is not written as it must be',
    ],
    ['a link', at(156, '1'), 'not-a-file', '`a.txt` is a link to another file; a bundle holds files only.'],
    [
      'a symbolic link',
      at(156, '2/etc/passwd'),
      'not-a-file',
      '`a.txt` is a symbolic link; a bundle holds files only.',
    ],
    ['a device', at(156, '3'), 'not-a-file', '`a.txt` is a device'],
    ['a block device', at(156, '4'), 'not-a-file', '`a.txt` is a device'],
    ['a folder', at(156, '5'), 'not-a-file', '`a.txt` is a folder'],
    ['a pipe', at(156, '6'), 'not-a-file', '`a.txt` is a pipe'],
    ['a special file', at(156, '7'), 'not-a-file', '`a.txt` is a file of a special kind'],
    ['a file of an old format', at(156, '\0'), 'not-a-file', '`a.txt` is a file of an old format'],
    ['an extended head', at(156, 'x'), 'not-a-file', 'which can rename what follows'],
    ['an extended head for all', at(156, 'g'), 'not-a-file', 'which can rename what follows'],
    ['a long name of GNU', at(156, 'L'), 'not-a-file', 'a long name, which renames what follows'],
    ['a long link of GNU', at(156, 'K'), 'not-a-file', 'a long name, which renames what follows'],
    ['a file with holes', at(156, 'S'), 'not-a-file', 'grows when it is unpacked'],
    ['an unknown type', at(156, 'Z'), 'not-a-file', '`a.txt` is of an unknown kind'],
    ['a file that may be run', at(100, '0000755'), 'not-canonical', '`a.txt` carries permissions of its own'],
    ['an owner', at(108, '0000001'), 'not-canonical', 'the number of an owner'],
    ['a group', at(116, '0000001'), 'not-canonical', 'the number of a group'],
    ['a time', at(136, '00000000001'), 'not-canonical', 'carries a time'],
    ['the name of an owner', at(265, 'root'), 'not-canonical', 'the name of an owner'],
    ['the name of a group', at(297, 'root'), 'not-canonical', 'the name of a group'],
    ['the target of a link', at(157, 'b'), 'not-canonical', 'the target of a link'],
    ['the number of a device', at(329, '0000001'), 'not-canonical', 'the number of a device'],
    ['hidden bytes in a head', at(505, 'x'), 'not-canonical', 'hidden bytes'],
    ['another magic', at(257, 'ustar  \0'), 'not-an-archive', 'tar, in the form ustar'],
    [
      'a wrong checksum',
      patched(tar, (bytes) => (bytes[0]! ^= 1)),
      'damaged',
      'File 1 of the archive does not match its checksum',
    ],
    [
      'a size in binary',
      changed((head) => (head[124] = 0x80)),
      'damaged',
      'a size that is not written as it must be',
    ],
    ['a size with spaces', at(124, '      1000'), 'damaged', 'a size that is not written as it must be'],
    ['a size beyond its end', at(124, '77777777777'), 'truncated', 'The archive ends too early'],
    [
      'one empty block at its end',
      tar.subarray(0, tar.length - 512),
      'truncated',
      'The archive ends too early',
    ],
    ['empty blocks at its end', joined(tar, new Uint8Array(512)), 'trailing', 'Something follows'],
    ['files behind its end', joined(tar, tar), 'trailing', 'Something follows'],
    [
      'hidden bytes behind a file',
      patched(tar, (bytes) => (bytes[2 * 512 + 512 + 100] = 1)),
      'not-canonical',
      'There are hidden bytes behind the end of `b/c.json`.',
    ],
    ['a file twice', writeTar([text('a'), text('a')]), 'duplicate', '`a` is there twice.'],
    [
      'a file in capitals too',
      writeTar([text('A'), text('a')]),
      'duplicate',
      '`A` and `a` differ in capitals alone',
    ],
    [
      'a file as a folder',
      writeTar([text('a'), text('a/b')]),
      'duplicate',
      '`a` is a file, and also the folder of `a/b`.',
    ],
    ['another order', writeTar([text('b'), text('a')]), 'reordered', '`a` stands behind `b`'],
  ])('%s is refused', (_, bytes, kind, message) => {
    for (const { problem } of [readTar(bytes), unpackArchive(gzip(bytes))]) {
      expect(problem?.kind).toBe(kind);
      expect(problem?.message).toContain(message);
    }
  });
});

describe('a path', () => {
  test.each([
    ['a', null],
    ['a b/c-d_e.f+g@h', null],
    [`${'f'.repeat(155)}/${'n'.repeat(100)}`, null],
    [`${'f'.repeat(156)}/${'n'.repeat(100)}`, 'is too long for an archive'],
    ['n'.repeat(101), 'is too long for an archive'],
    ['a//b', 'has nothing before, after or between its slashes'],
    ['a/', 'has nothing before, after or between its slashes'],
    ['./a', 'has a step `.`'],
    ['a./b', 'has a name that begins or ends in a way not every system keeps'],
    [' a', 'has a name that begins or ends in a way not every system keeps'],
    ['a/nul.txt', 'has a name that Windows keeps for a device'],
  ])('%s: %s', (path, problem) => {
    expect(pathProblem(path)).toBe(problem);
  });

  test('fits into a head in one way', () => {
    const folder = `${'f'.repeat(50)}/${'g'.repeat(50)}`;
    expect(splitPath(`${folder}/n`)).toEqual({ folder: 'f'.repeat(50), name: `${'g'.repeat(50)}/n` });
  });

  test('may lie beside others of like beginning', () => {
    expect(pathsClash(['a', 'ab', 'ab.c', 'b/a', 'b/c'])).toBeNull();
  });
});

function gzip(tar: Uint8Array): Uint8Array {
  const size = 65535;
  const blocks = Array.from({ length: Math.ceil(tar.length / size) }, (_, index) => {
    const part = tar.subarray(index * size, (index + 1) * size);
    const last = (index + 1) * size >= tar.length ? 1 : 0;
    return joined(
      new Uint8Array([
        last,
        part.length & 255,
        part.length >> 8,
        ~part.length & 255,
        (~part.length >> 8) & 255,
      ]),
      part,
    );
  });
  const packed = nodeGzip(tar, { level: 0 });
  return joined(
    new Uint8Array([31, 139, 8, 0, 0, 0, 0, 0, 4, 3]),
    ...blocks,
    packed.subarray(packed.length - 8),
  );
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function patched(bytes: Uint8Array, patch: (copy: Uint8Array) => void): Uint8Array {
  const copy = new Uint8Array(bytes);
  patch(copy);
  return copy;
}
