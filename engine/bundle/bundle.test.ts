import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../releases/canonical-json.ts';
import { unpackArchive } from './archive.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { BundleFile, HashBytes } from './bundle-file.ts';
import { manifestPath, signaturePath } from './bundle-manifest.ts';
import type { BundleManifest } from './bundle-manifest.ts';
import { bundleArchive, makeBundle, withSignature } from './make-bundle.ts';
import type { Bundle, BundleContent } from './make-bundle.ts';
import type { Signer, TrustedKey } from './signature.ts';
import { verifyBundle } from './verify-bundle.ts';

const hash: HashBytes = async (bytes) => createHash('sha256').update(bytes).digest('hex');
const content: BundleContent = {
  semantics: 1,
  release: { number: 3, sha256: 'a'.repeat(64) },
  workspace: [
    { path: 'rules/sources/manual.source.yaml', text: 'source: manual\n' },
    { path: 'rules/acme/time/2020-01-01.policy.yaml', text: 'policy: time\n' },
    { path: 'rules/acme/time/2019-01-01.policy.yaml', text: 'policy: time # “old”\n' },
  ],
  policies: [
    {
      id: 'time',
      title: 'Time',
      payers: ['acme'],
      effective: { from: '2020-01-01', to: null },
      received: { from: null, to: '2020-03-31' },
      path: 'rules/acme/time/2020-01-01.policy.yaml',
    },
    {
      id: 'time',
      title: 'Time',
      payers: ['acme'],
      effective: { from: '2019-01-01', to: '2019-12-31' },
      received: null,
      path: 'rules/acme/time/2019-01-01.policy.yaml',
    },
  ],
  sources: [{ id: 'manual', title: 'Manual', publisher: 'Acme', address: 'https://acme.example', read: '' }],
  targets: [
    {
      id: 'sql',
      title: 'SQL',
      losses: [
        {
          what: 'Messages do not come along.',
          rule: 'time/minutes',
          at: { path: 'rules/acme/time/2020-01-01.policy.yaml', line: 4 },
        },
      ],
      files: [{ path: 'policy.sql', text: 'SELECT 1;\n' }],
    },
    {
      id: 'javascript',
      title: 'JavaScript',
      losses: [],
      files: [{ path: 'policy.mjs', text: 'export {};\n' }],
    },
  ],
  kit: [{ id: 'one', tag: 'saved', encounter: {}, expected: {} }],
  proofs: [{ proven: false, target: 'sql', why: 'There is no database here.' }],
  verifier: '// checks\n',
};

async function made(of: BundleContent = content): Promise<Bundle> {
  const { bundle, problems } = await makeBundle(of, hash);
  expect(problems).toEqual([]);
  return bundle!;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (files: readonly BundleFile[], path: string) =>
  new TextDecoder().decode(files.find((file) => file.path === path)!.bytes);

describe('a bundle', () => {
  test('says what it holds, in one order, and is known by the hash of that', async () => {
    const bundle = await made();
    const manifest = JSON.parse(textOf(bundle.files, manifestPath)) as BundleManifest;
    const listed = [
      'conformance/kit.jsonl',
      'conformance/proof.json',
      'conformance/verify.mjs',
      'source/rules/acme/time/2019-01-01.policy.yaml',
      'source/rules/acme/time/2020-01-01.policy.yaml',
      'source/rules/sources/manual.source.yaml',
      'targets/javascript/policy.mjs',
      'targets/sql/policy.sql',
    ];
    expect(bundle.files.map((file) => file.path)).toEqual([...listed, manifestPath].toSorted());
    expect(bundle.revision).toBe(await hash(bytesOf(textOf(bundle.files, manifestPath))));
    expect(manifest.files.map((file) => file.path)).toEqual(listed);
    expect(manifest.files[3]).toEqual({
      path: listed[3],
      bytes: 25,
      sha256: await hash(bytesOf('policy: time # “old”\n')),
    });
    expect({ ...manifest, files: null }).toEqual({
      format: 'proviso-bundle-1',
      semantics: 1,
      release: content.release,
      policies: [
        { ...content.policies[1], path: listed[3], revision: manifest.files[3]!.sha256 },
        { ...content.policies[0], path: listed[4], revision: manifest.files[4]!.sha256 },
      ],
      sources: content.sources,
      targets: [
        { id: 'javascript', title: 'JavaScript', losses: [] },
        {
          id: 'sql',
          title: 'SQL',
          losses: [
            {
              ...content.targets[0]!.losses[0],
              at: { path: `source/rules/acme/time/2020-01-01.policy.yaml`, line: 4 },
            },
          ],
        },
      ],
      kit: { path: 'conformance/kit.jsonl', encounters: 1 },
      proof: { path: 'conformance/proof.json' },
      files: null,
    });
  });

  test('is the same bytes in whatever order its contents come', async () => {
    const turned = {
      ...content,
      workspace: content.workspace.toReversed(),
      policies: content.policies.toReversed(),
      targets: content.targets.toReversed(),
    };
    expect(bundleArchive(await made(turned))).toEqual(bundleArchive(await made()));
  });

  test('is the same bytes in other time zones and languages', async () => {
    const script = [
      `import { createHash } from 'node:crypto';`,
      `import { bundleArchive, makeBundle } from './engine/index.ts';`,
      `const hash = async (bytes) => createHash('sha256').update(bytes).digest('hex');`,
      `const { bundle } = await makeBundle(JSON.parse(process.env.CONTENT), hash);`,
      `process.stdout.write(await hash(bundleArchive(bundle)));`,
    ].join('\n');
    const elsewhere = async (env: NodeJS.ProcessEnv) => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '-e', script],
        {
          cwd: path.join(import.meta.dirname, '../..'),
          env: { ...process.env, CONTENT: JSON.stringify(content), ...env },
        },
      );
      return stdout;
    };
    const here = await hash(bundleArchive(await made()));
    expect(
      await Promise.all([
        elsewhere({ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }),
        elsewhere({ TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' }),
      ]),
    ).toEqual([here, here]);
  });

  test('does not take names that an archive cannot hold', async () => {
    const policy = { path: 'rules/über.policy.yaml', text: '' };
    const doubled = { path: 'rules/SOURCES/manual.source.yaml', text: '' };
    const { problems } = await makeBundle(
      { ...content, workspace: [...content.workspace, policy, doubled] },
      hash,
    );
    expect(problems.map(({ kind, message }) => [kind, message])).toEqual([
      [
        'unsafe-path',
        '`source/rules/über.policy.yaml` cannot go into a bundle: its path has a sign outside of ASCII.',
      ],
      [
        'duplicate',
        '`source/rules/SOURCES/manual.source.yaml` and `source/rules/sources/manual.source.yaml` differ in capitals alone, and are one file on some systems.',
      ],
    ]);
  });
});

describe('verifying', () => {
  const [own, foreign] = [keyPair(), keyPair()];

  test('finds nothing wrong with what was made, also after it was packed', async () => {
    const bundle = await made();
    const { files } = unpackArchive(bundleArchive(bundle));
    expect(await verifyBundle(files!, hash, null)).toEqual({
      manifest: bundle.manifest,
      revision: bundle.revision,
      signature: { kind: 'unsigned' },
      problems: [],
    });
  });

  test('a signature leaves the revision, and is good with its key', async () => {
    const bundle = await made();
    const signed = await withSignature(bundle, '2024-03-04T09:30:00.000Z', own.signer);
    expect(signed.revision).toBe(bundle.revision);
    const { files } = unpackArchive(bundleArchive(signed));
    const { signature, problems } = await verifyBundle(files!, hash, own.key);
    expect(problems).toEqual([]);
    expect(signature).toEqual({ kind: 'good', keyId: own.key.keyId, exported: '2024-03-04T09:30:00.000Z' });
    expect((await verifyBundle(files!, hash, null)).signature).toEqual({
      kind: 'unchecked',
      keyId: own.key.keyId,
    });
  });

  test('what is signed is a statement of in-toto about the manifest, with the proofs', async () => {
    const signed = await withSignature(await made(), '2024-03-04T09:30:00.000Z', own.signer);
    const envelope = JSON.parse(textOf(signed.files, signaturePath)) as {
      payloadType: string;
      payload: string;
      signatures: { sig: string }[];
    };
    const payload = Buffer.from(envelope.payload, 'base64');
    expect(JSON.parse(payload.toString())).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'manifest.json', digest: { sha256: signed.revision } }],
      predicateType: 'urn:proviso:bundle-proof:1',
      predicate: { exported: '2024-03-04T09:30:00.000Z', proofs: content.proofs },
    });
    // Written out as DSSE has it, so that a mistake in ours cannot hide in both sides.
    const encoded = Buffer.concat([
      Buffer.from(`DSSEv1 28 application/vnd.in-toto+json ${payload.length} `),
      payload,
    ]);
    expect(envelope.payloadType).toHaveLength(28);
    expect(verify(null, encoded, own.publicKey, Buffer.from(envelope.signatures[0]!.sig, 'base64'))).toBe(
      true,
    );
  });

  type Change = (
    files: readonly BundleFile[],
    bundle: Bundle,
  ) => readonly BundleFile[] | Promise<readonly BundleFile[]>;
  const without =
    (path: string): Change =>
    (files) =>
      files.filter((file) => file.path !== path);
  const put =
    (path: string, text: string): Change =>
    (files) => [...files.filter((file) => file.path !== path), { path, bytes: bytesOf(text) }];
  const replaced =
    (path: string, from: string | RegExp, to: string): Change =>
    (files, bundle) => {
      const text = textOf(files, path);
      expect(text.replace(from, to)).not.toBe(text);
      return put(path, text.replace(from, to))(files, bundle);
    };
  /** The manifest changed as a value, and laid out as Proviso does. */
  const manifest =
    (change: (manifest: BundleManifest) => object): Change =>
    (files, bundle) =>
      put(manifestPath, canonicalJson(change(bundle.manifest) as never))(files, bundle);

  test.each<[string, Change, readonly (readonly [kind: string, message: string])[]]>([
    [
      'a changed file',
      put('targets/sql/policy.sql', 'SELECT 2;\n'),
      [['tampered', '`targets/sql/policy.sql` was changed since the bundle was made.']],
    ],
    [
      'a file in place of another',
      put('targets/sql/policy.sql', 'export {};\n'),
      [
        [
          'moved',
          '`targets/sql/policy.sql` was changed: it holds what belongs in `targets/javascript/policy.mjs`.',
        ],
      ],
    ],
    [
      'a missing file',
      without('conformance/kit.jsonl'),
      [['missing', '`conformance/kit.jsonl` is missing: the manifest lists it.']],
    ],
    [
      'a file too many',
      put('targets/sql/more.sql', ''),
      [['added', '`targets/sql/more.sql` was added: the manifest does not list it.']],
    ],
    [
      'no manifest',
      without(manifestPath),
      [['manifest-missing', 'There is no `manifest.json`: this is no bundle, or not a whole one.']],
    ],
    [
      'a manifest that is no JSON',
      put(manifestPath, '{'),
      [['manifest-tampered', '`manifest.json` was changed: it is not JSON.']],
    ],
    [
      'a manifest of something else',
      put(manifestPath, '{}'),
      [['manifest-tampered', '`manifest.json` was changed: it does not say `"format": "proviso-bundle-1"`.']],
    ],
    [
      'a manifest in another layout',
      replaced(manifestPath, '{\n', '{\n\n'),
      [['manifest-tampered', '`manifest.json` was changed: it is not laid out as Proviso writes it.']],
    ],
    [
      'a manifest with a key twice',
      replaced(manifestPath, '"semantics": 1', '"semantics": 2,\n  "semantics": 1'),
      [['manifest-tampered', '`manifest.json` was changed: it is not laid out as Proviso writes it.']],
    ],
    [
      'a manifest with a key that nobody knows',
      manifest((one) => ({ ...one, more: 1 })),
      [['manifest-tampered', '`manifest.json` was changed: it has no sound `more`.']],
    ],
    [
      'a manifest with a wrong value',
      manifest((one) => ({ ...one, kit: { ...one.kit, encounters: -1 } })),
      [['manifest-tampered', '`manifest.json` was changed: it has no sound `kit`.']],
    ],
    [
      'a manifest that lists too little',
      manifest((one) => ({
        ...one,
        files: one.files.filter(({ path }) => path !== 'source/rules/sources/manual.source.yaml'),
      })),
      [['added', '`source/rules/sources/manual.source.yaml` was added: the manifest does not list it.']],
    ],
    [
      'a manifest that lists too much',
      manifest((one) => ({ ...one, files: [...one.files, { path: 'z', bytes: 0, sha256: '0'.repeat(64) }] })),
      [['missing', '`z` is missing: the manifest lists it.']],
    ],
    [
      'a manifest that lists itself',
      manifest((one) => ({
        ...one,
        files: [
          ...one.files.slice(0, 3),
          { path: manifestPath, bytes: 0, sha256: '0'.repeat(64) },
          ...one.files.slice(3),
        ],
      })),
      [
        [
          'manifest-tampered',
          '`manifest.json` was changed: it lists `manifest.json`, which it cannot vouch for.',
        ],
        ['tampered', '`manifest.json` was changed since the bundle was made.'],
      ],
    ],
    [
      'a manifest in another order',
      manifest((one) => ({ ...one, files: one.files.toReversed() })),
      [
        [
          'reordered',
          '`manifest.json` was changed: its files are not in the order of their paths, each once.',
        ],
      ],
    ],
    [
      'a manifest with a file twice',
      manifest((one) => ({ ...one, files: [one.files[0], ...one.files] })),
      [
        [
          'reordered',
          '`manifest.json` was changed: its files are not in the order of their paths, each once.',
        ],
      ],
    ],
    [
      'a manifest with another size',
      manifest((one) => ({
        ...one,
        files: one.files.map((file) =>
          file.path === 'targets/sql/policy.sql' ? { ...file, bytes: 9 } : file,
        ),
      })),
      [['tampered', '`targets/sql/policy.sql` was changed since the bundle was made.']],
    ],
    [
      'a target of which nothing came',
      manifest((one) => ({ ...one, targets: [...one.targets, { id: 'zen', title: 'Zen', losses: [] }] })),
      [['manifest-tampered', '`manifest.json` was changed: it does not list `targets/zen/`.']],
    ],
    [
      'no kit at all',
      (files, bundle) =>
        without('conformance/kit.jsonl')(
          manifest((one) => ({ ...one, files: one.files.slice(1) }))(files, bundle) as readonly BundleFile[],
          bundle,
        ),
      [['manifest-tampered', '`manifest.json` was changed: it does not list `conformance/kit.jsonl`.']],
    ],
    [
      'a path that climbs out',
      put('../a', ''),
      [
        ['unsafe-path', 'The path `../a` climbs out of its folder with `..`.'],
        ['added', '`../a` was added: the manifest does not list it.'],
      ],
    ],
    [
      'two files that some systems take for one',
      put('MANIFEST.json', ''),
      [
        [
          'duplicate',
          '`manifest.json` and `MANIFEST.json` differ in capitals alone, and are one file on some systems.',
        ],
        ['added', '`MANIFEST.json` was added: the manifest does not list it.'],
      ],
    ],
  ])('refuses %s', async (_, change, problems) => {
    const bundle = await made();
    const found = await verifyBundle(await change(bundle.files, bundle), hash, null);
    expect(found.problems.map(({ kind, message }) => [kind, message])).toEqual(problems);
  });

  const sealed =
    (
      change: (envelope: { payload: string; signatures: { keyid: string; sig: string }[] }) => object,
    ): Change =>
    (files, bundle) =>
      put(signaturePath, canonicalJson(change(JSON.parse(textOf(files, signaturePath)) as never) as never))(
        files,
        bundle,
      );
  const turned = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);

  test.each<[string, Change, string, string]>([
    [
      'no signature',
      without(signaturePath),
      'unsigned',
      'The bundle is not signed, and with a key only signed ones are taken.',
    ],
    [
      'no JSON',
      put(signaturePath, ''),
      'signature-unreadable',
      '`signature.dsse.json` is no signature: it is not JSON.',
    ],
    [
      'another kind of statement',
      sealed((one) => ({ ...one, payloadType: 'text/plain' })),
      'signature-unreadable',
      'it holds another kind of statement.',
    ],
    [
      'a payload that is cut off',
      sealed((one) => ({ ...one, payload: one.payload.slice(0, -3) })),
      'signature-unreadable',
      'it has no sound `payload`.',
    ],
    [
      'a statement about something else',
      sealed((one) => ({ ...one, payload: toBase64(bytesOf('{}')) })),
      'signature-unreadable',
      'it holds no statement about a bundle.',
    ],
    [
      'no signatures in it',
      sealed((one) => ({ ...one, signatures: [] })),
      'signature-unreadable',
      'it has no sound `signatures`.',
    ],
    [
      'a changed signature',
      sealed((one) => ({
        ...one,
        signatures: [{ ...one.signatures[0], sig: turned(one.signatures[0]!.sig) }],
      })),
      'wrong-signature',
      'The signature is not right',
    ],
    [
      'a statement that was changed after it was signed',
      sealed((one) => ({
        ...one,
        payload: toBase64(bytesOf(Buffer.from(one.payload, 'base64').toString().replace('2024', '2025'))),
      })),
      'wrong-signature',
      'The signature is not right',
    ],
    [
      'a signature with another key',
      async (_, bundle) => (await withSignature(bundle, '', foreign.signer)).files,
      'wrong-key',
      `The bundle was signed with another key (${foreign.key.keyId}) than the one that is trusted (${own.key.keyId}).`,
    ],
    [
      'a signature with another key under the name of ours',
      async (_, bundle) =>
        (await withSignature(bundle, '', { ...foreign.signer, keyId: own.key.keyId })).files,
      'wrong-signature',
      'The signature is not right',
    ],
    [
      'the signature of another bundle',
      async (files, bundle) => {
        const other = await withSignature(await made({ ...content, semantics: 2 }), '', own.signer);
        return put(signaturePath, textOf(other.files, signaturePath))(files, bundle);
      },
      'other-bundle',
      'The signature is that of another bundle',
    ],
    [
      'a manifest that was changed after it was signed',
      manifest((one) => ({ ...one, semantics: 2 })),
      'other-bundle',
      'the manifest was changed after it was signed',
    ],
  ])('with a key, refuses %s', async (_, change, kind, message) => {
    const bundle = await withSignature(await made(), '2024-03-04T09:30:00.000Z', own.signer);
    const found = await verifyBundle(await change(bundle.files, bundle), hash, own.key);
    expect(found.signature).toEqual({ kind: 'refused' });
    expect(found.problems.map((one) => one.kind)).toEqual([kind]);
    expect(found.problems[0]!.message).toContain(message);
  });
});

test('Base64 is that of everybody else, and has one text for equal bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
  for (const text of ['A', 'AA', 'AB==', 'AAA', 'AAB=', 'AA==AA==', 'A A=', 'AA-_', '=']) {
    expect([text, fromBase64(text)]).toEqual([text, null]);
  }
});

function keyPair(): {
  readonly signer: Signer;
  readonly key: TrustedKey;
  readonly publicKey: Parameters<typeof verify>[2];
} {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const keyId = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
  return {
    publicKey,
    signer: { keyId, sign: async (message) => new Uint8Array(sign(null, message, privateKey)) },
    key: { keyId, verify: async (message, signature) => verify(null, message, publicKey, signature) },
  };
}
