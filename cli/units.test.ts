import { describe, expect, test } from 'vitest';
import { call, folderWith } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

async function units(...words: string[]) {
  const folder = await folderWith(smallWorkspace);
  const { code, out, err } = await call(folder, ['units', '--json', ...words]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

describe('units', () => {
  test('the Medicare example: 33 and 7 minutes are 3 units', async () => {
    expect(await units('--method', 'total-time', '97110:33', '97140:7')).toEqual({
      method: 'total-time',
      totalUnits: 3,
      totalMinutes: 40,
      allocations: [{ 97110: 2, 97140: 1 }],
      untimed: [],
    });
  });

  test.each([
    ['per-service', 2, [{ 97110: 2, 97140: 0 }]],
    ['full-units', 2, [{ 97110: 2, 97140: 0 }]],
  ])('the same by %s', async (method, totalUnits, allocations) => {
    expect(await units('--method', method, '97110:33', '97140:7')).toMatchObject({ totalUnits, allocations });
  });

  test('equal remainders: every right allocation', async () => {
    const { totalUnits, allocations } = await units(
      '--method',
      'total-time',
      '97110:7',
      '97112:7',
      '97140:7',
    );
    expect(totalUnits).toBe(1);
    expect(allocations).toHaveLength(3);
  });

  test('minutes of one code are added', async () => {
    expect(await units('--method', 'per-service', '97110:4', '97110:4')).toMatchObject({
      totalUnits: 1,
      allocations: [{ 97110: 1 }],
    });
  });

  test('below the minimum, minutes do not count', async () => {
    expect(await units('--method', 'total-time', '--minimum', '8', '97110:33', '97140:7')).toMatchObject({
      totalUnits: 2,
      totalMinutes: 33,
    });
  });

  test('untimed codes are named and left out, by the list as it is today', async () => {
    expect(
      await units('--method', 'total-time', '97110:15', '97150:30', '97032:15', '97150:5'),
    ).toMatchObject({
      totalUnits: 1,
      allocations: [{ 97110: 1 }],
      untimed: ['97150', '97032'],
    });
    expect(await units('--method', 'total-time', '97150:30')).toMatchObject({
      totalUnits: 0,
      allocations: [{}],
      untimed: ['97150'],
    });
  });

  test('for people', async () => {
    const folder = await folderWith(smallWorkspace);
    const { out } = await call(folder, ['units', '--method', 'total-time', '97110:7', '97112:7', '97150:20']);
    expect(out).toBe(`1 unit for 14 timed minutes

97110  97112
    1      0
    0      1

Each of these 2 allocations is equally right.

Not timed, and left out: 97150.
`);
  });

  test('without a workspace, the list that comes with Proviso is used, and that is said', async () => {
    const folder = await folderWith({});
    const appFolder = await folderWith(smallWorkspace);
    const { out } = await call(
      folder,
      ['units', '--method', 'per-service', '97110:30', '97150:30', '--json'],
      { appFolder },
    );
    expect(JSON.parse(out)).toMatchObject({
      totalUnits: 2,
      untimed: ['97150'],
      note: 'There is no workspace here; the list of timed codes is the one that comes with Proviso.',
    });
  });

  test('without any list, every code is taken as timed, and that is said', async () => {
    const folder = await folderWith({});
    const { code, out } = await call(folder, ['units', '--method', 'per-service', '97150:30', '--json'], {
      appFolder: folder,
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      totalUnits: 2,
      untimed: [],
      note: 'There is no workspace here, so every code is taken as timed.',
    });
  });

  test('forty lines, and more allocations than anybody reads', async () => {
    const folder = await folderWith({});
    const services = Array.from({ length: 40 }, (_, i) => `${10_000 + i}:7`);
    const { code, out } = await call(folder, ['units', '--method', 'total-time', '--json', ...services], {
      appFolder: folder,
    });
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer.totalUnits).toBe(19);
    expect(answer.allocations).toHaveLength(1000);
    expect(answer.allocationsTotal).toBe(131_282_408_400);
    expect(
      (await call(folder, ['units', '--method', 'total-time', ...services], { appFolder: folder })).out,
    ).toContain('These are the first 1000 of 131282408400');
  });
});

describe('bad input', () => {
  test.each([
    [['97110:abc'], 'the minutes in `97110:abc` must be a whole number in digits.'],
    [['97110:'], 'the minutes in `97110:` must be a whole number'],
    [['97110:-5'], 'the minutes in `97110:-5` are negative.'],
    [['97110:7.5'], 'the minutes in `97110:7.5` are not whole'],
    [['97110:1e9'], 'the minutes in `97110:1e9` must be a whole number in digits.'],
    [['97110:1000000000'], 'are more than a day has (1440)'],
    [['97110'], '`97110` is not a service; write a code and its minutes'],
    [['9711:5'], '`9711` in `9711:5` is not a procedure code'],
    [['__proto__:5'], 'is not a procedure code'],
    [[], 'name at least one service'],
    [['97110:5', '--minimum', 'x'], 'the minutes in `--minimum` must be a whole number'],
    [
      ['97110:5', '--codes', 'timed-code'],
      'there is no list `timed-code` in the workspace; did you mean `timed-codes`?',
    ],
    [['97110:5', '--codes', 'payers'], 'the list `payers` is not a list of codes.'],
    [['97110:5', '--method', 'total'], '`--method` '],
  ])('%j', async (words, sentence) => {
    const folder = await folderWith(smallWorkspace);
    const method = words.includes('--method') ? [] : ['--method', 'total-time'];
    const { code, out, err } = await call(folder, ['units', ...method, ...words]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
  });

  test('minutes of one code beyond a day', async () => {
    const folder = await folderWith(smallWorkspace);
    const { code, err } = await call(folder, ['units', '--method', 'total-time', '97110:1440', '97110:1']);
    expect(code).toBe(2);
    expect(err).toContain('the minutes of 97110 together are more than a day has (1440).');
  });
});
