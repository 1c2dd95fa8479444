import type { Span } from '../base/span.ts';

/**
 * The outline of a YAML text that is still being typed: which keys and values stand where.
 *
 * Unlike the parser it takes anything: brackets and quotes that are not closed, words that are not yet keys.
 * What is open ends where a line begins that cannot belong to it by its indentation, so that one half-typed line
 * does not swallow the rest of the file. One pass, and no claim that the text is right.
 */
export type Sketch = SketchMap | SketchList | SketchScalar;

export interface SketchMap {
  readonly kind: 'map';
  /** Where its keys begin in their lines; of a flow map, where its bracket stands. */
  readonly column: number;
  /** Whether it is written in braces. */
  readonly flow: boolean;
  readonly entries: readonly SketchEntry[];
}

export interface SketchEntry {
  readonly key: string;
  readonly keySpan: Span;
  /** False for a word that may yet become a key. */
  readonly hasColon: boolean;
  readonly value: Sketch | null;
}

export interface SketchList {
  readonly kind: 'list';
  readonly column: number;
  readonly flow: boolean;
  readonly items: readonly SketchItem[];
}

export interface SketchItem {
  /** Where the item begins: its dash, or in brackets its first letter. */
  readonly from: number;
  /** False for a word in the column of the dashes. */
  readonly hasDash: boolean;
  readonly value: Sketch | null;
}

export interface SketchScalar {
  readonly kind: 'scalar';
  /** The characters within the quotes; of a block scalar, its lines. */
  readonly span: Span;
  readonly text: string;
  readonly style: 'plain' | 'single' | 'double' | 'block';
  /** Whether it stands first in its line or behind a dash, so that it may yet become a key. */
  readonly alone: boolean;
  readonly column: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface OpenMap extends Omit<SketchMap, 'entries'> {
  readonly entries: OpenEntry[];
}
interface OpenEntry extends Mutable<Omit<SketchEntry, 'value'>> {
  value: OpenNode | null;
}
interface OpenList extends Omit<SketchList, 'items'> {
  readonly items: OpenItem[];
}
interface OpenItem extends Omit<SketchItem, 'value'> {
  value: OpenNode | null;
}
type OpenScalar = Mutable<SketchScalar>;
type OpenNode = OpenMap | OpenList | OpenScalar;
/** What a line may go on with: the value of an entry, or of an item. */
type Slot = OpenEntry | OpenItem;

export function sketchYaml(text: string): Sketch | null {
  let root: OpenNode | null = null;
  /** Block maps and lists that are open, outermost first. */
  const open: (OpenMap | OpenList)[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;

  while (at < text.length) {
    const column = indentAt(at);
    const begin = at + column;
    const end = lineEnd(begin);
    if (
      begin >= end ||
      text[begin] === '#' ||
      (column === 0 && /^(?:---|\.\.\.)\s*$/.test(text.slice(begin, end)))
    ) {
      at = end + 1;
      continue;
    }
    at = readLine(begin, column, end);
  }
  return root;

  /** Reads what begins in this line; gives the beginning of the next line that has not been read. */
  function readLine(from: number, fromColumn: number, end: number): number {
    let begin = from;
    let column = fromColumn;
    while (text[begin] === '-' && isBlank(text[begin + 1])) {
      const list = listAt(column);
      list.items.push({ from: begin, hasDash: true, value: null });
      const dash = begin;
      begin += 1;
      while (begin < end && isSpace(text[begin])) begin += 1;
      column += begin - dash;
      if (begin >= end || text[begin] === '#') return end + 1;
    }
    const colon = colonAfterKey(begin, end);
    if (colon === null) return readLoneWord(begin, column, end);
    const [keySpan, after] = colon;
    const map = mapAt(column);
    const entry: OpenEntry = {
      key: text.slice(keySpan.from, keySpan.to),
      keySpan,
      hasColon: true,
      value: null,
    };
    map.entries.push(entry);
    let valueAt = after;
    while (valueAt < end && isSpace(text[valueAt])) valueAt += 1;
    if (valueAt >= end || text[valueAt] === '#') return end + 1;
    const [value, next] = readValue(valueAt, end, column, false);
    entry.value = value;
    return next;
  }

  /** A line, or the rest of one behind a dash, that is not a key with a colon. */
  function readLoneWord(begin: number, column: number, end: number): number {
    const slot = slotFor(column);
    if (slot === 'new key') {
      const [value, next] = readValue(begin, end, column - 1, true);
      const map = open.at(-1) as OpenMap;
      const span = value.kind === 'scalar' ? value.span : { from: begin, to: end };
      map.entries.push({ key: text.slice(span.from, span.to), keySpan: span, hasColon: false, value: null });
      return next;
    }
    if (slot === 'new item') {
      const [value, next] = readValue(begin, end, column - 1, true);
      (open.at(-1) as OpenList).items.push({ from: begin, hasDash: false, value });
      return next;
    }
    if (slot && slot.value?.kind === 'scalar' && slot.value.style === 'plain') {
      // A plain text goes on in the next line.
      slot.value.span = { from: slot.value.span.from, to: trimEnd(begin, commentStart(begin, end)) };
      slot.value.text = text.slice(slot.value.span.from, slot.value.span.to);
      return end + 1;
    }
    const [value, next] = readValue(begin, end, column - 1, true);
    if (slot) slot.value ??= value;
    else root ??= value;
    return next;
  }

  /** Where a word that is not a key belongs: to the open value, or as a key to be, or as an item to be. */
  function slotFor(column: number): Slot | 'new key' | 'new item' | null {
    while (open.length > 0) {
      const top = open.at(-1)!;
      if (top.column < column) break;
      if (top.column === column) {
        if (top.kind === 'map') return 'new key';
        const lastItem = top.items.at(-1);
        const below = open.at(-2);
        // Under a key of the same column the word is rather the next key.
        if (!(below?.kind === 'map' && below.column === column)) return lastItem ? 'new item' : null;
      }
      const inner = open.pop()!;
      // Between the columns of a block and of what it holds: rather a part of what is deeper.
      if (open.length > 0 && open.at(-1)!.column < column && inner.column > column) {
        open.push(inner);
        return inner.kind === 'map' ? 'new key' : 'new item';
      }
    }
    const top = open.at(-1);
    if (!top) return null;
    return top.kind === 'map' ? (top.entries.at(-1) ?? null) : (top.items.at(-1) ?? null);
  }

  function mapAt(column: number): OpenMap {
    while (open.length > 0) {
      const top = open.at(-1)!;
      if (top.column < column) break;
      if (top.column === column && top.kind === 'map') return top;
      const inner = open.pop()!;
      if (inner.kind === 'map' && inner.column > column && (open.at(-1)?.column ?? -1) < column) {
        open.push(inner);
        return inner;
      }
    }
    const slot = currentSlot();
    // Further left than everything before: the file is indented wrongly, and still one block.
    if (slot === null && root?.kind === 'map') {
      open.push(root);
      return root;
    }
    const map: OpenMap = { kind: 'map', column, flow: false, entries: [] };
    if (slot === null) root ??= map;
    else if (slot.value === null) slot.value = map;
    else if (slot.value.kind === 'scalar' && slot.value.alone && slot.value.column === column) {
      // What looked like a value is a key that has no colon yet.
      const { text: key, span } = slot.value;
      map.entries.push({ key, keySpan: span, hasColon: false, value: null });
      slot.value = map;
    }
    open.push(map);
    return map;
  }

  function listAt(column: number): OpenList {
    while (open.length > 0) {
      const top = open.at(-1)!;
      if (top.column < column) break;
      if (top.column === column) break;
      open.pop();
    }
    const top = open.at(-1);
    if (top?.kind === 'list' && top.column === column) return top;
    const list: OpenList = { kind: 'list', column, flow: false, items: [] };
    const slot = currentSlot();
    if (slot === null) root ??= list;
    else slot.value ??= list;
    // A dash below a key that has its value already: the list belongs to nothing.
    open.push(list);
    return list;
  }

  function currentSlot(): Slot | null {
    const top = open.at(-1);
    if (!top) return null;
    return (top.kind === 'map' ? top.entries.at(-1) : top.items.at(-1)) ?? null;
  }

  /** A value that begins in this line, and where the next line begins that is not part of it. */
  function readValue(begin: number, end: number, parentColumn: number, alone: boolean): [OpenNode, number] {
    const first = text[begin]!;
    if (first === '{' || first === '[') {
      const [node, after] = readFlow(begin, parentColumn);
      return [node, lineEnd(after) + 1];
    }
    if (first === '"' || first === "'") {
      const [span] = readQuoted(begin, parentColumn);
      return [scalar(span, first === '"' ? 'double' : 'single', alone, begin), lineEnd(span.to) + 1];
    }
    if ((first === '|' || first === '>') && /^[|>][-+0-9]*\s*(?:#.*)?$/.test(text.slice(begin, end))) {
      let next = end + 1;
      while (next < text.length) {
        const indent = indentAt(next);
        const lineStop = lineEnd(next + indent);
        if (indent <= parentColumn && next + indent < lineStop) break;
        next = lineStop + 1;
      }
      const from = Math.min(end + 1, text.length);
      return [
        scalar({ from, to: Math.min(Math.max(from, next - 1), text.length) }, 'block', alone, begin),
        next,
      ];
    }
    const span = { from: begin, to: trimEnd(begin, commentStart(begin, end)) };
    return [scalar(span, 'plain', alone, begin), end + 1];
  }

  function scalar(span: Span, style: SketchScalar['style'], alone: boolean, begin: number): OpenScalar {
    return {
      kind: 'scalar',
      span,
      text: text.slice(span.from, span.to),
      style,
      alone,
      column: begin - (text.lastIndexOf('\n', begin - 1) + 1),
    };
  }

  /** The inside of a quoted text, and the offset behind its closing quote; an open one ends with its block. */
  function readQuoted(begin: number, parentColumn: number): [Span, number] {
    const quote = text[begin]!;
    let position = begin + 1;
    while (position < text.length) {
      const character = text[position];
      if (character === '\\' && quote === '"') position += 2;
      else if (character === quote && quote === "'" && text[position + 1] === quote) position += 2;
      else if (character === quote) return [{ from: begin + 1, to: position }, position + 1];
      else if (character === '\n' && endsHere(position + 1, parentColumn)) break;
      else position += 1;
    }
    const to = Math.min(position, text.length);
    return [{ from: begin + 1, to }, to];
  }

  /** Whether the line that begins here cannot belong to what is open. */
  function endsHere(lineStart: number, parentColumn: number): boolean {
    const indent = indentAt(lineStart);
    const character = text[lineStart + indent];
    return character !== undefined && !isBlank(character) && indent <= parentColumn;
  }

  function readFlow(begin: number, parentColumn: number): [OpenMap | OpenList, number] {
    const isMap = text[begin] === '{';
    const column = begin - (text.lastIndexOf('\n', begin - 1) + 1);
    const map: OpenMap = { kind: 'map', column, flow: true, entries: [] };
    const list: OpenList = { kind: 'list', column, flow: true, items: [] };
    const node = isMap ? map : list;
    let position = begin + 1;
    for (;;) {
      const next = skipBlank(position, parentColumn);
      if (next === null) return [node, lineEnd(position)];
      position = next;
      const character = text[position];
      if (character === undefined) return [node, position];
      if (character === ',') {
        position += 1;
        continue;
      }
      if (character === '}' || character === ']')
        return [node, (character === '}') === isMap ? position + 1 : position];
      const start = position;
      if (!isMap && (character === '{' || character === '[')) {
        const [value, after] = readFlow(position, parentColumn);
        list.items.push({ from: start, hasDash: false, value });
        position = after;
        continue;
      }
      if (isMap && (character === '{' || character === '[')) {
        // A bracket where a key should stand: what is in it is told apart, and left out.
        position = readFlow(position, parentColumn)[1];
        continue;
      }
      const [word, afterWord] = readFlowScalar(position, parentColumn, true);
      let colon = afterWord;
      while (isSpace(text[colon])) colon += 1;
      const isKey = text[colon] === ':' && (word.style !== 'plain' || isFlowEnd(text[colon + 1]));
      if (!isKey) {
        if (isMap) map.entries.push({ key: word.text, keySpan: word.span, hasColon: false, value: null });
        else list.items.push({ from: start, hasDash: false, value: word });
        position = Math.max(afterWord, start + 1);
        continue;
      }
      const entry: OpenEntry = { key: word.text, keySpan: word.span, hasColon: true, value: null };
      if (isMap) map.entries.push(entry);
      else {
        const single: OpenMap = { kind: 'map', column: map.column, flow: true, entries: [entry] };
        list.items.push({ from: start, hasDash: false, value: single });
      }
      const valueAt = skipBlank(colon + 1, parentColumn);
      if (valueAt === null) return [node, lineEnd(colon)];
      position = valueAt;
      const valueFirst = text[position];
      if (valueFirst === '{' || valueFirst === '[')
        [entry.value, position] = readFlow(position, parentColumn);
      else if (valueFirst !== undefined && !/[,}\]]/.test(valueFirst))
        [entry.value, position] = readFlowScalar(position, parentColumn, false);
    }
  }

  /** A word within brackets, as far as the next comma, bracket, end of line, or where it may be a key, colon. */
  function readFlowScalar(begin: number, parentColumn: number, mayBeKey: boolean): [OpenScalar, number] {
    const first = text[begin];
    if (first === '"' || first === "'") {
      const [span, after] = readQuoted(begin, parentColumn);
      return [scalar(span, first === '"' ? 'double' : 'single', false, begin), after];
    }
    let position = begin;
    while (position < text.length) {
      const character = text[position]!;
      if (/[,{}[\]\n]/.test(character)) break;
      if (character === '#' && position > begin && isSpace(text[position - 1])) break;
      if (mayBeKey && character === ':' && isFlowEnd(text[position + 1])) break;
      position += 1;
    }
    return [scalar({ from: begin, to: trimEnd(begin, position) }, 'plain', false, begin), position];
  }

  /** The next character within brackets that says something; null where they end unclosed. */
  function skipBlank(from: number, parentColumn: number): number | null {
    let position = from;
    while (position < text.length) {
      const character = text[position]!;
      if (character === '\n') {
        const indent = indentAt(position + 1);
        if (endsHere(position + 1, parentColumn) && !/[}\]]/.test(text[position + 1 + indent]!)) return null;
        position += 1;
      } else if (isSpace(character)) position += 1;
      else if (character === '#' && isBlank(text[position - 1])) position = lineEnd(position);
      else return position;
    }
    return position;
  }

  /** The span of the key that begins here and the offset behind its colon; null where there is no key. */
  function colonAfterKey(begin: number, end: number): [Span, number] | null {
    const first = text[begin]!;
    if (first === '{' || first === '[') return null;
    if (first === '"' || first === "'") {
      const close = text.indexOf(first, begin + 1);
      if (close === -1 || close >= end) return null;
      let colon = close + 1;
      while (isSpace(text[colon])) colon += 1;
      return text[colon] === ':' ? [{ from: begin + 1, to: close }, colon + 1] : null;
    }
    const stop = commentStart(begin, end);
    for (let position = begin; position < stop; position += 1) {
      if (text[position] === ':' && (position + 1 >= end || isSpace(text[position + 1])))
        return [{ from: begin, to: trimEnd(begin, position) }, position + 1];
    }
    return null;
  }

  function commentStart(begin: number, end: number): number {
    for (let position = begin + 1; position < end; position += 1) {
      if (text[position] === '#' && isSpace(text[position - 1])) return position;
    }
    return end;
  }

  function indentAt(from: number): number {
    let position = from;
    while (isSpace(text[position])) position += 1;
    return position - from;
  }

  /** The end of a line, before its line break. */
  function lineEnd(from: number): number {
    const found = text.indexOf('\n', from);
    return found === -1 ? text.length : found;
  }

  function trimEnd(from: number, to: number): number {
    let position = to;
    while (position > from && isBlank(text[position - 1])) position -= 1;
    return position;
  }
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\r';
}

function isBlank(character: string | undefined): boolean {
  return character === undefined || character === '\n' || isSpace(character);
}

function isFlowEnd(character: string | undefined): boolean {
  return (
    isBlank(character) ||
    character === ',' ||
    character === '}' ||
    character === ']' ||
    character === '[' ||
    character === '{'
  );
}

export function entryOf(map: SketchMap | null | undefined, key: string): SketchEntry | undefined {
  return map?.entries.find((entry) => entry.key === key && entry.hasColon);
}

/** The map behind a key, where there is one. */
export function mapBehind(map: SketchMap | null | undefined, key: string): SketchMap | null {
  const value = entryOf(map, key)?.value;
  return value?.kind === 'map' ? value : null;
}

/** The text behind a key, where it is one value. */
export function textBehind(map: SketchMap | null | undefined, key: string): string | null {
  const value = entryOf(map, key)?.value;
  return value?.kind === 'scalar' ? value.text : null;
}
