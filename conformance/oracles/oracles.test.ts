import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allTargets, answerOf, judge, judgePlain, lower, readDocument, toDocument, verdictOf } from '#engine';
import { allEngines } from '../all-engines.ts';
import type { StartedEngine } from '../engine.ts';
import { sentence } from './sentences.ts';
import type { Sentence } from './sentences.ts';
import { cqlVectors, dmnVectors, vectorsAreHere, zenVectors } from './vectors.ts';
import type { Vector } from './vectors.ts';
import { truthsIn, worldOf } from './world.ts';

/**
 * What operators mean, by the tests of CQL, DMN and ZEN. The tables say it where those are not at hand; where they are, all of
 * their expressions that our language can say are judged too, and each must come out as they say.
 *
 * `npm test` asks the engines that npm brings, but for those that take seconds; `npm run conformance` asks these and the machine's
 * (`PROVISO_ENGINES` names those).
 */
const tables = {
  CqlLogicalOperatorsTest: `
    true and true: true      | true or true: true     | true implies true: true   | true xor true: false
    true and false: false    | true or false: true    | true implies false: false | true xor false: true
    true and null: null      | true or null: true     | true implies null: null   | true xor null: null
    false and true: false    | false or true: true    | false implies true: true  | false xor true: true
    false and false: false   | false or false: false  | false implies false: true | false xor false: false
    false and null: false    | false or null: null    | false implies null: true  | false xor null: null
    null and true: null      | null or true: true     | null implies true: true   | null xor true: null
    null and false: false    | null or false: null    | null implies false: null  | null xor false: null
    null and null: null      | null or null: null     | null implies null: null   | null xor null: null
    not true: false          | not false: true        | not null: null`,
  CqlNullologicalOperatorsTest: `
    IsNull(null): true | IsNull('abc'): false | IsNull(1): false | IsNull(0): false`,
  CqlComparisonOperatorsTest: `
    true = true: true   | true = false: false | true = null: null  | null = true: null | null as String = null: null
    true != true: false | true != false: true | true != null: null | null as String != null: null
    1 = 1: true   | 1 = 2: false   | 1 != 1: false   | 1 != 2: true   | 1.50 = 1.55: false | 1.0 = 1: true
    0 > 0: false  | 0 > 1: false   | 0 > -1: true    | 0.0 > -1.0: true | 0 >= 0: true | 0 >= 1: false | 0 >= -1: true
    0 < 0: false  | 0 < 1: true    | 0 < -1: false   | 0.0 < 1.0: true  | 0 <= 0: true | 0 <= 1: true  | 0 <= -1: false
    'a' = 'a': true | 'a' = 'b': false | 'a' != 'a': false | 'a' != 'b': true | 4 between 2 and 6: true
    DateTime(2012, 2, 12) > DateTime(2012, 2, 10): true | DateTime(2012, 2, 12) > DateTime(2012, 2, 13): false
    DateTime(2012, 2, 9) < DateTime(2012, 2, 10): true  | DateTime(2012, 2, 14) < DateTime(2012, 2, 13): false`,
  CqlAggregateFunctionsTest: `
    Sum({ 6.0, 2.0, 3.0, 4.0, 5.0 }): 20.0 | Sum({ null, 1, null }): 1
    Count({ 15, 5, 99, null, 1 }): 4 | Count({}): 0
    Max({ 5, 12, 1, 15, 0, 4, 90, 44 }): 90 | Min({5, 12, 1, 15, 0, 4, 90, 44}): 0
    Max({ DateTime(2012, 10, 5), DateTime(2012, 9, 5), DateTime(2012, 10, 6) }): @2012-10-06T
    Min({ DateTime(2012, 10, 5), DateTime(2012, 9, 5), DateTime(2012, 10, 6) }): @2012-09-05T`,
} as const;
/** Of DMN: bounds, ranges and membership, where CQL's tests say little. */
const feelTable = `
  0 between 1 and 10: false | 1 between 1 and 10: true | 10 between 1 and 10: true | 11 between 1 and 10: false
  date("2018-12-02") between date("2018-12-02") and date("2018-12-04"): true
  date("2018-12-05") between date("2018-12-02") and date("2018-12-04"): false
  1 in [2,3,1]: true | 1 in [2,3,4]: false | 10 in <= 10: true | 10 in < 10: false | 9 in >= 10: false
  2 in (2..4): false | 2 in [2..4): true | 4 in (2..4]: true | 4 in [2..4): false
  "foo" = "Foo": false | 0 = 0.00: true | 123.01 = 123.01: true`;
const kits = [
  '0064-feel-conjunction',
  '0065-feel-disjunction',
  '0066-feel-negation',
  '0068-feel-equality',
  '0071-feel-between',
  '0072-feel-in',
];

const theirs = {
  cql: Object.keys(tables).flatMap((name) => cqlVectors(name)),
  feel: kits.flatMap((name) => dmnVectors(name)),
  zen: zenVectors(),
};
const all = {
  cql: [...Object.values(tables).flatMap(vectorsIn), ...theirs.cql],
  feel: [...vectorsIn(feelTable), ...theirs.feel],
  zen: theirs.zen,
};
const sentences = Object.entries(all).flatMap(([language, vectors]) =>
  [...new Map(vectors.map((vector) => [JSON.stringify(vector), vector])).values()].flatMap(
    (vector, at): Sentence[] => {
      const said = sentence(vector, language as keyof typeof all, `${language}${at}`);
      return said ? [said] : [];
    },
  ),
);

/** Both in one list, so that a table that says otherwise than the tests would be told too. */
const expected = sentences.map(({ expression, is }) => `${expression} is ${is}`);

const takeSeconds: ReadonlySet<string> = new Set(['cql-reference']);
const named = process.env['PROVISO_ENGINES']?.split(',');
const engines = allEngines.filter(({ id, from }) =>
  named ? named.includes(id) || takeSeconds.has(id) : from === 'npm' && !takeSeconds.has(id),
);

const world = worldOf(sentences);
const { policies, vocabulary, program } = world;
const form = lower(policies, vocabulary);
const table = world.encounters[0]!.table!;
const document = toDocument(table, vocabulary);

describe('a sentence means here what it means there', () => {
  test('every sentence is a rule without a mistake', () => {
    expect(world.diagnostics.filter(({ severity }) => severity === 'error')).toStrictEqual([]);
    expect(sentences.length).toBeGreaterThan(vectorsAreHere ? 250 : 90);
  });

  test('for the evaluator', () => {
    expect(truthsIn(answerOf(verdictOf(judge(program, table))), sentences)).toStrictEqual(expected);
  });

  test('in the intermediate form', () => {
    expect(truthsIn(judgePlain(form, readDocument(document, form).input!), sentences)).toStrictEqual(
      expected,
    );
  });

  describe.each(engines)('exported, on $title', (engine) => {
    let started: StartedEngine | null = null;
    beforeAll(async () => {
      const found = await engine.start();
      if (found.missing === null) started = found;
      else if (engine.from === 'npm') throw new Error(found.missing);
      else process.stdout.write(`${engine.title}: not run here: ${found.missing}\n`);
    }, 600_000);
    afterAll(async () => started?.stop());

    test('all of them', async () => {
      if (started === null) return;
      const target = allTargets.find(({ id }) => id === engine.target)!;
      const { files } = target.write({ program: form, workspace: world, name: 'oracles', kit: [] });
      const loaded = await started.load(files, form);
      const [answer] = await loaded.judge([document]);
      if (!answer || answer.cannotHold !== undefined || !answer.answer)
        throw new Error(JSON.stringify(answer));
      expect(truthsIn(answer.answer, sentences)).toStrictEqual(expected);
      await loaded.unload();
    }, 600_000);
  });
});

/** Cells, each an expression and what it is. */
function vectorsIn(text: string): readonly Vector[] {
  return text.split(/\||\n/).flatMap((cell): Vector[] => {
    const [, expression, is] = /^\s*(.+): (\S+)\s*$/.exec(cell) ?? [];
    return expression && is ? [{ expression, is }] : [];
  });
}
