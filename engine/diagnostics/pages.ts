import type { DiagnosticCode } from './codes.ts';
import { diagnosticCodes } from './codes.ts';
import { diagnosticExamples } from './examples.ts';
import type { ExampleFile } from './examples.ts';

/** What there is to say of one kind of mistake. */
export interface DiagnosticPage {
  readonly code: DiagnosticCode;
  readonly title: string;
  /** What it means and why it matters, in a few sentences. */
  readonly means: string;
  /** A file in which it is reported; null where no text of a file brings it about. */
  readonly avoid: ExampleFile | null;
  /** The same file as it should be. */
  readonly prefer: ExampleFile | null;
}

interface Words {
  readonly means: string;
  /** What to write, in the file of the example (or the second of its files), in place of what. */
  readonly instead?: readonly (readonly [wrong: string, right: string])[];
  readonly file?: number;
}

/** The page of a kind of mistake: for the documentation and for the editor alike. */
export function diagnosticPage(code: DiagnosticCode): DiagnosticPage {
  const words: Words = pages[code];
  const example = diagnosticExamples[code];
  const avoid = typeof example === 'string' ? null : example[words.file ?? 0]!;
  const prefer = avoid && words.instead ? words.instead.reduce(mend, avoid) : null;
  return { code, title: diagnosticCodes[code], means: words.means, avoid, prefer };
}

function mend(file: ExampleFile, [wrong, right]: readonly [string, string]): ExampleFile {
  if (!file.text.includes(wrong)) throw new Error(`${JSON.stringify(wrong)} is not in ${file.path}`);
  return { ...file, text: file.text.replace(wrong, right) };
}

/** The lines in which the two files differ, each with a line around them, so that both can stand side by side. */
export function differingLines({
  avoid,
  prefer,
}: DiagnosticPage): { readonly avoid: string; readonly prefer: string } | null {
  if (!avoid || !prefer) return null;
  const wrong = avoid.text.trimEnd().split('\n');
  const right = prefer.text.trimEnd().split('\n');
  const shorter = Math.min(wrong.length, right.length);
  let head = 0;
  while (head < shorter && wrong[head] === right[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && wrong.at(-1 - tail) === right.at(-1 - tail)) tail += 1;
  const shown = (lines: readonly string[]) =>
    lines
      .slice(Math.max(0, head - 1), lines.length - Math.max(0, tail - 1))
      .map((line) => (line.length > 100 ? `${line.slice(0, 98)} …` : line))
      .join('\n');
  return { avoid: shown(wrong), prefer: shown(right) };
}

const pages = {
  'yaml-syntax': {
    means:
      'The file breaks a rule of YAML, so that it cannot be told what belongs to what. Often a quote or a brace is not closed, a colon stands within a text, or a line is indented differently from its neighbours. Put a text that holds a colon or begins with a brace in quotes.',
    instead: [['"An example', '"An example"']],
  },
  'yaml-duplicate-key': {
    means:
      'One block says the same thing twice, and only the first counts. The second would be silently without effect.',
    instead: [['kind: documentation\n', '']],
  },
  'yaml-anchor': {
    means:
      'YAML can name a value in one place and repeat it in another. The language has parameters, lists and named conditions for this, which also say where the value comes from.',
    instead: [['&time ', '']],
  },
  'yaml-several-documents': {
    means:
      'A line of three dashes begins a second document. One file holds one policy, list, source, encounter or suite.',
    instead: [['---\npolicy: another\n', '']],
  },
  'yaml-too-deep': {
    means:
      'Blocks stand in blocks more than a hundred levels deep. No policy needs that; a machine has probably written it.',
    instead: [
      [
        `${'['.repeat(150)}${']'.repeat(150)}`,
        'example\ntitle: An example\nkind: billing\neffective: { from: 2024-01-01 }\nrules:\n  - id: first\n    title: The first rule\n    cite: manual#time\n    require: { record.minutes: { atLeast: 8 } }\n    otherwise: advise',
      ],
    ],
  },
  'yaml-empty': {
    means: 'The file holds nothing but comments or empty lines. It may have been left behind.',
    instead: [
      [
        '# Nothing but a comment\n',
        'policy: example\ntitle: An example\nkind: billing\neffective: { from: 2024-01-01 }\nrules:\n  - id: first\n    title: The first rule\n    cite: manual#time\n    require: { record.minutes: { atLeast: 8 } }\n    otherwise: advise\n',
      ],
    ],
  },
  'file-too-large': {
    means:
      'A file of more than 2 million characters is not read. A policy of a thousand rules is a tenth of that: split it.',
  },
  'file-kind': {
    means:
      'What a file holds is told by the end of its name: `.policy.yaml`, `.list.yaml`, `.source.yaml`, `.vocabulary.yaml`, `.suite.yaml` or `.encounter.yaml`. A file that ends otherwise is not read. Rename it, for example to `example.policy.yaml`.',
  },
  'file-unreadable': {
    means:
      'The file is not text in UTF-8, or the system refuses to open it. Save it as UTF-8, or look at its permissions.',
  },
  'wrong-type': {
    means:
      'One value stands where a list or a block is expected, or the other way round. A list is written `[a, b]`, or one `- item` a line; a block is `key: value` lines.',
    instead: [['payers: hns', 'payers: [hns]']],
  },
  'missing-key': {
    means:
      'Something that every such block needs is not there. Without it, it cannot be told what is meant, so nothing is assumed.',
    instead: [['title: An example\n', 'title: An example\nkind: billing\n']],
  },
  'unknown-key': {
    means:
      'A key is not one of those that can stand here. It may be misspelt, or stand one level too high or too low.',
    instead: [['payer: [hns]', 'payers: [hns]']],
  },
  'unknown-value': {
    means: 'A value is not one of the few that can stand here.',
    instead: [['otherwise: refuse', 'otherwise: deny']],
  },
  'invalid-id': {
    means:
      'Names of files’ contents, rules, cases and clauses are lower-case words and digits with dashes between. Names of parameters, conditions and figures are one word that begins with a small letter.',
    instead: [['policy: An Example', 'policy: an-example']],
  },
  'invalid-date': {
    means:
      'A date is written year, month, day, and must exist. So nobody has to guess which of `3/4/2024` is the month.',
    instead: [['2024-02-30', '2024-02-29']],
  },
  'invalid-number': {
    means:
      'A number is written in digits, with at most three behind the point. Minutes and units are whole: a part of a minute is not counted.',
    instead: [['minutes: 7.5', 'minutes: 7']],
  },
  'invalid-code': {
    means: 'A code that is written wrongly matches nothing, and a rule that matches nothing finds nothing.',
    instead: [['97530x', '97530']],
  },
  'value-out-of-range': {
    means: 'The number is beyond what makes sense for this fact. A digit or a sign has probably slipped.',
    instead: [['units: 0', 'units: 1']],
  },
  'empty-block': {
    means:
      'A condition, list or block holds nothing. A condition that asks nothing would always hold, which is hardly meant.',
    instead: [['require: {}', 'require: { record.minutes: { atLeast: 8 } }']],
  },
  'duplicate-id': {
    means:
      'Two things have the same name, so that a citation or an expectation could mean either. The first is used.',
    instead: [['id: one, text: The second.', 'id: two, text: The second.']],
  },
  'unknown-fact': {
    means:
      'The fact is not among those that a claim or a health record can state. A vocabulary file can add facts of your own.',
    instead: [['record.minuts', 'record.minutes']],
  },
  'unknown-operator': {
    means: 'The word behind the fact is not one of the tests there are.',
    instead: [['atLest', 'atLeast']],
  },
  'operator-type': {
    means:
      'The test does not fit what the fact is: a word cannot be at least 8, and a list is not one value.',
    instead: [['{ atLeast: 8 }', '{ is: one-on-one }']],
  },
  'operand-type': {
    means: 'The fact is compared with a value of another kind than it has.',
    instead: [['probably', 'true']],
  },
  'fact-scope': {
    means:
      'The fact belongs to something else than what is judged here. A rule `for: visit` sees the whole visit and no single line; `other.` means another line, inside `anyOtherLine` and its kin.',
    instead: [['    for: visit\n', '']],
  },
  'unknown-name': {
    means: 'A `$name` is neither a parameter of this policy nor a list, or a named condition is not there.',
    instead: [
      ['rules:\n', 'parameters:\n  minimum: { value: 8, unit: minutes, cite: manual#time }\nrules:\n'],
    ],
  },
  'unknown-list': {
    means: 'The list is not there, or it is not of the kind that is needed here.',
    instead: [['{ pairedWith: { fact: line.code, in: $pairs } }', '{ noneOf: [97140] }']],
  },
  'unknown-policy': {
    means: 'No file holds a policy of this name.',
    instead: [['extends: exmple\n', '']],
  },
  'unknown-rule': {
    means:
      'An expectation names a rule that is not there. It could never come true, so the case does not run.',
    instead: [
      [
        '{ decision: deny, violates: [example/frist] }',
        '{ decision: pay, outcomes: { example/first: met } }',
      ],
    ],
  },
  'unknown-encounter': {
    means:
      'The encounter from which the case starts is not there. The path is relative to the folder of the suite.',
    instead: [['vist.encounter.yaml', 'visit.encounter.yaml']],
  },
  'unknown-source': {
    means: 'The citation points at a source that is not in the workspace, so that nobody could look it up.',
    instead: [['manuel#time', 'manual#time']],
  },
  'unknown-clause': {
    means: 'The source is there, and has no clause of this name.',
    instead: [['manual#tim\n', 'manual#time\n']],
  },
  'unknown-payer': {
    means: 'The payer is not in the list of payers. A policy for a payer that nobody has would never apply.',
    instead: [['[hsn]', '[hns]']],
  },
  'unknown-line': {
    means: 'The case speaks of a line that the encounter does not have.',
    instead: [['lines.4.record.minutes: 7', 'lines.1.record.minutes: 8']],
  },
  'rule-form': {
    means:
      'A rule is either a requirement, `require` with `otherwise`, or a prohibition, `when` with `then`. Mixed, it would read as one and act as the other.',
    instead: [['then: deny', 'otherwise: deny']],
  },
  'rule-effect': {
    means:
      '`reduce` lowers the units of a line to those that its minutes support. It needs a time rule, and a line.',
    instead: [['otherwise: reduce', 'otherwise: review']],
  },
  'time-rule-missing': {
    means:
      'This fact is computed by a time rule, and the policy has none. Different payers count minutes differently, so none is assumed.',
    instead: [['rules:\n', 'timeRule: { method: per-service, codes: [97530], cite: manual#time }\nrules:\n']],
  },
  'computed-fact': {
    means: 'Proviso computes this fact. If an encounter stated it, the two could disagree.',
    instead: [['{ supportableUnits: 1 }', '{ minutes: 15 }']],
  },
  'circular-condition': {
    means: 'Named conditions refer to each other in a circle, so that neither says anything.',
    instead: [['brief: { condition: short }', 'brief: { record.minutes: { atLeast: 8 } }']],
  },
  'circular-extends': {
    means: 'An overlay can only be laid over a plain policy: one that extends no other.',
    instead: [['extends: example\n', '']],
  },
  'message-placeholder': {
    means: 'Between braces stands the path of a fact, a figure or a parameter, whose value is filled in.',
    instead: [['{minutes} minutes', '{record.minutes} minutes']],
  },
  'missing-citation': {
    means:
      'Every rule and every number says where it comes from, so that a denial can be defended and a change of the source can be followed.',
    instead: [['    require:', '    cite: manual#time\n    require:']],
  },
  'deny-on-unverified': {
    means:
      'A denial must not rest on what nobody has verified. Let a person review it until somebody has read the source.',
    instead: [['otherwise: deny', 'otherwise: review']],
  },
  'period-order': {
    means: 'The last day lies before the first, so the period has no day at all.',
    instead: [['to: 2023-12-31', 'to: 2024-12-31']],
  },
  'period-overlap': {
    means: 'Two revisions of one policy are in force on the same day, so that it is open which one counts.',
    instead: [['from: 2024-01-01', 'from: 2024-01-01, to: 2024-12-31']],
  },
  'period-gap': {
    means: 'On some days no revision, or no value of a parameter, is in force. Nothing is judged by it then.',
    instead: [['to: 2024-06-30', 'to: 2024-12-31']],
  },
  'received-never': {
    means:
      'A claim is received on its date of service or later. Limited to claims received earlier, or to others than its policy is for, a rule would never apply.',
    instead: [['to: 2023-12-31', 'to: 2024-03-31']],
  },
  'overlay-received': {
    means:
      'An overlay takes the place of its base wherever it is in force. Limited to some dates received, it would leave the other claims without either. Its rules may say `received:`, and where the base is limited the overlay is, too.',
    instead: [['received: { from: 2024-04-01 }\n', '']],
  },
  'received-time-rule': {
    means:
      'The units that minutes support are told of every line, whether a rule asks for them or not. Of a claim of which it is not known when it was received, two revisions would tell different ones. The rules of the policy may be limited.',
    instead: [
      ['received: { from: 2024-04-01 }\n', ''],
      [
        '    cite: manual#time\n    require',
        '    cite: manual#time\n    received: { from: 2024-04-01 }\n    require',
      ],
    ],
  },
  'unused-name': {
    means:
      'A parameter, condition or figure is defined and nothing mentions it. It may be a leftover, or the rule that should use it does not.',
    instead: [['atLeast: 8', 'atLeast: $minimumMinutes']],
  },
  'suite-empty': {
    means: 'A suite without cases would always pass, and prove nothing.',
    instead: [['cases: []', 'cases:\n  - id: as-recorded\n    expect: pay']],
  },
  'expectation-empty': {
    means: 'The case does not say what must be decided. Where everything is paid, it says so: `expect: pay`.',
    instead: [['expect: {}', 'expect: pay']],
  },
  'given-path': {
    means:
      'The path names nothing in an encounter. It begins with `lines.1.` for a line, `lines.1.record.` for its record, or a section such as `plan.`.',
    instead: [['given: { minutes: 7 }', 'given: { lines.1.record.minutes: 8 }']],
  },
} as const satisfies Record<DiagnosticCode, Words>;
