import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { allTargets, createWorkspace, judgePlain, lower, readDocument } from '#engine';
import { shippedFiles } from '../engine/testing/workspace-on-disk.ts';

const javascript = allTargets.find(({ id }) => id === 'javascript')!;
const workspace = createWorkspace([]);

test('the module is a command as well: one encounter a line in, one answer a line out', () => {
  const { policies, vocabulary } = createWorkspace(shippedFiles());
  const program = lower(policies, vocabulary);
  const { files } = javascript.write({ program, workspace, name: 'policies', kit: [] });
  const folder = mkdtempSync(path.join(tmpdir(), 'proviso-module-'));
  try {
    const file = path.join(folder, 'policy.mjs');
    writeFileSync(file, files.find((one) => one.path === 'policy.mjs')!.text);
    const encounter = {
      visit: { date: '2024-03-04', payer: 'hns' },
      lines: [{ code: '97530', units: 1, record: { minutes: 7 } }],
    };
    const input = [JSON.stringify(encounter), '', '{', JSON.stringify({ ...encounter, lines: [] })].join(
      '\n',
    );
    const answers = execFileSync(process.execPath, [file], { input, encoding: 'utf8' }).trim().split('\n');
    expect(answers.map((line) => JSON.parse(line) as unknown)).toStrictEqual([
      judgePlain(program, readDocument(encounter, program).input!),
      { refused: [{ at: '', problem: 'must be JSON' }] },
      { refused: [{ at: 'lines', problem: 'must hold at least one line' }] },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
