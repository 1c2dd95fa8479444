import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FactTable } from '../facts/encounter.ts';
import { createVocabulary, factTable } from '../facts/fact-table.ts';
import { compile, judge } from '../evaluate/compile.ts';
import type { Program } from '../evaluate/compile.ts';
import { verdictOf } from '../evaluate/verdict.ts';
import { situations } from '../testing/arbitrary.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { answerOf } from './answer.ts';
import { readDocument, toDocument } from './document.ts';
import type { PlainProgram } from './form.ts';
import { judgePlain } from './judge-plain.ts';
import { lower } from './lower.ts';

/** Judges by the workbench's evaluator, and by the form, through JSON both ways. */
function expectSame(table: FactTable, program: Program, form: PlainProgram): void {
  const { vocabulary } = program;
  const expected = answerOf(verdictOf(judge(program, table)));
  const { input, problems } = readDocument(JSON.parse(JSON.stringify(toDocument(table, vocabulary))), form);
  expect(problems).toBeNull();
  const answer = judgePlain(form, input!);
  if (!isDeepStrictEqual(answer, expected)) expect(answer).toStrictEqual(expected);
}

describe('the intermediate form decides as the evaluators do', () => {
  test('on the shipped policies and every saved case', () => {
    const { program, cases } = createWorkspace(shippedFiles());
    expect(cases.length).toBeGreaterThan(500);
    // A suite may name the policies that judge its cases, and a case may set parameters: each program has a form of its own.
    const forms = new Map<Program, PlainProgram>();
    const formOf = (of: Program) => {
      const known = forms.get(of);
      if (known) return known;
      const policies = of.policies.map(({ policy }) => policy);
      const form = JSON.parse(JSON.stringify(lower(policies, of.vocabulary))) as PlainProgram;
      forms.set(of, form);
      return form;
    };
    for (const { ready } of cases) {
      if (!ready) continue;
      expectSame(ready.table, ready.program, formOf(ready.program));
      expectSame(ready.table, program, formOf(program));
    }
  });

  test('on random policies and encounters', () => {
    const vocabulary = createVocabulary();
    fc.assert(
      fc.property(situations(vocabulary, 6), ({ policies, encounters }) => {
        const program = compile(policies, vocabulary);
        const form = lower(policies, vocabulary);
        for (const encounter of encounters) expectSame(factTable(encounter, vocabulary), program, form);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the boundary', () => {
  const { policies, vocabulary } = createWorkspace(shippedFiles());
  const form = lower(policies, vocabulary);
  const whole = {
    encounter: 'e',
    visit: { date: '2024-03-04', payer: 'hns' },
    lines: [{ code: '97530', units: 1 }],
  };

  test.each([
    ['a list', [], '', 'must be an object'],
    ['nothing', null, '', 'must be an object'],
    ['no date', { ...whole, visit: { payer: 'hns' } }, 'visit.date', 'must be there'],
    [
      'a blank payer',
      { ...whole, visit: { date: '2024-03-04', payer: ' ' } },
      'visit.payer',
      'must be there',
    ],
    [
      'a day that is none',
      { ...whole, visit: { date: '2023-02-29', payer: 'hns' } },
      'visit.date',
      'must be a day as YYYY-MM-DD',
    ],
    [
      'a code as a number',
      { ...whole, lines: [{ code: 97530 }] },
      'lines[0].code',
      'must be text, in quotes',
    ],
    [
      'units as text',
      { ...whole, lines: [{ code: '97530', units: '1' }] },
      'lines[0].units',
      'must be a number, without quotes',
    ],
    [
      'half a minute',
      { ...whole, lines: [{ code: '97530', record: { minutes: 7.5 } }] },
      'lines[0].record.minutes',
      'must be a whole number',
    ],
    [
      'a record that is text',
      { ...whole, lines: [{ code: '97530', record: 'yes' }] },
      'lines[0].record',
      'must be an object',
    ],
    [
      'a modifier that is no list',
      { ...whole, lines: [{ code: '97530', modifiers: 'GP' }] },
      'lines[0].modifiers',
      'must be a list of texts',
    ],
    [
      'an empty modifier',
      { ...whole, lines: [{ code: '97530', modifiers: ['GP', null] }] },
      'lines[0].modifiers',
      'must not hold empty values',
    ],
    ['no lines', { ...whole, lines: [] }, 'lines', 'must hold at least one line'],
    ['lines that are none', { ...whole, lines: {} }, 'lines', 'must be a list'],
    ['prior visits that are none', { ...whole, priorVisits: 3 }, 'priorVisits', 'must be a list'],
  ])('refuses %s', (_, document, at, problem) => {
    expect(readDocument(document, form).problems).toContainEqual({ at, problem });
  });

  test('takes what is right, and does not look at what no policy reads', () => {
    const { input } = readDocument({ ...whole, visit: { ...whole.visit, unheardOf: {} } }, form);
    expect(input!.lines[0]!.get('line.units')).toBe(1);
    expect(input!.lines[0]!.get('line.modifiers')).toStrictEqual([]);
    expect(input!.lines[0]!.has('record.minutes')).toBe(false);
  });
});
