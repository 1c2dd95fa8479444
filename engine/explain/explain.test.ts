import { expect, it } from 'vitest';
import { createWorkspace, explainTraces, judge, traceOf, verdictOf } from '../index.ts';

const files = {
  'rules/sources/s.source.yaml': 'source: s\ntitle: S\nclauses:\n  - { id: c, text: A clause. }\n',
  'rules/lists/timed.list.yaml':
    'list: timed\nof: code\ncite: s#c\nentries: [{ value: 97530 }, { value: 97140 }]\n',
  'rules/p.policy.yaml': `policy: p
title: P
kind: time-threshold
effective: { from: 2020-01-01 }
timeRule: { method: per-service, codes: $timed, cite: s#c }
conditions:
  hasPlan: { plan.active: true }
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
  const lines = explainTraces(traceOf(workspace.program, table), verdict)
    .filter(({ line }) => line === 1)
    .flatMap(({ rule, outcome, message, remedy, conditions }) => [
      `${rule} ${outcome}${message ? ` — ${message} ${remedy}` : ''}`,
      ...conditions.map(
        ({ role, depth, sentence, result, value, place }) =>
          `${'  '.repeat(depth + 1)}${role}: ${sentence} = ${result}${value === null ? '' : ` (${value})`} @${place.line}`,
      ),
    ]);
  expect(lines).toEqual([
    'p/time violated — 97140: 7 minutes on 2024-03-04. Do not bill.',
    '  when: procedure code is in the list timed = true (97140) @12',
    '  require: minutes are at least 8 minutes = false (7 minutes) @13',
    'p/units violated — Units. ',
    '  require: units billed are at most supportable units = false (2 units, against 0 units) @20',
    'p/region undetermined',
    '  when: on at least one other line = true @25',
    "    when: line 2: the other line's procedure code is 98940 = true (98940) @25",
    '  require: this does not hold = false @26',
    '    require: on at least one other line = true @26',
    "      require: line 2: the other line's regions include one of regions = true (lumbar, sacral, against lumbar) @26",
    '  unless: has plan = unknown @27',
    '    unless: treatment plan active: yes = unknown (the plan was not supplied) @7',
  ]);
  expect(verdict.lines[0]?.undetermined).toEqual([{ rule: 'p/region', needs: ['plan'] }]);
});
