import type { Span } from '../base/span.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { YamlPath } from '../yaml/edit-yaml.ts';
import type { YamlEntry, YamlNode } from '../yaml/parse-yaml.ts';
import { keyOf } from './form.ts';
import type { CitesField, Field, ItemsField, Leftover, Spot } from './form.ts';

/** Reads the pieces of a tree as fields; what does not fit becomes a leftover. It lives as long as one description does. */
export interface Page {
  readonly text: string;
}

export function spot(path: YamlPath, at: Span | null): Spot {
  return { path, key: keyOf(path), at };
}

export function entryOf(node: YamlNode | null, key: string): YamlEntry | null {
  return node?.kind === 'map' ? (node.entries.find((entry) => entry.key === key) ?? null) : null;
}

/** The text of the file from a key to the end of its value. */
export function textOfEntry(page: Page, entry: YamlEntry): string {
  return page.text.slice(entry.keySpan.from, Math.max(entry.keySpan.to, entry.value.span.to)).trimEnd();
}

export function textOfNode(page: Page, node: YamlNode): string {
  return page.text.slice(node.span.from, node.span.to).trimEnd();
}

export function fieldAt(page: Page, path: YamlPath, node: YamlNode | null): Field {
  if (node === null) return { ...spot(path, null), text: null, instead: null };
  if (node.kind !== 'scalar')
    return { ...spot(path, node.span), text: null, instead: textOfNode(page, node) };
  return { ...spot(path, node.span), text: node.isNull ? null : node.text, instead: null };
}

/** The field behind a key of a block that may not be there. */
export function fieldIn(page: Page, parent: YamlNode | null, path: YamlPath, key: string): Field {
  return fieldAt(page, [...path, key], entryOf(parent, key)?.value ?? null);
}

export function itemsIn(page: Page, parent: YamlNode | null, path: YamlPath, key: string): ItemsField {
  const node = entryOf(parent, key)?.value ?? null;
  const items = node && plainItems(node);
  const isOdd = node !== null && items === null && !(node.kind === 'scalar' && node.isNull);
  return {
    ...spot([...path, key], node?.span ?? null),
    items,
    instead: isOdd ? textOfNode(page, node) : null,
  };
}

export function citesIn(page: Page, parent: YamlNode | null, path: YamlPath): CitesField {
  const node = entryOf(parent, 'cite')?.value ?? null;
  const items = node?.kind === 'scalar' ? (node.isNull ? [] : [node.text]) : node ? plainItems(node) : [];
  return {
    ...spot([...path, 'cite'], node?.span ?? null),
    cites: items ?? [],
    instead: items === null && node ? textOfNode(page, node) : null,
  };
}

/** The texts of a list of single values; null for anything else. */
export function plainItems(node: YamlNode): readonly string[] | null {
  if (node.kind !== 'list') return null;
  const items = node.items.flatMap((item) => (item.kind === 'scalar' && !item.isNull ? [item.text] : []));
  return items.length === node.items.length ? items : null;
}

export function leftoversIn(
  page: Page,
  node: YamlNode | null,
  path: YamlPath,
  known: readonly string[],
): readonly Leftover[] {
  if (node?.kind !== 'map') return [];
  return node.entries
    .filter((entry) => !known.includes(entry.key))
    .map((entry) => ({ ...spot([...path, entry.key], entry.keySpan), text: textOfEntry(page, entry) }));
}

/** Each mistake beside the innermost thing of the form whose path its own path begins with. */
export function problemsBySpot(
  form: unknown,
  diagnostics: readonly Diagnostic[],
): { readonly [key: string]: readonly Diagnostic[] } {
  if (diagnostics.length === 0) return {};
  const keys = new Set<string>();
  collectKeys(form, keys);
  const found: { [key: string]: Diagnostic[] } = {};
  for (const diagnostic of diagnostics) {
    let key = diagnostic.place.yamlPath;
    while (key !== '' && !keys.has(key)) key = shorter(key);
    (found[key] ??= []).push(diagnostic);
  }
  return found;
}

function collectKeys(value: unknown, keys: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collectKeys(item, keys);
  } else if (value !== null && typeof value === 'object') {
    if ('key' in value && typeof value.key === 'string') keys.add(value.key);
    for (const item of Object.values(value)) collectKeys(item, keys);
  }
}

/** Keys of facts hold dots themselves, so every dot is a place to cut. */
function shorter(key: string): string {
  const at = Math.max(key.lastIndexOf('.'), key.lastIndexOf('['));
  return at <= 0 ? '' : key.slice(0, at);
}
