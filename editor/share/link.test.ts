import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';

import { crc32 } from './crc32.ts';
import type { Shared } from './link.ts';
import { linkFragment, linkTo, openLink } from './link.ts';

const shared: Shared = {
  title: 'Time of 97530',
  files: [
    { path: 'rules/hns/time/2019-05-01.policy.yaml', text: 'policy: time\n# ≥ 8 minutes\r\n' },
    { path: 'rules/lists/codes.list.yaml', text: '' },
  ],
};

describe('a link', () => {
  test('holds everything in its fragment, in letters that no program changes', () => {
    const link = linkTo('https://example.org/try/index.html?a=b#rules/x.yaml', shared);
    expect(link).toMatch(/^https:\/\/example\.org\/try\/index\.html\?a=b#share=1\.[\w-]+\.[0-9a-f]{8}$/);
    expect(openLink(new URL(link).hash)).toEqual({ kind: 'shared', shared });
  });

  test('is the same for the same files in any order', () => {
    expect(linkFragment({ ...shared, files: shared.files.toReversed() })).toBe(linkFragment(shared));
  });

  test('what goes in comes out, whatever it is', () => {
    const name = fc.stringMatching(/^[a-zé🦴0-9-]{1,12}$/u);
    const anything = fc.record({
      title: fc.string({ unit: 'grapheme', maxLength: 80 }),
      files: fc.uniqueArray(
        fc.record({
          path: name.map((it) => `rules/${it}.yaml`),
          text: fc.string({ unit: 'grapheme', maxLength: 2000 }),
        }),
        { minLength: 1, maxLength: 20, selector: ({ path }) => path },
      ),
    });
    fc.assert(
      fc.property(anything, (it) => {
        const files = it.files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
        expect(openLink(linkFragment(it))).toEqual({ kind: 'shared', shared: { ...it, files } });
      }),
    );
  });
});

describe('what is no link of ours', () => {
  test.each(['', '#', '#rules/a.yaml', '#Share=1', 'share'])('%j', (fragment) => {
    expect(openLink(fragment)).toEqual({ kind: 'none' });
  });
});

describe('a link that cannot be opened', () => {
  const whole = linkFragment(shared);
  const incomplete =
    'This link is incomplete: a part of it was lost on the way. Ask for it again, or for a zip of the workspace.';
  const foreign = 'This link was not made by Proviso, or was changed on the way.';

  test.each([
    ['nothing', 'share=', incomplete],
    ['cut', whole.slice(0, -20), incomplete],
    ['cut in the middle', `${whole.slice(0, 60)}${whole.slice(80)}`, incomplete],
    ['with a full stop after it', `${whole}.`, incomplete],
    ['broken over two lines', `${whole.slice(0, 60)}%20${whole.slice(60)}`, incomplete],
    [
      'of a version to come',
      whole.replace('=1.', '=2.'),
      'This link was made by a newer version of Proviso than this page.',
    ],
    ['of no version', whole.replace('=1.', '=x.'), incomplete],
    ['much too long', `share=1.${'A'.repeat(2_000_001)}.00000000`, 'This link is too long to be opened.'],
    ['a bomb', made(' '.repeat(50_000_000)), 'What this link holds is too large to be opened.'],
    ['no JSON', made('policy: a'), foreign],
    ['no list', made('{"title":"a","files":[]}'), foreign],
    ['no title', made('[1,[]]'), foreign],
    ['a title without end', made(JSON.stringify(['x'.repeat(301), []])), foreign],
    ['no files', made('["a",[]]'), 'There is nothing in this link.'],
    [
      'too many files',
      made(JSON.stringify(['a', Array.from({ length: 2001 }, () => [])])),
      'This link holds too many files to be opened.',
    ],
    ['a file without a text', made('["a",[["rules/a.yaml"]]]'), foreign],
    ['a file whose text is none', made('["a",[["rules/a.yaml",{}]]]'), foreign],
    ['a file twice', made('["a",[["rules/a.yaml",""],["rules/a.yaml",""]]]'), foreign],
    [
      'a path that climbs',
      made('["a",[["../a.yaml",""]]]'),
      'This link holds a file that cannot be kept. `../a.yaml` climbs out of a folder with `..`.',
    ],
    [
      'no workspace file',
      made('["a",[["index.html",""]]]'),
      'This link holds a file that cannot be kept. `index.html` is not under `rules/` or `testcases/`.',
    ],
    [
      'half a character',
      made('["a",[["rules/a.yaml","\\ud83e"]]]'),
      'This link holds a file that cannot be kept. The text for `rules/a.yaml` has half a character in it and cannot be stored.',
    ],
    ['deeper than any list', made('['.repeat(100_000)), foreign],
  ])('%s', (_, fragment, reason) => {
    expect(openLink(fragment)).toEqual({ kind: 'refused', reason });
  });

  test('damage of any kind never throws and never changes a text', () => {
    const slip = fc.record({ at: fc.nat(whole.length - 1), to: fc.string({ maxLength: 2 }) });
    fc.assert(
      fc.property(fc.array(slip, { minLength: 1, maxLength: 4 }), (slips) => {
        let fragment = whole;
        for (const { at, to } of slips) fragment = fragment.slice(0, at) + to + fragment.slice(at + 1);
        const opened = openLink(fragment);
        if (opened.kind === 'refused') expect(opened.reason).toMatch(/^[A-Z].*[.]$/);
        if (opened.kind === 'shared') expect(opened.shared).toEqual(shared);
      }),
      { numRuns: 1000 },
    );
  });

  test('nor do letters that were never a link', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(openLink(`#share=1.${text}`).kind).toBe('refused');
      }),
    );
  });
});

/** A link with a right checksum around any content, as a hostile program would make it. */
function made(content: string): string {
  const packed = deflateSync(new TextEncoder().encode(content));
  return `share=1.${Buffer.from(packed).toString('base64url')}.${crc32(packed).toString(16).padStart(8, '0')}`;
}
