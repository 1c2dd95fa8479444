import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createWorkspace, parseDay, runCases, updateWorkspace } from '#engine';
import { shippedFiles } from '../conformance/shipped-files.ts';

const root = path.join(import.meta.dirname, '..');
const policyPath = 'rules/hns/hns-97530-time/2019-05-01.policy.yaml';

test('the walk of README.md: with 10 minutes for 8, the named encounters are denied', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const before = createWorkspace([...shippedFiles('rules'), ...shippedFiles('testcases')]);
  const text = before.files.get(policyPath)!;
  const changed = text.replace('minimumMinutes: { value: 8,', 'minimumMinutes: { value: 10,');
  expect(changed).not.toBe(text);
  const after = updateWorkspace(before, [{ path: policyPath, text: changed }]);

  const today = parseDay('2026-11-23')!;
  const old = runCases(before.cases, today).cases;
  const moved = runCases(after.cases, today).cases.flatMap((result, index) => {
    const turned = old[index]!.verdict?.decision === 'pay' && result.verdict?.decision === 'deny';
    return turned ? [{ title: result.title, message: result.verdict.lines[0]!.violated[0]?.message }] : [];
  });

  expect(readme).toContain(policyPath);
  for (const title of ['Eight minutes is enough', 'Nine minutes is more than enough']) {
    expect(readme).toContain(`“${title}”`);
    expect(moved.map((one) => one.title)).toContain(title);
  }
  const { message } = moved.find(({ title }) => title === 'Eight minutes is enough')!;
  expect(readme).toContain(`“${message}”`);
});

const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'engine/README.md',
  ...[
    'guide',
    'language',
    'facts',
    'diagnostics',
    'glossary',
    'playground',
    'compare',
    'timeline',
    'impact',
    'releases',
    'bundle',
    'schemas/README',
  ].map((name) => `docs/${name}.md`),
];

test.each(pages)('the links of %s lead somewhere', (page) => {
  const links = [
    ...readFileSync(path.join(root, page), 'utf8').matchAll(/[^!]\[[^\]]+\]\(([^)#:]+)(?:#[^)]*)?\)/g),
  ];
  const lost = links
    .map(([, to]) => to!)
    .filter((to) => !existsSync(path.join(root, path.dirname(page), to)));
  expect(lost).toEqual([]);
});
