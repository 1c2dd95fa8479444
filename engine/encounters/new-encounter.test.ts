import { describe, expect, test } from 'vitest';
import { applyTextEdits } from '../base/text-edit.ts';
import { createWorkspace, encounterTemplates, newEncounter, parseDay, updateWorkspace } from '../index.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';

const workspace = createWorkspace(shippedFiles());

describe('new from a template', () => {
  test.each(encounterTemplates(workspace).map((template) => [template.title, template] as const))(
    '%s',
    (_, template) => {
      const wanted = { text: template.text, title: 'A new one', payer: 'hns', day: parseDay('2025-01-15')! };
      const { path, edits } = newEncounter(workspace, wanted);
      const text = applyTextEdits('', edits);
      const after = updateWorkspace(workspace, [{ path, text }]);
      expect(after.diagnostics).toEqual([]);
      const file = after.encounters.find((it) => it.path === path)!;
      expect(file.encounter).toMatchObject({ id: 'a-new-one', title: 'A new one' });
      expect(file.encounter!.visit.get('visit.date')).toBe(wanted.day);
      expect(file.encounter!.visit.get('visit.payer')).toBe('hns');
    },
  );

  test('days keep their distance from the visit, comments stay', () => {
    const text = `encounter: old # the first
visit: { date: 2024-03-04, payer: hns }
plan: { start: 2024-02-26 } # a week before
priorVisits:
  - { date: 2024-02-28 }
lines:
  - { code: 97530, units: 1 }
`;
    const made = newEncounter(workspace, { text, title: 'New', payer: null, day: parseDay('2025-03-04')! });
    expect(made.path).toBe('testcases/hns/encounters/new.encounter.yaml');
    expect(applyTextEdits('', made.edits)).toBe(`encounter: new # the first
title: New
visit: { date: 2025-03-04, payer: hns }
plan: { start: 2025-02-25 } # a week before
priorVisits:
  - { date: 2025-02-27 }
lines:
  - { code: 97530, units: 1 }
`);
  });
});
