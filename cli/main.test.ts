import { existsSync } from 'node:fs';
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

describe('serve', () => {
  test('says so where the workbench is not built', async () => {
    const folder = await folderWith(smallWorkspace);
    const { code, err } = await call(folder, ['serve'], { appFolder: folder });
    expect(code).toBe(2);
    expect(err).toContain('the workbench is not built yet.\nRun `npm run build` first.');
  });

  test('prints the address, answers there, opens the browser on a terminal alone, and ends when asked', async () => {
    const folder = await folderWith({
      ...smallWorkspace,
      'dist/editor/index.html': '<!doctype html><title>Proviso</title>',
    });
    for (const [isTerminal, words] of [
      [true, ['serve']],
      [false, ['serve']],
      [true, ['serve', '--no-open']],
    ] as const) {
      const opened: string[] = [];
      let stop = () => {};
      let said = '';
      const ended = call(folder, words, {
        appFolder: folder,
        isTerminal,
        stdout: { write: (text) => void (said += text) },
        openBrowser: (address) => void opened.push(address),
        untilStopped: () =>
          new Promise((resolve) => {
            stop = resolve;
          }),
      });
      await expect.poll(() => said).toContain('Ctrl+C');
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said)![0];
      expect(opened).toEqual(isTerminal && !words.includes('--no-open' as never) ? [address] : []);
      // The address puts the token into a cookie and leads on to the page.
      expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
      stop();
      expect(await ended).toMatchObject({ code: 0, err: '' });
      await expect(fetch(address)).rejects.toThrow('fetch failed');
    }
  });

  test('a port in use is said in a sentence', async () => {
    const folder = await folderWith({ ...smallWorkspace, 'dist/editor/index.html': '<!doctype html>' });
    let stop = () => {};
    let said = '';
    const first = call(folder, ['serve'], {
      appFolder: folder,
      stdout: { write: (text) => void (said += text) },
      untilStopped: () =>
        new Promise((resolve) => {
          stop = resolve;
        }),
    });
    await expect.poll(() => said).toContain('Ctrl+C');
    const port = /127\.0\.0\.1:(\d+)/.exec(said)![1]!;
    const second = await call(folder, ['serve', '--port', port], { appFolder: folder });
    expect(second.code).toBe(2);
    expect(second.err).toContain(`Port ${port} is in use`);
    stop();
    await first;
  });

  test('Ctrl+C ends the process with exit 0', async () => {
    const folder = await folderWith(smallWorkspace);
    const { child, ended, saidSoFar } = start(folder, ['serve', '--no-open']);
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
