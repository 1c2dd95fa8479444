import { describe, expect, test } from 'vitest';

import { createWorkspace, encounterForm } from '#engine';
import type { FactField } from '#engine';

import {
  changeOf,
  changeOfItems,
  controlOf,
  helpOf,
  lineTitle,
  shownFields,
  supplyWords,
  typedIn,
} from './form-view.ts';

const workspace = createWorkspace([
  {
    path: 'rules/lists/payers.list.yaml',
    text: 'list: payers\ntitle: Payers\nof: payer\nentries:\n  - { value: hns, short: "Health Network, its claims" }\n',
  },
  {
    path: 'rules/lists/therapies.list.yaml',
    text: 'list: therapies\ntitle: Therapies\nof: code\nentries:\n  - { value: 97530, short: Activities }\n',
  },
]);
const text = `encounter: visit
visit: { date: 2024-03-04, payer: nobody }
plan: {}
lines:
  - { code: 97530, units: 2, modifiers: [GP, "59"], record: { minutes: 7, regions: [lumbar, nose] } }
  - { units: 1 }
`;
const form = encounterForm('x.encounter.yaml', text, workspace)!;
const sections = [
  form.visit,
  ...form.sections,
  ...form.lines.flatMap(({ claim, record }) => [claim, record]),
];
const field = (path: string): FactField =>
  sections.flatMap(({ fields }) => fields).find(({ fact }) => fact.path === path)!;
const control = (path: string) => controlOf(field(path), form.choices);

describe('how a field is filled in', () => {
  test('by its type', () => {
    expect(control('visit.date')).toEqual({ kind: 'date' });
    expect(control('record.minutes')).toEqual({ kind: 'number', unit: null, min: 0, max: 1440 });
    expect(control('line.charge')).toEqual({ kind: 'number', unit: 'dollars', min: 0, max: 1_000_000 });
    expect(control('record.rationale')).toEqual({ kind: 'text' });
    expect(control('line.modifiers')).toEqual({ kind: 'several' });
    expect(control('plan.active')).toEqual({
      kind: 'one-of',
      choices: [
        { id: 'true', title: 'Yes' },
        { id: 'false', title: 'No' },
      ],
    });
    expect(control('line.code')).toEqual({
      kind: 'code',
      choices: [{ id: '97530', title: '97530', detail: 'Activities' }],
    });
  });

  test('what is written and not known can be seen and taken out', () => {
    expect(control('visit.payer')).toEqual({
      kind: 'one-of',
      choices: [
        { id: 'hns', title: 'Health Network', detail: 'hns' },
        { id: 'nobody', title: 'nobody' },
      ],
    });
    const regions = control('record.regions');
    expect(regions.kind === 'any-of' && regions.choices.at(-1)).toEqual({ id: 'nose', title: 'Nose' });
  });
});

describe('what is typed', () => {
  const { path } = field('record.minutes');
  test('sets the field, and nothing in it clears it', () => {
    expect(changeOf(field('record.minutes'), '8')).toEqual({ kind: 'set', path, value: '8' });
    expect(changeOf(field('record.minutes'), ' ')).toEqual({ kind: 'clear', path });
  });

  test('several are separated by commas or blanks', () => {
    const modifiers = field('line.modifiers');
    expect(typedIn(modifiers)).toBe('GP, 59');
    expect(changeOf(modifiers, 'GP,XS 59')).toEqual({
      kind: 'set',
      path: modifiers.path,
      value: ['GP', 'XS', '59'],
    });
    expect(changeOf(modifiers, ' , ')).toEqual({ kind: 'clear', path: modifiers.path });
    expect(changeOfItems(modifiers, [])).toEqual({ kind: 'clear', path: modifiers.path });
  });
});

describe('what is shown', () => {
  test('whether a section was supplied, and whether it says anything', () => {
    const words = sections.map((section) => `${section.section}: ${String(supplyWords(section))}`);
    expect(words.slice(1)).toEqual([
      'note: Never supplied: rules that read it stay undecided.',
      'patient: Never supplied: rules that read it stay undecided.',
      'provider: Never supplied: rules that read it stay undecided.',
      'plan: Supplied and empty: nothing of it was documented.',
      'episode: Never supplied: rules that read it stay undecided.',
      'line: null',
      'record: null',
      'line: null',
      'record: Never supplied: rules that read it stay undecided.',
    ]);
  });

  test('a long section hides what is empty, until it is asked for', () => {
    const record = form.lines[0]!.record;
    const { shown, hidden } = shownFields(record, false);
    expect(shown.map(({ fact }) => fact.path)).toEqual(['record.minutes', 'record.regions']);
    expect(hidden).toBe(record.fields.length - 2);
    expect(shownFields(record, true)).toEqual({ shown: record.fields, hidden: 0 });
    expect(shownFields(form.visit, false).hidden).toBe(0);
  });

  test('a line by its code and units', () => {
    expect([0, 1].map((index) => lineTitle(form, index))).toEqual([
      'Line 1 · 97530 · 2 units',
      'Line 2 · no code · 1 unit',
    ]);
  });

  test('what a field means, and where it stands on a claim', () => {
    expect(helpOf(field('line.code'))).toBe(
      'The procedure code of the claim line. Box 24D of the CMS-1500, 2400 SV101-2 of the 837P.',
    );
    expect(helpOf(field('record.contact'))).toBe(
      'How the provider was in contact with the patient during the service.',
    );
  });
});
