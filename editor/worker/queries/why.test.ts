import { expect, test } from 'vitest';

import { applyTextEdits, dayOf } from '#engine';
import type { FileEdits } from '#engine';

import type { QueryName, QueryParams, QueryResult } from '../all-queries.ts';
import { createClient } from '../client.ts';
import type { Client } from '../client.ts';
import { inProcess } from '../in-process.ts';

const policyPath = 'rules/hns/times/2019-05-01.policy.yaml';
const sourcePath = 'rules/sources/page.source.yaml';

const files = {
  [policyPath]: `policy: times
title: Times
kind: billing
payers: [hns]
effective: { from: 2019-05-01 }
rules:
  - id: long-enough
    title: Long enough
    cite: page#short
    when: { line.code: 97530 }
    require: { record.minutes: { atLeast: 8 } }
    otherwise: deny
`,
  [sourcePath]: `source: page
title: A page
clauses:
  - { id: short, text: Short services are not billed. }
  - { id: forgotten, text: Ten visits are usual. More are reviewed. }
`,
  'testcases/base.encounter.yaml': `encounter: base
visit: { date: 2024-03-04, payer: hns }
lines:
  - { code: 97530, units: 1, record: { minutes: 7 } }
  - { code: 97110, units: 1, record: { minutes: 15 } }
`,
};
const base = 'testcases/base.encounter.yaml';

interface World {
  readonly ask: <Name extends QueryName>(name: Name, params: QueryParams<Name>) => Promise<QueryResult<Name>>;
  /** Applies edits as the page does, and gives the text after. */
  readonly apply: (edits: FileEdits | null) => string;
}

function world(): World {
  const client: Client = createClient(inProcess(dayOf(2026, 11, 23)), () => undefined);
  client.ask({ kind: 'open', files: Object.entries(files).map(([path, text]) => ({ path, text })) });
  return {
    ask: (name, params) => client.query(name, params),
    apply(edits) {
      if (!edits) throw new Error('there is no edit');
      const text = applyTextEdits(files[edits.path as keyof typeof files], edits.edits);
      client.ask({ kind: 'change', saved: false, changes: [{ path: edits.path, text }] });
      return text;
    },
  };
}

test('what would satisfy a rule, with the encounter that would', async () => {
  const { ask } = world();
  const answer = await ask('satisfy', { caseKey: base, rule: 'times/long-enough', line: 1 });
  expect(answer).toMatchObject({
    nothing: null,
    proposals: [
      {
        kind: 'record',
        headline: 'One more minute would satisfy it.',
        steps: ['The treatment time: 8 minutes instead of 7 minutes.'],
        outcome: 'Line 1 would then be paid.',
        worse: [],
      },
    ],
  });
  expect(answer?.proposals[0]?.text).toContain('minutes: 8');
  // Neither a rule that is met nor one that is not there asks for anything.
  expect(await ask('satisfy', { caseKey: base, rule: 'times/long-enough', line: 2 })).toBe(null);
  expect(await ask('satisfy', { caseKey: 'gone', rule: 'times/long-enough', line: 1 })).toBe(null);
});

test('a policy in words, marked by the chosen case: the gravest of its lines', async () => {
  const { ask } = world();
  const answer = await ask('words', { path: policyPath, caseKey: base });
  expect(answer?.words.title).toBe('Times');
  expect(answer?.outcomes).toEqual({ 'times/long-enough': 'violated' });
  expect((await ask('words', { path: policyPath, caseKey: null }))?.outcomes).toEqual({});
  expect(await ask('words', { path: sourcePath, caseKey: null })).toBe(null);
});

test('a clause is open until it is set aside, and a rule is begun for it where it stands', async () => {
  const { ask, apply } = world();
  const states = async () =>
    (await ask('sources', undefined)).flatMap(({ clauses }) => clauses.map(({ state }) => state));
  expect(await states()).toEqual(['implemented', 'open']);

  const begun = await ask('ruleForClause', { source: 'page', clause: 'forgotten', path: policyPath });
  const text = apply(begun!.edits);
  expect(text.split('\n')[begun!.line - 1]).toBe('  - id: forgotten');
  expect(text).toContain('    title: Ten visits are usual\n    cite: page#forgotten\n');
  expect(await states()).toEqual(['implemented', 'implemented']);

  apply({ path: policyPath, edits: [] });
  expect(await states()).toEqual(['implemented', 'open']);
  apply(
    await ask('setClauseAside', { source: 'page', clause: 'forgotten', reason: 'It is usual, no more.' }),
  );
  expect(await states()).toEqual(['implemented', 'set-aside']);
  expect(await ask('setClauseAside', { source: 'page', clause: 'gone', reason: 'x' })).toBe(null);
});
