import type { Span } from '../../base/span.ts';
import { removeYaml, setYaml } from '../../yaml/edit-yaml.ts';
import { contentEnd } from '../folding.ts';
import { nodeAt, textOf } from '../tree.ts';
import { inFile, locate, remove, replace } from './fix.ts';
import type { Fixer, Mistake } from './fix.ts';

/** Takes out what stands at the place, with its key. */
export const takeOut: Fixer = (mistake) => {
  const { at, text } = mistake;
  const key = at?.path.at(-1);
  if (!at || key === undefined) return [];
  // A block of which nothing would be left goes as a whole.
  const holder = at.within[0];
  const alone = holder?.node.kind === 'map' && holder.node.entries.length === 1 && holder.path.length === 1;
  const what = typeof key === 'string' ? key : 'it';
  return inFile(mistake, `Remove ${what}`, removeYaml(text, alone ? holder.path : at.path));
};

/** One of two keys of the same name: the second, or the first, whose place is taken by the second. */
export const removeDuplicateKey: Fixer = (mistake) => {
  const { diagnostic, text, at, file } = mistake;
  const second = extentOf(text, diagnostic.place);
  const key = text.slice(diagnostic.place.from, diagnostic.place.to);
  const holder = at?.within[0]?.node ?? file.root;
  const first =
    holder?.kind === 'map'
      ? holder.entries.find(
          (entry) =>
            entry.keySpan.to <= diagnostic.place.from &&
            text.slice(entry.keySpan.from, entry.keySpan.to) === key,
        )
      : undefined;
  const firstValue = first && shown(text, first.value.span);
  const secondValue = shown(text, valueOf(text, second, diagnostic.place));
  return [
    ...replace(mistake, second, '', `Keep ${key}: ${firstValue ?? 'the first'}`),
    ...(first ? replace(mistake, extentOf(text, first.keySpan), '', `Keep ${key}: ${secondValue}`) : []),
  ];
};

function shown(text: string, { from, to }: Span): string {
  const line = text.slice(from, to).trim().split('\n')[0] ?? '';
  return line.length > 40 ? `${line.slice(0, 38)} …` : line;
}

function valueOf(text: string, extent: Span, key: Span): Span {
  const colon = text.indexOf(':', key.to);
  return { from: colon === -1 ? key.to : colon + 1, to: extent.to };
}

/** An entry that the tree does not hold, by its key: in a block its lines, in braces up to the next comma. */
function extentOf(text: string, key: Span): Span {
  const lineStart = text.lastIndexOf('\n', key.from - 1) + 1;
  const before = text.slice(lineStart, key.from);
  if (/^ *$/.test(before)) {
    let to = lineEnd(text, key.to);
    while (to < text.length) {
      const next = text.slice(to, lineEnd(text, to));
      if (next.trim() !== '' && next.length - next.trimStart().length <= before.length) break;
      to += next.length;
    }
    return { from: lineStart, to: contentEnd(text, { from: lineStart, to }) + 1 };
  }
  let depth = 0;
  for (let at = key.to; at < text.length; at += 1) {
    const character = text[at]!;
    if ('{['.includes(character)) depth += 1;
    if ('}]'.includes(character)) {
      if (depth === 0) {
        // The last entry goes with the comma before it.
        const comma = text.slice(0, key.from).search(/,\s*$/);
        return { from: comma === -1 ? key.from : comma, to: comma === -1 ? at : contentBefore(text, at) };
      }
      depth -= 1;
    }
    if (character === ',' && depth === 0) {
      const after = /^,\s*/.exec(text.slice(at))![0].length;
      return { from: key.from, to: at + after };
    }
  }
  return key;
}

function contentBefore(text: string, at: number): number {
  return text.slice(0, at).trimEnd().length;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}

/** A second thing with the same id: another id for it, or away with it. */
export const anotherId: Fixer = (mistake) => {
  const { at, text, file, diagnostic } = mistake;
  const at2 = at ?? locate(file.root, diagnostic.place.yamlPath);
  if (!at2) return [];
  if (at2.node.kind === 'map') {
    const id = textOf(nodeAt(at2.node, 'id'));
    const list = at2.within[0];
    const taken = new Set(
      list?.node.kind === 'list' ? list.node.items.map((item) => textOf(nodeAt(item, 'id'))) : [],
    );
    const free = freeName(id, taken);
    return [
      ...inFile(mistake, `Call this one ${free}`, setYaml(text, [...at2.path, 'id'], free)),
      ...remove(mistake, at2.path, `Remove this ${id}`),
    ];
  }
  if (at2.path.at(-1) === 'path') return remove(mistake, at2.path.slice(0, -1), 'Remove this fact');
  return inFile(
    mistake,
    `Call this one ${otherFileId(mistake)}`,
    setYaml(text, at2.path, otherFileId(mistake)),
  );
};

/** A name for a file of which the id is taken: as the file itself is called, if that is free. */
function otherFileId({ written, file, workspace }: Mistake): string {
  const taken = new Set([...workspace.lists, ...workspace.sources, ...workspace.suites].map(({ id }) => id));
  const own = file.path.split('/').at(-1)!.split('.')[0]!;
  return taken.has(own) ? freeName(written, taken) : own;
}

function freeName(id: string, taken: ReadonlySet<string>): string {
  for (let n = 2; ; n += 1) if (!taken.has(`${id}-${n}`)) return `${id}-${n}`;
}
