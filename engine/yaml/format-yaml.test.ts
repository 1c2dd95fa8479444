import { expect, it } from 'vitest';
import { formatYaml } from './format-yaml.ts';

const cases: readonly [name: string, text: string, formatted: string][] = [
  ['indentation', 'a:\n    b: 1\n', 'a:\n  b: 1\n'],
  ['spaces in flow collections', 'a: [1,2]\nb: {c: 1}\n', 'a: [1, 2]\nb: { c: 1 }\n'],
  [
    'comments stay',
    '# top\na: 1 # beside\n\n# before b\nb: 2\n',
    '# top\na: 1 # beside\n\n# before b\nb: 2\n',
  ],
  ['blank lines are at most one', 'a: 1\n\n\n\nb: 2\n', 'a: 1\n\nb: 2\n'],
  ['codes keep every character', 'a: [00100, 0213T, 1e5, 1.50]\n', 'a: [00100, 0213T, 1e5, 1.50]\n'],
  ['quotes that are needed stay', 'a: "[ not a list ]"\nb: "59"\n', 'a: "[ not a list ]"\nb: "59"\n'],
  ['brackets in plain text stay', "a: the payer's [ word ] here\n", "a: the payer's [ word ] here\n"],
  ['carriage returns become line ends', 'a: 1\r\nb: 2\r\n', 'a: 1\nb: 2\n'],
  ['nothing behind a key stays nothing', 'a:\nb: 1\n', 'a:\nb: 1\n'],
];

it.each(cases)('%s', (_, text, formatted) => {
  const once = formatYaml('rules/x.policy.yaml', text).value;
  expect(once).toBe(formatted);
  expect(formatYaml('rules/x.policy.yaml', once).value).toBe(once);
});

it('leaves a text that cannot be read as it is, and says why', () => {
  const { value, diagnostics } = formatYaml('rules/x.policy.yaml', 'a: [1,\nb: 2\n');
  expect(value).toBe('a: [1,\nb: 2\n');
  expect(diagnostics.length).toBeGreaterThan(0);
});
