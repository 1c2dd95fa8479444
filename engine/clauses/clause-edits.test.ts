import { expect, it } from 'vitest';
import { applyTextEdits } from '../base/text-edit.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { ruleForClause, setAsideEdits } from './clause-edits.ts';
import { trackSources } from './clauses.ts';

const source = `source: s
title: S
clauses:
  - { id: minutes, text: Eight minutes are needed. Fewer are not billed. }
  # A comment that stays.
  - id: example
    text: An example.
`;
const policy = `policy: p
title: P
kind: billing
effective: { from: 2020-01-01 }
rules:
  - id: minutes
    title: First
    cite: s#minutes
    require: { line.units: 1 }
    otherwise: deny # for now
`;

const read = (sourceText: string, policyText = policy) =>
  createWorkspace([
    { path: 'rules/s.source.yaml', text: sourceText },
    { path: 'rules/p.policy.yaml', text: policyText },
  ]);

it('a clause is set aside with a reason, and taken up again', () => {
  const clause = read(source).sources[0]!.clauses[1]!;
  const after = applyTextEdits(source, setAsideEdits(source, clause, 'It illustrates: nothing more.'));
  expect(after).toBe(`${source}    setAside: "It illustrates: nothing more."\n`);
  const [tracked] = trackSources(read(after));
  expect(tracked!.clauses[1]).toMatchObject({
    state: 'set-aside',
    clause: { setAside: 'It illustrates: nothing more.' },
  });
  expect(applyTextEdits(after, setAsideEdits(after, tracked!.clauses[1]!.clause, ' '))).toBe(source);
});

it('a rule for a clause is valid, cites it, and changes no verdict', () => {
  const workspace = read(source);
  const [from] = workspace.sources;
  const added = ruleForClause(policy, from!, from!.clauses[0]!)!;
  const after = applyTextEdits(policy, added.edits);
  expect(after).toBe(`${policy}
  - id: minutes-2
    title: Eight minutes are needed
    cite: s#minutes
    require: { line.code: { documented: true } }
    otherwise: advise
`);
  expect(added.index).toBe(1);
  const again = read(source, after);
  expect(again.diagnostics).toEqual([]);
  expect(again.policies[0]!.rules.map(({ id }) => id)).toEqual(['p/minutes', 'p/minutes-2']);
});

it('a policy that cannot be read is left alone', () => {
  const [from] = read(source).sources;
  expect(ruleForClause('policy: [', from!, from!.clauses[0]!)).toBe(null);
});
