import { expect, test } from 'vitest';
import { columnAfter } from './indent.ts';

/** A line before Enter, and behind the bar the next one: `|` stands where the cursor then is. */
test.each([
  ['  - id: minimum-time', '    |'],
  ['  - id: minimum-time # a remark', '    |'],
  ['  - { id: a }', '  |'],
  ['    title: A service', '    |'],
  ['    require:', '      |'],
  ['    require:  # what must hold', '      |'],
  ['rules:', '  |'],
  ['  - cite:', '      |'],
  ['    message: >-', '      |'],
  ['  - message: |', '      |'],
  ['    otherwise: deny', '    |'],
  ['    when: { line.code: 97530 }', '    |'],
  ['      1:', '        |'],
  ['      "1":', '        |'],
  ['  - hns', '  |'],
  ['  -', '  |'],
  ['# rules:', '|'],
  ['    # rules:', '    |'],
  ['', '|'],
  ['    ', '    |'],
])('%s', (line, next) => {
  expect(`${' '.repeat(columnAfter(line))}|`).toBe(next);
});
