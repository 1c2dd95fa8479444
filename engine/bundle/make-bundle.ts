import { strToU8 } from 'fflate';
import { canonicalJson } from '../releases/canonical-json.ts';
import { packArchive } from './archive.ts';
import { pathProblem, pathsClash } from './bundle-file.ts';
import type { BundleFile, HashBytes } from './bundle-file.ts';
import {
  bundleFormat,
  bundleManifestText,
  kitPath,
  manifestPath,
  proofPath,
  signaturePath,
  verifierPath,
} from './bundle-manifest.ts';
import type { BundledPolicy, BundledSource, BundledTarget, BundleManifest, Loss } from './bundle-manifest.ts';
import { problem } from './problem.ts';
import type { BundleProblem } from './problem.ts';
import type { Proof } from './proof.ts';
import { signBundle } from './signature.ts';
import type { Signer } from './signature.ts';

/** Everything that goes into a bundle. Paths of the workspace begin in its folder, those of a target in its own. */
export interface BundleContent {
  readonly semantics: number;
  readonly release: BundleManifest['release'];
  /** The files of the workspace that the policies need, as they were approved. */
  readonly workspace: readonly TextFile[];
  readonly policies: readonly Omit<BundledPolicy, 'revision'>[];
  readonly sources: readonly BundledSource[];
  readonly targets: readonly WrittenTarget[];
  /** Encounters with the expected answers, in their order: one line of JSON each. */
  readonly kit: readonly unknown[];
  readonly proofs: readonly Proof[];
  /** The text of `conformance/verify.mjs`. */
  readonly verifier: string;
}

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface WrittenTarget extends BundledTarget {
  readonly files: readonly TextFile[];
}

export interface Bundle {
  readonly manifest: BundleManifest;
  /** The SHA-256 of the manifest: by it a bundle is known. */
  readonly revision: string;
  readonly proofs: readonly Proof[];
  /** In the order of their paths, the manifest among them. */
  readonly files: readonly BundleFile[];
}

export type MadeBundle =
  | { readonly bundle: Bundle; readonly problems: readonly [] }
  /** Names of files that an archive cannot hold. */
  | { readonly bundle: null; readonly problems: readonly BundleProblem[] };

/** Equal contents give equal bytes: there is no clock, no chance and no host in them. */
export async function makeBundle(content: BundleContent, hash: HashBytes): Promise<MadeBundle> {
  const { targets, kit, proofs } = content;
  const listed = inOrder([
    ...content.workspace.map(({ path, text }) => file(`source/${path}`, text)),
    ...targets.flatMap(({ id, files }) => files.map(({ path, text }) => file(`targets/${id}/${path}`, text))),
    file(kitPath, kit.map((line) => `${JSON.stringify(line)}\n`).join('')),
    file(proofPath, canonicalJson({ proofs })),
    file(verifierPath, content.verifier),
  ]);
  const problems = nameProblems(listed);
  if (problems.length > 0) return { bundle: null, problems };

  const files = await Promise.all(
    listed.map(async ({ path, bytes }) => ({ path, bytes: bytes.length, sha256: await hash(bytes) })),
  );
  const manifest: BundleManifest = {
    format: bundleFormat,
    semantics: content.semantics,
    release: content.release,
    policies: content.policies
      .map((policy) => withRevision(policy, files))
      .toSorted(
        (a, b) =>
          compare(a.id, b.id) || compare(a.effective.from, b.effective.from) || compare(a.path, b.path),
      ),
    sources: content.sources
      .map(({ id, title, publisher, address, read }) => ({ id, title, publisher, address, read }))
      .toSorted(byId),
    targets: targets
      .map(({ id, title, losses }) => ({ id, title, losses: losses.map(inSource) }))
      .toSorted(byId),
    kit: { path: kitPath, encounters: kit.length },
    proof: { path: proofPath },
    files,
  };
  const written = file(manifestPath, bundleManifestText(manifest));
  return {
    bundle: { manifest, revision: await hash(written.bytes), proofs, files: inOrder([...listed, written]) },
    problems: [],
  };
}

/** The same bundle with a signature. Its revision stays: a signature is no part of what it signs. */
export async function withSignature(bundle: Bundle, exported: string, signer: Signer): Promise<Bundle> {
  const signature = file(signaturePath, await signBundle(bundle.revision, bundle.proofs, exported, signer));
  return {
    ...bundle,
    files: inOrder([...bundle.files.filter(({ path }) => path !== signaturePath), signature]),
  };
}

export function bundleArchive({ files }: Bundle): Uint8Array {
  return packArchive(files);
}

function withRevision(
  policy: Omit<BundledPolicy, 'revision'>,
  files: BundleManifest['files'],
): BundledPolicy {
  const { id, title, payers, effective, received } = policy;
  const path = `source/${policy.path}`;
  const found = files.find((one) => one.path === path);
  if (!found) throw new Error(`the file of policy ${id} does not come along: ${policy.path}`);
  return {
    id,
    title,
    payers,
    effective: { from: effective.from, to: effective.to },
    received: received && { from: received.from, to: received.to },
    path,
    revision: found.sha256,
  };
}

function inSource({ what, rule, at }: Loss): Loss {
  return { what, rule, at: at && { path: `source/${at.path}`, line: at.line } };
}

function nameProblems(files: readonly BundleFile[]): readonly BundleProblem[] {
  const wrong = files.flatMap(({ path }) => {
    const why = pathProblem(path);
    return why === null
      ? []
      : [problem('unsafe-path', path, `\`${path}\` cannot go into a bundle: its path ${why}.`)];
  });
  const clash = pathsClash(files.map(({ path }) => path));
  return clash === null ? wrong : [...wrong, problem('duplicate', null, clash)];
}

function file(path: string, text: string): BundleFile {
  return { path, bytes: strToU8(text) };
}

function inOrder(files: readonly BundleFile[]): readonly BundleFile[] {
  return files.toSorted((a, b) => compare(a.path, b.path));
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return compare(a.id, b.id);
}

/** By code units, which no locale changes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
