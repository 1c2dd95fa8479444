import { expect, test } from 'vitest';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { lookForPersonalData } from './personal-data.ts';

/** The findings as text: `name`, or nothing. */
function found(yaml: string): string {
  return lookForPersonalData('testcases/a.encounter.yaml', yaml)
    .map(({ kind }) => kind)
    .join(' ');
}

test.each([
  // Names.
  ['title: Jane Doe', 'name'],
  ['title: Doe, Jane', 'name'],
  ['title: Jane Q. Doe', 'name'],
  ['title: Zoë Müller', 'name'],
  ['title: Dr. Smith', 'name'],
  ['patient: { name: jane }', 'name'],
  ['patient: { lastName: doe }', 'name'],
  // More than is meant: no capital is sure not to begin a name.
  ['title: The Jones visit', 'name'],
  ['title: Seven minutes', ''],
  ['title: visit of jane doe', 'free-text'],
  ['typeName: massage', ''],
  // Dates of birth, and other dates.
  ['patient: { birthDate: 1961-02-03 }', 'date-of-birth'],
  ['patient: { dob: 1961-02-03 }', 'date-of-birth'],
  ['note: { chiefComplaint: born 1961 }', 'date-of-birth'],
  ['visit: { date: 2024-03-04 }', ''],
  ['note: { chiefComplaint: since 2024-03-04 }', 'date'],
  ['note: { chiefComplaint: since 3/4/2024 }', 'date'],
  ['patient: { age: 61 }', ''],
  ['patient: { age: 90 }', 'old-age'],
  // Numbers.
  ['member: XYZ1', 'member-id'],
  ['title: W123456789', 'member-id'],
  ['title: 1EG4-TE5-MK73', 'member-id'],
  ['title: 1eg4te5mk73', 'member-id'],
  ['encounter: claim-20240304', 'member-id'],
  ['title: 123-45-6789', 'social-security-number'],
  ['lines: [{ code: 97530, units: 2, charge: 90.00, modifiers: [GP, "59"] }]', ''],
  ['visit: { diagnoses: [M54.50, M25.651] }', ''],
  // Where to reach somebody.
  ['title: jane@example.org', 'e-mail'],
  ['title: 919-555-0100', 'telephone'],
  ['title: (919) 555-0100', 'telephone'],
  ['title: 12 Oak Street', 'address'],
  // Free text, wherever it stands.
  ['plan: { goals: reach 2 kg to a shelf }', 'free-text'],
  ['cases: [{ given: { lines.1.record.rationale: regain reach above the shoulder } }]', 'free-text'],
  ['plan: { therapies: [dressing, reaching overhead] }', ''],
  // A path of a file is long and no text.
  ['base: ../hns/encounters/initial-visit-of-the-episode.encounter.yaml', ''],
  ['a: [unclosed', ''],
])('%s', (yaml, kinds) => {
  expect(found(yaml)).toBe(kinds);
});

test('a finding says where it stands', () => {
  const [finding] = lookForPersonalData(
    'testcases/a.encounter.yaml',
    'encounter: a\nlines:\n  - record: { rationale: Jane Doe }\n',
  );
  expect(finding).toMatchObject({
    kind: 'name',
    at: 'lines[0].record.rationale',
    text: 'Jane Doe',
    place: { path: 'testcases/a.encounter.yaml', line: 3, column: 26 },
  });
});

test('the shipped encounters are invented, and hold free text and dates at most', () => {
  const kinds = shippedFiles()
    .filter(({ path }) => path.endsWith('.encounter.yaml'))
    .flatMap(({ path, text }) => lookForPersonalData(path, text))
    .filter(({ kind }) => kind !== 'free-text' && kind !== 'date');
  expect(kinds.map(({ kind, text }) => [kind, text])).toEqual([]);
});
