import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { workspaceFolder } from './testing/workspace-folder.ts';

const program = fileURLToPath(new URL('./testing/endless-publisher.ts', import.meta.url));

test('killed anywhere between a decision and the end of a publish: nothing half, nothing lost, and it goes on', async () => {
  const { folder, another } = await workspaceFolder();
  let published = 0;
  for (let round = 0; round < 4; round += 1) {
    const child = spawn(process.execPath, ['--import', 'tsx', program, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => void (said += text));
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
    child.kill('SIGKILL');
    await ended;

    const { releases, problems } = await (await another()).history();
    expect(problems).toEqual([]);
    const done =
      [...said.matchAll(/published (\d+)/g)].map(([, number]) => Number(number)).at(-1) ?? published;
    // What was asked for last may have been done, and the word of it cut off.
    expect([done, done + 1]).toContain(releases.length);
    published = releases.length;
    // Decisions that were said to be made stand, or have gone into a release.
    const window = await another();
    const { approval } = await window.approval();
    const [who, number] =
      [...said.matchAll(/decided (\d+) (\w+)/g)].map(([, n, by]) => [by, Number(n)]).at(-1) ?? [];
    if (number === published + 1) expect(approval!.items[0]!.acceptedBy).toContain(who);
  }
  // The next one picks up where the dead have left.
  const window = await another();
  for (const who of ['Ada', 'Ben'])
    await window.decide({ verdict: 'accept', items: 'all', who, why: 'Agreed' });
  const overrides = [{ what: 'nothing-changed', reason: 'To go on' }] as const;
  expect(await window.publish({ who: 'Cy', why: 'Agreed', overrides, seen: null })).toMatchObject({
    published: true,
  });
  const left = (await readdir(join(folder, 'releases'))).filter((name) => name.startsWith('.'));
  expect([left, await readdir(join(folder, 'approvals'))]).toEqual([['.gitattributes'], []]);
}, 60_000);
