import { describe, expect, test } from 'vitest';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { fileKind } from '../workspace/read-file.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { completionsAt } from './completion.ts';
import { hoverAt } from './hover.ts';

const files = shippedFiles().filter(({ path }) => fileKind(path) !== null);
const workspace = createWorkspace(files);
const around = {
  today: 19_000,
  countsOf: () => ({ met: 1, violated: 2, notApplicable: 3, undetermined: 4 }),
};

/** Which of all places are tried; every one takes minutes, and was tried with `stride` 1. */
const stride = 67;

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
