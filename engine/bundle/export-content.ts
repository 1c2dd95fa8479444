import { formatDay } from '../base/calendar-date.ts';
import type { Day } from '../base/calendar-date.ts';
import type { Place } from '../base/source.ts';
import { lower } from '../intermediate/lower.ts';
import type { PlainProgram } from '../intermediate/form.ts';
import type { Policy } from '../model/policy.ts';
import { sharedFiles } from '../share/shared-files.ts';
import type { KitLine } from '../targets/kit-line.ts';
import type { Shortfall, Target } from '../targets/target.ts';
import type { Workspace, WorkspaceFile } from '../workspace/workspace.ts';
import type { BundleManifest, Loss } from './bundle-manifest.ts';
import type { BundleContent, WrittenTarget } from './make-bundle.ts';
import type { Proof } from './proof.ts';

/** What is to be exported: policies that decide together, and everything that they rest on. */
export interface Exported {
  /** Names the export in files: the id of the one policy that was chosen, or `policies`. */
  readonly name: string;
  readonly policies: readonly Policy[];
  readonly program: PlainProgram;
  /** Those of the workspace without its encounters and suites: a workspace in itself, which decides the same. */
  readonly files: readonly WorkspaceFile[];
  readonly workspace: Workspace;
}

/**
 * The policies with these ids, or all. An overlay and what it extends go together: alone, either would decide otherwise
 * than both do. Ids that nobody knows are left out; the host has told of them.
 */
export function choosePolicies(workspace: Workspace, ids: readonly string[] | null): Exported {
  const chosen = ids === null ? null : withOverlays(workspace.policies, ids);
  const policies = workspace.policies.filter(({ id }) => chosen?.has(id) ?? true);
  const foreign = new Set(
    workspace.policies.filter((policy) => !policies.includes(policy)).map(({ place }) => place.path),
  );
  const files =
    chosen === null
      ? [...workspace.files]
          .map(([path, text]) => ({ path, text }))
          .filter(({ path }) => path.startsWith('rules/'))
      : // A source or list may have the name of a policy that was not chosen.
        sharedFiles(workspace, { policies: [...chosen], cases: [] }).filter(({ path }) => !foreign.has(path));
  const [only, ...more] = ids ?? [];
  return {
    name: only !== undefined && more.length === 0 ? only : 'policies',
    policies,
    program: lower(policies, workspace.vocabulary),
    files,
    workspace,
  };
}

/** A target with its files; or, where it cannot hold the policies, with the reasons. */
export interface TargetWriting {
  readonly target: Target;
  readonly files: readonly WorkspaceFile[];
  readonly refused: readonly Shortfall[];
  readonly losses: readonly Shortfall[];
}

export function writeTargets(
  { name, program, workspace }: Exported,
  targets: readonly Target[],
  kit: readonly KitLine[],
): readonly TargetWriting[] {
  return targets.map((target) => ({ target, ...target.write({ program, workspace, name, kit }) }));
}

/** What goes into the bundle. No target of it may have been refused. */
export function exportContent(
  { policies, program, files, workspace }: Exported,
  written: readonly TargetWriting[],
  proven: {
    readonly kit: readonly KitLine[];
    readonly proofs: readonly Proof[];
    readonly release: BundleManifest['release'];
    readonly verifier: string;
  },
): BundleContent {
  const refused = written.find((one) => one.refused.length > 0);
  if (refused) throw new Error(`${refused.target.id} was refused, and there is nothing of it to export`);
  const paths = new Set(files.map(({ path }) => path));
  return {
    ...proven,
    semantics: program.semantics,
    workspace: files,
    policies: policies.map(({ id, title, payers, from, to, received, place }) => ({
      id,
      title,
      payers,
      effective: { from: formatDay(from), to: dayOrNull(to) },
      received: received && { from: dayOrNull(received.from), to: dayOrNull(received.to) },
      path: place.path,
    })),
    sources: workspace.sources.filter(({ place }) => paths.has(place.path)),
    targets: written.map(({ target: { id, title }, files, losses }): WrittenTarget => ({
      id,
      title,
      losses: losses.map(lossOf),
      files: files.map(({ path, text }) => ({ path, text })),
    })),
  };
}

function dayOrNull(day: Day | null): string | null {
  return day === null ? null : formatDay(day);
}

function lossOf({ what, rule, place }: Shortfall): Loss {
  return { what, rule, at: place && at(place) };
}

function at({ path, line }: Place): { readonly path: string; readonly line: number } {
  return { path, line };
}

/** With every overlay of them and everything that they extend, and so on. */
function withOverlays(policies: readonly Policy[], ids: readonly string[]): ReadonlySet<string> {
  const chosen = new Set(ids);
  for (let before = -1; before !== chosen.size;) {
    before = chosen.size;
    for (const { id, extends: base } of policies) {
      if (base !== null && (chosen.has(id) || chosen.has(base))) chosen.add(id).add(base);
    }
  }
  return chosen;
}
