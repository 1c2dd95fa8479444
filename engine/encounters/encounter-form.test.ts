import { describe, expect, test } from 'vitest';
import { applyTextEdits } from '../base/text-edit.ts';
import { createWorkspace, encounterForm, formEdits } from '../index.ts';
import type { FormChange } from '../index.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';

const workspace = createWorkspace(shippedFiles());

describe('as a form', () => {
  const text = `encounter: small
title: A small one
visit: { date: 2024-03-04, payer: nobody, colour: red }
plan: {}
lines:
  - code: 97530
    record: { minutes: 7, regions: [lumbar, nose] }
  - { code: 97110, units: 2 }
`;
  const form = encounterForm('x.encounter.yaml', text, workspace)!;

  test('what is not supplied differs from what is supplied and empty', () => {
    expect(form.sections.map(({ section, supplied }) => `${section} ${supplied}`)).toEqual([
      'note false',
      'patient false',
      'provider false',
      'plan true',
      'episode false',
    ]);
    expect(form.priorVisits).toBeNull();
    expect(form.lines.map(({ record }) => record.supplied)).toEqual([true, false]);
  });

  test('fields have their values, and a mistake stands where it was made', () => {
    const filled = [form.visit, ...form.lines.flatMap(({ claim, record }) => [claim, record])].flatMap(
      ({ fields }) =>
        fields.flatMap(({ fact, value, diagnostics }) =>
          value === null ? [] : [[fact.path, value, diagnostics.map(({ code }) => code).join()]],
        ),
    );
    expect(filled).toEqual([
      ['visit.date', '2024-03-04', ''],
      ['visit.payer', 'nobody', 'unknown-payer'],
      ['line.code', '97530', ''],
      ['record.minutes', '7', ''],
      ['record.regions', ['lumbar', 'nose'], 'unknown-value'],
      ['line.code', '97110', ''],
      ['line.units', '2', ''],
    ]);
    expect(form.visit.diagnostics.map(({ code }) => code)).toEqual(['unknown-fact']);
    expect(form.lines[0]!.claim.diagnostics.map(({ code }) => code)).toEqual(['missing-key']);
    expect(form.diagnostics).toEqual([]);
  });

  test('what the whole file lacks is told of the whole file', () => {
    const bare = encounterForm('x.encounter.yaml', 'encounter: bare\n', workspace)!;
    expect(bare.diagnostics.map(({ code }) => code)).toEqual(['missing-key', 'missing-key']);
    expect(bare.id.diagnostics).toEqual([]);
  });

  test('every shipped encounter has a form without a mistake and with every value', () => {
    for (const [path, shipped] of workspace.files) {
      if (!path.endsWith('.encounter.yaml')) continue;
      const { sections, visit, lines, diagnostics } = encounterForm(path, shipped, workspace)!;
      const all = [visit, ...sections, ...lines.flatMap(({ claim, record }) => [claim, record])];
      expect([...diagnostics, ...all.flatMap((it) => it.diagnostics)]).toEqual([]);
      expect(visit.fields.find(({ fact }) => fact.path === 'visit.date')!.value).toMatch(/^\d{4}-/);
    }
  });
});

describe('what is changed in the form', () => {
  const text = `encounter: small # the first
visit: { date: 2024-03-04, payer: hns }
plan: # as agreed
  start: 2024-02-26
  goals: lift 12 kg
lines:
  - code: 97530
    units: 1
    record: { minutes: 7, regions: [lumbar] } # from the note
  - { code: 97110, units: 2 }
`;
  const cases: readonly [string, FormChange, string, string][] = [
    [
      'a value',
      { kind: 'set', path: ['lines', 0, 'record', 'minutes'], value: '8' },
      '{ minutes: 7, regions',
      '{ minutes: 8, regions',
    ],
    [
      'a list',
      { kind: 'set', path: ['lines', 0, 'record', 'regions'], value: ['lumbar', 'sacral'] },
      '[lumbar]',
      '[lumbar, sacral]',
    ],
    [
      'a field that was not there, where it belongs',
      { kind: 'set', path: ['plan', 'through'], value: '2024-03-24' },
      '  start: 2024-02-26\n',
      '  start: 2024-02-26\n  through: 2024-03-24\n',
    ],
    [
      'a field of a section that was not supplied',
      { kind: 'set', path: ['episode', 'visitNumber'], value: '3' },
      'lines:\n',
      'episode: { visitNumber: 3 }\nlines:\n',
    ],
    ['a field is emptied', { kind: 'clear', path: ['plan', 'goals'] }, '  goals: lift 12 kg\n', ''],
    ['the units are left open', { kind: 'clear', path: ['lines', 1, 'units'] }, 'units: 2', 'units: null'],
    ['a section is supplied', { kind: 'supply', path: ['patient'] }, 'plan: #', 'patient: {}\nplan: #'],
    [
      'a record is supplied',
      { kind: 'supply', path: ['lines', 1, 'record'] },
      '{ code: 97110, units: 2 }',
      '{ code: 97110, units: 2, record: {} }',
    ],
    [
      'a record was never supplied',
      { kind: 'withhold', path: ['lines', 0, 'record'] },
      '    record: { minutes: 7, regions: [lumbar] } # from the note\n',
      '',
    ],
    [
      'earlier visits are supplied: there were none',
      { kind: 'supply', path: ['priorVisits'] },
      'lines:\n',
      'priorVisits: []\nlines:\n',
    ],
    ['a line more', { kind: 'add-line' }, 'units: 2 }\n', 'units: 2 }\n  - { code: null, units: 1 }\n'],
    [
      'a line once more',
      { kind: 'copy-line', index: 1 },
      'units: 2 }\n',
      'units: 2 }\n  - { code: 97110, units: 2 }\n',
    ],
    ['a line less', { kind: 'remove', path: ['lines', 1] }, '  - { code: 97110, units: 2 }\n', ''],
  ];
  test.each(cases)('%s', (_, change, before, after) => {
    expect(text.split(before)).toHaveLength(2);
    expect(applyTextEdits(text, formEdits(text, change, workspace))).toBe(text.replace(before, after));
  });

  test('an earlier visit', () => {
    const none = text.replace('lines:', 'priorVisits: []\nlines:');
    expect(applyTextEdits(none, formEdits(none, { kind: 'add-prior-visit' }, workspace))).toBe(
      text.replace('lines:', 'priorVisits:\n  - { date: null }\nlines:'),
    );
  });

  test('every field of every shipped encounter takes its example, and the form shows it', () => {
    for (const [path, shipped] of workspace.files) {
      if (!/hns\/encounters|medicare\/encounters/.test(path)) continue;
      const form = encounterForm(path, shipped, workspace)!;
      const sections = [form.visit, ...form.sections, form.lines[0]!.claim, form.lines[0]!.record];
      let now = shipped;
      for (const field of sections.flatMap(({ fields }) => fields)) {
        const value = field.fact.type.list ? ['59', '1'] : field.fact.example;
        now = applyTextEdits(now, formEdits(now, { kind: 'set', path: field.path, value }, workspace));
      }
      const after = encounterForm(path, now, workspace)!;
      const again = [after.visit, ...after.sections, after.lines[0]!.claim, after.lines[0]!.record];
      for (const { fact, value } of again.flatMap(({ fields }) => fields)) {
        expect([fact.path, value]).toEqual([fact.path, fact.type.list ? ['59', '1'] : fact.example]);
      }
      expect(after.lines.length).toBe(form.lines.length);
    }
  });
});
