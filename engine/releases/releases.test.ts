import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWorkspace, parseDay, runCases } from '#engine';
import { canonicalJson } from './canonical-json.ts';
import type { Json } from './canonical-json.ts';
import { canonicalFiles, hashFiles, makeManifest, releaseFiles } from './make-release.ts';
import { manifestText, readManifest } from './manifest.ts';
import type { Hash, Manifest, ReleaseName } from './manifest.ts';
import { isOverridable, refusalsOf } from './refusals.ts';
import type { Candidate } from './refusals.ts';
import { verifyReleases } from './verify.ts';
import type { FoundRelease } from './verify.ts';

const hash: Hash = async (text) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('canonical JSON', () => {
  test('has sorted keys on every level, and a line break at its end', () => {
    expect(canonicalJson({ b: [{ z: 1, y: null }], a: 'ü' })).toBe(
      '{\n  "a": "ü",\n  "b": [\n    {\n      "y": null,\n      "z": 1\n    }\n  ]\n}\n',
    );
  });

  test('is one text for equal values, whatever the order of their keys, and says the whole value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value as Json);
        // `-0` is written `0`.
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
        expect(canonicalJson(turned(value as Json))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

/** With the keys of every record the other way round. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => turned(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, Json>)
      .toReversed()
      .map(([key, item]) => [key, turned(item)]),
  );
}

describe('a chain of three releases', () => {
  test('is as it was published', async () => {
    const verified = await verifyReleases({ releases: await chain(), strays: [] }, hash);
    expect(verified.problems).toEqual([]);
    expect(verified.releases.map(({ number, manifest }) => [number, manifest?.why])).toEqual([
      [1, 'reason 1'],
      [2, 'reason 2'],
      [3, 'reason 3'],
    ]);
  });

  const tampering: readonly [
    what: string,
    (releases: readonly FoundRelease[]) => readonly FoundRelease[],
    expected: readonly string[],
  ][] = [
    [
      'a file changed',
      edit(2, 'files/rules/b.yaml', (text) => `${text}# later\n`),
      ['tampered releases/2/files/rules/b.yaml'],
    ],
    [
      'a file that is no text any more',
      (releases) =>
        withFiles(releases, 2, (file) =>
          file.path === 'files/rules/b.yaml'
            ? { path: file.path, text: null, reason: 'It is a link.' }
            : file,
        ),
      ['tampered releases/2/files/rules/b.yaml'],
    ],
    [
      'two files exchanged',
      (releases) => withFiles(releases, 2, (file) => ({ ...file, path: exchanged[file.path] ?? file.path })),
      ['moved releases/2/files/rules/a.yaml', 'moved releases/2/files/rules/b.yaml'],
    ],
    ['a file missing', drop(1, 'files/rules/a.yaml'), ['missing releases/1/files/rules/a.yaml']],
    [
      'a file added',
      (releases) =>
        releases.map((release) =>
          release.number === 3
            ? { ...release, files: [...release.files, { path: 'files/x.yaml', text: '', reason: null }] }
            : release,
        ),
      ['added releases/3/files/x.yaml'],
    ],
    ['a manifest missing', drop(2, 'manifest.json'), ['manifest-missing releases/2/manifest.json']],
    [
      'a manifest that is none',
      edit(2, 'manifest.json', () => '{}'),
      ['manifest-tampered releases/2/manifest.json', 'chain-broken releases/3/manifest.json'],
    ],
    [
      'a manifest of another layout',
      edit(3, 'manifest.json', (text) => JSON.stringify(JSON.parse(text))),
      ['manifest-tampered releases/3/manifest.json'],
    ],
    [
      'another reason in a manifest',
      rewrite(1, (manifest) => ({ ...manifest, why: 'another' })),
      ['chain-broken releases/2/manifest.json'],
    ],
    [
      'the files of a manifest in another order',
      rewrite(3, (manifest) => ({ ...manifest, files: manifest.files.toReversed() })),
      ['reordered releases/3/manifest.json'],
    ],
    [
      'a first release that follows one',
      rewrite(1, (manifest) => ({ ...manifest, previous: { number: 7, sha256: 'x' } })),
      ['chain-broken releases/1/manifest.json', 'chain-broken releases/2/manifest.json'],
    ],
    [
      'a release missing in the middle',
      (releases) => releases.filter(({ number }) => number !== 2),
      ['release-missing releases/2'],
    ],
    [
      'all but a release of a huge number missing',
      (releases) => [{ ...releases[2]!, number: 900_000_000 }],
      ['wrong-number releases/900000000', 'release-missing releases/1'],
    ],
    [
      'two releases exchanged',
      (releases) => [releases[0]!, { ...releases[2]!, number: 2 }, { ...releases[1]!, number: 3 }],
      [
        'wrong-number releases/2',
        'wrong-number releases/3',
        'chain-broken releases/2/manifest.json',
        'chain-broken releases/3/manifest.json',
      ],
    ],
  ];

  test.each(tampering)('%s', async (_, change, expected) => {
    const { problems } = await verifyReleases({ releases: change(await chain()), strays: [] }, hash);
    expect(problems.map(({ kind, path }) => `${kind} ${path}`)).toEqual(expected);
  });

  test('with something else beside it', async () => {
    const { problems } = await verifyReleases({ releases: await chain(), strays: ['notes.txt'] }, hash);
    expect(problems).toEqual([
      {
        kind: 'stray',
        release: null,
        path: 'releases/notes.txt',
        message: '`releases/notes.txt` is no release, and was put there.',
      },
    ]);
  });

  test('no character of any file can be changed unnoticed, but for the last manifest', async () => {
    const releases = await chain();
    const places = releases.flatMap(({ number, files }) => files.map(({ path }) => ({ number, path })));
    const guarded = places.filter(({ number, path }) => number < 3 || path !== 'manifest.json');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...guarded), fc.nat(), async ({ number, path }, at) => {
        const change = edit(number, path, (text) => {
          const place = at % text.length;
          return `${text.slice(0, place)}${text[place] === '~' ? '!' : '~'}${text.slice(place + 1)}`;
        });
        const { problems } = await verifyReleases({ releases: change(releases), strays: [] }, hash);
        expect(problems).not.toEqual([]);
      }),
    );
  });
});

const exchanged: Readonly<Record<string, string>> = {
  'files/rules/a.yaml': 'files/rules/b.yaml',
  'files/rules/b.yaml': 'files/rules/a.yaml',
};

const nothing = { diagnostics: [], suites: [], cases: [], report: runCases([], 0) };

async function chain(): Promise<readonly FoundRelease[]> {
  const releases: FoundRelease[] = [];
  let previous: ReleaseName | null = null;
  for (const number of [1, 2, 3]) {
    const copies = canonicalFiles([
      ['rules/b.yaml', `b: ${number}\n`],
      ['rules/a.yaml', `a:   ${number}\r\n`],
    ]);
    const files = await hashFiles(copies, hash);
    const manifest: Manifest = makeManifest(
      {
        previous,
        who: 'Ada',
        why: `reason ${number}`,
        when: '2024-03-04T09:30:00.000Z',
        files,
        overrides: [],
        approvals: [],
      },
      nothing,
    );
    previous = { number, sha256: await hash(manifestText(manifest)) };
    releases.push({
      number,
      files: releaseFiles(manifest, copies).map((file) => ({ ...file, reason: null })),
    });
  }
  return releases;
}

type Change = (releases: readonly FoundRelease[]) => readonly FoundRelease[];

function withFiles(
  releases: readonly FoundRelease[],
  number: number,
  change: (file: FoundRelease['files'][number]) => FoundRelease['files'][number],
): readonly FoundRelease[] {
  return releases.map((release) =>
    release.number === number ? { number, files: release.files.map(change) } : release,
  );
}

function edit(number: number, path: string, change: (text: string) => string): Change {
  return (releases) =>
    withFiles(releases, number, (file) =>
      file.path === path && file.text !== null ? { ...file, text: change(file.text) } : file,
    );
}

/** By somebody who knows how a manifest is written. */
function rewrite(number: number, change: (manifest: Manifest) => Manifest): Change {
  return edit(number, 'manifest.json', (text) => manifestText(change(readManifest(text).manifest!)));
}

function drop(number: number, path: string): Change {
  return (releases) =>
    releases.map((release) =>
      release.number === number
        ? { number, files: release.files.filter((file) => file.path !== path) }
        : release,
    );
}

describe('what is published', () => {
  test('is in canonical layout, in the order of the paths', () => {
    expect(
      canonicalFiles([
        ['rules/b.yaml', '\uFEFFb: [1,2] # kept\r\n'],
        ['rules/a.yaml', '- no: [yaml\r\n'],
      ]),
    ).toEqual([
      { path: 'rules/a.yaml', text: '- no: [yaml\n' },
      { path: 'rules/b.yaml', text: 'b: [1, 2] # kept\n' },
    ]);
  });

  test.each([
    ['no JSON', 'is not JSON'],
    ['[]', 'does not say `"format": "proviso-release-1"`'],
    ['{"format":"proviso-release-1","number":0}', 'has no sound `number`'],
    ['{"format":"proviso-release-1","number":1,"previous":{}}', 'has no sound `previous`'],
  ])('a manifest that reads %s', (text, problem) => {
    expect(readManifest(text)).toEqual({ manifest: null, problem });
  });
});

describe('what refuses a publication', () => {
  const today = parseDay('2024-03-04')!;
  const when = '2024-03-04T09:30:00.000Z';

  function candidate(files: Readonly<Record<string, string>>, more: Partial<Candidate> = {}): Candidate {
    const workspace = createWorkspace(Object.entries(files).map(([path, text]) => ({ path, text })));
    const report = runCases(workspace.cases, today);
    return { diagnostics: workspace.diagnostics, report, broken: [], when, last: null, ...more };
  }

  const policy = (from: string, cite: string) =>
    [
      'policy: time',
      'title: Time',
      'kind: time-threshold',
      'payers: [acme]',
      `effective: { from: ${from} }`,
      'rules:',
      '  - id: floor',
      '    title: Eight minutes',
      ...(cite === '' ? [] : [`    cite: ${cite}`]),
      '    require: { record.minutes: { atLeast: 8 } }',
      '    otherwise: deny',
      '    message: Too short.',
      '',
    ].join('\n');
  const source = 'source: manual\ntitle: Manual\nclauses:\n  - { id: floor, text: Eight minutes. }\n';
  const suite = (minutes: number) =>
    [
      'suite: time',
      'title: Time',
      'base: encounters/visit.encounter.yaml',
      'cases:',
      '  - id: paid',
      '    title: Is paid',
      `    given: { lines.1.record.minutes: ${minutes} }`,
      '    expect: pay',
      '',
    ].join('\n');
  const encounter = [
    'encounter: visit',
    'title: One',
    'visit: { date: 2024-03-04, payer: acme }',
    'lines:',
    '  - { code: 97530, units: 1, record: { minutes: 15 } }',
    '',
  ].join('\n');
  const sound = {
    'rules/time/2020-01-01.policy.yaml': policy('2020-01-01', 'manual#floor'),
    'rules/sources/manual.source.yaml': source,
    'testcases/encounters/visit.encounter.yaml': encounter,
    'testcases/time.suite.yaml': suite(8),
  };

  const cases: readonly [string, Candidate, readonly string[]][] = [
    ['nothing, of a sound workspace', candidate(sound), []],
    ['a case that fails', candidate({ ...sound, 'testcases/time.suite.yaml': suite(7) }), ['failing-cases']],
    [
      'no cases',
      candidate({
        'rules/time/2020-01-01.policy.yaml': sound['rules/time/2020-01-01.policy.yaml'],
        'rules/sources/manual.source.yaml': source,
      }),
      ['nothing-tested'],
    ],
    [
      'a rule without citation',
      candidate({ ...sound, 'rules/time/2020-01-01.policy.yaml': policy('2020-01-01', '') }),
      ['no-citation'],
    ],
    [
      'another mistake',
      candidate({ ...sound, 'rules/time/2020-01-01.policy.yaml': policy('2020-01-01', 'manual#flor') }),
      ['errors'],
    ],
    [
      'a broken chain',
      candidate(sound, { broken: ['`releases/1/manifest.json` is missing.'] }),
      ['chain-broken'],
    ],
    [
      'the files of the last release',
      candidate(sound, { last: { number: 1, when, sameFiles: true } }),
      ['nothing-changed'],
    ],
    [
      'a clock that went back',
      candidate(sound, { last: { number: 1, when: '2024-03-04T09:30:00.001Z', sameFiles: false } }),
      ['clock-went-back'],
    ],
    [
      'nothing, at the moment of the last release',
      candidate(sound, { last: { number: 1, when, sameFiles: false } }),
      [],
    ],
  ];

  test.each(cases)('%s', (_, given, expected) => {
    expect(refusalsOf(given).map(({ what }) => what)).toEqual(expected);
  });

  test('two revisions on one day', () => {
    const files = {
      ...sound,
      'rules/time/2020-01-01.policy.yaml': policy('2020-01-01 }', 'manual#floor').replace(
        '} }',
        ', to: 2022-01-01 }',
      ),
      'rules/time/2021-01-01.policy.yaml': policy('2021-01-01', 'manual#floor'),
    };
    const refusals = refusalsOf(candidate(files));
    expect(refusals.map(({ what }) => what)).toEqual(['periods-overlap']);
    expect(refusals.map(({ what }) => isOverridable(what))).toEqual([false]);
  });
});
