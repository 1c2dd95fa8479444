import { strFromU8 } from 'fflate';
import { inPathOrder, pathProblem, pathsClash } from './bundle-file.ts';
import type { BundleFile, HashBytes } from './bundle-file.ts';
import { manifestPath, readBundleManifest, signaturePath, verifierPath } from './bundle-manifest.ts';
import type { BundleManifest } from './bundle-manifest.ts';
import { problem } from './problem.ts';
import type { BundleProblem } from './problem.ts';
import { readEnvelope } from './signature.ts';
import type { TrustedKey } from './signature.ts';

/** What is known of whoever signed a bundle. */
export type SignatureState =
  | { readonly kind: 'unsigned' }
  /** There is a signature, and no key to check it with: it proves nothing. The id is only what it says. */
  | { readonly kind: 'unchecked'; readonly keyId: string }
  | { readonly kind: 'good'; readonly keyId: string; readonly exported: string }
  | { readonly kind: 'refused' };

export interface BundleVerification {
  /** Null where there is none that can be read. */
  readonly manifest: BundleManifest | null;
  /** The SHA-256 of the manifest. */
  readonly revision: string | null;
  readonly signature: SignatureState;
  readonly problems: readonly BundleProblem[];
}

/**
 * Whether a bundle is what its manifest says, and was signed with the key that the receiver trusts.
 * A receiver with a key takes signed bundles only. Without one, a bundle can be whole, but nobody vouches for it.
 * INVARIANT: nothing of a bundle may be run unless this finds no problem.
 */
export async function verifyBundle(
  files: readonly BundleFile[],
  hash: HashBytes,
  key: TrustedKey | null,
): Promise<BundleVerification> {
  const unsafe = files.flatMap(({ path }) => {
    const wrong = pathProblem(path);
    return wrong === null ? [] : [problem('unsafe-path', path, `The path \`${path}\` ${wrong}.`)];
  });
  const clash = pathsClash(files.map(({ path }) => path));
  if (clash !== null) unsafe.push(problem('duplicate', null, clash));

  const written = files.find(({ path }) => path === manifestPath);
  if (!written) {
    const missing = problem(
      'manifest-missing',
      manifestPath,
      `There is no \`${manifestPath}\`: this is no bundle, or not a whole one.`,
    );
    return { manifest: null, revision: null, signature: { kind: 'refused' }, problems: [...unsafe, missing] };
  }
  const revision = await hash(written.bytes);
  const { manifest, problem: why } = readBundleManifest(strFromU8(written.bytes));
  const signed = await checkSignature(files, revision, key);
  const found = manifest
    ? await contentProblems(manifest, files, hash)
    : [problem('manifest-tampered', manifestPath, `\`${manifestPath}\` was changed: it ${why}.`)];
  return {
    manifest,
    revision,
    signature: signed.state,
    problems: [...unsafe, ...found, ...signed.problems],
  };
}

async function contentProblems(
  manifest: BundleManifest,
  files: readonly BundleFile[],
  hash: HashBytes,
): Promise<readonly BundleProblem[]> {
  const problems: BundleProblem[] = [];
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  const found = new Map(files.map((file) => [file.path, file.bytes]));
  if (!inPathOrder(manifest.files))
    problems.push(
      problem(
        'reordered',
        manifestPath,
        `\`${manifestPath}\` was changed: its files are not in the order of their paths, each once.`,
      ),
    );
  for (const path of [manifestPath, signaturePath]) {
    if (listed.has(path))
      problems.push(
        problem(
          'manifest-tampered',
          manifestPath,
          `\`${manifestPath}\` was changed: it lists \`${path}\`, which it cannot vouch for.`,
        ),
      );
  }
  for (const path of needed(manifest)) {
    if (!listed.has(path))
      problems.push(
        problem(
          'manifest-tampered',
          manifestPath,
          `\`${manifestPath}\` was changed: it does not list \`${path}\`.`,
        ),
      );
  }
  for (const { path, bytes, sha256 } of manifest.files) {
    const content = found.get(path);
    if (!content) {
      problems.push(problem('missing', path, `\`${path}\` is missing: the manifest lists it.`));
      continue;
    }
    const actual = await hash(content);
    if (actual === sha256 && content.length === bytes) continue;
    const other = manifest.files.find((one) => one.sha256 === actual);
    problems.push(
      other && other.path !== path
        ? problem('moved', path, `\`${path}\` was changed: it holds what belongs in \`${other.path}\`.`)
        : problem('tampered', path, `\`${path}\` was changed since the bundle was made.`),
    );
  }
  for (const { path } of files) {
    if (path !== manifestPath && path !== signaturePath && !listed.has(path))
      problems.push(problem('added', path, `\`${path}\` was added: the manifest does not list it.`));
  }
  return problems;
}

/** What no bundle goes without; of a target, anything in its folder. */
function needed({ files, kit, policies, proof, targets }: BundleManifest): readonly string[] {
  const empty = targets
    .map(({ id }) => `targets/${id}/`)
    .filter((folder) => !files.some(({ path }) => path.startsWith(folder)));
  return [kit.path, proof.path, verifierPath, ...policies.map(({ path }) => path), ...empty];
}

interface Signed {
  readonly state: SignatureState;
  readonly problems: readonly BundleProblem[];
}

async function checkSignature(
  files: readonly BundleFile[],
  revision: string,
  key: TrustedKey | null,
): Promise<Signed> {
  const refused = (kind: BundleProblem['kind'], message: string): Signed => ({
    state: { kind: 'refused' },
    problems: [problem(kind, signaturePath, message)],
  });
  const written = files.find(({ path }) => path === signaturePath);
  if (!written) {
    return key === null
      ? { state: { kind: 'unsigned' }, problems: [] }
      : refused('unsigned', 'The bundle is not signed, and with a key only signed ones are taken.');
  }
  const { envelope, problem: why } = readEnvelope(strFromU8(written.bytes));
  if (!envelope) return refused('signature-unreadable', `\`${signaturePath}\` is no signature: it ${why}.`);
  const { statement, message, signatures } = envelope;
  if (statement.subject[0]!.digest.sha256 !== revision)
    return refused(
      'other-bundle',
      'The signature is that of another bundle, or the manifest was changed after it was signed.',
    );
  const claimed = signatures[0]!.keyId;
  if (key === null) return { state: { kind: 'unchecked', keyId: claimed }, problems: [] };
  for (const { bytes } of signatures) {
    if (await key.verify(message, bytes))
      return {
        state: { kind: 'good', keyId: key.keyId, exported: statement.predicate.exported },
        problems: [],
      };
  }
  return signatures.some(({ keyId }) => keyId === key.keyId)
    ? refused(
        'wrong-signature',
        'The signature is not right: what was signed or the signature itself was changed.',
      )
    : refused(
        'wrong-key',
        `The bundle was signed with another key (${claimed}) than the one that is trusted (${key.keyId}).`,
      );
}
