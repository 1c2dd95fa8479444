import { isRecord, parseJson } from '../base/json.ts';
import type { Difference } from '../suites/compare-verdict.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Json } from './canonical-json.ts';
import type { OverridableRefusal } from './refusals.ts';

/** What a release says of itself: `releases/<number>/manifest.json`. */
export interface Manifest {
  readonly format: typeof manifestFormat;
  /** 1 for the first, and one more for each that follows. */
  readonly number: number;
  /** The release before it; null for the first. Its hash is that of its manifest, so each vouches for all before it. */
  readonly previous: ReleaseName | null;
  readonly who: string;
  readonly why: string;
  /** The moment of publishing by the clock of the machine, in UTC: `2024-03-04T09:30:00.000Z`. */
  readonly when: string;
  /** In the order of their paths. */
  readonly files: readonly PublishedFile[];
  /** Errors are never published. */
  readonly checks: { readonly warnings: number; readonly notes: number };
  /** In the order of their ids. */
  readonly suites: readonly PublishedSuite[];
  /** Cases that came out otherwise than expected, and were published all the same. */
  readonly failed: readonly FailedCase[];
  readonly knownGaps: readonly PublishedGap[];
  readonly overrides: readonly Override[];
  /** Everything that had to be decided, with who decided it and why. */
  readonly approvals: readonly PublishedApproval[];
}

export const manifestFormat = 'proviso-release-1';

export interface ReleaseName {
  readonly number: number;
  readonly sha256: string;
}

/** A file of the workspace by its path there; its copy lies under `files/`. */
export interface PublishedFile {
  readonly path: string;
  readonly sha256: string;
}

export interface PublishedSuite {
  readonly suite: string;
  readonly title: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface FailedCase {
  readonly suite: string;
  readonly id: string;
  readonly title: string;
  readonly reason: string | null;
  readonly differences: readonly Difference[];
}

export interface PublishedGap {
  readonly suite: string;
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly until: string;
  readonly reason: string;
}

/** What would have kept the release back, and why it was published all the same. */
export interface Override {
  readonly what: OverridableRefusal;
  readonly found: string;
  readonly reason: string;
  /** Who answers for it. */
  readonly who: string;
}

/** One thing that had to be decided before the release, as it was decided. */
export interface PublishedApproval {
  /** `region-3f5a9c0b12de` and the like; its first word says what it is. */
  readonly item: string;
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly direction: string | null;
  /** Why one approver was not enough; empty: one was. */
  readonly secondFor: readonly string[];
  /** The items with which it was decided, where nobody decided it by itself: the regions in which an encounter lies. */
  readonly through: readonly string[];
  readonly decisions: readonly PublishedDecision[];
}

export interface PublishedDecision {
  readonly who: string;
  readonly why: string;
  readonly when: string;
  /** The SHA-256 of the files that were there when it was made, as `filesHash` counts it. */
  readonly files: string;
}

/** The SHA-256 of a text in UTF-8, in lower-case hex. The host brings it: Node and browsers have one each. */
export type Hash = (text: string) => Promise<string>;

export function manifestText(manifest: Manifest): string {
  return canonicalJson(manifest as unknown as Json);
}

/** What stands in a manifest that was read, or what keeps it from being one, as the end of a sentence. */
export type ReadManifest =
  | { readonly manifest: Manifest; readonly problem: null }
  | { readonly manifest: null; readonly problem: string };

export function readManifest(text: string): ReadManifest {
  const value = parseJson(text);
  if (value === undefined) return unreadable('is not JSON');
  if (!isRecord(value) || value['format'] !== manifestFormat) {
    return unreadable(`does not say \`"format": "${manifestFormat}"\``);
  }
  const lost = missingIn(value);
  if (lost !== null) return unreadable(`has no sound \`${lost}\``);
  return { manifest: value as unknown as Manifest, problem: null };
}

function unreadable(problem: string): ReadManifest {
  return { manifest: null, problem };
}

/** The first key that is not what it must be for the release to be verified; null where all are. */
function missingIn(value: Readonly<Record<string, unknown>>): string | null {
  const sound: Readonly<Record<string, boolean>> = {
    number: isNumber(value['number']),
    previous: value['previous'] === null || isReleaseName(value['previous']),
    who: typeof value['who'] === 'string',
    why: typeof value['why'] === 'string',
    when: typeof value['when'] === 'string',
    files: isListOf(value['files'], isPublishedFile),
    checks: isRecord(value['checks']),
    suites: isListOf(value['suites'], isRecord),
    failed: isListOf(value['failed'], isRecord),
    knownGaps: isListOf(value['knownGaps'], isRecord),
    overrides: isListOf(value['overrides'], isRecord),
    approvals: isListOf(value['approvals'], isRecord),
  };
  return Object.keys(sound).find((key) => !sound[key]) ?? null;
}

function isReleaseName(value: unknown): boolean {
  return isRecord(value) && isNumber(value['number']) && typeof value['sha256'] === 'string';
}

function isPublishedFile(value: unknown): boolean {
  return isRecord(value) && typeof value['path'] === 'string' && typeof value['sha256'] === 'string';
}

function isListOf(value: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}

function isNumber(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
