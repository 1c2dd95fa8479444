/** Which targets there are, and one export with its proofs: what the workbench asks of the program on the machine. */
export interface Exporting {
  /** Why nothing can be exported from here, as a sentence; null where it can. */
  readonly unavailable: string | null;
  readonly targets: () => Promise<readonly OfferedTarget[]>;
  /** The keys on this machine that a bundle can be signed with. */
  readonly keys: () => Promise<SigningKeys>;
  /** Writes, proves and packs what is saved or published. A stop ends everything that runs for it. */
  readonly run: (
    request: ExportRequest,
    onProgress: (progress: ExportProgress) => void,
    signal: AbortSignal,
  ) => Promise<ExportResult>;
}

export interface OfferedTarget {
  readonly id: string;
  readonly title: string;
  /** Who would use it, in one sentence. */
  readonly audience: string;
  /** Whether it decides encounters and is proven on an engine, or is there to be read. */
  readonly decides: boolean;
  /** The engines that come with Proviso, on which it is proven, in their order; none where it can only be written. */
  readonly engines: readonly string[];
}

/** Names and ids alone: a private key is read by the program that signs, and goes nowhere else. */
export interface SigningKeys {
  /** The only folder that is searched. */
  readonly folder: string;
  readonly keys: readonly { readonly name: string; readonly keyId: string }[];
  readonly unusable: readonly { readonly name: string; readonly why: string }[];
}

export interface ExportRequest {
  readonly targets: readonly string[];
  readonly version: ExportVersion;
  /** Whether deliberate errors are tried on each engine, too. */
  readonly mutants: boolean;
  /** Whether saved encounters stay here. */
  readonly withoutSaved: boolean;
  /** The id of a key of this machine; null leaves the bundle unsigned. */
  readonly signWith: string | null;
}

export const exportVersions = ['draft', 'release:latest'] as const;
export type ExportVersion = (typeof exportVersions)[number];

/** How far the proof of one target on one engine is. */
export interface ExportProgress {
  readonly target: string;
  readonly engine: string;
  readonly stage: 'kit' | 'mutants';
  readonly done: number;
  readonly total: number;
  readonly identical: number;
  readonly caught: number;
}

export type ExportResult =
  | {
      readonly kind: 'packed';
      /** The name of the file. */
      readonly name: string;
      /** The bytes of the bundle, as base64. */
      readonly bundle: string;
      readonly revision: string;
      /** The id of the key; null where it is not signed. */
      readonly signedBy: string | null;
      readonly targets: readonly PackedTarget[];
      readonly proofs: readonly ExportProof[];
    }
  /** Nothing was packed: a target cannot hold the policies, an engine decides otherwise, or something else is in the way. */
  | {
      readonly kind: 'refused';
      readonly reasons: readonly RefusedReason[];
      /** Those that were made all the same, where an engine decided otherwise. */
      readonly proofs: readonly ExportProof[];
    };

export interface RefusedReason extends PlacedWords {
  /** The id of the target; null where it is in the way of all. */
  readonly target: string | null;
}

export interface PackedTarget {
  readonly id: string;
  readonly losses: readonly PlacedWords[];
}

/** A sentence, and the line of a policy that it is about, where there is one. */
export interface PlacedWords {
  readonly what: string;
  readonly at: { readonly path: string; readonly line: number } | null;
}

export type ExportProof = { readonly target: string } & (
  | { readonly proven: false; readonly why: string }
  | {
      readonly proven: true;
      readonly engine: string;
      readonly version: string;
      readonly runs: number;
      readonly identical: number;
      readonly total: number;
      readonly cannotHold: readonly string[];
      readonly mutants: { readonly caught: number; readonly total: number } | null;
      /** How long it took on this machine, by the clock. A bundle does not tell, so that it stays the same everywhere. */
      readonly seconds: number;
    }
);

/** One line of the answer to `POST /api/export`. */
export type ExportLine =
  | { readonly progress: ExportProgress }
  | { readonly result: ExportResult }
  | { readonly error: string };
