import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { appFolder, call, folderWith, start } from './testing/run-cli.ts';
import { smallWorkspace } from './testing/small-workspace.ts';

/** The process itself: each of these starts one, so there are few. Everything else is asked in-process. */
describe('as a process', () => {
  test('answers, and its exit code is the answer', async () => {
    const folder = await folderWith(smallWorkspace);
    expect(await start(folder, ['check']).ended).toEqual({
      code: 0,
      out: 'no problems in 6 files\n',
      err: '',
    });
  });

  test('JSON is all there is on standard output, and a no is exit 1', async () => {
    const folder = await folderWith({ ...smallWorkspace, 'rules/bad.list.yaml': 'list: [\n' });
    const { code, out, err } = await start(folder, ['check', '--json'], { env: { FORCE_COLOR: '1' } }).ended;
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out).diagnostics.length).toBeGreaterThan(0);
  });

  test('wrong usage is exit 2, without colour into a pipe', async () => {
    const { code, out, err } = await start(appFolder, ['chek']).ended;
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(
      'proviso: there is no command `chek`; did you mean `proviso check`?\nSee `proviso help`.\n',
    );
  });

  test('FORCE_COLOR colours a pipe; NO_COLOR does not', async () => {
    const folder = await folderWith(smallWorkspace);
    const [forced, without] = await Promise.all([
      start(folder, ['test'], { env: { FORCE_COLOR: '1' } }).ended,
      start(folder, ['test'], { env: { NO_COLOR: '1' } }).ended,
    ]);
    expect(forced.out).toContain('\u001b[32m✓\u001b[39m');
    expect(without.out).not.toContain('\u001b');
  });

  test('an encounter through the pipe', async () => {
    const folder = await folderWith(smallWorkspace);
    const input = smallWorkspace['testcases/encounters/visit.encounter.yaml']!;
    const { code, out } = await start(folder, ['run', '-', '--json'], { input }).ended;
    expect(code).toBe(0);
    expect(JSON.parse(out).decision).toBe('pay');
  });

  test('output larger than a pipe holds arrives whole', async () => {
    const suite = smallWorkspace['testcases/time.suite.yaml']!;
    const cases = Array.from(
      { length: 2000 },
      (_, i) => `  - { id: case-${i}, title: ${'long '.repeat(20)}, expect: pay }\n`,
    );
    const folder = await folderWith({
      ...smallWorkspace,
      'testcases/long.suite.yaml': suite
        .replace('suite: time', 'suite: long')
        .replace(/ {2}- id: eight[^]*/, cases.join('')),
    });
    const { code, out } = await start(folder, ['test', '--json']).ended;
    expect(code).toBe(0);
    expect(JSON.parse(out).passed).toBe(2003);
  });

  test('a reader that leaves early is no failure', async () => {
    const { child, ended } = start(appFolder, ['help']);
    child.stdout.destroy();
    expect((await ended).err).toBe('');
  });
});

describe('open and serve', () => {
  const built = { 'dist/editor/index.html': '<!doctype html><title>Proviso</title>' };

  /** Begins to serve and waits until the address was printed. */
  async function serving(folder: string, words: readonly string[], more: Parameters<typeof call>[2] = {}) {
    const opened: string[] = [];
    let stop = () => {};
    let said = '';
    const ended = call(folder, words, {
      appFolder: folder,
      stdout: { write: (text) => void (said += text) },
      openBrowser: (address) => void opened.push(address),
      untilStopped: () =>
        new Promise((resolve) => {
          stop = resolve;
        }),
      ...more,
    });
    await expect.poll(() => said).toContain('Ctrl+C');
    const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said)![0];
    return { address, opened, said, stop: () => stop(), ended };
  }

  test.each([['open', '.'], ['serve']])('%s says so where the workbench is not built', async (...words) => {
    const folder = await folderWith(smallWorkspace);
    const { code, err } = await call(folder, words, { appFolder: folder });
    expect(code).toBe(2);
    expect(err).toContain('the workbench is not built yet.\nRun `npm run build` first.');
  });

  test.each([
    [['open', '.'], true, true],
    [['open', '.'], false, false],
    [['open', '.', '--no-browser'], true, false],
    [['serve'], true, false],
  ] as const)(
    '%j, desktop %s: the address is printed and answers; browser %s',
    async (words, hasDesktop, browser) => {
      const folder = await folderWith({ ...smallWorkspace, ...built });
      const { address, opened, stop, ended } = await serving(folder, words, { hasDesktop });
      expect(opened).toEqual(browser ? [address] : []);
      // The address puts the token into a cookie and leads on to the page.
      expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
      stop();
      expect(await ended).toMatchObject({ code: 0, err: '' });
      await expect(fetch(address)).rejects.toThrow('fetch failed');
    },
  );

  test('a folder within the rules means the workspace that it is in', async () => {
    const folder = await folderWith({ ...smallWorkspace, ...built });
    const { said, stop, ended } = await serving(folder, ['open', 'rules/acme']);
    expect(said).toContain(`Proviso is open on ${folder}\n`);
    stop();
    await ended;
  });

  test('what was interrupted the last time is said first', async () => {
    const gone = '.2.999999999-abcdef';
    const folder = await folderWith({
      ...smallWorkspace,
      ...built,
      [`releases/${gone}/manifest.json`]: '{',
      'approvals/.proviso-999999999-abcdef.tmp': '{',
    });
    const { said, stop, ended } = await serving(folder, ['open', '.']);
    expect(said).toMatch(
      /^Publishing release 2 was interrupted earlier, and nothing came of it; what it left goes with the next publish\.\nWriting down a decision was interrupted earlier, and nothing came of it: it has to be made again\.\n\nProviso is open/,
    );
    stop();
    await ended;
  });

  test('what was opened is listed, the latest first, and in JSON', async () => {
    const folder = await folderWith(built);
    expect((await call(folder, ['open'])).out).toMatch(
      /^No folder was opened yet\.\n\n.*`proviso init <folder>`/,
    );
    for (const name of ['one', 'two', 'one']) {
      if (name === 'two' || !existsSync(path.join(folder, name))) await call(folder, ['init', name]);
      const { stop, ended } = await serving(folder, ['serve', name]);
      stop();
      await ended;
    }
    const folders = [path.join(folder, 'one'), path.join(folder, 'two')];
    expect((await call(folder, ['open'])).out).toMatch(
      new RegExp(`^Opened lately:\n  ${folders[0]}\n  ${folders[1]}\n\n`),
    );
    expect(JSON.parse((await call(folder, ['open', '--json'])).out)).toEqual({ folders });
    expect((await call(folders[0]!, ['open'])).out).toContain('`proviso open .` opens the workbench');
  });

  test('a list that cannot be kept keeps nobody from working', async () => {
    const folder = await folderWith({ ...smallWorkspace, ...built, 'a-file': '' });
    const { stop, ended } = await serving(folder, ['open', '.'], {
      stateFolder: path.join(folder, 'a-file'),
    });
    stop();
    expect(await ended).toMatchObject({ code: 0, err: '' });
  });

  test.each([
    ['nowhere', 'there is no folder `nowhere`.\n`proviso init nowhere` makes one, with a small example.'],
    ['no where', 'there is no folder `no where`.\n`proviso init "no where"` makes one'],
    ['a.yaml', '`a.yaml` is a file, not a folder.\nName the workspace folder that it is in.'],
    ['other', '`other` holds no policies: there is no `rules` folder in it.\n`proviso init other` begins'],
  ])('a folder that cannot be opened: %s', async (name, sentence) => {
    // `other` lies in a workspace, and is none.
    const folder = await folderWith({ ...smallWorkspace, 'a.yaml': '', 'other/notes.txt': '' });
    const { code, out, err } = await call(folder, ['open', name]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
  });

  test('a folder that may not be read', async () => {
    const folder = await folderWith({ 'shut/rules/a.yaml': '' });
    await chmod(folder, 0o755);
    await chmod(path.join(folder, 'shut'), 0o000);
    const { code, err } = await asOrdinaryUser(() => call(folder, ['open', 'shut']));
    await chmod(path.join(folder, 'shut'), 0o755);
    expect(code).toBe(2);
    expect(err).toContain('`shut` cannot be read: the system does not permit it.\nLook who owns the folder');
  });

  test('a port in use is said in a sentence', async () => {
    const folder = await folderWith({ ...smallWorkspace, ...built });
    const { address, stop, ended } = await serving(folder, ['serve']);
    const { port } = new URL(address);
    const second = await call(folder, ['open', '.', '--port', port], { appFolder: folder });
    expect(second.code).toBe(2);
    expect(second.err).toContain(
      `Port ${port} is in use by another program. Stop that program or choose another`,
    );
    stop();
    await ended;
  });

  test('Ctrl+C ends the process with exit 0', async () => {
    const folder = await folderWith(smallWorkspace);
    const { child, ended, saidSoFar } = start(folder, ['open', '.', '--no-browser']);
    if (!existsSync(path.join(appFolder, 'dist/editor/index.html'))) {
      expect((await ended).err, 'run `npm run build` for the rest of this test').toContain(
        'the workbench is not built yet.',
      );
      return;
    }
    await expect.poll(saidSoFar, { timeout: 10_000 }).toContain('Ctrl+C');
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, err: '' });
  }, 20_000);
});

/** Root may read everything, so what others may not is tried as `nobody`. */
async function asOrdinaryUser<T>(action: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return action();
  process.seteuid!(65534);
  try {
    return await action();
  } finally {
    process.seteuid!(0);
  }
}
