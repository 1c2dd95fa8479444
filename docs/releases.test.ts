import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  changeWays,
  firmRefusals,
  itemKinds,
  overridableRefusals,
  releaseProblems,
  usualSettings,
} from '#engine';

const page = readFileSync(path.join(import.meta.dirname, 'releases.md'), 'utf8');

/** The first column of the table under a heading, with the last one where it says yes or no. */
function rowsUnder(heading: string): readonly string[] {
  const section = page.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`))!;
  return [...section.matchAll(/^\| `([a-z-]+)` +\|.+\|$/gm)].map(([row, what]) => {
    const last = row.split('|').at(-2)!.trim();
    return /^(yes|no|with a reason)$/.test(last) ? `${what} ${last}` : what!;
  });
}

test('every kind of item is explained', () => {
  expect(rowsUnder('Approve')).toEqual(itemKinds);
});

test('every way in which a change can go is explained, and whether it needs a second approver', () => {
  expect(rowsUnder('A second approver')).toEqual(
    changeWays.map((way) => `${way} ${usualSettings.secondApprover.includes(way) ? 'yes' : 'no'}`),
  );
});

test('every reason that holds a release back is explained, and whether it can be overridden', () => {
  expect(rowsUnder('What holds a release back')).toEqual([
    ...firmRefusals.map((what) => `${what} no`),
    ...overridableRefusals.map((what) => `${what} with a reason`),
  ]);
});

test('everything that verify can find is explained', () => {
  expect(rowsUnder('Verify')).toEqual(releaseProblems);
});
