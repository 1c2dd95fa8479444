import type { Direction } from '../regions/regions.ts';
import type { ChangeWay } from '../language/parse-settings.ts';
import type { OverridableRefusal } from '../releases/refusals.ts';

/** What there can be to decide before a release, in the order in which it is told. */
export const itemKinds = [
  /** Nothing was published before: everything is new, and is decided as a whole. */
  'first-release',
  /** Cases in which decisions change, as `compareWorkspaces` finds them. */
  'region',
  /** Minutes that support other units than before. */
  'units',
  /** What was too large to go through, so that nothing is known of it. */
  'not-covered',
  /** A saved encounter, or a case that both versions have, that is judged otherwise. */
  'encounter',
  /** A case or encounter that says or expects something else than in the last release, or is gone. */
  'case',
  /** The settings of the workspace. */
  'settings',
  'known-gap',
  /** What speaks against publishing, and somebody may answer for. */
  'override',
] as const;

export type ItemKind = (typeof itemKinds)[number];

/** What a policy is about, as far as approval is concerned. */
export type Subject = 'payment' | 'coverage';

/** One thing that somebody has to decide before it is published. */
export interface ApprovalItem {
  /** `region-3f5a9c0b12de`: what it is, and the beginning of `sha256`. */
  readonly id: string;
  /** Of everything that is decided; as soon as what is before or after is another, so is this. */
  readonly sha256: string;
  readonly kind: ItemKind;
  /** In a plain sentence or name, without its end. */
  readonly title: string;
  /** In words; null: there was nothing. */
  readonly before: string | null;
  /** In words; null: there is nothing any more. */
  readonly after: string | null;
  /** Stricter is a graver decision; `unknown`: it was not gone through; null: it has none. */
  readonly direction: Direction | 'both' | 'unknown' | null;
  /** What the policies that make the difference are about. */
  readonly subjects: readonly Subject[];
  /** Why one approver is not enough; empty: one is. */
  readonly secondFor: readonly ChangeWay[];
  /** Items that decide this one along with them, where nobody decides it by itself: the regions in which an encounter lies. */
  readonly partOf: readonly string[];
  /** What makes the difference, in lines. */
  readonly details: readonly string[];
  /** Where it stands in the workspace, and which case there; null: nowhere in particular. */
  readonly at: { readonly path: string; readonly suiteCase: string | null } | null;
  /** What would be overridden, where it is that. */
  readonly override: OverridableRefusal | null;
  /** The last release has it already, word for word, so that it was decided then. */
  readonly isOld: boolean;
}
