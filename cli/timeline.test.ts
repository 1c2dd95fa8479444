import { describe, expect, test } from 'vitest';
import { call, folderWith } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

const first = 'rules/acme/acme-time/2020-01-01.policy.yaml';
const second = 'rules/acme/acme-time/2021-01-01.policy.yaml';
const lists = 'rules/lists/timed-codes.list.yaml';
const text = smallWorkspace[first]!;

/** Two revisions of the small policy, with a list that changes within the first. */
const withTwo = (to: string, from: string) =>
  folderWith({
    ...smallWorkspace,
    [first]: text.replace('{ from: 2020-01-01 }', `{ from: 2020-01-01, to: ${to} }`),
    [second]: text.replace('{ from: 2020-01-01 }', `{ from: ${from} }`),
    [lists]: `${smallWorkspace[lists]!}  - { value: 97116, short: Gait, from: 2020-07-01 }\n`,
  });

describe('timeline', () => {
  test('lanes drawn over years, with the exact days in words', async () => {
    const folder = await withTwo('2020-12-29', '2021-01-01');
    const { code, out, err } = await call(folder, ['timeline', '--on', '2020-12-31']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      `Acme Health
  |2020                               |2021

  Time (acme-time)
  11111111111111111+11111111111111111!222222222222222222222222222222222222>
                                     ^
  1 2020-01-01 to 2020-12-29  ${first}
      + on 2020-07-01: “Timed codes” with 97116
  2 since 2021-01-01  ${second}
  ! no revision from 2020-12-30 to 2020-12-31

A number is the revision of that number, + one in which something changes, ! days without a revision between two,
# days with two at once, ^ 2020-12-31. By date of service; both days of a period count.
`,
    );
  });

  test('as JSON: an overlap of one day has its place between the two files', async () => {
    const folder = await withTwo('2021-01-01', '2021-01-01');
    // Two revisions on one day are a mistake, and still their timeline is what shows it.
    const { code, out } = await call(folder, [
      'timeline',
      '--json',
      '--policy',
      'acme-time',
      '--payer',
      'acme',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      on: '2024-03-04',
      lanes: [
        {
          payer: 'acme',
          policy: 'acme-time',
          title: 'Time',
          revisions: [
            { path: first, from: '2020-01-01', to: '2021-01-01', inForce: false },
            { path: second, from: '2021-01-01', to: null, inForce: true, changes: [], over: [] },
          ],
          gaps: [],
          overlaps: [{ from: '2021-01-01', to: '2021-01-01', between: [first, second] }],
          replaced: [],
        },
      ],
    });
  });

  test('what cannot be read has no lane, and that is said', async () => {
    const folder = await folderWith({ ...smallWorkspace, [second]: text.replace('2020-01-01', 'soon') });
    const { code, out, err } = await call(folder, ['timeline']);
    expect(code).toBe(0);
    expect(out).toContain(`1 since 2020-01-01, in force on 2024-03-04  ${first}`);
    expect(err).toContain('1 error in the policies: what cannot be read has no lane here');
  });

  test('narrowed to a code that no rule asks about', async () => {
    const folder = await folderWith(smallWorkspace);
    const { code, out } = await call(folder, ['timeline', '--code', '98941']);
    expect({ code, out }).toEqual({ code: 0, out: 'No policy is of that kind.\n' });
  });

  test.each([
    [['--policy', 'acme-tim'], 'there is no policy `acme-tim`; did you mean `acme-time`?'],
    [['--payer', 'acne'], 'there is no payer `acne`; did you mean `acme`?'],
    [['--on', '2020-02-30'], '`--on` cannot be `2020-02-30`'],
    [['acme'], '`proviso timeline` takes options alone.'],
  ])('%j is refused', async (words, message) => {
    const folder = await folderWith(smallWorkspace);
    const { code, err } = await call(folder, ['timeline', ...words]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
