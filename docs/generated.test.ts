import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@cfworker/json-schema';
import { describe, expect, test } from 'vitest';
import {
  createReporter,
  createSource,
  createVocabulary,
  createWorkspace,
  diagnosticCodes,
  diagnosticExamples,
  fileKind,
  jsonSchemas,
  parseYaml,
  surroundings,
} from '#engine';
import type { DiagnosticCode, FileKind, JsonSchema } from '#engine';
import { exampleOutput, generatedFiles } from './generated.ts';

const root = path.join(import.meta.dirname, '..');

test.each(generatedFiles().map(({ path, text }) => [path, text] as const))(
  'docs/%s is what `npm run schemas` writes',
  (file, text) => {
    expect(readFileSync(path.join(import.meta.dirname, file), 'utf8')).toBe(text);
  },
);

describe('the example of each diagnostic', () => {
  const codes = Object.keys(diagnosticCodes) as DiagnosticCode[];
  const shown = codes.filter((code) => typeof diagnosticExamples[code] !== 'string');

  test.each(shown)('%s is reported for it', (code) => {
    expect(exampleOutput(code)).toContain(`[${code}]`);
  });

  test('needs nothing else to be wrong', () => {
    expect(createWorkspace(surroundings).diagnostics).toEqual([]);
  });

  test('is missing only where files of text cannot bring it about', () => {
    expect(codes.filter((code) => !shown.includes(code))).toEqual(['file-too-large', 'file-unreadable']);
  });
});

describe('the schemas', () => {
  const schemas = jsonSchemas(createVocabulary());
  const validators = Object.fromEntries(
    Object.entries(schemas).map(([kind, schema]) => [kind, validatorOf(schema)]),
  ) as Record<FileKind, Validator>;

  const mistakes = (kind: FileKind, text: string): readonly string[] =>
    validators[kind]
      .validate(plainValue(text))
      .errors.map(({ instanceLocation, error }) => `${instanceLocation} ${error}`);

  const files = ['rules', 'testcases'].flatMap((folder) => yamlFilesBelow(path.join(root, folder)));

  test('allow every file that is shipped', () => {
    const refused = files.flatMap((file) => {
      const kind = fileKind(file);
      if (kind === null) return [];
      const found = mistakes(kind, readFileSync(file, 'utf8'));
      return found.length === 0 ? [] : [[path.relative(root, file), found.slice(-1)]];
    });
    expect(files.length).toBeGreaterThan(50);
    expect(refused).toEqual([]);
  });

  test('allow every example of the language reference that is right', () => {
    const page = readFileSync(path.join(import.meta.dirname, 'language.md'), 'utf8');
    const blocks = [...page.matchAll(/^```yaml (\S+)\n([\s\S]*?)^```$/gm)];
    const refused = blocks.flatMap(([, file, text]) => {
      // The published schemas know the built-in facts only.
      const usesOwnFacts = /record\.(?:equipment|repetitions)/.test(text!);
      if (text!.includes('# ✗') || usesOwnFacts) return [];
      const found = mistakes(fileKind(file!)!, text!);
      return found.length === 0 ? [] : [[file, found.slice(-1)]];
    });
    expect(blocks.length).toBeGreaterThan(100);
    expect(refused).toEqual([]);
  });

  test.each<[string, FileKind, string]>([
    [
      'a key that is misspelt',
      'policy',
      'policy: a\ntitel: b\nkind: billing\neffective: { from: 2024-01-01 }\nrules: []\n',
    ],
    [
      'a kind that there is not',
      'policy',
      policyWith('require: { record.minutes: 8 }, otherwise: deny', 'bill'),
    ],
    ['a fact that is misspelt', 'policy', policyWith('require: { record.minuts: 8 }, otherwise: deny')],
    [
      'an operator that does not fit',
      'policy',
      policyWith('require: { record.contact: { atLeast: 8 } }, otherwise: deny'),
    ],
    [
      'a value that the fact does not have',
      'policy',
      policyWith('require: { record.contact: close }, otherwise: deny'),
    ],
    ['a rule of both forms', 'policy', policyWith('require: { record.minutes: 8 }, then: deny')],
    ['an empty condition', 'policy', policyWith('require: {}, otherwise: deny')],
    [
      'a rule without a citation',
      'policy',
      policyWith('require: { record.minutes: 8 }, otherwise: deny').replace('cite: s#c, ', ''),
    ],
    ['a pair with one code', 'list', 'list: a\nof: pair\nentries: [{ columnOne: 97530 }]\n'],
    ['a clause without text', 'source', 'source: a\ntitle: b\nclauses: [{ id: c }]\n'],
    [
      'a choice without values',
      'vocabulary',
      'vocabulary: a\nfacts: [{ path: record.x, type: choice, meaning: m }]\n',
    ],
    [
      'a line without units',
      'encounter',
      'encounter: a\nvisit: { date: 2024-03-04, payer: hns }\nlines: [{ code: 97530 }]\n',
    ],
    [
      'an empty date',
      'encounter',
      'encounter: a\nvisit: { date: , payer: hns }\nlines: [{ code: 97530, units: 1 }]\n',
    ],
    [
      'units of 0',
      'encounter',
      'encounter: a\nvisit: { date: 2024-03-04, payer: hns }\nlines: [{ code: 97530, units: 0 }]\n',
    ],
    [
      'a computed fact',
      'encounter',
      'encounter: a\nvisit: { date: 2024-03-04, payer: hns, timedMinutes: 8 }\nlines: [{ code: 97530, units: 1 }]\n',
    ],
    ['an expectation that says nothing', 'suite', 'suite: a\ncases: [{ id: b, expect: {} }]\n'],
    [
      'a path that leads nowhere',
      'suite',
      'suite: a\ncases: [{ id: b, given: { lines.1.minutes: 7 }, expect: pay }]\n',
    ],
    [
      'a line without a decision',
      'suite',
      'suite: a\ncases: [{ id: b, expect: { lines: { 1: { violates: [] } } } }]\n',
    ],
  ])('refuse %s', (_, kind, text) => {
    expect(mistakes(kind, text)).not.toEqual([]);
  });

  test('know the facts that a workspace adds', () => {
    const [fact] = createWorkspace([
      {
        path: 'rules/vocabulary/own.vocabulary.yaml',
        text: 'vocabulary: own\nfacts: [{ path: record.repetitions, type: number, meaning: How often. }]\n',
      },
    ]).vocabulary.facts.slice(-1);
    const own = validatorOf(jsonSchemas(createVocabulary([fact!])).policy);
    const text = policyWith('require: { record.repetitions: { atLeast: 8 } }, otherwise: deny');
    expect(own.validate(plainValue(text)).valid).toBe(true);
    expect(mistakes('policy', text)).not.toEqual([]);
  });
});

function validatorOf(schema: JsonSchema): Validator {
  return new Validator(schema, '7', false);
}

function policyWith(rule: string, kind = 'billing'): string {
  return `policy: a\ntitle: b\nkind: ${kind}\neffective: { from: 2024-01-01 }\nrules: [{ id: r, title: t, cite: s#c, ${rule} }]\n`;
}

function yamlFilesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

type Tree = NonNullable<ReturnType<typeof parseYaml>>;

/** A file as other YAML editors see it: with numbers, booleans and nothing, as in the core schema of YAML 1.2. */
function plainValue(text: string): unknown {
  const toPlain = (node: Tree): unknown => {
    if (node.kind === 'list') return node.items.map(toPlain);
    if (node.kind === 'map')
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, toPlain(value)]));
    if (node.isNull) return null;
    if (node.quoted) return node.text;
    if (/^(?:true|false)$/i.test(node.text)) return node.text.toLowerCase() === 'true';
    return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(node.text) ? Number(node.text) : node.text;
  };
  const source = createSource('file.yaml', text);
  return toPlain(parseYaml(source, createReporter(source))!);
}
