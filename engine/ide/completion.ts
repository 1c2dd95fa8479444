import { fileKind } from '../workspace/read-file.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { finish, usageOf } from './completion-item.ts';
import type { Ask, CompletionItem, Draft } from './completion-item.ts';
import { keyDrafts } from './completion-keys.ts';
import { valueDrafts } from './completion-values.ts';
import { situationAt } from './context.ts';
import type { Situation } from './context.ts';
import { sectionOf } from '../facts/vocabulary.ts';
import { nameableFacts } from './completion-facts.ts';
import { parameterMarkdown } from './words.ts';

export type { CompletionItem, CompletionKind } from './completion-item.ts';

/** What can be put in at an offset of a half-typed text, the likeliest first. The text may be newer than the workspace. */
export function completionsAt(
  workspace: Workspace,
  path: string,
  text: string,
  offset: number,
): readonly CompletionItem[] {
  const at = situationOf(workspace, path, text, offset);
  if (!at) return [];
  const ask: Ask = { workspace, path, text, at, isUsed: usageOf(text) };
  return finish(draftsFor(ask), ask);
}

/** Where an offset of a file stands among its keys; null where that cannot be told. */
export function situationOf(
  workspace: Workspace,
  path: string,
  text: string,
  offset: number,
): Situation | null {
  const file = fileKind(path);
  if (!file) return null;
  return situationAt(text, offset, {
    file,
    vocabulary: workspace.vocabulary,
    policyText: (id) => {
      const policy = workspace.policies.find((one) => one.id === id);
      return policy ? (workspace.files.get(policy.place.path) ?? null) : null;
    },
  });
}

function draftsFor(ask: Ask): readonly Draft[] {
  const { cursor, spot } = ask.at;
  if (spot.kind === 'shape' && spot.shape.kind === 'message')
    return cursor.placeholder ? placeholders(ask) : [];
  // A word that goes on over several lines is prose.
  if (cursor.typed.includes('\n')) return [];
  switch (cursor.role) {
    case 'key':
      return keyDrafts(ask);
    case 'value':
      return valueDrafts(ask);
    case 'open':
      return [...valueDrafts(ask), ...keyDrafts(ask)];
  }
}

/** What a message can fill in: parameters, figures, and facts of whom the rule judges. */
function placeholders(ask: Ask): readonly Draft[] {
  const close = ask.at.cursor.placeholder!.closed ? '' : '\\}';
  const parameters = ask.at.scope.names.parameters.map((parameter): Draft => ({
    label: parameter.name,
    kind: 'parameter',
    detail: parameter.values.at(-1)?.items.join(', ') ?? '',
    documentation: parameterMarkdown(parameter),
    insert: `${parameter.name}${close}`,
    foundBy: parameter.unit ?? '',
    rank: 1,
  }));
  const facts = nameableFacts(ask)
    .filter(({ written }) => sectionOf(written) !== 'priorVisits')
    .map((fact): Draft => ({
      label: fact.written,
      kind: fact.kind,
      detail: fact.detail,
      documentation: fact.documentation(),
      insert: `${fact.written}${close}`,
      foundBy: fact.foundBy,
      rank: fact.rank,
    }));
  return [...parameters, ...facts];
}
