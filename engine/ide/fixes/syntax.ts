import { createSource } from '../../base/source.ts';
import { applyTextEdits } from '../../base/text-edit.ts';
import { createReporter } from '../../diagnostics/diagnostic.ts';
import { parseYaml } from '../../yaml/parse-yaml.ts';
import { scalarText } from '../../yaml/write-yaml.ts';
import { fileKind } from '../../workspace/read-file.ts';
import { inFile } from './fix.ts';
import type { Fixer, Mistake, QuickFix } from './fix.ts';

/** Small changes of the line, or of one beside it, after which the file can be read; the mildest first. */
export const mendSyntax: Fixer = (mistake) => {
  const { line } = mistake.diagnostic.place;
  const fewer = syntaxErrors(mistake.text) - 1;
  const works = ({ edits }: QuickFix) => syntaxErrors(applyTextEdits(mistake.text, edits[0]!.edits)) <= fewer;
  const near = [line, line - 1, line + 1, line - 2];
  // A quote that is not closed swallows what follows, and is noticed far behind.
  const unclosed = mistake.text
    .split('\n')
    .flatMap((text, index) => ((text.match(/"/g)?.length ?? 0) % 2 === 1 ? [index + 1] : []));
  const lines = [...new Set([...near, ...unclosed.slice(0, 10)])];
  const tried = (mend: Mend) => lines.flatMap((number) => rewritten(mistake, number, mend)).filter(works);
  const untabbed = tried(indented);
  return untabbed.length > 0 ? untabbed : [closed, quoted, spaced, aligned].flatMap(tried).slice(0, 6);
};

function syntaxErrors(text: string): number {
  const reporter = createReporter(createSource('', text));
  parseYaml(reporter.source, reporter);
  return reporter.diagnostics.filter(({ code }) => code === 'yaml-syntax').length;
}

/** Other texts for one line, each with what it does. */
type Mend = (
  line: string,
  lines: readonly string[],
  number: number,
) => readonly (readonly [title: string, text: string])[];

function rewritten(mistake: Mistake, number: number, mend: Mend): readonly QuickFix[] {
  const lines = mistake.text.split('\n');
  const line = lines[number - 1]?.replace(/\r$/, '');
  if (line === undefined) return [];
  const from = lines.slice(0, number - 1).join('\n').length + (number > 1 ? 1 : 0);
  return mend(line, lines, number).flatMap(([title, text]) =>
    text === line ? [] : inFile(mistake, title, [{ from, to: from + line.length, text }]),
  );
}

const indented: Mend = (line) => [
  ['Indent with spaces', line.replace(/^[\t ]*\t[\t ]*/, (tabs) => tabs.replaceAll('\t', '  '))],
];

const spaced: Mend = (line) => [
  ['Write a space behind the colon', line.replace(/^(\s*(?:- )?[\w.$-]+):(\S)/, '$1: $2')],
  ['Write a comma between', line.replace(/(\S)(\s+)([\w.$-]+: )(?=[^{]*\}\s*$)/, '$1,$2$3')],
];

const aligned: Mend = (line, lines, number) =>
  indents(lines, number).map((indent) => [
    `Align with ${indent} spaces`,
    ' '.repeat(indent) + line.trimStart(),
  ]);

/** A value that begins with a brace or holds a colon, as one text. */
const quoted: Mend = (line) => {
  const match = /^(\s*(?:- )?(?:[\w.$-]+: )?)(\S.*?)\s*$/.exec(line);
  if (!match?.[1] || !match[2] || /^["'>|]/.test(match[2])) return [];
  const text = scalarText(match[2], false);
  const inQuotes = text === match[2] ? JSON.stringify(text) : text;
  return [['Put the words in quotes', match[1] + inQuotes]];
};

/** What was opened on this line and not closed. */
const closed: Mend = (line) => {
  const open: string[] = [];
  let quote: string | null = null;
  for (const character of line) {
    if (quote !== null) {
      if (character === quote) quote = null;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{') open.push(' }');
    else if (character === '[') open.push(']');
    else if (character === '}' || character === ']') open.pop();
  }
  const end = line.trimEnd();
  return [
    ['Close the quote', quote === null ? line : `${end}${quote}`],
    ['Close what is open', `${end}${open.toReversed().join('')}`],
  ];
};

/** The indentations of the lines around, which this one may have to share, nearest first. */
function indents(lines: readonly string[], number: number): readonly number[] {
  const own = indentOf(lines[number - 1]!);
  const around = [...lines.slice(Math.max(0, number - 6), number - 1), ...lines.slice(number, number + 3)];
  const found = new Set(
    around
      .filter((line) => line.trim() !== '')
      .flatMap((line) => [indentOf(line), indentOf(line) + (/^\s*- /.test(line) ? 2 : 0)]),
  );
  found.delete(own);
  return [...found].toSorted((a, b) => Math.abs(a - own) - Math.abs(b - own)).slice(0, 4);
}

const indentOf = (line: string) => line.length - line.trimStart().length;

/** An anchor goes; an alias becomes what it stood for. */
export const withoutAnchor: Fixer = (mistake) => {
  const { diagnostic, text, written } = mistake;
  const alias = /^\*([\w-]+)$/.exec(written)?.[1];
  if (alias !== undefined) {
    const value = new RegExp(`&${alias}[ \\t]+([^\\n]*?)\\s*(?:#.*)?$`, 'm').exec(text)?.[1];
    if (!value) return [];
    return inFile(mistake, `Write ${value} in its place`, [{ ...spanOf(diagnostic.place), text: value }]);
  }
  const before = text.slice(Math.max(0, diagnostic.place.from - 60), diagnostic.place.from + 60);
  const match =
    /(?:[&!][^\s[\]{},]+\s+)+(?=\S*$)/.exec(before.slice(0, 60)) ?? /^[&!][^\s[\]{},]+\s+/.exec(written);
  if (!match) return [];
  const start = text.lastIndexOf(match[0], diagnostic.place.from + match[0].length);
  return inFile(mistake, `Remove ${match[0].trim()}`, [
    { from: start, to: start + match[0].length, text: '' },
  ]);
};

function spanOf({ from, to }: { readonly from: number; readonly to: number }) {
  return { from, to };
}

/** The second document becomes a file of its own. */
export const splitDocument: Fixer = (mistake) => {
  const { file, text, workspace } = mistake;
  const separator = /^---[ \t]*\n?/m.exec(text.slice(1));
  const kind = fileKind(file.path);
  if (!separator || kind === null) return [];
  const at = separator.index + 1;
  const stem = file.path.slice(0, file.path.lastIndexOf(`.${kind}.`));
  let path = '';
  for (let n = 2; path === '' || workspace.files.has(path); n += 1) path = `${stem}-${n}.${kind}.yaml`;
  return [
    {
      title: `Move it into a file of its own, ${path.split('/').at(-1)}`,
      edits: [
        { path: file.path, edits: [{ from: at, to: text.length, text: '' }] },
        { path, edits: [{ from: 0, to: 0, text: text.slice(at + separator[0].length) }] },
      ],
    },
    ...inFile(mistake, 'Remove the second document', [{ from: at, to: text.length, text: '' }]),
  ];
};
