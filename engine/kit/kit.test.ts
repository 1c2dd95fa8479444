import { describe, expect, test } from 'vitest';
import { readDocument } from '../intermediate/document.ts';
import { judgePlain } from '../intermediate/judge-plain.ts';
import { lower } from '../intermediate/lower.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { makeKit } from './make-kit.ts';
import { mutantsOf } from './mutants.ts';
import { isProvenEqual, tellMutants } from './tell-mutants.ts';
import { savedEncounters } from './saved.ts';

const workspace = createWorkspace(shippedFiles());
/** Small enough for every test run; the whole is made by `npm run conformance`. */
const policies = workspace.policies.filter(({ id }) => id === 'hns-97530-time' || id.startsWith('uhc'));
const given = {
  policies,
  vocabulary: workspace.vocabulary,
  payers: workspace.payers,
  saved: savedEncounters(workspace).slice(0, 60),
};
const form = lower(policies, workspace.vocabulary);
const kit = makeKit(given);

describe('the conformance kit', () => {
  test('expects what the intermediate form decides, and what the boundary refuses', () => {
    for (const { encounter, expected } of kit) {
      const { input, problems } = readDocument(encounter, form);
      expect(expected).toStrictEqual(
        input ? { answer: judgePlain(form, input), refused: null } : { answer: null, refused: problems },
      );
    }
  });

  test('is the same each time, and names each encounter once', () => {
    expect(makeKit(given)).toStrictEqual(kit);
    expect(new Set(kit.map(({ id }) => id)).size).toBe(kit.length);
  });

  test('says at, below and above each number, and around each day', () => {
    const minutes = new Set(
      kit.flatMap(({ encounter }) => JSON.stringify(encounter).match(/(?<="minutes":)\d+/g) ?? []),
    );
    for (const edge of ['7', '8', '14', '15', '22', '23']) expect(minutes).toContain(edge);
    const days = new Set(
      kit.flatMap(({ encounter }) => JSON.stringify(encounter).match(/(?<="date":")[-\d]+/g) ?? []),
    );
    for (const day of ['2019-04-30', '2019-05-01', '2019-05-02']) expect(days).toContain(day);
  });

  test('holds every kind of encounter', () => {
    expect([...new Set(kit.map(({ tag }) => tag))].toSorted()).toStrictEqual(
      expect.arrayContaining([
        'boundary',
        'date',
        'field-empty',
        'list',
        'pair',
        'saved',
        'section-absent',
        'time-rule',
        'wrong-type',
      ]),
    );
  });
});

/**
 * Small policies, between them with another line beside a third, a figure over earlier visits and one over the lines; of
 * all policies `npm run conformance` says the same.
 */
test.each(['hns-manipulation', 'hns-therapies'])(
  'every deliberate error in %s is told by the kit, or proven to change nothing',
  (id) => {
    const { vocabulary, payers } = workspace;
    const own = workspace.policies.filter((policy) => policy.id === id);
    const saved = savedEncounters(workspace).filter(
      ({ document }) => document.lines.length > 1 && document.priorVisits,
    );
    const whole = makeKit({ policies: own, vocabulary, payers, saved });
    const told = tellMutants(whole, mutantsOf(own, vocabulary), own, { vocabulary, lines: 1 });
    const neither = told.filter(
      ({ mutant, lines }) => lines.length === 0 && !isProvenEqual(mutant, vocabulary, payers),
    );
    expect(neither.map(({ mutant }) => `${mutant.id}: ${mutant.what}`)).toStrictEqual([]);
    expect(told.length - neither.length).toBeGreaterThan(50);
  },
);
