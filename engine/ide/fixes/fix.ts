import type { Span } from '../../base/span.ts';
import type { FileEdits, TextEdit } from '../../base/text-edit.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ReadFile } from '../../workspace/read-file.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { flowText } from '../../yaml/write-yaml.ts';
import type { YamlValue } from '../../yaml/write-yaml.ts';
import type { YamlPath } from '../../yaml/edit-yaml.ts';
import { removeYaml, setYaml } from '../../yaml/edit-yaml.ts';
import type { YamlMap, YamlNode } from '../../yaml/parse-yaml.ts';
import type { NameIndex } from '../names.ts';

/** One way to mend a mistake. */
export interface QuickFix {
  /** What it does, for the author to choose by. */
  readonly title: string;
  readonly edits: readonly FileEdits[];
}

/** A mistake in its file, and all that a fix may look at. */
export interface Mistake {
  readonly workspace: Workspace;
  readonly index: NameIndex;
  readonly diagnostic: Diagnostic;
  readonly file: ReadFile;
  readonly text: string;
  /** What stands at the place of the mistake; null where the text cannot be read. */
  readonly at: Located | null;
  /** The words at the place. */
  readonly written: string;
}

/** Everything that mends one kind of mistake, likeliest first; none where the mistake is not of the kind it knows. */
export type Fixer = (mistake: Mistake) => readonly QuickFix[];

/** A node of a tree with the way to it. */
export interface Located {
  readonly node: YamlNode;
  readonly path: YamlPath;
  /** What the node stands in, innermost first. */
  readonly within: readonly { readonly node: YamlNode; readonly path: YamlPath }[];
}

/** The node that a diagnostic's path of keys leads to. */
export function locate(root: YamlNode | null, yamlPath: string): Located | null {
  const search = (node: YamlNode, path: YamlPath, within: Located['within']): Located | null => {
    if (node.yamlPath === yamlPath) return { node, path, within };
    const children: readonly (readonly [string | number, YamlNode])[] =
      node.kind === 'map'
        ? node.entries.map(({ key, value }) => [key, value] as const)
        : node.kind === 'list'
          ? node.items.map((item, position) => [position, item] as const)
          : [];
    for (const [part, child] of children) {
      if (!yamlPath.startsWith(child.yamlPath)) continue;
      const found = search(child, [...path, part], [{ node, path }, ...within]);
      if (found) return found;
    }
    return null;
  };
  return root && search(root, [], []);
}

/** The innermost map of those that hold the node and have this key; the node itself counts. */
export function mapWith(at: Located | null, key: string): { node: YamlMap; path: YamlPath } | null {
  for (const { node, path } of at ? [at, ...at.within] : []) {
    if (node.kind === 'map' && node.entries.some((entry) => entry.key === key)) return { node, path };
  }
  return null;
}

/** The whole item of the list `name` that the node stands in: its rule, its case, its clause. */
export function itemOf(at: Located | null, name: string): { node: YamlMap; path: YamlPath } | null {
  for (const { node, path } of at ? [at, ...at.within] : []) {
    if (node.kind === 'map' && path.length === 2 && path[0] === name) return { node, path };
  }
  return null;
}

// ---- making fixes -------------------------------------------------------------------------------------------------

/** A fix within the file of the mistake; none where there is nothing to edit. */
export function inFile(
  { file }: Pick<Mistake, 'file'>,
  title: string,
  edits: readonly TextEdit[],
): readonly QuickFix[] {
  return elsewhere(file.path, title, edits);
}

export function elsewhere(path: string, title: string, edits: readonly TextEdit[]): readonly QuickFix[] {
  return edits.length === 0 ? [] : [{ title, edits: [{ path, edits }] }];
}

export function newFile(path: string, title: string, text: string): readonly QuickFix[] {
  return elsewhere(path, title, [{ from: 0, to: 0, text }]);
}

/** Other words at the place of the mistake. */
export function write(mistake: Mistake, text: string, title = `Change to ${text}`): readonly QuickFix[] {
  return replace(mistake, mistake.diagnostic.place, text, title);
}

export function replace(
  mistake: Mistake,
  { from, to }: Span,
  text: string,
  title: string,
): readonly QuickFix[] {
  return mistake.text.slice(from, to) === text ? [] : inFile(mistake, title, [{ from, to, text }]);
}

/** A key with a value in a block, behind the last of those that precede it in `order`. */
export function addKey(
  mistake: Mistake,
  path: YamlPath,
  key: string,
  value: YamlValue,
  order: readonly string[],
  title = `Add ${key}: ${shortened(flowText(value))}`,
): readonly QuickFix[] {
  return inFile(mistake, title, setYaml(mistake.text, [...path, key], value, order));
}

export function remove(mistake: Mistake, path: YamlPath, title: string): readonly QuickFix[] {
  return inFile(mistake, title, removeYaml(mistake.text, path));
}

export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 58)} …` : text;
}

/** `lift-limits` → `Lift limits`: a title to begin with. */
export function titleFrom(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `Lift limits, 2024` → `lift-limits-2024`. */
export function idFrom(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
