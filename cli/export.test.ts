import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BundleManifest, Proof } from '#engine';
import { call, folderWith, start } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

interface ExportAnswer {
  readonly written: string;
  readonly revision: string;
  readonly signedBy: string | null;
  readonly manifest: BundleManifest;
  readonly proofs: readonly (Proof & { readonly seconds?: number })[];
}

const words = ['export', '--target', 'javascript', '--out', 'a.ppb.tgz'];
const quick = [...words, '--no-proof'];
const encounterPath = Object.keys(smallWorkspace).find((name) => name.endsWith('.encounter.yaml'))!;

describe('export', () => {
  test('proves each target on its engines, and what it writes is whole', async () => {
    const folder = await folderWith(smallWorkspace);
    const { code, out, err } = await call(folder, [...words, '--json']);
    expect([code, err]).toEqual([0, '']);
    const { written, revision, signedBy, manifest, proofs } = JSON.parse(out) as ExportAnswer;
    expect([written, signedBy]).toEqual([path.join(folder, 'a.ppb.tgz'), null]);
    const { encounters } = manifest.kit;
    expect(encounters).toBeGreaterThan(100);
    expect(proofs.map((proof) => proof.proven && [proof.engine, proof.identical, proof.total])).toEqual(
      ['Node.js', 'QuickJS'].map((engine) => [engine, encounters, encounters]),
    );
    // How long it took is told here, and is not among the bytes of the bundle, which are the same on every machine.
    expect(proofs.map(({ seconds }) => typeof seconds)).toEqual(['number', 'number']);
    expect((await readFile(written, 'latin1')).includes('"seconds"')).toBe(false);
    expect({ ...manifest, files: null, sources: null, targets: null }).toEqual({
      format: 'proviso-bundle-1',
      semantics: 1,
      release: null,
      policies: [
        {
          id: 'acme-time',
          title: 'Time',
          payers: ['acme'],
          effective: { from: '2020-01-01', to: null },
          received: null,
          path: 'source/rules/acme/acme-time/2020-01-01.policy.yaml',
          revision: manifest.files.find((file) => file.path.endsWith('.policy.yaml'))!.sha256,
        },
      ],
      kit: { path: 'conformance/kit.jsonl', encounters },
      proof: { path: 'conformance/proof.json' },
      files: null,
      sources: null,
      targets: null,
    });
    const checked = await call(folder, ['verify', 'a.ppb.tgz', '--hash', revision, '--run', '--json']);
    expect([checked.code, checked.err]).toEqual([0, '']);
    expect(JSON.parse(checked.out)).toMatchObject({
      ran: 'targets/javascript/policy.mjs',
      kit: { identical: encounters, total: encounters, differing: [], trouble: null },
    });
  });

  test('is the same bytes in other time zones and languages', async () => {
    const folder = await folderWith(smallWorkspace);
    await call(folder, quick);
    const elsewhere = async (name: string, env: NodeJS.ProcessEnv) => {
      const { code } = await start(folder, [...quick.slice(0, -2), name, '--no-proof'], { env }).ended;
      expect(code).toBe(0);
      return readFile(path.join(folder, name));
    };
    const bytes = await readFile(path.join(folder, 'a.ppb.tgz'));
    const others = await Promise.all([
      elsewhere('b.ppb.tgz', { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }),
      elsewhere('c.ppb.tgz', { TZ: 'America/St_Johns', LC_ALL: 'C', LANG: 'C' }),
    ]);
    expect(others.map((other) => other.equals(bytes))).toEqual([true, true]);
  });

  test('signs with the key that is named', async () => {
    const folder = await folderWith(smallWorkspace);
    await call(folder, ['keys', 'new', '--out', 'keys']);
    const { code, out } = await call(folder, [...quick, '--sign', 'keys/proviso-private.pem', '--json']);
    expect(code).toBe(0);
    const { signedBy } = JSON.parse(out) as ExportAnswer;
    const checked = await call(folder, ['verify', 'a.ppb.tgz', '--key', 'keys/proviso-public.pem', '--json']);
    expect(JSON.parse(checked.out)).toMatchObject({
      signature: { kind: 'good', keyId: signedBy, exported: '2024-03-04T09:30:00.000Z' },
      problems: [],
    });
  });

  test('takes the latest release where there is one, and says which it was', async () => {
    const folder = await folderWith(smallWorkspace);
    const approved = ['--why', 'First'];
    const { out: published } = await call(folder, ['publish', '--who', 'Ada', ...approved]);
    const sha256 = /sha256 of its manifest: ([0-9a-f]{64})/.exec(published)?.[1];
    const { out } = await call(folder, [...quick, '--json']);
    expect((JSON.parse(out) as ExportAnswer).manifest.release).toEqual({ number: 1, sha256 });
    const draft = await call(folder, [...quick, '--version', 'draft', '--overwrite', '--json']);
    expect((JSON.parse(draft.out) as ExportAnswer).manifest.release).toBeNull();
  });

  test('says in words what was written; a folder gets a file that is named after the policy', async () => {
    const folder = await folderWith(smallWorkspace);
    const asked = ['export', '--target', 'sql,manual', '--policy', 'acme-time', '--out', '.', '--no-proof'];
    const { code, out } = await call(folder, asked);
    expect([code, (await stat(path.join(folder, 'acme-time.ppb.tgz'))).isFile()]).toEqual([0, true]);
    expect(out).toMatch(
      /\n {2}1 policy of the draft, which nobody has published, with \d+ encounters to prove it with\n/,
    );
    expect(out).toContain('  generated, not run here: it was exported without a proof.\n');
    expect(out).toContain('\nPolicy manual\n  for people to read: it decides nothing, so nothing was run\n');
    expect(out).toMatch(/\nrevision [0-9a-f]{64}\nnot signed: nobody will vouch for it; --sign signs it\n$/);
  });

  test('what is there is kept, unless it is to be replaced', async () => {
    const folder = await folderWith({ ...smallWorkspace, 'a.ppb.tgz': 'mine' });
    const { code, err } = await call(folder, quick);
    expect([code, err.includes('there is another file of this name')]).toEqual([2, true]);
    expect(await readFile(path.join(folder, 'a.ppb.tgz'), 'utf8')).toBe('mine');
    expect((await call(folder, [...quick, '--overwrite'])).code).toBe(0);
    expect((await readdir(folder)).filter((name) => name.includes('ppb'))).toEqual(['a.ppb.tgz']);
  });

  test('a workspace without a policy has nothing to export', async () => {
    const folder = await folderWith({ 'rules/none.txt': '' });
    const { code, err } = await call(folder, words);
    expect([code, err.includes('there is no policy to export.') ? 'told' : err]).toEqual([2, 'told']);
    expect(await readdir(folder)).toEqual(['rules']);
  });

  test('of a saved encounter nothing leaves that no policy reads', async () => {
    const text = smallWorkspace[encounterPath]!;
    const changed = text.replace('minutes: 15 }', 'minutes: 15, rationale: ask 919-555-0100 }');
    const folder = await folderWith({ ...smallWorkspace, [encounterPath]: changed });
    expect((await call(folder, quick)).code).toBe(0);
    const bytes = await readFile(path.join(folder, 'a.ppb.tgz'), 'latin1');
    expect([bytes.includes('lift a child'), bytes.includes('919-555-0100')]).toEqual([true, false]);
  });

  test('what seems to name a person stays here until somebody decides', async () => {
    const text = smallWorkspace[encounterPath]!.replace('lift a child', 'write to jane@example.com');
    const folder = await folderWith({ ...smallWorkspace, [encounterPath]: text });
    const { code, err } = await call(folder, quick);
    expect(code).toBe(2);
    expect(err).toContain(`the saved encounter \`time/eight\` seems to name a person, at \`plan.goals\``);
    const holds = async (name: string, word: string) => {
      expect((await call(folder, [...quick.slice(0, -2), name, '--no-proof', word])).code).toBe(0);
      return (await readFile(path.join(folder, name), 'latin1')).includes('jane@example.com');
    };
    expect(await holds('b.tgz', '--without-saved')).toBe(false);
    expect(await holds('c.tgz', '--keep-personal')).toBe(true);
  });

  test.each([
    [['export'], 'say where the bundle goes'],
    [['export', 'sql', '--out', 'a'], '`proviso export` takes options only.'],
    [['export', '--out', 'a', '--target', 'sqll'], 'there is no target `sqll`; did you mean `sql`?'],
    [
      ['export', '--out', 'a', '--policy', 'acme-tim'],
      'there is no policy `acme-tim`; did you mean `acme-time`?',
    ],
    [['export', '--out', 'a', '--sign', 'none.pem'], 'the key `none.pem` cannot be read: it does not exist.'],
    [['export', '--out', 'a', '--target', ','], '`--target` names no target; left out, all are meant.'],
    [['export', '--out', 'a', '--policy', ','], '`--policy` names no policy; left out, all are meant.'],
    [['export', '--out', 'none/a', '--target', 'sql', '--no-proof'], 'its folder does not exist'],
    [['export', '--out', 'a', '--version', 'release:1'], 'nothing has been published yet'],
  ])('%s: %s', async (asked, told) => {
    const folder = await folderWith(smallWorkspace);
    const { code, err } = await call(folder, asked);
    expect([code, err.includes(told) ? told : err]).toEqual([2, told]);
  });
});
