import { createSource } from '../base/source.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import { parseYaml } from './parse-yaml.ts';
import type { YamlNode } from './parse-yaml.ts';
import { blockLines, flowText, isScalar, keyText, scalarText, widest, writtenFlow } from './write-yaml.ts';
import type { YamlValue } from './write-yaml.ts';

/**
 * The smallest edits of a YAML text that change one thing and leave every other character as it stands:
 * comments, blank lines, order, indentation, flow or block, quotes, line ends, a missing last line end.
 *
 * INVARIANT: the tree of the text after is the tree of the text before with this one thing changed.
 *
 * No edits come back where the text has a syntax error or the path does not fit it: nothing is guessed.
 * Comments above a thing stay when it is removed or replaced; comments inside it and behind it go with it.
 * A block that loses its last entry stays, as `{}` or `[]`, because empty and absent are not the same.
 */

/** Keys and positions from the root: `['rules', 0, 'when', 'record.minutes']`. */
export type YamlPath = readonly (string | number)[];

/**
 * The value at a path, with the blocks on the way to it made where they are missing.
 * A new key stands behind the last of those that precede it in `order`, or at the end.
 */
export function setYaml(
  text: string,
  path: YamlPath,
  value: YamlValue,
  order: readonly string[] = [],
): readonly TextEdit[] {
  const page = openPage(text);
  if (!page) return [];
  if (page.root === null) return startPage(page, nested(path, value));
  let slot: Slot = { ...rootSlot(page), node: page.root };
  for (const [depth, part] of path.entries()) {
    const rest = path.slice(depth + 1);
    if (slot.node.kind === 'scalar') {
      return slot.node.isNull ? replace(page, slot, nested(path.slice(depth), value)) : [];
    }
    const children = childrenOf(page, slot);
    if (!children) return [];
    const child = children.find((each) => each.key === keyOf(slot.node, part));
    if (child) slot = child;
    else if (slot.node.kind === 'map') {
      return insertEntry(page, slot, children, String(part), nested(rest, value), order);
    } else if (part === children.length) {
      return insertItem(page, slot, children, children.length, nested(rest, value));
    } else return [];
  }
  return replace(page, slot, value);
}

/** Takes an entry or an item out. */
export function removeYaml(text: string, path: YamlPath): readonly TextEdit[] {
  const page = openPage(text);
  const part = path.at(-1);
  const parent = page && part !== undefined ? slotAt(page, path.slice(0, -1)) : null;
  const children = page && parent ? childrenOf(page, parent) : null;
  if (!page || !parent || !children) return [];
  const index = children.findIndex((each) => each.key === keyOf(parent.node, part!));
  if (index === -1) return [];
  return isFlow(page, parent)
    ? removeFromFlow(page, parent, children, index)
    : removeFromBlock(page, parent, children, index);
}

/** A new item of a list, before the one that stands at `index` now; a list that is not there yet is made. */
export function insertYaml(
  text: string,
  listPath: YamlPath,
  index: number,
  value: YamlValue,
): readonly TextEdit[] {
  const page = openPage(text);
  if (!page) return [];
  const slot = slotAt(page, listPath);
  if (!slot || (slot.node.kind === 'scalar' && slot.node.isNull)) return setYaml(text, listPath, [value]);
  const children = slot.node.kind === 'list' ? childrenOf(page, slot) : null;
  if (!children) return [];
  return insertItem(page, slot, children, Math.max(0, Math.min(index, children.length)), value);
}

/** Another name for a key; none where its neighbour has that name already. */
export function renameYamlKey(text: string, path: YamlPath, key: string): readonly TextEdit[] {
  const page = openPage(text);
  const parent = page && slotAt(page, path.slice(0, -1));
  if (!page || !parent || parent.node.kind !== 'map') return [];
  const entry = parent.node.entries.find((each) => each.key === String(path.at(-1)));
  if (!entry || parent.node.entries.some((each) => each.key === key)) return [];
  return [{ ...entry.keySpan, text: keyText(key, isFlow(page, parent)) }];
}

/** An item of a list at another position; the comments directly above it and behind it go along. */
export function moveYaml(text: string, listPath: YamlPath, from: number, to: number): readonly TextEdit[] {
  const page = openPage(text);
  const slot = page && slotAt(page, listPath);
  const children = slot?.node.kind === 'list' ? childrenOf(page!, slot) : null;
  if (!page || !slot || !children?.[from] || !children[to]) return [];
  const blocks = children.map((child) => blockOf(page, slot, child));
  const order = children.map((_, index) => index);
  order.splice(to, 0, ...order.splice(from, 1));
  return blocks.flatMap((block, index) => {
    const now = blocks[order[index]!]!;
    return now === block ? [] : [{ ...block, text: text.slice(now.from, now.to) }];
  });
}

/** The same item once more, directly behind the first, with the comments that are part of it. */
export function copyYaml(text: string, listPath: YamlPath, index: number): readonly TextEdit[] {
  const page = openPage(text);
  const slot = page && slotAt(page, listPath);
  const children = slot?.node.kind === 'list' ? childrenOf(page!, slot) : null;
  const child = children?.[index];
  if (!page || !slot || !children || !child) return [];
  if (isFlow(page, slot)) {
    return insertIntoFlow(page, slot, children, index + 1, text.slice(child.from, endOf(page, child)));
  }
  return [
    insertIntoBlock(page, slot, children, index + 1, text.slice(child.from, blockOf(page, slot, child).to)),
  ];
}

/** What stands at a path as the only item of a list there. */
export function listYaml(text: string, path: YamlPath): readonly TextEdit[] {
  const page = openPage(text);
  const slot = page && path.length > 0 ? slotAt(page, path) : null;
  if (!page || !slot || hasNothing(slot) || isBlockScalar(text, slot.node)) return [];
  const { span, kind } = slot.node;
  if (kind !== 'scalar' && !isFlow(page, slot)) {
    const lines = linesWithin(text, span.from, endOf(page, slot));
    return [
      { from: span.from, to: span.from, text: '- ' },
      ...lines.map((at) => ({ from: at, to: at, text: '  ' })),
    ];
  }
  const whole = text.slice(span.from, span.to);
  if (kind === 'scalar' || slot.inFlow || /\n/.test(whole)) return [{ ...span, text: `[${whole}]` }];
  return replaceWritten(page, slot, { lines: [`- ${whole}`] });
}

// ---- the page and its slots ----

interface Page {
  readonly text: string;
  readonly root: YamlNode | null;
  readonly eol: string;
  /** How many columns a block stands to the right of its key. */
  readonly step: number;
}

/** A place that holds a node: behind a colon, behind a dash, between commas, or the whole text. */
interface Slot {
  readonly node: YamlNode;
  readonly key: string | number | null;
  /** Where the entry begins: at its key, at its dash, or in a flow list at its value. */
  readonly from: number;
  /** Behind the colon or the dash. */
  readonly introEnd: number;
  readonly intro: 'colon' | 'dash' | 'bare-key' | 'none';
  /** The column of `from`; -1 for the whole text. */
  readonly column: number;
  /** Whether it stands inside braces or brackets. */
  readonly inFlow: boolean;
}

const cannotBeRead = new Set(['yaml-syntax', 'yaml-several-documents', 'yaml-too-deep', 'file-too-large']);

function openPage(text: string): Page | null {
  const reporter = createReporter(createSource('', text));
  const root = parseYaml(reporter.source, reporter);
  if (reporter.diagnostics.some((each) => cannotBeRead.has(each.code))) return null;
  const page = { text, root, eol: /\r\n/.test(text) ? '\r\n' : '\n', step: 2 };
  return root === null ? page : { ...page, step: stepOf(page, { ...rootSlot(page), node: root }) ?? 2 };
}

/** How the first nested block of the text is indented. */
function stepOf(page: Page, slot: Slot): number | null {
  if (isFlow(page, slot) || slot.node.kind === 'scalar') return null;
  for (const child of childrenOf(page, slot) ?? []) {
    if (child.intro === 'colon' && child.node.kind === 'map' && !isFlow(page, child)) {
      return columnOf(page.text, child.node.span.from) - child.column;
    }
    const inner = stepOf(page, child);
    if (inner !== null) return inner;
  }
  return null;
}

function rootSlot(page: Pick<Page, 'root'>): Omit<Slot, 'node'> {
  const from = page.root?.span.from ?? 0;
  return { key: null, from, introEnd: from, intro: 'none', column: -1, inFlow: false };
}

function slotAt(page: Page, path: YamlPath): Slot | null {
  if (page.root === null) return null;
  let slot: Slot = { ...rootSlot(page), node: page.root };
  for (const part of path) {
    const node = slot.node;
    if (node.kind === 'scalar') return null;
    const child = childrenOf(page, slot)?.find((each) => each.key === keyOf(node, part));
    if (!child) return null;
    slot = child;
  }
  return slot;
}

/** Positions are keys too where a map counts its entries: `lines: { 1: … }`. */
function keyOf(node: YamlNode, part: string | number): string | number {
  return node.kind === 'map' ? String(part) : part;
}

function isFlow(page: Page, slot: Slot): boolean {
  if (slot.node.kind === 'scalar') return false;
  return slot.inFlow || page.text[slot.node.span.from] === '{' || page.text[slot.node.span.from] === '[';
}

/** The slots of a block, in order; null where one is written with `?`, which is not edited. */
function childrenOf(page: Page, slot: Slot): readonly Slot[] | null {
  const { text } = page;
  const { node } = slot;
  const flow = isFlow(page, slot);
  if (node.kind === 'scalar') return [];
  const children: Slot[] = [];
  if (node.kind === 'map') {
    for (const entry of node.entries) {
      const from = entry.keySpan.from;
      if (/(?:^|[\s{,])\?\s*$/.test(text.slice(lineStart(text, from), from))) return null;
      const colon = /^\s*:/.exec(text.slice(entry.keySpan.to, entry.keySpan.to + 200));
      children.push({
        node: entry.value,
        key: entry.key,
        from,
        introEnd: entry.keySpan.to + (colon ? colon[0].length : 0),
        intro: colon ? 'colon' : 'bare-key',
        column: columnOf(text, from),
        inFlow: flow,
      });
    }
    return children;
  }
  let at = node.span.from;
  for (const [key, item] of node.items.entries()) {
    const from = flow ? item.span.from : skipBlank(text, at);
    const intro = flow ? 'none' : 'dash';
    const introEnd = flow ? from : from + 1;
    const child: Slot = {
      node: item,
      key,
      from,
      introEnd,
      intro,
      column: columnOf(text, from),
      inFlow: flow,
    };
    children.push(child);
    at = endOf(page, child);
  }
  return children;
}

/** Behind the last character of a slot, without the line end and the comments that follow. */
function endOf(page: Page, slot: Slot): number {
  const { text } = page;
  const { node } = slot;
  if (hasNothing(slot)) return slot.introEnd;
  if (node.kind === 'scalar' && isBlockScalar(text, node)) return blockScalarEnd(text, node);
  if (node.kind === 'scalar' || isFlow(page, slot)) return node.span.to;
  const last = childrenOf(page, slot)?.at(-1);
  return last ? endOf(page, last) : node.span.to;
}

/** A key or a dash with nothing behind it. */
function hasNothing(slot: Slot): boolean {
  const { node } = slot;
  return node.kind === 'scalar' && node.isNull && (node.text === '' || slot.intro === 'bare-key');
}

function isBlockScalar(text: string, node: YamlNode): boolean {
  return node.kind === 'scalar' && /[|>]/.test(text[node.span.from] ?? '');
}

/** The blank lines behind it are part of it only where its first line says `+`. */
function blockScalarEnd(text: string, node: YamlNode): number {
  const written = text.slice(node.span.from, node.span.to);
  const keeps = /^[|>][0-9]?\+/.test(written);
  return node.span.from + written.replace(keeps ? /\r?\n$/ : /[\r\n][\s]*$/, '').length;
}

// ---- replacing ----

/** How a new value is written: in one piece, or as the lines of a block. */
type Written = { readonly inline: string } | { readonly lines: readonly string[] };

function replace(page: Page, slot: Slot, value: YamlValue): readonly TextEdit[] {
  const { text } = page;
  const quote = /["']/.exec(text[slot.node.span.from] ?? '')?.[0];
  if (isScalar(value)) {
    const kept = slot.node.kind === 'scalar' && slot.node.quoted ? quote : undefined;
    return replaceWritten(page, slot, { inline: scalarText(value, slot.inFlow, kept) });
  }
  const wasBlock = slot.node.kind !== 'scalar' && !isFlow(page, slot);
  const inline = slot.inFlow ? flowText(value) : writtenFlow(value, Math.max(0, slot.column) + 20);
  const isEmpty = flowText(value).length === 2;
  if (inline !== null && (slot.inFlow || isEmpty || !wasBlock)) return replaceWritten(page, slot, { inline });
  return replaceWritten(page, slot, { lines: blockLines(value, blockColumn(page, slot), page.step) });
}

function replaceWritten(page: Page, slot: Slot, written: Written): readonly TextEdit[] {
  const { text, eol } = page;
  const { node, introEnd } = slot;
  const to = endOf(page, slot);
  const nothing = hasNothing(slot);
  const start = nothing ? introEnd : node.span.from;
  const colon = slot.intro === 'bare-key' ? ':' : '';
  const isBlock = node.kind !== 'scalar' && !isFlow(page, slot);
  const onOwnLine = !nothing && /\n/.test(text.slice(introEnd, start));
  if ('inline' in written) {
    if (nothing) return [{ from: start, to: start, text: `${colon} ${written.inline}` }];
    if (!isBlock || !onOwnLine || slot.intro === 'none') {
      return [{ from: start, to, text: written.inline + headerComment(text, node) }];
    }
    return [
      { from: introEnd, to: introEnd, text: ` ${written.inline}` },
      { from: previousLineEnd(text, start), to: lineEnd(text, to), text: '' },
    ];
  }
  const column = blockColumn(page, slot);
  const [first = '', ...rest] = written.lines;
  const pad = eol + ' '.repeat(column);
  if (isBlock && column !== columnOf(text, start)) {
    // A list that stands at the column of its key; a map must stand further in.
    return [{ from: previousLineEnd(text, start), to, text: pad + written.lines.join(pad) }];
  }
  if (isBlock) return [{ from: start, to, text: written.lines.join(pad) }];
  if (slot.intro === 'colon' && !onOwnLine) {
    const at = lineEnd(text, to);
    const comment = headerComment(text, node);
    return oneAtEachPlace([
      { from: introEnd, to, text: comment },
      { from: at, to: at, text: pad + written.lines.join(pad) },
    ]);
  }
  // The first line stands where the value stood, so that a comment behind it stays behind it.
  const at = lineEnd(text, to);
  const space = nothing ? ' ' : '';
  return oneAtEachPlace([
    { from: start, to, text: space + first + headerComment(text, node) },
    { from: at, to: at, text: rest.map((line) => pad + line).join('') },
  ]);
}

/** The column at which the block behind a colon or a dash stands, or would. */
function blockColumn(page: Page, slot: Slot): number {
  const { text } = page;
  const { node } = slot;
  const ownColumn = columnOf(text, node.span.from);
  const onOwnLine = !hasNothing(slot) && /\n/.test(text.slice(slot.introEnd, node.span.from));
  if (slot.intro === 'none') return Math.max(0, ownColumn);
  if (slot.intro === 'dash') return hasNothing(slot) ? slot.column + 2 : ownColumn;
  return onOwnLine && ownColumn > slot.column ? ownColumn : slot.column + page.step;
}

/** `| # comment` says something too. */
function headerComment(text: string, node: YamlNode): string {
  if (!isBlockScalar(text, node)) return '';
  const comment = /^[|>][-+0-9]*[ \t]+(#[^\r\n]*)/.exec(text.slice(node.span.from, node.span.to));
  return comment ? ` ${comment[1]}` : '';
}

function startPage(page: Page, value: YamlValue): readonly TextEdit[] {
  const { text, eol } = page;
  const lines = isScalar(value) ? [scalarText(value, false)] : blockLines(value, 0, page.step);
  const before = text === '' || text.endsWith('\n') ? '' : eol;
  return [{ from: text.length, to: text.length, text: before + lines.join(eol) + eol }];
}

/** A value with the blocks that lead to it: a word makes a map, a position a list. */
function nested(path: YamlPath, value: YamlValue): YamlValue {
  return path.reduceRight<YamlValue>(
    (inner, part) => (typeof part === 'number' ? [inner] : { [part]: inner }),
    value,
  );
}

// ---- inserting ----

function insertEntry(
  page: Page,
  slot: Slot,
  children: readonly Slot[],
  key: string,
  value: YamlValue,
  order: readonly string[],
): readonly TextEdit[] {
  const index = indexFor(children, key, order);
  if (isFlow(page, slot)) {
    return insertIntoFlow(page, slot, children, index, `${keyText(key, true)}: ${flowText(value)}`, {
      [key]: value,
    });
  }
  return [insertIntoBlock(page, slot, children, index, linesFor(page, slot, { [key]: value }))];
}

function indexFor(children: readonly Slot[], key: string, order: readonly string[]): number {
  const rank = order.indexOf(key);
  if (rank === -1) return children.length;
  const earlier = children.findLastIndex((child) => {
    const its = order.indexOf(String(child.key));
    return its !== -1 && its < rank;
  });
  return earlier + 1;
}

function insertItem(
  page: Page,
  slot: Slot,
  children: readonly Slot[],
  index: number,
  value: YamlValue,
): readonly TextEdit[] {
  if (isFlow(page, slot)) return insertIntoFlow(page, slot, children, index, flowText(value), [value]);
  return [insertIntoBlock(page, slot, children, index, linesFor(page, slot, [value]))];
}

/** The text of a new entry of a block, from its own column on. */
function linesFor(page: Page, slot: Slot, value: YamlValue): string {
  const column = columnOf(page.text, slot.node.span.from);
  return blockLines(value, column, page.step).join(page.eol + ' '.repeat(column));
}

function insertIntoBlock(
  page: Page,
  slot: Slot,
  children: readonly Slot[],
  index: number,
  entry: string,
): TextEdit {
  const { text, eol } = page;
  const pad = eol + ' '.repeat(columnOf(text, slot.node.span.from));
  const blank = standApart(page, slot, children, entry) ? eol : '';
  const before = children[index - 1];
  const at = before ? lineEnd(text, endOf(page, before)) : slot.node.span.from;
  return { from: at, to: at, text: before ? blank + pad + entry : entry + blank + pad };
}

/** Whether a blank line stands between the items of a list, as it does between rules. */
function standApart(page: Page, slot: Slot, children: readonly Slot[], entry: string): boolean {
  const { text } = page;
  if (slot.node.kind !== 'list') return false;
  const blank = /\n[ \t]*\r?\n/;
  const ends = children.map((child) => lineEnd(text, endOf(page, child)));
  if (children.length > 1) {
    return children.some((child, index) => index > 0 && blank.test(text.slice(ends[index - 1], child.from)));
  }
  const only = text.slice(children[0]!.from, ends[0]);
  return entry.split('\n').length > 3 && only.split('\n').length > 3;
}

function insertIntoFlow(
  page: Page,
  slot: Slot,
  children: readonly Slot[],
  index: number,
  entry: string,
  asBlock?: YamlValue,
): readonly TextEdit[] {
  const { text, eol } = page;
  const { node } = slot;
  const [open, close] = node.kind === 'map' ? ['{ ', ' }'] : ['[', ']'];
  const whole = text.slice(node.span.from, node.span.to);
  if (!/^[[{]/.test(whole)) return [{ ...node.span, text: `{ ${whole}, ${entry} }` }];
  const onOneLine = !/\n/.test(whole);
  if (onOneLine && asBlock !== undefined && !slot.inFlow) {
    const start = columnOf(text, node.span.from);
    if (
      start + whole.length + entry.length + 2 > widest ||
      (children.length === 0 && !isShort(asBlock, start))
    ) {
      const column = blockColumn(page, slot);
      const lines = children.map((child) => [asBlockEntry(page, child)]);
      lines.splice(index, 0, [...blockLines(asBlock, column, page.step)]);
      return replaceWritten(page, slot, { lines: lines.flat() });
    }
  }
  const after = children[index];
  if (after) {
    const ownLine = startsItsLine(text, after.from);
    const gap = ownLine ? eol + ' '.repeat(columnOf(text, after.from)) : ' ';
    return [{ from: after.from, to: after.from, text: `${entry},${gap}` }];
  }
  const last = children.at(-1);
  if (!last) {
    if (/^[[{]\s*[\]}]$/.test(whole)) return [{ ...node.span, text: open + entry + close }];
    return [{ from: node.span.from + 1, to: node.span.from + 1, text: ` ${entry}` }];
  }
  const end = endOf(page, last);
  const next = skipBlank(text, end);
  const trailing = text[next] === ',' ? next + 1 : null;
  const at = lineEnd(text, trailing ?? end);
  if (startsItsLine(text, last.from) && at < node.span.to) {
    const line = eol + ' '.repeat(columnOf(text, last.from)) + entry;
    if (trailing !== null) return [{ from: at, to: at, text: `${line},` }];
    return oneAtEachPlace([
      { from: end, to: end, text: ',' },
      { from: at, to: at, text: line },
    ]);
  }
  if (trailing !== null) return [{ from: trailing, to: trailing, text: ` ${entry},` }];
  return [{ from: end, to: end, text: `, ${entry}` }];
}

function isShort(value: YamlValue, column: number): boolean {
  return writtenFlow(value, column) !== null;
}

/** An entry of a flow map or list, written as an entry of a block: its own characters, a space behind the colon. */
function asBlockEntry(page: Page, child: Slot): string {
  const { text } = page;
  const value = hasNothing(child) ? '' : text.slice(child.node.span.from, endOf(page, child));
  if (child.intro === 'none') return `- ${value}`;
  const keyEnd = child.intro === 'colon' ? text.lastIndexOf(':', child.introEnd) : child.introEnd;
  return `${text.slice(child.from, keyEnd).trimEnd()}:${value === '' ? '' : ' '}${value}`;
}

// ---- removing ----

function removeFromBlock(
  page: Page,
  parent: Slot,
  children: readonly Slot[],
  index: number,
): readonly TextEdit[] {
  const { text } = page;
  const child = children[index]!;
  if (children.length === 1) {
    return replaceWritten(page, parent, { inline: parent.node.kind === 'map' ? '{}' : '[]' });
  }
  const end = lineEnd(text, endOf(page, child));
  if (!startsItsLine(text, child.from)) {
    // The first entry behind a dash: what follows moves up to it.
    const next = nextVisible(text, end);
    return [{ from: child.from, to: next, text: '' }];
  }
  const before = children[index - 1];
  const solid = before ? lineEnd(text, endOf(page, before)) : parent.introEnd;
  const start = lineStart(text, child.from);
  const blankBefore = /\r?\n[ \t]*\r?\n$/.exec(text.slice(solid, start));
  const blankAfter = /^\r?\n[ \t]*(?:\r?\n|$)/.test(text.slice(end)) || /^\s*$/.test(text.slice(end));
  if (blankBefore && blankAfter) {
    // One of the two blank lines goes too.
    const from = solid + blankBefore.index;
    return [{ from, to: end, text: '' }];
  }
  if (start === 0) return [{ from: start, to: nextLine(text, end), text: '' }];
  return [{ from: previousLineEnd(text, child.from), to: end, text: '' }];
}

function removeFromFlow(
  page: Page,
  parent: Slot,
  children: readonly Slot[],
  index: number,
): readonly TextEdit[] {
  const { text } = page;
  const { span, kind } = parent.node;
  const child = children[index]!;
  const end = endOf(page, child);
  const whole = text.slice(span.from, span.to);
  if (children.length === 1) {
    const comma = skipBlank(text, end);
    const to = text[comma] === ',' && !text.slice(end, comma).includes('#') ? comma + 1 : end;
    if (
      /^[[{]/.test(whole) &&
      text.slice(span.from, child.from).concat(text.slice(to, span.to)).includes('#')
    ) {
      return [{ from: child.from, to, text: '' }];
    }
    return [{ ...span, text: kind === 'map' ? '{}' : '[]' }];
  }
  const next = children[index + 1];
  const before = children[index - 1];
  const comma = text[skipBlank(text, end)] === ',' ? skipBlank(text, end) : null;
  const solid = before ? endOf(page, before) : span.from + 1;
  const lineTo = lineEnd(text, comma === null ? end : comma + 1);
  const ownLines = startsItsLine(text, child.from) && lineTo < (next ? next.from : span.to);
  if (ownLines) {
    const lines = { from: previousLineEnd(text, child.from), to: lineTo, text: '' };
    const earlierComma = before && comma === null ? skipBlank(text, solid) : null;
    if (earlierComma === null || earlierComma >= lines.from) {
      return earlierComma === null ? [lines] : [{ ...lines, from: earlierComma }];
    }
    return [{ from: earlierComma, to: earlierComma + 1, text: '' }, lines];
  }
  if (next) return [{ from: child.from, to: next.from, text: '' }];
  const gap = text.slice(solid, child.from);
  if (!/[#\n]/.test(gap)) return [{ from: solid, to: end, text: '' }];
  const earlierComma = skipBlank(text, solid);
  return [
    { from: earlierComma, to: earlierComma + 1, text: '' },
    { from: child.from, to: end, text: '' },
  ];
}

/** What moves when an item moves: with the comments directly above it, in its column, and behind it. */
function blockOf(page: Page, parent: Slot, child: Slot): { readonly from: number; readonly to: number } {
  const { text } = page;
  if (isFlow(page, parent)) return { from: child.from, to: endOf(page, child) };
  let from = child.from;
  while (startsItsLine(text, from) && lineStart(text, from) > parent.introEnd) {
    const above = lineStart(text, previousLineEnd(text, from));
    const line = /^[ \t]*#/.exec(text.slice(above, previousLineEnd(text, from)));
    if (!line || above <= parent.introEnd || line[0].length - 1 !== child.column) break;
    from = above + line[0].length - 1;
  }
  return { from, to: lineEnd(text, endOf(page, child)) };
}

// ---- lines ----

function lineStart(text: string, at: number): number {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  return from === 0 && text.startsWith('\uFEFF') ? Math.min(1, at) : from;
}

/** Where the line of `at` ends, before its line break. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end === -1) return text.length;
  return end > at && text[end - 1] === '\r' ? end - 1 : end;
}

/** Where the line before that of `at` ends; the beginning where there is none. */
function previousLineEnd(text: string, at: number): number {
  const start = lineStart(text, at);
  if (start <= 1) return start === 1 && text[0] === '\n' ? 0 : start;
  return text[start - 2] === '\r' ? start - 2 : start - 1;
}

function nextLine(text: string, end: number): number {
  const at = text.indexOf('\n', end);
  return at === -1 ? text.length : at + 1;
}

/** Where the lines begin that follow the first of a stretch and are not empty. */
function linesWithin(text: string, from: number, to: number): readonly number[] {
  const starts: number[] = [];
  for (let at = nextLine(text, from); at < to; at = nextLine(text, at)) {
    if (/\S/.test(text.slice(at, lineEnd(text, at)))) starts.push(at);
    if (text.indexOf('\n', at) === -1) break;
  }
  return starts;
}

function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

function startsItsLine(text: string, at: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, at), at));
}

/** The next character that is not white space. */
function nextVisible(text: string, at: number): number {
  const found = /\S/.exec(text.slice(at));
  return found ? at + found.index : text.length;
}

/** The next character that is neither white space nor part of a comment. */
function skipBlank(text: string, from: number): number {
  let at = nextVisible(text, from);
  while (text[at] === '#') at = nextVisible(text, lineEnd(text, at));
  return at;
}

/** Two edits that meet become one, in their order. */
function oneAtEachPlace(edits: readonly TextEdit[]): readonly TextEdit[] {
  const merged: TextEdit[] = [];
  for (const edit of edits) {
    if (edit.from === edit.to && edit.text === '') continue;
    const before = merged.at(-1);
    if (before && before.to === edit.from) {
      merged[merged.length - 1] = { from: before.from, to: edit.to, text: before.text + edit.text };
    } else merged.push(edit);
  }
  return merged;
}
