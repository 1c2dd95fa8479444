import { isRecord, parseJson } from '../base/json.ts';
import { canonicalJson } from '../releases/canonical-json.ts';
import type { Json } from '../releases/canonical-json.ts';

export const manifestPath = 'manifest.json';
export const signaturePath = 'signature.dsse.json';
export const kitPath = 'conformance/kit.jsonl';
export const proofPath = 'conformance/proof.json';
export const verifierPath = 'conformance/verify.mjs';

export const bundleFormat = 'proviso-bundle-1';

/**
 * What a bundle says of itself: `manifest.json`. Its SHA-256 is the revision of the bundle.
 * There is no clock and no host in it: the same policies, proven alike, have the same revision.
 */
export interface BundleManifest {
  readonly format: typeof bundleFormat;
  /** Which version of the meaning of policies the targets were written for. */
  readonly semantics: number;
  /** The release that was exported; null for policies that were not published. */
  readonly release: { readonly number: number; readonly sha256: string } | null;
  /** Every revision of every policy that is decided by, by id, first day and path. */
  readonly policies: readonly BundledPolicy[];
  /** The pages that the policies cite, by id. */
  readonly sources: readonly BundledSource[];
  /** By id. */
  readonly targets: readonly BundledTarget[];
  readonly kit: { readonly path: typeof kitPath; readonly encounters: number };
  readonly proof: { readonly path: typeof proofPath };
  /** Every file but this one and the signature, in the order of their paths. */
  readonly files: readonly BundledFile[];
}

export interface BundledPolicy {
  readonly id: string;
  readonly title: string;
  /** Null = every payer. */
  readonly payers: readonly string[] | null;
  /** By date of service, both inclusive, ISO 8601; a null `to` is open. */
  readonly effective: { readonly from: string; readonly to: string | null };
  /** By date received, as far as that is limited too. */
  readonly received: { readonly from: string | null; readonly to: string | null } | null;
  /** The file of the revision, in the bundle, and its SHA-256. */
  readonly path: string;
  readonly revision: string;
}

export interface BundledSource {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly address: string;
  /** ISO date of the reading, or empty. */
  readonly read: string;
}

export interface BundledTarget {
  readonly id: string;
  readonly title: string;
  /** What does not come along, without changing any decision. */
  readonly losses: readonly Loss[];
}

export interface Loss {
  /** One plain sentence. */
  readonly what: string;
  readonly rule: string | null;
  /** The file in the bundle, and the line in it, 1-based. */
  readonly at: { readonly path: string; readonly line: number } | null;
}

export interface BundledFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export function bundleManifestText(manifest: BundleManifest): string {
  return canonicalJson(manifest as unknown as Json);
}

/** What stands in a manifest that was read, or what keeps it from being one, as the end of a sentence. */
export type ReadBundleManifest =
  | { readonly manifest: BundleManifest; readonly problem: null }
  | { readonly manifest: null; readonly problem: string };

/** Reads only what `bundleManifestText` writes: keys in their order, nothing twice, nothing that it does not know. */
export function readBundleManifest(text: string): ReadBundleManifest {
  const value = parseJson(text);
  const no = (problem: string) => ({ manifest: null, problem }) as const;
  if (value === undefined) return no('is not JSON');
  if (!isRecord(value) || value['format'] !== bundleFormat)
    return no(`does not say \`"format": "${bundleFormat}"\``);
  const unsound = unsoundIn(value, shape);
  if (unsound !== null) return no(`has no sound \`${unsound}\``);
  if (canonicalJson(value as Json) !== text) return no('is not laid out as Proviso writes it');
  return { manifest: value as unknown as BundleManifest, problem: null };
}

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

/** The first key that is not what it must be, or that nobody knows; null where all are sound. */
function unsoundIn(value: Readonly<Record<string, unknown>>, shape: Shape): string | null {
  return (
    Object.keys(shape).find((key) => !shape[key]!(value[key])) ??
    Object.keys(value).find((key) => !Object.hasOwn(shape, key)) ??
    null
  );
}

const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const record =
  (shape: Shape): Check =>
  (value) =>
    isRecord(value) && unsoundIn(value, shape) === null;

const shape = {
  format: isText,
  semantics: isCount,
  release: orNull(record({ number: isCount, sha256: isHash })),
  policies: listOf(
    record({
      id: isText,
      title: isText,
      payers: orNull(listOf(isText)),
      effective: record({ from: isText, to: orNull(isText) }),
      received: orNull(record({ from: orNull(isText), to: orNull(isText) })),
      path: isText,
      revision: isHash,
    }),
  ),
  sources: listOf(record({ id: isText, title: isText, publisher: isText, address: isText, read: isText })),
  targets: listOf(
    record({
      id: isText,
      title: isText,
      losses: listOf(
        record({
          what: isText,
          rule: orNull(isText),
          at: orNull(record({ path: isText, line: isCount })),
        }),
      ),
    }),
  ),
  kit: record({ path: (value) => value === kitPath, encounters: isCount }),
  proof: record({ path: (value) => value === proofPath }),
  files: listOf(record({ path: isText, bytes: isCount, sha256: isHash })),
} satisfies Readonly<Record<keyof BundleManifest, Check>>;
