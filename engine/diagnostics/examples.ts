import type { DiagnosticCode } from './codes.ts';

/** A file of an example. */
export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

/** What stands in the workspace besides an example. */
export const surroundings: readonly ExampleFile[] = [
  {
    path: 'rules/sources/manual.source.yaml',
    text: `source: manual
title: An example of a payer's manual
clauses:
  - { id: time, text: A timed service of less than 8 minutes is not billed. }
  - { id: hearsay, text: What is generally said., basis: unverified }
`,
  },
  {
    path: 'rules/lists/payers.list.yaml',
    text: 'list: payers\nof: payer\ncite: manual#time\nentries:\n  - { value: hns }\n',
  },
  {
    path: 'testcases/visit.encounter.yaml',
    text: 'encounter: visit\nvisit: { date: 2024-03-04, payer: hns }\nlines:\n  - { code: 97530, units: 1, record: { minutes: 15 } }\n',
  },
];

const policyPath = 'rules/hns/example/2024-01-01.policy.yaml';
const head = 'policy: example\ntitle: An example\nkind: billing\neffective: { from: 2024-01-01 }\n';
const ruleHead = 'rules:\n  - id: first\n    title: The first rule\n';

/** A policy with these top-level keys and one rule that is right. */
function policy(keys: string): readonly ExampleFile[] {
  const text = `${head}${keys}${ruleHead}    cite: manual#time\n    require: { record.minutes: { atLeast: 8 } }\n    otherwise: advise\n`;
  return [{ path: policyPath, text }];
}

/** A policy with one rule, of which these are the lines behind its title. */
function rule(lines: readonly string[], keys = ''): readonly ExampleFile[] {
  return [
    { path: policyPath, text: `${head}${keys}${ruleHead}${lines.map((line) => `    ${line}\n`).join('')}` },
  ];
}

/** A rule that requires this, and is right otherwise. */
const requires = (condition: string, keys = '') =>
  rule(['cite: manual#time', `require: ${condition}`, 'otherwise: advise'], keys);

function encounter(line: string): readonly ExampleFile[] {
  const text = `encounter: example\nvisit: { date: 2024-03-04, payer: hns }\nlines:\n  - ${line}\n`;
  return [{ path: 'testcases/example.encounter.yaml', text }];
}

/** A suite with one case of these lines, beside a policy that is right. */
function suite(lines: readonly string[]): readonly ExampleFile[] {
  const text = `suite: example\nbase: visit.encounter.yaml\ncases:\n  - id: first\n${lines.map((line) => `    ${line}\n`).join('')}`;
  return [{ path: 'testcases/example.suite.yaml', text }, ...policy('')];
}

/**
 * For each code the files in which it is reported; the page on diagnostics shows what is reported then.
 * Where it takes more than files of text to come about, a sentence says when it does.
 */
export const diagnosticExamples: Readonly<Record<DiagnosticCode, readonly ExampleFile[] | string>> = {
  'yaml-syntax': [{ path: policyPath, text: policy('')[0]!.text.replace('title: An', 'title: "An') }],
  'yaml-duplicate-key': policy('kind: documentation\n'),
  'yaml-anchor': rule([
    'cite: &time manual#time',
    'require: { record.minutes: { atLeast: 8 } }',
    'otherwise: advise',
  ]),
  'yaml-several-documents': [{ path: policyPath, text: `${policy('')[0]!.text}---\npolicy: another\n` }],
  'yaml-too-deep': [{ path: policyPath, text: `policy: ${'['.repeat(150)}${']'.repeat(150)}\n` }],
  'yaml-empty': [{ path: policyPath, text: '# Nothing but a comment\n' }],
  'file-too-large': 'A file has more than 2 million characters.',
  'file-kind': [{ path: 'rules/hns/example.yaml', text: 'policy: example\n' }],
  'file-unreadable': 'A file is not text in UTF-8, or the system refuses to open it.',
  'wrong-type': policy('payers: hns\n'),
  'missing-key': [{ path: policyPath, text: policy('')[0]!.text.replace('kind: billing\n', '') }],
  'unknown-key': policy('payer: [hns]\n'),
  'unknown-value': rule([
    'cite: manual#time',
    'require: { record.minutes: { atLeast: 8 } }',
    'otherwise: refuse',
  ]),
  'invalid-id': [
    { path: policyPath, text: policy('')[0]!.text.replace('policy: example', 'policy: An Example') },
  ],
  'invalid-date': policy('review: { next: 2024-02-30 }\n'),
  'invalid-number': encounter('{ code: 97530, units: 1, record: { minutes: 7.5 } }'),
  'invalid-code': encounter('{ code: 97530x, units: 1 }'),
  'value-out-of-range': encounter('{ code: 97530, units: 0 }'),
  'empty-block': requires('{}'),
  'duplicate-id': [
    {
      path: 'rules/sources/second.source.yaml',
      text: 'source: second\ntitle: A source\nclauses:\n  - { id: one, text: The first. }\n  - { id: one, text: The second. }\n',
    },
  ],
  'unknown-fact': requires('{ record.minuts: { atLeast: 8 } }'),
  'unknown-operator': requires('{ record.minutes: { atLest: 8 } }'),
  'operator-type': requires('{ record.contact: { atLeast: 8 } }'),
  'operand-type': requires('{ record.improvementExpected: probably }'),
  'fact-scope': rule([
    'cite: manual#time',
    'for: visit',
    'require: { record.minutes: { atLeast: 8 } }',
    'otherwise: advise',
  ]),
  'unknown-name': requires('{ record.minutes: { atLeast: $minimum } }'),
  'unknown-list': requires('{ line.code: { pairedWith: { fact: line.code, in: $pairs } } }'),
  'unknown-policy': policy('extends: exmple\n'),
  'unknown-rule': suite(['expect: { lines: { 1: { decision: deny, violates: [example/frist] } } }']),
  'unknown-encounter': suite(['base: vist.encounter.yaml', 'expect: pay']),
  'unknown-source': rule([
    'cite: manuel#time',
    'require: { record.minutes: { atLeast: 8 } }',
    'otherwise: advise',
  ]),
  'unknown-clause': rule([
    'cite: manual#tim',
    'require: { record.minutes: { atLeast: 8 } }',
    'otherwise: advise',
  ]),
  'unknown-payer': policy('payers: [hsn]\n'),
  'unknown-line': suite(['given: { lines.4.record.minutes: 7 }', 'expect: pay']),
  'rule-form': rule(['cite: manual#time', 'require: { record.minutes: { atLeast: 8 } }', 'then: deny']),
  'rule-effect': rule([
    'cite: manual#time',
    'require: { record.minutes: { atLeast: 8 } }',
    'otherwise: reduce',
  ]),
  'time-rule-missing': requires('{ line.units: { atMost: { fact: record.supportableUnits } } }'),
  'computed-fact': encounter('{ code: 97530, units: 1, record: { supportableUnits: 1 } }'),
  'circular-condition': requires(
    '{ condition: short }',
    'conditions:\n  short: { condition: brief }\n  brief: { condition: short }\n',
  ),
  'circular-extends': policy('extends: example\n'),
  'message-placeholder': rule([
    'cite: manual#time',
    'require: { record.minutes: { atLeast: 8 } }',
    'otherwise: advise',
    'message: "{minutes} minutes are not enough."',
  ]),
  'missing-citation': rule(['require: { record.minutes: { atLeast: 8 } }', 'otherwise: advise']),
  'deny-on-unverified': rule([
    'cite: manual#hearsay',
    'require: { record.minutes: { atLeast: 8 } }',
    'otherwise: deny',
  ]),
  'period-order': [
    {
      path: policyPath,
      text: policy('')[0]!.text.replace('from: 2024-01-01', 'from: 2024-01-01, to: 2023-12-31'),
    },
  ],
  'period-overlap': [
    ...policy(''),
    {
      path: 'rules/hns/example/2025-01-01.policy.yaml',
      text: policy('')[0]!.text.replace('2024-01-01', '2025-01-01'),
    },
  ],
  'period-gap': [
    {
      path: policyPath,
      text: policy('')[0]!.text.replace('from: 2024-01-01', 'from: 2024-01-01, to: 2024-06-30'),
    },
    {
      path: 'rules/hns/example/2025-01-01.policy.yaml',
      text: policy('')[0]!.text.replace('2024-01-01', '2025-01-01'),
    },
  ],
  'received-never': policy('received: { to: 2023-12-31 }\n'),
  'overlay-received': [
    {
      path: 'rules/hns/example-strict/2024-01-01.policy.yaml',
      text: policy('extends: example\nreceived: { from: 2024-04-01 }\n')[0]!.text.replace(
        'policy: example',
        'policy: example-strict',
      ),
    },
    ...policy(''),
  ],
  'received-time-rule': policy(
    'received: { from: 2024-04-01 }\ntimeRule: { method: per-service, codes: [97530], cite: manual#time }\n',
  ),
  'unused-name': policy('parameters:\n  minimumMinutes: { value: 8, cite: manual#time }\n'),
  'suite-empty': [
    { path: 'testcases/example.suite.yaml', text: 'suite: example\nbase: visit.encounter.yaml\ncases: []\n' },
  ],
  'expectation-empty': suite(['expect: {}']),
  'given-path': suite(['given: { minutes: 7 }', 'expect: pay']),
};
