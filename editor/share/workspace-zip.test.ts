import fc from 'fast-check';
import { deflateSync, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';

import { maxFileBytes } from '../../storage/content.ts';
import { crc32 } from './crc32.ts';
import { packZip, unpackZip, zipLimits } from './workspace-zip.ts';

test('the checksum is that of zip', () => {
  // The check value of the catalogue of checksums, CRC-32/ISO-HDLC.
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

describe('packing', () => {
  const files = [
    { path: 'testcases/é.encounter.yaml', text: '\ufeffä: 🦴\r\n' },
    { path: 'rules/a.policy.yaml', text: '' },
  ];

  test('another program reads it, in the order of the paths', () => {
    const content = unzipSync(packZip(files));
    expect(Object.entries(content).map(([path, bytes]) => [path, Buffer.from(bytes).toString()])).toEqual([
      ['rules/a.policy.yaml', ''],
      ['testcases/é.encounter.yaml', '\ufeffä: 🦴\r\n'],
    ]);
  });

  test('the same files give the same bytes, in any order', () => {
    expect(packZip(files.toReversed())).toEqual(packZip(files));
  });

  test('at any time and in any place', () => {
    const zone = process.env['TZ'];
    const packed = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'].map((name) => {
      process.env['TZ'] = name;
      return packZip(files);
    });
    process.env['TZ'] = zone ?? '';
    if (zone === undefined) delete process.env['TZ'];
    expect(packed[1]).toEqual(packed[0]);
    expect(packed[2]).toEqual(packed[0]);
  });

  test('what is packed comes out again, whatever it is', async () => {
    const name = fc.stringMatching(/^[a-zé🦴0-9-]{1,12}$/u);
    const anything = fc.uniqueArray(
      fc.record({
        path: fc
          .tuple(fc.constantFrom('rules', 'testcases'), fc.array(name, { maxLength: 3 }), name)
          .map(([top, folders, last]) => [top, ...folders, `${last}.yaml`].join('/')),
        text: fc.string({ unit: 'grapheme', maxLength: 2000 }),
      }),
      { minLength: 1, maxLength: 20, selector: ({ path }) => path },
    );
    await fc.assert(
      fc.asyncProperty(anything, async (some) => {
        const sorted = some.toSorted((a, b) => (a.path < b.path ? -1 : 1));
        expect(await unpackZip(packZip(some))).toEqual({
          kind: 'unpacked',
          files: sorted,
          leftOut: [],
          folder: '',
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe('where the workspace is inside the archive', () => {
  test.each([
    ['at the top', ['rules/a.yaml', 'README.md'], ''],
    ['in a folder', ['main/rules/a.yaml', 'main/README.md'], 'main/'],
    ['deep down', ['x/y/testcases/t.yaml'], 'x/y/'],
    ['in the folder with more of it', ['a/rules/a.yaml', 'b/rules/a.yaml', 'b/testcases/t.yaml'], 'b/'],
    ['not in a copy further down', ['rules/a.yaml', 'old/rules/a.yaml', 'old/rules/b.yaml'], ''],
    ['not in what the Mac adds', ['__MACOSX/rules/._a.yaml', 'x/rules/a.yaml'], 'x/'],
    ['written on Windows', ['main\\rules\\a.yaml'], 'main/'],
    // `rules` is a folder of ours wherever it stands first.
    ['twice the same name', ['rules/rules/a.yaml'], ''],
  ])('%s', async (_, names, folder) => {
    expect(await unpackZip(zipOf(names.map((name) => ({ name, content: 'x' }))))).toMatchObject({
      kind: 'unpacked',
      folder,
    });
  });
});

describe('what is left out, and why', () => {
  const good = { name: 'w/rules/good.yaml', content: 'good' };

  test.each([
    [
      'a path that climbs',
      { name: '../rules/a.yaml' },
      '`../rules/a.yaml` climbs out of a folder with `..`.',
    ],
    [
      'a path that climbs inside',
      { name: 'w/rules/../../a.yaml' },
      '`rules/../../a.yaml` climbs out of a folder with `..`.',
    ],
    [
      'a path that climbs by backslashes',
      { name: 'w\\rules\\..\\..\\a.yaml' },
      '`rules/../../a.yaml` climbs out of a folder with `..`.',
    ],
    [
      'an absolute path',
      { name: '/etc/rules/a.yaml' },
      '`/etc/rules/a.yaml` is an absolute path; paths begin at the workspace folder.',
    ],
    [
      'a path of a Windows disk',
      { name: 'C:/rules/a.yaml' },
      '`C:/rules/a.yaml` has a colon, which not every system allows in a name.',
    ],
    ['another folder', { name: 'other/a.yaml' }, 'It lies outside of `w/`, where the workspace is.'],
    ['no YAML', { name: 'w/rules/README.md' }, '`rules/README.md` does not end in `.yaml`.'],
    ['hidden', { name: 'w/rules/.a.yaml' }, '`rules/.a.yaml` is hidden by the dot before its name.'],
    [
      'locked',
      { name: 'w/rules/a.yaml', flags: 1 },
      '`rules/a.yaml` is locked with a password. Make the archive again without one.',
    ],
    [
      'a link',
      { name: 'w/rules/a.yaml', content: '/etc/passwd', unixKind: 0xa000 },
      '`rules/a.yaml` is a link to another file, which is not followed.',
    ],
    [
      'packed in another way',
      { name: 'w/rules/a.yaml', method: 14 },
      '`rules/a.yaml` is packed in a way that this page does not read. Make the archive again as an ordinary zip.',
    ],
    [
      'too large',
      { name: 'w/rules/a.yaml', content: ' '.repeat(maxFileBytes + 1) },
      '`rules/a.yaml` is larger than 2 MB, the most that a file may have.',
    ],
    [
      'not UTF-8',
      { name: 'w/rules/a.yaml', content: Uint8Array.of(0xff) },
      '`rules/a.yaml` is not UTF-8 text.',
    ],
    ['a name that is not UTF-8', { name: Uint8Array.of(0x77, 0x2f, 0xe9) }, 'Its name is not UTF-8.'],
    [
      'twice the same',
      { name: 'w/rules/good.yaml', content: 'other' },
      '`rules/good.yaml` stands twice in the archive; the first one is taken.',
    ],
  ])('%s', async (_, entry, reason) => {
    const unpacked = await unpackZip(zipOf([good, { content: 'x', ...entry }]));
    expect(unpacked).toMatchObject({
      kind: 'unpacked',
      files: [{ path: 'rules/good.yaml', text: 'good' }],
      leftOut: [{ reason }],
    });
  });

  test('empty folders are nothing to speak of', async () => {
    expect(await unpackZip(zipOf([good, { name: 'w/rules/empty/', content: '' }]))).toMatchObject({
      leftOut: [],
    });
  });
});

describe('what cannot be imported at all', () => {
  const one = (entry: Partial<Entry>) => zipOf([{ name: 'rules/a.yaml', content: 'x', ...entry }]);
  const damaged = 'The archive is damaged at `rules/a.yaml`. Make it again, or download it again.';

  test.each([
    ['nothing', new Uint8Array(), 'This file is not a zip archive.'],
    ['text', new TextEncoder().encode('policy: a\n'), 'This file is not a zip archive.'],
    [
      'half an archive',
      one({}).subarray(0, 40),
      'The archive is damaged or incomplete. Make it again, or download it again.',
    ],
    [
      'an empty archive',
      zipOf([]),
      'There is no workspace in this archive: no folder `rules` or `testcases` with `.yaml` files.',
    ],
    [
      'other things',
      zipOf([{ name: 'photo.jpg', content: 'x' }]),
      'There is no workspace in this archive: no folder `rules` or `testcases` with `.yaml` files.',
    ],
    [
      'only what climbs',
      zipOf([{ name: '../rules/a.yaml', content: 'x' }]),
      'There is no workspace in this archive: no folder `rules` or `testcases` with `.yaml` files.',
    ],
    [
      'everything locked',
      one({ flags: 1 }),
      'Nothing in this archive can be imported. `rules/a.yaml` is locked with a password. Make the archive again without one.',
    ],
    ['a wrong checksum', one({ crc: 1 }), damaged],
    ['a wrong size', one({ size: 2 }), damaged],
    ['not deflated at all', one({ packed: Uint8Array.of(0xff, 0xff) }), damaged],
    ['a bomb that claims to be small', one({ content: ' '.repeat(10_000_000), size: 10 }), damaged],
    [
      'entries that share their bytes',
      zipOf(
        Array.from({ length: 50 }, (_, at) => ({
          name: `rules/${at}.yaml`,
          content: manyLetters,
          shared: true,
        })),
      ),
      'The archive is damaged or incomplete. Make it again, or download it again.',
    ],
  ])('%s', async (_, bytes, reason) => {
    expect(await unpackZip(bytes)).toEqual({ kind: 'refused', reason });
  });

  test.each([
    [
      'too large',
      { archiveBytes: 50 },
      'The archive is larger than 0.00005 MB, the most that can be imported.',
    ],
    ['too many', { files: 1 }, 'The archive has 2 files; the most that can be imported is 1.'],
    [
      'too much when unpacked',
      { totalBytes: 15_000 },
      'The workspace is larger than 0.015 MB when it is unpacked, the most that can be imported.',
    ],
  ])('%s', async (_, limit, reason) => {
    const bytes = zipOf(
      ['a', 'b'].map((name) => ({ name: `rules/${name}.yaml`, content: ' '.repeat(10_000) })),
    );
    expect(await unpackZip(bytes, { ...zipLimits, ...limit })).toEqual({ kind: 'refused', reason });
  });
});

test('damage of any kind never throws, and never changes a text', async () => {
  const files = [
    { path: 'rules/a.policy.yaml', text: 'policy: a\n'.repeat(50) },
    { path: 'testcases/b.suite.yaml', text: 'suite: b\n' },
  ];
  const whole = packZip(files);
  const slip = fc.record({ at: fc.nat(whole.length - 1), to: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(slip, { minLength: 1, maxLength: 5 }),
      fc.option(fc.nat(whole.length)),
      async (slips, cut) => {
        const bytes = whole.slice(0, cut ?? whole.length);
        for (const { at, to } of slips) if (at < bytes.length) bytes[at] = to;
        const unpacked = await unpackZip(bytes);
        if (unpacked.kind === 'refused') expect(unpacked.reason).toMatch(/^[A-Z].*[.]$/);
        else for (const { text } of unpacked.files) expect(files.map((file) => file.text)).toContain(text);
      },
    ),
    { numRuns: 500 },
  );
});

/** Letters that hardly pack. */
const manyLetters = Array.from({ length: 3000 }, (_, at) => ((at * 7919) % 9973).toString(36)).join('');

interface Entry {
  readonly name: string | Uint8Array;
  readonly content: string | Uint8Array;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly packed?: Uint8Array;
  readonly unixKind?: number;
  /** Uses the bytes of the entry before. */
  readonly shared?: boolean;
}

/** An archive as a hostile program would write it: everything it says can be a lie. */
function zipOf(entries: readonly Entry[]): Uint8Array {
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let at = 0;
  let headerAt = 0;
  for (const entry of entries) {
    const name = bytesOf(entry.name);
    const content = bytesOf(entry.content);
    const packed = entry.packed ?? deflateSync(content);
    if (!entry.shared || locals.length === 0) {
      headerAt = at;
      const local = record(30, [
        [0, 0x04034b50, 4],
        [26, name.length, 2],
      ]);
      locals.push(local, name, packed);
      at += 30 + name.length + packed.length;
    }
    const central = record(46, [
      [0, 0x02014b50, 4],
      [5, 3, 1],
      [8, entry.flags ?? 0, 2],
      [10, entry.method ?? 8, 2],
      [16, entry.crc ?? crc32(content), 4],
      [20, packed.length, 4],
      [24, entry.size ?? content.length, 4],
      [28, name.length, 2],
      [38, (entry.unixKind ?? 0x8000) * 0x10000, 4],
      [42, headerAt, 4],
    ]);
    centrals.push(central, name);
  }
  const directory = Buffer.concat(centrals);
  const end = record(22, [
    [0, 0x06054b50, 4],
    [8, entries.length, 2],
    [10, entries.length, 2],
    [12, directory.length, 4],
    [16, at, 4],
  ]);
  return new Uint8Array(Buffer.concat([...locals, directory, end]));
}

function record(
  length: number,
  fields: readonly (readonly [at: number, value: number, bytes: number])[],
): Uint8Array {
  const buffer = Buffer.alloc(length);
  for (const [at, value, bytes] of fields) buffer.writeUIntLE(value, at, bytes);
  return buffer;
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}
