import {
  builtInFacts,
  createVocabulary,
  createWorkspace,
  diagnosticCodes,
  diagnosticExamples,
  diagnosticPage,
  differingLines,
  jsonSchemas,
  printDiagnostic,
  surroundings,
} from '#engine';
import type { DiagnosticCode, Fact } from '#engine';

/** Pages that are made from tables of the engine, so that they are true as long as they are the newest. */
export interface GeneratedFile {
  /** Below `docs/`. */
  readonly path: string;
  readonly text: string;
}

export function generatedFiles(): readonly GeneratedFile[] {
  const schemas = Object.entries(jsonSchemas(createVocabulary()));
  return [
    { path: 'facts.md', text: factsPage(builtInFacts) },
    { path: 'diagnostics.md', text: diagnosticsPage() },
    ...schemas.map(([kind, schema]) => ({
      path: `schemas/${kind}.schema.json`,
      text: `${JSON.stringify(schema, null, 2)}\n`,
    })),
  ];
}

// ---- facts --------------------------------------------------------------------------------------------------------

const sections: readonly { readonly prefix: string; readonly title: string; readonly about: string }[] = [
  {
    prefix: 'visit',
    title: 'The claim',
    about: 'What the claim says of the visit as a whole. It is always supplied.',
  },
  {
    prefix: 'line',
    title: 'A line of the claim',
    about: 'What the claim says of one service. It is always supplied.',
  },
  {
    prefix: 'record',
    title: 'The record of a service',
    about: 'What the health record says of the service behind a line. It may be missing for each line.',
  },
  {
    prefix: 'note',
    title: 'The note of the visit',
    about: 'What the health record says of the visit as a whole.',
  },
  {
    prefix: 'patient',
    title: 'The patient',
    about: 'What is known of the patient. There is no name and no date of birth.',
  },
  { prefix: 'provider', title: 'The provider', about: 'Who rendered the services.' },
  { prefix: 'plan', title: 'The treatment plan', about: 'The plan under which the visit took place.' },
  {
    prefix: 'episode',
    title: 'The episode of care',
    about: 'Where the visit stands in its episode of care.',
  },
  {
    prefix: 'prior',
    title: 'Earlier visits',
    about: 'The earlier visits of the episode. These facts stand only in figures of `derive:`.',
  },
];

function factsPage(facts: readonly Fact[]): string {
  return `# Facts

This page is made from the vocabulary, \`engine/facts/vocabulary.ts\`, by \`npm run schemas\`.
It lists every fact that a policy may mention, and where it lives on a claim and in FHIR R4.
A workspace can add facts of its own, as the [language reference](language.md#facts-of-your-own) tells.

Positions in 837P are of X12 005010X222A1, boxes are of the CMS-1500 form (02/12), elements are of FHIR R4.
A dash means that the form does not carry the fact.
A *computed* fact comes from the time rule of a policy, and an encounter may not state it.
${sections.map((section) => sectionOfPage(section, facts)).join('')}`;
}

function sectionOfPage({ prefix, title, about }: (typeof sections)[number], facts: readonly Fact[]): string {
  const rows = facts.filter(({ path }) => path.startsWith(`${prefix}.`)).map(factRow);
  return `
## ${title}

${about}

| Fact | Type | Unit | Meaning | Example | 837P | CMS-1500 | FHIR R4 |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function factRow(fact: Fact): string {
  const { path, unit, meaning, example, forms, values, computed, absentMeansNone } = fact;
  const sentences = [
    ...(computed ? ['*Computed.*'] : []),
    meaning,
    ...(values ? [`One of ${values.map((value) => `\`${value}\``).join(', ')}.`] : []),
    ...(absentMeansNone ? ['Left out, it means none.'] : []),
  ];
  const cells = [
    `\`${path}\``,
    typeWords(fact),
    unit ?? '',
    sentences.join(' '),
    `\`${example}\``,
    forms.x12,
    forms.cms1500,
    forms.fhir,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/(?<!`)\*(?=[A-Z0-9])(?!Computed)/g, '\\*')).join(' | ')} |`;
}

function typeWords({ type, whole, min, max }: Fact): string {
  const scalar = whole ? 'whole number' : type.scalar;
  const range = min === undefined && max === undefined ? '' : `, ${min ?? ''} to ${max ?? ''}`;
  return `${type.list ? 'list of ' : ''}${scalar}${range}`;
}

// ---- diagnostics --------------------------------------------------------------------------------------------------

function diagnosticsPage(): string {
  const codes = Object.entries(diagnosticCodes) as [DiagnosticCode, string][];
  return `# Diagnostics

This page is made from \`engine/diagnostics/codes.ts\`, \`examples.ts\` and \`pages.ts\` beside it by \`npm run schemas\`.
Each entry says what the mistake means, shows what is reported for a small one (the sentence, the place, and behind \`=\` the next move), and what to write instead.

- An *error* keeps the thing in which it stands from being judged: a rule, a case, or a whole encounter.
- A *warning* says what is probably not meant.

A code never changes its meaning, so that it can be relied on in scripts.

## Exit codes of the command line

| Code | Means |
| --- | --- |
| 0 | The answer is yes: no errors, every case passed, everything is formatted. |
| 1 | The answer is no: errors were found, a case failed, nothing ran, or a file is not formatted. |
| 2 | The command could not be understood, or an input could not be read. |
| 70 | A mistake in Proviso itself. |

## Codes
${codes.map(([code, title]) => diagnosticEntry(code, title)).join('')}`;
}

function diagnosticEntry(code: DiagnosticCode, title: string): string {
  const page = diagnosticPage(code);
  const reported = page.avoid ? `\n\`\`\`text\n${exampleOutput(code)}\n\`\`\`\n` : '';
  const lines = differingLines(page);
  const prefer = lines ? `\nPrefer:\n\n\`\`\`yaml\n${lines.prefer}\n\`\`\`\n` : '';
  return `
### ${code}

${title}.
${oneSentenceALine(page.means)}
${reported}${prefer}`;
}

function oneSentenceALine(text: string): string {
  return text.replaceAll(/([.:?]) (?=[A-Z])/g, '$1\n');
}

/** What is reported under this code for its example, as the command line prints it. */
export function exampleOutput(code: DiagnosticCode): string {
  const example = diagnosticExamples[code];
  if (typeof example === 'string') throw new Error(`${code} has no files to show`);
  const { diagnostics, files } = createWorkspace([...surroundings, ...example]);
  const found = diagnostics.find((diagnostic) => diagnostic.code === code);
  if (!found)
    throw new Error(
      `the example of ${code} gives ${diagnostics.map((other) => other.code).join(', ') || 'nothing'}`,
    );
  return printDiagnostic(found, files.get(found.place.path)!);
}
