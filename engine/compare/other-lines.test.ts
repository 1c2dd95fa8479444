import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocument } from '../intermediate/document.ts';
import type { DocumentLine, EncounterDocument } from '../intermediate/document.ts';
import { judgePlain } from '../intermediate/judge-plain.ts';
import { lower } from '../intermediate/lower.ts';
import { mutateCondition } from '../kit/mutate-condition.ts';
import type { Condition } from '../model/condition.ts';
import type { Policy } from '../model/policy.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { isEqualOverLines } from './other-lines.ts';

/** A policy with these keys, `rules` or `derive` among them; `$pairs` has 97140 and 97124, each as column one, beside 97530. */
function policyOf(keys: string) {
  const workspace = createWorkspace([
    { path: 'rules/s.source.yaml', text: 'source: s\ntitle: S\nclauses: [{ id: c, text: C }]\n' },
    {
      path: 'rules/pairs.list.yaml',
      text: 'list: pairs\nof: pair\ncite: s#c\nentries: [{ columnOne: 97140, columnTwo: 97530 }, { columnOne: 97124, columnTwo: 97530 }]\n',
    },
    {
      path: 'rules/p.policy.yaml',
      text: `policy: p\ntitle: P\nkind: billing\neffective: { from: 2024-01-01 }\n${keys}\n`,
    },
  ]);
  expect(workspace.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [policy] = workspace.policies;
  return { policy: policy!, vocabulary: workspace.vocabulary };
}

const ruleOf = (condition: string) =>
  policyOf(`rules: [{ id: r, title: R, cite: s#c, ${condition}, otherwise: deny }]`);
const required = (condition: string) => ruleOf(`require: { ${condition} }`);

const visitOf = (
  lines: readonly unknown[],
  sections: Partial<EncounterDocument> = {},
): EncounterDocument => ({
  encounter: 'e',
  visit: { date: '2024-03-04', payer: 'q' },
  ...sections,
  lines: lines as readonly DocumentLine[],
});

function answersOf(policies: readonly Policy[], encounters: readonly EncounterDocument[]) {
  const form = lower(policies, vocabulary);
  return encounters.map((encounter) => {
    const { input, problems } = readDocument(encounter, form);
    if (input === null) throw new Error(JSON.stringify(problems));
    return JSON.stringify(judgePlain(form, input));
  });
}

const { policy: plain, vocabulary } = required('line.code: 97530');
const massage = 'other.line.code: 97124';
const manual = 'other.line.code: 97140';
const paired = (list: string) => `other.line.code: { pairedWith: { fact: line.code, in: ${list} } }`;

test.each([
  ['none is not any', `noOtherLine: { ${massage} }`, `not: { anyOtherLine: { ${massage} } }`],
  ['none is each not', `noOtherLine: { ${massage} }`, `everyOtherLine: { not: { ${massage} } }`],
  [
    'each of two is each and each',
    `everyOtherLine: { all: [{ line.units: 1 }, { other.line.units: 1 }] }`,
    `all: [{ everyOtherLine: { line.units: 1 } }, { everyOtherLine: { other.line.units: 1 } }]`,
  ],
  [
    'any of two is any or any',
    `anyOtherLine: { other.line.code: [97124, 97140] }`,
    `any: [{ anyOtherLine: { ${massage} } }, { anyOtherLine: { ${manual} } }]`,
  ],
  [
    'a line that is one of a list is one of a longer one',
    `anyOtherLine: { ${massage} }`,
    `all: [{ anyOtherLine: { ${massage} } }, { anyOtherLine: { other.line.code: [97124, 97140] } }]`,
  ],
  [
    'a pair that the list of codes leaves no room for',
    `anyOtherLine: { all: [{ other.line.code: 97110 }, { ${paired('$pairs')} }] }`,
    `anyOtherLine: { all: [{ other.line.code: 97110 }, { other.line.code: 97140 }] }`,
  ],
  [
    'a pair whose second code the line has not',
    `all: [{ line.code: 97124 }, { anyOtherLine: { ${paired('$pairs')} } }]`,
    `all: [{ line.code: 97124 }, { line.code: 97140 }]`,
  ],
  [
    'what is asked of the line itself stays the same on every other line',
    `any: [{ noOtherLine: { ${massage} } }, { line.units: 1 }]`,
    `noOtherLine: { all: [{ ${massage} }, { not: { line.units: 1 } }] }`,
  ],
])('equal: %s', (_, was, is) => {
  expect(isEqualOverLines([required(was).policy], [required(is).policy])).toBe(true);
  expect(isEqualOverLines([required(is).policy], [required(was).policy])).toBe(true);
});

const line = (code: string, more: object = {}) => ({ code, units: 1, ...more });

test.each([
  [
    'both on one line, or on two',
    `anyOtherLine: { all: [{ ${massage} }, { other.line.units: 1 }] }`,
    `all: [{ anyOtherLine: { ${massage} } }, { anyOtherLine: { other.line.units: 1 } }]`,
    visitOf([line('97530', { units: 2 }), line('97124', { units: 2 }), line('97110')]),
  ],
  [
    'each is one or the other, or all are one or all the other',
    `everyOtherLine: { other.line.code: [97124, 97140] }`,
    `any: [{ everyOtherLine: { ${massage} } }, { everyOtherLine: { ${manual} } }]`,
    visitOf([line('97530'), line('97124'), line('97140')]),
  ],
  [
    'each is so where there is no other, and none is',
    `everyOtherLine: { ${massage} }`,
    `anyOtherLine: { ${massage} }`,
    visitOf([line('97530')]),
  ],
  [
    'none is, or not each is',
    `noOtherLine: { ${massage} }`,
    `not: { everyOtherLine: { ${massage} } }`,
    visitOf([line('97530'), line('97124'), line('97140')]),
  ],
  [
    'two other lines of which one is different',
    `any: [{ noOtherLine: { ${massage} } }, { everyOtherLine: { ${massage} } }]`,
    `line.units: 1`,
    visitOf([line('97530'), line('97124'), line('97140')]),
  ],
  [
    'more units, or not fewer, where none are stated',
    `noOtherLine: { other.line.units: { moreThan: 1 } }`,
    `everyOtherLine: { other.line.units: { atMost: 1 } }`,
    visitOf([line('97530'), line('97124', { units: null })]),
  ],
  [
    'a record that was never supplied, or an empty one',
    `anyOtherLine: { other.record.minutes: { documented: false } }`,
    `noOtherLine: { other.record.minutes: { atLeast: 0 } }`,
    visitOf([line('97530'), line('97124', { record: { minutes: 15 } }), line('97140', { record: {} })]),
  ],
  [
    'the pair the other way round',
    `noOtherLine: { ${paired('$pairs')} }`,
    `noOtherLine: { line.code: { pairedWith: { fact: other.line.code, in: $pairs } } }`,
    visitOf([line('97530'), line('97140')]),
  ],
  [
    'a pair, or its first code whatever the second',
    `noOtherLine: { ${paired('$pairs')} }`,
    `noOtherLine: { other.line.code: [97124, 97140] }`,
    visitOf([line('97110'), line('97140')]),
  ],
  [
    'a code, or one that begins with it',
    `noOtherLine: { ${massage} }`,
    `noOtherLine: { other.line.code: { startsWith: "97124" } }`,
    visitOf([line('97530'), line('97124X')]),
  ],
  [
    'a code that is named nowhere',
    `anyOtherLine: { other.line.code: { noneOf: [97124, 97140] } }`,
    `noOtherLine: { other.line.code: [97124, 97140] }`,
    visitOf([line('97530'), line('97110'), line('97124')]),
  ],
])('not equal: %s', (_, was, is, encounter) => {
  const [before, after] = [[required(was).policy], [required(is).policy]];
  const [one, other] = [before, after].map((policies) => answersOf(policies, [encounter]));
  expect(one).not.toStrictEqual(other);
  expect(isEqualOverLines(before, after)).toBe(false);
});

const excusing = `require: { anyOtherLine: { ${massage} } }`;

test.each([
  [
    'when it applies, or what excuses from it',
    ruleOf(`when: { record.minutes: { atLeast: 8 } }, ${excusing}`),
    ruleOf(
      `require: { any: [{ not: { record.minutes: { atLeast: 8 } } }, { anyOtherLine: { ${massage} } }] }`,
    ),
    visitOf([line('97530'), line('97124')]),
  ],
  [
    'a figure that counts by a number, or by its being there',
    policyOf(
      `derive: { lines: { count: lines, where: { line.units: { atLeast: 0 } } } }\nrules: [{ id: r, title: R, cite: s#c, for: visit, require: { derived.lines: 0 }, otherwise: deny }]`,
    ),
    policyOf(
      `derive: { lines: { count: lines, where: { line.units: { atMost: 0 } } } }\nrules: [{ id: r, title: R, cite: s#c, for: visit, require: { derived.lines: 0 }, otherwise: deny }]`,
    ),
    visitOf([line('97530')]),
  ],
])('not equal: %s', (_, before, after, encounter) => {
  const [one, other] = [before, after].map(({ policy }) => answersOf([policy], [encounter]));
  expect(one).not.toStrictEqual(other);
  expect(isEqualOverLines([before.policy], [after.policy])).toBe(false);
});

test('equal: a figure counts the same items', () => {
  const figure = (where: string) =>
    policyOf(
      `derive: { lines: { count: lines, where: { ${where} } } }\nrules: [{ id: r, title: R, cite: s#c, for: visit, require: { derived.lines: 0 }, otherwise: deny }]`,
    ).policy;
  const [was, is] = [
    figure('any: [{ line.units: 1 }, { line.code: 97124 }]'),
    figure('not: { all: [{ not: { line.code: 97124 } }, { not: { line.units: 1 } }] }'),
  ];
  expect(isEqualOverLines([was], [is])).toBe(true);
});

/** Few codes, numbers and records on purpose, so that what the conditions name is met. */
const kindsOfLine: readonly DocumentLine[] = [
  line('97530'),
  line('97140'),
  line('97124'),
  line('97140', { units: 2 }),
  line('97124', { units: null }),
  line('97124', { record: { minutes: 8, regions: ['lumbar'] } }),
  line('97140', { record: { minutes: 7, regions: ['cervical', 'lumbar'] } }),
  line('97530', { record: { minutes: 15, regions: null } }),
  line('97110', { record: { minutes: null, regions: ['cervical'] } }),
];
const sections: readonly Partial<EncounterDocument>[] = [
  {},
  { patient: {} },
  { patient: { age: 8 } },
  { patient: { age: 9 } },
];
const encounters = fc
  .tuple(
    fc.array(fc.constantFrom(...kindsOfLine), { minLength: 1, maxLength: 4 }),
    fc.constantFrom(...sections),
  )
  .map(([lines, more]) => visitOf(lines, more));

const atomsOf = (conditions: readonly string[]) =>
  conditions.map((one) => required(one).policy.rules[0]!.require!);
const ofLine = atomsOf([
  'line.code: 97530',
  'line.code: [97530, 97140]',
  'line.units: { atLeast: 2 }',
  'record.minutes: { atLeast: 8 }',
  'record.minutes: { documented: true }',
  'patient.age: { atLeast: 9 }',
]);
const ofOther = atomsOf(
  [
    massage,
    'other.line.code: [97124, 97140]',
    'other.line.code: { startsWith: "971" }',
    paired('$pairs'),
    'other.line.units: { atLeast: 2 }',
    'other.record.minutes: { atLeast: 8 }',
    'other.record.minutes: { documented: false }',
    'record.regions: { includesAny: { fact: other.record.regions } }',
  ].map((one) => `anyOtherLine: { ${one} }`),
).map((one) => (one as { readonly condition: Condition }).condition);

const { place } = ofLine[0]!;
const not = (condition: Condition): Condition => ({ kind: 'not', condition, place });
const joined = (kind: 'all' | 'any', conditions: readonly Condition[]): Condition => ({
  kind,
  conditions,
  place,
});
const opposite = (kind: 'all' | 'any') => (kind === 'all' ? 'any' : 'all');
const asked = (kind: Quantifier, condition: Condition): Condition => ({ kind, condition, place });
type Quantifier = 'anyOtherLine' | 'everyOtherLine' | 'noOtherLine';

const conditions = (atoms: readonly Condition[], more: fc.Arbitrary<Condition>) => {
  const one = fc.oneof(fc.constantFrom(...atoms), more);
  return fc.oneof(
    one,
    one.map(not),
    fc.tuple(fc.constantFrom('all', 'any'), one, one).map(([kind, a, b]) => joined(kind, [a, b])),
  );
};
const inner = conditions(ofOther, fc.constantFrom(...ofLine));
const quantifiers = fc.constantFrom<Quantifier>('anyOtherLine', 'everyOtherLine', 'noOtherLine');
const outer = conditions(
  ofLine,
  fc.tuple(quantifiers, inner).map(([kind, condition]) => asked(kind, condition)),
);

/** The same in other words, or what one may take for the same. */
function reworded(condition: Condition, how: number): Condition {
  const way = how % 4;
  const below = how >> 2;
  switch (condition.kind) {
    case 'test':
    case 'named': {
      if (way < 2) return way === 0 ? not(not(condition)) : condition;
      const one = ofLine[below % ofLine.length]!;
      return joined('all', [condition, joined('any', [one, not(one)])]);
    }
    case 'not':
      return not(reworded(condition.condition, how));
    case 'all':
    case 'any': {
      const { kind, conditions: parts } = condition;
      if (way === 0)
        return joined(
          kind,
          parts.map((one) => reworded(one, below)),
        );
      if (way === 1) return not(joined(opposite(kind), parts.map(not)));
      return way === 2 ? joined('any', [condition, joined('all', [condition, parts[0]!])]) : condition;
    }
    default: {
      const { kind, condition: each } = condition;
      if (way === 0 && (each.kind === 'all' || each.kind === 'any'))
        return joined(
          kind === 'noOtherLine' ? opposite(each.kind) : each.kind,
          each.conditions.map((one) => asked(kind, one)),
        );
      if (way === 1) return asked(kind, reworded(each, below));
      if (kind === 'anyOtherLine') return not(asked(way === 2 ? 'noOtherLine' : 'everyOtherLine', each));
      return asked(kind === 'noOtherLine' ? 'everyOtherLine' : 'noOtherLine', way === 2 ? not(each) : each);
    }
  }
}

test('what is proven equal is judged the same on every encounter that is tried', () => {
  let equal = 0;
  let apart = 0;
  fc.assert(
    fc.property(
      outer,
      outer,
      fc.nat({ max: 1023 }),
      fc.nat(),
      fc.constantFrom('reworded', 'mutated'),
      fc.array(encounters, { minLength: 25, maxLength: 25 }),
      (when, require, how, which, change, tried) => {
        const mutants = mutateCondition(require, () => true);
        const other = change === 'reworded' ? reworded(require, how) : mutants[which % mutants.length]!.value;
        const version = (condition: Condition): readonly Policy[] => [
          { ...plain, rules: plain.rules.map((rule) => ({ ...rule, when, require: condition })) },
        ];
        const [before, after] = [version(require), version(other)];
        const isSame = answersOf(before, tried).join() === answersOf(after, tried).join();
        const isProven = isEqualOverLines(before, after);
        if (isProven) equal += 1;
        if (!isSame) apart += 1;
        expect(isSame || !isProven).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
  // The test would prove nothing if hardly anything were proven equal, or hardly anything different.
  expect([equal > 30, apart > 15]).toEqual([true, true]);
});
