import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSource } from '../base/source.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { YamlNode } from '../yaml/parse-yaml.ts';
import { sketchYaml } from './sketch.ts';
import type { Sketch } from './sketch.ts';

/** Keys with what stands behind them, in one line: `{rules:[{id:a}]}`. Texts of several lines are `…`. */
function outline(node: Sketch | null): string {
  if (node === null) return '';
  if (node.kind === 'scalar') return shown(node.text, node.style === 'block');
  if (node.kind === 'list') return `[${node.items.map(({ value }) => outline(value)).join(', ')}]`;
  return `{${node.entries.map(({ key, hasColon, value }) => `${key}${hasColon ? ':' : '?'}${outline(value)}`).join(', ')}}`;
}

function parsed(node: YamlNode): string {
  if (node.kind === 'scalar') return shown(node.text, false);
  if (node.kind === 'list') return `[${node.items.map(parsed).join(', ')}]`;
  return `{${node.entries.map(({ key, value }) => `${key}:${parsed(value)}`).join(', ')}}`;
}

const shown = (text: string, isBlock: boolean): string =>
  isBlock || text.includes('\n') || text.length > 40 ? '…' : text;

describe('a whole file', () => {
  test.each(shippedFiles().map(({ path, text }) => [path, text] as const))(
    '%s is read as by the parser',
    (path, text) => {
      const root = parseYaml(createSource(path, text), createReporter(createSource(path, text)))!;
      // A text that goes on in the next line loses its line break in the parser, and the outline is not of the words.
      const worn = (line: string) => line.replaceAll(/[^[\]{},:?]+/g, 'x');
      expect(worn(outline(sketchYaml(text)))).toBe(worn(parsed(root)));
    },
  );
});

describe('a half-typed text', () => {
  test.each([
    ['a word that may become a key', 'policy: a\nti\nkind: b', '{policy:a, ti?, kind:b}'],
    ['a word below a key', 'when:\n  li\nrequire: x', '{when:li, require:x}'],
    ['a word behind a dash, with keys below it', 'rules:\n  - i\n    title: x', '{rules:[{i?, title:x}]}'],
    ['a word in the column of the dashes', 'rules:\n  - id: a\n  re', '{rules:[{id:a}, re]}'],
    ['a word between two columns', 'rules:\n  - id: a\n   ti\nkind: b', '{rules:[{id:a, ti?}], kind:b}'],
    ['a dash with nothing', 'rules:\n  -\n  - id: a', '{rules:[, {id:a}]}'],
    [
      'a list in the column of its key',
      'rules:\n- id: a\n- id: b\nkind: c',
      '{rules:[{id:a}, {id:b}], kind:c}',
    ],
    ['braces that are not closed', 'when: { a: 1,\nkind: b', '{when:{a:1}, kind:b}'],
    ['braces over several lines, not closed', 'when: {\n  a: 1,\n  b\nkind: c', '{when:{a:1, b?}, kind:c}'],
    ['braces within braces, not closed', '- when: { a: { b: 1\n  then: x', '[{when:{a:{b:1}}, then:x}]'],
    ['brackets closed by a brace', 'when: { a: [1, 2 }\nkind: b', '{when:{a:[1, 2]}, kind:b}'],
    ['braces closed on a line of their own', 'when: {\n  a: 1\n}\nkind: b', '{when:{a:1}, kind:b}'],
    ['a pair in brackets', 'any: [a: 1, b: 2]', '{any:[{a:1}, {b:2}]}'],
    ['a quote that is not closed', 'message: "It took\nremedy: x', '{message:It took, remedy:x}'],
    ['a quote over two lines', 'message: "It\n  took"\nremedy: x', '{message:…, remedy:x}'],
    ['a colon in words', 'title: a: b', '{title:a: b}'],
    ['a comment behind a value', 'title: a # b: c', '{title:a}'],
    ['a block of text', 'a: >-\n  x: y\n\n  z\nb: c', '{a:…, b:c}'],
    ['a key further left than the first', '  a: 1\nb: 2', '{a:1, b:2}'],
    ['a dash below a key that has its value', 'a: 1\n- b\nc: 2', '{a:1, c:2}'],
    ['Windows line ends', 'a: 1\r\nb:\r\n  - c: 2\r\n', '{a:1, b:[{c:2}]}'],
    ['nothing', '', ''],
    ['one word', 'pol', 'pol'],
  ])('%s', (_, text, expected) => {
    expect(outline(sketchYaml(text))).toBe(expected);
  });

  test('is never refused, whatever it is', () => {
    const pieces = fc.constantFrom(
      'a',
      ' ',
      '  ',
      '\n',
      '- ',
      ': ',
      ':',
      '{',
      '}',
      '[',
      ']',
      ',',
      '"',
      "'",
      '#',
      '|',
      '>',
      '\t',
      '\r\n',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const spans: [number, number][] = [];
        const walk = (node: Sketch | null): void => {
          if (node === null) return;
          if (node.kind === 'scalar') spans.push([node.span.from, node.span.to]);
          else if (node.kind === 'list') for (const { value } of node.items) walk(value);
          else
            for (const { keySpan, value } of node.entries) {
              spans.push([keySpan.from, keySpan.to]);
              walk(value);
            }
        };
        walk(sketchYaml(text));
        expect(spans.filter(([from, to]) => from > to || to > text.length)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
