import { describe, expect, test } from 'vitest';
import { readDocument, toDocument } from '../intermediate/document.ts';
import { lower } from '../intermediate/lower.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { onlyRead } from './only-read.ts';

const { cases, policies, vocabulary } = createWorkspace(shippedFiles());

describe('an encounter with what the policies read alone', () => {
  test.each([...new Set(policies.map(({ id }) => id))])('is read by %s as the whole one', (chosen) => {
    const program = lower(
      policies.filter(({ id }) => id === chosen),
      vocabulary,
    );
    const read = new Set(program.fields.map(({ path }) => path.slice(path.indexOf('.') + 1)));
    for (const { ready } of cases) {
      if (!ready) continue;
      const whole = toDocument(ready.table, vocabulary);
      const cut = onlyRead(whole, program);
      expect(readDocument(cut, program)).toEqual(readDocument(whole, program));
      const { encounter: _, lines, priorVisits = [], ...sections } = cut;
      const records = lines.map(({ record = {} }) => record);
      const left = [...lines, ...records, ...priorVisits, ...Object.values(sections)].flatMap(Object.keys);
      expect(left.filter((key) => key !== 'record' && !read.has(key))).toEqual([]);
    }
  });

  test.each([
    ['null', null],
    ['a list', []],
    ['lines that are none', { lines: 'none', visit: null }],
    ['a record that is none', { visit: {}, lines: [null, { code: 97530, record: 'long' }] }],
    ['a section that is a list', { note: [1, { findings: 'pain' }], lines: [{}] }],
  ])('is refused as before where it is %s', (_, document) => {
    const program = lower(policies, vocabulary);
    expect(readDocument(onlyRead(document, program), program)).toEqual(readDocument(document, program));
  });
});
