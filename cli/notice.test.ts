import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { call, folderWith } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

const policy = 'rules/acme/acme-time/2020-01-01.policy.yaml';

/** Two workspaces side by side; the second asks for ten minutes. */
function sideBySide() {
  const under = (name: string) =>
    Object.entries(smallWorkspace).map(([file, text]) => [`${name}/${file}`, text] as const);
  return folderWith({
    ...Object.fromEntries([...under('before'), ...under('after')]),
    [`after/${policy}`]: smallWorkspace[policy]!.replace('value: 8', 'value: 10'),
  });
}

/** The clause is the same in both, and is told to whoever writes the notice. */
const stillOld =
  'The clause “floor” of “Manual” still says 8 minutes, and the rule says 10 minutes now.\nUpdate the source page, or cite another clause, before the notice is sent.\n';

describe('notice', () => {
  test('Markdown, with examples at the threshold and a blank line where the sources name nobody', async () => {
    const folder = await sideBySide();
    const { code, out, err } = await call(folder, ['notice', 'before', 'after']);
    expect({ code, err }).toEqual({ code: 0, err: stillOld });
    expect(out).toContain('# Change of policy: Time\n');
    expect(out).toContain('- **In force:** for dates of service from 1 January 2020\n');
    expect(out).toContain('- Minimum minutes: 10 minutes in place of 8 minutes.\n');
    expect(out).toContain(
      '| 97110 | 9 minutes | 1 unit | **Paid.** The minutes support 1 unit. | **Denied.** The minutes support 1 unit. 97110 took 9 minutes; 10 are needed. |',
    );
    expect(out).toContain('Manual, clause “floor”: Less than eight minutes are not billed.');
    expect(out).toMatch(/## Questions\n\n(\\_)+\n$/);
  });

  test('a page to print goes into a new file, and never over one that is there', async () => {
    const folder = await sideBySide();
    const words = ['notice', 'before', 'after', '--html', '--out', 'notice.html'];
    expect(await call(folder, words)).toEqual({ code: 0, out: 'notice.html\n', err: stillOld });
    const html = await readFile(path.join(folder, 'notice.html'), 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).not.toContain('<script');
    const again = await call(folder, words);
    expect(again.code).toBe(2);
    expect(again.err).toContain('`notice.html` exists, and nothing is overwritten.');
    expect(await readFile(path.join(folder, 'notice.html'), 'utf8')).toBe(html);
    const nowhere = await call(folder, [...words.slice(0, -1), 'no/such/notice.html']);
    expect([nowhere.code, nowhere.err]).toEqual([
      2,
      expect.stringContaining('`no/such/notice.html` cannot be written'),
    ]);
  });

  test('nothing changes: a sentence, and no notice', async () => {
    const folder = await sideBySide();
    const { code, out, err } = await call(folder, ['notice', 'before', 'before']);
    expect({ code, out, err }).toEqual({
      code: 0,
      out: '',
      err: 'No claim is decided otherwise, so there is nothing to tell.\n',
    });
  });

  test('as JSON', async () => {
    const folder = await sideBySide();
    const { code, out } = await call(folder, ['notice', 'before', 'after', '--json', '--payer', 'acme']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      title: 'Change of policy: Time',
      payers: ['Acme Health'],
      payerIds: ['acme'],
      sections: [{ kind: 'changed', brief: ['Minimum minutes: 10 minutes in place of 8 minutes.'] }],
      contacts: [],
      unsettled: [],
    });
  });

  test.each([
    [['before'], 'name two versions'],
    [['before', 'after', '--payer', 'acne'], 'there is no payer `acne`; did you mean `acme`?'],
    [['before', 'nowhere'], '`nowhere`'],
  ])('%j is refused', async (words, message) => {
    const folder = await sideBySide();
    const { code, err } = await call(folder, ['notice', ...words]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
