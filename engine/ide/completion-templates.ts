import type { FileKind } from '../workspace/read-file.ts';
import type { BlockName, Shape } from '../workspace/shapes.ts';
import type { Draft } from './completion-item.ts';

/** Whole items and files to begin from. Lines after the first are indented from the column of the first. */
interface Template {
  readonly label: string;
  readonly detail: string;
  readonly lines: readonly string[];
}

const requirement: Template = {
  label: 'requirement',
  detail: 'a rule: what must hold, and what follows otherwise',
  lines: [
    'id: ${1:its-name}',
    'title: ${2:The rule as a sentence}',
    'cite: $3',
    'when:',
    '  $4',
    'require:',
    '  $5',
    'otherwise: $6',
    'message: "${7:What the biller is told.}"',
    'remedy: ${8:What to do.}',
  ],
};

const prohibition: Template = {
  label: 'prohibition',
  detail: 'a rule: what must not be, and what follows',
  lines: [
    'id: ${1:its-name}',
    'title: ${2:The rule as a sentence}',
    'cite: $3',
    'when:',
    '  $4',
    'then: $5',
    'message: "${6:What the biller is told.}"',
    'remedy: ${7:What to do.}',
  ],
};

const templates: Readonly<Partial<Record<BlockName | 'line' | 'priorVisit', readonly Template[]>>> = {
  rule: [requirement, prohibition],
  datedParameter: [
    {
      label: 'value from a day on',
      detail: 'a value with the first day on which it is in force',
      lines: ['{ from: $1, value: $2, cite: $3 }'],
    },
  ],
  entry: [
    {
      label: 'entry',
      detail: 'one value with its description',
      lines: ['{ value: $1, short: $2, cite: $3 }'],
    },
  ],
  clause: [
    {
      label: 'clause',
      detail: 'one sentence of the page, in our own words',
      lines: ['id: ${1:its-name}', 'text: $2'],
    },
  ],
  fact: [
    {
      label: 'fact',
      detail: 'one fact that the built-in ones lack',
      lines: ['path: ${1:record.name}', 'type: $2', 'meaning: $3', 'example: $4'],
    },
  ],
  case: [
    {
      label: 'case with a finding',
      detail: 'what is given, and the decision that must come out',
      lines: [
        'id: ${1:its-name}',
        'title: ${2:What is special about it}',
        'given: { $3 }',
        'expect:',
        '  lines:',
        '    ${4:1}: { decision: $5, violates: [$6] }',
      ],
    },
    {
      label: 'case that is paid',
      detail: 'what is given, and nothing stands against it',
      lines: ['id: ${1:its-name}', 'title: ${2:What is special about it}', 'given: { $3 }', 'expect: pay'],
    },
  ],
  line: [
    {
      label: 'line with its record',
      detail: 'a service, with the minutes that the record states',
      lines: ['code: $1', 'units: ${2:1}', 'record:', '  minutes: $3'],
    },
    {
      label: 'line without a record',
      detail: 'a service whose health record was never supplied',
      lines: ['code: $1', 'units: ${2:1}'],
    },
  ],
  priorVisit: [
    {
      label: 'earlier visit',
      detail: 'its date and its codes',
      lines: ['{ date: $1, codes: [$2] }'],
    },
  ],
};

const pairEntry: Template = {
  label: 'pair',
  detail: 'two codes, of which the second is part of the first',
  lines: ['{ columnOne: $1, columnTwo: $2, cite: $3 }'],
};

const files: Readonly<Record<FileKind, readonly string[]>> = {
  policy: [
    'policy: ${1:its-name}',
    'title: ${2:Its name for people}',
    'kind: $3',
    'payers: [$4]',
    'effective: { from: $5 }',
    'rules:',
    '  - $0',
  ],
  list: [
    'list: ${1:its-name}',
    'title: ${2:Its name for people}',
    'of: $3',
    'cite: $4',
    'entries:',
    '  - $0',
  ],
  source: [
    'source: ${1:its-name}',
    'title: ${2:The title of the page}',
    'publisher: ${3:Who publishes it}',
    'address: ${4:https://}',
    'read: $5',
    'clauses:',
    '  - $0',
  ],
  vocabulary: ['vocabulary: ${1:its-name}', 'title: ${2:Its name for people}', 'facts:', '  - $0'],
  settings: [
    'settings: ${1:its-name}',
    'title: ${2:Its name for people}',
    'approval:',
    '  secondApprover: [$0]',
  ],
  suite: [
    'suite: ${1:its-name}',
    'title: ${2:Its name for people}',
    'policies: [$3]',
    'base: $4',
    'now: $5',
    'cases:',
    '  - $0',
  ],
  encounter: [
    'encounter: ${1:its-name}',
    'title: ${2:What is special about it}',
    'visit: { date: $3, payer: $4 }',
    'lines:',
    '  - $0',
  ],
};

/** Whole items of a list. `column` is that of their first key; `dash` is put before where it is missing. */
export function itemTemplates(
  of: Shape,
  column: number,
  dash: boolean,
  listsPairs: boolean,
): readonly Draft[] {
  const key = of.kind === 'block' ? of.of : of.kind === 'section' ? 'priorVisit' : of.kind;
  const found = key === 'entry' && listsPairs ? [pairEntry] : templates[key as keyof typeof templates];
  return (found ?? []).map((template) => draftOf(template, column, dash));
}

export function fileTemplate(kind: FileKind): Draft {
  const name = kind === 'settings' ? 'a settings file' : `${kind === 'encounter' ? 'an' : 'a'} ${kind}`;
  return draftOf({ label: `new ${kind}`, detail: `the beginning of ${name}`, lines: files[kind] }, 0, false);
}

function draftOf({ label, detail, lines }: Template, column: number, dash: boolean): Draft {
  const inner = ' '.repeat(dash ? column + 2 : column);
  const text = lines.join(`\n${inner}`);
  const preview = lines.join('\n').replace(/\$\{\d+:([^}]*)\}|\$\d+/g, (_, word?: string) => word ?? '…');
  return {
    label,
    kind: 'template',
    detail,
    documentation: ['```yaml', preview, '```'].join('\n'),
    insert: `${dash ? '- ' : ''}${text}`,
    rank: -1,
  };
}
