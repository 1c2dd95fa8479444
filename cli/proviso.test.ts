import { describe, expect, test } from 'vitest';
import { allCommands } from './all-commands.ts';
import { folderWith, call } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

describe('finding the command', () => {
  test('without a command, the overview and exit 2', async () => {
    const { code, out, err } = await call('/', []);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const longest = Math.max(...allCommands.map(({ name }) => name.length));
    for (const { name, summary } of allCommands) expect(err).toContain(`${name.padEnd(longest)}  ${summary}`);
  });

  test.each([['help'], ['--help'], ['-h'], ['help', '--json']])('%s', async (...words) => {
    const { code, out, err } = await call('/', words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Exit codes:');
  });

  test.each(allCommands.map(({ name }) => name))('every command has help: %s', async (name) => {
    const asked = await call('/', ['help', name]);
    expect(asked.code).toBe(0);
    expect(asked.out).toContain(`Usage: proviso ${name}`);
    expect(asked.out).toContain('70  a mistake in Proviso itself');
    expect(await call('/', [name, '--help'])).toEqual(asked);
    expect(await call('/', [name, '-h'])).toEqual(asked);
  });

  test.each([['--version'], ['-v'], ['version']])('%s', async (word) => {
    expect(await call('/', [word])).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });

  test.each([
    [['chek'], 'there is no command `chek`; did you mean `proviso check`?'],
    [['frobnicate'], 'there is no command `frobnicate`.'],
    [['--jsn'], 'there is no option `--jsn`.'],
    [['help', 'tset'], 'there is no command `tset`; did you mean `proviso test`?'],
    [['check', '--jsn'], '`proviso check` has no option `--jsn`; did you mean `--json`?'],
    [['check', '--constructor'], '`proviso check` has no option `--constructor`.'],
    [['check', '-j'], '`proviso check` has no option `-j`'],
    [['check', '--json=yes'], '`--json` takes no value.'],
    [['test', '--filter'], '`--filter` needs a value: text.'],
    [['test', '--filter', 'a', '--filter', 'b'], '`--filter` is given twice.'],
    [['test', '--engine', 'compield'], '`--engine` cannot be `compield`; did you mean `compiled`?'],
    [['test', '--reporter', 'x'], '`--reporter` cannot be `x`; it is one of tree, json, junit.'],
    [['test', '--today', '2024-02-30'], '`--today` cannot be `2024-02-30`'],
    [['run'], 'name the encounter file to judge.'],
    [['run', 'a', 'b'], 'judge one encounter at a time.'],
    [['run', 'a', '--as-of', 'yesterday'], '`--as-of` cannot be `yesterday`'],
    [['new'], 'say what to begin'],
    [['new', 'polcy', 'a'], 'did you mean `policy`?'],
    [['new', 'policy'], 'name the new policy'],
    [['new', 'policy', 'Über'], 'is not written as ids are'],
    [['new', 'policy', '../../x'], 'is not written as ids are'],
    [['open', 'a', 'b'], 'open one folder at a time.'],
    [['open', '.', '--port', 'x'], '`--port` cannot be `x`; a port is a whole number from 0 to 65535'],
    [['init', 'a', 'b'], 'begin one workspace at a time.'],
    [['serve', 'a', 'b'], 'name one workspace folder.'],
    [['serve', '--port', '70000'], 'a port is a whole number from 0 to 65535'],
    [['units', '97110:33'], 'say by which method'],
  ])('wrong usage: %j', async (words, sentence) => {
    const folder = await folderWith({});
    const { code, out, err } = await call(folder, words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
    expect(err).not.toContain('\u001b');
  });
});

describe('when it is told to speak JSON', () => {
  test.each([
    [['check', '--json', '--nonsense']],
    [['check', '--json', 'nowhere']],
    [['test', '--reporter', 'json', 'nowhere']],
    [['test', '--reporter=json', 'nowhere']],
    [['run', 'nowhere.encounter.yaml', '--json']],
    [['units', '--json', '--method', 'total-time', '97110:abc']],
    [['nonsense', '--json']],
  ])('an error is a document too: %j', async (words) => {
    const folder = await folderWith(smallWorkspace);
    const { code, out, err } = await call(folder, words);
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(JSON.parse(out)).toEqual({ error: { message: expect.stringMatching(/./) } });
  });

  test('behind `--`, words are paths', async () => {
    const folder = await folderWith(smallWorkspace);
    const { code, out, err } = await call(folder, ['check', '--', '--json']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('there is no file or folder `--json`.');
  });
});

describe('our own mistakes', () => {
  const broken = {
    write: () => {
      throw new TypeError('patient Jane Doe\n    at secret (record.yaml:1:1)');
    },
  };

  test('exit 70, one line, and no word of the data', async () => {
    const folder = await folderWith(smallWorkspace);
    const { code, err } = await call(folder, ['check'], { stdout: broken });
    expect(code).toBe(70);
    expect(err).toMatch(
      /^proviso: a mistake in Proviso itself \(TypeError at .*run-cli|TypeError at .*\).*\n$/,
    );
    expect(err.trimEnd()).not.toContain('\n');
    expect(err).not.toContain('Jane');
    expect(err).not.toContain('secret');
    expect(err).not.toContain(folder);
  });
});

describe('colour', () => {
  test('only where it is wanted', async () => {
    const folder = await folderWith({ ...smallWorkspace, 'rules/a.policy.yaml': 'policy: x\n' });
    expect((await call(folder, ['check'])).out).not.toContain('\u001b');
    expect((await call(folder, ['check'], { color: true })).out).toContain('\u001b[31merror:\u001b[39m');
    expect((await call(folder, ['check', '--json'], { color: true })).out).not.toContain('\u001b');
  });

  test('what stands in a file cannot steer the terminal', async () => {
    const folder = await folderWith({
      ...smallWorkspace,
      'rules/a.policy.yaml': 'policy: "\\e[2J\\u202Ex"\ntitle: "\u009b2J"\n',
    });
    const { out } = await call(folder, ['check']);
    for (const sign of ['\u001b', '\u009b', '\u202e']) expect(out).not.toContain(sign);
  });
});
