import { describe, expect, it } from 'vitest';
import { verdictOf } from '../evaluate/verdict.ts';
import { judge } from '../evaluate/compile.ts';
import { shippedFiles } from '../testing/workspace-on-disk.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import { satisfactionWords } from './satisfy-words.ts';
import { satisfy } from './satisfy.ts';

const workspace = createWorkspace(shippedFiles());

/** What would satisfy a rule in a shipped case, as it reads. */
function said(suite: string, id: string, rule: string, line: number | null): readonly string[] {
  const found = workspace.cases.find((one) => one.suite === suite && one.id === id);
  if (!found?.ready) throw new Error(`no case ${suite}/${id}`);
  const answer = satisfy(found.ready, rule, line);
  if (!answer) throw new Error(`${rule} asks nothing of line ${line}`);
  const { proposals, nothing } = satisfactionWords(answer, workspace);
  return [
    ...proposals.flatMap(({ headline, steps, outcome, worse }) => [
      [headline, ...steps].filter((it) => it !== null).join(' '),
      [outcome, ...worse].join(' '),
    ]),
    ...(nothing === null ? [] : [nothing]),
  ];
}

describe('what would satisfy a rule, in words', () => {
  it.each([
    [
      'one more minute, and what the next rule then says',
      ['hns-97530-time', 'seven-minutes', 'hns-97530-time/minimum-time', 1],
      [
        'One more minute would satisfy it. The treatment time: 8 minutes instead of 7 minutes.',
        'Line 1 would then be paid.',
      ],
    ],
    [
      'fewer units, where the rule reduces',
      ['hns-97530-time', 'two-units-at-twenty-two', 'hns-97530-time/units-supported', 1],
      [
        'One more minute would satisfy it. The treatment time: 23 minutes instead of 22 minutes.',
        'Line 1 would then be paid.',
        'Bill 1 unit instead of 2.',
        'Line 1 would then be paid.',
      ],
    ],
    [
      'a contact',
      ['hns-97530-code', 'in-a-group', 'hns-97530-code/one-on-one', 1],
      ['The contact: one-on-one instead of group.', 'Line 1 would then be paid.'],
    ],
    [
      'nothing: the modifier is on the claim',
      ['bcbsnc-gp-modifier', 'exercise-without-gp', 'bcbsnc-gp-modifier/gp', 2],
      ['No change of the record would satisfy this rule.'],
    ],
  ] as const)('%s', (_, [suite, id, rule, line], sentences) => {
    expect(said(suite, id, rule, line)).toEqual(sentences);
  });

  it('says something of every rule that is not met in any shipped case', () => {
    const silent: string[] = [];
    for (const { ready, id } of workspace.cases) {
      if (!ready) continue;
      const { lines, visit } = verdictOf(judge(ready.program, ready.table));
      for (const [findings, line] of [
        ...lines.map((one) => [one.violated, one.line] as const),
        [visit.violated, null] as const,
      ]) {
        for (const { rule } of findings) {
          const { proposals, nothing } = satisfactionWords(satisfy(ready, rule, line)!, workspace);
          const text = [
            ...proposals.flatMap(({ steps, outcome }) => [...steps, outcome]),
            nothing ?? '',
          ].join(' ');
          if (text.trim() === '' || /undefined|NaN|as documented|ZZZ|\bnull\b/.test(text))
            silent.push(`${id} ${rule}: ${text}`);
        }
      }
    }
    expect(silent).toEqual([]);
  });
});
