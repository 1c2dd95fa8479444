import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createExporting } from './exporter.ts';
import { privateKeyFile, writeNewKeys } from './keys.ts';
import { privateKeyWith, signingKeysIn } from './signing-keys.ts';
import { folderWith } from './testing/run-cli.ts';

test('pairs in the folder and one below are found; what cannot be used says why; nothing private is told', async () => {
  const folder = await folderWith({});
  const place = (name: string) => path.join(folder, 'keys', name);
  const first = await writeNewKeys(place('.'));
  const second = await writeNewKeys(place('audit'));
  const third = await writeNewKeys(place('open'));
  await chmod(third.privatePath, 0o644);
  await writeNewKeys(place('deep/er'));
  const outside = await writeNewKeys(path.join(folder, 'outside'));
  await symlink(path.join(folder, 'outside'), place('link'));
  await mkdir(place('linked-file'));
  await symlink(outside.privatePath, path.join(place('linked-file'), privateKeyFile));
  const encrypted = generateKeyPairSync('ed25519').privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'secret',
  });
  await mkdir(place('locked'));
  await writeFile(path.join(place('locked'), privateKeyFile), encrypted, { mode: 0o600 });

  const found = await signingKeysIn(place('.'));
  expect(found).toEqual({
    folder: place('.'),
    keys: [
      { name: 'keys', keyId: first.keyId },
      { name: 'audit', keyId: second.keyId },
    ],
    unusable: [
      {
        name: 'locked',
        why: `${path.join(place('locked'), privateKeyFile)} is protected by a password, and Proviso asks for none`,
      },
      { name: 'open', why: 'other people on this machine may read it, so its signature says little' },
    ],
  });
  const secret = (await readFile(first.privatePath, 'utf8')).split('\n')[1]!;
  expect(JSON.stringify(found)).not.toContain(secret);
  expect(await privateKeyWith(second.keyId, place('.'))).toBe(second.privatePath);
  for (const other of [third.keyId, outside.keyId, '../outside', 'audit'])
    expect(await privateKeyWith(other, place('.'))).toBeNull();
});

test('without a folder there are no keys, and a key that went away signs nothing', async () => {
  const folder = await folderWith({});
  const keys = path.join(folder, 'none');
  expect(await signingKeysIn(keys)).toEqual({ folder: keys, keys: [], unusable: [] });
  const wish = { targets: ['sql'], version: 'draft', mutants: false, withoutSaved: true } as const;
  const signWith = 'a'.repeat(64);
  const signal = new AbortController().signal;
  expect(await createExporting(folder, [], keys).run({ ...wish, signWith }, () => {}, signal)).toEqual({
    kind: 'refused',
    reasons: [
      {
        target: null,
        what: `The key to sign with is no longer in ${keys}. Choose another one, or none.`,
        at: null,
      },
    ],
    proofs: [],
  });
});
