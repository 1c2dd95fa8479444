import { createSource } from '../base/source.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { applyTextEdits } from '../base/text-edit.ts';
import { joinPath } from '../base/paths.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import { judge, outcomeCode } from '../evaluate/compile.ts';
import type { PolicyJudgement } from '../evaluate/compile.ts';
import type { ReadyCase } from '../suites/run-suite.ts';
import type { Suite, SuiteCase } from '../suites/suite.ts';
import type { Workspace, WorkspaceFile } from '../workspace/workspace.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { withoutComments } from './without-comments.ts';

/** What somebody wants to give away: policies by id, and cases as `suite/case`, encounters by their path. */
export interface ShareChoice {
  readonly policies: readonly string[];
  readonly cases: readonly string[];
}

/**
 * The files that a reader needs to see the same: the policies with every revision and what they extend, their lists,
 * sources and added facts; of each chosen case its suite with the chosen cases alone, its encounter, and the policies
 * that say something of it. Cases and encounters go without their comments, and never go unless they are chosen.
 */
export function sharedFiles(workspace: Workspace, choice: ShareChoice): readonly WorkspaceFile[] {
  const names = namesIn(workspace);
  const texts = new Map<string, string>();
  const waiting: string[] = [];
  const need = (path: string, text = workspace.files.get(path)): void => {
    if (text === undefined || texts.has(path)) return;
    texts.set(path, text);
    waiting.push(path);
  };

  for (const id of choice.policies) for (const path of names.policies.get(id) ?? []) need(path);
  for (const [path, text] of chosenCases(workspace, choice.cases)) need(path, text);
  for (const id of policiesAbout(workspace, choice.cases))
    for (const path of names.policies.get(id) ?? []) need(path);
  // Whether a payer is written rightly is known only with the list of payers.
  for (const path of names.lists.get('payers') ?? []) need(path);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const needed of referredIn(path, texts.get(path)!, names)) need(needed);
  }
  for (const path of vocabulariesFor(workspace, [...texts.values()])) need(path);
  return [...texts]
    .map(([path, text]) => ({ path, text }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** The paths behind each name. Only a policy has several: one for each revision. */
interface Names {
  readonly policies: ReadonlyMap<string, readonly string[]>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly sources: ReadonlyMap<string, readonly string[]>;
}

function namesIn(workspace: Workspace): Names {
  const grouped = (kind: 'policy' | 'list' | 'source'): ReadonlyMap<string, readonly string[]> => {
    const paths = new Map<string, string[]>();
    for (const file of workspace.memory.read.values()) {
      if (file.kind !== kind || !file.value) continue;
      paths.set(file.value.id, [...(paths.get(file.value.id) ?? []), file.path]);
    }
    return paths;
  };
  return { policies: grouped('policy'), lists: grouped('list'), sources: grouped('source') };
}

/** `$list`, `source#clause`, `policy`, `policy/rule` and `policy.parameter`, as keys and as values. */
function referredIn(path: string, text: string, names: Names): readonly string[] {
  const source = createSource(path, text);
  const root = parseYaml(source, createReporter(source));
  return (root ? wordsIn(root) : []).flatMap((word) => {
    const [, first = '', mark] = /^\$?([a-z0-9-]+)([#/.]|$)/.exec(word) ?? [];
    if (word.startsWith('$')) return names.lists.get(first) ?? [];
    if (mark === '#') return names.sources.get(first) ?? [];
    return names.policies.get(first) ?? [];
  });
}

function wordsIn(node: YamlNode): readonly string[] {
  switch (node.kind) {
    case 'scalar':
      return [node.text];
    case 'list':
      return node.items.flatMap(wordsIn);
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, ...wordsIn(value)]);
  }
}

/** The files of the chosen cases and encounters, with nothing in them that was not chosen. */
function chosenCases(workspace: Workspace, chosen: readonly string[]): ReadonlyMap<string, string> {
  const keys = new Set(chosen);
  const texts = new Map<string, string>();
  const encounters = new Set(chosen.filter((key) => workspace.files.has(key)));
  for (const suite of workspace.suites) {
    const wanted = suite.cases.filter(({ id }) => keys.has(`${suite.id}/${id}`));
    if (wanted.length === 0) continue;
    for (const suiteCase of wanted) {
      const base = suiteCase.base ?? suite.base;
      if (base) encounters.add(joinPath(suite.source.path, base.text));
    }
    const cut = suiteOf(suite, wanted);
    const text = cut === null ? null : withoutComments(cut);
    if (text !== null) texts.set(suite.source.path, text);
  }
  for (const path of encounters) {
    const text = withoutComments(workspace.files.get(path) ?? '');
    if (text !== null) texts.set(path, text);
  }
  return texts;
}

/** The text of a suite with some of its cases only; null where its cases do not stand each on lines of its own. */
function suiteOf({ source, cases }: Suite, wanted: readonly SuiteCase[]): string | null {
  const { text } = source;
  const starts = cases.map(({ node }) => text.lastIndexOf('\n', node.span.from - 1) + 1);
  const ownLine = cases.every(({ node }, index) => /^ *- +$/.test(text.slice(starts[index], node.span.from)));
  if (!ownLine) return null;
  // What stands between two cases (comments, a case that was written wrongly) goes with the first of them.
  const edits = cases.flatMap((suiteCase, index): readonly TextEdit[] => {
    if (wanted.includes(suiteCase)) return [];
    const to = starts[index + 1] ?? lineEndAfter(text, suiteCase.node.span.to);
    return [{ from: starts[index]!, to, text: '' }];
  });
  return applyTextEdits(text, edits);
}

function lineEndAfter(text: string, at: number): number {
  // The place of a block ends behind its last line break.
  if (text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

/** A verdict is the same only beside every policy that has a say in it. */
function policiesAbout(workspace: Workspace, chosen: readonly string[]): ReadonlySet<string> {
  const keys = new Set(chosen);
  const cases = workspace.cases.filter(({ suite, id }) => keys.has(`${suite}/${id}`));
  const alone = workspace.encounters.filter(({ path, table }) => table && keys.has(path));
  const judgements = [
    ...cases.flatMap(({ ready }: ReadyCase) => (ready ? [judge(ready.program, ready.table)] : [])),
    ...alone.map(({ table }) => judge(workspace.program, table!)),
  ];
  const speaking = judgements.flatMap(({ policies }) => policies.filter(hasSomethingToSay));
  return new Set(speaking.map(({ epoch }) => epoch.policy.id));
}

function hasSomethingToSay({ lines, visit, epoch }: PolicyJudgement): boolean {
  const speaks = (outcome: number): boolean => outcome !== outcomeCode['not-applicable'];
  // A time rule says how many units a line may have, even where no rule applies.
  return epoch.policy.timeRule !== null || visit.some(speaks) || lines.some((line) => line.some(speaks));
}

/** The files whose added facts are mentioned by their last word, which is how an encounter writes them. */
function vocabulariesFor(workspace: Workspace, texts: readonly string[]): readonly string[] {
  const mentioned = new Set(texts.flatMap((text) => text.match(/[A-Za-z][A-Za-z0-9]*/g) ?? []));
  return [...workspace.memory.read.values()].flatMap((file) =>
    file.kind === 'vocabulary' && file.value.some(({ fact }) => mentioned.has(fact.path.split('.').at(-1)!))
      ? [file.path]
      : [],
  );
}
