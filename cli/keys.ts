import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { chmod, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Signer, TrustedKey } from '#engine';
import { InputError } from './command.ts';

/** The names under which `keys new` writes a pair. */
export const privateKeyFile = 'proviso-private.pem';
export const publicKeyFile = 'proviso-public.pem';

/** PEM: PKCS #8 for the private key, SubjectPublicKeyInfo for the public one. Both are Ed25519. */
export interface WrittenKeys {
  readonly keyId: string;
  readonly privatePath: string;
  readonly publicPath: string;
}

/** Makes a pair and writes it into the folder; only its owner may read the private key. Nothing is overwritten. */
export async function writeNewKeys(folder: string): Promise<WrittenKeys> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const privatePath = path.join(folder, privateKeyFile);
  const publicPath = path.join(folder, publicKeyFile);
  await inFolder(folder, () => mkdir(folder, { recursive: true }));
  await writeOnce(publicPath, publicKey.export({ type: 'spki', format: 'pem' }) as string, 0o644);
  try {
    await writeOnce(privatePath, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 0o600);
  } catch (error) {
    // Half a pair would keep the next try from succeeding.
    await rm(publicPath, { force: true });
    throw error;
  }
  return { keyId: keyIdOf(publicKey), privatePath, publicPath };
}

export async function readSigner(file: string, cwd: string): Promise<Signer> {
  const key = privateKeyIn(await keyText(file, cwd), file);
  return {
    keyId: keyIdOf(createPublicKey(key)),
    sign: async (message) => new Uint8Array(sign(null, message, key)),
  };
}

export async function readTrustedKey(file: string, cwd: string): Promise<TrustedKey> {
  const text = await keyText(file, cwd);
  if (isPrivate(text))
    throw new InputError(
      `\`${file}\` is a private key, which nobody but its owner should have; a bundle is checked with the public one.`,
      `The public key of a pair is in \`${publicKeyFile}\`.`,
    );
  const key = publicKeyIn(text, file);
  return {
    keyId: keyIdOf(key),
    verify: async (message, signature) => verify(null, message, key, signature),
  };
}

/** What a key file holds, for a look at it. */
export async function readKeyFile(
  file: string,
  cwd: string,
): Promise<{ readonly keyId: string; readonly private: boolean; readonly publicPem: string }> {
  const text = await keyText(file, cwd);
  const key = isPrivate(text) ? createPublicKey(privateKeyIn(text, file)) : publicKeyIn(text, file);
  return {
    keyId: keyIdOf(key),
    private: isPrivate(text),
    publicPem: key.export({ type: 'spki', format: 'pem' }) as string,
  };
}

function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

function isPrivate(text: string): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text);
}

function privateKeyIn(text: string, file: string): KeyObject {
  if (!isPrivate(text))
    throw new InputError(
      `\`${file}\` holds no private key.`,
      '`proviso keys new` makes a pair; a bundle is signed with the private one.',
    );
  if (/ENCRYPTED/.test(text))
    throw new InputError(`\`${file}\` is protected by a password, and Proviso asks for none.`);
  return ed25519(() => createPrivateKey(text), file);
}

function publicKeyIn(text: string, file: string): KeyObject {
  return ed25519(() => createPublicKey(text), file);
}

function ed25519(read: () => KeyObject, file: string): KeyObject {
  let key: KeyObject | null = null;
  try {
    key = read();
  } catch {
    // The library's sentence speaks of decoders; ours below says what is wanted.
  }
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new InputError(
      `\`${file}\` holds no key of the kind Ed25519 in PEM.`,
      '`proviso keys new` makes a pair.',
    );
  return key;
}

async function keyText(file: string, cwd: string): Promise<string> {
  try {
    return await readFile(path.resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new InputError(`the key \`${file}\` cannot be read: ${reason(error)}.`);
  }
}

async function writeOnce(file: string, text: string, mode: number): Promise<void> {
  await inFolder(file, async () => {
    const handle = await open(file, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // The mask of the process may take more away, and never adds; the file is to be as it is told.
    await chmod(file, mode);
  });
}

async function inFolder(file: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new InputError(
        `\`${file}\` exists, and no key is overwritten: what was signed with it could not be checked any more.`,
        'Name another folder with `--out`.',
      );
    throw new InputError(`\`${file}\` cannot be written: ${reason(error)}.`);
  }
}

function reason(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'it does not exist';
    case 'ENOTDIR':
      return 'a part of its path is no folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
      return 'the system does not permit it';
    case 'EROFS':
      return 'the disk is only to be read';
    case 'ENOSPC':
      return 'the disk is full';
    default:
      throw error;
  }
}
