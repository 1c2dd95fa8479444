import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allTargets, createVocabulary, createWorkspace, lower } from '#engine';
import type { PlainProgram } from '#engine';
import { situations } from '../engine/testing/arbitrary.ts';
import { shippedFiles } from '../engine/testing/workspace-on-disk.ts';

const cql = allTargets.find(({ id }) => id === 'cql')!;
const workspace = createWorkspace([]);
const filesOf = (program: PlainProgram) =>
  cql.write({ program, workspace, name: 'some-policies', kit: [] }).files;

describe('the ELM is what the official translator makes of the text', async () => {
  const [{ CqlCompilerOptions, CqlTranslator, LibraryManager, ModelManager }, { SystemModelInfoProvider }] =
    await Promise.all([import('@cqframework/cql/cql-to-elm'), import('@cqframework/cql/cql')]);
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
  const expectSame = (program: PlainProgram) => {
    const [text, elm] = ['policy.cql', 'policy.elm.json'].map(
      (wanted) => filesOf(program).find(({ path }) => path === wanted)!.text,
    ) as [string, string];
    const translator = CqlTranslator.fromText(text, new LibraryManager(models, new CqlCompilerOptions()));
    expect(Array.from(translator.exceptions.asJsReadonlyArrayView(), String)).toStrictEqual([]);
    expect(decisive(JSON.parse(elm))).toStrictEqual(decisive(JSON.parse(translator.toJson())));
  };

  test('for a policy with the longest time rule', () => {
    const { policies, vocabulary } = createWorkspace(shippedFiles());
    const timed = policies.filter(({ id }) => id === 'medicare-timed-units');
    expect(timed).toHaveLength(1);
    expectSame(lower(timed, vocabulary));
  }, 60_000);

  test('for random policies', () => {
    const vocabulary = createVocabulary();
    fc.assert(
      fc.property(situations(vocabulary, 0), ({ policies }) => expectSame(lower(policies, vocabulary))),
      { numRuns: 2, endOnFailure: true },
    );
  }, 60_000);
});

/** Without what says nothing about the decisions: notes of the translator, types of operands, empty clauses. */
function decisive(elm: unknown): unknown {
  if (Array.isArray(elm)) return elm.map(decisive);
  if (typeof elm !== 'object' || elm === null) return elm;
  return Object.fromEntries(
    Object.entries(elm)
      .filter(([key, value]) => key !== 'annotation' && key !== 'signature' && !isEmptyClause(key, value))
      .map(([key, value]) => [key, decisive(value)]),
  );
}

function isEmptyClause(key: string, value: unknown): boolean {
  return (key === 'let' || key === 'relationship') && Array.isArray(value) && value.length === 0;
}
