import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { compareWorkspaces } from '../compare/compare-workspaces.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace, updateWorkspace } from '../workspace/workspace.ts';
import type { ApprovalItem } from './approval-item.ts';
import { approvalItems } from './approval-items.ts';

const hash = (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex'));

const shipped = createWorkspace(shippedFiles());
const time = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';
const documentation = [...shipped.files.keys()].find((path) => /hns-documentation.*policy/.test(path))!;

/** The items of the shipped files with these words replaced, against the shipped files. */
async function itemsOf(...changes: readonly (readonly [path: string, from: string, to: string])[]) {
  let draft = shipped;
  for (const [path, from, to] of changes) {
    const text = draft.files.get(path)!;
    expect(text).toContain(from);
    draft = updateWorkspace(draft, [{ path, text: text.replace(from, to) }]);
  }
  const comparison = compareWorkspaces(shipped, draft);
  const last = { workspace: shipped, knownGaps: [], comparison };
  return approvalItems({ draft, files: 'files', knownGaps: [], refusals: [], last }, hash);
}

const minimum = (minutes: number) => [time, 'value: 8, unit', `value: ${minutes}, unit`] as const;
const ids = (items: readonly ApprovalItem[]) => items.map(({ id }) => id);

test('each encounter that changes goes with a region, and every item has a name of its own', async () => {
  const items = await itemsOf(minimum(10));
  const regions = ids(items.filter(({ kind }) => kind === 'region'));
  expect(regions.length).toBeGreaterThan(0);
  const encounters = items.filter(({ kind }) => kind === 'encounter');
  expect(encounters.length).toBeGreaterThan(0);
  for (const { partOf } of encounters) {
    expect(partOf.length).toBeGreaterThan(0);
    expect(regions).toEqual(expect.arrayContaining([...partOf]));
  }
  expect(new Set(ids(items)).size).toBe(items.length);
});

test('a name stays as long as before and after do, whatever else changes', async () => {
  const alone = ids(await itemsOf(minimum(10)));
  const laidOut = [time, 'minimumMinutes: {', 'minimumMinutes:   {'] as const;
  const elsewhere = [documentation, 'otherwise: review', 'otherwise: deny'] as const;
  expect(ids(await itemsOf(minimum(10), laidOut))).toEqual(alone);
  const both = ids(await itemsOf(minimum(10), elsewhere));
  expect(both.length).toBeGreaterThan(alone.length);
  expect(both.filter((id) => id.startsWith('region')).filter((id) => alone.includes(id)).length).toBe(
    alone.filter((id) => id.startsWith('region')).length,
  );
});

test('units: another number is another item, and both are told', async () => {
  const [ten] = (await itemsOf(minimum(10))).filter(({ kind }) => kind === 'units');
  const [nine] = (await itemsOf(minimum(9))).filter(({ kind }) => kind === 'units');
  expect(ten!.title).toBe(nine!.title);
  expect(ten!.id).not.toBe(nine!.id);
  expect([ten!.before, ten!.after]).toEqual([
    expect.stringMatching(
      /^each code by its own minutes, 15 minutes a unit, none below 8 minutes, \d+ timed codes$/,
    ),
    expect.stringMatching(/none below 10 minutes/),
  ]);
});

test('nothing changes: nothing to decide', async () => {
  expect(await itemsOf()).toEqual([]);
});
