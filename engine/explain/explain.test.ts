import { expect, it } from 'vitest';
import { createWorkspace, eachRuleOnce, explainTraces, judge, traceOf, verdictOf } from '../index.ts';
import type { ExplainedCondition } from '../index.ts';

const files = {
  'rules/sources/s.source.yaml': 'source: s\ntitle: S\nclauses:\n  - { id: c, text: A clause. }\n',
  'rules/lists/timed.list.yaml':
    'list: timed\ntitle: Timed codes\nof: code\ncite: s#c\nentries: [{ value: 97530 }, { value: 97140 }]\n',
  'rules/p.policy.yaml': `policy: p
title: P
kind: time-threshold
effective: { from: 2020-01-01 }
timeRule: { method: per-service, codes: $timed, cite: s#c }
parameters:
  least: { value: 9, unit: minutes, cite: s#c }
conditions:
  hasPlan: { plan.active: true }
  regular: { line.code: $timed, not: { record.minutes: 0 }, visit.date: { onOrAfter: 2024-01-01 } }
rules:
  - id: time
    title: Eight minutes
    cite: s#c
    when: { line.code: $timed }
    require: { record.minutes: { atLeast: 8 } }
    otherwise: deny
    message: "{line.code}: {record.minutes} minutes on {visit.date}."
    remedy: Do not bill.
  - id: units
    title: Units
    cite: s#c
    require: { line.units: { atMost: { fact: record.supportableUnits } } }
    otherwise: reduce
  - id: region
    title: Another region
    cite: s#c
    when: { anyOtherLine: { other.line.code: 98940 } }
    require: { not: { anyOtherLine: { other.record.regions: { includesAny: { fact: record.regions } } } } }
    unless: { condition: hasPlan }
    otherwise: review
  - id: terms
    title: Terms
    cite: s#c
    when: { condition: regular }
    require: { any: [{ record.rationale: { documented: true } }, { not: { record.minutes: { lessThan: $least } } }] }
    otherwise: review
`,
  'testcases/e.encounter.yaml': `encounter: e
visit: { date: 2024-03-04, payer: p }
lines:
  - { code: 97140, units: 2, record: { minutes: 7, regions: [lumbar] } }
  - { code: 98940, units: 1, record: { regions: [lumbar, sacral] } }
`,
};

it('says why, with the values and their places', () => {
  const workspace = createWorkspace(Object.entries(files).map(([path, text]) => ({ path, text })));
  expect(workspace.diagnostics).toEqual([]);
  const table = workspace.encounters[0]!.table!;
  const verdict = verdictOf(judge(workspace.program, table));
  const explanations = explainTraces(traceOf(workspace.program, table), verdict, workspace);
  const lines = explanations
    .filter(({ line }) => line === 1)
    .flatMap(({ rule, outcome, message, remedy, parts }) => [
      `${rule} ${outcome}${message ? ` — ${message} ${remedy}` : ''}`,
      ...parts.flatMap(({ role, conditions }) => [
        `  ${role}`,
        ...conditions.flatMap((condition) => outline(condition, 2)),
      ]),
    ]);
  expect(lines).toEqual([
    'p/time violated — 97140: 7 minutes on 2024-03-04. Do not bill.',
    '  when',
    '    ✓ the procedure code is on the list “Timed codes” (97140) @15',
    '  require',
    '    ✗ the treatment time must be at least 8 minutes (7 minutes; needs at least 8 minutes) @16',
    'p/units violated — Units. ',
    '  require',
    '    ✗ the number of units billed must be at most the number of units that the minutes support (2 units; needs at most the number of units that the minutes support (0 units)) @23',
    'p/region undetermined',
    '  when',
    '    ✓ there is another line of the visit on which the procedure code is 98940 @28',
    '      ✓ line 2: the procedure code is 98940 (98940) @28',
    '  require',
    '    ✗ there must be no other line of the visit on which the treated regions include at least one of those of this line @29',
    '      ✓ line 2: the treated regions include at least one of those of this line (lumbar and sacral) @29',
    '  unless',
    '    ? the treatment plan is active (the treatment plan was not supplied; needs active) @9',
    'p/terms violated — Terms. ',
    '  when',
    '    ✓ “regular” holds @35',
    '      ✓ the procedure code is on the list “Timed codes” (97140) @10',
    '      ✓ the treatment time is not 0 minutes (7 minutes) @10',
    '      ✓ the date of service is no earlier than 1 January 2024 (4 March 2024) @10',
    '  require',
    '    ✗ at least one of these must hold @36',
    '      ✗ the rationale for the therapy is documented (not documented) @36',
    '      ✗ the treatment time is not less than 9 minutes (7 minutes) @36',
  ]);
  expect(verdict.lines[0]?.undetermined).toEqual([{ rule: 'p/region', needs: ['plan'] }]);
  expect(explanations[0]?.citations).toEqual([
    {
      source: 's',
      clause: 'c',
      title: 'S',
      text: 'A clause.',
      basis: 'read',
      place: workspace.sources[0]!.clauses[0]!.place,
    },
  ]);
});

const marks = { true: '✓', false: '✗', unknown: '?' } as const;

/** A condition with those below it, as a tree in text. */
function outline(condition: ExplainedCondition, depth: number): readonly string[] {
  const { otherLine, sentence, result, found, needs, place, children } = condition;
  const values = [found, needs === null ? null : `needs ${needs}`].filter((it) => it !== null).join('; ');
  const mark = marks[String(result) as keyof typeof marks];
  return [
    `${'  '.repeat(depth)}${mark} ${otherLine === null ? '' : `line ${otherLine}: `}${sentence}${values === '' ? '' : ` (${values})`} @${place.line}`,
    ...children.flatMap((child) => outline(child, depth + 1)),
  ];
}

it('says when a claim must have been received, at the key that says so, and that it waits for the date', () => {
  const workspace = createWorkspace([
    {
      path: 'rules/p.policy.yaml',
      text: 'policy: p\ntitle: P\nkind: billing\neffective: { from: 2019-09-01 }\nrules:\n  - { id: r, title: R, cite: s#c, received: { from: 2020-04-01 }, require: { line.units: 1 }, otherwise: review }\n',
    },
    { path: 'rules/s.source.yaml', text: files['rules/sources/s.source.yaml'] },
    {
      path: 'testcases/e.encounter.yaml',
      text: 'encounter: e\nvisit: { date: 2020-03-04, payer: p }\nlines: [{ code: 97140, units: 2 }]\n',
    },
  ]);
  const table = workspace.encounters[0]!.table!;
  const verdict = verdictOf(judge(workspace.program, table));
  expect(verdict.lines[0]!.undetermined).toEqual([{ rule: 'p/r', needs: ['visit.received'] }]);
  const [explanation] = explainTraces(traceOf(workspace.program, table), verdict, workspace);
  const [when] = explanation!.parts;
  expect(when).toMatchObject({
    role: 'when',
    conditions: [
      {
        sentence: 'the claim is received on or after 1 April 2020',
        result: 'unknown',
        found: 'not known',
        place: { path: 'rules/p.policy.yaml', yamlPath: 'rules[0].received' },
      },
    ],
  });
});

it('says a rule once where two revisions wait for the date received, with what each says', () => {
  const revision = (effect: string, received: string, least: number) =>
    `policy: p\ntitle: P\nkind: billing\neffective: { from: 2020-01-01 }\nreceived: { ${received} }\nrules:\n  - { id: r, title: R, cite: s#c, when: { line.code: 97530 }, require: { record.minutes: { atLeast: ${least} } }, otherwise: ${effect} }\n`;
  const workspace = createWorkspace(
    Object.entries({
      'rules/s.source.yaml': files['rules/sources/s.source.yaml'],
      'rules/early.policy.yaml': revision('advise', 'to: 2024-03-10', 8),
      'rules/late.policy.yaml': revision('deny', 'from: 2024-03-11', 10),
      'testcases/e.encounter.yaml':
        'encounter: e\nvisit: { date: 2024-03-04, payer: p }\nlines: [{ code: 97530, units: 1 }, { code: 97140, units: 1 }]\n',
    }).map(([path, text]) => ({ path, text })),
  );
  expect(workspace.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const table = workspace.encounters[0]!.table!;
  const verdict = verdictOf(judge(workspace.program, table));
  const explanations = explainTraces(traceOf(workspace.program, table), verdict, workspace);
  expect(explanations.map(({ rule, line, outcome, effect }) => [rule, line, outcome, effect])).toEqual([
    ['p/r', 1, 'undetermined', 'deny'],
    ['p/r', 2, 'not-applicable', 'advise'],
  ]);
  const [open, silent] = explanations;
  expect(
    open?.parts.map(({ role, ifReceived, conditions }) => [role, ifReceived, conditions.at(-1)?.sentence]),
  ).toEqual([
    [
      'when',
      'the claim is received on or before 10 March 2024',
      'the claim is received on or before 10 March 2024',
    ],
    [
      'require',
      'the claim is received on or before 10 March 2024',
      'the treatment time must be at least 8 minutes',
    ],
    [
      'when',
      'the claim is received on or after 11 March 2024',
      'the claim is received on or after 11 March 2024',
    ],
    [
      'require',
      'the claim is received on or after 11 March 2024',
      'the treatment time must be at least 10 minutes',
    ],
  ]);
  expect(silent?.parts.map(({ ifReceived }) => ifReceived)).toEqual([null, null]);
  expect(eachRuleOnce(verdict.lines[0]!.undetermined)).toEqual([
    { rule: 'p/r', needs: ['record', 'visit.received'] },
  ]);
});
