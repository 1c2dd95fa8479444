import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { WorkspaceFile } from '#engine';
import { createWorkspace, dayOf } from '#engine';

import { openDiskStorage } from '../../storage/disk.ts';
import type { Answered } from './answer.ts';
import { answer } from './answer.ts';
import type { Judged } from './judged.ts';
import { readJudged } from './judged.ts';
import type { Memory } from './memory.ts';
import type { CaseRow, RowVerdict } from './protocol.ts';

/**
 * Judging again takes over what a change did not touch. These tests hold it to its promise:
 * whatever was changed in whichever order, what the page knows is what a fresh start would tell it.
 */
const today = dayOf(2026, 11, 23);
const storage = await openDiskStorage(fileURLToPath(new URL('../..', import.meta.url)));
const shipped = (await storage.readAll()).files.filter(
  // Enough to hold lists, overlays, parameters set by cases, and figures; few enough to start afresh many times.
  ({ path }) => /^rules\/(?!ncci|sources)|^testcases\/(?:hns|united-healthcare)\//.test(path),
);

/** Small changes as an author makes them, tried one after the other until one fits the text. */
const edits: readonly ((text: string, dice: number) => string)[] = [
  (text, dice) => text.replace(/value: (\d+)/, `value: ${dice % 40}`),
  (text, dice) => nth(text, /\b\d+\b/g, dice, (number) => String(Number(number) + 1)),
  (text, dice) =>
    nth(text, /atLeast|atMost|moreThan|lessThan/g, dice, () => ['atLeast', 'atMost'][dice % 2]!),
  (text, dice) =>
    nth(text, /otherwise: \w+/g, dice, () => `otherwise: ${['deny', 'review', 'advise'][dice % 3]}`),
  (text, dice) => nth(text, /\n\n {2}- id: [^]*?(?=\n\n|$)/g, dice, () => ''),
  (text, dice) => nth(text, /\n/g, dice, () => '\n# A remark.\n'),
  (text, dice) => nth(text, /title: .*/g, dice, (title) => `${title} again`),
  (text, dice) =>
    nth(text, /message: ["\w].*[a-z.]/g, dice, (message) => message.replace(/[a-z](?=[a-z.]$)/, 'x')),
  (text, dice) => nth(text, /: \d{4}-\d\d-\d\d/g, dice, () => `: 20${19 + (dice % 6)}-06-0${1 + (dice % 9)}`),
  (text, dice) => nth(text, /expect: \w+/g, dice, () => 'expect: deny'),
  (text, dice) => nth(text, /[:{}[\]-]/g, dice, () => ''),
];

test('verdicts, counts and problems are those of a fresh start after any changes', () => {
  const change = fc.record({
    file: fc.nat(),
    edit: fc.nat(),
    dice: fc.nat(),
    undo: fc.boolean(),
    saved: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const files = new Map(shipped.map(({ path, text }) => [path, text]));
      const onDisk = new Map(files);
      const open: Answered = answer(null, { kind: 'open', seq: 0, files: shipped }, today);
      let memory: Memory = open.memory!;
      let known: Judged = readJudged(null, judgedOf(open));
      for (const { file, edit, dice, undo, saved } of changes) {
        const { path, text: original } = shipped[file % shipped.length]!;
        const text = undo ? original : edits[edit % edits.length]!(files.get(path)!, dice);
        files.set(path, text);
        if (saved) onDisk.set(path, text);
        const told = answer(memory, { kind: 'change', seq: 1, saved, changes: [{ path, text }] }, today);
        memory = told.memory!;
        known = readJudged(known, judgedOf(told));
      }
      const now = filesOf(files);
      // The problems of the engine, since what is told of them depends on what was changed last.
      expect(memory.draft.diagnostics).toEqual(createWorkspace(now).diagnostics);
      if (known.stale) return;
      const fresh = readJudged(null, judgedOf(answer(null, { kind: 'open', seq: 0, files: now }, today)));
      const disk = readJudged(
        null,
        judgedOf(answer(null, { kind: 'open', seq: 0, files: filesOf(onDisk) }, today)),
      );
      expect(known.cases).toEqual(fresh.cases.map((row) => besideDisk(row, disk)));
      expect([known.rules, known.policies, known.payers]).toEqual([
        fresh.rules,
        fresh.policies,
        fresh.payers,
      ]);
    }),
    { numRuns: 40, seed: 20240304 },
  );
}, 240_000);

function filesOf(files: ReadonlyMap<string, string>): readonly WorkspaceFile[] {
  return [...files].map(([path, text]) => ({ path, text }));
}

/** A row of a fresh start, with what is on disk beside it. */
function besideDisk(row: CaseRow, { cases }: Judged): CaseRow {
  const before = cases.find(({ key }) => key === row.key)?.verdict ?? null;
  const essence = (verdict: RowVerdict) =>
    JSON.stringify(verdict, (key, value: unknown) => (key === 'code' ? undefined : value));
  const changed = before !== null && row.verdict !== null && essence(before) !== essence(row.verdict);
  return { ...row, earlierDecision: before?.decision ?? null, changed };
}

function judgedOf({ answer: told }: Answered) {
  if (told.kind !== 'judged') throw new Error(`expected verdicts, got ${told.kind}`);
  return told;
}

/** One of the places where a pattern is found, replaced. */
function nth(text: string, pattern: RegExp, dice: number, replace: (found: string) => string): string {
  const found = [...text.matchAll(pattern)];
  const one = found[dice % Math.max(1, found.length)];
  return one ? text.slice(0, one.index) + replace(one[0]) + text.slice(one.index + one[0].length) : text;
}
