import { createSource } from '../base/source.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import { judge } from '../evaluate/compile.ts';
import type { Program } from '../evaluate/compile.ts';
import type { JudgedTable } from '../evaluate/judge-again.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import type { FactTable } from '../facts/encounter.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';

/**
 * What one comparison leaves to the next with the same earlier version, where only the later one was edited.
 * INVARIANT: it gives back what would be found anew, so a comparison with it and one without say the same.
 */
export interface KeptComparison {
  /** What the earlier version makes of an encounter. */
  readonly judgeBefore: (program: Program, table: FactTable) => JudgedTable;
  /** The tree of a file of the earlier version. */
  readonly treeBefore: (path: string, text: string) => YamlNode | null;
}

export function keepComparison(): KeptComparison {
  const judged = new WeakMap<Program, WeakMap<FactTable, JudgedTable>>();
  const trees = new Map<string, { readonly text: string; readonly tree: YamlNode | null }>();
  return {
    judgeBefore(program, table) {
      const own = judged.get(program) ?? new WeakMap<FactTable, JudgedTable>();
      judged.set(program, own);
      const found = own.get(table) ?? judgeAnew(program, table);
      own.set(table, found);
      return found;
    },
    treeBefore(path, text) {
      const known = trees.get(path);
      if (known?.text === text) return known.tree;
      const tree = treeOf(path, text);
      trees.set(path, { text, tree });
      return tree;
    },
  };
}

/** For a comparison that no other follows. */
export const keepsNothing: KeptComparison = { judgeBefore: judgeAnew, treeBefore: treeOf };

export function judgeAnew(program: Program, table: FactTable): JudgedTable {
  const judgement = judge(program, table);
  return { judgement, verdict: verdictOf(judgement) };
}

export function treeOf(path: string, text: string): YamlNode | null {
  const source = createSource(path, text);
  return parseYaml(source, createReporter(source));
}
