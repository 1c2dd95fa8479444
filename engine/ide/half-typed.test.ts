import { describe, expect, test } from 'vitest';
import { createSource } from '../base/source.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { fileKind } from '../workspace/read-file.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { completionsAt } from './completion.ts';
import { hoverAt } from './hover.ts';
import { columnAfter } from './indent.ts';

const files = shippedFiles().filter(({ path }) => fileKind(path) !== null);
const workspace = createWorkspace(files);
const around = {
  today: 19_000,
  countsOf: () => ({ met: 1, violated: 2, notApplicable: 3, undetermined: 4 }),
};

/** Which of all places are tried; to try every one takes minutes. */
const stride = 173;

describe('at places of every shipped file', () => {
  test.each(files.map((file) => [file.path, file] as const))('%s', (_, { path, text }) => {
    for (let offset = 0; offset <= text.length; offset += stride) {
      const lineEnd = text.indexOf('\n', offset);
      const cut = text.slice(0, offset) + (lineEnd === -1 ? '' : text.slice(lineEnd));
      const torn = text.slice(0, offset);
      for (const half of [text, cut, torn]) {
        for (const { replace, insertText, label } of completionsAt(workspace, path, half, offset)) {
          const sound =
            replace.from <= offset &&
            offset <= replace.to &&
            replace.to <= half.length &&
            !half.slice(replace.from, replace.to).includes('\n') &&
            !insertText.includes('\uE000') &&
            insertText !== '';
          expect(sound, `${label} at ${offset}`).toBe(true);
        }
        hoverAt(workspace, path, half, offset, around);
      }
    }
  });
});

/** A snippet as it stands once Tab has gone through it: words that were proposed stay, other places are empty. */
const filledIn = (snippet: string): string =>
  snippet.replace(
    /\\(.)|\$\{\d+:([^}]*)\}|\$\d+/g,
    (_, escaped?: string, word?: string) => escaped ?? word ?? '',
  );

describe('on a new line below any line, whatever is proposed can be read', () => {
  test.each(files.map((file) => [file.path, file] as const))('%s', (_, { path, text }) => {
    const lines = text.split('\n');
    const before = syntaxProblems(path, text);
    for (let number = 3; number < lines.length; number += 61) {
      const line = lines[number - 1]!;
      const above = `${lines.slice(0, number).join('\n')}\n${' '.repeat(columnAfter(line))}`;
      const below = `\n${lines.slice(number).join('\n')}`;
      const kinds = new Set<string>();
      for (const { kind, label, insertText, replace } of completionsAt(
        workspace,
        path,
        above + below,
        above.length,
      )) {
        // One of each kind, and every template.
        const sort = kind === 'template' ? label : `${kind} ${insertText.replace(/[\w.$#/-]+/g, 'x')}`;
        if (kinds.has(sort)) continue;
        kinds.add(sort);
        const after = above.slice(0, replace.from) + filledIn(insertText) + (above + below).slice(replace.to);
        expect(syntaxProblems(path, after), `${label} below line ${number}: ${line}`).toEqual(before);
      }
    }
  });
});

function syntaxProblems(path: string, text: string): readonly string[] {
  const reporter = createReporter(createSource(path, text));
  parseYaml(reporter.source, reporter);
  return reporter.diagnostics.map(({ message }) => message);
}

test('a proposal takes less than a frame on the longest policy', () => {
  const policies = files.filter(({ path }) => fileKind(path) === 'policy');
  const longest = policies.toSorted((a, b) => b.text.length - a.text.length)[0]!;
  const times: number[] = [];
  for (let offset = 0; offset <= longest.text.length; offset += 97) {
    const begin = performance.now();
    completionsAt(workspace, longest.path, longest.text, offset);
    times.push(performance.now() - begin);
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
  // A frame of 60 a second is 16 ms; on a quiet machine it takes 0.2.
  expect(median).toBeLessThan(16);
});
