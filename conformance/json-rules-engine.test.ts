import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { allTargets, createWorkspace, judgePlain, lower, readDocument } from '#engine';
import { shippedFiles } from '../engine/testing/workspace-on-disk.ts';
import type { ModuleAnswer } from './engines/node.ts';

interface Exported {
  readonly judge: (encounter: unknown) => Promise<ModuleAnswer>;
}

const root = path.join(import.meta.dirname, '..');
const { policies, vocabulary } = createWorkspace(shippedFiles());
const program = lower(policies, vocabulary);
const target = allTargets.find(({ id }) => id === 'json-rules-engine')!;
const { files } = target.write({ program, workspace: createWorkspace([]), name: 'policies', kit: [] });
const textOf = (name: string) => files.find((one) => one.path === name)!.text;

const encounter = (minutes: number) => ({
  visit: { date: '2024-03-04', payer: 'hns' },
  lines: [{ code: '97530', units: 1, record: { minutes } }],
});

describe('the rules of json-rules-engine', () => {
  test('ask for the versions that they are proven on', () => {
    interface Package {
      readonly dependencies: Readonly<Record<string, string>>;
      readonly overrides: Readonly<Record<string, string>>;
    }
    const ours = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Package;
    const asked = JSON.parse(textOf('package.json')) as Package;
    expect(ours.dependencies).toMatchObject(asked.dependencies);
    expect(ours.overrides).toMatchObject(asked.overrides);
  });

  test('have no path', () => {
    expect(textOf('rules.json')).not.toContain('"path": "$');
  });

  test('answer rightly where encounters are given at once', async () => {
    await withExport(textOf('rules.json'), async ({ judge }) => {
      const many = Array.from({ length: 12 }, (_, at) => encounter(at * 3));
      const expected = many.map((one) => judgePlain(program, readDocument(one, program).input!));
      expect(new Set(expected.map(({ lines }) => JSON.stringify(lines))).size).toBeGreaterThan(1);
      expect(await Promise.all(many.map((one) => judge(one)))).toStrictEqual(expected);
    });
  });

  test('are not run where somebody gave them a path', async () => {
    const changed = textOf('rules.json').replaceAll(/"fact": "(list\d+)"/g, '"fact": "$1", "path": "$..x"');
    expect(changed).not.toBe(textOf('rules.json'));
    await withExport(changed, async ({ judge }) => {
      await expect(judge(encounter(7))).rejects.toThrow('rules may not have a path: $..x');
    });
  });
});

async function withExport(rules: string, use: (exported: Exported) => Promise<void>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'proviso-rules-'));
  try {
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    writeFileSync(path.join(folder, 'facts.mjs'), textOf('facts.mjs'));
    writeFileSync(path.join(folder, 'rules.json'), rules);
    await use((await import(pathToFileURL(path.join(folder, 'facts.mjs')).href)) as Exported);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
