import { applyTextEdits } from '../base/text-edit.ts';
import type { FileEdits, TextEdit } from '../base/text-edit.ts';
import { count } from '../base/words.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { vocabulary as builtInFacts } from '../facts/vocabulary.ts';
import { runCases } from '../suites/run-suite.ts';
import { updateWorkspace } from '../workspace/workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { definitionsOf } from './definition.ts';
import { indexNames, nameAt } from './names.ts';
import type { NameAt, NameIndex } from './names.ts';
import type { NameKind } from './names-in-file.ts';

/** What stands in the way of a renaming, in one sentence for the author. */
export interface Refusal {
  readonly problem: string;
}

/** The name at an offset, if it can be written anew. */
export function renamableAt(index: NameIndex, path: string, offset: number): NameAt | Refusal {
  const word = nameAt(index, path, offset);
  if (!word) return { problem: 'There is no name here that could be changed.' };
  if (word.kind === 'encounter' && word.role === 'mention')
    return { problem: 'An encounter is found by the name of its file. Rename the file, and then this path.' };
  if (word.key === 'list payers')
    return { problem: 'The list of payers is known by this name. It cannot have another.' };
  if (word.kind === 'fact' && builtInFacts.some(({ path: fact }) => fact === word.name))
    return { problem: `\`${word.name}\` is a built-in fact. Only facts of your own can be renamed.` };
  if (definitionsOf(index, word.key).length === 0)
    return { problem: `\`${word.name}\` is not defined anywhere, so there is nothing to rename.` };
  return word;
}

/**
 * Everything that must be written anew so that a thing has another name everywhere, or why it cannot have it.
 * Promises that nothing else changes: the same mistakes, the same verdicts, and every other name means what it meant.
 */
export function renameAt(
  workspace: Workspace,
  index: NameIndex,
  path: string,
  offset: number,
  newName: string,
): readonly FileEdits[] | Refusal {
  const word = renamableAt(index, path, offset);
  if ('problem' in word) return word;
  if (newName === lastWord(word)) return [];
  const malformed = shapeProblem(word.kind, newName);
  if (malformed) return { problem: malformed };
  const taken = index.byKey.get(keyWith(word, newName))?.find(({ role }) => role === 'definition');
  if (taken) return { problem: `There is already ${article[word.kind]} \`${newName}\`, in ${taken.path}.` };
  const edits = renaming(index.byKey.get(word.key) ?? [], newName);
  return changedMeaning(workspace, index, edits) ?? edits;
}

/** With an article, for sentences. */
export const article = {
  policy: 'a policy',
  rule: 'a rule',
  parameter: 'a parameter',
  condition: 'a condition',
  figure: 'a figure',
  list: 'a list',
  payer: 'a payer',
  source: 'a source',
  clause: 'a clause',
  encounter: 'an encounter',
  suite: 'a suite',
  case: 'a case',
  fact: 'a fact',
} as const satisfies Record<NameKind, string>;

/** What is written in place of the name: of a fact only its last word, so that it stays in its section. */
export function lastWord({ kind, name }: NameAt): string {
  return kind === 'fact' ? name.slice(name.lastIndexOf('.') + 1) : name;
}

const oneWord = /^[a-z][A-Za-z0-9]*$/;
const dashed = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

function shapeProblem(kind: NameKind, name: string): string | null {
  if (kind === 'parameter' || kind === 'condition' || kind === 'figure' || kind === 'fact') {
    return oneWord.test(name)
      ? null
      : 'Write one word that begins with a small letter, for example minimumMinutes.';
  }
  // `null` would be read as nothing.
  return dashed.test(name) && name !== 'null'
    ? null
    : 'Write small letters and digits, with dashes between words, for example minimum-time.';
}

function keyWith({ kind, key, name }: NameAt, newName: string): string {
  if (kind === 'encounter') return '';
  const section = kind === 'fact' ? name.slice(0, name.lastIndexOf('.') + 1) : '';
  return key.slice(0, key.length - name.length) + section + newName;
}

/** The places of one thing with its new name in them. */
export function renaming(names: readonly NameAt[], newName: string): readonly FileEdits[] {
  const byPath = new Map<string, TextEdit[]>();
  for (const { kind, role, path, nameSpan } of names) {
    if (kind === 'encounter' && role === 'mention') continue;
    byPath.set(path, [...(byPath.get(path) ?? []), { ...nameSpan, text: newName }]);
  }
  return [...byPath].map(([path, edits]) => ({ path, edits }));
}

/** Tries the renaming, and says what it would change besides the name; null: nothing. */
function changedMeaning(workspace: Workspace, index: NameIndex, edits: readonly FileEdits[]): Refusal | null {
  const renamed = updateWorkspace(
    workspace,
    edits.map(({ path, edits: own }) => ({ path, text: applyTextEdits(workspace.files.get(path)!, own) })),
  );
  const mistake = newMistake(workspace.diagnostics, renamed.diagnostics);
  if (mistake) {
    const { path, line } = mistake.place;
    return { problem: `With this name, ${path}, line ${line} would be wrong: ${mistake.message}.` };
  }
  const clash = otherMeaning(index, indexNames(renamed, index));
  if (clash)
    return { problem: `With this name, \`${clash.name}\` in ${clash.path} would mean something else.` };
  const passed = (of: Workspace) => runCases(of.cases, 0).passed;
  const lost = passed(workspace) - passed(renamed);
  return lost > 0
    ? {
        problem: `With this name, ${count(lost, 'case')} would fail: the old name stands in an expected message.`,
      }
    : null;
}

function newMistake(before: readonly Diagnostic[], after: readonly Diagnostic[]): Diagnostic | null {
  const keyOf = ({ code, place }: Diagnostic) => `${code} ${place.path}`;
  const left = new Map<string, number>();
  for (const diagnostic of before) left.set(keyOf(diagnostic), (left.get(keyOf(diagnostic)) ?? 0) + 1);
  for (const diagnostic of after) {
    const known = left.get(keyOf(diagnostic)) ?? 0;
    if (known === 0) return diagnostic;
    left.set(keyOf(diagnostic), known - 1);
  }
  return null;
}

/** A name that now shares its meaning with others than before: the first, or null where all are as they were. */
function otherMeaning(before: NameIndex, after: NameIndex): NameAt | null {
  const meant = new Map<string, string>();
  const means = new Map<string, string>();
  for (const [path, names] of before.byPath) {
    const now = after.byPath.get(path) ?? [];
    for (const [position, name] of names.entries()) {
      const other = now[position];
      if (!other || other.kind !== name.kind) return other ?? name;
      if ((meant.get(name.key) ?? other.key) !== other.key) return other;
      if ((means.get(other.key) ?? name.key) !== name.key) return other;
      meant.set(name.key, other.key);
      means.set(other.key, name.key);
    }
    if (now.length !== names.length) return now.at(-1) ?? null;
  }
  return null;
}
