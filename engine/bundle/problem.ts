/** Everything for which a bundle is refused. */
export const bundleProblems = [
  // The archive.
  'too-large',
  'not-an-archive',
  'truncated',
  'damaged',
  'compressed',
  'trailing',
  'not-canonical',
  'not-a-file',
  'unsafe-path',
  'duplicate',
  // The manifest, and what it lists.
  'manifest-missing',
  'manifest-tampered',
  'reordered',
  'missing',
  'added',
  'tampered',
  'moved',
  // The signature.
  'unsigned',
  'signature-unreadable',
  'wrong-key',
  'wrong-signature',
  'other-bundle',
] as const;

export interface BundleProblem {
  readonly kind: (typeof bundleProblems)[number];
  /** In the bundle; null where it is about the bundle as a whole. */
  readonly path: string | null;
  /** A whole sentence. */
  readonly message: string;
}

export function problem(kind: BundleProblem['kind'], path: string | null, message: string): BundleProblem {
  return { kind, path, message };
}
