import { createWorkspace } from '#engine';
import type { Answer, Workspace } from '#engine';
import type { Sentence, Truth } from './sentences.ts';

/** So many sentences stand in one policy. */
const inOnePolicy = 40;

/** A workspace in which each condition of each sentence is a rule, with the one encounter that they are about. */
export function worldOf(sentences: readonly Sentence[]): Workspace {
  const facts = [...new Map(sentences.flatMap((one) => one.facts).map((fact) => [fact.name, fact])).values()];
  const policies = Array.from({ length: Math.ceil(sentences.length / inOnePolicy) }, (_, policy) => ({
    path: `rules/oracles/oracles-${policy}/2024-01-01.policy.yaml`,
    text: policyText(policy, sentences),
  }));
  const valuesAt = (section: string, line: number) =>
    facts
      .filter((fact) => fact.section === section && (fact.values[line] ?? null) !== null)
      .map(({ name, values }) => `${name}: ${values[line]}`);
  const lineCount = Math.max(1, ...facts.map(({ values }) => values.length));
  const lines = Array.from(
    { length: lineCount },
    (_, line) => `  - { ${['code: 97530, units: 1', ...valuesAt('line', line)].join(', ')} }`,
  );
  return createWorkspace([
    {
      path: 'rules/sources/oracles.source.yaml',
      text: `source: oracles
title: Tests of other projects
publisher: Other projects
address: https://example.org
read: 2024-01-01
clauses:
  - { id: all, text: What an expression is. }
`,
    },
    {
      path: 'rules/lists/payers.list.yaml',
      text: `list: payers
of: payer
cite: oracles#all
entries:
  - { value: anyone, short: Any payer }
`,
    },
    {
      path: 'rules/vocabulary/oracles.vocabulary.yaml',
      text: `vocabulary: oracles
title: Operands
facts:
${facts.map(({ section, name, type }) => `  - { path: ${section}.${name}, type: ${type}, meaning: An operand. }\n`).join('')}`,
    },
    ...policies,
    {
      path: 'testcases/oracles.encounter.yaml',
      text: `encounter: oracles
title: Operands
visit: { date: 2024-03-04, payer: anyone }
note: { ${valuesAt('note', 0).join(', ')} }
lines:
${lines.join('\n')}
`,
    },
  ]);
}

function policyText(policy: number, sentences: readonly Sentence[]): string {
  const first = policy * inOnePolicy;
  const own = sentences.slice(first, first + inOnePolicy);
  const figures = own.flatMap((one) => one.figures.map((figure) => `  ${figure}\n`));
  const rules = own.flatMap(({ conditions }, at) =>
    conditions.map(
      (condition, side) =>
        `  - { id: ${ruleOf(first + at, side)}, title: A sentence, cite: oracles#all, for: visit, require: ${condition}, otherwise: review }\n`,
    ),
  );
  return `policy: oracles-${policy}
title: Sentences
kind: documentation
effective: { from: 2024-01-01 }
${figures.length > 0 ? `derive:\n${figures.join('')}` : ''}rules:
${rules.join('')}`;
}

/** What an answer says of each sentence; where its conditions come out differently, all of what they say. */
export function truthsIn({ visit }: Answer, sentences: readonly Sentence[]): readonly string[] {
  const truthOf = (id: string): Truth => {
    if (visit.violated.includes(id)) return 'false';
    return visit.undetermined.includes(id) ? 'unknown' : 'true';
  };
  return sentences.map(({ expression, conditions }, at) => {
    const truths = new Set(conditions.map((_, side) => truthOf(idOf(at, side))));
    return `${expression} is ${[...truths].join(' and ')}`;
  });
}

const ruleOf = (at: number, side: number) => `s${at}-${side}`;
const idOf = (at: number, side: number) => `oracles-${Math.floor(at / inOnePolicy)}/${ruleOf(at, side)}`;
