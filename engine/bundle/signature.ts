import { strFromU8, strToU8 } from 'fflate';
import { isRecord, parseJson } from '../base/json.ts';
import { canonicalJson } from '../releases/canonical-json.ts';
import type { Json } from '../releases/canonical-json.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { manifestPath } from './bundle-manifest.ts';
import type { Proof } from './proof.ts';

/**
 * The signature of a bundle: a DSSE envelope (https://github.com/secure-systems-lab/dsse, version 1.0) that holds an
 * in-toto Statement (https://in-toto.io/Statement/v1) about the manifest. The signature itself is Ed25519 (RFC 8032).
 */
export interface SignedStatement {
  readonly _type: typeof statementType;
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: typeof predicateType;
  readonly predicate: {
    /** The moment of export, by the clock of whoever signed, in UTC; it stands here because a revision has no clock. */
    readonly exported: string;
    readonly proofs: readonly Proof[];
  };
}

export const statementType = 'https://in-toto.io/Statement/v1';
export const predicateType = 'urn:proviso:bundle-proof:1';
const payloadType = 'application/vnd.in-toto+json';

/** Whoever signs. The id is the SHA-256 of the public key (SubjectPublicKeyInfo in DER), in lower-case hex. */
export interface Signer {
  readonly keyId: string;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

/** A public key that a receiver trusts. */
export interface TrustedKey {
  readonly keyId: string;
  readonly verify: (message: Uint8Array, signature: Uint8Array) => Promise<boolean>;
}

/** The text of `signature.dsse.json`. `revision` is the SHA-256 of the manifest. */
export async function signBundle(
  revision: string,
  proofs: readonly Proof[],
  exported: string,
  signer: Signer,
): Promise<string> {
  const statement: SignedStatement = {
    _type: statementType,
    subject: [{ name: manifestPath, digest: { sha256: revision } }],
    predicateType,
    predicate: { exported, proofs },
  };
  const payload = strToU8(canonicalJson(statement as unknown as Json));
  const sig = toBase64(await signer.sign(signedBytes(payload)));
  return canonicalJson({
    payloadType,
    payload: toBase64(payload),
    signatures: [{ keyid: signer.keyId, sig }],
  });
}

/** An envelope that was read, not yet checked. */
export interface Envelope {
  readonly statement: SignedStatement;
  /** What was signed. */
  readonly message: Uint8Array;
  readonly signatures: readonly { readonly keyId: string; readonly bytes: Uint8Array }[];
}

/** What stands in an envelope, or what keeps it from being one, as the end of a sentence. */
export type ReadEnvelope =
  | { readonly envelope: Envelope; readonly problem: null }
  | { readonly envelope: null; readonly problem: string };

export function readEnvelope(text: string): ReadEnvelope {
  const no = (problem: string) => ({ envelope: null, problem }) as const;
  const value = parseJson(text);
  if (!isRecord(value)) return no('is not JSON');
  if (value['payloadType'] !== payloadType) return no('holds another kind of statement');
  const payload = typeof value['payload'] === 'string' ? fromBase64(value['payload']) : null;
  if (payload === null) return no('has no sound `payload`');
  const written: unknown = value['signatures'];
  const signatures = Array.isArray(written) ? written.map(readSignature) : [];
  if (signatures.length === 0 || signatures.includes(null)) return no('has no sound `signatures`');
  const statement = parseJson(strFromU8(payload));
  if (!isStatement(statement)) return no('holds no statement about a bundle');
  return {
    envelope: {
      statement,
      message: signedBytes(payload),
      signatures: signatures.flatMap((one) => one ?? []),
    },
    problem: null,
  };
}

/** The pre-authentication encoding of DSSE: the type is signed along, and lengths keep both apart. */
function signedBytes(payload: Uint8Array): Uint8Array {
  const head = strToU8(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `);
  const whole = new Uint8Array(head.length + payload.length);
  whole.set(head);
  whole.set(payload, head.length);
  return whole;
}

function readSignature(value: unknown): { readonly keyId: string; readonly bytes: Uint8Array } | null {
  if (!isRecord(value) || typeof value['keyid'] !== 'string' || typeof value['sig'] !== 'string') return null;
  const bytes = fromBase64(value['sig']);
  return bytes && /^[0-9a-f]{64}$/.test(value['keyid']) ? { keyId: value['keyid'], bytes } : null;
}

function isStatement(value: unknown): value is SignedStatement {
  if (!isRecord(value) || value['_type'] !== statementType || value['predicateType'] !== predicateType)
    return false;
  const { subject, predicate } = value;
  return (
    Array.isArray(subject) &&
    subject.length === 1 &&
    isRecord(subject[0]) &&
    subject[0]['name'] === manifestPath &&
    isRecord(subject[0]['digest']) &&
    typeof subject[0]['digest']['sha256'] === 'string' &&
    isRecord(predicate) &&
    typeof predicate['exported'] === 'string' &&
    Array.isArray(predicate['proofs'])
  );
}
