import {
  applyTextEdits,
  createSource,
  parseYaml,
  createReporter,
  ruleForClause as ruleEdits,
  positionAt,
} from '#engine';
import type { FileEdits } from '#engine';

import type { Memory } from '../memory.ts';

export interface NewRuleParams {
  readonly source: string;
  readonly clause: string;
  /** The policy to which it is added. */
  readonly path: string;
}

/** The edit that begins a rule for a clause, and the line where it then stands; null where nothing can be added. */
export function ruleForClause(
  { draft }: Memory,
  { source, clause, path }: NewRuleParams,
): { readonly edits: FileEdits; readonly line: number } | null {
  const from = draft.sources.find(({ id }) => id === source);
  const found = from?.clauses.find(({ id }) => id === clause);
  const text = draft.files.get(path);
  const added = from && found && text !== undefined ? ruleEdits(text, from, found) : null;
  if (!added || text === undefined) return null;
  const after = createSource(path, applyTextEdits(text, added.edits));
  const root = parseYaml(after, createReporter(after));
  const rules = root?.kind === 'map' ? root.entries.find(({ key }) => key === 'rules')?.value : undefined;
  const rule = rules?.kind === 'list' ? rules.items[added.index] : undefined;
  return { edits: { path, edits: added.edits }, line: positionAt(after, rule?.span.from ?? 0).line };
}
