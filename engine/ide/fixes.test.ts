import { describe, expect, test } from 'vitest';
import { diagnosticCodes } from '../diagnostics/codes.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diagnosticExamples, surroundings } from '../diagnostics/examples.ts';
import { createWorkspace } from '../workspace/workspace.ts';
import type { Workspace, WorkspaceFile } from '../workspace/workspace.ts';
import { fixesFor, withFix } from './fixes.ts';
import { datesIn } from './fixes/convert.ts';
import { indexNames } from './names.ts';

const said = ({ diagnostics }: Workspace) =>
  diagnostics.map(({ code, place, message }: Diagnostic) => `${code} ${place.path} ${message}`);

/** The titles of all fixes of the first mistake of a kind, after each has been tried: it takes that away and adds none. */
function titlesAfterTrying(code: DiagnosticCode, files: readonly WorkspaceFile[]): readonly string[] {
  const workspace = createWorkspace([...surroundings, ...files]);
  const diagnostic = workspace.diagnostics.find((one) => one.code === code);
  if (!diagnostic) throw new Error(`${code} is not reported, but ${said(workspace).join(', ')}`);
  const fixes = fixesFor(workspace, indexNames(workspace), diagnostic);
  for (const fix of fixes) {
    const before = said(workspace);
    const gone = `${code} ${diagnostic.place.path} ${diagnostic.message}`;
    const after = said(withFix(workspace, fix));
    expect([fix.title, after.filter((one) => !before.includes(one))]).toEqual([fix.title, []]);
    expect(after.filter((one) => one === gone).length).toBeLessThan(
      before.filter((one) => one === gone).length,
    );
  }
  return fixes.map(({ title }) => title);
}

describe('the example of each diagnostic', () => {
  const codes = Object.keys(diagnosticCodes) as DiagnosticCode[];
  const withFiles = codes.filter((code) => typeof diagnosticExamples[code] !== 'string');

  test.each(withFiles)('%s', (code) => {
    titlesAfterTrying(code, diagnosticExamples[code] as readonly WorkspaceFile[]);
  });

  test('can be mended at once, but for these', () => {
    const without = withFiles.filter(
      (code) => titlesAfterTrying(code, diagnosticExamples[code] as readonly WorkspaceFile[]).length === 0,
    );
    expect(without).toEqual(['yaml-too-deep', 'yaml-empty', 'file-kind', 'circular-condition']);
  });
});

const head = 'policy: example\ntitle: An example\nkind: billing\neffective: { from: 2024-01-01 }\n';
const policy = (text: string): readonly WorkspaceFile[] => [
  { path: 'rules/hns/example/2024-01-01.policy.yaml', text: `${head}${text}` },
];
/** A policy with one rule of these lines. */
const rule = (...lines: readonly string[]) =>
  policy(`rules:\n  - id: first\n    title: Eight minutes\n${lines.map((line) => `    ${line}\n`).join('')}`);
const requires = (condition: string) =>
  rule('cite: manual#time', `require: ${condition}`, 'otherwise: advise');
const encounter = (line: string, visit = 'date: 2024-03-04, payer: hns'): readonly WorkspaceFile[] => [
  {
    path: 'testcases/example.encounter.yaml',
    text: `encounter: example\nvisit: { ${visit} }\nlines:\n  - ${line}\n`,
  },
];
const suite = (cases: string, more = ''): readonly WorkspaceFile[] => [
  { path: 'testcases/example.suite.yaml', text: `suite: example\n${more}cases:\n${cases}` },
  ...requires('{ record.minutes: { atLeast: 8 } }'),
];

describe('what is offered', () => {
  test.each<[string, DiagnosticCode, readonly WorkspaceFile[], readonly (string | RegExp)[]]>([
    [
      'a date of two readings',
      'invalid-date',
      policy('review: { next: 3/4/2024 }\nrules: []\n'),
      ['Change to 2024-03-04, month before day', 'Change to 2024-04-03, day before month'],
    ],
    [
      'a date of one reading',
      'invalid-date',
      policy('review: { next: 12/31/24 }\nrules: []\n'),
      ['Change to 2024-12-31'],
    ],
    [
      'a date in words',
      'invalid-date',
      policy('review: { next: "March 4, 2024" }\nrules: []\n'),
      ['Change to 2024-03-04'],
    ],
    [
      'minutes in words',
      'invalid-number',
      encounter('{ code: 97530, units: 1, record: { minutes: eight } }'),
      ['Change to 8'],
    ],
    [
      'minutes with their unit',
      'invalid-number',
      encounter('{ code: 97530, units: 1, record: { minutes: 8 minutes } }'),
      ['Change to 8'],
    ],
    [
      'a number too large',
      'value-out-of-range',
      encounter('{ code: 97530, units: 10000 }'),
      ['Change to 999'],
    ],
    [
      'yes',
      'wrong-type',
      encounter('{ code: 97530, units: 1, record: { improvementExpected: yes } }'),
      ['Change to true', 'Remove improvementExpected'],
    ],
    [
      'yes in a condition',
      'operand-type',
      requires('{ record.improvementExpected: yes }'),
      ['Change to true'],
    ],
    [
      'documented: yes',
      'operand-type',
      requires('{ record.minutes: { documented: yes } }'),
      [/^Change to true$/],
    ],
    [
      'a small code',
      'invalid-code',
      encounter('{ code: 97530, units: 1, modifiers: [gp] }'),
      ['Change to GP'],
    ],
    [
      'one value for a list',
      'wrong-type',
      encounter('{ code: 97530, units: 1, modifiers: GP }'),
      ['Make it a list: [GP]', 'Remove modifiers'],
    ],
    [
      'several values for a list',
      'wrong-type',
      encounter('{ code: 97530, units: 1, modifiers: "GP, 59" }'),
      ['Make it a list: [GP, 59]', 'Remove modifiers'],
    ],
    [
      'a list for one value',
      'wrong-type',
      requires('{ record.minutes: { atLeast: [8, 9] } }'),
      ['Keep 8 alone', 'Keep 9 alone'],
    ],
    [
      'is with a list',
      'wrong-type',
      requires('{ line.code: { is: [97530, 97140] } }'),
      ['Write oneOf in place of is', 'Keep 97530 alone', 'Keep 97140 alone'],
    ],
    [
      'an operator of numbers for a date',
      'operator-type',
      requires('{ visit.date: { atLeast: 2024-01-01 } }'),
      [
        'Write onOrAfter in place of atLeast',
        'Write is in place of atLeast',
        'Write isNot in place of atLeast',
        'Write documented: true',
        /before/,
        /onOrBefore/,
        /after/,
      ],
    ],
    [
      'an operator of values for a list',
      'operator-type',
      requires('{ line.modifiers: { oneOf: [GP] } }'),
      [
        'Write includesAny in place of oneOf',
        'Write documented: true',
        'Write includes: GP',
        'Write excludes: GP',
        'Write includesAll in place of oneOf',
        'Write includesNone in place of oneOf',
        'Write sizeAtLeast: 1',
        'Write sizeAtMost: 1',
      ],
    ],
    [
      'an operator of another language',
      'unknown-operator',
      requires('{ record.minutes: { gte: 8 } }'),
      ['Write atLeast in place of gte'],
    ],
    [
      'a rule without outcome',
      'rule-form',
      rule('cite: manual#time', 'require: { record.minutes: { atLeast: 8 } }'),
      ['Add otherwise: deny', 'Add otherwise: review', 'Add otherwise: advise'],
    ],
    [
      'a prohibition with otherwise',
      'rule-form',
      rule('cite: manual#time', 'when: { record.minutes: { lessThan: 8 } }', 'otherwise: deny'),
      ['Write then in place of otherwise'],
    ],
    [
      'a rule with both outcomes',
      'rule-form',
      rule('cite: manual#time', 'when: { line.units: 2 }', 'then: deny', 'otherwise: deny'),
      ['Remove otherwise'],
    ],
    [
      'a rule without id',
      'missing-key',
      policy(
        'rules:\n  - title: Eight minutes\n    cite: manual#time\n    require: { line.units: 1 }\n    otherwise: deny\n',
      ),
      ['Add id: eight-minutes'],
    ],
    [
      'a rule without title',
      'missing-key',
      policy(
        'rules:\n  - id: eight-minutes\n    cite: manual#time\n    require: { line.units: 1 }\n    otherwise: deny\n',
      ),
      ['Add title: Eight minutes'],
    ],
    ['a policy without rules', 'missing-key', policy(''), [/^Add rules: \[\{ id: first-rule/]],
    ['a line without units', 'missing-key', encounter('{ code: 97530 }'), ['Add units: 1']],
    [
      'a visit without payer',
      'missing-key',
      encounter('{ code: 97530, units: 1 }', 'date: 2024-03-04'),
      ['Add payer: hns'],
    ],
    [
      'a suite without encounter',
      'missing-key',
      suite('  - { id: one, expect: pay }\n'),
      [
        'Let every case of the suite start from visit.encounter.yaml',
        'Let this case start from visit.encounter.yaml',
      ],
    ],
    [
      'a case without expectation',
      'missing-key',
      suite('  - { id: one }\n', 'base: visit.encounter.yaml\n'),
      ['Add expect: pay'],
    ],
    [
      'a number for a parameter',
      'wrong-type',
      policy(
        'parameters:\n  least: 8\nrules:\n  - id: first\n    title: x\n    cite: manual#time\n    require: { line.units: { atLeast: $least } }\n    otherwise: deny\n',
      ),
      ['Make it a block', 'Remove least'],
    ],
    [
      'a parameter without citation',
      'missing-citation',
      policy(
        'parameters:\n  least: { value: 8, unit: minutes }\nrules:\n  - id: first\n    title: x\n    cite: manual#time\n    require: { record.minutes: { atLeast: $least } }\n    otherwise: deny\n',
      ),
      ['Cite manual#time: A timed service of less than 8 minutes is not billed.', /hearsay/],
    ],
    [
      'a list without citation',
      'missing-citation',
      [
        {
          path: 'rules/lists/timed.list.yaml',
          text: 'list: timed\nof: code\nentries:\n  - { value: 97530 }\n',
        },
      ],
      [/^Cite manual#time/, /hearsay/],
    ],
    [
      'a list that is not there',
      'unknown-name',
      requires('{ line.code: $home-visits }'),
      ['Create the list home-visits'],
    ],
    [
      'a condition that is not there',
      'unknown-name',
      requires('{ condition: isLong }'),
      ['Add the named condition isLong, with a test to change'],
    ],
    [
      'a value where a name must be',
      'unused-name',
      policy(
        'conditions:\n  a: { line.units: 1 }\n  b: { line.units: 2 }\nrules:\n  - id: first\n    title: x\n    cite: manual#time\n    require: { condition: b }\n    otherwise: deny\n',
      ),
      ['Remove a'],
    ],
    [
      'a fact of another section',
      'unknown-fact',
      requires('{ line.minutes: { atLeast: 8 } }'),
      ['Change to line.units', 'Change to record.minutes', 'Add line.minutes as a fact of your own'],
    ],
    [
      'a quoted name that is off by a letter',
      'unknown-value',
      rule(
        'cite: "manual#time"',
        'for: "lines"',
        'require: { record.minutes: { atLeast: 8 } }',
        'otherwise: advise',
      ),
      ['Change to line'],
    ],
    [
      'a brace at the beginning of a message',
      'yaml-syntax',
      rule(
        'cite: manual#time',
        'require: { record.minutes: { atLeast: 8 } }',
        'otherwise: advise',
        'message: {line.code} needs 8 minutes',
      ),
      ['Put the words in quotes'],
    ],
    [
      'a colon within a title',
      'yaml-syntax',
      policy(
        'rules:\n  - id: first\n    title: Time: eight minutes\n    cite: manual#time\n    require: { line.units: 1 }\n    otherwise: deny\n',
      ),
      ['Put the words in quotes'],
    ],
    [
      'a brace that is not closed',
      'yaml-syntax',
      requires('{ record.minutes: { atLeast: 8 }'),
      ['Close what is open'],
    ],
    [
      'a line that stands too far in',
      'yaml-syntax',
      policy(
        'rules:\n  - id: first\n    title: x\n     cite: manual#time\n    require: { line.units: 1 }\n    otherwise: deny\n',
      ),
      [/^Align with 4 spaces$/],
    ],
    [
      'a tab',
      'yaml-syntax',
      policy(
        'rules:\n  - id: first\n    title: x\n    cite: manual#time\n    require:\n\t\t\tline.units: 1\n    otherwise: deny\n',
      ),
      ['Indent with spaces'],
    ],
    [
      'a key twice in braces',
      'yaml-duplicate-key',
      requires('{ line.units: 1, line.units: 2 }'),
      ['Keep line.units: 1', 'Keep line.units: 2'],
    ],
    [
      'a block twice',
      'yaml-duplicate-key',
      policy(
        'review: { next: 2024-01-01 }\nreview:\n  next: 2025-01-01\n  owner: me\nrules:\n  - { id: first, title: x, cite: manual#time, require: { line.units: 1 }, otherwise: deny }\n',
      ),
      ['Keep review: { next: 2024-01-01 }', 'Keep review: next: 2025-01-01'],
    ],
    [
      'an alias',
      'yaml-anchor',
      policy('review: { owner: &me Compliance }\nremark: *me\nrules: []\n'),
      ['Remove &me'],
    ],
    [
      'the same rule twice',
      'duplicate-id',
      policy(
        'rules:\n  - { id: first, title: x, cite: manual#time, require: { line.units: 1 }, otherwise: deny }\n  - { id: first, title: x, cite: manual#time, require: { line.units: 1 }, otherwise: deny }\n',
      ),
      ['Call this one first-2', 'Remove this first'],
    ],
    [
      'the same list twice',
      'duplicate-id',
      [
        {
          path: 'rules/lists/z.list.yaml',
          text: 'list: payers\nof: payer\ncite: manual#time\nentries:\n  - { value: hns }\n',
        },
      ],
      ['Call this one z'],
    ],
    ['other outside', 'fact-scope', requires('{ other.line.units: 1 }'), ['Leave other. out']],
    [
      'a parameter that begins too late',
      'period-gap',
      policy(
        'parameters:\n  least: [{ from: 2024-06-01, value: 8, cite: manual#time }]\nrules:\n  - id: first\n    title: x\n    cite: manual#time\n    require: { line.units: { atLeast: $least } }\n    otherwise: deny\n',
      ),
      ['Let its first value hold from 2024-01-01'],
    ],
    [
      'revisions that share a date received',
      'period-overlap',
      [
        ...policy(
          'received: { to: 2024-04-01 }\nrules:\n  - { id: first, title: x, cite: manual#time, require: { line.units: 1 }, otherwise: deny }\n',
        ),
        {
          path: 'rules/hns/example/later.policy.yaml',
          text: policy(
            'received: { from: 2024-04-01 }\nrules:\n  - { id: first, title: x, cite: manual#time, require: { line.units: 1 }, otherwise: deny }\n',
          )[0]!.text,
        },
      ],
      [/^Let \S+ be for claims received up to 2024-03-31$/],
    ],
    ['an empty rule list', 'empty-block', policy('rules: []\n'), ['Add something to begin with']],
    [
      'a rule of a suite',
      'unknown-rule',
      suite(
        '  - { id: one, expect: { lines: { 1: { decision: advise, violates: [example/frst] } } } }\n',
        'base: visit.encounter.yaml\n',
      ),
      ['Change to example/first'],
    ],
  ])('%s', (_, code, files, expected) => {
    const titles = titlesAfterTrying(code, files);
    expect(titles).toEqual(
      expected.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
    );
  });
});

test('what comes to light elsewhere does not stand against the only way', () => {
  const workspace = createWorkspace([
    ...surroundings,
    ...rule('require: { record.minuts: { atLeast: 8 } }', 'otherwise: advise'),
  ]);
  const [fix] = fixesFor(workspace, indexNames(workspace), workspace.diagnostics[0]!);
  expect(fix!.title).toBe('Change to record.minutes');
  expect(said(withFix(workspace, fix!))).toEqual([
    'missing-citation rules/hns/example/2024-01-01.policy.yaml the rule `first` does not say where it comes from',
  ]);
});

test.each([
  ['3/4/2024', ['2024-03-04', '2024-04-03']],
  ['13/4/2024', ['2024-04-13']],
  ['4.3.2024', ['2024-04-03', '2024-03-04']],
  ['2024/3/4', ['2024-03-04', '2024-04-03']],
  ['2024-3-4', ['2024-03-04', '2024-04-03']],
  ['20240304', ['2024-03-04']],
  ['4 March 2024', ['2024-03-04']],
  ['Mar 4 2024', ['2024-03-04']],
  ['2023-02-29', ['2023-02-28']],
  ['5/5/2024', ['2024-05-05']],
  ['next week', []],
  ['99/99/2024', []],
])('%s can mean %j', (text, expected) => {
  expect(datesIn(text).map(({ date }) => date)).toEqual(expected);
});
