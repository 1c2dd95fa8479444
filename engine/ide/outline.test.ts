import { expect, test } from 'vitest';
import { createWorkspace } from '../workspace/workspace.ts';
import { foldingOf } from './folding.ts';
import { outlineOf } from './outline.ts';
import type { OutlineItem } from './outline.ts';
import { family } from './testing.ts';

const workspace = createWorkspace(family);

/** `rule equipment | The equipment is stated | 25–35`, what it holds indented below it. */
const shown = (items: readonly OutlineItem[], indent = ''): readonly string[] =>
  items.flatMap(({ kind, name, detail, place, children }) => [
    `${indent}${kind} ${name} | ${detail} | ${place.line}–${place.endLine}`,
    ...shown(children, `${indent}  `),
  ]);

test.each([
  [
    'rules/hns/base/2024-01-01.policy.yaml',
    [
      'group Parameters |  | 6–8',
      '  parameter minimum | 8 | 7–7',
      '  parameter insurer | hns | 8–8',
      'group Time rule | per-service | 9–9',
      'group Figures |  | 10–12',
      '  figure services | count, where | 11–11',
      '  figure tools | countDistinct | 12–12',
      'group Named conditions |  | 13–14',
      '  condition isLong | record.minutes | 14–14',
      'group Rules |  | 15–39',
      '  rule minimum-time | Eight minutes | 16–24',
      '    list $timed |  | 19–19',
      '  rule equipment | The equipment is stated | 25–34',
      '  rule pairs | Nothing is paired | 35–39',
      '    list $pairs |  | 38–38',
      '    list $insurers |  | 38–38',
    ],
  ],
  ['rules/lists/pairs.list.yaml', ['entry 97530 with 97140 |  | 5–5']],
  ['rules/lists/timed.list.yaml', ['entry 97530 |  | 5–5']],
  [
    'rules/sources/manual.source.yaml',
    ['clause time | Eight minutes. | 4–4', 'clause who | Who pays. | 5–5'],
  ],
  [
    'testcases/visit.encounter.yaml',
    [
      'group visit | date, payer, second | 2–2',
      'group Earlier visits |  | 3–4',
      '  line Earlier visit 1 | 2024-03-01 | 4–4',
      'group Lines |  | 5–6',
      '  line Line 1 | 97530 × 1 | 6–6',
    ],
  ],
  [
    'testcases/example.suite.yaml',
    ['case plain |  | 5–8', 'case short |  | 9–14', 'case other-payer |  | 15–22'],
  ],
])('the outline of %s', (path, expected) => {
  expect(shown(outlineOf(workspace, path))).toEqual(expected);
});

/** Marks the first line of what can be folded with `+` and the number of its last one. */
function folded(text: string): string {
  const path = 'rules/x/2024-01-01.policy.yaml';
  const ranges = foldingOf(createWorkspace([{ path, text }]), path);
  return text
    .split('\n')
    .map((line, position) => {
      const range = ranges.find(({ from }) => from === position + 1);
      return range ? `${line} +${range.to}${range.kind === 'comment' ? '#' : ''}` : line;
    })
    .join('\n');
}

test('folding: keys, items, long texts, comments; not the empty lines behind', () => {
  const text = `# One
# Two
policy: x
remark: >-
  long
  text

rules:
  - id: first
    when: { line.code: 97530,
      line.units: 1 }
    require:
      any:
        - line.units: 1

  # between
  - id: second
    then: deny

`;
  expect(folded(text)).toBe(`# One +2#
# Two
policy: x
remark: >- +6
  long
  text

rules: +18
  - id: first +14
    when: { line.code: 97530, +11
      line.units: 1 }
    require: +14
      any: +14
        - line.units: 1

  # between
  - id: second +18
    then: deny

`);
});

test('the dates received of a policy', () => {
  const path = 'rules/hns/late/2024-01-01.policy.yaml';
  const text = 'policy: late\ntitle: Late\nkind: billing\nreceived: { from: 2024-04-01, to: 2024-04-30 }\n';
  expect(shown(outlineOf(createWorkspace([{ path, text }]), path))).toEqual([
    'group Date received | from 2024-04-01 to 2024-04-30 | 4–4',
  ]);
});
