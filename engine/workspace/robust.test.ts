import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  createWorkspace,
  explainTraces,
  formatYaml,
  judge,
  runCases,
  traceOf,
  updateWorkspace,
  verdictOf,
} from '../index.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';

const files = shippedFiles();
const shipped = createWorkspace(files);

/** What half-typed and mistyped text is made of. */
const marks = ['[', '{', '}', ': ', '- ', '"', '\n', '  ', '\t', '#', '&a ', '*a ', '__proto__: 1\n'];
const values = ['$x', '$timed-codes', 'null', '-1', '1e9', 'true', '2024-02-30', '{ fact: line.code }'];
const slips = [...marks, ...values, 'derived.x: 1', 'other.line.code: 1'];

const edit = fc.record({
  at: fc.nat(),
  remove: fc.nat(30),
  insert: fc.option(fc.constantFrom(...slips), { nil: '' }),
});

function mistype(text: string, edits: readonly { at: number; remove: number; insert: string }[]): string {
  return edits.reduce((now, { at, remove, insert }) => {
    const from = at % (now.length + 1);
    return now.slice(0, from) + insert + now.slice(insert === '' ? from + remove : from);
  }, text);
}

it('never throws, whatever is mistyped in whichever shipped file, and loses no text', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(edit, { minLength: 1, maxLength: 3 }),
      fc.nat(),
      (file, edits, chosen) => {
        const text = mistype(file.text, edits);
        const workspace = updateWorkspace(shipped, [{ path: file.path, text }]);
        expect(workspace.files.get(file.path)).toBe(text);
        const { cases, ...counts } = runCases(workspace.cases, 20_000);
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(cases.length);
        const ready = workspace.cases[chosen % Math.max(1, workspace.cases.length)]?.ready;
        if (ready) {
          const verdict = verdictOf(judge(ready.program, ready.table));
          explainTraces(traceOf(ready.program, ready.table), verdict, workspace);
        }
        formatYaml(file.path, text);
      },
    ),
    { numRuns: 300 },
  );
}, 120_000);
