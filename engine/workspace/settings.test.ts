import { expect, test } from 'vitest';
import { createWorkspace } from './workspace.ts';

const usual = ['looser-on-payment', 'stricter-on-coverage'];

/** What the settings files come to: the ways that need a second approver, and what is wrong. */
test.each([
  ['no file', [], usual, []],
  ['a file that says nothing', ['settings: a'], usual, []],
  ['none', ['settings: a\napproval: { secondApprover: [] }'], [], []],
  [
    'in the order of the table, each once',
    [
      'settings: a\napproval: { secondApprover: [stricter-on-coverage, looser-on-coverage, looser-on-coverage] }',
    ],
    ['looser-on-coverage', 'stricter-on-coverage'],
    [],
  ],
  [
    'a word that is none',
    ['settings: a\napproval: { secondApprover: [looser-on-payments] }'],
    [],
    ['a.settings.yaml:2 unknown-value approval.secondApprover[0]'],
  ],
  ['another key', ['settings: a\napprovers: 2'], usual, ['a.settings.yaml:2 unknown-key approvers']],
  [
    'two files: the first by path is used',
    ['settings: a\napproval: { secondApprover: [] }', 'settings: b'],
    [],
    ['b.settings.yaml:1 duplicate-id settings'],
  ],
] as const)('%s', (_, texts, expected, wrong) => {
  const files = texts.map((text, at) => ({ path: `${'ab'.charAt(at)}.settings.yaml`, text: `${text}\n` }));
  const { settings, diagnostics } = createWorkspace(files);
  expect(settings.secondApprover).toEqual(expected);
  expect(
    diagnostics.map(({ place, code }) => `${place.path}:${place.line} ${code} ${place.yamlPath}`),
  ).toEqual(wrong);
});
