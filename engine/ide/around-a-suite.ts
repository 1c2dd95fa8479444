import { joinPath } from '../base/paths.ts';
import type { Encounter } from '../facts/encounter.ts';
import type { Ask } from './completion-item.ts';
import { textBehind } from './sketch.ts';

/** What a suite stands on, as its half-typed text names it. */

/** The encounter from which the case at the cursor starts, or its suite. */
export function baseEncounter({
  workspace,
  path,
  at: { scope },
}: Pick<Ask, 'workspace' | 'path' | 'at'>): Encounter | null {
  const base = textBehind(scope.blocks.get('case'), 'base') ?? textBehind(scope.blocks.get('suite'), 'base');
  if (base === null) return null;
  const target = joinPath(path, base);
  return workspace.encounters.find((file) => file.path === target)?.encounter ?? null;
}

/** `97530 ×1`: a line of a claim in a few characters. */
export function lineWords(encounter: Encounter, number: number): string {
  const claim = encounter.lines[number - 1]?.claim;
  if (!claim) return 'a further line';
  const units = claim.get('line.units');
  return `${String(claim.get('line.code') ?? '')}${typeof units === 'number' ? ` ×${units}` : ''}`;
}

export function lineCount(encounter: Encounter | null): number {
  return encounter?.lines.length ?? 1;
}

/** The policies by which the suite at the cursor judges: those it names, or all. */
export function judgingPolicies({ workspace, at: { root } }: Ask): Ask['workspace']['policies'] {
  const named = root?.entries.find(({ key }) => key === 'policies')?.value;
  const ids =
    named?.kind === 'list'
      ? named.items.flatMap(({ value }) => (value?.kind === 'scalar' ? [value.text] : []))
      : [];
  const chosen = workspace.policies.filter(({ id }) => ids.includes(id));
  return chosen.length > 0 ? chosen : workspace.policies;
}
