import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { builtInFacts, createEncounterReader, createVocabulary } from '#engine';

const page = readFileSync(path.join(import.meta.dirname, 'impact.md'), 'utf8');

test('the encounter of the page is one, also in one line', () => {
  const text = /^```json\n(.*?)^```$/ms.exec(page)![1]!;
  const read = createEncounterReader(createVocabulary(), null);
  const { table, diagnostics } = read('page.json', text);
  expect(diagnostics).toEqual([]);
  expect(table).toMatchObject({ id: 'claim-17', payer: 'hns' });
  expect(read('page.json', JSON.stringify(JSON.parse(text))).table).toEqual(table);
});

test('where the charge stands on the forms is what the vocabulary says', () => {
  const { x12, cms1500, fhir } = builtInFacts.find((fact) => fact.path === 'line.charge')!.forms;
  expect(page).toContain(`\`line.charge\`: ${x12}, box ${cms1500}, ${fhir}`);
});
