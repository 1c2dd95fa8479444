import { describe, expect, it } from 'vitest';
import { lower } from '../../intermediate/lower.ts';
import { shippedFiles } from '../../testing/workspace-on-disk.ts';
import { createWorkspace } from '../../workspace/workspace.ts';
import { csv } from './csv.ts';
import { decisionTable } from './target.ts';

describe('a table as CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "yes"', '"say ""yes"""'],
    ['two\nlines', '"two\nlines"'],
    [' kept ', '" kept "'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@cell', "'@cell"],
    ['  =1+1', "'  =1+1"],
    ['=HYPERLINK("a","b")', `"'=HYPERLINK(""a"",""b"")"`],
    ['1-2', '1-2'],
    [-3, '-3'],
    [null, ''],
  ])('writes %j as %s', (cell, written) => {
    expect(csv(['Head'], [[cell]])).toBe(`\u{FEFF}Head\r\n${written}\r\n`);
  });
});

describe('the shipped policies', () => {
  const workspace = createWorkspace(shippedFiles());
  const program = lower(workspace.policies, workspace.vocabulary);
  const write = () => decisionTable.write({ program, workspace, name: 'policies', kit: [] });
  const { files, refused, losses } = write();
  const rows = (path: string) => parsed(files.find((file) => file.path === path)!.text.slice(1));
  const tables = ['lists.csv', 'rules.csv', 'terms.csv', 'units.csv'];
  const column = (path: string, name: string) => {
    const [head, ...body] = rows(path);
    return body.map((cells) => cells[head!.indexOf(name)]!);
  };

  it('come along whole, and always as the same bytes', () => {
    expect({ refused, losses }).toEqual({ refused: [], losses: [] });
    expect(write().files).toEqual(files);
  });

  it('have one row for each rule in each period', () => {
    const written = rows('rules.csv')
      .slice(1)
      .map(([, , from, to, , rule]) => [rule, from, to]);
    const asked = program.policies.flatMap(({ periods }) =>
      periods.flatMap(({ from, to, rules }) => rules.map(({ id }) => [id, from, to ?? ''])),
    );
    expect(new Set(written.map(String))).toEqual(new Set(asked.map(String)));
    expect(written).toHaveLength(asked.length);
  });

  it('name the codes of a rule as lists and exceptions leave them', () => {
    const at = column('rules.csv', 'Rule').indexOf('hns-97530-time/time-documented');
    const timed = workspace.lists.find(({ id }) => id === 'timed-codes')!.entries.map(({ value }) => value);
    const unverified = workspace.lists
      .find(({ id }) => id === 'unverified-codes')!
      .entries.map(({ value }) => value);
    expect(at).not.toBe(-1);
    expect(column('rules.csv', 'Codes')[at]).toBe(
      timed
        .filter((code) => !unverified.includes(code))
        .toSorted()
        .join('; '),
    );
  });

  it('say when minutes become a unit', () => {
    const [head, ...body] = rows('units.csv');
    const shown = ['Minutes from', 'Minutes to', 'Units'].map((name) => head!.indexOf(name));
    const hns = body
      .filter(([policy]) => policy === 'hns-97530-time')
      .map((row) => shown.map((at) => row[at]));
    expect(hns.slice(0, 3)).toEqual([
      ['0', '7', '0'],
      ['8', '22', '1'],
      ['23', '37', '2'],
    ]);
  });

  it('leave no name of the machine and no formula in a cell', () => {
    const cells = tables.flatMap((path) => rows(path).flat());
    expect(
      cells.filter((cell) => /^[=+\-@]|undefined|\[object|\b(?:record|derived)\.[a-z]/.test(cell)),
    ).toEqual([]);
  });

  it('give every row as many cells as there are columns', () => {
    const widths = tables.map((path) => new Set(rows(path).map((cells) => cells.length)).size);
    expect(widths).toEqual([1, 1, 1, 1]);
  });
});

/** RFC 4180, read back. */
function parsed(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}
