import type { YamlEntry, YamlNode } from '../yaml/parse-yaml.ts';

/** Looking into a tree that may be half written: what is not there is empty. */

export function nodeAt(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;
}

export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The text of a scalar; empty where there is none. */
export function textOf(node: YamlNode | undefined): string {
  return node?.kind === 'scalar' && !node.isNull ? node.text : '';
}

/** The values of a list, or the one value that stands in its place. */
export function scalarsOf(node: YamlNode | undefined): readonly Extract<YamlNode, { kind: 'scalar' }>[] {
  return (node?.kind === 'list' ? node.items : node ? [node] : []).flatMap((item) =>
    item.kind === 'scalar' && !item.isNull ? [item] : [],
  );
}
