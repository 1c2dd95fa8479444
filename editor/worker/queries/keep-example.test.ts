import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { applyTextEdits, createWorkspace, dayOf, runCases, updateWorkspace } from '#engine';

import { openDiskStorage } from '../../../storage/disk.ts';
import { answer } from '../answer.ts';
import type { Memory } from '../memory.ts';
import { compare } from './compare.ts';
import type { ComparedVersions } from './compare.ts';
import { keepExample } from './keep-example.ts';

const today = dayOf(2026, 11, 23);
const path = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';
const storage = await openDiskStorage(fileURLToPath(new URL('../../..', import.meta.url)));
const shipped = createWorkspace((await storage.readAll()).files);
const text = shipped.files.get(path)!.replace('value: 8, unit', 'value: 10, unit');

function compared(): { readonly memory: Memory; readonly comparison: ComparedVersions } {
  const files = [...shipped.files].map(([at, own]) => ({ path: at, text: own }));
  const { memory: open } = answer(null, { kind: 'open', seq: 1, files }, today);
  const change = { kind: 'change', seq: 2, saved: false, changes: [{ path, text }] } as const;
  const { memory } = answer(open, change, today);
  const query = { kind: 'query', seq: 3, name: 'compare', params: undefined } as const;
  const { answer: told } = answer(memory, query, today, compare);
  if (told.kind !== 'told') throw new Error(told.kind);
  return { memory: memory!, comparison: told.result as ComparedVersions };
}

test('8 to 10 minutes: the example of each region becomes a case that passes, in the suite that speaks of its rules', () => {
  const { memory, comparison } = compared();
  const kept = comparison.regions.map((region) => keepExample(memory, region)!);
  expect(kept.map(({ suite, title }) => [suite, title])).toEqual([
    ['hns-97530-time', '97110, 8 minutes: was pay, now deny'],
    ['hns-97530-time', '97033, 8 minutes: review'],
  ]);
  const [first] = kept;
  const after = updateWorkspace(
    memory.draft,
    first!.edits.map(({ path: at, edits }) => ({
      path: at,
      text: applyTextEdits(memory.draft.files.get(at) ?? '', edits),
    })),
  );
  const found = runCases(after.cases, today).cases.find(({ id }) => id === first!.id);
  expect(found).toMatchObject({ suite: 'hns-97530-time', outcome: 'passed' });
});
