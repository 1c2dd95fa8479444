import { execFile } from 'node:child_process';
import { access, mkdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleArchive, largestBundle, withSignature } from '#engine';
import { readSigner } from './keys.ts';
import { appFolder, call, folderWith } from './testing/run-cli.ts';
import type { Answer } from './testing/run-cli.ts';
import { asFolder, smallBundle, smallKit, smallModule } from './testing/small-bundle.ts';

/** A module that says so where it is run. */
const marking = `process.stderr.write('run');\n${smallModule}`;

/** A program as a receiver would have one, in a folder of its own. */
const runner = (body: string) =>
  `import { createInterface } from 'node:readline';
  ${smallModule.replace('export ', '')}
  const say = (value) => process.stdout.write(JSON.stringify(value) + '\\n');
  let count = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const encounter = JSON.parse(line);
    ${body}
  }`;

const node = JSON.stringify(process.execPath);

/** The verifier of an unpacked bundle, as a receiver without Proviso runs it. */
async function verifier(folder: string, words: readonly string[] = [], cwd = folder): Promise<Answer> {
  return new Promise((resolve) => {
    const file = path.join(folder, 'conformance/verify.mjs');
    execFile(process.execPath, [file, ...words], { cwd }, (error, out, err) => {
      resolve({ code: error === null ? 0 : (error.code as number), out, err });
    });
  });
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

describe('keys', () => {
  test('a new pair is told, and only its owner may read the private one', async () => {
    const folder = await folderWith({});
    const { code, out, err } = await call(folder, ['keys', 'new', '--out', 'deep/keys', '--json']);
    expect([code, err]).toEqual([0, '']);
    const { keyId, privatePath, publicPath } = JSON.parse(out) as Record<string, string>;
    expect(keyId).toMatch(/^[0-9a-f]{64}$/);
    expect([privatePath, publicPath]).toEqual(
      ['proviso-private.pem', 'proviso-public.pem'].map((name) => path.join(folder, 'deep/keys', name)),
    );
    expect((await stat(privatePath!)).mode & 0o777).toBe(0o600);
    expect(await readFile(privatePath!, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    const shown = await Promise.all(
      [privatePath!, publicPath!].map((file) => call(folder, ['keys', 'show', file])),
    );
    const publicPem = await readFile(publicPath!, 'utf8');
    expect(shown.map((one) => one.out)).toEqual([
      `a private key; keep it to yourself\nkey id: ${keyId}\n\n${publicPem}`,
      `a public key\nkey id: ${keyId}\n\n${publicPem}`,
    ]);
  });

  test.each(['proviso-private.pem', 'proviso-public.pem'])(
    'nothing is written where there is a `%s`',
    async (name) => {
      const folder = await folderWith({ [name]: 'mine' });
      const { code, err } = await call(folder, ['keys', 'new', '--out', '.']);
      expect(code).toBe(2);
      expect(err).toContain(`${name}\` exists, and no key is overwritten`);
      expect(await readFile(path.join(folder, name), 'utf8')).toBe('mine');
      const other = name === 'proviso-private.pem' ? 'proviso-public.pem' : 'proviso-private.pem';
      expect(await exists(path.join(folder, other))).toBe(false);
    },
  );

  test.each([
    [['keys'], 'say what to do'],
    [['keys', 'make'], '`proviso keys` cannot `make`; it can `new` and `show`.'],
    [['keys', 'new'], 'name the folder that the keys go to'],
    [['keys', 'show'], 'name one key file'],
    [['keys', 'show', 'nothing.pem'], 'the key `nothing.pem` cannot be read: it does not exist.'],
    [['keys', 'show', 'text.pem'], '`text.pem` holds no key of the kind Ed25519 in PEM.'],
    [['keys', 'new', '--out', 'text.pem/deep'], 'cannot be written: a part of its path is no folder.'],
  ])('%s: %s', async (words, told) => {
    const folder = await folderWith({ 'text.pem': 'no key' });
    const { code, err } = await call(folder, words);
    expect(code).toBe(2);
    expect(err).toContain(told);
  });
});

/** A folder with a pair of keys, a bundle signed with it, and the same unpacked. */
async function signedBundle(module = smallModule) {
  const folder = await folderWith({});
  await call(folder, ['keys', 'new', '--out', 'keys']);
  const signer = await readSigner('keys/proviso-private.pem', folder);
  const bundle = await withSignature(await smallBundle(module), '2024-03-04T09:30:00.000Z', signer);
  await writeFile(path.join(folder, 'signed.ppb.tgz'), bundleArchive(bundle));
  for (const [name, bytes] of Object.entries(asFolder(bundle))) {
    await mkdir(path.dirname(path.join(folder, 'unpacked', name)), { recursive: true });
    await writeFile(path.join(folder, 'unpacked', name), bytes);
  }
  return { folder, bundle, signer };
}

describe('verify, of a bundle', () => {
  test('says what it is, that nobody vouches for it, and runs nothing', async () => {
    const bundle = await smallBundle(marking);
    const folder = await folderWith({ 'a.ppb.tgz': bundleArchive(bundle) });
    expect(await call(folder, ['verify', 'a.ppb.tgz'])).toEqual({
      code: 0,
      err: '',
      out: [
        `bundle ${bundle.revision}`,
        '  time, for dates of service since 2020-01-01',
        '  written as JavaScript',
        '  4 encounters to prove it with',
        '  of a draft, which nobody has published',
        'whole: 6 files, each as it was when the bundle was made',
        'not signed: it is whole, but nobody vouches for who made it',
        '',
        'nothing of it was run: --run tries its JavaScript module, --cmd "your program" your own',
        '',
      ].join('\n'),
    });
    // Asked for, it does run, and says so.
    const { code, out, err } = await call(folder, ['verify', 'a.ppb.tgz', '--run']);
    expect([code, err, out.split('\n').at(-2)]).toEqual([
      0,
      'run',
      'targets/javascript/policy.mjs: 4 of 4 answers identical',
    ]);
  });

  test('says what its maker says of proofs, and passes over what is none', async () => {
    const proven = {
      proven: true,
      target: 'javascript',
      engine: 'Node.js',
      version: '20\u001b[2J',
      runs: 3,
      steady: true,
      identical: 4,
      total: 4,
      cannotHold: [],
      mutants: { caught: 7, total: 7 },
    } as const;
    const notRun = { proven: false, target: 'opa', why: 'no engine of it comes with Proviso.' } as const;
    const nonsense = [null, 'proven', { ...proven, runs: '3' }, { ...proven, mutants: [] }] as never[];
    const bundle = await smallBundle(smallModule, { proofs: [proven, ...nonsense, notRun] });
    const folder = await folderWith({ 'a.tgz': bundleArchive(bundle) });
    const { code, out } = await call(folder, ['verify', 'a.tgz']);
    const told = out.slice(out.indexOf('proven,'), out.indexOf('whole:'));
    expect([code, told]).toEqual([
      0,
      'proven, as its maker says:\n  javascript: 4 of 4 identical on Node.js 20\ufffd[2J, 3 runs; 7 of 7 deliberate errors caught\n  opa: generated, not run here: no engine of it comes with Proviso.\n',
    ]);
  });

  test('in the folder of the bundle it need not be named', async () => {
    const folder = await folderWith(asFolder(await smallBundle()));
    const { code, out } = await call(folder, ['verify']);
    expect([code, out.includes('whole: 6 files')]).toEqual([0, true]);
  });

  test.each([
    ['write', `import { writeFileSync } from 'node:fs';\nwriteFileSync('MARK', '');`],
    ['read what is not its own', `import { readFileSync } from 'node:fs';\nreadFileSync('/etc/hostname');`],
    ['start a program', `import { execSync } from 'node:child_process';\nexecSync('echo > MARK');`],
  ])('its module may not %s', async (_, attempt) => {
    const folder = await folderWith({});
    const mark = path.join(folder, 'mark');
    const module = `${attempt.replace('MARK', mark)}\n${smallModule}`;
    await writeFile(path.join(folder, 'a.tgz'), bundleArchive(await smallBundle(module)));
    const { code, out } = await call(folder, ['verify', 'a.tgz', '--run']);
    expect([code, out.includes('The module failed: Access to this API has been restricted')]).toEqual([
      1,
      true,
    ]);
    expect(await exists(mark)).toBe(false);
  });

  test('with the key it was signed with, the module is run too', async () => {
    const { folder, bundle, signer } = await signedBundle();
    for (const place of ['signed.ppb.tgz', 'unpacked']) {
      const { code, out } = await call(folder, ['verify', place, '--key', 'keys/proviso-public.pem']);
      expect(code).toBe(0);
      expect(out).toContain(`signed with the key given, ${signer.keyId}; exported 2024-03-04T09:30:00.000Z`);
      expect(out).toContain('4 of 4 answers identical');
    }
    const { out } = await call(folder, ['verify', 'unpacked', '--json', '--hash', bundle.revision]);
    expect(JSON.parse(out)).toEqual({
      revision: bundle.revision,
      signature: { kind: 'unchecked', keyId: signer.keyId },
      problems: [],
      manifest: bundle.manifest,
      ran: null,
      kit: null,
    });
  });

  test('what was told of it elsewhere must fit', async () => {
    const { folder } = await signedBundle();
    const { code, out } = await call(folder, ['verify', 'signed.ppb.tgz', '--hash', 'a'.repeat(64)]);
    expect(code).toBe(1);
    expect(out).toContain('other-bundle: The hash given is not that of this bundle');
  });

  test('another program is held to the same answers, also one that is started anew each time', async () => {
    const { folder } = await signedBundle();
    await writeFile(path.join(folder, 'own.mjs'), runner(`say(judge(encounter));`));
    await writeFile(
      path.join(folder, 'late.mjs'),
      runner(`if (count++ > 0) process.exit(3); say(judge(encounter));`),
    );
    for (const words of [['own.mjs'], ['own.mjs', '--one-by-one'], ['late.mjs', '--one-by-one']]) {
      const [file, ...more] = words;
      const command = ['verify', 'unpacked', '--cmd', `${node} ${file}`, ...more];
      const { code, out } = await call(folder, command);
      expect([code, out.split('\n').at(-2)]).toEqual([0, `${node} ${file}: 4 of 4 answers identical`]);
    }
    const { code, out } = await call(folder, ['verify', 'unpacked', '--cmd', `${node} late.mjs`, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      kit: { identical: 1, total: 4, trouble: 'The program failed (exit code 3).' },
    });
  });

  test('what is answered otherwise is shown as one would tell it', async () => {
    const { folder } = await signedBundle();
    const wrong = runner(
      'say(judge({ ...encounter, lines: [...(encounter.lines ?? []), { minutes: 8 }].slice(-1) }));',
    );
    await writeFile(path.join(folder, 'wrong.mjs'), wrong);
    const { code, out } = await call(folder, ['verify', 'unpacked', '--cmd', `${node} wrong.mjs`]);
    expect(code).toBe(1);
    expect(out.slice(out.indexOf(node))).toBe(
      [
        `${node} wrong.mjs: 1 of 4 answers identical`,
        '',
        'below (boundary)',
        '  decision: expected deny; answered pay',
        '  line 1, decision: expected deny; answered pay',
        '  line 1, supportable units: expected 0; answered 1',
        '  line 1, violated rules: expected time/minutes, time/units; answered none',
        '',
        'both (boundary)',
        '  decision: expected deny; answered pay',
        '  number of lines: expected 2; answered 1',
        '  line 1, decision: expected deny; answered pay',
        '  line 1, supportable units: expected 0; answered 1',
        '  line 1, violated rules: expected time/minutes, time/units; answered none',
        '',
        'no-lines (wrong-type)',
        '  the encounter: expected refused because of lines; answered pay',
        '',
      ].join('\n'),
    );
  });

  test.each<[string, (folder: string) => Promise<unknown>, string]>([
    [
      'a changed module',
      (at) => writeFile(path.join(at, 'targets/javascript/policy.mjs'), `${marking}// changed`),
      'tampered: `targets/javascript/policy.mjs` was changed',
    ],
    [
      'a file too many',
      (at) => writeFile(path.join(at, 'targets/javascript/more.mjs'), ''),
      'added: `targets/javascript/more.mjs` was added',
    ],
    [
      'a missing kit',
      (at) => rm(path.join(at, 'conformance/kit.jsonl')),
      'missing: `conformance/kit.jsonl` is missing',
    ],
    [
      'no manifest',
      (at) => rm(path.join(at, 'manifest.json')),
      'manifest-missing: There is no `manifest.json`',
    ],
    [
      'a broken manifest',
      (at) => writeFile(path.join(at, 'manifest.json'), '{'),
      'manifest-tampered: `manifest.json` was changed: it is not JSON',
    ],
    [
      'a file in place of a link',
      async (at) => {
        await rm(path.join(at, 'conformance/kit.jsonl'));
        await symlink('/etc/hostname', path.join(at, 'conformance/kit.jsonl'));
      },
      'not-a-file: `conformance/kit.jsonl` is no file but a link',
    ],
    [
      'a link to a folder',
      (at) => symlink('/etc', path.join(at, 'source/more')),
      'not-a-file: `source/more` is no file but a link',
    ],
    [
      'a signature that was taken away',
      (at) => rm(path.join(at, 'signature.dsse.json')),
      'unsigned: The bundle is not signed',
    ],
    [
      'a signature that is none',
      (at) => writeFile(path.join(at, 'signature.dsse.json'), '{}'),
      'signature-unreadable: `signature.dsse.json` is no signature',
    ],
  ])('%s is refused, by both verifiers, and nothing is run', async (_, tamper, told) => {
    const { folder } = await signedBundle(marking);
    const unpacked = path.join(folder, 'unpacked');
    await tamper(unpacked);
    const key = ['--key', path.join(folder, 'keys/proviso-public.pem')];
    const command = ['--cmd', `echo > ${folder}/mark`];
    for (const words of [['--run'], command]) {
      const { code, out, err } = await call(folder, ['verify', 'unpacked', ...key, ...words]);
      expect([code, err]).toEqual([1, '']);
      expect(out).toContain(told);
      expect(out).toMatch(/\nrefused: \d problems?\. Nothing of it was run; /);
    }
    for (const words of [[], command]) {
      const { code, out, err } = await verifier(unpacked, [...key, ...words]);
      expect([code, err]).toEqual([1, '']);
      expect(out).toContain(told);
      expect(out).toContain('The bundle is refused, and nothing of it was run.\n');
    }
    expect(await exists(path.join(folder, 'mark'))).toBe(false);
  });

  test.each([
    [
      'cut off',
      (bytes: Uint8Array) => bytes.subarray(0, 1000),
      'truncated: The archive ends too early: it did not arrive whole.',
    ],
    ['no archive', () => new TextEncoder().encode('PK'), 'not-an-archive: It is no gzip archive.'],
    ['an empty file', () => new Uint8Array(), 'truncated: The archive ends too early'],
  ])('an archive that is %s is refused', async (_, damage, told) => {
    const folder = await folderWith({ 'a.tgz': damage(bundleArchive(await smallBundle())) });
    const { code, out } = await call(folder, ['verify', 'a.tgz', '--run']);
    expect(code).toBe(1);
    expect(out).toContain(told);
    expect(out).toContain('refused: 1 problem. Nothing of it was run; ');
  });

  test('a file of impossible size is not read', async () => {
    const folder = await folderWith({ 'a.tgz': '' });
    await truncate(path.join(folder, 'a.tgz'), largestBundle + 1);
    const { code, out } = await call(folder, ['verify', 'a.tgz']);
    expect([code, out.includes('too-large: It is larger than 256 MiB')]).toEqual([1, true]);
  });

  test.each([
    [['verify', '--run'], '`--run` belongs to a bundle, and none is named.'],
    [['verify', 'a.tgz', '--key', 'none.pem'], 'the key `none.pem` cannot be read: it does not exist.'],
    [['verify', 'none.tgz'], '`none.tgz`'],
  ])('%s: %s', async (words, told) => {
    const folder = await folderWith({ 'a.tgz': '' });
    const { code, err } = await call(folder, words);
    expect(code).toBe(2);
    expect(err).toContain(told);
  });

  test('a private key in place of the public one is told as what it is', async () => {
    const { folder } = await signedBundle();
    const { code, err } = await call(folder, ['verify', 'unpacked', '--key', 'keys/proviso-private.pem']);
    expect(code).toBe(2);
    expect(err).toContain('is a private key, which nobody but its owner should have');
  });
});

describe('conformance/verify.mjs', () => {
  test('without Proviso, says what the bundle is and runs its module', async () => {
    const { folder, bundle, signer } = await signedBundle();
    const unpacked = path.join(folder, 'unpacked');
    const key = path.join(folder, 'keys/proviso-public.pem');
    expect(await verifier(unpacked, ['--key', key], folder)).toEqual({
      code: 0,
      err: '',
      out: [
        `Bundle ${bundle.revision}`,
        '  time, for dates of service since 2020-01-01',
        'Whole: 7 files, each as it was when the bundle was made.',
        `Signed with the key that you trust, ${signer.keyId}; exported 2024-03-04T09:30:00.000Z.`,
        '',
        'targets/javascript/policy.mjs: 4 of 4 answers are identical.',
        '',
      ].join('\n'),
    });
    expect((await verifier(unpacked, ['--check-only'])).out).toContain(
      `Signed, it says, with key ${signer.keyId}; that was not checked.`,
    );
  });

  test('refuses another key, and a signature under a false name', async () => {
    const { folder, bundle, signer } = await signedBundle();
    await call(folder, ['keys', 'new', '--out', 'other']);
    const other = await readSigner('other/proviso-private.pem', folder);
    const unpacked = path.join(folder, 'unpacked');
    const words = ['--key', path.join(folder, 'keys/proviso-public.pem'), '--json'];
    const { signature, problems } = JSON.parse(
      (await verifier(unpacked, ['--key', path.join(folder, 'other/proviso-public.pem'), '--json'])).out,
    ) as { signature: object; problems: readonly { kind: string }[] };
    expect([signature, problems.map(({ kind }) => kind)]).toEqual([{ kind: 'refused' }, ['wrong-key']]);

    const forged = await withSignature(bundle, '', { ...other, keyId: signer.keyId });
    const file = forged.files.find((one) => one.path === 'signature.dsse.json')!;
    await writeFile(path.join(unpacked, file.path), file.bytes);
    expect(JSON.parse((await verifier(unpacked, words)).out)).toMatchObject({
      problems: [{ kind: 'wrong-signature' }],
    });
  });

  test.each([
    [
      'says what it was not asked',
      `say('fine'); say(judge(encounter));`,
      'The program wrote more answers than there are encounters (4).',
    ],
    [
      'writes a log between its answers',
      `console.log('judging'); say(judge(encounter));`,
      'Line 1 of its answers is not JSON: judging',
    ],
    [
      'stops before the end',
      `if (count++ === 2) process.exit(0); say(judge(encounter));`,
      'The program answered 2 of 4 encounters and ended.',
    ],
    [
      'does not answer',
      `await new Promise((resolve) => setTimeout(resolve, 60_000));`,
      'The program did not answer for 1 second and was stopped.',
    ],
    [
      'answers everything and goes on',
      `say(judge(encounter)); setTimeout(() => {}, 60_000);`,
      'The program answered every encounter and then did not end within 1 second; it was stopped.',
    ],
  ])('tells of a program that %s', async (_, body, told) => {
    const bundle = await smallBundle();
    const folder = await folderWith({ ...asFolder(bundle) });
    const own = await folderWith({ 'own.mjs': runner(body) });
    const { code, out } = await verifier(folder, ['--cmd', `${node} own.mjs`, '--wait', '1'], own);
    expect([code, out.includes(told) ? told : out]).toEqual([1, told]);
  });

  test('stops what hangs, with all that it has started', async () => {
    const folder = await folderWith({ ...asFolder(await smallBundle()) });
    const body = `
      const { spawn } = await import('node:child_process');
      spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      for (;;);`;
    const own = await folderWith({ 'own.mjs': runner(body) });
    // What it has started holds on to its output, so the verifier would wait for that as well if it went on.
    const { code, out } = await verifier(folder, ['--cmd', `${node} own.mjs`, '--wait', '1'], own);
    const told = 'The program did not answer for 1 second and was stopped.';
    expect([code, out.includes(told)]).toEqual([1, true]);
  });

  test('does not care for the order of rules, for more that is said, nor in which words something is refused', async () => {
    const folder = await folderWith(asFolder(await smallBundle()));
    const body = `
      const answer = judge(encounter);
      say(answer.refused
        ? { refused: [{ at: 'lines', problem: 'in other words' }] }
        : { answer: { ...answer, at: 'once', lines: answer.lines.map((line) => ({ ...line, violated: line.violated.reverse() })) } });`;
    const own = await folderWith({ 'own.mjs': runner(body) });
    const { code, out } = await verifier(folder, ['--cmd', `${node} own.mjs`], own);
    expect([code, out.split('\n').at(-2)]).toEqual([0, `${node} own.mjs: 4 of 4 answers are identical.`]);
  });

  test('says that an empty kit proves nothing', async () => {
    const folder = await folderWith(asFolder(await smallBundle(smallModule, { kit: [] })));
    const { code, out } = await verifier(folder);
    expect([code, out.includes('The kit holds no encounters, so nothing is proven.')]).toEqual([1, true]);
  });

  test('keeps a long kit flowing both ways', async () => {
    const kit = Array.from({ length: 3000 }, (_, index) => ({ ...smallKit[2]!, id: `many-${index}` }));
    const folder = await folderWith(asFolder(await smallBundle(smallModule, { kit })));
    const own = await folderWith({
      'own.mjs': runner('say({ ...judge(encounter), padding: "x".repeat(500) });'),
    });
    const { code, out } = await verifier(folder, ['--cmd', `${node} own.mjs`], own);
    expect([code, out.split('\n').at(-2)]).toEqual([
      0,
      `${node} own.mjs: 3000 of 3000 answers are identical.`,
    ]);
  });

  test.each([
    [['--kee', 'a'], 'There is no option `--kee`.'],
    [['--key'], '`--key` needs a value.'],
    [['--wait', 'long'], '`--wait` needs a whole number, not `long`.'],
    [['--key', 'none.pem'], 'The key cannot be read'],
    [['none'], 'The folder of the bundle cannot be read'],
  ])('%s: %s', async (words, told) => {
    const { code, err } = await verifier(appFolder, words);
    expect([code, err.includes(told) ? told : err]).toEqual([2, told]);
  });
});
