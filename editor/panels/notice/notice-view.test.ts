import { expect, test } from 'vitest';

import { fileName } from './notice-view.ts';

test.each([
  ['Change of policy: 97530, time', 'change-of-policy-97530-time.md'],
  ['Änderung …', 'anderung.md'],
  ['…', 'notice.md'],
  [`${'a'.repeat(79)} b`, `${'a'.repeat(79)}.md`],
])('%s', (title, name) => expect(fileName(title, 'md')).toBe(name));
