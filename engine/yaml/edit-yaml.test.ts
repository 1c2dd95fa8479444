import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSource } from '../base/source.ts';
import { applyTextEdits } from '../base/text-edit.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import { copyYaml, insertYaml, listYaml, moveYaml, removeYaml, renameYamlKey, setYaml } from './edit-yaml.ts';
import type { YamlPath } from './edit-yaml.ts';
import { parseYaml } from './parse-yaml.ts';
import type { YamlNode } from './parse-yaml.ts';
import type { YamlValue } from './write-yaml.ts';

type Case = readonly [
  name: string,
  before: string,
  after: string,
  edit: (text: string) => ReturnType<typeof setYaml>,
];
const set = (path: YamlPath, value: YamlValue, order?: readonly string[]) => (text: string) =>
  setYaml(text, path, value, order);
const remove = (path: YamlPath) => (text: string) => removeYaml(text, path);
const insert = (path: YamlPath, index: number, value: YamlValue) => (text: string) =>
  insertYaml(text, path, index, value);

const cases: readonly Case[] = [
  ['a number', 'a: 8 # why\nb: 2\n', 'a: 9 # why\nb: 2\n', set(['a'], '9')],
  ['the quotes there were', `a: "59" # x\nb: '2'\n`, `a: "60" # x\nb: '2'\n`, set(['a'], '60')],
  ['quotes where they are needed', 'a: b\n', 'a: "{x} is: y"\n', set(['a'], '{x} is: y')],
  ['a text with quotes in it', 'a: b\n', `a: 'say "x" #1'\n`, set(['a'], 'say "x" #1')],
  ['a code keeps its zeros', 'a: 1\n', 'a: 00100\n', set(['a'], '00100')],
  ['the word null is a text', 'a: 1\n', 'a: "null"\n', set(['a'], 'null')],
  ['nothing in a key', `a: "59" # why\n`, 'a: null # why\n', set(['a'], null)],
  ['nothing in a new key', 'a: { b: 1 }\n', 'a: { b: 1, c: null }\n', set(['a', 'c'], null)],
  ['a key without value', 'a: # why\nb: 2', 'a: 1 # why\nb: 2', set(['a'], '1')],
  [
    'a block below a key without value',
    'a: # why\nb: 2',
    'a: # why\n  c: 1\n  d: [2, 3]\nb: 2',
    (text) =>
      applyAll(text, set(['a'], { c: '1', d: ['2', '3'], e: { f: { g: '1' }, h: '1' } }), remove(['a', 'e'])),
  ],
  ['a folded text', 'a: >-\n  long\n  text\n\n# c\nb: 1\n', 'a: short\n\n# c\nb: 1\n', set(['a'], 'short')],
  ['a text over two lines', 'a: long\n  text # c\nb: 1\n', 'a: short # c\nb: 1\n', set(['a'], 'short')],
  ['in braces', 'a: { b: 8, c: 9 } # d\n', 'a: { b: 10, c: 9 } # d\n', set(['a', 'b'], '10')],
  ['a new key at the end', 'a: 1 # x\n# y\n', 'a: 1 # x\nb: 2\n# y\n', set(['b'], '2')],
  ['a new key in its order', 'a: 1\nc: 3\n', 'a: 1\nb: 2\nc: 3\n', set(['b'], '2', ['a', 'b', 'c'])],
  ['a new key before all', 'b: 1\n', 'a: 2\nb: 1\n', set(['a'], '2', ['a', 'b', 'c'])],
  ['no last line end', 'a: 1', 'a: 1\nb: 2', set(['b'], '2')],
  ['line ends of Windows', 'a:\r\n  b: 1\r\n', 'a:\r\n  b: 1\r\n  c: 2\r\n', set(['a', 'c'], '2')],
  [
    'indentation by four',
    'a:\n    b:\n        c: 1\n',
    'a:\n    b:\n        c: 1\nd:\n    e:\n        - f: 1\n          g: [2]\n',
    set(['d', 'e', 0], { f: '1', g: ['2'] }),
  ],
  ['missing parents', 'a: 1\n', 'a: 1\nb: { c: { d: 2 } }\n', set(['b', 'c', 'd'], '2')],
  ['an empty map', 'a: {} # x\n', 'a: { b: 1 } # x\n', set(['a', 'b'], '1')],
  [
    'an entry more in braces',
    'a: { b: 1 } # x\n',
    'a: { b: 1, c: [1, 2] } # x\n',
    set(['a', 'c'], ['1', '2']),
  ],
  ['a pair in brackets', 'a: [b: 1]\n', 'a: [{ b: 1, c: 2 }]\n', set(['a', 0, 'c'], '2')],
  [
    'braces that grow too long become lines',
    'when: { line.code: { oneOf: $timed-codes, noneOf: $unverified-codes }, record.minutes: { documented: true } } # x\nb: 1\n',
    'when: # x\n  line.code: { oneOf: $timed-codes, noneOf: $unverified-codes }\n  record.minutes: { documented: true }\n  line.units: 2\nb: 1\n',
    set(['when', 'line.units'], '2'),
  ],
  [
    'an item more',
    'a:\n  - 1 # x\n  # y\nb: 1\n',
    'a:\n  - 1 # x\n  - 2\n  # y\nb: 1\n',
    insert(['a'], 1, '2'),
  ],
  ['an item before', 'a:\n- 1\n- 2\n', 'a:\n- 0\n- 1\n- 2\n', insert(['a'], 0, '0')],
  ['an item between', 'a: [1, 3]\n', 'a: [1, 2, 3]\n', insert(['a'], 1, '2')],
  [
    'brackets over lines',
    'a: [\n  1, # x\n  2 # y\n]\n',
    'a: [\n  1, # x\n  2, # y\n  3\n]\n',
    insert(['a'], 2, '3'),
  ],
  [
    'rules stand apart',
    'r:\n  - a: 1\n    b: 2\n\n  - a: 3\n',
    'r:\n  - a: 1\n    b: 2\n\n  - a: 3\n\n  - { a: 5 }\n',
    insert(['r'], 2, { a: '5' }),
  ],
  ['a list that is not there', 'a: 1\n', 'a: 1\nb: [2]\n', insert(['b'], 0, '2')],
  ['an empty file', '# top\n', '# top\na: [1]\n', insert(['a'], 0, '1')],
  ['one of several lines', '# x\na: 1 # y\n# z\nb: 2\n', '# x\n# z\nb: 2\n', remove(['a'])],
  ['the last line', 'a: 1\n# x\nb: 2', 'a: 1\n# x', remove(['b'])],
  ['the only entry', 'a: # x\n  # y\n  b: 1\nc: 2\n', 'a: {} # x\n  # y\nc: 2\n', remove(['a', 'b'])],
  ['the only item', 'a:\n  - b\nc: 2\n', 'a: []\nc: 2\n', remove(['a', 0])],
  ['the first entry of an item', '- a: 1 # x\n  # y\n  b: 2\n', '- # y\n  b: 2\n', remove([0, 'a'])],
  ['one blank line of two', 'r:\n  - a\n\n  - b\n\n  - c\n', 'r:\n  - a\n\n  - c\n', remove(['r', 1])],
  ['an item out of brackets', 'a: [1, 2, 3]\n', 'a: [1, 2]\n', remove(['a', 2])],
  ['the first out of braces', 'a: { b: 1, c: 2 }\n', 'a: { c: 2 }\n', remove(['a', 'b'])],
  ['the only one in braces', 'a: { b: 1 } # x\n', 'a: {} # x\n', remove(['a', 'b'])],
  ['a line out of brackets', 'a: [\n  1, # x\n  2 # y\n]\n', 'a: [\n  1 # x\n]\n', remove(['a', 1])],
  ['another name', 'a: 1 # x\n', '"b: c": 1 # x\n', (text) => renameYamlKey(text, ['a'], 'b: c')],
  ['no name that is taken', 'a: 1\nb: 2\n', 'a: 1\nb: 2\n', (text) => renameYamlKey(text, ['a'], 'b')],
  [
    'an item down, with its comments',
    'r:\n  # x\n  - a: 1 # y\n\n  - b: 2\n',
    'r:\n  - b: 2\n\n  # x\n  - a: 1 # y\n',
    (text) => moveYaml(text, ['r'], 0, 1),
  ],
  [
    'an item once more',
    'r:\n  - a: 1 # y\n    b: |\n      c\n\n  - d: 2\n',
    'r:\n  - a: 1 # y\n    b: |\n      c\n\n  - a: 1 # y\n    b: |\n      c\n\n  - d: 2\n',
    (text) => copyYaml(text, ['r'], 0),
  ],
  ['nothing where the text has a mistake', 'a: [1\nb: 2\n', 'a: [1\nb: 2\n', set(['b'], '3')],
  ['nothing through a value', 'a: 1\n', 'a: 1\n', set(['a', 'b'], '3')],
];

function applyAll(text: string, ...edits: readonly ((text: string) => ReturnType<typeof setYaml>)[]) {
  const after = edits.reduce((now, edit) => applyTextEdits(now, edit(now)), text);
  return [{ from: 0, to: text.length, text: after }];
}

it.each(cases)('%s', (_, before, after, edit) => {
  expect(applyTextEdits(before, edit(before))).toBe(after);
});

// ---- random texts ----

/** A tree as plain data; null is a key without value. */
type Plain = string | null | readonly Plain[] | { readonly [key: string]: Plain };

function plainOf(text: string): Plain {
  const reporter = createReporter(createSource('x.yaml', text));
  const root = parseYaml(reporter.source, reporter);
  expect({ text, problems: reporter.diagnostics.map((each) => each.message) }).toEqual({
    text,
    problems: [],
  });
  return root === null ? null : plain(root);
}

function plain(node: YamlNode): Plain {
  if (node.kind === 'scalar') return node.isNull ? null : node.text;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, plain(entry.value)]));
}

const words = ['a', 'minutes', 'line.code', 'is', '97530', '00100', '0213T', 'no', '$timed-codes', 'x#y'];
const hardWords = [
  '',
  ' ',
  'null',
  '~',
  'a: b',
  'a #b',
  '- a',
  '{x} y',
  "it's",
  '"q"',
  'a\nb',
  '*',
  '&a',
  '!',
  '%',
  '@',
  '`',
  'a, b',
  '[',
  '?',
  '? a',
  '-',
  '--- a',
  'a:',
  ':a',
  '#',
  'é ü',
  'tab\tx',
  'back\\slash',
  '|',
  '>',
  "'",
  '\u0007',
  ' a',
  'a ',
];
const word = fc.constantFrom(...words);
const scalar = fc.oneof(
  { weight: 3, arbitrary: word },
  fc.constantFrom(...hardWords),
  fc.string({ maxLength: 8 }),
);

/** How one thing of a random text is laid out: taken one after another from a random list of numbers. */
interface Dice {
  readonly roll: (sides: number) => number;
}

function dice(numbers: readonly number[]): Dice {
  let at = 0;
  return { roll: (sides) => (numbers[at++ % numbers.length] ?? 0) % sides };
}

/** A tree in a random layout, in which every comment knows the path of the thing that it is part of. */
function layOut(tree: Plain, random: Dice): { text: string; comments: ReadonlyMap<string, YamlPath> } {
  const comments = new Map<string, YamlPath>();
  const comment = (owner: YamlPath): string => {
    const name = `#c${comments.size}.`;
    comments.set(name, owner);
    return name;
  };
  const behind = (owner: YamlPath) => (random.roll(4) === 0 ? ` ${comment(owner)}` : '');
  const above = (parent: YamlPath, pad: string): string => {
    const which = random.roll(8);
    if (which === 0) return `${pad}${comment(parent)}\n`;
    if (which === 1) return '\n';
    return which === 2 ? `\n${pad}${comment(parent)}\n\n` : '';
  };
  const flow = (value: Plain): string => {
    if (value === null) return '~';
    if (typeof value === 'string') return /^(?!null$)[\w.$]+$/.test(value) ? value : JSON.stringify(value);
    if (isPlainList(value)) return `[${value.map(flow).join(random.roll(2) ? ', ' : ' ,')}]`;
    const entries = Object.entries(value).map(([key, inner]) => `${flowKey(key)}: ${flow(inner)}`);
    return random.roll(2) ? `{${entries.join(', ')}}` : `{ ${entries.join(', ')} }`;
  };
  const flowOverLines = (value: readonly Plain[], path: YamlPath, pad: string): string => {
    const last = value.length - 1;
    const items = value.map(
      (item, index) =>
        `${pad}   ${flow(item)}${index < last || random.roll(2) ? ',' : ''}${behind([...path, index])}\n`,
    );
    return `[${behind(path)}\n${items.join('')}${pad} ]`;
  };
  /** The value behind a colon or a dash, with the line end. */
  const value = (it: Plain, path: YamlPath, column: number, dash: boolean): string => {
    const pad = ' '.repeat(column);
    if (it === null) return `${behind(path)}\n`;
    if (typeof it === 'string') {
      const which = random.roll(6);
      if (which === 0 && /^[\w. ]*\w$/.test(it) && it.trim() === it)
        return ` ${random.roll(2) ? '|-' : '>-'}${behind(path)}\n${pad}  ${it}\n${random.roll(2) ? '\n' : ''}`;
      if (which === 1)
        return ` '${it.replaceAll("'", "''")}'`.includes('\n') || !/^[ -~]*$/.test(it)
          ? ` ${JSON.stringify(it)}\n`
          : ` '${it.replaceAll("'", "''")}'${behind(path)}\n`;
      return ` ${flow(it)}${behind(path)}\n`;
    }
    const size = isPlainList(it) ? it.length : Object.keys(it).length;
    const style = size === 0 ? 0 : random.roll(4);
    if (style === 0) return ` ${flow(it)}${behind(path)}\n`;
    if (style === 1 && isPlainList(it)) return ` ${flowOverLines(it, path, pad)}${behind(path)}\n`;
    if (dash && random.roll(2)) return ` ${block(it, path, column + 2, true)}`;
    const further = !dash && isPlainList(it) && random.roll(2) ? 0 : 2 * (1 + random.roll(2));
    return `${behind(path)}\n${above(path, pad)}${block(it, path, column + further, false)}`;
  };
  const block = (it: Plain, path: YamlPath, column: number, begun: boolean): string => {
    const pad = ' '.repeat(column);
    const entries: readonly (readonly [string | number, Plain])[] = isPlainList(it)
      ? it.map((item, index) => [index, item])
      : Object.entries(it as { [key: string]: Plain });
    return entries
      .map(([key, inner], index) => {
        const start = index === 0 && begun ? '' : (index === 0 ? '' : above(path, pad)) + pad;
        const intro = typeof key === 'number' ? '-' : `${flowKey(key)}:`;
        return start + intro + value(inner, [...path, key], column, typeof key === 'number');
      })
      .join('');
  };
  const size = tree === null || typeof tree === 'string' ? 0 : Object.keys(tree).length;
  let text = size === 0 ? `${flow(tree)}\n` : block(tree, [], 0, false);
  if (random.roll(4) === 0) text = `${comment([])}\n${text}`;
  if (random.roll(4) === 0) text += `\n${comment([])}\n`;
  if (random.roll(4) === 0) text = text.replace(/\n+$/, '');
  if (random.roll(5) === 0) text = text.replaceAll('\n', '\r\n');
  return { text, comments };
}

function isPlainList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

function flowKey(key: string): string {
  return /^[\w.$]+$/.test(key) ? key : JSON.stringify(key);
}

const tree = fc.letrec<{ node: Plain; map: Plain }>((tie) => ({
  map: fc
    .uniqueArray(fc.tuple(word, tie('node')), { minLength: 1, maxLength: 4, selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries)),
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.constant(null),
    tie('map'),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.constant({}),
  ),
})).map;

const newValue: fc.Arbitrary<YamlValue> = fc.letrec<{ value: YamlValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.constant(null),
    fc.dictionary(fc.oneof(word, fc.constantFrom('x: y', '- z', '')), tie('value'), { maxKeys: 3 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
})).value;

function pathsIn(value: Plain, path: YamlPath = []): readonly YamlPath[] {
  if (value === null || typeof value === 'string') return [path];
  const children = isPlainList(value)
    ? value.flatMap((item, index) => pathsIn(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]));
  return [path, ...children];
}

function at(value: Plain, path: YamlPath): Plain {
  return path.reduce<Plain>((now, part) => (now as { [key: string]: Plain })[part]!, value);
}

function kindOf(value: Plain): string {
  return value === null ? 'null' : typeof value;
}

/** The tree with the thing at a path changed; `undefined` takes it out. */
function changed(value: Plain, path: YamlPath, change: (old: Plain) => Plain | undefined): Plain {
  const [part, ...rest] = path;
  if (part === undefined) return change(value) ?? null;
  const entries = Object.entries(value as { [key: string]: Plain }).flatMap(([key, inner]) => {
    if (key !== String(part)) return [[key, inner] as const];
    const now = rest.length === 0 ? change(inner) : changed(inner, rest, change);
    return now === undefined ? [] : [[key, now] as const];
  });
  return isPlainList(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

function startsWith(path: YamlPath, start: YamlPath): boolean {
  return start.every((part, index) => path[index] === part);
}

const page = fc.tuple(tree, fc.array(fc.nat(1000), { minLength: 20, maxLength: 60 }), fc.nat(), newValue);

/** `edit` says what to do at a random path, and the tree and the comments that must come of it. */
function holds(
  edit: (
    text: string,
    before: Plain,
    path: YamlPath,
    value: YamlValue,
  ) => { edits: ReturnType<typeof setYaml>; expected: Plain; loses: (owner: YamlPath) => boolean } | null,
): void {
  fc.assert(
    fc.property(page, ([random, numbers, choice, value]) => {
      const { text, comments } = layOut(random, dice(numbers));
      const before = plainOf(text);
      expect(before).toEqual(random);
      const paths = pathsIn(before);
      const path = paths[choice % paths.length]!;
      const done = edit(text, before, path, value);
      if (!done) return;
      const after = applyTextEdits(text, done.edits);
      expect({ path, after, tree: plainOf(after) }).toEqual({ path, after, tree: done.expected });
      const lost = [...comments].flatMap(([name, owner]) =>
        after.includes(name) || done.loses(owner) ? [] : [name],
      );
      expect({ path, after, lost }).toEqual({ path, after, lost: [] });
      if (text.includes('\r\n')) expect(after).not.toMatch(/[^\r]\n/);
    }),
    { numRuns: 700 },
  );
}

describe('on random texts in random layouts, the tree after is the tree before with one thing changed', () => {
  it('a value set', () => {
    holds((text, before, path, value) => {
      if (path.length === 0) return null;
      return {
        edits: setYaml(text, path, value),
        expected: changed(before, path, () => value),
        // What stands between the entries of a block that is replaced was part of it.
        loses: (owner) =>
          startsWith(owner, path) &&
          (owner.length > path.length || !['string', 'null'].includes(kindOf(at(before, path)))),
      };
    });
  });

  it('a key added, with its missing parents', () => {
    holds((text, before, path, value) => {
      const map = at(before, path);
      if (typeof map === 'string' || Array.isArray(map) || (map === null && path.length === 0)) return null;
      const order = ['new', 'a', 'minutes'];
      return {
        edits: setYaml(text, [...path, 'new', 'deep'], value, order),
        expected: changed(before, path, (old) => ({ ...(old as object), new: { deep: value } })),
        loses: () => false,
      };
    });
  });

  it('an item inserted', () => {
    holds((text, before, path, value) => {
      const list = at(before, path);
      if (!isPlainList(list)) return null;
      const index = text.length % (list.length + 1);
      return {
        edits: insertYaml(text, path, index, value),
        expected: changed(before, path, () => list.toSpliced(index, 0, value)),
        loses: () => false,
      };
    });
  });

  it('a thing removed', () => {
    holds((text, before, path) => {
      if (path.length === 0) return null;
      return {
        edits: removeYaml(text, path),
        expected: changed(before, path, () => undefined),
        loses: (owner) => startsWith(owner, path),
      };
    });
  });

  it('a key renamed', () => {
    holds((text, before, path) => {
      const key = path.at(-1);
      if (typeof key !== 'string') return null;
      return {
        edits: renameYamlKey(text, path, 'the new: name'),
        expected: changed(before, path.slice(0, -1), (map) =>
          Object.fromEntries(
            Object.entries(map as object).map(([name, inner]) => [
              name === key ? 'the new: name' : name,
              inner,
            ]),
          ),
        ),
        loses: () => false,
      };
    });
  });

  it('a thing made the first of a list', () => {
    holds((text, before, path) => {
      const edits = listYaml(text, path);
      if (edits.length === 0) return null;
      return { edits, expected: changed(before, path, (old) => [old]), loses: () => false };
    });
  });

  it('an item moved, and copied', () => {
    holds((text, before, path) => {
      const list = at(before, path);
      if (!isPlainList(list) || list.length === 0) return null;
      const from = text.length % list.length;
      const to = (text.length >> 3) % list.length;
      const moved = list.toSpliced(from, 1).toSpliced(to, 0, list[from]!);
      return {
        edits: moveYaml(text, path, from, to),
        expected: changed(before, path, () => moved),
        loses: () => false,
      };
    });
    holds((text, before, path) => {
      const list = at(before, path);
      if (!isPlainList(list) || list.length === 0) return null;
      const index = text.length % list.length;
      return {
        edits: copyYaml(text, path, index),
        expected: changed(before, path, () => list.toSpliced(index, 0, list[index]!)),
        loses: () => false,
      };
    });
  });
});

it('a scalar in a line changes that line alone', () => {
  fc.assert(
    fc.property(page, ([random, numbers, choice]) => {
      const { text } = layOut(random, dice(numbers));
      const paths = pathsIn(random).filter((path) => path.length > 0 && typeof at(random, path) === 'string');
      const path = paths[choice % Math.max(1, paths.length)];
      if (!path) return;
      const edits = setYaml(text, path, '7');
      expect(edits.length).toBeLessThanOrEqual(2);
      for (const edit of edits) {
        expect(text.slice(edit.from, edit.to).split('\n').length).toBeLessThanOrEqual(4);
      }
    }),
  );
});
